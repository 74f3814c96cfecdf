"""A ledger of ten million rows through a whole report: seconds against DuckDB's bare aggregation, and memory."""

import csv
import json
import os
import resource
import runpy
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import psutil
import pytest

GIGABYTE = 1 << 30
# eight years of 104 167 enterprises; the sums of the demo zone, made so much larger, are above theirs
PERIODS, ROWS, LARGER = 96, 10_000_032, 2500
# industry and services in turn, as the demo zone has them
INDUSTRIES = ("C3391", "C3812", "I6513", "C2710", "C3985")
BARE = """
import duckdb, sys, time
c = duckdb.connect(config={"memory_limit": "4GB", "preserve_insertion_order": "false"})
clock = time.perf_counter()
found = c.execute(f'''SELECT period, count(*), sum(invoiced_sales_10k_yuan), sum(tax_10k_yuan), sum(rd_10k_yuan),
    sum(employees) FROM read_parquet('{sys.argv[1]}/**/*.parquet', hive_partitioning = true,
    hive_types_autocast = false) GROUP BY ALL ORDER BY ALL''').fetchall()
print(time.perf_counter() - clock, sum(row[1] for row in found))
"""


def large_zone(root: Path, target: Path, *, rows: int, periods: int) -> Path:
    """A project whose zone ``large`` is the demo zone with other enterprises and their ledger in Parquet files."""
    shutil.copytree(root / "notebooks", target / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(root / "data/dictionary", target / "data/dictionary")
    shutil.copy(root / "reports.yml", target)
    zone = target / "data/large"
    zone.mkdir()
    for name in ("zone.yml", "peers.csv"):
        shutil.copy(root / "data/demo" / name, zone)
    # the zone's own totals must cover what its ledger adds up to
    figures = pd.read_csv(root / "data/demo/indicators.csv", dtype="str", keep_default_na=False)
    larger = figures["code"].isin(["invoiced_sales", "treasury_tax"]) & (figures["value"] != "")
    figures.loc[larger, "value"] = [f"{float(value) * LARGER:.2f}" for value in figures.loc[larger, "value"]]
    figures.to_csv(zone / "indicators.csv", index=False, encoding="utf-8", lineterminator="\n")
    with (zone / "enterprises.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["enterprise", "name", "industry", "park", "founded", "source"])
        for number in range(rows // periods):
            park = ("yunjin", "xinglan", "chuanhe")[number % 3]
            industry = INDUSTRIES[number % len(INDUSTRIES)]
            writer.writerow([f"e{number}", f"企业{number}", industry, park, "2010-01", "ledger"])
    # the generator of the inputs' own test, moved so that it ends with 2022-12
    generate = runpy.run_path(str(root / "tests/inputs/test_ledgers.py"))["GENERATE"]
    start = 2022 * 12 + 12 - periods
    generate = generate.replace("2000-01-01", f"{start // 12}-{start % 12 + 1:02}-01").replace("'s' AS", "'ledger' AS")
    command = [sys.executable, "-c", generate, str(zone / "enterprise_months"), str(rows), str(periods)]
    subprocess.run(command, check=True)
    return target


def peak_of(process: subprocess.Popen) -> tuple[float, float]:
    """Wait for a process; the most memory (PSS, in GiB) that it and its descendants held at a time, and its seconds."""
    began, most, over = time.perf_counter(), 0, threading.Event()
    while process.poll() is None:
        held = 0
        for one in (psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)):
            try:
                held += one.memory_full_info().pss
            except psutil.Error:
                continue
        most = max(most, held)
        over.wait(0.3)
    return most / GIGABYTE, time.perf_counter() - began


@pytest.mark.skipif("ZONEREPORT_TEN_MILLION" not in os.environ, reason="set ZONEREPORT_TEN_MILLION to run it")
def test_ten_million_rows_through_a_whole_report(root, tmp_path):
    project = large_zone(root, tmp_path, rows=ROWS, periods=PERIODS)
    bare = []
    for _ in range(3):
        command = [sys.executable, "-c", BARE, str(project / "data/large/enterprise_months")]
        seconds, counted = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        assert int(counted) == ROWS
        bare.append(float(seconds))
    command = [sys.executable, "-m", "zonereport", "run", "large", "--period", "2022-12"]
    with (project / "said.txt").open("w+", encoding="utf-8") as said:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        peak, seconds = peak_of(subprocess.Popen(command, cwd=project, stdout=said, stderr=subprocess.STDOUT))
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        said.seek(0)
        text = said.read()
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    figures = {"seconds": seconds, "cpu": cpu, "bare": sorted(bare)[1], "ratio": seconds / sorted(bare)[1]}
    print(text[:3000], json.dumps(figures | {"peak_gib": peak}, indent=1), sep="\n")
    assert "report.pdf" in text, text[:3000]
    manifest = json.loads((project / "reports/large/2022-12/manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "complete", text[:3000]
    assert peak < 8
