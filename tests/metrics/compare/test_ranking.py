"""Ranking among peers: by hand, as properties, on the synthetic zone, and against a real city's published ranks."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs.workbook.context import Context
from zonereport.metrics.compare import ranking
from zonereport.metrics.compare.ranking.comparing import compared
from zonereport.metrics.compare.ranking.peer_rank import (
    competition_rank,
    gap_below,
    gap_to_next,
    rank_change,
    tier_gap,
)
from zonereport.metrics.compare.ranking.rank_tables import ranked_places
from zonereport.metrics.rounding import half_up
from zonereport.metrics.scope import HISTORY

PANEL = "../shared/reference/panel/county_monthly_2018_2023.csv"
NAN = float("nan")
FIGURES = st.lists(st.none() | st.integers(-50, 50), min_size=1, max_size=15)


def numbers(values):
    return np.array([NAN if value is None else float(value) for value in values])


# formulas


@given(FIGURES)
def test_ranks_are_a_valid_competition_ranking(values):
    better = numbers(values)
    ranks = competition_rank(better)
    known = ~np.isnan(better)
    assert np.array_equal(np.isnan(ranks), ~known)
    for rank, value in zip(ranks[known], better[known], strict=True):
        assert rank == 1 + (better[known] > value).sum()
    if known.any():
        assert ranks[known].min() == 1
    # so many ranks are passed over as share the one above
    for rank in np.unique(ranks[known]):
        assert (ranks[known] < rank).sum() == rank - 1


@given(FIGURES, st.permutations(range(15)))
def test_ranks_depend_on_order_alone(values, order):
    better = numbers(values)
    assert np.array_equal(competition_rank(better), competition_rank(better * 3 + 7), equal_nan=True)
    order = [place for place in order if place < len(better)]
    assert np.array_equal(competition_rank(better[order]), competition_rank(better)[order], equal_nan=True)


@given(FIGURES, st.integers(-50, 50), st.integers(1, 12))
def test_distances_lead_where_they_say(values, own, tier):
    others = numbers(values)
    known = others[~np.isnan(others)]

    def rank(value):
        return competition_rank([value, *known])[0]

    ahead, behind = gap_to_next(own, others), gap_below(own, others)
    if np.isnan(ahead):
        assert rank(own) == 1
    else:
        assert rank(own + ahead) < rank(own)
        assert rank(own + ahead - 0.5) == rank(own)
    assert np.isnan(behind) or rank(own - behind - 0.5) > rank(own)
    missing = tier_gap(own, others, first_tier=tier)
    assert (missing == 0) == (rank(own) <= tier)
    assert rank(own + missing) <= tier


def test_change_is_counted_on_the_same_peers():
    before = pd.Series({"": 5.0, "a": 6.0, "b": 9.0, "c": 1.0})
    # b did not report, d is new: the zone was second of three and is second of three
    now = pd.Series({"": 5.0, "a": 7.0, "b": NAN, "c": 1.0, "d": 9.0})
    assert rank_change(now, before, entity="") == (0.0, 2)
    assert rank_change(now.drop(""), before, entity="") == (pytest.approx(NAN, nan_ok=True), 0)


@given(FIGURES, FIGURES)
def test_there_and_back_is_no_change(values, others):
    names = [str(number) for number in range(max(len(values), len(others)))]
    now = pd.Series(numbers(values), names[: len(values)])
    before = pd.Series(numbers(others), names[: len(others)])
    there, common = rank_change(now, before, entity="0")
    back, same = rank_change(before, now, entity="0")
    assert common == same
    assert np.isnan(there) if np.isnan(back) else there == -back


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [(6.25, 1, 6.3), (-6.25, 1, -6.3), (6.249999999, 1, 6.2), (0.5, 0, 1.0), (1.005, 2, 1.01), (NAN, 1, NAN)],
)
def test_half_up(value, decimals, printed):
    assert half_up(value, decimals) == pytest.approx(printed, nan_ok=True)


# the synthetic zone


def test_the_last_month_by_hand(scope_of, measured):
    found = measured(ranking, scope_of())["value"]["treasury_tax"]
    # growths: 12.4, 5.2, 5.1, 4.4, the zone 3.8, then 0.2 and below; the tier ends at the third; base 3.19亿元
    assert found["gap_to_next"] == 0.6
    assert found["gap_to_next_amount"] == pytest.approx(0.6 / 100 * 3.19)
    assert found["gap_below"] == 3.6
    assert found["tier_gap"] == 1.3
    assert found["tier_places"] == 2
    assert found["growth_against_peers"] == 3.6
    assert found["rank_tied"] == 1
    assert found["rank_missing"] == 0


def test_a_published_rank_stays(scope_of, measured):
    found = measured(ranking, scope_of())
    assert not {"rank", "rank_of"} & set(found.index.get_level_values("measure"))
    assert found.at[("industrial_output", "rank_tied"), "value"] == 2


def test_the_first_has_nobody_ahead_and_is_in_the_tier(scope_of, measured):
    found = measured(ranking, scope_of()).loc["invoiced_sales"]
    assert found.at["gap_to_next", "reason"] == "first_place"
    assert found.at["tier_gap", "value"] == found.at["tier_places", "value"] == 0


def test_where_no_source_ranks_the_peers_do(scope_of, measured):
    tables = scope_of.zone.tables
    bare = tables["indicators"].assign(rank=NAN, rank_of=NAN)
    given = tables["indicators"].query("period == '2022-12' and park == ''").dropna(subset="rank").set_index("code")
    scope = scope_of(indicators=bare, peers=tables["peers"].assign(rank=NAN))
    found = measured(ranking, scope)
    made = found["value"].unstack()
    assert made["rank"].to_dict() == given["rank"].to_dict()
    assert set(made["rank_of"]) == {10}
    assert found.at[("treasury_tax", "rank"), "basis"] == "computed growth"
    frames = ranking.details(scope)
    assert set(frames["ranks"]["basis"]) == {"computed"}
    assert frames["rank_history"]["computed"].all()
    published = ranking.details(scope_of())["rank_history"]
    columns = ["code", "period", "rank", "rank_of", "tied"]
    assert not published["computed"].any()
    pd.testing.assert_frame_equal(published[columns], frames["rank_history"][columns])


def test_those_who_did_not_report_are_counted_and_not_ranked(scope_of, measured):
    peers = scope_of.zone.tables["peers"]
    here = (peers["period"] == "2022-12") & (peers["code"] == "treasury_tax")
    absent, empty = peers[here].index[0], peers[here].index[1]
    peers = peers.drop(absent)
    peers.loc[empty, ["growth_pct", "rank", "value"]] = NAN
    bare = scope_of.zone.tables["indicators"].assign(rank=NAN, rank_of=NAN)
    scope = scope_of(peers=peers, indicators=bare)
    found = measured(ranking, scope)["value"]["treasury_tax"]
    assert (found["rank_missing"], found["rank_of"]) == (2, 8)
    table = ranking.details(scope)["ranks"].query("code == 'treasury_tax'")
    assert len(table) == 10
    silent = table[table["rank"].isna()]
    assert (len(silent), set(silent["reason"])) == (2, {"not_reported"})
    assert table["rank"].tolist()[-2:] == pytest.approx([NAN, NAN], nan_ok=True)


def test_change_against_last_month_and_last_year(scope_of, measured):
    found = measured(ranking, scope_of())
    changes = found["value"].unstack()[["rank_change", "rank_change_year"]]
    history = ranking.details(scope_of())["rank_history"].set_index(["code", "period"])["rank"].unstack()
    assert changes["rank_change"].to_dict() == (history["2022-11"] - history["2022-12"]).to_dict()
    assert changes["rank_change_year"].to_dict() == (history["2021-12"] - history["2022-12"]).to_dict()
    assert set(found.xs("rank_change", level="measure")["basis"]) == {"published"}


def test_change_on_the_common_peers_where_one_is_missing(scope_of, measured):
    peers = scope_of.zone.tables["peers"]
    # the peer just ahead of the zone now did not report last month
    gone = (peers["code"] == "treasury_tax") & (peers["peer"] == "岚渚临港工业园区") & (peers["period"] == "2022-11")
    assert gone.sum() == 1
    found = measured(ranking, scope_of(peers=peers[~gone])).loc[("treasury_tax", "rank_change")]
    assert found["basis"] == "common peers"
    zone = scope_of.zone.tables["indicators"].query("park == '' and code == 'treasury_tax'").set_index("period")
    left = peers[(peers["code"] == "treasury_tax") & (peers["peer"] != "岚渚临港工业园区")]
    growths = left.pivot(index="period", columns="peer", values="growth_pct")
    ranks = {p: 1 + (growths.loc[p] > zone.at[p, "growth_pct"]).sum() for p in ("2022-11", "2022-12")}
    assert found["value"] == ranks["2022-11"] - ranks["2022-12"]


@pytest.mark.parametrize(
    ("period", "code", "measure", "reason"),
    [
        ("2022-01", "treasury_tax", "rank_change", "first_of_year"),
        ("2022-02", "industrial_output", "rank_change", "first_of_year"),
        ("2021-09", "utilised_foreign_capital", "rank_change", "no_history"),
        ("2020-06", "treasury_tax", "rank_change_year", "no_history"),
        ("2022-12", "fixed_asset_investment", "gap_to_next_amount", "not_reported"),
    ],
)
def test_why_there_is_no_figure(scope_of, measured, period, code, measure, reason):
    row = measured(ranking, scope_of(period)).loc[(code, measure)]
    assert (row["reason"], np.isnan(row["value"])) == (reason, True)


def test_february_after_january_has_a_change(scope_of, measured):
    assert measured(ranking, scope_of("2022-02")).at[("treasury_tax", "rank_change"), "reason"] == ""


def test_published_ranks_without_the_peers_figures(scope_of, measured):
    found = measured(ranking, scope_of(peers=None)).loc["treasury_tax"]
    assert found.at["rank_change", "value"] == -1
    assert found.at["tier_places", "value"] == 2
    for measure in ("gap_to_next", "growth_against_peers", "rank_tied", "tier_gap"):
        assert found.at[measure, "reason"] == "no_peers"


def level_zone(scope_of, code, own, others):
    """The synthetic zone whose peers report levels of ``code`` in December 2022; the zone's own is replaced."""
    table = scope_of.zone.tables["indicators"]
    unit = scope_of.zone.dictionary.indicators.at[code, "unit"]
    here = (table["code"] == code) & (table["period"] == "2022-12") & (table["park"] == "")
    table = table.assign(value=table["value"].mask(here, own))
    row = {"period": "2022-12", "code": code, "unit": unit, "growth_pct": NAN, "rank": NAN, "source": "assessment"}
    names = scope_of.zone.about.peers
    rows = [row | {"peer": name, "value": float(value)} for name, value in zip(names, others, strict=False)]
    return scope_of(indicators=table, peers=pd.DataFrame(rows))


