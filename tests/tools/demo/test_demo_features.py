"""What is planted in the synthetic zone is there, and looks like statistics."""

import pandas as pd
import pytest

from zonereport.metrics import measure

ASSESSED = (
    *("invoiced_sales", "treasury_tax", "industrial_output", "industrial_investment", "fixed_asset_investment"),
    *("budget_revenue", "utilised_foreign_capital"),
)
ALWAYS = "invoiced_sales"


@pytest.fixture(scope="module")
def zone_rows(published):
    return published[published["park"] == ""]


def periods_of(rows, code):
    return sorted(rows.loc[rows["code"] == code, "period"])


def test_36_months_up_to_the_end_of_2022(zone, zone_rows):
    periods = periods_of(zone_rows, ALWAYS)
    assert len(periods) == 36
    assert (periods[0], periods[-1]) == ("2020-01", "2022-12")
    assert list(map(str, zone.periods)) == periods


def test_no_january_where_it_is_not_reported(zone, tables):
    quiet = zone.dictionary.indicators.query("january_reported == 'no'").index
    for name in ("indicators", "peers"):
        rows = tables[name][tables[name]["code"].isin(quiet)]
        assert len(rows)
        assert not rows["period"].str.endswith("-01").any()
        assert {"2020-02", "2021-02", "2022-02"} <= set(rows["period"])
    months = tables["enterprise_months"]
    assert months.loc[months["period"].str.endswith("-01"), "output_10k_yuan"].isna().all()


def test_totals_have_the_size_of_the_real_zone(root, value):
    real = pd.read_csv(root / "data/yizheng/indicators.csv").dropna(subset="value").set_index("code")["value"]
    months = {"technical_upgrades_completed": "2022-11"}
    compared = {
        code: value(code, months.get(code, "2022-12")) / figure
        for code, figure in real.items()
        if code != "fixed_asset_investment"
    }
    assert len(compared) == 38
    assert {code: ratio for code, ratio in compared.items() if not 1 / 1.5 <= ratio <= 1.5} == {}
    same = {code for code, ratio in compared.items() if ratio == 1}
    # a count of one has no other number of its size
    assert same == {code for code in real.index if real[code] == 1}


def test_ranks_are_one_competition_ranking_of_zone_and_peers(zone, tables, zone_rows):
    peers = tables["peers"]
    assert set(peers["code"]) == set(ASSESSED)
    assert set(peers["peer"]) == set(zone.about.peers)
    own = zone_rows.set_index(["period", "code"])
    ties = 0
    for (period, code), group in peers.groupby(["period", "code"]):
        assert len(group) == 9
        here = own.loc[(period, code)] if (period, code) in own.index else None
        growths = list(group["growth_pct"]) + ([] if here is None else [here["growth_pct"]])
        ranks = list(group["rank"]) + ([] if here is None else [here["rank"]])
        assert all(round(growth, 1) == growth for growth in growths)
        assert ranks == [1 + sum(other > growth for other in growths) for growth in growths]
        ties += len(set(ranks)) < len(ranks)
        assert here is None or here["rank_of"] == len(growths)
    assert ties > 1
    last = peers[(peers["period"] == "2022-12") & (peers["code"] == "industrial_output")]
    assert own.loc[("2022-12", "industrial_output"), "rank"] in set(last["rank"])


def test_bands_from_the_first_to_the_last(zone_rows):
    ranks = zone_rows[(zone_rows["period"] == "2022-12")].set_index("code")["rank"].dropna()
    assert ranks.min() <= 2
    assert ranks.max() >= 9
    assert ranks.between(4, 7).any()


def test_the_assessment_of_each_year_uses_every_rule(zone, tables):
    rules = tables["assessment"]
    (rule,) = [field for field in zone.schemas["assessment"].fields if field.name == "rule"]
    goalposts = {}
    for year, items in rules.groupby("year"):
        assert set(items["code"]) == set(ASSESSED), year
        assert items["weight"].sum() == items["points"].sum() == 100
        assert set(items["rule"]) == set(rule.choices)
        assert set(items["first_tier"]) == {3}
        goalposts[year] = items.set_index("code")[["lower", "upper"]]
        assert (goalposts[year]["lower"] < goalposts[year]["upper"]).all()
    assert set(goalposts) == {"2020", "2021", "2022"}
    assert goalposts["2020"].equals(goalposts["2021"])
    assert goalposts["2020"].equals(goalposts["2022"])
    # what is scored by meeting a target has one
    aims = tables["targets"].set_index(["year", "code"])["kind"]
    for row in rules[rules["rule"] == "target"].itertuples():
        assert (row.measured_on, aims[row.year, row.code]) == ("growth", "growth")


