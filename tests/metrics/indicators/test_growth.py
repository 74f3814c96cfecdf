"""Growth with bad bases, on comparable bases, of single months and of two years; releases of NBS and MOFCOM."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.metrics.indicators.growth import (
    BASIS_TOLERANCE,
    basis_changed,
    growth_word,
    implied_base,
)
from zonereport.metrics.indicators.levels import growth

NAN = float("nan")


@pytest.fixture(scope="module")
def golden(root):
    return lambda name: pd.read_csv(root / "tests/golden" / name)


@pytest.mark.parametrize(
    ("value", "base", "reason", "word"),
    [
        (0.0, 0.0, "zero_base", "flat"),
        (3.0, 0.0, "zero_base", "from_zero"),
        (5.0, -10.0, "negative_base", "turned_profit"),
        (-4.0, -10.0, "negative_base", "loss_narrowed"),
        (-12.0, -10.0, "negative_base", "loss_widened"),
        (-1.0, 8.0, "negative_value", "turned_loss"),
    ],
)
def test_a_bad_base_gives_a_reason_and_the_word_for_it(value, base, reason, word):
    assert growth(NAN, "", value, base, False) == {"reason": reason, "unit": "%", "basis": word}


FIGURES = st.integers(-(10**9), 10**9).map(lambda thousandths: thousandths / 1000)


@given(FIGURES, FIGURES)
def test_every_pair_has_a_percentage_or_a_word(value, base):
    made = growth(NAN, "", value, base, False)
    assert ("value" in made) == (growth_word(value, base) == "")
    assert "value" not in made or math.isfinite(made["value"])


@given(st.floats(0.01, 1e6), st.floats(-90, 500))
def test_growth_and_implied_base_invert(base, pct):
    assert float(implied_base(base * (1 + pct / 100), pct)) == pytest.approx(base, rel=1e-9)


def test_no_base_is_implied_by_a_fall_of_everything():
    assert np.isnan(implied_base(0.0, -100.0))


def test_published_growth_on_a_comparable_basis_is_found_out(golden):
    """Profits 2018 and foreign capital 2023: the two published levels would give another growth."""
    rows = golden("comparable_basis_traps.csv")
    moved = basis_changed(
        rows["value_100m_cny"],
        rows["yoy_published_pct"],
        rows["prev_value_as_first_published"],
        step=0.1,
        tolerance=BASIS_TOLERANCE,
    )
    assert moved.all()
    naive = rows["value_100m_cny"] / rows["prev_value_as_first_published"] * 100 - 100
    assert naive.round(2).tolist() == pytest.approx(rows["naive_yoy_pct"].tolist(), abs=0.011)


def test_implied_bases_of_foreign_capital(golden):
    """January to May 2023 grew by 0.1 % in yuan: the comparable base is 5742, not the 5642 published a year earlier."""
    rows = golden("mofcom_fdi.csv").set_index("period")
    assert float(implied_base(5748.1, 0.1)) == pytest.approx(5742.4, abs=0.05)
    assert float(implied_base(*rows.loc["2022-01..09", ["cny_100m", "cny_yoy_published_pct"]])) == pytest.approx(
        8683.0, abs=0.1
    )


@given(st.floats(10, 1e6), st.floats(-50, 100))
def test_rounding_alone_is_no_change_of_basis(base, pct):
    """A source that rounds to two decimals and publishes one decimal of growth stays on its basis."""
    value = base * (1 + pct / 100)
    made = basis_changed(round(value, 2), round(pct, 1), round(base, 2), step=0.01, tolerance=BASIS_TOLERANCE)
    assert not made
