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


def test_a_data_bar_keeps_its_length():
    soup, _ = tidy(pd.DataFrame({"a": [0, 5, 10]}).style.bar(color="#9fc0de").to_html())
    stops = [styler.bar_stops(styler.read(td).get("background", "")) for td in soup.tbody.find_all("td")]
    assert stops == [[], [("#9fc0de", 50.0), ("transparent", 50.0)], [("#9fc0de", 100.0), ("transparent", 100.0)]]


def test_nothing_is_loaded_by_a_style():
    soup, _ = tidy('<table><tr><td style="background: url(http://x.example/a.png); color: red">1</td></tr></table>')
    assert "url" not in str(soup)


def test_a_unit_at_the_end_of_a_title_stays_in_one_piece():
    _, grid = tidy(pd.DataFrame({"园区": ["甲（乙）"], "讨回欠薪（万元）": [1]}).to_html(index=False))
    written = typst_table.convert(grid, inlines)
    assert '#"讨回欠薪";#box[#"（万元）";];' in written
    assert '[#"甲（乙）";]' in written