def test_a_level_is_ranked_by_its_direction(scope_of, measured):
    more = measured(ranking, level_zone(scope_of, "projects_signed", 8.0, [10, 8, 4])).loc["projects_signed"]
    assert (more.at["rank", "value"], more.at["rank_of", "value"], more.at["rank_tied", "value"]) == (2, 4, 2)
    assert (more.at["gap_to_next", "value"], more.at["gap_to_next", "unit"]) == (2, "个")
    assert more.at["rank_missing", "value"] == 6
    assert more.at["rank", "basis"] == "computed level"
    less = measured(ranking, level_zone(scope_of, "safety_accidents", 2.0, [3, 1, 0])).loc["safety_accidents"]
    assert (less.at["rank", "value"], less.at["gap_to_next", "value"], less.at["gap_below", "value"]) == (3, 1, 1)


def test_a_bound_makes_distances_bounds(scope_of, measured):
    scope = level_zone(scope_of, "projects_signed", 8.0, [10, 4])
    table = scope.zone.tables["indicators"]
    here = (table["code"] == "projects_signed") & (table["period"] == "2022-12")
    bounds = table.assign(qualifier=table["qualifier"].mask(here, "lower_bound"))
    found = measured(ranking, scope_of(indicators=bounds, peers=scope.zone.tables["peers"])).loc["projects_signed"]
    assert found.at["gap_to_next", "qualifier"] == "upper_bound"
    assert found.at["gap_below", "qualifier"] == "lower_bound"


