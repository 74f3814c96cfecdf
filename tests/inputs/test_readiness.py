"""What is in, what is missing, whose it is: months of the demo zone with tables taken away."""

import dataclasses
import datetime

import pytest

from zonereport.inputs import Period, Refused
from zonereport.inputs.model import Ready
from zonereport.inputs.readiness import deadline, is_ready, readiness

NOVEMBER = Period.parse("2022-11")
DECEMBER = Period.parse("2022-12")


@pytest.fixture
def ready(demo_zone):
    """``ready(*drop, must=…, deadline=…)``: the demo zone without December's rows of some sources, and its wishes."""

    def zone(*drop, table="indicators", **wishes):
        about = demo_zone.about.model_copy(update={"ready": Ready(**wishes)})
        frame = demo_zone.tables[table]
        gone = (frame["period"] == "2022-12") & frame["source"].isin(drop)
        return dataclasses.replace(demo_zone, about=about, tables=demo_zone.tables | {table: frame[~gone]})

    return zone


def states(frame, table="indicators"):
    rows = frame[frame["table"] == table]
    return dict(zip(rows["source"], rows["state"], strict=True))


def test_a_whole_month_is_in_but_for_what_comes_late(demo_zone):
    frame = readiness(demo_zone, DECEMBER)
    late = frame[frame["state"] != "in"]
    assert late["source"].tolist() == ["industry"]
    assert late["absent"].tolist() == [("technical_upgrades_completed",)]
    assert late["office"].tolist() == ["云川市工业和信息化局（虚构）"]


def test_every_ordinary_month_is_in(demo_zone):
    for period in map(Period.parse, ("2022-02", "2022-03", "2022-06", "2022-11")):
        assert set(readiness(demo_zone, period)["state"]) == {"in"}, period


def test_what_has_no_january_is_not_missed_there(demo_zone):
    frame = readiness(demo_zone, Period.parse("2022-01"))
    assert "industrial_output" not in [code for codes in frame["absent"] for code in codes]


def test_what_comes_once_a_year_is_missed_then_and_then_only(demo_zone):
    codes = demo_zone.tables["indicators"]
    without = codes[~((codes["code"] == "rd_spend") & (codes["period"] == "2022-12"))]
    zone = dataclasses.replace(demo_zone, tables=demo_zone.tables | {"indicators": without})
    assert "rd_spend" in [code for codes in readiness(zone, DECEMBER)["absent"] for code in codes]
    assert "rd_spend" not in [code for codes in readiness(zone, NOVEMBER)["absent"] for code in codes]


def test_a_table_that_has_not_come_is_missing_and_its_office_is_named(ready):
    frame = readiness(ready("finance"), DECEMBER)
    assert states(frame)["finance"] == "missing"
    row = frame[frame["source"] == "finance"].iloc[0]
    assert (row["office"], row["absent"]) == ("云川市财政局（虚构）", ("budget_revenue",))


def test_a_table_that_has_come_in_part_is_partial(ready):
    zone = ready()
    frame = zone.tables["indicators"]
    gone = (frame["period"] == "2022-12") & (frame["code"] == "treasury_tax")
    zone = dataclasses.replace(zone, tables=zone.tables | {"indicators": frame[~gone]})
    found = readiness(zone, DECEMBER)
    assert states(found)["tax"] == "partial"
    assert found[found["source"] == "tax"].iloc[0]["absent"] == ("treasury_tax",)


def test_of_a_ledger_a_few_firms_may_leave_and_not_all(ready):
    zone = ready()
    frame = zone.tables["enterprise_months"]
    last = frame[frame["period"] == "2022-12"]

    def state(share):
        rest = frame.drop(last.index[: round(len(last) * share)])
        tables = zone.tables | {"enterprise_months": rest}
        return states(readiness(dataclasses.replace(zone, tables=tables), DECEMBER), "enterprise_months")["ledger"]

    assert (state(0.05), state(0.5), state(1)) == ("in", "partial", "missing")


def test_ready_is_when_the_must_haves_are_in(ready):
    assert is_ready(readiness(ready(must=["tax", "enterprise_months"]), DECEMBER))
    assert not is_ready(readiness(ready("tax", must=["tax"]), DECEMBER))
    assert is_ready(readiness(ready("finance", must=["tax"]), DECEMBER))


def test_without_wishes_anything_at_all_is_enough(ready):
    assert is_ready(readiness(ready("tax"), DECEMBER))
    assert not is_ready(readiness(ready(), Period.parse("2023-01")))


def test_a_must_have_that_never_came_is_missing(ready):
    zone = ready(must=["goals"])
    frame = readiness(zone, DECEMBER)
    assert not is_ready(frame)
    assert frame[frame["must"]][["source", "state"]].values.tolist() == [["goals", "missing"]]


def test_a_must_have_that_nothing_is_called_is_refused(ready):
    with pytest.raises(Refused, match="taxx"):
        readiness(ready(must=["taxx"]), DECEMBER)


@pytest.mark.parametrize(
    ("period", "day", "expected"),
    [
        ("2022-12", 8, "2023-01-09"),
        ("2022-01", 31, "2022-02-28"),
        ("2022Q1", 12, "2022-04-12"),
        ("2022", 5, "2023-01-05"),
    ],
)
def test_the_deadline_is_a_day_of_the_month_after(ready, period, day, expected):
    assert deadline(ready(deadline=day), Period.parse(period)) == datetime.date.fromisoformat(expected)


def test_a_deadline_on_a_day_off_is_the_next_working_day(ready):
    off = datetime.date(2023, 1, 9)
    assert deadline(ready(deadline=7, holidays=[off]), DECEMBER) == datetime.date(2023, 1, 10)
    assert deadline(ready(deadline=7, workdays=[datetime.date(2023, 1, 8)]), DECEMBER) == datetime.date(2023, 1, 8)


def test_a_source_that_failed_last_month_is_still_expected(ready):
    zone = ready(must=["finance"])
    frame = zone.tables["indicators"]
    gone = frame["period"].isin(["2022-11", "2022-12"]) & (frame["source"] == "finance")
    found = readiness(dataclasses.replace(zone, tables=zone.tables | {"indicators": frame[~gone]}), DECEMBER)
    assert states(found)["finance"] == "missing"
    assert not is_ready(found)


def test_late_is_what_is_not_in_after_the_deadline(ready):
    zone = ready("finance", deadline=8)
    on_time = readiness(zone, DECEMBER, datetime.date(2023, 1, 9))
    after = readiness(zone, DECEMBER, datetime.date(2023, 1, 10))
    assert not on_time["late"].any()
    assert set(after[after["late"]]["source"]) == {"finance", "industry"}
