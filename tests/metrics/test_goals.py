"""National goals: every comparison by hand, the real zone, and what criteria.csv and measures.csv may hold."""

import dataclasses
import math
import shutil

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zonereport.inputs import InputError, Period, load_dictionary, load_zone
from zonereport.metrics import goals
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.goals import judge, pace, plan_end, required_growth, years_at_pace
from zonereport.metrics.indicators import currency
from zonereport.metrics.indicators.levels import published
from zonereport.metrics.scope import Scope

CRITERION = {
    "goal": "goal",
    "criterion": "tax",
    "name_zh": "税收",
    "code": "treasury_tax",
    "comparison": "at_least",
    "threshold": 5.0,
    "unit": "亿元",
    "document": "文件",
    "number": "1号",
    "issued": "2011-01-01",
    "holder": "商务部门",
    "quality": "s",
    "note": "",
}


def asked(zone, *criteria):
    """The zone with these criteria instead of its own."""
    rows = pd.DataFrame([CRITERION | row for row in criteria])
    return dataclasses.replace(zone, tables=zone.tables | {"criteria": rows})


def with_history(zone, code, values, growths=None, **columns):
    """The zone with one row a period of ``code`` and no others of it."""
    table = zone.tables["indicators"]
    row = table[table["code"] == code].iloc[0].to_dict() | {"rank": float("nan"), "vintage": "", "park": ""}
    rows = [
        row | {"period": when, "value": value, "growth_pct": (growths or {}).get(when, float("nan"))} | columns
        for when, value in values.items()
    ]
    frame = pd.concat([table[table["code"] != code], pd.DataFrame(rows)], ignore_index=True)
    frame = frame.astype(table.dtypes.to_dict())
    return dataclasses.replace(zone, tables=zone.tables | {"indicators": frame})


def found(zone, period="2022-12", park=""):
    when = Period.parse(period)
    made = list(published(zone.tables["indicators"], zone.dictionary, period=when, park=park))
    scope = Scope(zone, when, park, measures_frame(made))
    rows = measures_frame(goals.figures(scope))
    assert not rows.duplicated(["code", "measure"]).any()
    return rows.set_index(["code", "measure"]), goals.details(scope)["goals"]


def first(zone, period="2022-12"):
    return found(zone, period)[1].iloc[0]


@pytest.mark.parametrize(
    ("value", "threshold", "comparison", "expected"),
    [
        (3, 5, "at_least", (False, 2, 60)),
        (6, 5, "at_least", (True, -1, 120)),
        (5, 5, "at_least", (True, 0, 100)),
        (12, 10, "at_most", (False, 2, 250 / 3)),
        (8, 10, "at_most", (True, -2, 125)),
        (7, 5, "rank_at_most", (False, 2, 500 / 7)),
        (5, 5, "rank_at_most", (True, 0, 100)),
        (1, float("nan"), "yes_no", (True, None, None)),
        (0, float("nan"), "yes_no", (False, None, None)),
        (0, 0, "at_most", (True, 0, None)),
        # 0.3 is not 0.1 + 0.2 in binary
        (0.1 + 0.2, 0.3, "at_most", (True, 0, 100)),
    ],
)
def test_a_figure_against_a_threshold(value, threshold, comparison, expected):
    made = judge(value, threshold, comparison)
    assert made["met"] is expected[0] or made["met"] == expected[0]
    for key, number in zip(("gap", "ratio_pct"), expected[1:], strict=True):
        assert (made[key] == pytest.approx(number)) if number is not None else made[key] != made[key]


def test_another_comparison_is_a_bug():
    with pytest.raises(ValueError, match='comparison "about" is none of'):
        judge(1, 2, "about")


def test_years_and_growth_by_hand():
    assert pace([1.1, 1.21, 1 / 1.1]) == pytest.approx(100 * (1.21 ** (1 / 3) - 1))
    assert pace([]) != pace([])
    assert years_at_pace(2, 8, 100) == pytest.approx(2)
    assert years_at_pace(8, 2, -50) == pytest.approx(2)
    assert required_growth(2, 8, 2) == pytest.approx(100)
    assert [plan_end(year) for year in (2019, 2020, 2021)] == [2020, 2025, 2025]


@given(st.floats(0.1, 1e4), st.floats(1.001, 50), st.floats(0.5, 60))
def test_the_years_at_the_required_growth_are_those_asked_for(value, ratio, years):
    growth = required_growth(value, value * ratio, years)
    assert years_at_pace(value, value * ratio, growth) == pytest.approx(years, rel=1e-6)


