"""The city's assessment: rules against published answers, scores and marginal values by hand and as properties."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.metrics.compare import scoring
from zonereport.metrics.compare.scoring import rules

NAN = float("nan")
POINTS = st.floats(1, 100)


@pytest.fixture(scope="module")
def golden(root):
    return json.loads((root / "tests/golden/scoring_rules.json").read_text(encoding="utf-8"))


@pytest.fixture
def scored(scope_of, measured):
    """The items of an edition by code, with some cells of the assessment and some tables changed."""

    def run(code, period="2022-12", known=None, tables=(), **cells):
        table = scope_of.zone.tables["assessment"]
        here = (table["code"] == code) & (table["year"] == period[:4])
        changed = table.assign(**{name: table[name].mask(here, cell) for name, cell in cells.items()})
        scope = scope_of(period, assessment=changed, **dict(tables))
        if known:
            rows = scope.known.set_index(["code", "measure"])
            for measure, value in known.items():
                rows.loc[(code, measure), ["value", "reason"]] = [value, ""]
            scope = dataclasses.replace(scope, known=rows.reset_index())
        (item,) = [item for item in scoring.items.items(scope) if item.code == code]
        found = measured(scoring, scope).loc[code]
        assert found.at["score", "value"] == pytest.approx(item.score, nan_ok=True)
        row = scoring.details(scope)["scores"].set_index("code").loc[code]
        assert (row["gain"], row["needs"]) == pytest.approx((item.gain, item.needs), nan_ok=True)
        return item

    return run


# rules


def test_rank_step_as_published(golden):
    example = golden["rank_step"]
    assert [rules.rank_step(rank, points=example["points"]) for rank in example["ranks"]] == example["scores"]


def test_efficacy_as_published(golden):
    example = golden["efficacy_coefficient"]
    goalposts = {name: example[name] for name in ("unacceptable", "satisfactory")}
    assert round(rules.efficacy_coefficient(example["value"], **goalposts), 2) == example["coefficient"]


def test_what_is_no_rank_and_no_goalpost():
    with pytest.raises(ValueError, match="0 is no rank"):
        rules.rank_step(0, points=5)
    with pytest.raises(ValueError, match="nan is no rank"):
        rules.rank_step(NAN, points=5)
    with pytest.raises(ValueError, match="both goalposts of an efficacy coefficient are 6"):
        rules.efficacy_coefficient(7, unacceptable=6, satisfactory=6)


@given(st.integers(1, 60), POINTS)
def test_a_better_rank_is_never_worth_less(rank, points):
    score, next_score = rules.rank_step(rank, points=points), rules.rank_step(rank + 1, points=points)
    assert 0 <= next_score <= score <= points + 1e-9


@given(st.floats(-100, 100), st.floats(0, 50), st.floats(-50, 0), st.floats(1, 50), POINTS)
def test_more_is_never_worth_less_within_full_marks(value, step, low, span, points):
    goalposts = {"unacceptable": low, "satisfactory": low + span, "points": points}
    scores = [rules.efficacy(x, **goalposts) for x in (value, value + step)]
    assert 0 <= scores[0] <= scores[1] <= points + 1e-9
    assert rules.efficacy(low, **goalposts) == pytest.approx(0.6 * points)
    assert rules.efficacy(low + span, **goalposts) == pytest.approx(points)
    growth = [rules.level_growth(x, points=points) for x in (value, value + step)]
    assert 0 <= growth[0] <= growth[1] <= points + 1e-9


@given(st.floats(-100, 100))
def test_where_less_is_better_efficacy_is_turned_round(value):
    upright = rules.efficacy_coefficient(value, unacceptable=2, satisfactory=8)
    assert rules.efficacy_coefficient(-value, unacceptable=-2, satisfactory=-8) == pytest.approx(upright)


# the synthetic zone


@pytest.mark.parametrize(
    ("code", "score", "gain", "needs", "amount"),
    [
        # rank 5 of 15 points: 15 x 0.8; the fourth grew 1.4 points more, on a base of 37.90亿元
        ("industrial_investment", 12.0, 0.75, 1.4, 0.5306),
        # 0.8 x 15 + 3.8 / 5; the next is 0.6 points ahead
        ("treasury_tax", 12.76, 0.12, 0.6, 0.01914),
        # 15 x (60 + 40 x 38.3 / 70) / 100; the next is 3.1 points ahead, on 2180万美元
        ("utilised_foreign_capital", 12.282857143, 0.265714286, 3.1, 67.58),
    ],
)
def test_scores_and_what_the_next_rank_is_worth(scored, code, score, gain, needs, amount):
    item = scored(code)
    assert (item.score, item.gain, item.needs) == pytest.approx((score, gain, needs))
    assert item.unit == "个百分点"
    assert item.needs_amount == pytest.approx(amount)


def test_the_next_rank_is_worth_more_where_it_is_shared(scored, scope_of):
    peers = scope_of.zone.tables["peers"]
    here = (peers["period"] == "2022-12") & (peers["code"] == "industrial_investment")
    ahead = peers[here & (peers["growth_pct"] > 9.2)].nsmallest(2, "growth_pct").index
    level = peers.assign(growth_pct=peers["growth_pct"].mask(peers.index.isin(ahead), 10.6))
    item = scored("industrial_investment", tables={"peers": level})
    assert (item.gain, item.needs) == pytest.approx((1.5, 1.4))


def test_the_first_gains_no_rank(scored):
    item = scored("invoiced_sales")
    assert (item.score, item.gain_reason) == (20.0, "first_place")


def test_a_rank_without_the_peers_figures(scored):
    item = scored("industrial_investment", tables={"peers": None})
    assert (item.score, item.gain) == (12.0, 0.75)
    assert np.isnan(item.needs)
    assert scored("treasury_tax", tables={"peers": None}).gain_reason == "no_peers"


def test_a_target_of_growth(scored):
    item = scored("fixed_asset_investment")
    assert (item.score, item.gain_reason) == (10.0, "target_met")
    item = scored("fixed_asset_investment", known={"growth": 7.4})
    assert (item.score, item.gain, item.needs, item.unit) == (0.0, 10.0, 0.6, "个百分点")


def test_a_target_of_level_or_completion(scored):
    item = scored("treasury_tax", rule="target", measured_on="completion")
    assert (item.score, item.gain, item.unit) == (0.0, 15.0, "个百分点")
    # 3.31 of 3.40亿元
    assert item.needs == pytest.approx((1 - 3.31 / 3.4) * 100)
    assert (item.needs_amount, item.amount_unit) == (pytest.approx(0.09), "亿元")
    item = scored("treasury_tax", rule="target", measured_on="level")
    assert (item.score, item.needs, item.unit) == (0.0, pytest.approx(0.09), "亿元")
    # the target lowered in mid-year counts from then on
    assert scored("utilised_foreign_capital", rule="target", measured_on="completion").gain_reason == "target_met"
    assert scored("industrial_output", rule="target", measured_on="level").reason == "no_target"


def test_a_ceiling_is_met_from_below(scored, scope_of):
    rule = scope_of.zone.tables["assessment"].iloc[[-1]].assign(code="safety_accidents", rule="target")
    rule = rule.assign(measured_on="level", lower=NAN, upper=NAN)
    (row,) = scoring.items.items(scope_of(assessment=rule))
    assert (row.value, row.score) == (2, 15)
    targets = scope_of.zone.tables["targets"]
    lower = targets.assign(target=targets["target"].mask(targets["kind"] == "ceiling", 1.0))
    (row,) = scoring.items.items(scope_of(assessment=rule, targets=lower))
    assert (row.score, row.needs, row.unit) == (0, 1, "起")


def test_efficacy_where_less_is_better(scope_of):
    rule = scope_of.zone.tables["assessment"].iloc[[-1]]
    rule = rule.assign(code="safety_accidents", rule="efficacy", measured_on="level", lower=0.0, upper=8.0)
    (row,) = scoring.items.items(scope_of(assessment=rule))
    # 2 accidents, 0 satisfactory, 8 unacceptable: 60 + 40 x 6 / 8 = 90 of 100
    assert row.score == pytest.approx(15 * 0.9)
    assert row.gain_reason == "no_peers"


def test_a_rank_on_what_the_dictionary_does_not_rank_is_computed(scored, scope_of):
    item = scored("treasury_tax", rule="rank_step", measured_on="level")
    peers = scope_of.zone.tables["peers"].query("period == '2022-12' and code == 'treasury_tax'")
    assert item.rank == 1 + (peers["value"] > 3.31).sum()
    assert item.unit == "亿元"


def test_the_whole_assessment(scope_of, measured):
    scope = scope_of()
    found = measured(scoring, scope)
    total = found.loc["city_assessment"]
    assert total.at["score", "value"] == pytest.approx(20 + 12.76 + 12.24 + 12 + 10 + 6 + 12.282857143)
    assert total.at["score_full", "value"] == 100
    assert total.at["score_rate", "value"] == total.at["score", "value"]
    table = scoring.details(scope)["scores"]
    assert table["score"].sum() == pytest.approx(total.at["score", "value"])
    assert table["points"].sum() == 100


def test_january_scores_what_is_reported(scope_of, measured):
    found = measured(scoring, scope_of("2022-01"))
    assert found.at[("city_assessment", "score"), "basis"] == "items 4/7"
    assert found.at[("city_assessment", "score_full"), "value"] == 60
    assert found.at[("industrial_output", "score"), "reason"] == "not_reported"


def test_a_year_without_rules_and_a_zone_without_an_assessment(scope_of, measured, real):
    rules_of_2021 = scope_of.zone.tables["assessment"].query("year == '2021'")
    found = measured(scoring, scope_of(assessment=rules_of_2021))
    assert found["reason"].to_dict() == {("city_assessment", "score"): "no_rule"}
    assert measured(scoring, scope_of(assessment=None)).empty
    assert measured(scoring, scope_of(park="yunjin")).empty
    yizheng = scope_of("2022", zone=real)
    assert measured(scoring, yizheng).empty
    assert scoring.details(yizheng) == {}


def test_an_estimate_gives_an_estimated_score(scope_of, measured):
    scope = scope_of()
    known = scope.known.assign(qualifier=scope.known["qualifier"].where(scope.known["measure"] != "growth", "estimate"))
    found = measured(scoring, dataclasses.replace(scope, known=pd.DataFrame(known)))
    assert found.at[("treasury_tax", "score"), "qualifier"] == "estimate"
