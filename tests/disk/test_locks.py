"""A lock stands beside what it guards: who meets it, who may take it, what is left of it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from zonereport.disk.journal import Unsettled, commit, fingerprint, left_behind, lock_of, reading, staging_of, writing
from zonereport.disk.locks import Busy, locked

HOLD = """
import os, sys, pathlib
from zonereport.disk.locks import locked
if sys.argv[1] != "root":
    os.setgid(65534); os.setuid(65534)
# relative: another user may not come down to a test's folder from the top
with locked(pathlib.Path(".lock")):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(tmp_path):
    """Start a process that holds the lock ``.lock`` until its input ends."""
    running = []

    def start(user="root"):
        command = [sys.executable, "-c", HOLD, user]
        process = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_one_holds_it_alone_and_leaves_nothing(tmp_path):
    with locked(tmp_path / ".lock"):
        for shared in (False, True):
            with pytest.raises(Busy), locked(tmp_path / ".lock", shared=shared):
                pass
    assert not list(tmp_path.iterdir())


def test_readers_share_it_and_the_last_one_takes_it_away(tmp_path):
    with locked(tmp_path / ".lock", shared=True):
        with locked(tmp_path / ".lock", shared=True), pytest.raises(Busy), locked(tmp_path / ".lock"):
            pass
        assert (tmp_path / ".lock").exists()
    assert not list(tmp_path.iterdir())


def test_who_is_killed_holds_nothing(held, tmp_path):
    process = held()
    with pytest.raises(Busy), locked(tmp_path / ".lock"):
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (tmp_path / ".lock").exists()
    with locked(tmp_path / ".lock"):
        pass
    assert not list(tmp_path.iterdir())


def test_many_that_wait_hold_it_one_after_the_other(tmp_path):
    inside, most = [], []

    def one(number):
        with locked(tmp_path / ".lock", patience=600):
            inside.append(number)
            most.append(len(inside))
            inside.remove(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(64)))
    assert most == [1] * 64
    assert not list(tmp_path.iterdir())


def test_it_has_the_rights_of_its_folder(tmp_path):
    before = os.umask(0o077)
    try:
        tmp_path.chmod(0o775)
        with locked(tmp_path / ".lock"):
            assert (tmp_path / ".lock").stat().st_mode & 0o777 == 0o664
            assert (tmp_path / ".lock").stat().st_gid == tmp_path.stat().st_gid
    finally:
        os.umask(before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_another_user_of_the_folder_takes_the_lock_that_root_left(held, tmp_path):
    tmp_path.chmod(0o777)
    process = held()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert held("nobody").poll() is None


MEMBER = """
import os, sys, pathlib
from zonereport.disk.locks import Busy, locked
user, group = int(sys.argv[1]), int(sys.argv[2])
os.setgroups([]); os.setgid(group); os.setuid(user); os.umask(0o077)
for line in sys.stdin:
    try:
        with locked(pathlib.Path(".lock"), shared=line.strip() == "share"):
            print("held", flush=True)
            sys.stdin.readline()
    except (Busy, OSError) as error:
        print(type(error).__name__, flush=True)
"""


@pytest.fixture
def member(tmp_path):
    """Start a process of another user that takes and leaves the lock ``.lock`` as it is told: ask(word) -> answer."""
    running = []

    def start(user, group):
        command = [sys.executable, "-c", MEMBER, str(user), str(group)]
        process = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        running.append(process)

        def ask(word, answers=True):
            process.stdin.write(f"{word}\n")
            process.stdin.flush()
            if answers:
                return process.stdout.readline().strip()
            return ""

        return ask

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two other users")
def test_two_users_of_one_group_meet_the_same_lock_and_a_stranger_is_kept_out(member, tmp_path):
    os.chown(tmp_path, 60001, 60000)
    tmp_path.chmod(0o2770)
    one, other, stranger = member(60001, 60000), member(60002, 60000), member(60003, 60003)
    assert one("hold") == "held"
    # the file has the group and the rights of its folder, whatever the umask of its maker
    about = (tmp_path / ".lock").stat()
    assert (about.st_gid, about.st_mode & 0o777) == (60000, 0o660)
    assert other("hold") == "Busy"
    assert other("share") == "Busy"
    assert stranger("hold") == "PermissionError"
    one("leave", answers=False)
    # readers share it, and no writer comes between; it is asked for until the one before has left
    while other("share") == "Busy":
        pass
    assert one("share") == "held"


def test_who_may_not_write_reads_without_a_lock_but_never_half_a_change(tmp_path, monkeypatch):
    (tmp_path / "data/demo").mkdir(parents=True)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with reading(tmp_path, "demo"):
        assert not lock_of(tmp_path, "demo").exists()
    staging_of(tmp_path, "demo").mkdir()
    (staging_of(tmp_path, "demo") / "journal.json").write_text("{}", encoding="utf-8")
    with pytest.raises(Unsettled, match=r"^demo: an import stopped half-way"), reading(tmp_path, "demo"):
        pass


def test_a_change_replaces_all_files_and_leaves_nothing(tmp_path):
    folder = tmp_path / "data/demo"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("old", encoding="utf-8")
    with writing(tmp_path, "demo") as staging:
        assert left_behind(tmp_path) == ["demo"]
        (staging / "m").mkdir()
        (staging / "m" / "a.csv").write_text("new", encoding="utf-8")
        (staging / "m" / "b.csv").write_text("new", encoding="utf-8")
        commit(tmp_path, "demo", staging / "m", {"a.csv": fingerprint(folder / "a.csv"), "b.csv": None})
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == {
        "a.csv": "new",
        "b.csv": "new",
    }
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["demo"]


def test_files_replaced_and_files_taken_away_go_together_through_a_kill(tmp_path, killed):
    def change():
        with writing(tmp_path, "demo") as staging:
            (staging / "m" / "kept").mkdir(parents=True)
            (staging / "m" / "a.csv").write_text("new", encoding="utf-8")
            (staging / "m" / "kept" / "b.json").write_text("{}", encoding="utf-8")
            before = {"a.csv": fingerprint(folder / "a.csv"), "kept/b.json": None}
            commit(tmp_path, "demo", staging / "m", before, {"c.csv": fingerprint(folder / "c.csv")})

    folder, outcomes, step = tmp_path / "data/demo", [], 0
    old, new = {"a.csv": "old", "c.csv": "gone"}, {"a.csv": "new", "kept/b.json": "{}"}
    while True:
        shutil.rmtree(tmp_path / "data", ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in old.items():
            (folder / name).write_text(text, encoding="utf-8")
        if killed(change, step) is None:
            break
        with reading(tmp_path, "demo"):
            files = [path for path in folder.rglob("*") if path.is_file()]
        found = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}
        assert found in (old, new), step
        outcomes.append(found == new)
        step += 1
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def test_a_file_to_be_taken_away_that_somebody_edited_after_a_kill_is_kept(tmp_path):
    folder, staging = tmp_path / "data/demo", staging_of(tmp_path, "demo")
    (staging / "m").mkdir(parents=True)
    folder.mkdir()
    (folder / "c.csv").write_text("mine", encoding="utf-8")
    note = {"made": "m", "before": {}, "gone": {"c.csv": "another"}}
    (staging / "journal.json").write_text(json.dumps(note), encoding="utf-8")
    with reading(tmp_path, "demo"):
        assert [path.name for path in folder.iterdir()] == ["c.csv.edited"]
