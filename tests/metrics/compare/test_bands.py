"""Advantaged, mid, lagging: the signals by hand, the memory of a class, and how sure it is."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.metrics.compare import bands
from zonereport.metrics.compare.bands.classes import SIGNALS, beyond, class_of, classify, position
from zonereport.metrics.compare.bands.stability import Evidence, stability
from zonereport.metrics.frame import measures_frame

NAN = float("nan")
SIGNAL = st.sampled_from([-1.0, 0.0, 1.0, NAN])


def months(sums, first=(2022, 1), step=1):
    """Signals of consecutive months that add up to ``sums``; None is a month with one signal only."""
    rows = []
    for number, total in enumerate(sums):
        year, month = divmod(first[0] * 12 + first[1] - 1 + number * step, 12)
        parts = [NAN, NAN, 1.0] if total is None else [np.sign(total) * (abs(total) > place) for place in range(3)]
        rows.append({"code": "a", "year": year, "month": month + 1} | dict(zip(SIGNALS, parts, strict=True)))
    return pd.DataFrame(rows)


def held(sums, **more):
    return classify(months(sums, **more))["band"].tolist()


# classes


@pytest.mark.parametrize(
    ("signals", "expected"),
    [
        ((1, 1, 1), "advantaged"),
        ((1, 1, 0), "advantaged"),
        ((1, 1, -1), "mid"),
        ((1, NAN, 0), "mid"),
        ((NAN, -1, -1), "lagging"),
        ((1, NAN, NAN), "insufficient"),
        ((NAN, NAN, NAN), "insufficient"),
    ],
)
def test_three_signals_make_a_class(signals, expected):
    assert class_of(signals) == expected


@pytest.mark.parametrize(
    ("rank", "tied", "of", "expected"),
    [
        (1, 1, 10, 1),
        (3, 1, 10, 1),
        (4, 1, 10, 0),
        (7, 1, 10, 0),
        (8, 1, 10, -1),
        (10, 1, 10, -1),
        # three share the places 7 to 9: counted from below they are second
        (7, 3, 10, -1),
        (1, 10, 10, 0),
        (2, 1, 6, 1),
        (3, 1, 6, 0),
        (3, 1, 5, 0),
        (2, 1, 5, 1),
        (1, 1, 2, 1),
        (2, 1, 2, -1),
        (5, NAN, 6, -1),
    ],
)
def test_position(rank, tied, of, expected):
    assert position(rank, tied, of) == expected


def test_a_position_needs_somebody_else():
    assert np.isnan(position(1, 1, 1))
    assert np.isnan(position(NAN, NAN, NAN))


@given(st.integers(2, 40), st.data())
def test_position_seen_from_below_is_turned_round(of, data):
    rank = data.draw(st.integers(1, of))
    tied = data.draw(st.integers(1, of - rank + 1))
    assert position(of - rank - tied + 2, tied, of) == -position(rank, tied, of)


@given(st.floats(-20, 20), st.floats(0, 10))
def test_beyond(gap, tolerance):
    assert beyond(gap, tolerance) == -beyond(-gap, tolerance)
    assert (beyond(gap, tolerance) == 0) == (abs(gap) <= tolerance)


# memory


def test_a_class_changes_when_it_has_lasted_two_months():
    assert held([2, 1, 1]) == ["advantaged", "advantaged", "mid"]
    assert held([2, 1, 2, 1]) == ["advantaged"] * 4
    assert held([-2, -1, -1]) == ["lagging", "lagging", "mid"]


def test_a_class_changes_at_once_on_a_large_move():
    assert held([3, 1]) == ["advantaged", "mid"]
    assert held([2, -2]) == ["advantaged", "lagging"]
    assert held([0, 2]) == ["mid", "advantaged"]


def test_a_month_of_another_class_is_not_the_second_month():
    # mid, then lagging: neither has lasted, and each moved by one
    made = classify(months([1, 2, 1]))
    assert made["raw"].tolist() == ["mid", "advantaged", "mid"]
    assert made["band"].tolist() == ["mid", "mid", "mid"]
    assert made["held"].tolist() == [False, True, False]
    assert made["previous"].tolist() == ["", "mid", "mid"]


def test_nothing_is_remembered_over_a_hole():
    assert held([2, 1], step=3) == ["advantaged", "advantaged"]
    assert held([2, 1], step=4) == ["advantaged", "mid"]
    assert held([2, 1], first=(2021, 12), step=2) == ["advantaged", "advantaged"]
    assert held([2, None, 1]) == ["advantaged", "insufficient", "mid"]


@given(st.lists(st.tuples(SIGNAL, SIGNAL, SIGNAL), min_size=1, max_size=24))
def test_the_memory_holds_a_class_and_never_makes_one(signals):
    frame = pd.DataFrame(signals, columns=SIGNALS).assign(code="a", year=2021, month=range(1, len(signals) + 1))
    frame = frame.assign(year=2021 + (frame["month"] - 1) // 12, month=(frame["month"] - 1) % 12 + 1)
    made = classify(frame)
    for row in made.itertuples():
        assert row.band in (row.raw, row.previous)
        assert row.held == (row.band != row.raw)
        assert (row.raw == "insufficient") == (row.signals < 2)
    two = made["raw"].eq(made["raw"].shift())
    assert not made.loc[two, "held"].any()
    other = classify(pd.concat([frame.assign(code="b"), frame]))
    pd.testing.assert_frame_equal(other[other["code"] == "a"].reset_index(drop=True), made)


# the synthetic zone


def test_the_signals_of_a_month_by_hand(scope_of):
    scope = scope_of()
    table = bands.details(scope)["bands"].set_index("code")
    sales = table.loc["invoiced_sales"]
    # 174.20 of 178; first of ten; 6.6 against a median of -0.3
    assert sales["progress_gap_pp"] == pytest.approx((174.20 / 178 - 1) * 100)
    assert (sales["rank"], sales["rank_of"], sales["momentum_gap_pp"]) == (1, 10, 6.9)
    assert [sales[signal] for signal in SIGNALS] == [-1, 1, 1]
    assert sales["band"] == "mid"
    assert [table.loc["budget_revenue", signal] for signal in SIGNALS] == [-1, -1, -1]
    # the tolerance of momentum is a quarter of the middle half where that is more than two points
    peers = scope.zone.tables["peers"].query("period == '2022-12' and code == 'utilised_foreign_capital'")["growth_pct"]
    low, middle, high = np.percentile(peers, [25, 50, 75])
    foreign = table.loc["utilised_foreign_capital"]
    assert foreign["momentum_tolerance_pp"] == pytest.approx((high - low) / 4)
    assert foreign["momentum_gap_pp"] == pytest.approx(8.3 - middle)
    assert foreign["momentum"] == 0


def test_a_target_of_growth_is_compared_with_growth(scope_of):
    output = bands.details(scope_of())["bands"].set_index("code").loc["industrial_output"]
    assert (output["progress_basis"], output["progress_gap_pp"]) == ("growth_target", pytest.approx(6.2 - 9))


def test_the_schedule_is_the_years_before_and_linear_where_there_are_none(scope_of):
    scope = scope_of("2022-06")
    table = (
        scope.zone.tables["indicators"].query("code == 'budget_revenue' and park == ''").set_index("period")["value"]
    )
    shares = [table[f"{year}-06"] / table[f"{year}-12"] * 100 for year in (2020, 2021)]
    row = bands.details(scope)["bands"].set_index("code").loc["budget_revenue"]
    assert row["progress_gap_pp"] == pytest.approx(table["2022-06"] / 1.98 * 100 - sum(shares) / 2)
    assert row["progress_tolerance_pp"] == pytest.approx(max(2, (max(shares) - min(shares)) / 2))
    assert (row["progress_basis"], row["schedule_years"]) == ("seasonal", 2)
    early = scope_of("2021-06")
    row = bands.details(early)["bands"].set_index("code").loc["budget_revenue"]
    assert (row["progress_basis"], row["schedule_years"]) == ("linear", 0)
    assert row["progress_gap_pp"] == pytest.approx(table["2021-06"] / 1.78 * 100 - 50)


def test_a_target_counts_from_the_month_in_which_it_was_set(scope_of):
    for period, target in {"2022-06": 2600, "2022-07": 2300}.items():
        scope = scope_of(period)
        row = bands.details(scope)["bands"].set_index("code").loc["utilised_foreign_capital"]
        value = scope.value("utilised_foreign_capital")
        table = scope.zone.tables["indicators"].query("code == 'utilised_foreign_capital' and park == ''")
        value_of = table.set_index("period")["value"]
        month = period[-2:]
        due = sum(value_of[f"{year}-{month}"] / value_of[f"{year}-12"] for year in (2020, 2021)) / 2 * 100
        assert row["progress_gap_pp"] == pytest.approx(value / target * 100 - due)


def test_gaps_measured_before_are_the_same_and_win(scope_of):
    """The topic of the indicators measures gap_seasonal, too."""
    from zonereport.metrics import indicators

    scope = scope_of("2022-09")
    alone = bands.details(scope)["bands"]
    more = pd.concat([scope.known, measures_frame(indicators.figures(scope))], ignore_index=True)
    assert (more["measure"] == "gap_seasonal").any()
    both = bands.details(dataclasses.replace(scope, known=more))["bands"]
    columns = ["code", *SIGNALS, "progress_gap_pp", "progress_basis", "band"]
    shared = both[both["code"].isin(alone["code"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(shared[columns], alone[columns])
    row = {"code": "treasury_tax", "measure": "gap_seasonal", "value": 9.0, "unit": "个百分点"}
    other = pd.concat([scope.known, measures_frame([row])], ignore_index=True)
    tax = bands.details(dataclasses.replace(scope, known=other))["bands"].set_index("code").loc["treasury_tax"]
    assert (tax["progress_gap_pp"], tax["progress"]) == (9, 1)


def test_one_signal_is_too_little(scope_of):
    row = bands.details(scope_of())["bands"].set_index("code").loc["projects_signed"]
    assert (row["band"], row["signals"], row["progress"]) == ("insufficient", 1, 1)
    assert np.isnan(row["stability_pct"])
    assert row["position_reason"] == row["momentum_reason"] == "no_peers"


def test_without_targets_two_signals_are_left(scope_of):
    scope = scope_of(targets=None)
    row = bands.details(scope)["bands"].set_index("code").loc["budget_revenue"]
    assert row["progress_reason"] == "no_target"
    # November had the sum -1: one step and one month are not enough
    assert (row["sum"], row["raw"], row["band"], row["held"]) == (-2, "lagging", "mid", True)


def test_two_peers_have_no_median_worth_the_name(scope_of):
    peers = scope_of.zone.tables["peers"]
    few = peers[peers["peer"].isin(scope_of.zone.about.peers[:2])]
    row = bands.details(scope_of(peers=few))["bands"].set_index("code").loc["treasury_tax"]
    assert row["momentum_reason"] == "too_few"


def test_less_is_better(scope_of):
    indicators, targets = (scope_of.zone.tables[name] for name in ("indicators", "targets"))
    worse = indicators.assign(
        code=indicators["code"].replace({"safety_accidents": "", "treasury_tax": "safety_accidents"})
    )
    worse = worse[worse["code"] != ""]
    aims = targets[targets["code"] == "treasury_tax"].assign(code="safety_accidents")
    peers = scope_of.zone.tables["peers"].query("code == 'treasury_tax'").assign(code="safety_accidents", rank=NAN)
    scope = scope_of(
        indicators=worse.assign(rank=NAN, unit="起"), targets=aims.assign(unit="起"), peers=peers.assign(unit="起")
    )
    turned = bands.details(scope)["bands"].set_index("code").loc["safety_accidents"]
    upright = bands.details(scope_of())["bands"].set_index("code").loc["treasury_tax"]
    for name in ("progress_gap_pp", "momentum_gap_pp"):
        assert turned[name] == pytest.approx(-upright[name])


def test_parks_quarters_and_bare_zones_have_no_bands(scope_of, real):
    for scope in (scope_of(park="yunjin"), scope_of("2022", zone=real)):
        assert all(frame.empty for frame in bands.details(scope).values())


# stability


def evidence(**changes):
    peers = np.arange(-4.0, 5.0)
    clear = Evidence(
        progress_gap=9.0,
        progress_tolerance=2.0,
        shares=np.array([50.0, 51.0]),
        position=1.0,
        direction=1,
        own=20.0,
        others=peers,
        growth=20.0,
        growths=peers,
    )
    return clear._replace(**changes)


def sure(band, case):
    return stability("a", band, case, runs=400, seed=1)


def test_a_clear_case_is_sure_and_a_close_one_is_not():
    assert sure("advantaged", evidence()) == 100
    assert sure("mid", evidence()) == 0
    # progress and momentum at their tolerance
    close = evidence(progress_gap=2.0, own=0.0, position=0.0, growth=2.0)
    assert 5 < sure("mid", close) < 95


def test_runs_are_the_same_each_time_and_others_for_another_code():
    close = evidence(progress_gap=2.0, own=2.0, growth=2.0)
    assert sure("mid", close) == sure("mid", close)
    assert stability("a", "mid", close, runs=400, seed=1) != stability("b", "mid", close, runs=400, seed=1)


def test_the_shares_of_the_three_classes_add_up_to_100():
    close = evidence(progress_gap=-2.1, own=-3.0, growth=-3.0)
    assert sum(sure(band, close) for band in ("advantaged", "mid", "lagging")) == pytest.approx(100)


def test_nothing_to_be_sure_of():
    assert np.isnan(sure("insufficient", evidence()))
    assert np.isnan(sure("mid", evidence(progress_gap=NAN, position=NAN)))


def test_less_is_better_in_the_runs_too():
    turned = evidence(growth=-20.0, direction=-1)
    assert sure("advantaged", turned) == 100
