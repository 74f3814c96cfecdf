"""Titles in force on a day, by which rules; renewals; steps of the ladder as cohorts."""

import datetime

import pandas as pd
import pytest

from zonereport.metrics.enterprises.recognitions import (
    covered,
    held_by,
    in_force,
    in_force_counts,
    ladder,
    renewals,
    titles,
)

DAY = datetime.date(2022, 12, 31)
FIRMS = pd.DataFrame(
    {
        "enterprise": ["a", "b", "c", "d"],
        "name": ["甲", "乙", "丙", "丁"],
        "industry": ["C3971", "C2651", "", "I6513"],
        "park": ["east", "west", "east", ""],
    },
    dtype="str",
)


def listed(*rows):
    columns = ["period", "enterprise", "code", "valid_until", "rule_version"]
    frame = pd.DataFrame(rows, columns=columns).assign(level="national", source="science")
    return frame.astype("str")


def held(*rows, day=DAY, park=""):
    return titles(listed(*rows), FIRMS, day=day, park=park)


@pytest.mark.parametrize(
    ("until", "day", "holds"),
    [
        ("2022-12-31", "2022-12-31", True),
        ("2022-12-30", "2022-12-31", False),
        ("2022-12", "2022-12-31", True),
        ("2022-11", "2022-11-30", True),
        ("2022-11", "2022-12-01", False),
        ("2022", "2022-12-31", True),
        ("2022", "2023-01-01", False),
        ("", "2099-12-31", True),
        ("2024-02", "2024-02-29", True),
    ],
)
def test_the_last_day_of_a_title(until, day, holds):
    day = datetime.date.fromisoformat(day)
    rows = held(("2020-01", "a", "hightech_recognised", until, "2016"), day=day)
    assert in_force(rows, day=day).tolist() == [holds]


def test_a_title_of_the_future_is_not_known_yet():
    assert held(("2023-01", "a", "hightech_recognised", "2026-01", "2016")).empty


def test_an_enterprise_counts_once_by_its_latest_rules():
    rows = held(
        ("2019-11", "a", "hightech_recognised", "2022-11", "2016年认定办法"),
        ("2022-11", "a", "hightech_recognised", "2025-11", "2022年认定办法"),
        ("2021-10", "b", "hightech_recognised", "2024-10", "2016年认定办法"),
        ("2019-10", "c", "hightech_recognised", "2022-10", "2016年认定办法"),
    )
    counts = in_force_counts(rows, day=DAY)
    assert counts[["rule_version", "park", "industry", "in_force"]].values.tolist() == [
        ["2016年认定办法", "west", "C26", 1],
        ["2022年认定办法", "east", "C39", 1],
    ]
    # on an earlier day the earlier title counts, by its own rules
    earlier = held(
        ("2019-11", "a", "hightech_recognised", "2022-11", "2016年认定办法"),
        ("2022-11", "a", "hightech_recognised", "2025-11", "2022年认定办法"),
        day=datetime.date(2022, 6, 30),
    )
    assert in_force_counts(earlier, day=datetime.date(2022, 6, 30))["rule_version"].tolist() == ["2016年认定办法"]


def test_a_park_has_its_own():
    rows = [("2022-01", e, "hightech_recognised", "2025-01", "") for e in "abcd"]
    assert held(*rows, park="east")["enterprise"].tolist() == ["a", "c"]
    assert in_force_counts(held(*rows, park="north"), day=DAY).empty


