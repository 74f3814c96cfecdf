"""An import is put down, kept, corrected, taken back whole, or refused where later ones stand on it."""

import csv
import datetime
import functools
import hashlib
import itertools
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zonereport.disk.journal import reading
from zonereport.inputs import Refused, load_zone
from zonereport.inputs.history import read_log
from zonereport.inputs.history.undo import undo
from zonereport.inputs.workbook import Removal, Revision

HEAD = ["指标名称", "单位", "累计", "同比（%）"]
NEXT_DAY = datetime.date(2022, 12, 13)
MORNING = datetime.datetime(2022, 12, 14, 8)
# what an import keeps beside the tables
KEPT = ("imports.csv", "received/")


@pytest.fixture
def tables(contents):
    """Every file of the small zone with its bytes, but for what is kept of imports."""

    def read() -> dict[str, bytes]:
        own = {name.removeprefix("demo/"): text for name, text in contents().items() if name.startswith("demo/")}
        return {name: text for name, text in own.items() if not name.startswith(KEPT)}

    return read


@pytest.fixture
def back(place):
    """Take back an import of the small zone."""
    return functools.partial(undo, "demo", place, now=MORNING)


@pytest.fixture
def take(take):
    """Import a book, which must be sound but for what a test asks for itself."""

    def imported(path, *, sound=True, **options):
        done = take(path, **options)
        assert not (sound and done.faults), done.faults
        return done

    return imported


def rows_of(place, table="indicators"):
    with (place / f"data/demo/{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_row_names_the_cell_that_it_comes_from(make, take, place):
    take(make("财政局2022-11", {"收入": [HEAD, ["一般公共预算收入", "亿元", 1.58, 4.7]]}))
    assert rows_of(place)[-1]["locator"] == "财政局2022-11.xlsx › 收入!C2"
    book = {
        "企业月度": [["企业名称", "期末人数"], ["甲公司", 3]],
        "目标": [["指标", "单位", "目标值", "目标类型", "年度"]],
    }
    book["目标"].append(["工业投资", "亿元", 30, "总量", 2022])
    take(make("报表2022-11", book))
    assert rows_of(place, "enterprise_months")[-1]["locator"] == "报表2022-11.xlsx › 企业月度!A2"
    assert rows_of(place, "targets")[-1]["locator"] == "报表2022-11.xlsx › 目标!C2"


def test_what_was_imported_is_put_down_and_the_book_is_kept(make, take, place):
    path = make("财政局2022-11", {"收入": [HEAD, ["一般公共预算收入", "亿元", 1.58, 4.7]]})
    assert take(path).number == 1
    # the same again is nothing new, and no line
    assert take(path).number == 0
    take(make("财政局2022-11", {"收入": [HEAD, ["一般公共预算收入", "亿元", 1.6, 4.7]]}), received=NEXT_DAY)
    entries = read_log(place / "data/demo")
    assert [(e.number, e.kind, e.file, e.sender, e.added, e.changed, e.removed) for e in entries] == [
        (1, "import", "财政局2022-11.xlsx", "财政局", 1, 0, 0),
        (2, "import", "财政局2022-11.xlsx", "财政局", 0, 1, 0),
    ]
    assert (entries[0].when, entries[0].received) == ("2022-12-12 09:30:00", "2022-12-12")
    kept = place / "data/demo/received" / f"{entries[1].sha256}.xlsx"
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == entries[1].sha256
    assert kept.read_bytes() == path.read_bytes()


def test_the_last_import_is_taken_back_byte_for_byte(make, take, tables, back):
    take(make("初报", {"表": [["2022年1-10月"], HEAD, ["工业开票销售", "亿元", 112, 11.2]]}), received=NEXT_DAY)
    # a table that an import has written once has all its columns
    firms = [["企业编号", "企业名称", "来源"], ["gamma", "丙公司", "monthly"]]
    take(make("名录", {"企业": firms}))
    before = tables()
    book = {
        "表": [HEAD, ["工业开票销售", "亿元", 125, ""], ["工业投资", "亿元", 3, ""]],
        "企业": [["企业编号", "企业名称", "所属园区", "来源"], ["alpha", "甲股份", "西园", "monthly"]],
        "企业月度": [["企业名称", "期末人数"], ["乙公司", 3]],
    }
    take(make("统计2022-11", book), received=NEXT_DAY)
    assert len(tables()) == len(before) + 2
    done = back()
    assert tables() == before
    assert (done.entry.number, done.note.number, done.note.of, done.note.removed) == (3, 4, "3", 3)
    # and what was taken back can be sent again
    assert take(make("统计2022-11", book), received=NEXT_DAY).number == 5


def test_one_import_after_the_other_back_to_the_beginning(make, take, tables, back):
    before = tables()
    for month in (11, 12):
        take(make(f"统计2022-{month}", {"表": [HEAD, ["工业投资", "亿元", month, ""]]}))
    back()
    back()
    assert tables() == before
    with pytest.raises(Refused, match="no import to take back"):
        back()


def test_a_named_import_goes_and_the_others_stay(make, take, back, figures):
    for month in (11, 12):
        take(make(f"统计2022-{month}", {"表": [HEAD, ["工业投资", "亿元", month, ""]]}))
    assert back("统计2022-11.xlsx").entry.number == 1
    assert ("2022-12", "industrial_investment", "") in figures()
    assert ("2022-11", "industrial_investment", "") not in figures()
    with pytest.raises(Refused, match=r"has no import 1; the last are 2 \(统计2022-12\.xlsx\)"):
        back("1")


def test_a_later_import_of_the_same_figure_is_named(make, take, back, tables):
    take(make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, 5]]}))
    take(make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 4, ""]]}), received=NEXT_DAY)
    before = tables()
    with pytest.raises(Refused) as error:
        back("1")
    assert str(error.value) == (
        "demo: import 1 cannot be undone: import 2 (统计2022-11.xlsx) has changed "
        "indicators.csv 2022-11 industrial_investment since; undo 2 first"
    )
    assert tables() == before
    back()
    back()


