"""A folder of Parquet files is held to what a CSV is held to."""

import duckdb
import pandas as pd
import pytest

from zonereport.inputs import load_dictionary
from zonereport.inputs.parquet import doubled_faults, parquet_faults
from zonereport.inputs.schemas import read_tables

GOOD = "SELECT 'a' AS enterprise, 1.5 AS invoiced_sales_10k_yuan, 3 AS employees, 's' AS source"


@pytest.fixture(scope="module")
def table(root):
    return read_tables(load_dictionary(root).tables)["enterprise_months"]


@pytest.fixture
def faults(tmp_path, table):
    """Write queries as Parquet files by period and say what is found, as (file, column, value)."""

    def run(**queries):
        folder = tmp_path / "enterprise_months"
        for period, query in queries.items():
            path = folder / f"period={period.lstrip('p').replace('_', '-')}" / "part.parquet"
            path.parent.mkdir(parents=True)
            path.write_bytes(query) if isinstance(query, bytes) else duckdb.sql(query).write_parquet(str(path))
        folder.mkdir(exist_ok=True)
        return [(fault.file, fault.column, fault.value) for fault in parquet_faults(folder, table, {"a", "b", "7"})]

    return run


def test_a_sound_folder(faults):
    assert faults(p2022_11=GOOD, p2022_12=f"{GOOD} UNION ALL SELECT 'b', NULL, NULL, 's'") == []


def test_what_is_wrong_with_files(faults):
    found = faults(
        p2022_13=GOOD,
        p2022_10=b"not parquet",
        p2022_11=GOOD.replace("1.5", "'1,5'"),
        p2022_12=GOOD.replace("AS source", "AS sauce"),
    )
    assert [(file.removeprefix("enterprise_months/"), column) for file, column, _ in found] == [
        ("period=2022-10/part.parquet", None),
        ("period=2022-11/part.parquet", "invoiced_sales_10k_yuan"),
        ("period=2022-12/part.parquet", "source"),
        ("period=2022-12/part.parquet", "sauce"),
        ("period=2022-13/part.parquet", None),
    ]


def test_what_is_wrong_with_rows(faults):
    assert faults(p2022_12=f"{GOOD} UNION ALL {GOOD} UNION ALL SELECT 'x', 'nan'::DOUBLE, 2, 's'") == [
        ("enterprise_months/", "invoiced_sales_10k_yuan", "1 cells"),
        ("enterprise_months/", "period+enterprise", "2022-12 a"),
        ("enterprise_months/", "enterprise", "x"),
    ]


@pytest.mark.parametrize(("cell", "found"), [("'yes'", []), ("''", []), ("'Yes'", ["Yes"]), ("true", ["true"])])
def test_a_choice_is_one_of_its_texts(faults, cell, found):
    # a yes written as a truth value would be on no register
    rows = f"{GOOD}, {cell} AS above_scale UNION ALL SELECT 'b', NULL, NULL, 's', NULL"
    assert faults(p2022_12=rows) == [("enterprise_months/", "above_scale", text) for text in found]


def test_a_folder_without_a_period_is_none(faults):
    assert faults(p=GOOD) == [("enterprise_months/period=/part.parquet", None, "period=")]


def test_an_id_written_as_a_number_is_no_id(faults):
    assert faults(p2022_12=GOOD.replace("'a'", "7")) == [("enterprise_months/", "enterprise", "7")]


def test_an_empty_folder(faults):
    assert faults() == [("enterprise_months/", None, None)]


def test_a_row_that_the_csv_beside_it_has_too_would_count_twice(faults, tmp_path):
    assert faults(p2022_11=GOOD, p2022_12=GOOD) == []
    rows = [("2022-10", "a"), ("2022年1-12月", "a"), ("2022-12", "b")]
    frame = pd.DataFrame(rows, columns=["period", "enterprise"], index=[2, 3, 4])
    (fault,) = doubled_faults(tmp_path / "enterprise_months", frame)
    assert (fault.file, fault.row, fault.value) == ("enterprise_months.csv", 3, "a")
    assert doubled_faults(tmp_path / "enterprise_months", frame[:1]) == []
