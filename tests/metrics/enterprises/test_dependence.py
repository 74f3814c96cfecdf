"""Concentration, growth without the largest, and growth taken apart: by hand, published and as properties."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.metrics.enterprises.concentration import (
    concentration,
    growth_without,
    hhi,
    hhi_bounds,
    largest,
    top_share,
)
from zonereport.metrics.enterprises.flows import decomposition

NAN = float("nan")
AMOUNTS = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=60).map(np.array)


def test_published_indices(root):
    cases = json.loads((root / "tests/golden/hhi_examples.json").read_text(encoding="utf-8"))
    assert [round(hhi(np.array(case["shares"])), 9) for case in cases] == [case["hhi"] for case in cases]


@given(AMOUNTS, st.floats(0.001, 1000))
def test_the_index_lies_between_equal_and_single_and_knows_no_unit(amounts, unit):
    index = hhi(amounts)
    assert 10_000 / len(amounts) - 1e-6 <= index <= 10_000 + 1e-6
    assert hhi(amounts * unit) == pytest.approx(index)
    assert hhi(np.append(amounts, [-5.0, NAN, 0.0])) == pytest.approx(index)


@given(AMOUNTS, st.integers(1, 60))
def test_the_interval_of_a_list_cut_off_holds_the_index_of_the_whole(amounts, k):
    shares = np.sort(amounts / amounts.sum())[::-1]
    low, high = hhi_bounds(shares[:k], rest=max(0.0, 1 - shares[:k].sum()))
    assert low - 1e-6 <= hhi(amounts) <= high + 1e-6


@pytest.mark.parametrize(
    ("shares", "rest", "low", "high"),
    [
        ([0.4, 0.3, 0.2], 0.1, 2900, 3000),
        # the rest is more than one enterprise of the size of the smallest: 0.04 + 0.5 x 0.2
        ([0.3, 0.2], 0.5, 1300, 2300),
        ([0.5, 0.5], 0.0, 5000, 5000),
    ],
)
def test_an_interval_by_hand(shares, rest, low, high):
    assert hhi_bounds(np.array(shares), rest=rest) == (pytest.approx(low), pytest.approx(high))


def test_without_a_positive_amount_there_is_no_index():
    assert np.isnan(hhi(np.array([-1.0, 0.0, NAN])))
    assert np.isnan(top_share(np.array([]), 3))


@given(AMOUNTS)
def test_shares_of_the_largest_rise_to_all(amounts):
    shares = [top_share(amounts, n) for n in (1, 3, 5, 10, len(amounts))]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(100)


def series(**amounts):
    return pd.Series(amounts, dtype="float64")


@pytest.mark.parametrize(
    ("now", "base", "n", "expected"),
    [
        (series(a=60, b=30, c=25), series(a=40, b=30, c=20), 0, 115 / 90 * 100 - 100),
        (series(a=60, b=30, c=25), series(a=40, b=30, c=20), 1, 10.0),
        (series(a=60, b=30, c=25), series(a=40, b=30, c=20), 3, "zero_base"),
        # the largest now is new: its base is nothing
        (series(a=60, b=33), series(a=NAN, b=30), 1, 10.0),
        # of equals the first name counts as the largest
        (series(b=50, a=50), series(b=40, a=20), 1, 25.0),
        (series(a=60, b=30), series(a=40, b=-3), 1, "negative_base"),
        (series(a=60, b=30), series(a=NAN, b=NAN), 1, "no_base"),
    ],
)
def test_growth_without_the_largest(now, base, n, expected):
    made, reason = growth_without(now, base, n=n)
    assert (reason or made) == (expected if isinstance(expected, str) else pytest.approx(expected))


def test_refunds_are_left_out_of_shares_and_printed():
    made = concentration(series(a=60, b=40, c=-10), series(a=50, b=40, c=0), rest=0.0)
    assert (made["enterprises"], made["total"], made["negatives"]) == (2, 90, -10)
    assert made["hhi"] == made["hhi_low"] == pytest.approx(5200)
    assert made["top1_share_pct"] == pytest.approx(60)
    assert made["growth_pct"] == pytest.approx(0)


def test_what_the_ledger_lacks_opens_the_interval():
    made = concentration(series(a=40, b=30, c=20), series(a=NAN), rest=10.0)
    assert (round(made["hhi_low"]), round(made["hhi_high"])) == (2900, 3000)
    assert made["growth_reason"] == "no_base"


def test_places_of_the_largest():
    made = largest(series(a=10, b=30, c=60), series(a=40, b=20), n=2)
    assert made["enterprise"].tolist() == ["c", "b"]
    assert made["place"].tolist() == [1, 2]
    assert made["base_place"].tolist() == [pytest.approx(NAN, nan_ok=True), 2]
    assert made["share_pct"].tolist() == [60, 30]
    assert made["growth_pct"].tolist() == [pytest.approx(NAN, nan_ok=True), 50]
    assert made["contribution_pp"].tolist() == pytest.approx([100, 100 / 6])


FIRM = st.tuples(st.none() | st.floats(0, 1e4), st.none() | st.floats(0, 1e4), st.booleans(), st.booleans())


@given(st.lists(FIRM, min_size=1, max_size=30), st.floats(0, 100), st.floats(0, 100))
def test_groups_add_up_to_the_growth(firms, rest, base_rest):
    now = pd.Series([x if here else None for x, _, here, _ in firms], dtype="float64")
    base = pd.Series([x if was else None for _, x, _, was in firms], dtype="float64")
    there, was_there = (pd.Series([firm[n] for firm in firms]) for n in (2, 3))
    made = decomposition(now, base, there=there, was_there=was_there, rest=(rest, base_rest))
    whole, before = now.sum() + rest, base.sum() + base_rest
    assert made["now_10k_yuan"].sum() == pytest.approx(whole)
    assert made["base_10k_yuan"].sum() == pytest.approx(before)
    assert made["enterprises"].sum() == (now.notna() | base.notna()).sum()
    if before > 1:
        assert made["contribution_pp"].sum() == pytest.approx((whole / before - 1) * 100, abs=1e-6)
    if before > 1 and whole > before + 1:
        assert made["share_pct"].sum() == pytest.approx(100)


def test_shares_of_a_fall_are_not_printed():
    now, base = series(a=40, b=30), series(a=50, b=30)
    both = pd.Series({"a": True, "b": True})
    made = decomposition(now, base, there=both, was_there=both, rest=(0.0, 0.0))
    assert made["share_pct"].isna().all()
    assert made["contribution_pp"].sum() == pytest.approx(-12.5)


def test_a_missing_amount_is_neither_growth_nor_loss():
    now, base = series(a=40, b=NAN), series(a=30, b=30)
    both = pd.Series({"a": True, "b": True})
    made = decomposition(now, base, there=both, was_there=both, rest=(0.0, 0.0)).set_index("group")
    assert made.at["unknown", "enterprises"] == 1
    assert made.at["leaving", "enterprises"] == 0
