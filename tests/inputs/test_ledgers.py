"""One contract for a frame, a CSV and a folder of Parquet files, small ledgers and large ones."""

import dataclasses
import json
import os
import subprocess
import sys

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from zonereport.inputs import Refused, load_zone
from zonereport.inputs.ledgers import (
    AMOUNTS,
    enterprise_rows,
    enterprise_spans,
    enterprise_totals,
    ledger_of,
    ledger_values,
)

ENTERPRISES = pd.DataFrame(
    {"enterprise": ["a", "b", "c"], "park": ["east", "west", ""], "industry": ["C39", "", "I65"]}, dtype="str"
)


def months(rows: list[tuple]) -> pd.DataFrame:
    """The typed table: period, enterprise, sales, tax; the other amounts are missing."""
    frame = pd.DataFrame(rows, columns=["period", "enterprise", "invoiced_sales_10k_yuan", "tax_10k_yuan"])
    for name in AMOUNTS:
        frame[name] = frame[name].astype("float64") if name in frame else float("nan")
    frame = frame.assign(above_scale="yes", source="s", period=frame["period"].astype("str"))
    return frame.astype({"enterprise": "str", "above_scale": "str", "source": "str"})


def as_parquet(frame: pd.DataFrame, folder):
    """Write ``frame`` as period=…/part.parquet, the way large ledgers stand in a zone."""
    connection = duckdb.connect()
    for period, rows in frame.groupby("period"):
        target = folder / f"period={period}"
        target.mkdir(parents=True, exist_ok=True)
        connection.register("rows", rows.drop(columns="period").astype({"enterprise": "object"}))
        connection.execute(f"COPY (SELECT * FROM rows) TO '{target}/part.parquet' (FORMAT parquet)")
    connection.close()
    return folder


def as_csv(frame: pd.DataFrame, path):
    frame.to_csv(path, index=False, encoding="utf-8")
    return path


SMALL = months(
    [
        ("2022-11", "a", 100.5, 3.0),
        ("2022-12", "a", 120.25, None),
        ("2022-12", "b", 80.0, None),
        ("2022-12", "c", 0.1, 7.0),
        ("2022-12", "new", 0.2, 1.0),
    ]
)


def test_sums_counts_and_what_is_missing():
    made = enterprise_totals(
        SMALL, by=["period", "park"], columns=["invoiced_sales_10k_yuan", "tax_10k_yuan"], enterprises=ENTERPRISES
    )
    assert made.to_dict("list") == {
        "period": ["2022-11", "2022-12", "2022-12", "2022-12"],
        "park": ["east", "", "east", "west"],
        "enterprises": [1, 2, 1, 1],
        "invoiced_sales_10k_yuan": [100.5, 0.3, 120.25, 80.0],
        "invoiced_sales_10k_yuan_missing": [0, 0, 0, 0],
        "tax_10k_yuan": [3.0, 8.0, pytest.approx(float("nan"), nan_ok=True), pytest.approx(float("nan"), nan_ok=True)],
        "tax_10k_yuan_missing": [0, 0, 1, 1],
    }


@pytest.mark.parametrize("kind", ["csv", "parquet", "both"])
def test_every_kind_of_source_gives_the_same_frame(tmp_path, kind):
    source = {
        "csv": lambda: as_csv(SMALL, tmp_path / "enterprise_months.csv"),
        "parquet": lambda: as_parquet(SMALL, tmp_path / "enterprise_months"),
        "both": lambda: [SMALL[:2], as_parquet(SMALL[2:], tmp_path / "enterprise_months")],
    }[kind]()
    for by in (["period"], ["period", "park"], ["industry", "period", "enterprise"], ["period", "above_scale"]):
        asked = {"by": by, "columns": list(AMOUNTS), "enterprises": ENTERPRISES}
        assert_frame_equal(enterprise_totals(source, **asked), enterprise_totals(SMALL, **asked))


