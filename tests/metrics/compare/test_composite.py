"""The composite index: published answers of the OECD/JRC handbook and of papers, by hand, and as properties."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zonereport.inputs import Refused
from zonereport.metrics.compare.composite.aggregate import arithmetic, competition_rank, geometric
from zonereport.metrics.compare.composite.normalise import (
    constant,
    covered,
    ends,
    goalposts,
    min_max,
    positive,
    rank_scores,
    winsorise,
    z_scores,
)
from zonereport.metrics.compare.composite.sensitivity import (
    CHOICES,
    Model,
    ahead_probability,
    rank_ranges,
    rank_shift,
    ranks,
    simulate,
    sobol_shares,
)
from zonereport.metrics.compare.composite.weights import (
    random_weights,
    shares,
)

FULL = 2 / 3


@pytest.fixture(scope="module")
def tai(root):
    return pd.read_csv(root / "tests/golden/oecd_tai_input.csv", index_col=0)


@pytest.fixture(scope="module")
def published(root):
    return pd.read_csv(root / "tests/golden/oecd_tai_ranks.csv", index_col=0)


@pytest.fixture(scope="module")
def scores(root, tai):
    """The countries between the fixed goalposts of the Human Development Report 2001."""
    posts = pd.read_csv(root / "tests/golden/oecd_tai_goalposts.csv", index_col=0).astype("float64")
    logs = [name for name in posts.index if name.endswith("_log")]
    posts.loc[logs] = np.log10(posts.loc[logs])
    return goalposts(tai, posts["lower"], posts["upper"])


@pytest.fixture(scope="module")
def examples(root):
    return json.loads((root / "tests/golden/weighting_examples.json").read_text(encoding="utf-8"))


def up(values):
    return pd.Series(1, index=values.columns)


def equal(values):
    return pd.Series(1.0, index=values.columns)


def each(values):
    return pd.Series(values.columns, index=values.columns)


def model_of(scores, **changes):
    plain = Model({"min_max": scores}, {}, equal(scores), each(scores), ("arithmetic",), 0.25, False)
    return dataclasses.replace(plain, **changes)


# published answers


def test_handbook_table_15_one_indicator_normalised(root):
    table = pd.read_csv(root / "tests/golden/oecd_tai_schooling.csv", index_col=0)
    x = table[["schooling"]]
    made = z_scores(x, up(x))["schooling"]
    assert made.round(2).to_numpy() == pytest.approx(table["zscore"].to_numpy(), abs=0.0101)
    assert min_max(x, up(x))["schooling"].to_numpy() == pytest.approx(table["minmax"].to_numpy(), abs=0.0051)
    ascending = rank_scores(x, up(x))["schooling"] * (len(x) - 1) + 1
    assert ascending.round(9).tolist() == table["rank_ascending"].tolist()


@pytest.mark.parametrize("scheme", ["EW", "BAP"])
def test_handbook_table_23_ranks_under_two_sets_of_weights(root, scores, published, scheme):
    weights = pd.read_csv(root / "tests/golden/oecd_tai_weights.csv", index_col=0)[scheme]
    made = competition_rank(arithmetic(scores, weights, least_weight=FULL))
    assert made.tolist() == published[f"table23_{scheme}"].tolist()


def test_handbook_table_38_linear_and_geometric_aggregation(tai, scores, published):
    linear = competition_rank(arithmetic(scores, equal(scores), least_weight=FULL))
    assert linear.tolist() == published["table38_LIN"].tolist()
    # the handbook takes the geometric mean of the figures themselves
    product = competition_rank(geometric(tai, equal(tai), each(tai), least_weight=FULL))
    assert product.tolist() == published["table38_GME"].tolist()


def test_handbook_table_41_two_indicators_left_out(scores, published):
    fewer = scores.drop(columns=["telephones_log", "electricity_log"])
    made = competition_rank(arithmetic(fewer, equal(fewer), least_weight=FULL))
    assert made.tolist() == published["table41_TAI6"].tolist()


def test_min_max_lets_one_country_reorder_the_others_and_goalposts_do_not(tai, scores):
    """Methods notes of the project, section 3.7: in 5 of 23 cases."""
    reordered = 0
    whole = min_max(tai, up(tai)).mean(axis=1)
    for country in tai.index:
        rest = tai.drop(index=country)
        alone = competition_rank(min_max(rest, up(rest)).mean(axis=1))
        reordered += not alone.equals(competition_rank(whole.drop(country)))
    assert reordered == 5


def test_weights_alone_move_countries_by_two_and_a_half_places(tai):
    """Methods notes of the project, section 3.7: min-max, equal weights, cv 23 %; Norway and Japan are a tie."""
    model = model_of(min_max(tai, up(tai)), cv=0.23)
    drawn = simulate(model, draws=4000, seed=1)
    found = rank_ranges(ranks(drawn), first_tier=3)
    assert (found["rank_p95"] - found["rank_p05"]).mean() == pytest.approx(2.5, abs=0.1)
    norway, japan = (list(tai.index).index(name) for name in ("Norway", "Japan"))
    assert ahead_probability(drawn[:, norway], drawn[:, japan]) == pytest.approx(53, abs=1.5)


def test_geometric_against_arithmetic_as_in_the_handbook(examples):
    """Section 6.11: (21, 1, 1, 1) and (6, 6, 6, 6) are equal on average; what is low counts more in a product."""
    example = examples["handbook_6_11"]
    x = pd.DataFrame(example["rows"], dtype="float64").rename(columns=str)
    assert arithmetic(x, equal(x), least_weight=FULL).tolist() == pytest.approx(example["arith"])
    assert geometric(x, equal(x), each(x), least_weight=FULL).tolist() == pytest.approx(example["geom"], abs=0.005)
    x["1"] += 1
    more = geometric(x, equal(x), each(x), least_weight=FULL)
    assert more.tolist() == pytest.approx(example["geom_after_plus1_on_indicator2"], abs=0.01)


def test_sobol_shares_of_a_choice_that_can_be_counted():
    """Two weights decide between two units of mirrored scores: all of the variance is theirs."""
    mirrored = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]})
    table = sobol_shares(model_of(mirrored), lambda drawn: drawn[:, :1].T, draws=4096, seed=3).set_index("choice")
    assert table.loc["weights", ["first", "total"]].tolist() == pytest.approx([1, 1], abs=0.03)
    assert (table.drop(index="weights")[["first", "total"]] == 0).all(axis=None)


# by hand


def test_a_pillar_is_a_mean_and_pillars_multiply():
    x = pd.DataFrame({"a": [4.0], "b": [8.0], "c": [24.0]})
    weights, pillars = pd.Series({"a": 1.0, "b": 1.0, "c": 2.0}), pd.Series({"a": "one", "b": "one", "c": "two"})
    assert geometric(x, weights, pillars, least_weight=FULL).tolist() == pytest.approx([(6 * 24) ** 0.5])
    # without b the first pillar weighs 1 of 3
    x["b"] = np.nan
    assert geometric(x, weights, pillars, least_weight=FULL).tolist() == pytest.approx([(4 * 24 * 24) ** (1 / 3)])


def test_two_thirds_of_the_weight_make_a_score_and_less_do_not():
    x = pd.DataFrame({"a": [1.0, 1.0], "b": [2.0, np.nan], "c": [np.nan, np.nan]})
    assert arithmetic(x, equal(x), least_weight=FULL).tolist() == [1.5, pytest.approx(np.nan, nan_ok=True)]
    both = geometric(x, equal(x), each(x), least_weight=FULL)
    assert both.tolist() == [pytest.approx(2**0.5), pytest.approx(np.nan, nan_ok=True)]


def test_what_is_known_of_too_few_is_left_out():
    x = pd.DataFrame({"a": [1.0, 2, 3], "b": [1.0, 2, np.nan], "c": [1.0, np.nan, np.nan]})
    assert list(covered(x, indicator_share=0.65, unit_share=0.65)) == ["a", "b"]
    assert list(covered(x, indicator_share=0.65, unit_share=0.65).index) == [0, 1]
    assert covered(x, indicator_share=0.3, unit_share=0.3).equals(x)


def test_fewer_than_fifteen_units_are_not_winsorised():
    skewed = pd.Series([1.0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 50, 60])
    treated, log = winsorise(skewed, max_points=5, least_units=15)
    assert log[["before", "after"]].to_numpy().tolist() == [[60, 50], [50, 2]]
    assert treated.max() == 2
    assert winsorise(skewed, max_points=1, least_units=15)[0].max() == 50
    same, none = winsorise(skewed.iloc[:14], max_points=5, least_units=15)
    assert same.equals(skewed.iloc[:14])
    assert none.empty


def test_winsorising_the_low_end():
    treated, log = winsorise(-pd.Series([1.0] * 7 + [2.0] * 7 + [60.0]), max_points=5, least_units=15)
    assert (treated.min(), len(log)) == (-2, 1)


def test_goalposts_that_stand_on_one_spot_are_refused():
    with pytest.raises(ValueError, match="goalposts of a are equal"):
        goalposts(pd.DataFrame({"a": [1.0]}), pd.Series({"a": 3.0}), pd.Series({"a": 3.0}))
    assert constant(pd.DataFrame({"a": [2.0, 2.0 + 1e-13], "b": [1.0, np.nan], "c": [1.0, 2.0]})) == ["a", "b"]


def test_less_is_better_where_the_direction_says_so():
    assert ends(0, 10, -1) == (10, 0)
    x = pd.DataFrame({"a": [1.0, 3.0]})
    down = pd.Series({"a": -1})
    for made in (min_max(x, down), rank_scores(x, down), z_scores(x, down)):
        assert made["a"][0] > made["a"][1]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"a": 2.0, "b": -1.0}, r"weight of b is -1.0; expected a number of 0 or more"),
        ({"a": 2.0, "b": np.nan}, "weight of b is nan"),
        ({"a": 0.0, "b": 0.0}, "no weight is above 0"),
    ],
)
def test_weights_that_are_refused(weights, words):
    with pytest.raises(Refused, match=words):
        shares(pd.Series(weights))


@pytest.mark.parametrize(
    "make",
    [
        lambda: geometric(pd.DataFrame({"a": [0.0]}), pd.Series({"a": 1.0}), pd.Series({"a": "p"}), least_weight=0.5),
        lambda: random_weights(pd.Series([1.0, 0.0]), draws=1, cv=0.2, rng=np.random.default_rng(1)),
        lambda: random_weights(pd.Series([1.0, 1.0]), draws=1, cv=2, rng=np.random.default_rng(1)),
    ],
)
def test_what_has_no_answer_is_refused(make):
    with pytest.raises(ValueError, match=r"weight|columns|geometric mean|scaling|Dirichlet"):
        make()


def test_drawn_weights_keep_their_mean_and_vary_as_asked():
    given_weights = pd.Series([50.0, 30.0, 20.0])
    drawn = random_weights(given_weights, draws=20000, cv=0.25, rng=np.random.default_rng(7))
    assert drawn.mean(axis=0) == pytest.approx([0.5, 0.3, 0.2], abs=0.003)
    variations = drawn.std(axis=0) / drawn.mean(axis=0)
    assert np.sqrt((variations**2).mean()) == pytest.approx(0.25, abs=0.005)


def test_draws_repeat_with_the_seed_and_the_reference_is_among_the_choices(tai):
    x = min_max(tai, up(tai))
    model = Model(
        {"min_max": x, "rank": rank_scores(tai, up(tai))},
        {"min_max": positive(x), "rank": positive(rank_scores(tai, up(tai)))},
        equal(x),
        each(x),
        ("arithmetic", "geometric"),
        0.25,
        True,
    )
    assert np.array_equal(simulate(model, draws=64, seed=5), simulate(model, draws=64, seed=5))
    fixed = shares(equal(x)).to_numpy()[None]
    plain = model.indexes(np.zeros((4, 1)), fixed)[0]
    assert plain == pytest.approx(arithmetic(x, equal(x), least_weight=FULL).to_numpy())
    product = model.indexes(np.array([[0.0], [0.9], [0.0], [0.0]]), fixed)[0]
    assert product == pytest.approx(geometric(positive(x), equal(x), each(x), least_weight=FULL).to_numpy())
    # the last indicator left out
    fewer = model.indexes(np.array([[0.0], [0.0], [0.0], [0.999]]), fixed)[0]
    assert fewer == pytest.approx(x.iloc[:, :-1].mean(axis=1).to_numpy())


def test_ranges_and_shifts_of_ranks():
    drawn = np.array([[1.0, 2, 3], [2, 1, 3], [1, 2, 3], [1, 3, 2]])
    assert rank_shift(drawn, np.array([1.0, 2, 3])).tolist() == pytest.approx([0, 2 / 3, 0, 2 / 3])
    found = rank_ranges(drawn, first_tier=2)
    assert found["first_tier_probability_pct"].tolist() == [100, 75, 25]
    assert found[["rank_p05", "rank_p50", "rank_p95"]].to_numpy().tolist() == [[1, 1, 2], [1, 2, 3], [2, 3, 3]]
    assert rank_ranges(drawn, first_tier=np.nan)["first_tier_probability_pct"].isna().all()


# properties

UNITS = st.integers(3, 9).flatmap(
    lambda n: arrays.arrays(np.float64, (n, 4), elements=st.integers(0, 50).map(float), fill=st.nothing())
)


@given(UNITS)
def test_ranks_are_a_competition_ranking(figures):
    x = pd.DataFrame(figures, columns=list("abcd"))
    index = arithmetic(x, equal(x), least_weight=FULL)
    made = competition_rank(index)
    for unit in x.index:
        assert made[unit] == 1 + (index.round(9) > round(index[unit], 9)).sum()
    assert ranks(index.round(9).to_numpy()[None])[0].tolist() == made.tolist()


@given(UNITS, st.floats(0.5, 20))
def test_the_weighted_mean_lies_inside_and_only_shares_of_weights_count(figures, factor):
    x = pd.DataFrame(figures, columns=list("abcd"))
    weights = pd.Series([3.0, 1.0, 2.0, 4.0], index=x.columns)
    made = arithmetic(x, weights, least_weight=FULL)
    assert ((made >= x.min(axis=1) - 1e-9) & (made <= x.max(axis=1) + 1e-9)).all()
    assert made.to_numpy() == pytest.approx(arithmetic(x, weights * factor, least_weight=FULL).to_numpy())
    product = geometric(x + 1, weights, each(x), least_weight=FULL)
    assert (product <= made + 1 + 1e-9).all(), "a geometric mean is never above the arithmetic one"


@given(UNITS)
def test_scores_stay_between_their_ends(figures):
    x = pd.DataFrame(figures, columns=list("abcd"))
    for made in (min_max(x, up(x)), rank_scores(x, up(x))):
        known = made.to_numpy()[~made.isna().to_numpy()]
        assert ((known >= 0) & (known <= 1)).all()
    assert ((positive(z_scores(x, up(x)).dropna(axis=1)) >= 1 - 1e-9).all(axis=None)) or constant(x)


@settings(max_examples=15)
@given(UNITS, st.sampled_from(CHOICES))
def test_a_choice_that_changes_nothing_has_no_share(figures, inert):
    x = pd.DataFrame(figures, columns=list("abcd"))
    rank = rank_scores(x, up(x))
    x = x / 50
    names = {"plain": x} if inert == "normalisation" else {"plain": x, "rank": rank}
    model = Model(
        scores=names,
        positive_scores={name: positive(frame) for name, frame in names.items()},
        weights=equal(x),
        pillars=each(x),
        aggregations=("arithmetic",) if inert == "aggregation" else ("arithmetic", "geometric"),
        cv=0 if inert == "weights" else 0.25,
        leave_one_out=inert != "leave_one_out",
    )
    table = sobol_shares(model, lambda drawn: drawn[:, :1].T, draws=32, seed=2).set_index("choice")
    assert table.loc[inert, ["first", "total"]].tolist() == [0, 0]
    assert table[["first", "total"]].to_numpy().min() >= 0
    assert table[["first", "total"]].notna().all(axis=None)


@settings(max_examples=25)
@given(UNITS)
def test_a_unit_that_is_better_in_everything_is_always_ahead(figures):
    x = pd.DataFrame(figures, columns=list("abcd")) / 100
    x.loc["best"] = 0.9
    drawn = simulate(model_of(x, leave_one_out=True), draws=50, seed=1)
    assert ahead_probability(drawn[:, -1], drawn[:, 0]) == 100
