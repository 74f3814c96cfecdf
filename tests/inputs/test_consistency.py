"""Tables that are sound cell by cell and contradict themselves."""

import datetime
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonereport.inputs import load_dictionary, load_zone
from zonereport.inputs.consistency import consistency_faults
from zonereport.inputs.days import covers_faults, task_faults
from zonereport.inputs.model import Source, ZoneFile
from zonereport.inputs.schemas import read_tables

PARKS = ("east", "west", "south")


@pytest.fixture(scope="module")
def dictionary(root):
    return load_dictionary(root)


@pytest.fixture(scope="module")
def check(dictionary):
    """Faults of tables given as lists of dicts; what is not given is empty, row numbers count from 2."""
    schemas = read_tables(dictionary.tables)

    def run(*, parks=(), published=None, **tables):
        typed = {}
        for name, rows in tables.items():
            table = schemas[name]
            frame = pd.DataFrame(
                [[row.get(c, None if c in table.numbers else "") for c in table.columns] for row in rows],
                columns=table.columns,
                index=range(2, len(rows) + 2),
            )
            frame["source"] = "s"
            typed[name] = frame.astype({c: "float64" if c in table.numbers else "str" for c in table.columns})
        source = Source(id="s", title="月报", publisher="甲", place="乙", covers="2000/2030", published=published)
        about = SimpleNamespace(parks=[SimpleNamespace(id=park) for park in parks], sources=[source])
        return consistency_faults(typed, dictionary, about)

    return run


def row(period, code, value=None, unit=None, **more):
    units = {"projects_signed": "个", "talents_recruited": "人", "talents_overseas": "人", "tech_smes_evaluated": "家"}
    return {"period": period, "code": code, "value": value, "unit": unit or units.get(code, "亿元"), **more}


def said(faults):
    return [(fault.row, fault.column, fault.severity) for fault in faults]


def test_the_real_zone_has_neither_error_nor_warning(root):
    zone = load_zone("yizheng", root)
    assert consistency_faults(zone.tables, zone.dictionary, zone.about) == []


# cumulative flows


def test_a_falling_cumulative_is_a_warning_with_both_values_and_periods(check):
    rows = [row("2022-10", "invoiced_sales", 140.0), row("2022-11", "invoiced_sales", 1390000, "万元")]
    (fault,) = check(indicators=rows)
    assert said([fault]) == [(3, "value", "warning")]
    assert str(fault) == (
        'indicators.csv row 3, value: "1390000"; expected a cumulative figure of at least 140 亿元, that of 2022-10 '
        "(row 2); 2022-11 has 1390000 万元: say in note what was taken back"
    )


@pytest.mark.parametrize(
    "rows",
    [
        [row("2021-12", "invoiced_sales", 150), row("2022-01", "invoiced_sales", 12)],
        [row("2022-10", "projects_city_list", 9, "个"), row("2022-11", "projects_city_list", 8, "个")],
        [row("2022Q2", "invoiced_sales", 90), row("2022Q3", "invoiced_sales", 40)],
        [row("2022-10", "invoiced_sales", 140.3), row("2022-11", "invoiced_sales", 135, qualifier="lower_bound")],
        [row("2022-10", "invoiced_sales", 1400100, "万元"), row("2022-11", "invoiced_sales", 140)],
        [row("2022-10", "invoiced_sales", 140, park="east"), row("2022-11", "invoiced_sales", 120)],
    ],
    ids=["new year", "stock", "quarters", "bound", "rounded to 亿元", "another park"],
)
def test_what_may_fall(check, rows):
    assert check(indicators=rows, parks=PARKS) == []


def test_the_latest_vintage_counts(check):
    rows = [
        row("2022-10", "invoiced_sales", 150, vintage="2022-11-08"),
        row("2022-11", "invoiced_sales", 148, vintage="2022-12-08"),
        row("2022-10", "invoiced_sales", 140, vintage="2022-12-20"),
    ]
    assert check(indicators=rows) == []
    rows[2]["value"] = 149.0
    assert said(check(indicators=rows)) == [(3, "value", "warning")]