@pytest.mark.parametrize("kind", ["frame", "csv", "parquet", "both"])
def test_single_rows_and_spans_are_the_same_from_every_kind_of_source(tmp_path, kind):
    frame = SMALL.assign(above_scale=["no", "yes", "", "no", "yes"]).astype({"above_scale": "str"})
    source = {
        "frame": lambda: frame[::-1],
        "csv": lambda: as_csv(frame, tmp_path / "enterprise_months.csv"),
        "parquet": lambda: as_parquet(frame, tmp_path / "enterprise_months"),
        "both": lambda: [frame[:2], as_parquet(frame[2:], tmp_path / "enterprise_months")],
    }[kind]()
    rows = enterprise_rows(source, periods=["2022-12", "2030-01"], columns=["tax_10k_yuan"], only=["a", "c", "x"])
    assert rows.values.tolist() == [
        ["2022-12", "a", "yes", pytest.approx(float("nan"), nan_ok=True)],
        ["2022-12", "c", "no", 7.0],
    ]
    assert list(rows) == ["period", "enterprise", "above_scale", "tax_10k_yuan"]
    assert_frame_equal(
        enterprise_rows(source, periods=["2022-11", "2022-12"], columns=[*AMOUNTS]),
        enterprise_rows(frame, periods=["2022-11", "2022-12"], columns=[*AMOUNTS]),
    )
    rows = enterprise_rows(source, periods=["2022-11"], columns=["source", "tax_10k_yuan"])
    assert rows.values.tolist() == [["2022-11", "a", "no", "s", 3.0]]
    spans = enterprise_spans(source, periods=["2022-11", "2022-12"])
    assert spans.values.tolist() == [["a", 0, 1, 1, 1], ["b", 1, 1, -1, -1], ["c", 1, 1, -1, -1], ["new", 1, 1, 1, 1]]
    assert list(spans) == ["enterprise", "first", "last", "first_above", "last_above"]
    assert enterprise_spans(source, periods=["2022-11"], only=["a", "b"])["enterprise"].tolist() == ["a"]
    assert ledger_values(source, column="period") == ["2022-11", "2022-12"]
    assert ledger_values(source, column="source", periods=["2022-12"]) == ["s"]
    asked = {"by": ["period"], "columns": ["tax_10k_yuan"], "periods": ["2022-12"]}
    assert enterprise_totals(source, **asked).values.tolist() == [["2022-12", 4, 8.0, 2]]
    with pytest.raises(Refused, match="colour"):
        enterprise_rows(source, periods=["2022-12"], columns=["colour"])


def test_rows_of_no_period_keep_their_columns(tmp_path):
    for source in (SMALL, as_parquet(SMALL, tmp_path / "enterprise_months")):
        made = enterprise_rows(source, periods=[], columns=["tax_10k_yuan"])
        assert made.empty
        assert made["tax_10k_yuan"].dtype == "float64"
        assert enterprise_spans(source, periods=["2030-01"]).empty


def test_where_the_ledger_of_a_zone_is(root, tmp_path):
    demo, bare = load_zone("demo", root), load_zone("yizheng", root)
    assert ledger_of(bare) is None
    assert ledger_of(demo) is demo.tables["enterprise_months"]
    part = tmp_path / "enterprise_months" / "period=2022-12" / "part.parquet"
    both = dataclasses.replace(demo, files=(*demo.files, part))
    assert [type(one) for one in ledger_of(both)] == [pd.DataFrame, type(tmp_path)]
    only = dataclasses.replace(both, tables={k: v for k, v in both.tables.items() if k != "enterprise_months"})
    assert ledger_of(only) == tmp_path / "enterprise_months"


def test_a_period_of_a_csv_may_be_written_in_chinese(tmp_path):
    path = as_csv(SMALL.assign(period="2022年1-12月"), tmp_path / "enterprise_months.csv")
    assert enterprise_totals(path, by=["period"], columns=["tax_10k_yuan"])["period"].tolist() == ["2022-12"]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2021-12", "2022-11", "2022-12"]),
        st.sampled_from(["a", "b", "c", "d'e", "万润"]),
        st.none() | st.decimals(-(10**9), 10**9, places=4).map(float),
        st.none() | st.floats(-1e6, 1e6, allow_nan=False),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_any_ledger_sums_to_the_same_bits_in_any_order(tmp_path_factory, rows):
    frame = months(rows)
    path = as_csv(frame, tmp_path_factory.mktemp("ledger") / "enterprise_months.csv")
    asked = {"by": ["period", "park"], "columns": list(AMOUNTS), "enterprises": ENTERPRISES}
    expected = enterprise_totals(frame, **asked)
    assert_frame_equal(enterprise_totals(path, **asked), expected)
    assert_frame_equal(enterprise_totals(frame[::-1], **asked), expected)


