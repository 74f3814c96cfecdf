"""The list of tasks by hand: on it from one day, done from another, late in between."""

import pandas as pd
import pytest

from zonereport.inputs import Period
from zonereport.metrics.tasks import on_the_list, state

YEAR, JUNE = Period.parse("2022-12"), Period.parse("2022-06")


@pytest.mark.parametrize(
    ("status", "due", "done", "expected"),
    [
        ("open", "2022-12-31", "", "unreported"),
        ("overdue", "2022-11-30", "", "overdue"),
        ("open", "2023-01", "", "next"),
        ("open", "2023", "", "later"),
        ("done", "2022-12-31", "2022-12-30", "done"),
        ("done", "2022-12-31", "", "done"),
    ],
)
def test_a_task_stands_by_status_and_day(status, due, done, expected):
    assert state(status, due, done, period=YEAR, is_latest=True) == expected


def test_what_was_done_in_july_was_late_in_june():
    assert state("done", "2022-06-30", "2022-07-06", period=JUNE, is_latest=False) == "overdue"
    assert state("done", "2022-06-30", "2022-06-30", period=JUNE, is_latest=False) == "done"
    # open today, so open on every day before
    assert state("open", "2022-05", "", period=JUNE, is_latest=False) == "overdue"


def test_without_a_day_a_task_is_of_the_latest_edition_alone():
    rows = pd.DataFrame(
        [("甲", "open", "", ""), ("乙", "open", "2022-06-30", ""), ("丙", "done", "2022-01-05", "")],
        columns=["title", "status", "set_on", "done"],
    )
    assert list(on_the_list(rows, YEAR, is_latest=True)["title"]) == ["甲", "乙", "丙"]
    assert list(on_the_list(rows, JUNE, is_latest=False)["title"]) == ["乙"]
    assert list(on_the_list(rows, Period.parse("2022-05"), is_latest=False)["title"]) == []
