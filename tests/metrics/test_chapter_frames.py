"""Two columns that the chapter on the core indicators draws and sorts by."""

import pytest

from zonereport.metrics import details, measure


def test_the_path_of_the_forecast_is_in_percent_of_the_target_too(scope_of):
    frames = details(scope_of.zone, measure(scope_of.zone, period="2022-06"))
    path = frames["forecast_path"].query("code == 'invoiced_sales'").set_index("month")
    # 78.89 of a target of 178
    assert path.at[6, "p50_pct"] == pytest.approx(78.89 / 178 * 100)
    assert path.at[12, "p50_pct"] == pytest.approx(path.at[12, "p50"] / 178 * 100)
    assert path.at[12, "p10_pct"] < path.at[12, "p50_pct"] < path.at[12, "p90_pct"]


def test_the_points_for_each_percentage_point_of_growth(scope_of):
    scores = details(scope_of.zone, measure(scope_of.zone, period="2022-12"))["scores"].set_index("code")
    # half a point for half a percentage point
    assert scores.at["budget_revenue", "gain_rate"] == pytest.approx(0.5 / 0.5)
    assert scores.at["industrial_investment", "gain_rate"] == pytest.approx(0.75 / 1.4)
    assert scores["gain_rate"].isna().tolist() == scores["gain"].isna().tolist()