def test_what_is_refused(tmp_path):
    with pytest.raises(Refused, match="name period in by"):
        enterprise_totals(SMALL, by=["park"], columns=["tax_10k_yuan"])
    for source in (SMALL, as_csv(SMALL, tmp_path / "enterprise_months.csv")):
        with pytest.raises(Refused, match=r"^enterprise_months: .*colour"):
            enterprise_totals(source, by=["period", "colour"], columns=["tax_10k_yuan"])
    with pytest.raises(Refused, match="no Parquet file"):
        enterprise_totals(tmp_path, by=["period"], columns=["tax_10k_yuan"])
    broken = tmp_path / "broken" / "period=2022-12"
    broken.mkdir(parents=True)
    (broken / "a.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(Refused) as caught:
        enterprise_totals(broken.parent, by=["period"], columns=["tax_10k_yuan"])
    assert "\n" not in str(caught.value)
    huge = months([("2022-12", "a", 1e18, 0.0)])
    for source in (huge, as_csv(huge, tmp_path / "huge.csv")):
        with pytest.raises(Refused):
            enterprise_totals(source, by=["period"], columns=["invoiced_sales_10k_yuan"])


GENERATE = """
import duckdb, sys
folder, rows, periods = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
c = duckdb.connect()
c.execute("SET enable_progress_bar = false")
c.execute(f'''COPY (
  SELECT strftime(DATE '2000-01-01' + to_months((i % {periods})::INT), '%Y-%m') AS period,
         'e' || (i // {periods}) AS enterprise,
         round(exp(8 - 4 * ((hash(i) % 1000003) / 1000003.0)) * (1 + i % 12), 2) AS invoiced_sales_10k_yuan,
         round(((hash(i + 7) % 99991) / 1000.0), 2) AS tax_10k_yuan,
         CASE WHEN i % 12 = 11 THEN round((hash(i + 9) % 9973) / 100.0, 2) END AS rd_10k_yuan,
         (hash(i + 3) % 500)::DOUBLE AS employees, 'yes' AS above_scale, 's' AS source
  FROM range({rows}) t(i)) TO '{folder}' (FORMAT parquet, PARTITION_BY (period))''')
"""
AGGREGATE = """
import json, resource, sys, time
from pathlib import Path
import pandas as pd
from zonereport.inputs.ledgers import enterprise_totals
folder, rows, periods, memory = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
names = [f"e{n}" for n in range(rows // periods)]
parks = pd.DataFrame({"enterprise": names, "park": [f"p{n % 5}" for n in range(len(names))]}, dtype="str")
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
asked = {"columns": ["invoiced_sales_10k_yuan", "tax_10k_yuan", "rd_10k_yuan"], "memory": memory}
clock = time.perf_counter()
totals = enterprise_totals(folder, by=["period", "park"], enterprises=parks, **asked)
first = time.perf_counter() - clock
import duckdb
c = duckdb.connect(config={"memory_limit": memory, "preserve_insertion_order": "false"})
c.register("parks", parks.astype("object"))
read = f"read_parquet('{folder}/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)"
clock = time.perf_counter()
bare = c.execute(f'''SELECT period, park, count(*), sum(invoiced_sales_10k_yuan), sum(tax_10k_yuan), sum(rd_10k_yuan)
    FROM {read} LEFT JOIN parks USING (enterprise) GROUP BY ALL ORDER BY ALL''').df()
second = time.perf_counter() - clock
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
close = (totals["invoiced_sales_10k_yuan"] - bare.iloc[:, 3]).abs().max() < 1e-3
print(json.dumps({"rows": int(totals["enterprises"].sum()), "groups": len(totals), "same": bool(close),
    "totals_seconds": first, "bare_totals_seconds": second,
    "peak_rss_mb": peak / 1024, "before_mb": base / 1024}))
"""


def large(folder, rows: int, periods: int, memory: str) -> dict:
    """Make a ledger and add it up, each in a process of its own; what came out, with seconds and memory."""
    arguments = [str(folder), str(rows), str(periods)]
    subprocess.run([sys.executable, "-c", GENERATE, *arguments], check=True)
    command = [sys.executable, "-c", AGGREGATE, *arguments, memory]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_two_hundred_thousand_rows(tmp_path):
    made = large(tmp_path / "enterprise_months", 200_000, 40, "256MB")
    assert made["same"]
    assert (made["rows"], made["groups"]) == (200_000, 40 * 5)


@pytest.mark.skipif("ZONEREPORT_TEN_MILLION" not in os.environ, reason="set ZONEREPORT_TEN_MILLION to run it")
def test_ten_million_rows(tmp_path):
    made = large(tmp_path / "enterprise_months", 10_000_000, 100, "2GB")
    print(json.dumps(made, indent=1))
    assert made["same"]
    assert (made["rows"], made["groups"]) == (10_000_000, 100 * 5)
