"""What differs between two frames or two tables, and which difference explains a figure: small cases by hand."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from zonereport.editions.differences import Cell, causes, cells, figures

HEAD = "period,code,value,vintage,source,locator\n"


def frame(*rows):
    return pd.DataFrame(rows, columns=["code", "measure", "unit", "value", "reason"])


def test_figures_that_differ_appear_or_go():
    before = frame(("a", "value", "亿元", 1.0, ""), ("b", "value", "亿元", 2.0, ""), ("c", "value", "亿元", 3.0, ""))
    after = frame(
        ("a", "value", "亿元", 1.0 + 1e-12, ""), ("b", "value", "亿元", 2.5, ""), ("d", "rank", "位", 4.0, "")
    )
    found = figures(before, after)
    assert found[["code", "measure"]].values.tolist() == [["b", "value"], ["d", "rank"], ["c", "value"]]
    assert found["before"].tolist()[0] == 2.0
    assert found["after"].isna().tolist() == [False, False, True]


def test_another_reason_and_another_unit_are_differences():
    nothing = float("nan")
    before = frame(("a", "rank", "位", nothing, "not_reported"), ("b", "value", "亿元", 1.0, ""))
    after = frame(("a", "rank", "位", nothing, "too_few"), ("b", "value", "万元", 1.0, ""))
    assert figures(before, after)["code"].tolist() == ["a", "b"]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32), min_size=1, max_size=5))
def test_nothing_differs_from_itself(values):
    rows = [(f"c{number}", "value", "亿元", value, "") for number, value in enumerate(values)]
    assert figures(frame(*rows), frame(*rows)).empty


def test_cells_of_a_revision_and_of_a_new_row():
    before = HEAD + "2022-11,tax,3.58,2022-12-08,t,B2\n"
    after = before + "2022-11,tax,3.71,2023-01-08,t,B3\n2022-12,tax,4.1,2023-01-08,t,B4\n"
    found = cells("indicators.csv", before, after, ["period", "code", "vintage"])
    assert [(one.row, one.column, one.before, one.after, one.locator) for one in found] == [
        (3, "value", "3.58", "3.71", "B3"),
        (4, "value", "", "4.1", "B4"),
    ]
    gone = cells("indicators.csv", after, before, ["period", "code", "vintage"])
    assert [(one.row, one.before, one.after) for one in gone] == [(2, "3.71", "3.58"), (0, "4.1", "")]


def cell(file="indicators.csv", **key):
    return Cell(file, 2, key, "value", "1", "2")


def test_the_nearest_difference_explains_a_figure():
    changed = frame(
        ("tax", "value", "", 1.0, ""),
        ("share", "value", "", 1.0, ""),
        ("sales", "rank", "", 1.0, ""),
        ("firms", "value", "", 1.0, ""),
    )
    own, rule, firm = cell(code="tax"), cell("dictionary/measures.csv", measure="rank"), cell("firms.csv", firm="f1")
    found = causes(changed, [own, firm], [rule], {"share": ("tax", "all")}, code=False)
    assert found == [("data", own), ("data", own), ("method", rule), ("data", firm)]
    assert causes(changed[:1], [], [], {}, code=True) == [("code", None)]
    assert causes(changed[:1], [], [], {}, code=False) == [("", None)]