def test_another_currency_is_not_ranked(scope_of):
    scope = scope_of()
    peers = scope.peers.assign(unit=scope.peers["unit"].mask(scope.peers["code"] == "utilised_foreign_capital", "亿元"))
    table = compared(scope.history, peers, scope.dictionary, on={"utilised_foreign_capital": "level"})
    rows = table[(table["code"] == "utilised_foreign_capital") & (table["period"] == "2022-12")]
    assert set(rows.loc[rows["entity"] != "", "reason"]) == {"basis_changed"}
    assert rows.loc[rows["entity"] == "", "rank"].isna().all(), "the published rank is one of growth"


def test_growth_without_a_published_one_comes_from_two_levels(scope_of):
    scope = scope_of()
    bare = scope.peers.assign(growth_pct=NAN)
    table = compared(scope.history, bare, scope.dictionary, on={}).set_index(["code", "entity", "period"])
    row = table.loc[("treasury_tax", "墨渡经济开发区", "2022-12")]
    assert row["growth_pct"] == pytest.approx((row["level"] / row["base"] - 1) * 100)
    assert row["printed"] == half_up(row["growth_pct"], 1)
    output = table.loc[("industrial_output", "墨渡经济开发区", "2022-12")]
    assert (np.isnan(output["printed"]), output["reason"]) == (True, "published_only")


