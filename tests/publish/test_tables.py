import pandas as pd
import pytest
from bs4 import BeautifulSoup

from zonereport.publish import colours, styler, tables, typst_table
from zonereport.publish.typst_body import inlines


def tidy(html):
    soup = BeautifulSoup(html, "html.parser")
    styler.inline(soup)
    return soup, tables.tidy(soup.table)


def test_index_names_stand_in_the_first_header_row_over_all_of_them(sample):
    soup, grid = tidy(sample.crossed())
    assert [cell.get_text(strip=True) for cell in soup.thead.tr.find_all(["th", "td"])] == [
        "园区",
        "行业",
        "企业数（家）",
        "产值（亿元）",
    ]
    assert [cell.get("rowspan") for cell in soup.thead.tr.find_all(["th", "td"])] == ["2", "2", None, None]
    assert (grid.header, grid.rows, len(grid.columns)) == (2, 5, 6)


def test_a_plain_frame_with_a_named_index_has_one_header_row():
    frame = pd.DataFrame({"产值": [1.0, 2.0]}, index=pd.Index(["甲", "乙"], name="园区"))
    for html in (frame.to_html(), frame.style.to_html()):
        soup, grid = tidy(html)
        assert grid.header == 1
        assert soup.thead.get_text(" ", strip=True) == "园区 产值"


def test_header_cells_say_what_they_head(sample):
    soup, _ = tidy(sample.crossed())
    assert all(th.get("scope") for th in soup.find_all("th"))
    assert {th["scope"] for th in soup.tbody.find_all("th")} == {"row", "rowgroup"}
    assert {th["scope"] for th in soup.thead.find_all("th")} == {"col", "colgroup"}


def test_no_header_cell_is_empty():
    soup, _ = tidy(pd.DataFrame({"产值": [1.0]}).to_html())
    assert all(th.get_text(strip=True) for th in soup.find_all("th"))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1,234.5", "-3.1%", "—"], "number"),
        (["+5.2%", "12家", ""], "number"),
        (["汽车", "12"], "text"),
        (["一期厂房主体封顶，设备进场安装中", "无"], "long"),
        (["—", "…"], "text"),
    ],
)
def test_columns_are_told_by_what_they_hold(values, kind):
    _, grid = tidy(pd.DataFrame({"列": values}).to_html(index=False))
    assert [column.kind for column in grid.columns] == [kind]


def test_tidying_twice_changes_nothing(sample):
    soup, grid = tidy(sample.crossed())
    before = str(soup)
    assert tables.tidy(soup.table).columns == grid.columns
    assert str(soup) == before


def test_styler_rules_reach_their_cells_and_no_id_is_left(sample):
    soup, _ = tidy(sample.indicators())
    fall = soup.find(string="-3.1%").find_parent("td")
    assert styler.read(fall) == {"color": "#d62728", "font-weight": "bold"}
    assert soup.find("style") is None
    assert not soup.find_all(id=True)


def test_a_rule_for_a_whole_table_loses_to_none_of_lower_weight():
    style = pd.DataFrame({"a": [1]}).style.set_table_styles([{"selector": "td", "props": "color: #111111"}])
    soup, _ = tidy(style.map(lambda v: "color: #222222").to_html())
    assert styler.read(soup.td if soup.td.get("style") else soup.tbody.td)["color"] == "#111111"


def test_every_styled_cell_can_be_read(sample):
    soup, _ = tidy(sample.roster())
    grounds = 0
    for cell in soup.find_all(style=True):
        style = styler.read(cell)
        ground = colours.parse(style.get("background-color", "#ffffff"))
        grounds += "background-color" in style
        assert colours.contrast(colours.parse(style.get("color", "#1a1a1a")), ground) >= colours.ENOUGH
    assert grounds == 80


def test_rows_are_named_by_their_first_words():
    frame = pd.DataFrame({"位次": [1, 2], "企业": ["甲", "乙"], "产值": ["3亿元", "2亿元"]})
    soup, grid = tidy(frame.to_html(index=False))
    assert [(th.get_text(), th["scope"]) for th in soup.tbody.find_all("th")] == [("甲", "row"), ("乙", "row")]
    assert tables.row_heads(grid) == [[1], [1]]
    # a year, and a month, name a row as well as a word does
    for names in (["2021", "2022"], ["1月", "2月"]):
        soup, _ = tidy(pd.DataFrame({"时间": names, "说明": ["甲", "乙"]}).to_html(index=False))
        assert [th.get_text() for th in soup.tbody.find_all("th")] == names


def test_the_headers_that_pandas_gives_rows_are_kept(sample):
    _, grid = tidy(sample.crossed())
    # the name of a park spans its two rows
    assert tables.row_heads(grid) == [[0, 1], [0], [0, 1]]


def test_a_title_stands_on_the_side_of_its_cells():
    frame = pd.DataFrame({"指标": ["甲", "乙"], "当月": ["1.2亿元", "3亿元"]})
    style = frame.style.hide(axis="index").set_table_styles([{"selector": "th", "props": "text-align: left"}])
    soup, _ = tidy(style.to_html())
    assert [styler.read(th)["text-align"] for th in soup.thead.find_all("th")] == ["left", "right"]


def test_a_title_that_needs_two_lines_is_broken_near_its_middle():
    frame = pd.DataFrame({f"科技型中小企业{n}": [n] for n in range(12)} | {"范围": ["云锦智造园"]})
    _, grid = tidy(frame.to_html(index=False))
    written = typst_table.convert(grid, inlines)
    assert '#box(width: 4.2em)[#"科技型中小企业0";]' in written


def test_nothing_is_loaded_by_a_style():
    soup, _ = tidy('<table><tr><td style="background: url(http://x.example/a.png); color: red">1</td></tr></table>')
    assert "url" not in str(soup)


def test_a_unit_at_the_end_of_a_title_stays_in_one_piece():
    _, grid = tidy(pd.DataFrame({"园区": ["甲（乙）"], "讨回欠薪（万元）": [1]}).to_html(index=False))
    written = typst_table.convert(grid, inlines)
    assert '#"讨回欠薪";#box[#"（万元）";];' in written
    assert '[#"甲（乙）";]' in written