def test_peers_are_held_to_the_same(check):
    rows = [row("2022-10", "invoiced_sales", 140, peer="甲"), row("2022-11", "invoiced_sales", 120, peer="甲")]
    (fault,) = check(peers=rows)
    assert (fault.file, fault.row) == ("peers.csv", 3)


def test_sums_of_what_is_added_never_fall(check):
    @settings(max_examples=40)
    @given(st.lists(st.floats(0, 50), min_size=2, max_size=12), st.integers(0, 3))
    def holds(steps, digits):
        total, rows = 100.0, []
        for month, step in enumerate(steps, 1):
            total += step
            rows.append(row(f"2022-{month:02d}", "budget_revenue", round(total, digits)))
        assert check(indicators=rows) == []

    holds()


# parts and wholes


def split(total, *parts, code="invoiced_sales", **more):
    values = zip(("", *PARKS), (total, *parts), strict=True)
    return [row("2022-12", code, value, park=park, **more) for park, value in values]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (split(165.0, 55.1, 60.2, 49.7), []),
        (split(165.1, 55.1, 60.2, 49.5), []),
        (split(165.1, 55.1, 60.2, 49.4), [(2, "value", "error")]),
        (split(165, 55.12, 54.98, 54.30), [(2, "value", "error")]),
        (split(165, 55.12, 54.98, 54.48), []),
        (split(8, 3, 3, 2, code="projects_signed"), []),
        (split(8, 3, 3, 3, code="projects_signed"), [(2, "value", "error")]),
        (split(3.8, 1.2, 1.1, 0.9, code="rd_spend", qualifier="estimate"), [(2, "value", "warning")]),
        (split(165.1, 55.1, 60.2, 40.4)[:3], []),
    ],
    ids=["sum", "rounded", "not", "coarse", "coarse, rounded", "counts", "counts off by one", "estimates", "two parks"],
)
def test_parks_add_up_to_the_zone(check, rows, found):
    assert said(check(indicators=rows, parks=PARKS)) == found


def test_a_bound_reconciles_with_anything_above_it(check):
    rows = split(850, 300, 300, 300, code="land_renewed", unit="亩")
    rows[0]["qualifier"] = "lower_bound"
    assert check(indicators=rows, parks=PARKS) == []
    rows[1]["value"] = 200
    (fault,) = check(indicators=rows, parks=PARKS)
    assert str(fault).startswith('indicators.csv row 2, value: "850"; expected 800 亩, the sum of the parks in 2022-12')


def test_ratios_are_not_added(check):
    assert check(indicators=split(5, 5, 6, 4, code="tax_per_sales", unit="%"), parks=PARKS) == []


def test_rounded_parts_of_a_total_pass(check):
    @settings(max_examples=40)
    @given(st.lists(st.floats(0.5, 500), min_size=3, max_size=3), st.integers(0, 4))
    def holds(parts, digits):
        rows = split(round(sum(parts), digits), *(round(part, digits) for part in parts))
        assert check(indicators=rows, parks=PARKS) == []

    holds()


@pytest.mark.parametrize(
    ("part", "whole", "unit"),
    [
        ("talents_overseas", "talents_recruited", "人"),
        ("industrial_investment", "fixed_asset_investment", "亿元"),
        ("vat_credit_refund", "business_taxes", "亿元"),
    ],
)
def test_a_part_is_no_greater_than_its_whole(check, part, whole, unit):
    rows = [row("2022-12", whole, 18, unit), row("2022-12", part, 19, unit)]
    (fault,) = check(indicators=rows)
    assert said([fault]) == [(3, "value", "error")]
    assert fault.expected.startswith(f"at most 18 {unit}, ")
    rows[1]["value"] = 18.0
    assert check(indicators=rows) == []
    rows[1]["value"], rows[0]["qualifier"] = 19.0, "lower_bound"
    assert check(indicators=rows) == []


# growth


