"""Near, on pace, falling, crossing and entering the register: by hand on ledgers of a few enterprises."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs import Period
from zonereport.metrics.enterprises import details, figures
from zonereport.metrics.enterprises.clocks import crossings, register_lag
from zonereport.metrics.enterprises.ledger import SALES, december, month_number, of_year, open_ledger, trailing_year
from zonereport.metrics.enterprises.near_threshold import seasonal_share, sized_up
from zonereport.metrics.enterprises.thresholds import size_of, sized
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.scope import Scope

NAN = float("nan")


@pytest.fixture(scope="module")
def bare(real):
    # any zone will do: its tables are replaced
    return real


def zone_of(bare, rows, firms=None):
    """A zone whose ledger is ``rows``: period, enterprise, sales, register; all enterprises are of industry C39."""
    months = pd.DataFrame(rows, columns=["period", "enterprise", SALES, "above_scale"])
    months = months.assign(source="ledger", output_10k_yuan=NAN, tax_10k_yuan=NAN, rd_10k_yuan=NAN, employees=NAN)
    names = sorted(set(months["enterprise"]))
    listing = pd.DataFrame(
        {"enterprise": names, "name": names, "industry": "C39", "park": "", "founded": ""}, dtype="str"
    )
    listing = listing if firms is None else firms
    return dataclasses.replace(
        bare, tables={"enterprise_months": months, "enterprises": listing, "indicators": NOTHING}
    )


NOTHING = pd.DataFrame(columns=["period", "code", "park", "value", "unit", "vintage"], dtype="str")


def year(enterprise, base, now, *, register="no"):
    """Eighteen months of equal steps: ``base`` a month in 2021, ``now`` a month in the first half of 2022."""
    rows = [(f"2021-{m:02d}", enterprise, base * m, register) for m in range(1, 13)]
    return rows + [(f"2022-{m:02d}", enterprise, now * m, register) for m in range(1, 7)]


def scope_of(bare, rows, period="2022-06", firms=None):
    return Scope(zone_of(bare, rows, firms), Period.parse(period))


def measured(scope, code="above_scale_industry"):
    rows = measures_frame(figures(scope))
    rows = rows[rows["code"] == code].set_index("measure")
    return {m: row["reason"] or row["value"] for m, row in rows.iterrows()}


def test_month_numbers_count_through():
    numbers = [month_number(Period.parse(text)) for text in ("2021", "2022-01", "2022-12", "2022")]
    assert numbers == [24264, 24265, 24276, 24276]
    assert [of_year(n) for n in numbers] == [12, 1, 12, 12]
    assert [december(n) for n in numbers] == [24264, 24276, 24276, 24276]


def test_the_last_twelve_months(bare):
    rows = year("steady", 100.0, 110.0)
    rows += [("2021-10", "new", 50.0, "no"), ("2021-11", "new", 60.0, "no"), ("2021-12", "new", 90.0, "no")]
    rows += [("2022-06", "new", 500.0, "no"), ("2022-06", "newest", 70.0, "no")]
    rows += [("2021-06", "back", 10.0, "no"), ("2022-06", "back", 30.0, "no")]
    rows += [("2021-06", "blank", NAN, "no"), ("2021-12", "blank", 40.0, "no"), ("2022-06", "blank", 20.0, "no")]
    rows += [("2021-06", "gone", 60.0, "no"), ("2021-12", "gone", 90.0, "no")]
    ledger = open_ledger(scope_of(bare, rows))
    made = trailing_year(ledger, column=SALES, month=ledger.month).to_dict()
    # 6 x 110 + 12 x 100 - 6 x 100; who came in October made all of 2021 within the twelve months
    assert made["steady"] == 1260.0
    assert made["new"] == 590.0
    assert made["newest"] == 70.0
    assert [made[name] for name in ("back", "blank", "gone")] == [pytest.approx(NAN, nan_ok=True)] * 3
    before = trailing_year(ledger, column=SALES, month=ledger.month - 12)
    assert before.isna().all()
    assert trailing_year(ledger, column=SALES, month=december(ledger.month - 12))["steady"] == 1200.0


def test_near_and_fallers_at_their_edges(bare):
    # revenue of twelve months is 6 a + 6 b
    rows = [*year("at80", 100.0, 166.0 + 2 / 3), *year("under80", 100.0, 166.0), *year("at100", 100.0, 233.0 + 1 / 3)]
    rows += [*year("in109", 180.0, 186.0, register="yes"), *year("in110", 180.0, 187.0, register="yes")]
    scope = scope_of(bare, rows)
    made = details(scope)
    near = made["enterprise_near_threshold"]
    assert near[near["class"] == "above_scale_industry"]["enterprise"].tolist() == ["at80"]
    assert near["gap_10k_yuan"].iloc[0] == pytest.approx(400)
    assert made["enterprise_fallers"]["enterprise"].tolist() == ["in109"]
    counts = measured(scope)
    assert counts["near_threshold_count"] == 1
    assert counts["waiting_count"] == 1
    assert counts["register_lag_months"] == "too_few"


def test_on_pace_by_the_line_where_history_is_short(bare):
    scope = scope_of(bare, [*year("fast", 50.0, 170.0), *year("slow", 150.0, 160.0)])
    ledger = open_ledger(scope)
    assert seasonal_share(ledger, column=SALES) == (0.5, 0.5, 0.5, "linear")
    pace = details(scope)["enterprise_on_pace"]
    # 6 x 170 in half a year; its twelve months are 6 x 50 + 6 x 170
    assert pace["enterprise"].tolist() == ["fast"]
    assert pace["projected_10k_yuan"].tolist() == [2040.0]
    assert pace["schedule_basis"].tolist() == ["linear"]
    assert pace["revenue_12m_10k_yuan"].tolist() == [1320.0]


def test_the_schedule_of_past_years(bare):
    rows = [
        (f"{y}-{m:02d}", "a", v, "no") for y, half in ((2020, 40.0), (2021, 50.0)) for m, v in ((6, half), (12, 100.0))
    ]
    ledger = open_ledger(scope_of(bare, [*rows, ("2022-06", "a", 60.0, "no")]))
    assert seasonal_share(ledger, column=SALES) == (pytest.approx(0.45), 0.4, 0.5, "history")


def test_without_last_year_nothing_is_near(bare):
    rows = [("2022-06", "a", 1900.0, "no"), ("2022-06", "b", 2100.0, "no")]
    counts = measured(scope_of(bare, rows))
    assert counts["near_threshold_count"] == "no_base"
    assert details(scope_of(bare, rows))["enterprise_near_threshold"].empty


def test_a_missing_figure_makes_a_count_a_lower_bound(bare):
    rows = [
        *year("known", 100.0, 200.0),
        ("2021-06", "b", NAN, "no"),
        ("2021-12", "b", NAN, "no"),
        ("2022-06", "b", NAN, "no"),
    ]
    made = measures_frame(figures(scope_of(bare, rows)))
    near = made[(made["code"] == "above_scale_industry") & (made["measure"] == "near_threshold_count")].iloc[0]
    assert (near["value"], near["qualifier"]) == (1, "lower_bound")


def test_a_class_of_the_zones_own_has_no_register(bare):
    rows = year("large", 900.0, 750.0, register="yes")
    made = details(scope_of(bare, rows))["enterprise_near_threshold"]
    assert made[["class", "enterprise"]].values.tolist() == [["firms_over_100m", "large"]]


def test_an_enterprise_without_industry_is_not_judged(bare):
    firms = pd.DataFrame(
        {"enterprise": ["a"], "name": ["a"], "industry": [""], "park": [""], "founded": [""]}, dtype="str"
    )
    assert measured(scope_of(bare, year("a", 100.0, 200.0), firms=firms)) == {}
    assert sized(firms.set_index("enterprise"), bare.dictionary, day=pd.Timestamp("2022-06-30").date()).empty


def test_sizes_follow_the_day(bare):
    day = pd.Timestamp("2010-12-31").date()
    assert size_of("above_scale_industry", bare.dictionary, day=day) == 500
    assert size_of("firms_over_2bn", bare.dictionary, day=day) == 200_000
    assert pd.isna(size_of("above_scale_services", bare.dictionary, day=day))


def months(enterprise, ytd):
    return pd.DataFrame(
        [(enterprise, month_number(Period.parse(p)), v, 2000.0) for p, v in ytd.items()],
        columns=["enterprise", "month", "ytd_10k_yuan", "threshold_10k_yuan"],
    )


START = month_number(Period.parse("2021-01"))


@pytest.mark.parametrize(
    ("ytd", "crossed", "known"),
    [
        # twelve months to February 2022: 250 + 1950 - 180
        ({"2021-01": 100, "2021-02": 180, "2021-12": 1950, "2022-01": 120, "2022-02": 250}, "2022-02", True),
        # in the ledger's first year the year before is not known: it may have been above all along
        ({"2021-01": 100, "2021-11": 1990, "2021-12": 2100}, "2021-12", False),
        # it came in March: nothing before
        ({"2021-03": 700, "2021-04": 1500, "2021-05": 2300}, "2021-05", True),
        # the twelve months to June 2022 span both years of a newcomer
        ({"2021-10": 300, "2021-12": 1000, "2022-05": 900, "2022-06": 1100}, "2022-06", True),
        ({"2021-01": 100, "2021-12": 1500}, None, False),
        # a year that was below is seen before
        ({"2021-12": 1999, "2022-12": 2001}, "2022-12", True),
    ],
)
def test_the_month_of_crossing(ytd, crossed, known):
    row = crossings(months("a", ytd), start=START).iloc[0]
    assert row["crossed_known"] == known
    if crossed is None:
        assert pd.isna(row["crossed"])
    else:
        assert row["crossed"] == month_number(Period.parse(crossed))


@given(st.lists(st.floats(1, 500), min_size=25, max_size=36))
def test_a_crossing_is_the_first_window_of_twelve_months_that_reaches(flows):
    ytd, rows = 0.0, {}
    for n, flow in enumerate(flows):
        ytd = flow if n % 12 == 0 else ytd + flow
        rows[f"{2021 + n // 12}-{n % 12 + 1:02d}"] = ytd
    windows = [sum(flows[n - 11 : n + 1]) for n in range(11, len(flows))]
    first = next((n + 11 for n, w in enumerate(windows) if w >= 2000 + 1e-6), None)
    row = crossings(months("a", rows), start=START).iloc[0]
    if windows[0] < 2000 - 1e-6 and (first is None or first > 11) and all(abs(w - 2000) > 1e-5 for w in windows):
        assert row["crossed_known"] == (first is not None)
        assert first is None or row["crossed"] == START + first


def test_two_clocks_of_a_zone(bare):
    rows = year("waits", 100.0, 300.0) + year("old", 300.0, 300.0, register="yes")
    entered = year("enters", 100.0, 300.0)
    rows += [(p, e, v, "yes" if p >= "2022-06" else "no") for p, e, v, _ in entered]
    made = details(scope_of(bare, rows))["enterprise_clocks"].set_index("enterprise")
    # 12 x 100 + 200 a month: 2000 in April
    assert made.loc["waits", ["crossed", "entered", "waiting", "waiting_months"]].tolist() == ["2022-04", "", True, 2]
    assert made.loc["enters", ["crossed", "entered", "lag_months", "waiting"]].tolist() == [
        "2022-04",
        "2022-06",
        2,
        False,
    ]
    assert "old" not in made.index


def test_the_median_lag_counts_those_who_wait():
    lags = pd.DataFrame({"crossed": [1.0] * 5, "crossed_known": True, "entered": [2.0, 3.0, NAN, NAN, NAN]})
    assert register_lag(lags, month=10, fewest=5) == {"reason": "not_reached"}
    assert register_lag(lags, month=10, fewest=6) == {"reason": "too_few"}
    assert register_lag(lags[:3], month=10, fewest=3) == {"value": 2.0}
    early = pd.DataFrame({"crossed": [5.0, 5.0], "crossed_known": True, "entered": [3.0, 4.0]})
    assert register_lag(early, month=10, fewest=2) == {"value": 0.0}


def test_standing_has_one_row_an_enterprise_and_class(bare):
    ledger = open_ledger(scope_of(bare, [*year("a", 100.0, 200.0), ("2021-12", "gone", 5000.0, "yes")]))
    sizes = sized(ledger.firms, bare.dictionary, day=pd.Timestamp("2022-06-30").date())
    rows = sized_up(ledger, sizes)
    assert set(rows["enterprise"]) == {"a"}
    assert not rows.duplicated(["class", "enterprise"]).any()