@example(1.0, 2.0, 2.3e-308)
@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.floats(-200, 200))
def test_years_are_never_negative_or_infinite(value, threshold, growth):
    years = years_at_pace(value, threshold, growth)
    assert years != years or 0 <= years < float("inf")


def test_a_criterion_short_of_its_threshold(demo):
    """2.0 to 2.662 in three years is 10 % a year: 5.0 takes ln(5 / 2.662) / ln 1.1 years, 23.4 % a year until 2025."""
    values = {"2019-12": 2.0, "2020-12": 2.2, "2021-12": 2.42, "2022-12": 2.662}
    row = first(asked(with_history(demo, "treasury_tax", values), {}))
    assert (row["met"], row["gap"]) == (False, pytest.approx(2.338))
    assert row["ratio_pct"] == pytest.approx(53.24)
    assert row["growth_3y_pct"] == pytest.approx(10)
    assert row["years"] == pytest.approx(6.61, abs=0.01)
    assert (row["required_growth_pct"], row["required_by"]) == (pytest.approx(23.38, abs=0.01), 2025)
    assert (row["reason"], row["quality"], row["document"], row["year"]) == ("", "s", "文件（1号）", "2011")


def test_the_pace_is_that_of_published_growth_where_there_is_one(demo):
    values = {"2020-12": 2.2, "2021-12": 9.0, "2022-12": 3.0}
    growths = {"2020-12": 10.0, "2021-12": 10.0, "2022-12": 10.0}
    row = first(asked(with_history(demo, "treasury_tax", values, growths), {}))
    assert row["growth_3y_pct"] == pytest.approx(10)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"2019-12": 2.0, "2020-12": 3.0, "2021-12": 4.0, "2022-12": 6.0}, "met"),
        ({"2019-12": 4.0, "2020-12": 3.0, "2021-12": 2.5, "2022-12": 2.0}, "unreachable"),
        ({"2019-12": 4.0, "2020-12": 4.0, "2021-12": 4.0, "2022-12": 4.0}, "unreachable"),
        ({"2021-12": 2.5, "2022-12": 2.0}, "no_history"),
        ({"2019-12": 4.0, "2021-12": 2.5, "2022-12": 2.0}, "no_history"),
        ({"2021-12": 4.0, "2022-12": 0.0}, "zero_base"),
        ({"2021-12": 4.0, "2022-12": -1.0}, "negative_base"),
        ({"2019-12": 4.0}, "not_reported"),
    ],
)
def test_why_there_are_no_years(demo, values, reason):
    row = first(asked(with_history(demo, "treasury_tax", values), {}))
    assert row["reason"] == reason
    assert row["years"] != row["years"]
    assert (row["required_growth_pct"] > 0) == (reason in ("unreachable", "no_history"))


def test_a_flow_is_that_of_a_full_year(demo):
    values = {"2021-12": 4.0, "2022-06": 9.0}
    zone = asked(with_history(demo, "treasury_tax", values), {})
    row = first(zone, "2022-06")
    assert (row["value"], row["period"], row["met"], row["required_by"]) == (4.0, "2021-12", False, 2025)
    zone = asked(with_history(demo, "treasury_tax", {"2022-06": 9.0}), {})
    assert first(zone, "2022-06")["reason"] == "year_not_over"


def test_a_stock_is_that_of_the_month(demo):
    zone = asked(demo, {"code": "projects_city_list", "unit": "个", "threshold": 100.0})
    row = first(zone, "2022-06")
    assert row["period"] == "2022-06"
    assert row["required_growth_pct"] == pytest.approx(required_growth(row["value"], 100.0, 3.5))


@pytest.mark.parametrize(
    ("qualifier", "value", "comparison", "met"),
    [
        ("lower_bound", 6.0, "at_least", True),
        ("lower_bound", 4.0, "at_least", None),
        ("lower_bound", 6.0, "at_most", False),
        ("lower_bound", 4.0, "at_most", None),
        ("estimate", 4.0, "at_least", False),
    ],
)
def test_a_bound_is_met_or_says_nothing(demo, qualifier, value, comparison, met):
    zone = with_history(demo, "treasury_tax", {"2022-12": value}, qualifier=qualifier)
    row = first(asked(zone, {"comparison": comparison}))
    assert row["met"] is pd.NA if met is None else row["met"] == met
    assert row["qualifier"] == qualifier
    assert row["ratio_pct"] != row["ratio_pct"] if met is None else row["ratio_pct"] > 0