def test_published_growth_against_two_levels(check):
    rows = [row("2021-12", "invoiced_sales", 150.25), row("2022-12", "invoiced_sales", 165.31, growth_pct=12.4)]
    (fault,) = check(indicators=rows)
    assert said([fault]) == [(3, "growth_pct", "warning")]
    assert fault.expected == (
        "10.0, from 150.25 亿元 in 2021-12 (row 2); the published growth implies a base of 147.073 亿元: "
        "say in growth_basis how it is counted"
    )
    for change in (
        {"growth_pct": 10.0},
        {"growth_pct": 10.4},
        {"qualifier": "estimate"},
        {"qualifier": "lower_bound"},
        {"code": "industrial_output"},
    ):
        assert check(indicators=[rows[0] | {"code": change.get("code", "invoiced_sales")}, rows[1] | change]) == []


def test_growth_of_coarse_levels_is_given_the_benefit_of_rounding(check):
    rows = [row("2021", "budget_revenue", 1.7), row("2022", "budget_revenue", 1.8, growth_pct=3.0)]
    assert check(indicators=rows) == []


def test_growth_made_of_its_levels_passes(check):
    @settings(max_examples=40)
    @given(st.floats(10, 1e4), st.floats(10, 1e4), st.integers(0, 4), st.integers(1, 2))
    def holds(before, now, digits, places):
        base, level = round(before, digits), round(now, digits)
        rows = [
            row("2021-12", "invoiced_sales", base),
            row("2022-12", "invoiced_sales", level, growth_pct=round((now / before - 1) * 100, places)),
        ]
        assert [fault for fault in check(indicators=rows) if fault.column == "growth_pct"] == []

    holds()


# months, sizes, ranks, days


def test_january_of_what_is_not_reported_for_january(check):
    rows = [row("2022-01", "industrial_investment", growth_pct=3.1), row("2022-01", "invoiced_sales", 12)]
    (fault,) = check(indicators=rows)
    assert said([fault]) == [(2, "period", "warning")]
    assert fault.expected == "no row: 工业投资 is first reported for 2022-02"


def years(code, values, unit="亿元"):
    return [row(f"{2017 + n}-12", code, value, unit) for n, value in enumerate(values)]


@pytest.mark.parametrize("slip", [1e4, 1e-4, 1e8])
def test_a_slip_of_a_unit_is_an_error(check, slip):
    (fault,) = check(indicators=years("invoiced_sales", [120, 131, 140, 152 * slip]))
    assert said([fault]) == [(5, "value", "error")]
    assert "the median of 3 others" in fault.expected
    assert check(indicators=years("invoiced_sales", [120, 131, 140, 152])) == []
    assert check(indicators=years("invoiced_sales", [131, 140, 152 * slip])) == []


def test_units_are_converted_before_sizes_are_compared(check):
    rows = years("invoiced_sales", [120, 131, 140])
    assert check(indicators=[*rows, row("2020-12", "invoiced_sales", 1520000, "万元")]) == []
    (fault,) = check(indicators=[*rows, row("2020-12", "invoiced_sales", 152, "万元")])
    assert fault.expected.endswith("this is 0.0152 亿元: is 万元 right?")


def test_an_unlikely_size_is_a_warning(check):
    (fault,) = check(indicators=years("utilised_foreign_capital", [2000, 2400, 1900, 45], "万美元"))
    assert said([fault]) == [(5, "value", "warning")]
    assert check(indicators=years("utilised_foreign_capital", [2000, 2400, 1900, 0], "万美元")) == []


def test_a_code_that_has_had_two_levels_is_a_warning(check):
    values = [2000, 2400, 1900, 2200, 2100, 2300, 1.8, 1.5, 2.1, 1.9]
    assert said(check(indicators=years("utilised_foreign_capital", values, "万美元"))) == [
        (row, "value", "warning") for row in range(8, 12)
    ]
    assert said(check(indicators=years("utilised_foreign_capital", values[:8], "万美元"))) == [
        (row, "value", "error") for row in (8, 9)
    ]


def test_a_first_month_is_compared_by_its_pace(check):
    rows = [row(f"2022-{m:02d}", "invoiced_sales", value) for m, value in ((1, 4.0), (10, 140.0), (11, 152), (12, 165))]
    assert check(indicators=rows) == []
    rows[0]["value"] = 4e4
    assert (2, "value", "error") in said(check(indicators=rows))


