"""Many editions side by side: what is said of them, who waits for whom, and who stops."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace

import pytest

from zonereport.run import batch, cluster, pools
from zonereport.run.limits import Limits
from zonereport.run.pools import Halted, Local, Stoppable
from zonereport.run.staging import staged
from zonereport.run.summary import Progress, Result

GOOD = "print('well')"


@pytest.fixture
def order(make):
    """Return a function that makes an order of chapters."""

    def of(chapters, patience=0.0, **changes):
        return batch.Order(make(chapters, formats=("html",), **changes), "fork", Limits(), patience=patience)

    return of


@pytest.fixture
def local(server, monkeypatch):
    """A pool of two on the server of all tests."""
    monkeypatch.setattr(pools, "launcher", lambda engine, warm: server)
    monkeypatch.setattr(server, "close", lambda: None)
    with Local(2, "fork") as pool:
        yield pool


def judge(error):
    return ("refused" if "folder" in str(error) else "failed"), str(error)


def test_one_of_each(order, local, publisher):
    orders = [
        order({"01_a": GOOD}, zone="done"),
        order({"01_a": GOOD, "02_b": "raise ValueError('no b')"}, zone="degraded"),
        order({"03_c": "raise ValueError('no c')"}, zone="failed"),
        order({"01_a": GOOD}, zone="..refused"),
    ]
    said, results = [], []
    batch.run(orders, local, said.append, judge, results)
    assert {one.zone: one.status for one in results} == {
        one: one.strip(".") for one in (o.edition.zone for o in orders)
    }
    reasons = {one.zone: one.reason for one in results}
    assert reasons["degraded"] == "02_b: ValueError: no b"
    assert reasons["failed"] == "failed 2022: no chapter could be made; 03_c: ValueError: no c"
    assert len(said) == 4
    again = []
    batch.run(orders[:1], local, said.append, judge, again)
    assert [one.status for one in again] == ["reused"]


def test_an_iteration_that_is_broken_off_stops_what_is_at_work(order, local, publisher):
    orders = [order({"01_a": GOOD}, zone="a"), order({"02_b": "import time; time.sleep(100_000)"}, zone="b")]
    results = local.each(batch.attempt, orders)
    assert next(results)[0] == 0
    results.close()
    assert not orders[1].edition.folder.exists()
    assert not (orders[1].edition.reports / ".staging").exists()


def test_the_last_editions_share_the_processes(local):
    seen = []

    def note(starter, item, processes):
        seen.append(processes)
        return {}

    assert len(list(local.each(note, range(5)))) == 5
    assert seen[0] == 1
    assert len(list(local.each(note, [0]))) == 1
    assert seen[-1] == 2


def test_who_is_told_to_halt_hears_it_once():
    told = Stoppable(lambda: SimpleNamespace(wait=lambda seconds: None), lambda: True)
    with pytest.raises(Halted):
        told.wait(0)
    told.wait(0)


class Freeing:
    """A launcher that lets go of the edition as soon as somebody waits."""

    def __init__(self, server, free):
        self.server, self.free = server, free

    def wait(self, seconds):
        self.free.set()
        self.server.wait(seconds)

    def __getattr__(self, name):
        return getattr(self.server, name)


@pytest.mark.parametrize("waits", [False, True])
def test_an_edition_that_another_process_builds(order, publisher, server, waits, patience, monkeypatch):
    one = order({"01_a": GOOD}, patience=patience if waits else 0)
    with ThreadPoolExecutor(1) as other:
        free, held = threading.Event(), threading.Event()

        def hold():
            with suppress(KeyError), staged(one.edition.reports, "demo", "2022"):
                held.set()
                free.wait()
                raise KeyError

        holding = other.submit(hold)
        held.wait()
        # whoever finds it held has come too early once, and may look again
        monkeypatch.setattr(batch, "PAUSE", 0.01)
        try:
            found = batch.attempt(Freeing(server, free), one, 1)
        finally:
            free.set()
        holding.result()
    if waits:
        assert found["status"] == "done"
    else:
        assert found["error"]["text"] == "demo 2022: another run is building this edition"


def test_time_left_follows_the_latest_tasks():
    said, clock = [], iter([0.0, 10.0, 20.0, 21.0])
    progress = Progress(3, said.append, lambda: next(clock))
    for place in range(3):
        progress(Result("a", f"202{place}", "done", 9.96))
    assert said == ["[1/3] a 2020  done  10.0 s  about 20 s left", "[2/3] a 2021  done  10.0 s  about 10 s left",
                    "[3/3] a 2022  done  10.0 s"]  # fmt: skip


def test_editions_of_one_zone_may_begin_and_end_at_any_time(tmp_path):
    def one(number):
        for place in range(20):
            with staged(tmp_path / "reports", "demo", f"{number}-{place}"):
                pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(4)))
    assert len(list((tmp_path / "reports/demo").iterdir())) == 80


def test_a_worker_with_another_package_builds_nothing():
    found = cluster.serve(None, None, "fork", None, "batch", ("other", "package"))
    assert found["error"]["text"].startswith("the worker has another zonereport")


def test_what_became_of_a_task_that_did_not_finish():
    class KilledWorker(Exception):
        pass

    ends = {
        "lost its worker again": SimpleNamespace(status="error", exception=KilledWorker),
        "the worker cannot run it: ImportError: no": SimpleNamespace(
            status="error", exception=lambda: ImportError("no")
        ),
        "the scheduler gave the task up: cancelled": SimpleNamespace(status="cancelled"),
    }
    for words, future in ends.items():
        assert cluster._result(future)["error"]["text"].startswith(words)
