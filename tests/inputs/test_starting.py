"""A new zone: from a few answers to the first workbook, filled in and imported, and the second one with all of it."""

import datetime

import openpyxl
import pytest

from zonereport.inputs import InputError, Period, Refused, load_zone
from zonereport.inputs.starting import Answers, begin, named_parks, named_sources
from zonereport.inputs.workbook import import_book, write_template

ANSWERS = Answers(
    name="新区经济开发区",
    place="某省某市",
    issuer="新区经济发展局",
    year=2022,
    parks=named_parks(["east=东园", "west=西园"]),
    peers=("甲开发区", "乙开发区"),
    sources=named_sources(["monthly=新区经济运行月报", "tax=税务月报@某市税务局"], "新区经济发展局"),
    groups=("S2",),
)
JUNE, JULY = Period.parse("2023-06"), Period.parse("2023-07")


@pytest.fixture
def project(root, tmp_path):
    """A project without a zone."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/dictionary").symlink_to(root / "data/dictionary")
    return tmp_path


@pytest.fixture
def zone(project):
    """The zone as `new` leaves it."""
    begin("xinqu", project, ANSWERS)
    return project


def rows_of(path, name):
    """The rows of a sheet as dicts by header."""
    head, *rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def fill(path, name, wanted):
    """Put values into the row of a sheet that has all of ``wanted``'s first dict."""
    book = openpyxl.load_workbook(path)
    sheet = book[name]
    places = {cell.value: cell.column for cell in sheet[1]}
    for known, values in wanted:
        for row in range(2, sheet.max_row + 2):
            if all(sheet.cell(row, places[head]).value == value for head, value in known.items()):
                for head, value in values.items():
                    sheet.cell(row, places[head]).value = value
                break
        else:
            raise AssertionError(f"{name} has no row {known}")
    book.save(path)


def test_the_answers_are_the_zone(zone):
    about = load_zone("xinqu", zone, empty=True).about
    assert (about.name_zh, about.issuer, about.peers) == ("新区经济开发区", "新区经济发展局", ("甲开发区", "乙开发区"))
    assert [(source.id, source.publisher) for source in about.sources] == [
        ("monthly", "新区经济发展局"),
        ("tax", "某市税务局"),
    ]
    # a bulletin goes on in the years to come
    assert [about.sources[0].is_of(year) for year in (2021, 2022, 2024)] == [False, True, True]


def test_what_is_there_is_not_overwritten_and_what_is_no_answer_leaves_nothing(zone):
    with pytest.raises(Refused, match="there already"):
        begin("xinqu", zone, ANSWERS)
    with pytest.raises(Refused, match="cannot be a folder"):
        begin("../x", zone, ANSWERS)
    wrong = Answers(name="乙", place="某市", issuer="", year=2022, parks=(("East Park", "东园"),))
    with pytest.raises(InputError, match="parks"):
        begin("other", zone, wrong)
    assert sorted(path.name for path in (zone / "data").iterdir()) == ["dictionary", "xinqu"]


def test_the_first_workbook_has_everything_but_the_figures(zone, tmp_path):
    path = tmp_path / "first.xlsx"
    write_template(load_zone("xinqu", zone, empty=True), JUNE, path)
    figures = rows_of(path, "指标")
    keys = [(row["期间"], row["指标编码"], row["园区"]) for row in figures]
    assert ("2023-06", "工业开票销售", None) in keys
    assert ("2023-06", "工业开票销售", "西园") in keys
    assert ("2022-06", "工业开票销售", None) in keys
    assert not any(row["指标编码"] == "发明专利授权" for row in figures)
    # the office that answers for a figure, else the zone's own bulletin
    sources = {row["指标编码"]: row["来源"] for row in figures}
    assert (sources["工业入库税收"], sources["工业投资"]) == ("tax", "monthly")
    peers = rows_of(path, "同类开发区")
    assert {row["开发区"] for row in peers if row["指标编码"]} == {"甲开发区", "乙开发区"}
    assert {row["指标编码"] for row in rows_of(path, "目标") if row["指标编码"]} >= {"工业开票销售", "工业投资"}


def test_the_second_workbook_has_all_that_is_known(zone, tmp_path):
    path = tmp_path / "xinqu_2023-06.xlsx"
    write_template(load_zone("xinqu", zone, empty=True), JUNE, path)
    invoiced = {"指标编码": "工业开票销售"}
    whole = invoiced | {"期间": "2023-06", "园区": None}
    fill(path, "指标", [(whole, {"数值": 86.2}), (whole | {"期间": "2022-06"}, {"数值": 80.1})])
    fill(path, "同类开发区", [({"开发区": "甲开发区", **invoiced}, {"同比（%）": 9.1})])
    fill(path, "目标", [(invoiced, {"目标值": 185, "目标类型": "总量", "下达日": "2023-01-15"})])
    firms = {"企业编号": "f01", "企业名称": "新区汽车零部件有限公司", "园区": "东园", "来源": "monthly"}
    fill(path, "企业", [({"企业编号": None}, firms)])
    month = {"企业编号": "新区汽车零部件有限公司", "累计开票销售（万元）": 51000, "来源": "monthly"}
    fill(path, "企业月度", [({"企业编号": None}, month)])
    done = import_book(path, "xinqu", zone, received=datetime.date(2023, 7, 12))
    assert done.faults == ()
    assert done.added == {"indicators": 2, "targets": 1, "peers": 1, "enterprises": 1, "enterprise_months": 1}

    # the month that is in: sent again as it is, nothing changes
    again = tmp_path / "again.xlsx"
    write_template(load_zone("xinqu", zone), JUNE, again)
    assert next(row for row in rows_of(again, "指标") if row["指标编码"] == "工业开票销售")["数值"] == 86.2
    done = import_book(again, "xinqu", zone, received=datetime.date(2023, 7, 13))
    assert (done.faults, done.written, done.unchanged) == ((), (), 4)

    later = tmp_path / "later.xlsx"
    write_template(load_zone("xinqu", zone), JULY, later)
    row = next(row for row in rows_of(later, "指标") if row["指标编码"] == "工业开票销售")
    assert (row["数值"], row["上期〔自动〕"], row["上年同期〔自动〕"]) == (None, 86.2, None)
    assert rows_of(later, "目标")[0]["目标值"] == 185
    peer = next(row for row in rows_of(later, "同类开发区") if row["开发区"] == "甲开发区")
    assert (peer["同比（%）"], peer["上期〔自动〕"]) == (None, "同比9.1%")
    firm = rows_of(later, "企业月度")[0]
    assert (firm["企业编号"], firm["上期〔自动〕"]) == ("新区汽车零部件有限公司", 51000)
    # rows that nobody filled in are no rows
    fill(later, "指标", [({"期间": "2023-07", "园区": None, **invoiced}, {"数值": 100.5})])
    done = import_book(later, "xinqu", zone, received=datetime.date(2023, 8, 12))
    assert (done.faults, done.added) == ((), {"indicators": 1})
