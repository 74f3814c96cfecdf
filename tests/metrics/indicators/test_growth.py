"""Growth with bad bases, on comparable bases, of single months and of two years; releases of NBS and MOFCOM."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.metrics.indicators.growth import (
    BASIS_TOLERANCE,
    WIDEST_PP,
    average_growth,
    basis_changed,
    growth_word,
    implied_base,
    loss_change,
    month_growth,
    two_year_growth,
)
from zonereport.metrics.indicators.levels import growth
from zonereport.metrics.indicators.months import gap_to_published

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


def test_a_change_of_a_loss_needs_a_loss():
    assert loss_change(-4, -10) == 60
    assert loss_change(0, -10) == 100
    with pytest.raises(ValueError, match="no change of a loss"):
        loss_change(3, -10)
    with pytest.raises(ValueError, match="no change of a loss"):
        loss_change(-3, 10)


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


def retail(golden):
    rows = golden("nbs_retail_2024.csv")
    rows = rows.assign(month=rows["period"].str[-2:].astype(int))
    ytd, month = (rows[rows["kind"] == kind].set_index(["item", "month"]) for kind in ("ytd", "month"))
    for (item, end), published in month.iterrows():
        start = 2 if end == 3 else end - 1
        if (item, start) in ytd.index:
            yield item, end, ytd.loc[(item, end)], ytd.loc[(item, start)], published


def test_months_of_retail_sales_are_the_differences(golden):
    """Within one unit of the last digit, but for sales without cars: earlier months were revised silently."""
    gaps = {
        (item, month): gap_to_published(
            now["value_100m_cny"], before["value_100m_cny"], published["value_100m_cny"], step=1
        )
        for item, month, now, before, published in retail(golden)
    }
    assert len(gaps) == 18
    assert {key: gap for key, gap in gaps.items() if gap} == {("ex_autos", 7): 24.0}


def test_published_growth_of_a_month_lies_in_the_interval_of_the_derived_one(golden):
    widths = {}
    for item, month, now, before, published in retail(golden):
        made, low, high = month_growth(
            now["value_100m_cny"], now["yoy_pct"], before["value_100m_cny"], before["yoy_pct"], step=1
        )
        # the published growth is itself rounded
        assert low - 0.05 <= published["yoy_pct"] <= high + 0.05, (item, month)
        assert low < made < high
        widths[item, month] = float(high - low) / 2
    assert widths["total", 3] == pytest.approx(0.25, abs=0.01)
    assert widths["total", 3] < WIDEST_PP < widths["catering", 3]
    assert widths["total", 7] == pytest.approx(0.66, abs=0.01)


def test_the_first_months_of_a_year_have_the_published_growth():
    made, low, high = month_growth([81307.0], [5.5], [0.0], [NAN], step=[1.0])
    assert (made[0], low[0], high[0]) == (5.5, pytest.approx(5.45), pytest.approx(5.55))


def test_a_month_with_a_base_that_may_be_zero_has_no_growth():
    made = month_growth([100.0], [0.0], [99.99], [0.0], step=[0.01])
    assert np.isnan(made).all()


def test_two_year_averages_of_retail_sales_2021(golden):
    rows = golden("nbs_retail_2021.csv").dropna(subset="vs_2019_pct")
    for row in rows.itertuples():
        assert average_growth(row.vs_2019_pct, years=2) == pytest.approx(row.two_year_avg_pct, abs=0.06)
        before = ((1 + row.vs_2019_pct / 100) / (1 + row.yoy_pct / 100) - 1) * 100
        assert two_year_growth(row.yoy_pct, before) == pytest.approx(row.two_year_avg_pct, abs=0.06)
    assert len(rows) == 3


@given(st.floats(-99, 300), st.floats(-99, 300))
def test_a_two_year_average_lies_between_the_two_years(now, before):
    made = two_year_growth(now, before)
    assert min(now, before) - 1e-6 <= made <= max(now, before) + 1e-6


def test_no_average_after_a_fall_of_more_than_everything():
    assert math.isnan(two_year_growth(10, -120))
    assert math.isnan(average_growth(-120, years=2))
