"""Periods: every spelling, order, neighbours."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs import Period, Refused, resolve

periods = st.one_of(
    st.builds(Period, st.integers(1950, 2099)),
    st.builds(Period, st.integers(1950, 2099), st.integers(1, 12), st.just("month")),
    st.builds(Period, st.integers(1950, 2099), st.sampled_from([3, 6, 9, 12]), st.just("quarter")),
    st.builds(Period, st.integers(1950, 2099), st.sampled_from([6, 12]), st.just("half")),
)


@pytest.mark.parametrize(
    ("text", "canonical", "name"),
    [
        ("2022", "2022", "2022年"),
        ("2022年", "2022", "2022年"),
        ("2022-12", "2022-12", "2022年1—12月"),
        ("2022年1-12月", "2022-12", "2022年1—12月"),
        ("2022年1—2月", "2022-02", "2022年1—2月"),
        ("2022年12月", "2022-12", "2022年1—12月"),
        ("2022年2月", "2022-02", "2022年1—2月"),
        ("2022-01", "2022-01", "2022年1月"),
        ("2022Q1", "2022Q1", "2022年一季度"),
        ("2022年四季度", "2022Q4", "2022年四季度"),
        ("2022H2", "2022H2", "2022年下半年"),
        ("2022年上半年", "2022H1", "2022年上半年"),
    ],
)
def test_spellings(text, canonical, name):
    assert (str(Period.parse(text)), Period.parse(text).name_zh) == (canonical, name)


@pytest.mark.parametrize(
    "text", ["", "22", "2022-00", "2022-13", "2022-1", "2022Q5", "202213", "2022年13月", "2022年3-5月", "next"]
)
def test_refusals_are_one_line(text):
    with pytest.raises(Refused, match="is no period; expected a year such as 2022") as caught:
        Period.parse(text)
    assert "\n" not in str(caught.value)


@given(periods)
def test_text_and_chinese_name_lead_back(period):
    assert Period.parse(str(period)) == period
    assert Period.parse(period.name_zh) == period


@given(periods)
def test_the_one_after_is_later_and_of_its_kind(period):
    after = period.next
    assert after > period
    assert after.kind == period.kind
    assert after.same_last_year == period.same_last_year.next
    assert period.same_last_year.last == period.last


def test_relative_periods_need_data_or_a_day():
    with pytest.raises(Refused, match="no period with data"):
        resolve("latest", available=[], today=datetime.date(2023, 1, 1))
    assert str(resolve("last-month", available=[], today=datetime.date(2023, 1, 31))) == "2022-12"
