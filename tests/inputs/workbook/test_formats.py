"""Every kind of file that offices send is read with what it shows, or named with what to do; none takes for ever."""

import zipfile

import openpyxl
import pytest

from zonereport.inputs import InputError
from zonereport.inputs.workbook import read_book
from zonereport.inputs.workbook.readers import model

TITLE = "2022年1-10月主要经济指标"
HEAD = ["指标", "单位", "累计", "同比增长"]
ROW = ["工业投资", "亿元", 38, 3.2]


def figure(take, figures, path):
    """Value and growth of the one row that each book here has."""
    assert take(path).faults == ()
    return figures()["2022-10", "industrial_investment", ""][:3]


@pytest.mark.parametrize(
    ("number_format", "held", "growth"),
    [("0.0%", 0.032, 3.2), ('0.0"%"', 3.2, 3.2), ("0.0\\%", 3.2, 3.2), ("0.0_ ;[Red]\\-0.0\\ ", 3.2, 3.2)],
)
def test_a_percent_sign_counts_only_where_it_is_none_of_text(make, take, figures, number_format, held, growth):
    path = make("统计", {"表": [[TITLE], HEAD, [*ROW[:3], held]]})
    book = openpyxl.load_workbook(path)
    book["表"]["D3"].number_format = number_format
    book.save(path)
    assert figure(take, figures, path) == (38, "亿元", growth)


def xls(path, rows, formats=(), hidden=()):
    """Write an .xls: a number format by place, columns to hide."""
    xlwt = pytest.importorskip("xlwt", reason="writes .xls for this test only")
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            style = xlwt.XFStyle()
            style.num_format_str = dict(formats).get((row, column), "General")
            sheet.write(row, column, xlwt.Formula(value[1:]) if str(value).startswith("=") else value, style)
    for column in hidden:
        sheet.col(column).hidden = True
    book.save(str(path))
    return path


def test_of_an_xls_formats_hidden_columns_and_formulas_are_known(tmp_path, take, figures):
    rows = [[TITLE], HEAD, [*ROW[:3], 0.032]]
    assert figure(take, figures, xls(tmp_path / "a.xls", rows, {(2, 3): "0.0%"})) == (38, "亿元", 3.2)
    book = read_book(xls(tmp_path / "报表.et", [[TITLE], HEAD, ROW], hidden=[3]))
    assert [fault.value for fault in book.notices] == ["a hidden column"]
    assert book.sheets[0].at(2, 3) == ""
    faults = read_book(xls(tmp_path / "c.xls", [[TITLE], HEAD, [*ROW[:2], "=1+2", 3.2]])).faults
    assert "never calculated" in faults[0].expected


