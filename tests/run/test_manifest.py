import hashlib
import subprocess

from zonereport.run.execute import Chapter, ChapterFailed
from zonereport.run.manifest import fingerprints, git_state, manifest, read, write

IDENTITY = {"zone": "demo", "period": "2022", "book": "annual", "parameters": {"park": "高新园"}}


def test_manifest_of_a_degraded_edition(tmp_path):
    good = Chapter("01_a", tmp_path, 1.256, cpu=1.1, reads=("months",))
    bad = ChapterFailed("02_b", tmp_path, 0.5, reason="KeyError: 'x'", log=tmp_path)
    more = {"inputs": [], "outputs": [], "key": "k", "keys": {"01_a": "c"}}
    content = manifest(code=git_state(tmp_path), identity=IDENTITY, chapters=[good, bad], **more)
    assert content["status"] == "degraded"
    assert content["chapters"] == [
        {"name": "01_a", "status": "executed", "reused": False, "seconds": 1.26, "cpu": 1.1, "reason": None}
        | {"reads": ["months"], "key": "c"},
        {"name": "02_b", "status": "failed", "reused": False, "seconds": 0.5, "cpu": None, "reason": "KeyError: 'x'"}
        | {"reads": None, "key": None},
    ]
    assert content["key"] == "k"
    assert content["environment"]["distributions"]["papermill"]
    assert content["zone"] == "demo"
    write(tmp_path, content)
    assert read(tmp_path) == content
    assert "高新园" in (tmp_path / "manifest.json").read_text(encoding="utf-8")


def test_no_manifest(tmp_path):
    assert read(tmp_path) is None
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    assert read(tmp_path) is None


def test_fingerprints_are_relative_and_sorted(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside.csv"
    (root / "data").mkdir(parents=True)
    for file in (root / "b.csv", root / "data" / "a.csv", outside):
        file.write_bytes(b"1,2\n")
    found = fingerprints([root / "data" / "a.csv", outside, root / "b.csv", root / "b.csv"], root)
    assert [entry["path"] for entry in found] == ["b.csv", "data/a.csv", "outside.csv"]
    assert {entry["sha256"] for entry in found} == {hashlib.sha256(b"1,2\n").hexdigest()}
    assert {entry["bytes"] for entry in found} == {4}


def test_git_state(tmp_path, monkeypatch):
    assert git_state(tmp_path) == {"commit": None, "dirty": None}

    def git(*arguments):
        subprocess.run(["git", "-C", tmp_path, *arguments], check=True, capture_output=True)

    git("init")
    assert git_state(tmp_path) == {"commit": None, "dirty": None}
    (tmp_path / "a").touch()
    git("add", "a")
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--no-verify", "-m", "first")
    state = git_state(tmp_path)
    assert len(state["commit"]) == 40
    assert state["dirty"] is False
    (tmp_path / "b").touch()
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert git_state(tmp_path) == state | {"dirty": True}


def test_without_git(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git_state(tmp_path) == {"commit": None, "dirty": None}