def test_ceilings_ranks_and_other_units(demo):
    zone = with_history(demo, "treasury_tax", {"2019-12": 8.0, "2020-12": 6.0, "2021-12": 4.0, "2022-12": 2.0})
    _, table = found(
        asked(
            zone,
            {"criterion": "ceiling", "comparison": "at_most", "threshold": 10000.0, "unit": "万元"},
            {"criterion": "rank", "comparison": "rank_at_most", "threshold": 3.0, "unit": "", "code": "invoiced_sales"},
            {"criterion": "unknown_rank", "comparison": "rank_at_most", "threshold": 3.0, "unit": "", "code": ""},
            {"criterion": "open", "threshold": float("nan"), "unit": ""},
        )
    )
    table = table.set_index("criterion")
    assert table.loc["ceiling", ["value", "gap", "ratio_pct"]].tolist() == [20000, 10000, 50]
    assert table.at["ceiling", "years"] == pytest.approx(1.5)
    assert (table.at["rank", "unit"], table.at["rank", "gap"] <= 0) == ("位", table.at["rank", "met"])
    assert table.at["unknown_rank", "reason"] == "not_reported"
    assert (table.at["open", "reason"], table.at["open", "met"]) == ("no_threshold", pd.NA)
    assert table.at["open", "value"] == 2.0


def test_the_weakest_comes_first_and_all_must_hold(demo):
    zone = with_history(demo, "treasury_tax", {"2022-12": 4.0})
    rows, table = found(
        asked(
            zone,
            {"criterion": "met", "threshold": 2.0},
            {"criterion": "unknown", "code": ""},
            {"criterion": "near"},
            {"criterion": "far", "threshold": 8.0},
            {"criterion": "other", "goal": "second", "goal_zh": "另一目标"},
        )
    )
    assert table["criterion"].tolist() == ["far", "near", "unknown", "met", "other"]
    counts = {name: rows.at[("goal", f"goal_{name}"), "value"] for name in ("criteria", "met", "unmet", "unknown")}
    assert counts == {"criteria": 4, "met": 1, "unmet": 2, "unknown": 1}
    # the furthest off comes first
    assert table.iloc[0][["gap", "unit", "ratio_pct"]].tolist() == [4, "亿元", 50]


def test_the_newest_edition_that_was_in_force_counts(demo):
    zone = with_history(demo, "treasury_tax", {"2022-12": 4.0})
    editions = [
        {"issued": "2011-05-01", "threshold": 5.0},
        {"issued": "2022-07-01", "threshold": 6.0},
        {"issued": "2023-01-10", "threshold": 7.0},
    ]
    _, table = found(asked(zone, *editions))
    assert table["threshold"].tolist() == [6.0]
    # in June the one of July was not there yet
    _, table = found(asked(zone, *editions), "2022-06")
    assert table["threshold"].tolist() == [5.0]
    assert found(asked(zone, editions[-1]))[1].empty


def test_without_a_law_there_is_no_judge(real):
    """The real zone holds no document that says what its goals ask for: nothing is held against anything."""
    assert "criteria" not in real.tables
    rows, table = found(real, "2022")
    assert rows.empty
    assert table.empty


def test_a_goal_is_the_whole_zones(demo):
    rows, table = found(demo, park="yunjin")
    assert rows.empty
    assert table.empty


def test_the_criteria_of_the_synthetic_zone_are_marked_as_made_up(demo):
    criteria = demo.tables["criteria"]
    assert set(criteria["goal"]) == {"national_zone", "big_data_base"}
    assert criteria["document"].str.contains("虚构").all()
    assert set(criteria["quality"]) == {"u"}


@pytest.fixture
def dictionary(root, tmp_path):
    """A copy of the dictionary, loaded after one file was rewritten by a function of its text."""
    shutil.copytree(root / "data/dictionary", tmp_path / "data/dictionary")

    def load(name, row):
        path = tmp_path / "data/dictionary" / name
        header = path.read_text(encoding="utf-8").splitlines()[0]
        path.write_text(f"{header}\n" + "".join(f"{line}\n" for line in row), encoding="utf-8")
        return load_dictionary(tmp_path)

    return load


HEAD = "goal,criterion,name_zh,code,comparison,threshold,unit,document,number,issued,holder,quality,source"
SOUND = "national_zone,tax,税收,treasury_tax,at_least,5,亿元,文件,1号,2011-01-01,商务部门,o,summary-2022"


@pytest.fixture
def real_zone(project):
    """The real zone of a copy of the project, loaded after criteria.csv was written with these rows."""

    def load(*rows):
        text = "".join(f"{row}\n" for row in (HEAD, *rows))
        (project / "data/yizheng/criteria.csv").write_text(text, encoding="utf-8")
        return load_zone("yizheng", project)

    return load


