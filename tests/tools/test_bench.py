"""The benchmark's table; the benchmark itself is no test."""

import re

import pytest

from tools.bench import measuring, table
from tools.bench.routes import Cells, Route


@pytest.fixture
def routes():
    names = ("by hand", "kernel", "fork", "nothing")
    measured = (([40.0, 44.0, 42.0], 40.0), ([20.0], 20.0), ([7.0], 10.0), ([0.25], 0.25))
    return [Route(name, print, wall, [cpu], 300.4, 120.2) for name, (wall, cpu) in zip(names, measured, strict=True)]


def test_table(routes):
    batch = Route("20 zones", print, [84.0], [150.0], 700, 200, reports=20)
    cells = Cells(shared=4.0, alone=20.0)
    text = table.render(routes, [batch], cells, 8, zone="demo", repeat=3, load=0.1)
    assert "| by hand | 42.0 | 40.0-44.0 | 1.0 | 40.0 | 2.00 | 300 | 120 |" in text
    assert "| fork | 7.0 |  | 6.0 | 10.0 | 0.50 | 300 | 120 |" in text
    assert "| nothing | 0.25 |" in text
    assert "| 20 zones | 84.0 |  | 10.0 | 150.0 | 0.38 | 700 | 200 |" in text
    assert "| 4.0 | 0.20 | | |" in text
    whole = " ".join(text.split("\n"))
    assert "20 zones: 4.20 s wall and 7.5 s CPU a report." in whole
    assert "20 times the first route's median, 840 s (computed)" in whole
    assert "takes 2.5 times as much as that" in whole
    assert re.search(r"on \d{4}-\d\d-\d\d: \d+ cores, \d+ GB of memory,\n\w+, Python 3\.\d+\.\d+; median of 3", text)
    assert "/" not in re.sub(r"CPU / cells", "", text), "no path of a machine"


def test_memory_is_that_of_the_processes_that_a_route_starts(tmp_path):
    code = "import time; held = bytearray(60_000_000); time.sleep(1.5)"
    route = Route("holds", lambda: measuring._call([measuring.sys.executable, "-c", code], tmp_path))
    measuring._watch(route, 0.1)
    assert 60 < route.largest <= route.peak


def test_time_counts_the_processes_that_a_route_starts(tmp_path):
    route = Route(
        "busy", lambda: measuring._call(["sh", "-c", "i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done"], tmp_path)
    )
    measuring._time(route)
    assert route.wall[0] > 0
    assert route.cpu[0] > 0


def test_a_route_that_fails_ends_the_benchmark(tmp_path):
    with pytest.raises(SystemExit, match="ended with 3: why"):
        measuring._call(["sh", "-c", "echo why >&2; exit 3"], tmp_path)
