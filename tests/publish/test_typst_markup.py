import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonereport.publish import glyphs, pdf, typst_body, typst_markup

NASTY = [
    *"\\#$*_<>@[]~=+-/`'{}()|^&;:,.!?%",
    "...", "1. x", "- x", "+ x", "/ x: y", "= x", "// x", "/* x */", "$x$", "*x*", "_x_", "`x`", "<x>", "@x",
    "#x", "#let x = 1", "#[x]", "http://x.example", r"\u{41}", "--", "---", "-?", "x.y(z)", "[x](y)", "a;b", '"x"',
]  # fmt: skip


def compile_lines(folder, lines):
    """Set each line on its own page and return what a reader finds there."""
    body = "\n".join(f"#page[{typst_body.convert(line)}]" for line in lines)
    head = (
        '#set document(title: "t")\n#set page(width: 60cm, height: 3cm)\n'
        '#set text(font: "Noto Sans CJK SC", lang: "zh", region: "cn", cjk-latin-spacing: none)\n'
    )
    (folder / "main.typ").write_text(head + body, encoding="utf-8")
    document = pypdfium2.PdfDocument(pdf.compile_folder(folder))
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def as_html(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def test_nasty_text_comes_out_as_it_went_in(tmp_path):
    lines = [*NASTY, *(f"前{text}后" for text in NASTY)]
    assert [t.strip() for t in compile_lines(tmp_path, map(as_html, lines))] == lines


@settings(max_examples=1, derandomize=True, database=None)
@given(st.lists(st.text(st.characters(max_codepoint=126, min_codepoint=32), min_size=1, max_size=30), min_size=150))
def test_any_ascii_comes_out_as_it_went_in(tmp_path_factory, lines):
    lines = [f"x{' '.join(line.split())}x" for line in lines]
    found = compile_lines(tmp_path_factory.mktemp("typst"), map(as_html, lines))
    assert [text.strip() for text in found] == lines


@given(st.text())
def test_a_string_literal_is_closed_only_by_its_last_quote(text):
    literal = typst_markup.string(text)
    assert literal[0] == literal[-1] == '"'
    inner = literal[1:-1].replace("\\\\", "")
    assert '"' not in inner.replace('\\"', "")
    assert "\n" not in inner


@pytest.mark.parametrize(
    ("html", "markup"),
    [
        ("<p>a</p><p>b</p>", '#"a";\n\n#"b";'),
        ("<ul><li>a</li><li>b</li></ul>", '#list[#"a";][#"b";]'),
        ('<ol start="3"><li>a</li></ol>', '#enum(start: 3)[#"a";]'),
        ('<a href="https://x.example">x</a>', '#link("https://x.example")[#"x";];'),
        ('<a href="#sec-1">x</a>', '#"x";'),
        ("<code>#x</code>", '#raw("#x");'),
        ("a<br>b", '#"a";#linebreak();#"b";'),
        ("<p>a<!-- no --></p>\n", '#"a";'),
    ],
)
def test_html_becomes_markup(html, markup):
    assert typst_body.convert(html) == markup


def test_the_nasty_characters_are_in_the_typeface():
    assert glyphs.mended("".join(NASTY)) == "".join(NASTY)


def test_a_short_box_stays_whole_and_a_long_one_may_break():
    assert typst_body.convert('<section class="verdict"><p>甲</p></section>').startswith("#verdict(whole: true)[")
    assert typst_body.convert(f'<section class="verdict"><p>{"甲" * 700}</p></section>').startswith("#verdict[")
    assert typst_body.convert('<section class="small-print"><p>甲</p></section>').startswith("#small-print[")
