"""Dated sizes of enterprises: which rows hold on a day for an industry, and what a file of them must not say."""

import datetime

import pandas as pd
import pytest

from zonereport.inputs import InputError, load_dictionary
from zonereport.inputs.thresholds import QUALITIES, belongs, threshold_faults, thresholds_on
from zonereport.inputs.units import Unit

UNITS = {"万元": Unit("万元", "cny", 10_000), "家": Unit("家", "enterprise", 1)}
COLUMNS = ["class", "industries", "threshold", "unit", "valid_from", "valid_to", "source", "quality", "note"]
GOOD = ["above_scale_retail", "F52", "500", "万元", "2011-01-01", "", "notes", "s", ""]


def table(*rows):
    return pd.DataFrame(
        [dict(zip(COLUMNS, row, strict=True)) for row in rows], index=range(2, len(rows) + 2), dtype="str"
    )


@pytest.fixture(scope="module")
def thresholds(root):
    return load_dictionary(root).thresholds


@pytest.mark.parametrize(
    ("industry", "day", "expected"),
    [
        ("C3971", "2022-12-31", {"above_scale_industry": "2000", "firms_over_100m": "1", "firms_over_2bn": "20"}),
        ("C3971", "2010-12-31", {"above_scale_industry": "500", "firms_over_100m": "1", "firms_over_2bn": "20"}),
        ("G5431", "2022-12-31", {"above_scale_services": "2000"}),
        ("Q8411", "2022-12-31", {"above_scale_services": "2000"}),
        ("Q8511", "2022-12-31", {"above_scale_services": "500"}),
        ("M7320", "2022-12-31", {"above_scale_services": "1000"}),
        ("K7020", "2022-12-31", {"above_scale_services": "1000"}),
        ("K7010", "2022-12-31", {}),
        ("F5101", "2022-12-31", {"above_scale_wholesale": "2000"}),
        ("F52", "2022-12-31", {"above_scale_retail": "500"}),
        ("H6210", "2022-12-31", {"above_scale_catering": "200"}),
        ("", "2022-12-31", {}),
    ],
)
def test_the_sizes_of_the_dictionary(thresholds, industry, day, expected):
    rows = thresholds_on(thresholds, datetime.date.fromisoformat(day))
    found = {row[1]: row.threshold for row in rows.itertuples() if belongs(industry, row.industries)}
    assert found == expected


def test_every_row_says_where_it_is_from_and_how_far_it_can_be_relied_on(thresholds):
    assert (thresholds["source"] != "").all()
    assert thresholds["quality"].isin(QUALITIES).all()
    local = thresholds[thresholds["class"].isin(["firms_over_100m", "firms_over_2bn"])]
    assert set(local["quality"]) == {"u"}
    assert local["note"].str.contains("由各地自定").all()


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("class", "", "a name such as above_scale_industry"),
        ("industries", "F52|99", "industries of GB/T 4754, separated by |"),
        ("threshold", "0", "a number above 0"),
        ("threshold", "2,000", "a number above 0"),
        ("unit", "家", "one of 万元"),
        ("valid_from", "2011", "empty, or a day such as 2011-01-01"),
        ("valid_to", "2010-02-30", "empty, or a day such as 2010-12-31"),
        ("valid_to", "2010-12-31", "a day after valid_from"),
        ("source", "", "a text"),
        ("quality", "good", "one of o, s, m, u"),
    ],
)
def test_a_bad_cell(column, value, expected):
    row = dict(zip(COLUMNS, GOOD, strict=True)) | {column: value}
    faults = threshold_faults(table(list(row.values())), UNITS)
    assert [(fault.row, fault.column, fault.expected) for fault in faults] == [(2, column, expected)]


@pytest.mark.parametrize(
    ("industries", "start", "end", "meets"),
    [
        ("F", "2012-01-01", "", True),
        ("F521|G53", "", "2011-01-01", True),
        ("", "", "", True),
        ("F51", "", "", False),
        ("F52", "", "2010-12-31", False),
    ],
)
def test_one_threshold_at_a_time(industries, start, end, meets):
    row = dict(zip(COLUMNS, GOOD, strict=True)) | {"industries": industries, "valid_from": start, "valid_to": end}
    faults = threshold_faults(table(GOOD, list(row.values())), UNITS)
    assert bool(faults) == meets
    if faults:
        assert faults[0].expected == "one threshold at a time; row 2 has it too"


def test_another_class_may_have_its_own(thresholds):
    other = ["firms_over_100m", *GOOD[1:]]
    assert threshold_faults(table(GOOD, other), UNITS) == []


def test_a_bad_file_stops_the_dictionary(project):
    path = project / "data/dictionary/thresholds.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2011-01-01", "2010-06-01"), encoding="utf-8")
    with pytest.raises(InputError, match=r"dictionary/thresholds.csv row 3, industries: .*row 2 has it too"):
        load_dictionary(project)
