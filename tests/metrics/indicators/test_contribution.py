"""Shares, contributions and pulls: worked examples, the yearbook of Guangdong, and sums that must hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zonereport.inputs import Period, load_dictionary
from zonereport.metrics.indicators.contribution import (
    NO_CHANGE,
    UNALLOCATED,
    contribution,
    parks,
    ratio_effects,
    structures,
)
from zonereport.metrics.indicators.series import series, structure
from zonereport.metrics.scope import Scope


@pytest.fixture(scope="module")
def rows(demo_zone):
    return series(Scope(demo_zone, Period.parse("2022-09")).history, demo_zone.dictionary)


def split(base, now):
    base, now = np.array(base, float), np.array(now, float)
    size = np.ones_like(base)
    return contribution(now - base, total=now.sum() * size, total_base=base.sum() * size, tolerance=NO_CHANGE)


def test_contribution_and_pull_are_two_things():
    """900 = 450 + 300 + 150 became 1000 = 500 + 350 + 150; pages that call the share 拉动 are wrong."""
    share, pull, reason = split([450, 300, 150], [500, 350, 150])
    assert share.tolist() == pytest.approx([50, 50, 0])
    assert pull.tolist() == pytest.approx([5.5556, 5.5556, 0], abs=1e-4)
    assert reason.tolist() == ["", "", ""]


def test_contributions_to_the_growth_of_guangdong(root):
    """1979 to 2005, contribution and pull of the three demands; 124.4 % and below zero are in print."""
    table = pd.read_csv(root / "tests/golden/guangdong_contributions.csv")
    parts = table[["cons_pp", "cap_pp", "net_pp"]].to_numpy()
    growth = parts.sum(axis=1)
    size = np.ones_like(parts)
    share, pull, reason = contribution(
        parts, total=(100 + growth)[:, None] * size, total_base=100 * size, tolerance=NO_CHANGE
    )
    assert pull == pytest.approx(parts)
    assert (reason == "").all()
    printed = table[["cons_share", "cap_share", "net_share"]].to_numpy()
    # both columns are rounded to one decimal, and the growth is the sum of three that are
    allowed = (0.05 + np.abs(parts) * 0.15 / growth[:, None]) / (growth[:, None] - 0.15) * 100 + 0.05
    assert (np.abs(share - printed) <= allowed).all()
    assert printed.max() > 120
    assert printed.min() < 0


@pytest.mark.parametrize(
    ("change", "total", "base", "expected"),
    [
        (5.0, 110.0, 100.0, (50.0, 5.0, "")),
        (-5.0, 110.0, 100.0, (-50.0, -5.0, "")),
        (-5.0, 90.0, 100.0, (None, -5.0, "falling_total")),
        (5.0, 100.05, 100.0, (None, 5.0, "no_change")),
        (5.0, 5.0, 0.0, (None, None, "zero_base")),
        (5.0, 5.0, -10.0, (None, None, "negative_base")),
        (float("nan"), 5.0, 10.0, (None, None, "no_base")),
    ],
)
def test_what_cannot_be_divided_up_has_a_reason(change, total, base, expected):
    share, pull, reason = contribution(change, total=total, total_base=base, tolerance=NO_CHANGE)
    known = [None if np.isnan(x) else pytest.approx(float(x)) for x in (share, pull)]
    assert (*known, str(reason)) == expected


@given(st.lists(st.tuples(st.floats(0.1, 1e4), st.floats(0.1, 1e4)), min_size=2, max_size=6))
def test_pulls_add_up_to_the_growth_and_contributions_to_the_whole(pairs):
    base, now = zip(*pairs, strict=True)
    growth = (sum(now) / sum(base) - 1) * 100
    assume(growth > 0.2)
    share, pull, _ = split(base, now)
    assert pull.sum() == pytest.approx(growth, abs=1e-6)
    assert share.sum() == pytest.approx(100, abs=1e-6)


def test_ratio_effects_by_hand():
    """R&D of 12 by 500 became 15 by 560: +0.57 points of spending, -0.29 of the denominator."""
    effects = ratio_effects(15, 560, 12, 500)
    assert [round(effect * 100, 2) for effect in effects] == [0.57, -0.29]


@given(*[st.floats(0.1, 1e4)] * 4)
def test_ratio_effects_add_up(left, right, left_base, right_base):
    assert sum(ratio_effects(left, right, left_base, right_base)) == pytest.approx(
        left / right - left_base / right_base, abs=1e-6
    )


def test_parks_of_the_demo_add_up(rows):
    made = parks(rows, year=2022, month=9, order=["yunjin", "xinglan", "chuanhe"])
    sales = made[made["code"] == "invoiced_sales"].set_index("park")
    assert list(sales.index) == ["", "yunjin", "xinglan", "chuanhe"]
    parts = sales.iloc[1:]
    assert parts["share_pct"].sum() == pytest.approx(100)
    assert parts["pull_pp"].sum() == pytest.approx(sales.at["", "change"] / sales.at["", "base"] * 100)
    assert parts["contribution_pct"].sum() == pytest.approx(100)
    rate = made[made["code"] == "tax_per_sales"]
    assert rate["share_pct"].isna().all()
    assert set(rate["reason"]) == {"", "rate"}
    assert rate["growth_pct"].notna().all()
    assert not (made["park"] == UNALLOCATED).any()


def test_what_the_parks_do_not_explain_is_a_row_of_its_own(rows):
    """A whole on another basis than its parts: the rest is 口径变动或未分项, not anyone's growth."""
    moved = rows.copy()
    zone = (moved["code"] == "invoiced_sales") & (moved["entity"] == "")
    moved.loc[zone, "base"] += 5
    made = parks(moved, year=2022, month=9, order=["yunjin", "xinglan", "chuanhe"])
    sales = made[made["code"] == "invoiced_sales"].set_index("park")
    assert sales.index[-1] == UNALLOCATED
    assert sales.at[UNALLOCATED, "change"] == pytest.approx(-5)
    assert sales.iloc[1:]["pull_pp"].sum() == pytest.approx(sales.at["", "change"] / sales.at["", "base"] * 100)


def test_a_park_that_is_missing_leaves_no_rest(rows):
    made = parks(rows[rows["entity"] != "xinglan"], year=2022, month=9, order=["yunjin", "xinglan", "chuanhe"])
    assert not (made["park"] == UNALLOCATED).any()


def test_structures_are_those_of_the_formulas(rows, root):
    made = structures(rows, structure(load_dictionary(root)), year=2022, month=9, entity="")
    taxes = made[made["code"] == "business_taxes"].set_index("part")
    assert taxes["share_pct"].sum() == pytest.approx(100)
    assert taxes["pull_pp"].sum() == pytest.approx(8.9059, abs=1e-4)
    # 1.64 of 0.35, each known to a hundredth: the share may be anything from 455 to 485 %
    assert set(taxes["reason"]) == {"imprecise"}
    assert taxes["contribution_pct"].isna().all()


def test_two_bounds_have_no_share(real):
    rows = series(Scope(real, Period.parse("2022")).history, real.dictionary)
    made = structures(rows, structure(real.dictionary), year=2022, month=12, entity="")
    arrears = made[made["code"] == "arrears_recovered"]
    assert arrears["share_pct"].isna().all()
    assert set(arrears["reason"]) == {"bounds"}
    share = made[made["part"] == "industrial_investment"]["share_pct"].iloc[0]
    assert share == pytest.approx(38 / 75 * 100)
