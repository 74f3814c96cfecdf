"""The composite index of a zone: the synthetic one with everything, and with what may be missing taken away."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from zonereport.inputs import Period
from zonereport.metrics.compare import composite
from zonereport.metrics.compare.composite.sensitivity import CHOICES
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.scope import Scope

PERIOD = "2022-12"
SCHEME = [
    *("year", "code", "pillar", "weight", "rule", "points", "measured_on", "lower", "upper", "first_tier", "source"),
    "note",
]


def scheme(*rows):
    """Rows of code, pillar, weight, measured_on, lower, upper as an assessment table of 2022."""
    table = pd.DataFrame(rows, columns=["code", "pillar", "weight", "measured_on", "lower", "upper"])
    table = table.assign(
        year="2022", rule="rank_step", points=table["weight"], first_tier=3.0, source="assessment", note=""
    )
    numbers = dict.fromkeys(["weight", "points", "lower", "upper", "first_tier"], "float64")
    return table[SCHEME].astype(numbers)


PLAIN = [
    ("invoiced_sales", "工业经济", 50, "growth", -10, 25),
    ("treasury_tax", "财税贡献", 30, "growth", -15, 25),
    ("budget_revenue", "财税贡献", 20, "growth", -15, 30),
]


def with_tables(zone, **tables):
    kept = {name: frame for name, frame in (zone.tables | tables).items() if frame is not None}
    return dataclasses.replace(zone, tables=kept)


def found(zone, period=PERIOD, park="", known=None):
    scope = Scope(zone, Period.parse(period), park, measures_frame([]) if known is None else known)
    rows = measures_frame(composite.figures(scope)).set_index("measure")
    assert (rows["code"] == "composite_index").all()
    assert rows.index.is_unique
    return rows, composite.details(scope)


def only(rows):
    """The one reason that all measures have."""
    (reason,) = set(rows["reason"])
    assert rows["value"].isna().all()
    return reason


def test_the_index_by_hand(demo):
    rows, frames = found(with_tables(demo, assessment=scheme(*PLAIN)))
    peers = demo.tables["peers"]
    peers = peers[peers["period"] == PERIOD].pivot(index="peer", columns="code", values="growth_pct")
    own = demo.tables["indicators"]
    own = own[(own["period"] == PERIOD) & (own["park"] == "")].set_index("code")["growth_pct"]
    both = pd.concat([peers, own[peers.columns].to_frame("").T])
    sales, tax, budget = (both[row[0]] for row in PLAIN)
    expected = 50 * (sales + 10) / 35 + 30 * (tax + 15) / 40 + 20 * (budget + 15) / 45
    table = frames["index"].set_index("entity")
    assert table["index"].to_dict() == pytest.approx(expected.to_dict())
    assert rows.at["index", "value"] == pytest.approx(expected[""])
    assert rows.at["index_rank", "value"] == 1 + (expected > expected[""]).sum()
    assert rows.at["index_rank_of", "value"] == 10
    assert set(rows["source"]) == {"assessment;finance;tax"}


def test_what_the_measures_say_stands_in_the_table_too(demo):
    rows, frames = found(demo)
    values, table = rows["value"], frames["index"]
    zone = table[table["entity"] == ""].iloc[0]
    assert values["index_rank_p05"] <= values["index_rank_p95"]
    assert values["index_first_tier_probability"] == zone["first_tier_probability_pct"]
    assert values["index_ahead_probability"] == zone["ahead_of_next_pct"]
    assert rows.at["index_ahead_probability", "basis"] == zone["next"] == table["entity"].iloc[int(zone["rank"])]
    assert table["rank"].is_monotonic_increasing
    assert (table["reason"] == "").all()
    # somebody is on each of the first three places in every draw, but for ties
    assert table["first_tier_probability_pct"].sum() == pytest.approx(300, abs=10)


def test_the_same_figures_give_the_same_ranges(demo):
    (first, frames), (second, again) = found(demo), found(demo)
    pd.testing.assert_frame_equal(first, second)
    pd.testing.assert_frame_equal(frames["index_sensitivity"], again["index_sensitivity"])


def test_weights_at_work_and_their_correlation(demo):
    table = found(demo)[1]["index_weights"].set_index("code")
    assert table["effective_pct"].sum() == pytest.approx(100)
    assert table["effective_pct"].tolist() == pytest.approx(table["weight_pct"].tolist())
    assert table["correlation"].between(-1, 1).all()
    assert (table["reason"] == "").all()
    assert set(table["treatment"]) <= {"", "too_few"}, "ten units are too few to winsorise"
    assert (table["clipped"] == 0).all()
    spring = found(demo, "2021-03")[1]["index_weights"].set_index("code")
    assert spring.at["invoiced_sales", "clipped"] > 0, "growth on the base of early 2020 leaves the goalposts"


def test_shares_of_the_choices(demo):
    table = found(demo)[1]["index_sensitivity"]
    assert table.columns.tolist() == ["choice", "first", "total", "output"]
    for _, rows in table.groupby("output"):
        assert tuple(rows["choice"]) == CHOICES
    assert set(table["output"]) == {"zone_rank", "rank_shift"}
    assert (table["first"] <= table["total"] + 0.05).all()


def test_no_scheme_no_rows_and_no_index_of_a_park(demo):
    for zone, park in [(with_tables(demo, assessment=None), ""), (demo, "yunjin")]:
        rows, frames = found(zone, park=park)
        assert rows.empty
        assert frames == {}


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ({"peers": None}, "no_peers"),
        ({"assessment": scheme(*PLAIN).assign(year="2021")}, "no_scheme"),
        ({"assessment": scheme((*PLAIN[0][:2], -50, *PLAIN[0][3:]), *PLAIN[1:])}, "negative_weight"),
        ({"assessment": scheme(("rd_spend", "创新", 100, "growth", 0, 10))}, "no_peers"),
        ({"assessment": scheme(("invoiced_sales", "工业经济", 100, "completion", 0, 100))}, "low_coverage"),
        ({"assessment": scheme(("invoiced_sales", "工业经济", 100, "growth", 5, 5))}, "too_few"),
        ({"assessment": scheme(("invoiced_sales", "工业经济", 0, "growth", 0, 5))}, "too_few"),
    ],
)
def test_an_index_that_cannot_be_made_has_a_reason(demo, tables, reason):
    rows, frames = found(with_tables(demo, **tables))
    assert only(rows) == reason
    assert frames == {}


def test_peers_of_another_month_are_none(demo):
    peers = demo.tables["peers"]
    assert only(found(with_tables(demo, peers=peers[peers["period"] != PERIOD]))[0]) == "no_peers"


def test_january_knows_too_little_of_the_scheme(demo):
    assert only(found(demo, "2022-01")[0]) == "low_coverage"
    rows, frames = found(demo, "2022-02")
    assert rows["reason"].eq("").all()
    assert len(frames["index"]) == 10


def test_indicators_that_drop_out_are_named_and_the_rest_is_renormalised(demo):
    indicators = demo.tables["indicators"]
    indicators = indicators.assign(growth_pct=indicators["growth_pct"].mask(indicators["code"] == "treasury_tax", 7.0))
    peers = demo.tables["peers"]
    peers = peers.assign(growth_pct=peers["growth_pct"].mask(peers["code"] == "treasury_tax", 7.0))
    rows = [*PLAIN, ("rd_spend", "创新", 10, "growth", 0, 10), ("utilised_foreign_capital", "开放", 15, "growth", 3, 3)]
    zone = with_tables(demo, indicators=indicators, peers=peers, assessment=scheme(*rows))
    made, frames = found(zone)
    table = frames["index_weights"].set_index("code")
    assert table["reason"].to_dict() == {
        **{"invoiced_sales": "", "treasury_tax": "constant", "budget_revenue": ""},
        **{"rd_spend": "low_coverage", "utilised_foreign_capital": "equal_goalposts"},
    }
    assert table["effective_pct"].tolist() == pytest.approx([500 / 7, 0, 200 / 7, 0, 0])
    assert table["correlation"].isna().tolist() == [False, True, False, True, True]
    assert made["reason"].eq("").all()


def test_goalposts_that_the_scheme_does_not_give_are_the_units_own_and_marked(demo):
    rows = [(*PLAIN[0][:4], np.nan, np.nan), *PLAIN[1:]]
    frames = found(with_tables(demo, assessment=scheme(*rows)))[1]
    assert frames["index_weights"]["goalposts"].tolist() == ["observed", "fixed", "fixed"]


def test_a_unit_of_which_too_little_is_known_has_no_index_and_is_named(demo):
    peers, who = demo.tables["peers"], demo.about.peers[0]
    gap = (peers["peer"] == who) & peers["code"].eq("invoiced_sales") & (peers["period"] == PERIOD)
    zone = with_tables(demo, assessment=scheme(*PLAIN), peers=peers[~gap])
    rows, frames = found(zone)
    last = frames["index"].iloc[-1]
    assert (last["entity"], last["reason"]) == (who, "low_coverage")
    assert np.isnan(last["rank"])
    assert rows.at["index_rank_of", "value"] == 9


def test_a_zone_that_does_not_report_has_no_index_but_its_peers_have(demo):
    indicators = demo.tables["indicators"]
    gap = (indicators["period"] == PERIOD) & (indicators["code"] != "rd_spend")
    rows, frames = found(with_tables(demo, indicators=indicators[~gap]))
    assert only(rows) == "low_coverage"
    assert frames["index"]["rank"].notna().sum() == 9
    assert set(frames["index_sensitivity"]["output"]) == {"rank_shift"}


def test_growth_from_two_levels_where_none_is_published(demo):
    peers = demo.tables["peers"]
    peers = peers.assign(growth_pct=peers["growth_pct"].mask(peers["code"] == "invoiced_sales"))
    table = found(with_tables(demo, assessment=scheme(*PLAIN), peers=peers))[1]["index"]
    assert (table["weight_present_pct"] == 100).all()


def test_no_single_first_tier_and_nobody_below(demo):
    table = scheme(*PLAIN)
    table.loc[0, "first_tier"] = 4
    indicators = demo.tables["indicators"]
    own = (indicators["period"] == PERIOD) & (indicators["park"] == "")
    indicators = indicators.assign(growth_pct=indicators["growth_pct"].mask(own, -50.0))
    rows = found(with_tables(demo, assessment=table, indicators=indicators))[0]
    assert rows.at["index_first_tier_probability", "reason"] == "no_first_tier"
    assert rows.at["index_ahead_probability", "reason"] == "last_place"
    assert rows.at["index_rank", "value"] == 10


def test_an_estimate_makes_the_index_one(demo):
    indicators = demo.tables["indicators"]
    here = (indicators["period"] == PERIOD) & (indicators["code"] == "invoiced_sales") & (indicators["park"] == "")
    zone = with_tables(demo, indicators=indicators.assign(qualifier=indicators["qualifier"].mask(here, "estimate")))
    levels = scheme(("invoiced_sales", "工业经济", 50, "level", 0, 300), *PLAIN[1:])
    assert set(found(with_tables(zone, assessment=levels))[0]["qualifier"]) == {"estimate"}
    assert set(found(with_tables(zone, assessment=scheme(*PLAIN)))[0]["qualifier"]) == {""}, (
        "a published growth is none"
    )


def test_the_real_zone_has_no_scheme(real):
    rows, frames = found(real, "2022")
    assert rows.empty
    assert frames == {}
