"""``make fuzz``: each way once, by a seed that finds nothing; and what a finding leaves behind."""

import runpy

import pytest

WAYS = ("table", "description", "workbook", "form", "texts")


@pytest.fixture(scope="module")
def fuzz(root):
    return runpy.run_path(str(root / "tools" / "fuzz.py"))


@pytest.mark.parametrize("way", WAYS)
def test_a_spoilt_input_is_taken_or_refused(fuzz, tmp_path, way):
    assert set(fuzz["WAYS"]) == set(WAYS)
    assert fuzz["attempt"](way, 0, tmp_path) in ("taken", "refused")
    assert not list(tmp_path.iterdir())


def test_a_finding_leaves_its_input_and_its_traceback(fuzz, tmp_path):
    def broken(project, chance):
        (project / "input.txt").write_text(str(chance.random()), encoding="utf-8")
        raise KeyError("nobody expected this")

    fuzz["WAYS"]["broken"] = broken
    assert [fuzz["attempt"]("broken", 7, tmp_path) for _ in range(2)] == ["found", "found"]
    assert "nobody expected this" in (tmp_path / "broken-7/traceback.txt").read_text(encoding="utf-8")
    assert (tmp_path / "broken-7/input.txt").exists()