def test_parks_quarters_and_bare_zones_have_no_ranking(scope_of, measured, real):
    assert measured(ranking, scope_of(park="yunjin")).empty
    table = scope_of.zone.tables["indicators"].query("period == '2022-12'")
    assert measured(ranking, scope_of("2022Q4", indicators=table.assign(period="2022Q4"))).empty
    yizheng = scope_of("2022", zone=real)
    assert measured(ranking, yizheng).empty
    assert all(frame.empty for frame in ranking.details(yizheng).values())


def test_a_year_is_compared_with_the_year_before(scope_of, measured):
    tables = scope_of.zone.tables
    yearly = {
        name: tables[name][tables[name]["period"].str.endswith("-12")].assign(
            period=lambda frame: frame["period"].str[:4]
        )
        for name in ("indicators", "peers")
    }
    found = measured(ranking, scope_of("2022", **yearly)).loc["treasury_tax"]
    assert "rank_change" not in found.index
    assert found.at["rank_change_year", "value"] == -2


# a real city


@pytest.fixture(scope="module")
def panel(root):
    path = root / PANEL
    if not path.is_file():
        pytest.skip("the real monthly panel is not beside this checkout")
    return pd.read_csv(path)


def test_real_ranks_come_out_as_published(panel, scope_of, capsys):
    """Growth of 12 counties, 2018 to 2023, ranked on one decimal: one county is the zone, the others its peers.

    Some bulletins give more decimals than they ranked on.
    """
    codes = Context("", None, scope_of.zone.dictionary, {}, {}).indicators
    rows = panel[(panel["kind"] == "ytd_yoy_pct") & panel["rank_published"].notna()]
    rows = rows.drop_duplicates(["indicator", "unit_name", "year", "month_to"], keep="last")
    frame = rows.assign(
        code=rows["indicator"].map(codes.get),
        entity=rows["unit_name"].where(rows["unit_name"] != "邵东市", ""),
        period=rows["year"].astype("str") + "-" + rows["month_to"].map("{:02d}".format),
        month=rows["month_to"],
        growth_pct=rows["value"],
        value=NAN,
        unit="亿元",
        rank=NAN,
        rank_of=NAN,
        **dict.fromkeys(["qualifier", "growth_basis", "source"], ""),
    )[[*HISTORY, "rank_published"]].reset_index(drop=True)
    zone = frame["entity"] == ""
    dictionary = scope_of.zone.dictionary
    table = ranked_places(compared(frame.loc[zone, HISTORY], frame.loc[~zone, HISTORY], dictionary, on={}))
    keys = ["code", "entity", "period"]
    both = table.merge(frame[[*keys, "rank_published"]], on=keys, validate="one_to_one")
    same = both["rank"] == both["rank_published"]
    with capsys.disabled():
        print(
            f"\nreal panel: {same.sum()} of {len(same)} recomputed ranks equal the published ones ({same.mean():.2%})"
        )
    assert len(same) > 1500
    assert same.mean() >= 0.95
    assert both["computed"].all()
