"""One text as files of every kind gives the same facts; a file that cannot be read is refused in one line."""

import io
import random
import zipfile

import pytest

from zonereport.inputs.faults import InputError
from zonereport.inputs.texts.files import read_file
from zonereport.inputs.texts.numbers import scan, uncovered
from zonereport.inputs.texts.plain import plain

TEXT = (
    "2022年，开发区完成工业投资38亿元，增长5.2%；一般公共预算收入1.8亿元。",
    "新签约项目8个，总投资75亿元。引进高层次人才18人，其中海外人才11人。",
)
FACTS = [
    ("industrial_investment", "38", "5.2"),
    ("budget_revenue", "1.8", ""),
    ("projects_signed", "8", ""),
    ("projects_signed_investment", "75", ""),
    ("talents_recruited", "18", ""),
    ("talents_overseas", "11", ""),
]


def facts_in(path, facts_of) -> list[tuple]:
    text = "\n".join(block.text for block in read_file(path))
    return [(fact.code, fact.value, fact.growth) for fact in facts_of(text).facts]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text(tmp_path, facts_of, encoding):
    path = tmp_path / "text.txt"
    path.write_bytes("\n".join(TEXT).encode(encoding))
    assert facts_in(path, facts_of) == FACTS


def test_web_page(tmp_path, facts_of):
    path = tmp_path / "text.docx"
    path.write_text(
        "<html><head><style>p {margin: 3px}</style></head><body><nav>首页 2019年</nav>"
        f"<script>var a = 15;</script><p>{TEXT[0]}</p><div>{TEXT[1]}</div></body></html>",
        encoding="utf-8",
    )
    assert facts_in(path, facts_of) == FACTS


def test_word(tmp_path, facts_of, docx_of, in_word):
    inserted = (
        "<w:p><w:r><w:t>2022年，开发区完成工业投资3</w:t></w:r>"
        "<w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>旧9亿元</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>8亿元，增长</w:t></w:r></w:ins><w:r><w:t>5.2%；</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏7亿元</w:t></w:r></w:p>"
    )
    control = f"<w:sdt><w:sdtContent>{in_word('一般公共预算收入1.8亿元。')}</w:sdtContent></w:sdt>"
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
        f"{in_word('新签约项目8个，总投资75亿元。')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        f"{in_word('新签约项目8个，总投资75亿元。')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    note = f'<w:footnote w:id="2">{in_word("引进高层次人才18人，其中海外人才11人。")}</w:footnote>'
    path = tmp_path / "text.docx"
    path.write_bytes(docx_of(inserted + control + box, note))
    assert facts_in(path, facts_of) == FACTS
    assert [block.locator for block in read_file(path)] == ["第1段", "第2段", "第4段", "脚注1"]


def test_tables_of_word_are_tables_and_nested_ones_too(tmp_path, docx_of, in_word):
    def table(*rows: tuple[str, ...], inner: str = "") -> str:
        made = ""
        for row in rows:
            made += "<w:tr>" + "".join(f"<w:tc>{in_word(cell)}{inner}</w:tc>" for cell in row) + "</w:tr>"
        return f"<w:tbl>{made}</w:tbl>"

    nested = table(("指标", "数值"), ("工业投资", "38"))
    path = tmp_path / "text.docx"
    path.write_bytes(docx_of(in_word("见表。") + table(("甲", "乙"), ("1", "2")) + table(("外",), inner=nested)))
    grids = [block.grid for block in read_file(path) if block.grid]
    assert grids == [(("甲", "乙"), ("1", "2")), (("指标", "数值"), ("工业投资", "38"))]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A PDF of two pages with a running head."""
    import typst

    pages = "\n#pagebreak()\n".join(TEXT)
    source = f"""#set page(width: 120mm, height: 80mm, header: [开发区工作简报 第3期], numbering: "1")
#set text(font: "Noto Sans CJK SC", lang: "zh")
{pages}"""
    return typst.compile(source.encode())


def test_pdf(tmp_path, facts_of, pdf):
    path = tmp_path / "text.pdf"
    path.write_bytes(pdf)
    assert facts_in(path, facts_of) == FACTS
    assert {block.locator for block in read_file(path)} == {"第1页第1段", "第2页第1段"}


def refusal(path) -> str:
    with pytest.raises(InputError) as caught:
        read_file(path)
    (fault,) = caught.value.faults
    assert "\n" not in str(fault)
    return str(fault)


def with_entry(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


BAD = {
    "empty": (b"", "empty"),
    "spaces": (b"  \n ", "an empty text"),
    "picture": (b"\x89PNG\r\n\x1a\n123", "a picture"),
    "no text": (bytes(range(256)) * 20, "no text"),
    "workbook": (with_entry("xl/workbook.xml", b"<a/>"), "zonereport import"),
    "archive": (with_entry("a.txt", b"1"), "a ZIP archive"),
    "entities": (
        with_entry("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "entities of its own",
    ),
    "encrypted": (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "a password"),
    "broken docx": (b"PK\x03\x04 nothing", "damaged"),
    "broken pdf": (b"%PDF-1.7 nothing", "cannot be opened"),
    "bomb": (with_entry("word/document.xml", b"<a/>" + b" " * 210_000_000), "210 MB unpacked"),
    "large": (b"1" * 20_000_001, "at most 20 MB"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, kind):
    content, words = BAD[kind]
    path = tmp_path / "text.docx"
    path.write_bytes(content)
    assert words in refusal(path)


def test_a_scan_and_a_password_are_refused(tmp_path, pdf):
    import pikepdf

    scan_of_nothing = pikepdf.new()
    scan_of_nothing.add_blank_page()
    scan_of_nothing.save(tmp_path / "scan.pdf")
    assert "a scan" in refusal(tmp_path / "scan.pdf")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="u", owner="o"))
    assert "a PDF with a password" in refusal(tmp_path / "locked.pdf")


def test_spoilt_files_are_read_or_refused(tmp_path, facts_of, docx_of, in_word, pdf):
    word = docx_of("".join(map(in_word, TEXT)))
    chance = random.Random(7)
    path = tmp_path / "spoilt"
    for number in range(100):
        content = bytearray(word if number % 2 else pdf)
        for _ in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(bytes(content[: chance.randint(len(content) // 2, len(content))]))
        faults, blocks = (), []
        try:
            blocks = read_file(path)
        except InputError as error:
            faults = error.faults
        assert len(faults) == (0 if blocks else 1)
        facts_of("\n".join(block.text for block in blocks))


def test_cut_texts_keep_every_number_in_one_place(root, codes):
    from zonereport.inputs.texts.facts import extract

    texts = [path.read_text(encoding="utf-8") for path in sorted((root / "tests" / "texts" / "gold").glob("*.txt"))]
    chance = random.Random(11)
    for _ in range(200):
        whole = chance.choice(texts)
        first = chance.randrange(len(whole))
        text = plain(whole[first : first + chance.randint(1, 400)]).text
        facts = extract(text, codes)
        spans = {(token.a, token.b) for fact in facts.facts for token in fact.tokens}
        spans |= {(one.a, one.b) for one in (*facts.left, *facts.times)}
        assert uncovered(text, spans) == [], text
        assert uncovered(text, [(token.a, token.b) for token in scan(text)]) == [], text