def test_a_rank_says_of_how_many(check):
    rows = [row("2022-12", "invoiced_sales", 165, rank=3), row("2022-12", "treasury_tax", 3, rank=3, rank_of=9)]
    assert said(check(indicators=rows)) == [(2, "rank_of", "warning")]


def test_a_period_that_was_not_over_when_its_source_came_out(check):
    day = datetime.date(2022, 12, 20)
    rows = [row("2022-11", "invoiced_sales", 152), row("2022-12", "invoiced_sales", 165)]
    events = [{"period": "2022", "enterprise": "a", "code": "little_giants_new"}] * 2
    faults = check(indicators=rows, recognitions=events, published=day)
    assert [(fault.file, *said([fault])[0]) for fault in faults] == [
        ("indicators.csv", 3, "period", "warning"),
        ("recognitions.csv", 2, "period", "warning"),
    ]
    assert check(indicators=[row("2022-12", "invoiced_sales", 165, qualifier="estimate")], published=day) == []
    assert check(indicators=rows, published=datetime.date(2022, 12, 31)) == []


NUMBERS = st.none() | st.sampled_from([0.0, -1.0, 1.0, 3.0, 165.0, 5.45]) | st.floats(-1e9, 1e9)


def test_no_typed_table_breaks_a_check(check, dictionary):
    codes = list(dictionary.indicators.index)
    line = st.fixed_dictionaries(
        {
            "period": st.sampled_from(["2021", "2021-12", "2022", "2022-01", "2022-12", "2022Q3", "2022H1"]),
            "code": st.sampled_from(codes),
            "park": st.sampled_from(["", *PARKS]),
            "value": NUMBERS,
            "growth_pct": NUMBERS,
            "rank": NUMBERS,
            "qualifier": st.sampled_from(["", "estimate", "lower_bound", "approximate", "decreased", "including"]),
            "unit_number": st.integers(0, 5),
        }
    )
    event = st.fixed_dictionaries(
        {
            "period": st.sampled_from(["2021", "2022", "2022-06", "2022Q3"]),
            "code": st.sampled_from(codes[:40]),
            "enterprise": st.sampled_from(["a", "b"]),
            "value": NUMBERS,
            "unit_number": st.integers(0, 5),
        }
    )

    def with_unit(rows):
        for one in rows:
            units = dictionary.allowed_units[one["code"]]
            one["unit"] = units[one["unit_number"] % len(units)]
        return rows

    @settings(max_examples=40)
    @given(st.lists(line, max_size=8), st.lists(event, max_size=4))
    def holds(rows, events):
        faults = check(indicators=with_unit(rows), talents=with_unit(events), recognitions=events, parks=PARKS)
        for fault in faults:
            assert fault.severity in ("error", "warning")
            assert 2 <= fault.row < len(rows) + 2 or fault.file != "indicators.csv"
            assert "\n" not in str(fault)

    holds()


def test_a_source_gives_no_figures_of_a_time_after_what_it_covers():
    source = Source(id="s", title="月报", publisher="统计局", place="某市", covers="2022/2023")
    about = ZoneFile(name_zh="甲", name_en="A", place_zh="某市", origin="synthetic", sources=(source,))
    rows = pd.DataFrame({"period": ["2021", "2023-12", "2024-01"], "source": "s"}, index=[2, 3, 4])
    (fault,) = covers_faults({"governance": rows}, about)
    assert (fault.row, fault.column, fault.value, fault.severity) == (4, "period", "2024-01", "warning")
    assert "2022/2023" in fault.expected


def test_a_task_is_done_on_a_day_after_it_was_set():
    rows = pd.DataFrame(
        {"status": ["done", "open", "done"], "set_on": ["2022-01-05", "", "2022-03-01"], "done": "2022-02-01"},
        index=[2, 3, 4],
    )
    assert [(fault.row, fault.column) for fault in task_faults(rows)] == [(3, "status"), (4, "done")]
