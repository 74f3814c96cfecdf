"""Moves between sizes and out of the zone: intervals, matrices, Kaplan-Meier with late entry, competing ways."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs import Period
from zonereport.metrics.enterprises.ledger import open_ledger
from zonereport.metrics.enterprises.survival import kaplan_meier, median_stay, observations, survival
from zonereport.metrics.enterprises.transition import ABSENT, UNKNOWN, jeffreys, size_class, transition_matrix
from zonereport.metrics.scope import Scope


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # scipy.stats.beta(k + .5, n - k + .5).ppf of .025 and .975, the ends of 0 and n set to 0 and 1
        (0, 10, 0.0, 0.2172),
        (1, 10, 0.0110, 0.3813),
        (5, 10, 0.2235, 0.7765),
        (10, 10, 0.7828, 1.0),
    ],
)
def test_jeffreys_interval(k, n, low, high):
    made = [float(end[0]) for end in jeffreys(np.array([k]), np.array([n]), level=0.95)]
    assert made == pytest.approx([low, high], abs=5e-5)


@given(st.integers(0, 200), st.integers(1, 200))
def test_an_interval_holds_its_share_and_mirrors(k, n):
    k = min(k, n)
    low, high = (float(end[0]) for end in jeffreys(np.array([k]), np.array([n]), level=0.95))
    assert 0 <= low <= k / n <= high <= 1
    mirrored = [float(end[0]) for end in jeffreys(np.array([n - k]), np.array([n]), level=0.95)]
    assert mirrored == pytest.approx([1 - high, 1 - low], abs=1e-9)


def test_a_share_of_nobody_has_no_interval():
    assert all(np.isnan(end).all() for end in jeffreys(np.array([0]), np.array([0]), level=0.95))


def test_size_classes_include_their_lower_bound():
    made = size_class(pd.Series([-5.0, 1999.9, 2000.0, 10_000.0, np.nan]), bounds=[2000.0, 10_000.0], names=list("abc"))
    assert made.tolist() == ["a", "a", "b", "c", UNKNOWN]


STATES = ["small", "large", UNKNOWN, ABSENT]


def test_a_matrix_by_hand():
    before = pd.Series(["small"] * 10 + ["large"] * 2 + [ABSENT])
    after = pd.Series(["small"] * 6 + ["large"] * 2 + [UNKNOWN, ABSENT] + ["large"] * 2 + ["small"])
    made = transition_matrix(before, after, states=STATES, fewest=10).set_index(["from_class", "to_class"])
    assert made.loc[("small", "large"), ["enterprises", "row_enterprises"]].tolist() == [2, 10]
    # those that left and those that say nothing are part of the row
    assert made.loc[("small", "small"), "share_pct"] == pytest.approx(60)
    assert made.loc[("small", ABSENT), "share_pct"] == pytest.approx(10)
    assert set(made.loc["large", "reason"]) == {"too_few"}
    assert made.loc["large", ["share_pct", "low_pct"]].isna().all(axis=None)
    assert set(made.loc[ABSENT, "reason"]) == {"not_reported"}
    assert (ABSENT, ABSENT) not in made.index


@given(st.lists(st.tuples(st.sampled_from(STATES), st.sampled_from(STATES)), min_size=1, max_size=60))
def test_rows_of_a_matrix_add_up(pairs):
    before, after = (pd.Series(side, dtype="object") for side in zip(*pairs, strict=True))
    made = transition_matrix(before, after, states=STATES, fewest=10)
    kept = ~((before == ABSENT) & (after == ABSENT))
    assert made["enterprises"].sum() == kept.sum()
    sized = made[made["reason"] == ""]
    assert (sized["row_enterprises"] >= 10).all()
    sums = sized.groupby("from_class")["share_pct"].sum()
    assert sums.to_numpy() == pytest.approx(np.full(len(sums), 100.0))


def test_remissions_of_leukaemia(root):
    published = json.loads((root / "tests/golden/remission_6mp.json").read_text(encoding="utf-8"))
    curve = kaplan_meier(np.array(published["time"]), np.array(published["event"])).set_index("time")
    assert {str(int(t)): round(s, 4) for t, s in curve["survival"].items()} == published["survival"]
    assert curve.loc[curve["survival"] <= 0.5].index[0] == published["median"]
    assert curve.loc[6.0, ["at_risk", "events"]].tolist() == [21, 3]
    # log-log Greenwood interval of the first step by hand: se = S sqrt(3 / (21 x 18))
    spread = 1.959963984540054 * np.sqrt(3 / (21 * 18)) / np.log(18 / 21)
    assert curve.loc[6.0, "low"] == pytest.approx((18 / 21) ** np.exp(-spread), rel=1e-9)
    assert (curve["low"] < curve["survival"]).all()
    assert (curve["survival"] < curve["high"]).all()


def test_late_entry_by_hand():
    # c comes under observation at 4: at 3 only a and b are at risk, at 5 b, c and d
    curve = kaplan_meier(np.array([3, 6, 5, 8]), np.array([1, 0, 1, 1]), np.array([0, 0, 4, 2]))
    assert curve[["time", "at_risk", "events"]].values.tolist() == [[3, 3, 1], [5, 3, 1], [8, 1, 1]]
    assert curve["survival"].tolist() == pytest.approx([2 / 3, 4 / 9, 0])
    # whoever enters at the very time is not at risk in it
    assert kaplan_meier(np.array([3, 6]), np.array([1, 0]), np.array([0, 3]))["at_risk"].tolist() == [1]


def test_nobody_left_and_nonsense():
    assert kaplan_meier(np.array([3.0, 4.0]), np.array([0, 0])).empty
    assert kaplan_meier(np.array([]), np.array([])).empty
    with pytest.raises(ValueError, match="must begin before it ends"):
        kaplan_meier(np.array([3.0]), np.array([1]), np.array([3.0]))


@pytest.fixture(scope="module")
def zone(real):
    return real


def ledger_of(zone, rows, founded, period="2022-12"):
    months = pd.DataFrame(rows, columns=["period", "enterprise"]).assign(above_scale="no", source="s")
    for name in ("invoiced_sales_10k_yuan", "tax_10k_yuan", "employees", "output_10k_yuan", "rd_10k_yuan"):
        months[name] = 1.0
    names = list(founded)
    firms = pd.DataFrame(
        {"enterprise": names, "name": names, "industry": "C39", "park": "", "founded": founded.values()}
    )
    made = dataclasses.replace(zone, tables={"enterprise_months": months, "enterprises": firms.astype("str")})
    return open_ledger(Scope(made, Period.parse(period)))


def test_what_is_observed_of_enterprises(zone):
    every = [f"{y}-{m:02d}" for y in (2021, 2022) for m in range(1, 13)]
    rows = [(p, "old") for p in every] + [(p, "new") for p in every[8:]] + [(p, "closed") for p in every[:6]]
    rows += [(p, "undated") for p in every]
    founded = {"old": "2010-01", "new": "2021-07", "closed": "2020", "undated": ""}
    made = observations(ledger_of(zone, rows, founded)).set_index("enterprise")
    # January 2021 is 132 months after January 2010, seen until the 156th month
    assert made.loc["old"].tolist() == [132, 156, False]
    assert made.loc["new"].tolist() == [2, 18, False]
    # founded in 2020: July; its last month is June 2021
    assert made.loc["closed"].tolist() == [6, 12, True]
    assert "undated" not in made.index


def test_a_curve_of_few_says_nothing(zone):
    every = [f"2022-{m:02d}" for m in range(1, 13)]
    rows = [(p, f"e{n:02d}") for n in range(12) for p in every[: 6 if n < 2 else 12]]
    ledger = ledger_of(zone, rows, {f"e{n:02d}": "2022-01" for n in range(12)})
    curve = survival(ledger, fewest=10)
    assert curve[["age_months", "at_risk", "exits"]].values.tolist() == [[6, 12, 2]]
    assert curve["survival_pct"].tolist() == pytest.approx([100 * 10 / 12])
    assert median_stay(curve) == {"reason": "not_reached"}
    thin = survival(ledger, fewest=13)
    assert thin["survival_pct"].isna().all()
    assert thin["reason"].tolist() == ["too_few"]
    assert median_stay(thin) == {"reason": "too_few"}
