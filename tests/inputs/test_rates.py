"""Foreign amounts in yuan: month by month, at named rates, or not at all."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import rates as rates_tool
from zonereport.inputs import InputError, Refused, load_dictionary
from zonereport.inputs.rates import COLUMNS, load_rates, to_cny


@pytest.fixture(scope="module")
def units(root):
    return load_dictionary(root).units


def written(project, *rows: str):
    path = project / "data/dictionary/rates.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return load_rates(project)


# round numbers made for these tests, no market's rates
MADE_UP = [f"2022-{month:02d},USD,{6 + month / 10:.1f},average,made up" for month in range(1, 13)]


def test_the_committed_table_is_that_of_a_named_source(root):
    rates = load_rates(root)
    assert list(rates) == COLUMNS
    by_month = rates.set_index("month")["cny_per_unit"]
    assert by_month[["2022-01", "2022-05", "2022-12"]].tolist() == [6.3567, 6.6959, 6.9753]
    assert by_month.index[0] == "2018-01"
    months = pd.period_range(by_month.index[0], by_month.index[-1], freq="M")
    assert list(by_month.index) == [str(month) for month in months], "no month is left out"
    assert rates["source"].str.contains("not the central parity").all()


def test_the_script_writes_the_committed_table(root):
    pytest.importorskip("currency_converter", reason="the dev extra is not installed")
    assert rates_tool.page() == (root / "data/dictionary/rates.csv").read_text(encoding="utf-8")


def test_each_step_of_a_cumulative_flow_takes_its_own_months(project, units):
    rates = written(project, *MADE_UP)
    made = to_cny([100, 150, 150, 260], "万美元", ["2022-02", "2022-03", "2022-04", "2022-06"], rates, units=units)
    # January and February are one step at the mean of 6.1 and 6.2; May and June one at the mean of 6.5 and 6.6
    assert made == pytest.approx([615.0, 615.0 + 50 * 6.3, 930.0, 930.0 + 110 * 6.55])


def test_a_revision_downwards_is_taken_off_at_the_rate_of_its_month(project, units):
    rates = written(project, *MADE_UP)
    assert to_cny([100, 90], "亿美元", ["2022-01", "2022-02"], rates, units=units) == pytest.approx([610, 610 - 62])


def test_a_stock_takes_the_rate_of_the_end_of_its_month(project, units):
    rates = written(project, "2022-12,USD,7,end,made up", *MADE_UP)
    assert to_cny(10, "美元", "2022-12", rates, units=units) == 70.0
    assert to_cny(10, "美元", "2022", rates, units=units) == 70.0


@pytest.mark.parametrize(
    ("value", "unit", "months", "line"),
    [
        (100, "万美元", "2022-12", "万美元 to 元: no end rate of USD for 2022-12 in data/dictionary/rates.csv"),
        ([1.0], "万美元", ["2023-01"], "万美元 to 元: no average rate of USD for 2023-01 in data/dictionary/rates.csv"),
        ([1.0], "万元", ["2022-01"], "万元 is no unit of a foreign currency"),
        ([1.0], "家", ["2022-01"], "家 is no unit of a foreign currency"),
        ([1.0, 2.0], "万美元", ["2022-02", "2022-01"], "万美元 to 元: a cumulative flow has one value for each of"),
        ([1.0, 2.0], "万美元", ["2021-12", "2022-01"], "万美元 to 元: a cumulative flow has one value for each of"),
        ([1.0, 2.0], "万美元", "2022-12", "万美元 to 元: several values and one month"),
        ([1.0], "万美元", ["2022Q3"], '"2022Q3" is not cumulative'),
    ],
)
def test_one_clear_line_where_it_cannot_be_done(project, units, value, unit, months, line):
    rates = written(project, *MADE_UP)
    with pytest.raises(Refused) as caught:
        to_cny(value, unit, months, rates, units=units)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


def test_every_fault_of_the_table(project):
    with pytest.raises(InputError) as caught:
        written(
            project,
            "2022-13,USD,6.3,average,a",
            "2022-01,dollar,0,mean,a",
            "2022-02,USD,6.3,average,",
            "2022-03,USD,6.3,end,a",
            "2022-03,USD,6.4,end,b",
        )
    found = [(fault.row, fault.column) for fault in caught.value.faults]
    assert found == [
        *[(2, "month"), (3, "cny_per_unit"), (3, "currency"), (3, "kind"), (4, "source")],
        *[(6, "month"), (6, "source")],
    ]


def test_a_constant_rate_converts_every_total_alike(project, units):
    rates = written(project, *(f"2022-{month:02d},USD,6.5,average,made up" for month in range(1, 13)))

    @given(st.lists(st.floats(0, 1e6), min_size=12, max_size=12), st.sets(st.integers(1, 12), min_size=1))
    def check(values, months):
        ends = sorted(months)
        picked = [values[month - 1] for month in ends]
        made = to_cny(picked, "万美元", [f"2022-{month:02d}" for month in ends], rates, units=units)
        assert made == pytest.approx([value * 6.5 for value in picked], abs=1e-6)

    check()