def test_growth_only_lagged_missing_and_revised(tables, published, zone_rows):
    growth_only = pd.concat(
        [frame[frame["code"] == "fixed_asset_investment"] for frame in (published, tables["peers"])]
    )
    assert growth_only["value"].isna().all()
    assert growth_only["growth_pct"].notna().all()
    assert periods_of(zone_rows, "technical_upgrades_completed")[-1] == "2022-11"
    arrivals = zone_rows[zone_rows["period"] == "2022-06"].groupby("code")["vintage"].first()
    assert arrivals.pop("technical_upgrades_completed")[:7] == "2022-08"
    assert set(arrivals.str[:7]) == {"2022-07"}
    missing = set(periods_of(zone_rows, ALWAYS)) - set(periods_of(zone_rows, "utilised_foreign_capital"))
    assert missing == {"2021-08"}
    twice = tables["indicators"][tables["indicators"].duplicated(["period", "code", "park"], keep=False)]
    assert set(zip(twice["period"], twice["code"], strict=True)) == {("2022-09", "industrial_investment")}
    assert set(twice["park"]) == {"", "yunjin", "xinglan", "chuanhe"}
    first, second = twice.sort_values("vintage").groupby("vintage")["value"].max()
    assert 1.005 < first / second < 1.03


def test_targets_of_every_kind_and_one_lowered_in_mid_year(tables):
    targets = tables["targets"]
    assert set(targets["kind"]) == {"level", "growth", "ceiling", "net_increase"}
    assert set(targets["year"]) == {"2020", "2021", "2022"}
    changed = targets[targets.duplicated(["year", "code", "kind"], keep=False)].sort_values("set_on")
    assert list(changed["code"].unique()) == ["utilised_foreign_capital"]
    assert list(changed["set_on"]) == ["2022-01-20", "2022-07-28"]
    assert changed["target"].is_monotonic_decreasing


def test_seasons_are_not_linear(value):
    share = [
        value("budget_revenue", f"{year}-11") / value("budget_revenue", f"{year}-12") for year in (2020, 2021, 2022)
    ]
    assert sum(share) / 3 == pytest.approx(0.824, abs=0.02)
    assert value("vat_credit_refund", "2022-07") / value("vat_credit_refund") > 0.7


def test_growth_dips_and_recovers(zone_rows):
    growth = zone_rows.pivot(index="period", columns="code", values="growth_pct")
    sales = growth["invoiced_sales"]
    assert sales["2020-02"] < -5
    assert 0 < sales["2020-12"] < 12
    assert sales["2022-05"] < sales["2022-03"]
    assert sales["2022-12"] > sales["2022-06"]
    ends = growth.loc[["2020-12", "2021-12", "2022-12"], list(ASSESSED)]
    assert ends.abs().max(axis=None) < 25


def test_firms_of_every_size(tables):
    months = tables["enterprise_months"].set_index(["enterprise", "period"])
    last = months.xs("2022-12", level="period")
    sales = last["invoiced_sales_10k_yuan"].dropna()
    assert 0.15 < sales.max() / sales.sum() < 0.35
    assert sales.between(180_000, 200_000).any()
    assert sales.between(8_000, 10_000).sum() >= 3
    assert sales.between(1_600, 2_000).sum() >= 8
    assert ((sales >= 2_000) & (last.loc[sales.index, "above_scale"] == "no")).sum() == 4
    assert ((sales < 2_000) & (last.loc[sales.index, "above_scale"] == "yes")).sum() >= 3
    present = months.reset_index().groupby("enterprise")["period"].agg(["min", "max"])
    assert (present["max"] < "2022-12").sum() == 9
    assert (present["min"] > "2020-01").sum() == 21
    assert len(present) == 420


def test_titles_end_and_projects_are_late(tables):
    titles = tables["recognitions"]
    due = titles[(titles["code"] == "hightech_recognised") & titles["valid_until"].str.startswith("2023")]
    assert len(due) == 5
    assert (titles["rule_version"] != "").all()
    plans = tables["project_progress"].sort_values("period").groupby("project")
    moved = plans["planned_production"].nunique() > 1
    assert 0.2 < moved.mean() < 0.9
    assert (plans["planned_production"].last() >= plans["planned_production"].first()).all()
    assert (plans["stage"].last() == "withdrawn").sum() == 2
    assert (plans["invested"].diff().dropna() >= 0).all()
    assert set(tables["tasks"]["status"]) == {"open", "done", "overdue"}
    assert plans["stage"].last().equals(tables["projects"].set_index("project")["stage"].sort_index())


@pytest.mark.parametrize("park", ["", "yunjin", "xinglan", "chuanhe"])
def test_it_can_be_measured(zone, park):
    frame = measure(zone, period="2022-12", park=park).set_index(["code", "measure"])
    sales = frame.loc[("invoiced_sales", "value")]
    assert sales["value"] > 10
    if not park:
        assert frame.at[("invoiced_sales", "rank_of"), "value"] == 10
        assert frame.at[("fixed_asset_investment", "value"), "reason"] == "not_reported"
        assert frame.at[("fixed_asset_investment", "growth"), "value"] > 0
        assert frame.at[("utilised_foreign_capital", "target"), "value"] == 2300
