"""What the doctor says of a sound project, and of each thing that can be wrong with one."""

import json

from zonereport.routine import doctor, notify


def by_subject(found):
    return {one.subject: one for one in found}


def test_a_sound_project(small):
    found = doctor.examine(small, ["demo"])
    assert [one for one in found if one.state == doctor.BAD] == []
    subjects = by_subject(found)
    for name in (
        "Python",
        "packages",
        "fonts",
        "disk",
        "write access",
        "locks",
        "inbox of demo",
        "schedule",
        "messages",
    ):
        assert name in subjects
    assert json.loads(doctor.as_json(found))[0]["subject"] == "Python"
    assert len(doctor.lines(found)) >= len(found)


def test_what_is_wrong_comes_with_what_to_do(small, monkeypatch):
    (small / notify.FILE).write_text("receivers: {甲: {address: NOT_SET_ANYWHERE}}\n", encoding="utf-8")
    (small / "data/demo/inbox/税务.退回.xlsx").write_bytes(b"")
    (small / "reports/.staging/demo/2022-02").mkdir(parents=True)
    monkeypatch.setattr(doctor, "ROOM", 1 << 60)
    monkeypatch.setattr(doctor, "PRINTED", "\U0001f600")
    found = by_subject(doctor.examine(small, ["demo"], message="乙"))
    for name in ("disk", "fonts", "messages"):
        assert found[name].state == doctor.BAD
        assert found[name].remedy
    assert "税务.退回.xlsx" in found["inbox of demo"].remedy
    assert found["locks"].state == doctor.NOTE
    assert "demo/2022-02" in found["locks"].found


def test_a_look_that_fails_does_not_end_the_others(small, monkeypatch):
    def fall(*arguments):
        raise RuntimeError("no")

    monkeypatch.setattr(doctor.shutil, "disk_usage", fall)
    found = doctor.examine(small, ["demo"])
    assert [one.found for one in found if one.state == doctor.BAD] == ["RuntimeError: no"]
    assert "Python" in by_subject(found)
