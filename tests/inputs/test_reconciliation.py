"""Ledgers that list less, the same or more than what is published."""

from types import SimpleNamespace

import pandas as pd
import pytest

from zonereport.inputs import load_dictionary
from zonereport.inputs.consistency import consistency_faults
from zonereport.inputs.schemas import read_tables

FIRMS = [
    {"enterprise": "a", "park": "east", "industry": "C39"},
    {"enterprise": "b", "park": "west", "industry": "C17"},
    {"enterprise": "c", "park": "", "industry": ""},
    {"enterprise": "shop", "park": "west", "industry": "F52"},
]


@pytest.fixture(scope="module")
def check(root):
    """Faults of tables given as lists of dicts, as (row, severity, expectation)."""
    dictionary = load_dictionary(root)
    schemas = read_tables(dictionary.tables)
    about = SimpleNamespace(parks=[], sources=[], ledger="complete")

    def typed(name, rows):
        table = schemas[name]
        cells = [[row.get(c, None if c in table.numbers else "") for c in table.columns] for row in rows]
        frame = pd.DataFrame(cells, columns=table.columns, index=range(2, len(rows) + 2))
        return frame.astype({c: "float64" if c in table.numbers else "str" for c in table.columns})

    def run(**tables):
        frames = {name: rows if hasattr(rows, "exists") else typed(name, rows) for name, rows in tables.items()}
        faults = consistency_faults(frames, dictionary, about)
        assert {(fault.file, fault.column) for fault in faults} <= {("indicators.csv", "value")}
        return [(fault.row, fault.severity, fault.expected) for fault in faults]

    return run


def published(code, value, unit, period="2022", **more):
    return {"period": period, "code": code, "value": value, "unit": unit, **more}


def titles(*periods, code="little_giants_new"):
    return [{"period": p, "enterprise": f"e{n}", "code": code} for n, p in enumerate(periods)]


@pytest.mark.parametrize("table", ["recognitions", "platforms"])
@pytest.mark.parametrize(
    ("count", "found"),
    [
        (2, []),
        (3, [(2, "warning", "2 家, what {}.csv adds up to by 2022 (2 rows), or more rows there")]),
        (1, [(2, "error", "at least 2 家, what {}.csv adds up to by 2022 (2 rows)")]),
    ],
)
def test_counts(check, table, count, found):
    made = check(indicators=[published("little_giants_new", count, "家")], **{table: titles("2022", "2022-08")})
    assert made == [(row, severity, text.format(table)) for row, severity, text in found]


def test_a_year_or_a_code_without_a_row_is_not_judged(check):
    rows = [published("little_giants_new", 5, "家", "2021"), published("hightech_recognised", 9, "家")]
    assert check(indicators=rows, recognitions=titles("2022")) == []


def test_a_ledger_is_counted_up_to_each_month(check):
    rows = [published("little_giants_new", n, "家", f"2022-{month:02d}") for month, n in ((6, 1), (9, 2), (12, 3))]
    assert check(indicators=rows, recognitions=titles("2022-05", "2022-09", "2022-11")) == []
    found = check(indicators=rows, recognitions=titles("2022-05", "2022-06", "2022-11"))
    assert [(row, severity) for row, severity, _ in found] == [(2, "error")]


def test_rows_of_a_year_may_lie_in_any_of_its_months(check):
    rows = [published("little_giants_new", 1, "家", "2022-06")]
    assert check(indicators=rows, recognitions=titles("2022", "2022")) == []


def test_the_park_of_the_enterprise_counts(check):
    rows = [published("little_giants_new", 2, "家"), published("little_giants_new", 2, "家", park="east")]
    listed = [{"period": "2022", "enterprise": firm, "code": "little_giants_new"} for firm in ("a", "b")]
    found = check(indicators=rows, recognitions=listed, enterprises=FIRMS)
    assert found == [(3, "warning", "1 家, what recognitions.csv adds up to by 2022 (1 rows), or more rows there")]


