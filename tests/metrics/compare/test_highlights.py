"""What improved, what worries, what is new since last month: counted, not felt."""

import numpy as np
import pandas as pd

from zonereport.metrics import details, measure
from zonereport.metrics.compare.highlights import highlights

NAN = np.nan
EVIDENCE = ["rank_change_year", "growth_change_year_pp", "growth_pct", "progress_gap_pp", "growth_against_peers_pp"]


def frames(zone, period):
    return details(zone, measure(zone, period=period))


def table(**rows):
    four = [name for name in EVIDENCE if name != "growth_pct"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=four).assign(growth_pct=NAN).astype("float64")[EVIDENCE]


def test_sides_are_named_by_the_count_of_comparisons():
    made = highlights(
        table(
            up=[2, 3, 1, 4], mixed=[2, -3, 1, -4], down=[-1, -2, NAN, NAN], one=[5, NAN, NAN, NAN], still=[0, 0.9, 0, 0]
        )
    )
    assert made[["side", "code", "score"]].values.tolist() == [["improved", "up", 4], ["worry", "down", -2]]


def test_of_equal_scores_the_one_that_gained_more_places_goes_first():
    made = highlights(table(a=[1, 9, NAN, NAN], b=[3, 2, NAN, NAN], c=[2, 2, NAN, NAN], d=[1, 3, NAN, NAN]))
    assert made["code"].tolist() == ["b", "c", "a"]
    assert made["place"].tolist() == [1, 2, 3]


def test_the_revision_and_the_lowered_target_that_the_demo_plants_are_told_in_their_month(demo):
    target = frames(demo, "2022-07")["changes"].query("kind == 'target'").iloc[0]
    assert target[["code", "before", "now", "unit"]].tolist() == ["utilised_foreign_capital", "2600", "2300", "万美元"]
    revision = frames(demo, "2022-11")["changes"].query("kind == 'revision'").iloc[0]
    assert revision[["code", "period"]].tolist() == ["industrial_investment", "2022-09"]
    assert "revision" not in set(frames(demo, "2022-12")["changes"]["kind"])


def test_a_side_never_names_an_indicator_twice_and_never_one_of_the_other_side(demo):
    made = frames(demo, "2022-12")["highlights"]
    assert made["code"].is_unique
    assert set(made["side"]) == {"improved", "worry"}
    assert (made["score"].abs() >= 2).all()


def test_a_count_is_judged_by_its_growth_not_by_the_growth_of_its_growth(demo):
    made = frames(demo, "2022-12")["highlights"].set_index("code")
    amounts = made.index.map(demo.dictionary.indicators["ranked_on"]) == "growth"
    assert made.loc[~amounts, "growth_change_year_pp"].isna().all()
    assert made.loc[amounts, "growth_pct"].isna().all()


def test_without_anything_to_compare_with_there_is_nothing(real):
    assert frames(real, "2022")["highlights"].empty