def test_a_row_edited_by_hand_is_not_lost(make, take, back, place):
    take(make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, 5]]}))
    table = place / "data/demo/indicators.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("investment,,3,", "investment,,3.5,"), encoding="utf-8")
    with pytest.raises(Refused, match="2022-11 industrial_investment 2022-12-12 was edited by hand since"):
        back()


def test_an_import_that_others_stand_on_stays(make, take, back):
    firms = [["企业编号", "企业名称", "来源"], ["gamma", "丙公司", "monthly"]]
    take(make("名录", {"企业": firms}))
    take(make("统计2022-11", {"企业月度": [["企业名称", "期末人数"], ["丙公司", 3]]}))
    with pytest.raises(Refused, match=r"the zone would not be sound: enterprise_months\.csv row 2, enterprise"):
        back("1")


def test_an_edited_mapping_is_kept(make, take, back, place):
    take(make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, 5]]}))
    mapping = place / "data/demo/mappings/统计.yml"
    mapping.write_text(mapping.read_text(encoding="utf-8") + "# 已核对\n", encoding="utf-8")
    assert back().kept == ("mappings/统计.yml",)
    assert mapping.exists()


def test_a_figure_typed_wrong_is_corrected_the_same_day_and_is_no_revision(make, take, figures, place):
    take(make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3.85, 5]]}))
    right = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3.58, 5]]})
    assert "--correct" in take(right, sound=False).faults[0].expected
    done = take(right, correct=True)
    assert done.corrections == (Revision("industrial_investment", "2022-11", "", "3.85 亿元", "3.58 亿元"),)
    assert done.revisions == ()
    assert "correction 2022-11 industrial_investment : 3.85 亿元 -> 3.58 亿元" in done.done("统计2022-11.xlsx")
    rows = [row for row in rows_of(place) if row["code"] == "industrial_investment"]
    assert [(row["value"], row["vintage"]) for row in rows] == [("3.58", "2022-12-12")]
    # a later day changes nothing of that: the figure was never the other one
    later = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3.59, 5]]})
    assert take(later, correct=True, received=datetime.date(2023, 2, 1)).corrections
    assert figures()["2022-11", "industrial_investment", ""] == (3.59, "亿元", 5, "2022-12-12")
    assert [entry.kind for entry in read_log(place / "data/demo")] == ["import", "correct", "correct"]


def test_a_row_marked_to_go_is_taken_away(make, take, place, back, tables):
    take(make("统计2022-11", {"表": [HEAD, ["财政总收入", "亿元", 3.58, 5]]}))
    before = tables()
    rows = [[*HEAD, "操作"], ["财政总收入", "亿元", "", "", "删除"], ["一般公共预算收入", "亿元", 1.58, 5, ""]]
    done = take(make("更正2022-11", {"表": rows}))
    assert done.removed == (Removal("indicators", "2022-11 total_fiscal_revenue", "3.58 亿元, growth_pct 5"),)
    assert done.added == {"indicators": 1}
    assert [row["code"] for row in rows_of(place) if row["period"] == "2022-11"] == ["budget_revenue"]
    back()
    assert tables() == before