def test_talents_may_be_reported_month_by_month_or_as_totals(check):
    rows = [published("talents_recruited", 5, "人")]
    added = [
        {"period": p, "enterprise": "a", "code": "talents_recruited", "value": n, "unit": "人"}
        for p, n in (("2022-03", 2), ("2022-09", 3))
    ]
    total = [added[0], added[1] | {"value": 5}]
    assert check(indicators=rows, talents=added) == []
    assert check(indicators=rows, talents=total) == []
    assert [severity for _, severity, _ in check(indicators=rows, talents=[added[0]])] == ["warning"]
    assert [s for _, s, _ in check(indicators=rows, talents=[added[0] | {"value": 6}])] == ["error"]


def test_pledges_are_added_in_the_unit_of_the_code(check):
    rows = [published("ip_pledge_finance", 0.825, "亿元")]
    pledges = [
        {"pledge": "p1", "period": "2022-03", "enterprise": "a", "amount": 8000, "unit": "万元"},
        {"pledge": "p2", "period": "2022-09", "enterprise": "b", "amount": 2500000, "unit": "元"},
    ]
    assert check(indicators=rows, ip_pledges=pledges) == []
    pledges[1]["amount"] = 3500000
    assert check(indicators=rows, ip_pledges=pledges) == [
        (2, "error", "at least 8350 万元, what ip_pledges.csv adds up to by 2022 (2 rows)")
    ]


def test_land_and_a_published_bound(check):
    plots = [
        {"plot": f"l{n}", "period": "2022", "area": 300, "unit": "亩", "tax_gained_10k_yuan": 310} for n in range(3)
    ]
    bounds = [
        published("land_renewed", 850, "亩", qualifier="lower_bound"),
        published("land_renewed_tax", 900, "万元", qualifier="lower_bound"),
    ]
    assert check(indicators=bounds, land=plots) == []
    assert [(r, s) for r, s, _ in check(indicators=bounds, land=plots[:2])] == [(2, "warning"), (3, "warning")]
    exact = [published("land_renewed", 850, "亩")]
    assert [(r, s) for r, s, _ in check(indicators=exact, land=plots)] == [(2, "error")]
    hectares = [plot | {"area": 20, "unit": "公顷"} for plot in plots]
    assert check(indicators=[published("land_renewed", 900, "亩")], land=hectares) == []


def months(*sales, period="2022-12"):
    return [
        {"period": period, "enterprise": firm["enterprise"], "invoiced_sales_10k_yuan": amount, "tax_10k_yuan": None}
        for firm, amount in zip(FIRMS, sales, strict=True)
    ]


@pytest.mark.parametrize(
    ("sales", "found"),
    [
        ((900_000, 650_000, 100_000, 0), []),
        ((900_000, 650_000, 0, 99_999_999), ["warning"]),
        ((900_000, 760_000, 0, 0), ["error"]),
        ((900_000, 650_000, 99_999_999, 0), []),
        ((900_000, 654_000, 100_000, 0), []),
        ((400_000, 100_000, 0, 0), ["warning"]),
    ],
    ids=["all", "services do not count", "more", "perhaps industry", "rounded", "less"],
)
def test_sales_of_industry_against_the_published_sum(check, sales, found):
    tables = {"indicators": [published("invoiced_sales", 165, "亿元")], "enterprises": FIRMS}
    made = check(**tables, enterprise_months=months(*sales))
    assert [severity for _, severity, _ in made] == found


def test_only_the_same_period_and_what_is_reported_is_compared(check):
    tables = {"indicators": [published("invoiced_sales", 165, "亿元", "2022-11"), published("treasury_tax", 3, "亿元")]}
    assert check(**tables, enterprises=FIRMS, enterprise_months=months(1, 1, 1, 1)) == []


def test_months_without_a_list_of_enterprises_can_exceed_nothing(check):
    tables = {"indicators": [published("invoiced_sales", 165, "亿元")]}
    assert check(**tables, enterprise_months=months(900_000, 900_000, 0, 0)) == []


def test_a_folder_of_parquet_files_is_reconciled_too(check, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    folder = tmp_path / "enterprise_months" / "period=2022-12"
    folder.mkdir(parents=True)
    duckdb.sql("SELECT 'a' AS enterprise, 1.9e6::DOUBLE AS invoiced_sales_10k_yuan").write_parquet(
        str(folder / "part.parquet")
    )
    tables = {"indicators": [published("invoiced_sales", 165, "亿元")], "enterprise_months": folder.parent}
    assert [(r, s) for r, s, _ in check(**tables, enterprises=FIRMS)] == [(2, "error")]
    assert check(**tables) == []
