"""``month`` for a small zone: inbox, readiness, catch-up, corrections, faults on the way, and what is said of them."""

import datetime
import errno
import json
import os
import re

import pytest

from zonereport.disk.locks import locked
from zonereport.editions import store
from zonereport.publish import webfonts
from zonereport.publish.stamp import Stamp
from zonereport.routine import inbox, month, notify, records, screen
from zonereport.run import manifest, snapshot
from zonereport.run.execute import Chapter
from zonereport.run.model import Outcome


def built(record):
    return [(one["period"], one["action"]) for one in record["built"]]


def files(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(autouse=True)
def light(monkeypatch, request):
    """Builds measure for real and leave papermill and exporting out: test_a_year_by_the_clock has the whole of it."""
    if "year" in request.node.name:
        return

    def build(edition, say, **how):
        prepared = edition.prepare()
        folder = edition.folder
        (folder / "notebooks").mkdir(parents=True, exist_ok=True)
        (folder / "measures.csv").write_bytes(prepared.files["measures.csv"])
        text = {"output_type": "display_data", "data": {"text/plain": f"{edition.period}的判断。"}}
        output = text | {"metadata": {"zonereport": {"role": "verdict", "name": "brief.judgement"}}}
        cells = [{"cell_type": "code", "source": "", "metadata": {}, "outputs": [output]}]
        (folder / "notebooks" / "brief.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
        prints = snapshot.now(edition.inputs, edition.chapters, edition.root, edition.zone)
        content = manifest.manifest(
            code={"commit": None, "dirty": None},
            identity=edition.identity,
            chapters=[Chapter("brief", edition.chapters[0], 0.1)],
            inputs=prints,
            outputs=[],
            stamp=Stamp(number=edition.number, missing=edition.missing).as_dict(),
            card=prepared.card,
        )
        manifest.write(folder, content)
        return Outcome((), folder)

    monkeypatch.setattr(month, "build", build)
    monkeypatch.setattr(webfonts, "font_faces", lambda text: "")


def test_a_book_is_imported_and_the_rest_is_waited_for(call, send, small):
    send("2022-02", "tax")
    record = call("2022-03-05")
    assert record["status"] == "waiting"
    assert [one["file"] for one in record["imported"]] == ["税务_2022-02.xlsx"]
    assert record["waiting"] == [{"period": "2022-02", "missing": ["统计月报（模拟）"], "until": "2022-03-14"}]
    assert [(one["office"], one["late"]) for one in record["missing"]] == [
        ("云川市统计局（虚构）", False),
        ("云川市财政局（虚构）", False),
    ]
    assert files(small / "data/demo/inbox") == []
    text = "\n".join(screen.lines(record))
    assert "2022-02 waits until 2022-03-14 for 统计月报（模拟）" in text
    assert "缺 2022-02 财政月报（模拟） (云川市财政局（虚构）)：一般公共预算收入" in text


def test_a_refused_book_stays_with_a_marked_copy_until_it_is_mended(call, send, small):
    send("2022-02", "tax", invoiced_sales="很多")
    record = call("2022-03-05")
    assert record["status"] == "refused"
    assert record["refused"][0]["marked"] == "税务_2022-02.退回.xlsx"
    assert files(small / "data/demo/inbox") == ["税务_2022-02.xlsx", "税务_2022-02.退回.xlsx"]
    send("2022-02", "tax")
    assert [one["file"] for one in call("2022-03-06")["imported"]] == ["税务_2022-02.xlsx"]
    assert files(small / "data/demo/inbox") == []


def test_what_is_still_being_copied_waits_and_texts_are_read_by_somebody(call, send, small):
    path = send("2022-02", "tax")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    box = small / "data/demo/inbox"
    for name in ("财政.xlsx.part", "~$税务_2022-02.xlsx", "情况说明.docx", "照片.jpg"):
        (box / name).write_bytes(b"x")
    record = call("2022-03-05")
    assert record["unfinished"] == ["财政.xlsx.part", "税务_2022-02.xlsx"]
    assert (record["review"], record["unknown"]) == (["情况说明.docx"], ["照片.jpg"])
    assert (record["imported"], record["refused"]) == ([], [])
    path.write_bytes(whole)
    assert [one["file"] for one in call("2022-03-06")["imported"]] == ["税务_2022-02.xlsx"]


def test_a_file_that_grows_between_two_looks_is_still_being_copied(send, monkeypatch):
    path = send("2022-02", "tax")

    def copy_on(seconds):
        with path.open("ab") as stream:
            stream.write(b"more")

    monkeypatch.setattr(inbox.time, "sleep", copy_on)
    assert inbox._growing([path]) == {path}


def test_two_calls_at_once_the_second_does_nothing(call, send, small):
    send("2022-02", "tax")
    folder = small / "reports" / month.FOLDER
    folder.mkdir(parents=True)
    with locked(folder / "demo.lock"):
        record = call("2022-03-05")
    assert record["status"] == "busy"
    assert files(small / "data/demo/inbox") == ["税务_2022-02.xlsx"]
    assert call("2022-03-05")["imported"]


def test_a_month_without_data_is_waited_for_and_then_late(call):
    record = call("2022-03-20")
    # without any edition the latest period is built; the next one has no figure at all
    assert built(record) == [("2021-12", "build")]
    assert [one["period"] for one in record["waiting"]] == ["2022-01"]
    late = {one["office"] for one in record["missing"] if one["late"]}
    # January has no statistics
    assert late == {"云川市税务局（虚构）", "云川市财政局（虚构）"}


def test_a_clock_that_jumped_back_is_said_in_a_line(call):
    call("2022-03-05")
    record = call("2021-03-05")
    assert record["clock"] == "2022-03-05"
    assert any("one of them is wrong" in line for line in screen.lines(record))
    assert "clock" not in call("2022-03-06")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_read_only_disk_is_one_line_and_the_next_call_goes_on(call, send, monkeypatch, number):
    send("2022-02", "tax")

    def refuse(*arguments):
        raise OSError(number, os.strerror(number), "runs.jsonl")

    with monkeypatch.context() as patch:
        patch.setattr(records, "append", refuse)
        record = call("2022-03-05")
    assert record["status"] == "failed"
    assert any(os.strerror(number) in line for line in record["said"])
    again = call("2022-03-05")
    assert again["status"] == "waiting"
    assert again["broken_off"]


def test_a_kill_between_import_and_the_end_loses_nothing(call, send, small, monkeypatch):
    send("2022-02", "tax")

    unlink = inbox.Path.unlink

    def die(path, *arguments, **named):
        if path.parent.name == inbox.INBOX:
            os._exit(9)
        unlink(path, *arguments, **named)

    child = os.fork()
    if not child:
        # after the import has been written, before the book has left the inbox
        monkeypatch.setattr(inbox.Path, "unlink", die)
        call("2022-03-05")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert files(small / "data/demo/inbox") == ["税务_2022-02.xlsx"]
    record = call("2022-03-06")
    assert (record["imported"][0]["added"], record["imported"][0]["unchanged"]) == (0, 2)
    assert record["broken_off"].startswith("2022-03-05")
    assert files(small / "data/demo/inbox") == []


def test_a_zone_that_cannot_be_read_is_refused_in_a_line(call, small):
    path = small / "data/demo/indicators.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",亿元,", ",亿,"), encoding="utf-8")
    record = call("2022-03-05")
    assert record["status"] == "refused"
    assert "zonereport check demo" in record["reason"]


def test_a_record_cut_short_does_not_swallow_the_next_one(tmp_path):
    records.append(tmp_path, {"zone": "a", "day": "2022-03-05"})
    with (tmp_path / records.FILE).open("a") as stream:
        stream.write('{"zone": "a", "da')
    records.append(tmp_path, {"zone": "b", "day": "2022-03-06"})
    assert [one["zone"] for one in records.read(tmp_path)] == ["a", "b"]
    assert records.read(tmp_path, "b") == [{"zone": "b", "day": "2022-03-06"}]


def by_the_clock(send, months):
    """The months of the small zone by the clock: the day of a call, after what has come into the inbox by then."""
    late = {3: "statistics", 6: "tax", 9: "statistics"}
    for number in months:
        period = f"2022-{number:02d}"
        after = datetime.date(2022 + number // 12, number % 12 + 1, 8)
        # January has no statistics
        for source in ("tax", "finance", "statistics")[: 2 + (number > 1)]:
            if source != late.get(number):
                send(period, source)
        if number == 10:
            # two weeks off, and two more: nobody switches the machine on before December
            continue
        yield after
        if number in late:
            # the deadline passes, and what is late comes a few days later
            yield after.replace(day=20)
            send(period, late[number])
            yield after.replace(day=23)
        if number == 2:
            send("2022-01", "finance", "财政_2022-01_更正.xlsx", budget_revenue="0.19")
            yield after.replace(day=15)


QUARTER = [
    ("2022-02-08", "done", "2022-01 build"),
    ("2022-03-08", "done", "2022-02 build"),
    # a corrected figure of January is part of what February says
    ("2022-03-15", "done", "2022-01 rebuild, 2022-02 rebuild"),
    ("2022-04-08", "waiting", ""),
    # the deadline is over: a draft that says what it lacks
    ("2022-04-20", "done", "2022-03 build"),
    ("2022-04-23", "done", "2022-03 rebuild"),
]


def called(call, send, months):
    """What came of each call: its day, its status, what was built."""
    made = []
    for day in by_the_clock(send, months):
        record = call(day.isoformat())
        made.append((record["day"], record["status"], ", ".join(map(" ".join, built(record)))))
    return made


def test_a_quarter_by_the_clock(call, send, small):
    """A month, a correction, and a table that comes after the deadline."""
    assert called(call, send, range(1, 4)) == QUARTER
    stamps = {
        one["period"]: one.get("edition") for record in records.read(small / "reports") for one in record["built"]
    }
    assert stamps["2022-03"] == "第1版草稿，未印发"
    (marked,) = [record for record in records.read(small / "reports") if record["day"] == "2022-04-20"]
    assert marked["built"][0]["edition"] == "第1版草稿，未印发；数据未齐，缺统计月报（模拟）"


def test_a_year_by_the_clock(call, send, small, root):
    """Twelve months, three late tables, one correction, four weeks off, every edition really built."""
    if not os.environ.get("ZONEREPORT_YEAR"):
        pytest.skip("set ZONEREPORT_YEAR to run a whole year, two minutes of CPU")
    made = called(call, send, range(1, 13))
    assert made[: len(QUARTER)] == QUARTER
    names = [edition.name for edition in store.of_zone(small / "reports", "demo")]
    assert names == [f"2022-{number:02d}" for number in range(1, 13)]
    found = records.read(small / "reports")
    assert len(found) == len(made)
    # nothing was built twice without a reason: each rebuild follows a book that came late or corrected one
    assert all(one["imported"] for one in found if any(step["action"] == "rebuild" for step in one["built"]))
    wanted = {"receivers": {"分管领导": {"address": "MAIL", "on": ["built"]}}, "offices": {}}
    for office in ("云川市税务局（虚构）", "云川市统计局（虚构）"):
        wanted["offices"][office] = "ROBOT"
    lines = []
    for record in found:
        lines += ["", *screen.lines(record)]
        for to, _, title, body, _ in notify.compose(notify.File.model_validate(wanted), record, small):
            lines += [f"message to {to}: {title}", *(f"    {line}" for line in body.splitlines())]
    text = re.sub(r"\d+\.\d s", "… s", "\n".join(lines).strip())
    path = root / "docs" / "month_of_a_year.txt"
    if os.environ.get("ZONEREPORT_WRITE"):
        path.write_text(text + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text + "\n"
