"""Units convert inside a dimension, exactly, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs import load_dictionary
from zonereport.inputs.units import convert


@pytest.fixture(scope="module")
def units(root):
    return load_dictionary(root).units


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (8250, "万元", "亿元", 0.825),
        (5.45, "亿元", "万元", 54500),
        (15, "亩", "公顷", 1),
        (0.38, "亿元/亿元", "%", 38),
        (9.375, "亿元/个", "万元/个", 93750),
    ],
)
def test_by_hand(units, value, unit, to, expected):
    assert convert(value, unit, to, units) == expected


def test_currencies_need_a_rate(units):
    with pytest.raises(ValueError, match=r"万美元 \(usd\) cannot be converted to 亿元 \(cny\)"):
        convert(2000, "万美元", "亿元", units)


def test_an_unknown_unit(units):
    with pytest.raises(ValueError, match="亿 is no unit"):
        convert(1, "亿", "亿元", units)


@given(st.data(), st.floats(-1e9, 1e9, allow_nan=False))
def test_there_and_back(units, data, value):
    unit = data.draw(st.sampled_from(sorted(units)))
    to = data.draw(st.sampled_from([name for name in units if units[name].dimension == units[unit].dimension]))
    assert convert(convert(value, unit, to, units), to, unit, units) == pytest.approx(value, rel=1e-12)
