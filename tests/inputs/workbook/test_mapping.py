"""A mapping is proposed, written, read again and edited; one that does not fit says where."""

import pytest
import yaml

from zonereport.inputs import InputError, load_zone
from zonereport.inputs.workbook import dump_mapping, load_mapping, propose_mapping, read_book

HEAD = ["指标名称", "单位", "累计", "同比（%）"]
ROWS = [["2022年1-11月"], HEAD, ["规上工业总产值", "亿元", 30, 5.5], ["一般公共预算收入额", "亿元", 1.7, ""]]


@pytest.fixture
def mapping_file(place):
    return place / "data" / "demo" / "mappings" / "统计.yml"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_proposal_is_written_read_and_the_same(make, place):
    zone = load_zone("demo", place)
    mapping = propose_mapping(read_book(make("统计2022-11", {"表": ROWS})), zone)
    assert yaml.safe_load(dump_mapping(mapping)) == {
        "sheets": [
            {
                **{"sheet": "表", "table": "indicators", "header": [2, 2]},
                "columns": {"指标名称": "code", "单位": "unit", "累计": "value", "同比(%)": "growth_pct"},
                "rows": {"规上工业总产值": "industrial_output", "一般公共预算收入额": "budget_revenue"},
            }
        ]
    }
    path = place / "m.yml"
    path.write_text(dump_mapping(mapping), encoding="utf-8")
    assert load_mapping(path, zone.schemas) == mapping


def test_likeness_is_said_and_ambiguity_is_a_fault_that_names_the_candidates(make, take, place):
    rows = [HEAD, ["规上工业总产值", "亿元", 30, 5.5], ["一般公共预算的收入", "亿元", 1.7, ""]]
    path = make("统计2022-11", {"表": rows})
    assert [(one.severity, str(one)) for one in take(path).faults] == [
        (
            "question",
            '统计2022-11.xlsx[表] row 3, A 指标名称: "一般公共预算的收入"; expected a name of the dictionary; '
            "matched by likeness with budget_revenue (一般公共预算收入)",
        )
    ]
    assert take(path, yes=True).added == {"indicators": 2}
    book = read_book(
        make("统计2022-12", {"表": [HEAD, ["一般公共预算总收入", "亿元", 3, ""], ["工业固投", "亿元", 3, ""]]})
    )
    with pytest.raises(InputError) as caught:
        propose_mapping(book, load_zone("demo", place))
    assert "perhaps 一般公共预算收入" in caught.value.faults[0].expected


def test_next_month_uses_the_mapping_that_stands(make, take, mapping_file, figures):
    take(make("统计2022-11", {"表": ROWS}))
    edit(mapping_file, "规上工业总产值: industrial_output", "规上工业总产值: invoiced_sales")
    before = mapping_file.read_bytes()
    rows = [["2022年1-12月"], ["（快报）"], HEAD, ["规上工业总产值", "亿元", 133, 5.1], ["工业税收", "亿元", 3, ""]]
    result = take(make("统计2022-12", {"表": rows}))
    assert (result.faults, result.written) == ((), ("indicators.csv",))
    assert figures()["2022-12", "invoiced_sales", ""][0] == 133
    assert mapping_file.read_bytes() == before


def test_a_month_in_a_header_is_no_other_header_next_month(make, take, mapping_file):
    for month in (10, 11):
        rows = [
            [f"2022年1-{month}月"],
            ["指标", "单位", f"1-{month}月累计", f"{month}月"],
            ["工业税收", "亿元", month / 4, 0.2],
        ]
        assert take(make("统计", {"表": rows})).faults == ()
    assert "1-N月累计: value" in mapping_file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("sheets", "line"),
    [
        ({"表": [["2022年1-12月"], ["指标名称", "单位", "完成", "同比（%）"], ["工业税收", "亿元", 3, ""]]},
         "统计2022-12.xlsx[表] row 2, 累计: missing; expected this column in row 2, as 统计.yml says; "
         "there are 指标名称、单位、完成、同比(%)"),
        ({"主要": ROWS}, "统计2022-12.xlsx[主要]: \"a new sheet\"; expected a sheet that 统计.yml maps, or skips"),
        ({"表": [[*HEAD, "位次"], ["工业税收", "亿元", 3, "", 2]]},
         "统计2022-12.xlsx[表] row 1, E 位次: \"位次\"; expected a column that 统计.yml maps; it is proposed as rank"),
        ({"表": [HEAD, ["工业固投", "亿元", 3, ""]]},
         "统计2022-12.xlsx[表] row 2, A 指标名称: \"工业固投\"; expected one name of the dictionary; perhaps "),
    ],
)  # fmt: skip
def test_a_book_that_does_not_fit_any_more(make, take, contents, sheets, line):
    take(make("统计2022-11", {"表": ROWS}))
    before = contents()
    assert str(take(make("统计2022-12", sheets)).faults[0]).startswith(line)
    assert contents() == before


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("table: indicators", "table: figures", "sheets[0].table"),
        ("累计: value", "累计: amount", "sheets[0].columns.累计"),
        ("sheets:", "sheet:", "sheets"),
        ("- 2\n  - 2", "- 2\n  - two", "sheets[0].header"),
        ("  table:", "  tabel: x\n  table:", "sheets[0].tabel"),
        ("累计: value", "累计: {column: value, codes: x}", "sheets[0].columns.累计.codes"),
        ("rows:", "rows: [", None),
    ],
)
def test_a_mapping_that_was_edited_badly(make, take, mapping_file, old, new, column):
    path = make("统计2022-11", {"表": ROWS})
    take(path)
    edit(mapping_file, old, new)
    assert [(fault.file, fault.column) for fault in take(path).faults] == [("统计.yml", column)]


def test_columns_and_rows_are_left_out_and_defaults_hold(make, take, mapping_file, figures):
    rows = [["指标", "本期", "幸福指数列"], ["工业税收", 3, 1], ["工业投资", 4, 1]]
    path = make("统计", {"表": rows, "封面": [["统计局"]]})
    assert take(path).faults != ()
    mapping_file.parent.mkdir()
    mapping_file.write_text(
        "sheets:\n- sheet: 表\n  table: indicators\n  header: [1, 1]\n"
        "  unit: 万元\n  period: 2022-09\n  source: monthly\n"
        "  columns: {指标: code, 本期: value, 幸福指数列: ~}\n  rows: {工业投资: ~}\nskip: [封面]\n",
        encoding="utf-8",
    )
    assert take(path).added == {"indicators": 1}
    assert figures()["2022-09", "treasury_tax", ""][:2] == (3, "万元")


def test_a_sheet_that_could_be_two_tables_is_a_fault(make, take):
    rows = [["企业编号", "指标编码", "级别"], ["alpha", "高新技术企业认定", "省级"]]
    fault = take(make("企业2022-11", {"表": rows})).faults[0]
    assert "recognitions (称号) or platforms (研发平台)" in fault.expected
    assert take(make("企业2022-11", {"称号": rows})).added == {"recognitions": 1}
