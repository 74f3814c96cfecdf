"""The benchmark's table; the benchmark itself is no test."""

import argparse
import re
import time

import pytest

from zonereport.run import bench


@pytest.fixture
def routes():
    names = ("by hand", "kernel", "fork", "nothing")
    measured = (([40.0, 44.0, 42.0], 40.0), ([20.0], 20.0), ([7.0], 10.0), ([0.25], 0.25))
    return [bench.Route(name, print, wall, [cpu], 300.4) for name, (wall, cpu) in zip(names, measured, strict=True)]


def test_table(routes):
    options = argparse.Namespace(zone="demo", repeat=3, zones=20, load=0.1)
    batch = bench.Route("20 reports", print, [84.0], [150.0])
    text = bench.render(routes, 4.0, 8, options, batch)
    assert "| by hand | 42.0 | 40.0-44.0 | 1.0 | 40.0 | 10.0 | 300 |" in text
    assert "| fork | 7.0 | 7.0-7.0 | 6.0 | 10.0 | 2.5 | 300 |" in text
    assert "| nothing | 0.25 |" in text
    assert "840 s (computed, not measured), 10.0 times as long" in " ".join(text.split("\n"))
    assert re.search(r"on \d{4}-\d\d-\d\d: \d+ cores, \d+ GB of memory,\n\w+, Python 3\.\d+\.\d+; median of 3", text)
    assert "/" not in re.sub(r"CPU / cells|docs/benchmarks", "", text), "no path of a machine"


def test_time_counts_the_processes_that_a_route_starts(tmp_path):
    route = bench.Route(
        "busy", lambda: bench._call(["sh", "-c", "i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done"], tmp_path)
    )
    began = time.perf_counter()
    bench._time(route)
    assert 0 < route.wall[0] <= time.perf_counter() - began
    assert route.cpu[0] > 0


def test_a_route_that_fails_ends_the_benchmark(tmp_path):
    with pytest.raises(SystemExit, match="ended with 3: why"):
        bench._call(["sh", "-c", "echo why >&2; exit 3"], tmp_path)
