"""Every detail frame has the columns and types of its schema, whatever a zone has."""

import dataclasses

import pandas as pd
import pytest

from zonereport.metrics import measures_and_details
from zonereport.metrics.schemas import UnknownFrame, empty, require, schemas, typed


def one_indicator(real):
    """The real zone with nothing but one figure of one indicator."""
    figures = real.tables["indicators"]
    figures = figures[(figures["code"] == "budget_revenue") & (figures["period"] == "2022")]
    return dataclasses.replace(real, tables={"indicators": figures.reset_index(drop=True)})


CASES = {
    "a full year": lambda demo, real: (demo, "2022-12", ""),
    "half a year": lambda demo, real: (demo, "2022-06", ""),
    "a park": lambda demo, real: (demo, "2022-09", "chuanhe"),
    "the real zone": lambda demo, real: (real, "2022", ""),
    "one figure": lambda demo, real: (one_indicator(real), "2022", ""),
}


@pytest.fixture(scope="module", params=CASES)
def frames(request, demo, real):
    zone, period, park = CASES[request.param](demo, real)
    return measures_and_details(zone, period=period, park=park)[1]


def test_every_frame_is_there_with_its_columns_and_types(frames):
    assert set(frames) == set(schemas())
    for name, frame in frames.items():
        types = {column.name: column.dtype for column in require(name)}
        assert frame.dtypes.astype("str").to_dict() == types, name
        assert frame.index.equals(pd.RangeIndex(len(frame))), name


def test_the_schema_says_what_a_column_means_and_in_which_unit():
    units = {"_pct": "%", "_pp": "个百分点", "_10k_yuan": "万元", "_100m_yuan": "亿元", "_mu": "亩"}
    for name, columns in schemas().items():
        assert len({column.name for column in columns}) == len(columns), name
        for column in columns:
            assert column.about, (name, column.name)
            for ending, unit in units.items():
                assert not column.name.endswith(ending) or column.unit == unit, (name, column.name)


def test_own_says_that_the_row_has_its_unit():
    for name, columns in schemas().items():
        if any(column.unit == "own" for column in columns):
            assert any(column.name == "unit" or column.name.endswith("_unit") for column in columns), name


def test_an_unknown_frame_is_an_error_with_a_suggestion():
    with pytest.raises(UnknownFrame, match='did you mean "project_lights"'):
        require("project_light")
    with pytest.raises(UnknownFrame, match="there are availability, bands"):
        empty("zzz")


def test_rows_that_do_not_fit_are_an_error_not_a_guess():
    good = pd.DataFrame({"code": ["a"], "kind": "level", "target": 1, "unit": "个", "set_on": "", "in_force": True})
    assert typed("targets", good)["target"].dtype == "float64"
    with pytest.raises(ValueError, match="targets: columns goal are not as its schema says"):
        typed("targets", good.assign(goal=1))
    with pytest.raises(ValueError, match="targets: columns set_on"):
        typed("targets", good.drop(columns="set_on"))
    with pytest.raises(ValueError, match="targets: could not convert"):
        typed("targets", good.assign(target="many"))