def test_a_firm_is_taken_away_only_where_nothing_needs_it(make, take, place):
    listed = [["企业编号", "企业名称", "来源", "操作"], ["beta", "乙公司", "", "删除"]]
    take(make("统计2022-11", {"企业月度": [["企业名称", "期末人数"], ["乙公司", 3]]}))
    fault = take(make("名录", {"企业": listed}), sound=False).faults[0]
    assert (fault.file, fault.column, fault.value) == ("enterprise_months.csv", "enterprise", "beta")
    take(make("清理2022-11", {"企业月度": [["企业名称", "期末人数", "操作"], ["乙公司", "", "删除"]]}))
    assert take(make("名录", {"企业": listed})).removed[0].key == "beta"
    assert [row["enterprise"] for row in rows_of(place, "enterprises")] == ["alpha"]


def test_a_mark_on_nothing_is_a_fault(make, take):
    fault = take(
        make("清理2022-11", {"表": [[*HEAD, "操作"], ["工业投资", "亿元", "", "", "删除"]]}), sound=False
    ).faults[0]
    assert (fault.row, fault.value) == (2, "2022-11 industrial_investment")
    assert "a row of 指标 that is there" in fault.expected


@pytest.fixture
def two_offices(place):
    """The small zone with a source of its own for each office."""
    about = place / "data/demo/zone.yml"
    text = about.read_text(encoding="utf-8") + "".join(
        f"  - {{id: {name}, title: {title}, publisher: {office}, place: 某市, covers: '2022'}}\n"
        for name, title, office in (("tax", "税务月报", "某市税务局"), ("finance", "财政月报", "某市财政局"))
    )
    about.write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("two_offices")
def test_the_office_that_answers_for_a_figure_is_asked_not_the_last_one(make, take, figures):
    head, row = HEAD[:3], "一般公共预算收入"
    take(make("税务局2022-11", {"表": [head, [row, "亿元", 1.61]]}), source="tax")
    done = take(make("财政局2022-11", {"表": [head, [row, "亿元", 1.58]]}), source="finance")
    assert done.corrections == (Revision("budget_revenue", "2022-11", "", "1.61 亿元", "1.58 亿元", "财政局"),)
    assert done.revisions == ()
    # the other way round the figure that stands stays, also on a later day, and that is said
    done = take(make("税务局2022-11", {"表": [head, [row, "亿元", 1.62]]}), source="tax", received=NEXT_DAY)
    assert (done.faults, done.corrections, done.revisions) == ((), (), ())
    assert "1.58 亿元 of 财政局, which answers for it (财政)" in done.warnings[-1].expected
    assert figures()["2022-11", "budget_revenue", ""][0] == 1.58
    # the same office revises its own
    done = take(make("财政局2022-11", {"表": [head, [row, "亿元", 1.59]]}), source="finance", received=NEXT_DAY)
    assert len(done.revisions) == 1


@pytest.mark.usefixtures("two_offices")
def test_where_no_office_answers_for_it_a_person_is_asked(make, take, figures):
    head, row = HEAD[:3], "工业投资"
    take(make("税务局2022-11", {"表": [head, [row, "亿元", 3]]}), source="tax")
    other = make("财政局2022-11", {"表": [head, [row, "亿元", 4]]})
    fault = take(other, source="finance", sound=False).faults[0]
    assert fault.severity == "question"
    assert "--accept office:industrial_investment" in fault.expected
    assert take(other, source="finance", accept=["office:industrial_investment"]).faults == ()
    assert figures()["2022-11", "industrial_investment", ""][0] == 4


def test_an_undo_that_is_killed_at_any_step_is_all_or_nothing(make, take, back, place, contents, killed):
    take(make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, ""]]}))
    saved, old = place.parent / "saved", contents()
    shutil.copytree(place, saved)
    back()
    new, outcomes = contents(), []
    # every step of the change itself is tried with the journal; here the undo as a whole
    for step in itertools.count(0, 4):
        shutil.rmtree(place)
        shutil.copytree(saved, place)
        name = killed(back, step)
        if name is None:
            break
        with reading(place, "demo"):
            found = contents()
        found.pop(".demo.lock", None)
        assert found in (old, new), (step, name)
        outcomes.append(found == new)
    assert contents() == new
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


FIGURES = st.lists(
    st.tuples(st.sampled_from(["工业投资", "工业税收", "工业开票销售"]), st.integers(1, 9)),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row[0],
)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(books=st.lists(FIGURES, min_size=1, max_size=2))
def test_any_imports_taken_back_in_turn_leave_what_was_there(make, take, back, tables, place, books):
    before = tables()
    written = 0
    for day, rows in enumerate(books):
        sheet = {"表": [HEAD, *([name, "亿元", value * 10, ""] for name, value in rows)]}
        done = take(make("统计2022-11", sheet), received=datetime.date(2022, 12, 12 + day), accept=["all"])
        assert done.faults == ()
        written += bool(done.number)
    for _ in range(written):
        back()
    assert tables() == before
    assert load_zone("demo", place).periods