ODS = """\
<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods(path, growth):
    """Write an .ods whose last cell is the markup ``growth``."""
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="38"><text:p>38</text:p></table:table-cell>'
    lines = [text.format(TITLE), "".join(map(text.format, HEAD)), "".join(map(text.format, ROW[:2])) + number + growth]
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def test_of_an_ods_percent_errors_and_formulas_are_known(tmp_path, take, figures):
    cell = '<table:table-cell office:value-type="{}" office:value="{}"><text:p>3.2%</text:p></table:table-cell>'
    assert figure(take, figures, ods(tmp_path / "a.ods", cell.format("percentage", 0.032))) == (38, "亿元", 3.2)
    assert read_book(ods(tmp_path / "b.ods", cell.format("float", 3.2))).sheets[0].at(2, 3) == "3.2%"
    formula = 'table:formula="of:=1/0" office:value-type="float" office:value="0"'
    error = f"<table:table-cell {formula}><text:p>#DIV/0!</text:p></table:table-cell>"
    assert "an error" in read_book(ods(tmp_path / "c.ods", error)).faults[0].expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_separated_text_in_every_encoding(tmp_path, take, figures, encoding, separator):
    path = tmp_path / "统计.csv"
    lines = [separator.join(map(str, row)) for row in ([TITLE, "", "", ""], HEAD, ROW)]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert figure(take, figures, path) == (38, "亿元", 3.2)


def test_a_web_page_named_xls_is_read_and_named(tmp_path, take, figures):
    cells = [[TITLE], HEAD, ROW]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    path = tmp_path / "统计.xls"
    path.write_bytes(f"<html><table>{body}</table></html>".encode("gb18030"))
    assert figure(take, figures, path) == (38, "亿元", 3.2)
    assert "this is a web page saved as .xls; it holds one table" in read_book(path).notices[0].expected


def test_xml_of_2003_has_its_formats(tmp_path, take, figures):
    def cell(value, style=""):
        kind = "Number" if isinstance(value, float) else "String"
        return f'<Cell{style}><Data ss:Type="{kind}">{value}</Data></Cell>'

    growth = cell(0.032, ' ss:StyleID="p"')
    lines = [cell(TITLE), "".join(map(cell, HEAD)), "".join(map(cell, ["工业投资", "亿元", 38.0])) + growth]
    rows = "".join(f"<Row>{line}</Row>" for line in lines)
    path = tmp_path / "统计.xls"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p">'
        f'<NumberFormat ss:Format="Percent"/></Style></Styles><Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet>'
        "</Workbook>",
        encoding="utf-8",
    )
    assert figure(take, figures, path) == (38, "亿元", 3.2)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a web archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a workbook with a password"),
        (b"<html><body>nothing</body></html>", "a web page without a table"),
    ],
)
def test_other_files_are_named_with_what_to_do(tmp_path, content, name):
    (tmp_path / "报表.xls").write_bytes(content)
    with pytest.raises(InputError, match=name):
        read_book(tmp_path / "报表.xls")


def altered(path, part, change):
    """Write the archive ``path`` anew with the text of one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_a_broken_style_costs_the_formats_and_not_the_values(make, take):
    path = make("统计", {"表": [[TITLE], HEAD, ROW]})
    book = read_book(altered(path, "xl/styles.xml", lambda text: text[: len(text) // 2]))
    assert book.sheets[0].at(2, 2) == 38
    assert "readable number formats" in book.notices[0].expected


BOMBS = {
    "a million cells in a row": lambda text: text.replace(
        "<sheetData>", "<sheetData><row r='9'>" + "<c/>" * 20_000 + "</row>"
    ),
    "hidden rows without end": lambda text: text.replace("<sheetData>", "<sheetData>" + "<row hidden='1'/>" * 500_000),
    "entities of its own": lambda text: "<!DOCTYPE a [<!ENTITY b 'c'>]>" + text.partition("?>")[2],
    "one endless text": lambda text: text.replace("<sheetData>", f"<sheetData><row><c><v>{'9' * 90_000}</v></c></row>"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_one_line(make, name):
    path = altered(make("统计", {"表": [[TITLE], HEAD, ROW]}), "xl/worksheets/sheet1.xml", BOMBS[name])
    with pytest.raises(InputError) as caught:
        read_book(path)
    assert len(caught.value.faults) == 1


def test_merged_ranges_over_the_whole_sheet_are_cut_to_the_cells(make):
    def change(text):
        merged = '<mergeCell ref="A1:XFD1048576"/>' * 3
        return text.replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")

    path = altered(make("统计", {"表": [[TITLE], HEAD, ROW]}), "xl/worksheets/sheet1.xml", change)
    assert len(read_book(path).sheets[0].merged) == 3 * 4


def test_what_is_unpacked_and_how_wide_it_is_has_a_bound(make, tmp_path, monkeypatch):
    path = make("统计", {"表": [[TITLE], HEAD, ROW]})
    monkeypatch.setattr("zonereport.inputs.workbook.reading.MOST_UNPACKED", 1000)
    with pytest.raises(InputError, match="MB unpacked"):
        read_book(path)
    (tmp_path / "wide.csv").write_text("a," * 40_000 + "\n" + "1," * 40_000 + "\n")
    with pytest.raises(InputError, match=f"more than {model.MOST_COLUMNS} columns"):
        read_book(tmp_path / "wide.csv")


def test_reading_that_takes_too_long_is_one_line(make, tmp_path, monkeypatch):
    path = make("统计", {"表": [[TITLE], HEAD, *[[f"名{n}", "亿元", n, n / 7] for n in range(8000)]]})
    monkeypatch.setattr("zonereport.inputs.workbook.guard.SECONDS", 0)
    assert path.stat().st_size > 100_000
    with pytest.raises(InputError, match="too large to read"):
        read_book(path)
