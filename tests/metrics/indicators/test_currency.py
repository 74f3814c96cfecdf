"""Foreign amounts in yuan inside the measures of a zone: at the rates that there are, or with a reason."""

import dataclasses

import pandas as pd
import pytest

from zonereport.inputs.rates import COLUMNS
from zonereport.metrics import measure

CODE = "utilised_foreign_capital"


def with_rates(zone, *rows):
    rates = pd.DataFrame([(*row, "average", "made up for this test") for row in rows], columns=COLUMNS)
    return dataclasses.replace(zone, dictionary=dataclasses.replace(zone.dictionary, rates=rates))


def figure(zone, name, period):
    rows = measure(zone, period=period).set_index(["code", "measure"])
    return rows.loc[(CODE, name)]


def test_without_a_rate_there_are_no_yuan(demo):
    demo = with_rates(demo)
    for name in ("value_cny", "growth_cny"):
        assert figure(demo, name, "2022-12")["reason"] == "no_rate"


def test_each_month_is_converted_at_its_own_rate(demo):
    # round numbers, no market's: 6.00 in every month of 2021, then 6.00 and 7.00
    rates = [(f"2021-{m:02d}", "USD", 6.0) for m in range(1, 13)] + [("2022-01", "USD", 6.0), ("2022-02", "USD", 7.0)]
    zone = with_rates(demo, *rates)
    rows = demo.tables["indicators"].query("code == @CODE and park == ''").set_index("period")["value"]
    by_hand = (rows["2022-01"] * 6 + (rows["2022-02"] - rows["2022-01"]) * 7) / 1e4
    assert figure(zone, "value_cny", "2022-02")["value"] == pytest.approx(by_hand)
    assert figure(zone, "value_cny", "2022-02")["unit"] == "亿元"
    growth = (by_hand / (rows["2021-02"] * 6 / 1e4) - 1) * 100
    assert figure(zone, "growth_cny", "2022-02")["value"] == pytest.approx(growth)


def test_one_figure_of_a_whole_year_takes_the_mean_of_its_months(real):
    zone = with_rates(real, *((f"2022-{m:02d}", "USD", 5.5 + m / 10) for m in range(1, 13)))
    assert figure(zone, "value_cny", "2022")["value"] == pytest.approx(2000 * 6.15 / 1e4)
    assert figure(zone, "growth_cny", "2022")["reason"] == "no_base"