def test_a_sound_criterion_has_a_number_and_an_open_one_has_none(real_zone):
    zone = real_zone(SOUND, "national_zone,open,规模,,at_least,,,文件,1号,2011-01-01,商务部门,s,summary-2022")
    assert zone.tables["criteria"]["threshold"].tolist() == [5, pytest.approx(float("nan"), nan_ok=True)]
    # 工业入库税收 of 3亿元 against 5亿元
    _, table = found(zone, "2022")
    assert table.loc[0, ["value", "gap", "document"]].tolist() == [3.0, 2.0, "文件（1号）"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("treasury_tax", "tresury_tax", 'code: "tresury_tax"; expected a code of data/dictionary/indicators.csv'),
        (",o,", ",u,", 'quality: "u"; expected o, s or m: an unverified criterion judges no real zone'),
        (",o,", ",x,", 'quality: "x"; expected one of o, s, m, u'),
        ("at_least", "above", 'comparison: "above"; expected one of at_least, at_most, rank_at_most, yes_no'),
        ("亿元", "亿美元", 'unit: "亿美元"; expected for treasury_tax one of'),
        ("亿元", "", "unit: empty; expected the unit of the threshold"),
        ("at_least", "rank_at_most", 'unit: "亿元"; expected empty, rank_at_most has no unit'),
        ("at_least,5,亿元", "yes_no,5,", 'threshold: "5"; expected empty, yes_no has no threshold'),
        ("文件", "", "document: empty; expected a text"),
        ("1号", "", "number: empty; expected a text"),
        ("2011-01-01", "", "issued: empty; expected a day such as 2023-01-15"),
        ("商务部门", "", "holder: empty; expected a text"),
    ],
)
def test_criteria_that_are_refused(real_zone, old, new, words):
    with pytest.raises(InputError) as caught:
        real_zone(SOUND.replace(old, new))
    (line,) = str(caught.value).splitlines()
    assert f"criteria.csv row 2, {words}" in line


def test_a_criterion_stands_once_an_edition(real_zone):
    with pytest.raises(InputError, match="one row only; row 2 has it"):
        real_zone(SOUND, SOUND)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("topic,gap,差距,gap,own,own,x,说明,words", None),
        ("topic,gap,差距,gap,%,1,x,说明,words", None),
        ("topic,gap,差距,gap,%,1,x,,words", "explain_zh: empty; expected a text"),
        ("topic,the gap,差距,gap,%,1,x,说明,words", 'measure: "the gap"; expected a name such as gap_linear'),
        ("topic,gap,差距,gap,%,one,x,说明,words", 'decimals: "one"; expected empty, own or a number of digits'),
    ],
)
def test_measures_that_are_refused(dictionary, row, words):
    if words is None:
        assert dictionary("measures.csv", [row]).measures.at["gap", "name_zh"] == "差距"
        return
    with pytest.raises(InputError, match=f"dictionary/measures.csv row 2, {words}"):
        dictionary("measures.csv", [row])


def test_a_measure_is_explained_once(dictionary):
    row = "topic,gap,差距,gap,%,1,x,说明,words"
    with pytest.raises(InputError, match='row 3, measure: "gap"; expected each measure once'):
        dictionary("measures.csv", [row, row])


def test_a_criterion_reads_a_rank_as_the_topic_that_made_it_knows_it(demo):
    """The source says no rank, ranking computes one: both stand in ``known`` while the topics are at work."""
    place = {"zone": "demo", "period": "2022-12", "park": "", "code": "treasury_tax", "measure": "rank"}
    known = measures_frame([{**place, "reason": "not_reported"}, {**place, "value": 4.0}])
    assert Scope(demo, Period.parse("2022-12"), known=known).value("treasury_tax", "rank") == 4


def test_a_condition_in_yuan_takes_foreign_capital_at_the_rates_of_its_months(scope_of):
    scope = scope_of("2022-12")
    row = pd.Series({"value": 2360.0, "unit": "万美元", "period": "2022"})
    made = goals._converted("utilised_foreign_capital", row, "亿元", scope)
    assert made == pytest.approx(currency.in_yuan(scope, "utilised_foreign_capital", "万美元", scope.period))
    assert goals._converted("utilised_foreign_capital", row, "万元", scope) == pytest.approx(made * 1e4)
    none = dataclasses.replace(scope.zone.dictionary, rates=scope.zone.dictionary.rates[:0])
    without = dataclasses.replace(scope, zone=dataclasses.replace(scope.zone, dictionary=none), made={})
    assert math.isnan(goals._converted("utilised_foreign_capital", row, "亿元", without))