def test_renewals_and_lapses():
    rows = held(
        ("2020-12", "a", "hightech_recognised", "2023-12", "2016"),
        ("2021-01", "b", "hightech_recognised", "2024-01", "2016"),
        ("2019-05", "c", "hightech_recognised", "2022-05", "2016"),
        ("2018-05", "d", "hightech_recognised", "2021-05", "2016"),
        ("2022-05", "d", "tech_smes_evaluated", "2022-12-31", "2017"),
        ("2020-05", "a", "hightech_pipeline_new", "", "2019"),
    )
    made = renewals(rows, day=DAY)
    assert made[["status", "enterprise", "code", "months_left"]].values.tolist() == [
        # what is evaluated each year stands last, though it ends first
        ["due", "a", "hightech_recognised", 12],
        ["due", "d", "tech_smes_evaluated", 0],
        ["lapsed", "c", "hightech_recognised", -7],
    ]
    assert made["validity_months"].tolist() == [36, 7, 36]


def test_renewals_a_year_from_a_leap_day():
    day = datetime.date(2024, 2, 29)
    rows = held(("2022-02", "a", "hightech_recognised", "2025-02-28", ""), day=day)
    assert renewals(rows, day=day)["status"].tolist() == ["due"]


def test_how_far_back_a_list_must_go():
    rows = listed(
        ("2020-04", "a", "tech_smes_evaluated", "2020-12-31", ""),
        ("2020-11", "b", "hightech_recognised", "2023-11", ""),
        ("2021-11", "c", "hightech_pipeline_new", "", ""),
    )
    assert covered(rows, "hightech_recognised", day=DAY)
    # in June 2022 a title of November 2019 would still hold
    assert not covered(rows, "hightech_recognised", day=datetime.date(2022, 6, 30))
    assert covered(rows, "tech_smes_evaluated", day=datetime.date(2021, 6, 30))
    assert not covered(rows, "hightech_pipeline_new", day=DAY)


def test_a_cohort_is_followed_for_its_whole_time():
    names = [f"e{n:02d}" for n in range(12)]
    rows = [("2020-06", e, "hightech_pipeline_new", "", "") for e in names]
    rows += [("2021-06", e, "hightech_recognised", "2024-06", "") for e in names[:3]]
    rows += [("2021-07", e, "hightech_recognised", "2024-07", "") for e in names[3:5]]
    rows += [("2020-06", names[5], "hightech_recognised", "2023-06", "")]
    # too late to be followed, and outside of those that count
    rows += [
        ("2022-06", "late", "hightech_pipeline_new", "", ""),
        ("2020-06", "other", "hightech_pipeline_new", "", ""),
    ]
    made = ladder(listed(*rows), day=DAY, among=pd.Index([*names, "late"]), fewest=10)
    made = made[made["step"] == "hightech_pipeline_new"].set_index(["cohort", "horizon_months"])
    assert made.loc[("2020", 12), ["enterprises", "already", "reached"]].tolist() == [11, 1, 3]
    assert made.loc[("2020", 24), "reached"] == 5
    assert made.loc[("all", 12), "share_pct"] == pytest.approx(300 / 11)
    assert ("2020", 36) not in made.index
    assert ("2022", 12) not in made.index
    few = ladder(listed(*rows), day=DAY, among=pd.Index(names), fewest=12)
    assert set(few["reason"]) == {"too_few"}
    assert few[["share_pct", "low_pct", "high_pct"]].isna().all(axis=None)


def test_no_step_without_both_titles():
    rows = listed(("2020-06", "a", "hightech_pipeline_new", "", ""))
    assert ladder(rows, day=DAY, among=pd.Index(["a"]), fewest=1).empty


def test_titles_in_force_by_park_and_by_industry():
    rows = held(
        ("2021-11", "a", "hightech_recognised", "2024-11", "2016"),
        ("2021-11", "c", "hightech_recognised", "2024-11", "2016"),
        ("2018-11", "b", "hightech_recognised", "2021-11", "2016"),
        ("2022-08", "d", "little_giants_new", "2025-08", "2022"),
    )
    made = held_by(rows, day=DAY)
    # b's has ended, c's division and d's park are not known
    assert made.values.tolist() == [
        ["park", "east", "hightech_recognised", 2],
        ["industry", "C39", "hightech_recognised", 1],
        ["industry", "I65", "little_giants_new", 1],
    ]
