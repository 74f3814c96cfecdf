"""Sentences agree with the figures, keep their qualifiers, and vanish where there is nothing to say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.metrics import measure
from zonereport.present import Report, cover
from zonereport.present.kit.numbers import number, quantity


def test_a_bound_in_the_numerator_is_a_bound_of_the_ratio(rich):
    assert rich.text("rd_per_sales") == "1.00%以上"


def test_a_park_reads_its_own_rows(rich):
    report = Report(rich.zone, measure(rich.zone, period="2022-11", park="east"))
    assert report.place == "测试开发区东园"
    assert report.text("invoiced_sales") == "20.5亿元"
    assert report.codes("S2") == ["invoiced_sales"]


def test_the_cover_marks_synthetic_data(rich, real):
    assert cover(rich).fields["mark"] == "模拟数据 不反映任何真实开发区"
    assert cover(real).fields["mark"] == ""
    assert cover(rich).fields["date"] == "数据所属期：2022年1—11月"
    assert cover(rich).fields["sources"] == ["测试开发区：《测试月报》（某省某市，所属期2022年，2022年12月5日发布）"]


@pytest.mark.parametrize(
    ("value", "decimals", "fixed", "text"),
    [(0.25, 1, False, "0.3"), (2.675, 2, False, "2.68"), (1.005, 2, True, "1.01"), (75.0, 2, False, "75")],
)
def test_rounding_is_half_up_on_the_printed_decimal(value, decimals, fixed, text):
    assert number(value, decimals, fixed=fixed) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_printed_number_is_within_half_a_unit_of_its_last_digit(value, decimals):
    # as decimals: two floats of nine digits before the point differ by more than what is to be seen here
    assert abs(Decimal(number(value, decimals)) - Decimal(repr(value))) <= Decimal("0.5").scaleb(-decimals)


def test_qualifiers_in_words():
    said = [quantity(46, "家", 0, qualifier=q) for q in ("lower_bound", "approximate", "cumulative", "subset", "")]
    assert said == ["46家以上", "约46家", "累计46家", "46家", "46家"]
