"""Draft, checked, issued; what differs and why; whether an edition is what it claims: on the small zone."""

import json
import os
import shutil
import zipfile
from functools import partial

import pytest
from bs4 import BeautifulSoup

from zonereport import prepare
from zonereport.editions import archive, compare, issue, sentences, since, site, store, verify
from zonereport.editions.errors import EditionError
from zonereport.inputs import load_zone
from zonereport.run.edition import build

NAME = "2021-12"


@pytest.fixture
def drafted(small, warm):
    """``drafted()`` builds the draft of December 2021 as ``run`` does, and returns it."""

    def make():
        build(prepare.edition_of("demo", NAME), lambda line: None, starter=warm)
        return store.draft(small / "reports", "demo", NAME)

    return make


def correct(small, before, after):
    path = small / "data/demo/indicators.csv"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def row_of(figures, code):
    """The line of a figure of December 2021 in indicators.csv, up to its growth."""
    row = next(row for row in figures if row["period"] == NAME and row["code"] == code)
    return f"{NAME},{code},,{row['value']},{row['unit']}"


def page_of(edition):
    return (edition.folder / "brief.html").read_text(encoding="utf-8")


def test_the_life_of_an_edition(small, warm, drafted, figures):
    """One long way, since each build costs seconds: draft, check, issue, correct, draft again, compare, verify."""
    reports = small / "reports"
    first = drafted()
    assert "第1版草稿，未印发" in page_of(first)
    assert first.stamp.run in page_of(first)
    with pytest.raises(EditionError, match="nothing has been checked"):
        issue.issue(reports, "demo", NAME, by="李四", reason="首次印发", day="2022-01-12")

    checked = issue.check(small, reports, "demo", NAME, by="张三", day="2022-01-10")
    assert "第1版送审稿，2022年1月10日校核，未印发" in page_of(checked)
    for slip in ({"number": 2}, {"reason": " "}, {"day": "2022-01-09"}):
        facts = {"by": "李四", "reason": "首次印发", "day": "2022-01-12"} | slip
        with pytest.raises(EditionError):
            issue.issue(reports, "demo", NAME, **facts)

    kept = issue.issue(reports, "demo", NAME, by="李四", reason="首次印发", day="2022-01-12")
    page = BeautifulSoup(page_of(kept), "html.parser")
    assert page.select_one(".masthead .edition").get_text() == "第1版，2022年1月12日印发"
    colophon = page.select_one(".colophon").get_text()
    assert "校核：张三；签发：李四；印发事由：首次印发" in colophon
    assert f"运行号{first.stamp.run}" in colophon
    assert store.checked(reports, "demo", NAME) is None
    for path in kept.folder.rglob("*"):
        assert not path.stat().st_mode & 0o222, path
    before = {path: path.read_bytes() for path in kept.folder.rglob("*") if path.is_file()}

    # as it is, it is what it claims, to the byte
    look = partial(verify.verify, make=prepare.prepare, warm=prepare.WARM, say=lambda line: None)
    assert {one.what: one.state for one in look(kept)} == dict.fromkeys(["files", "run", "inputs", "rebuilt"], "ok")

    # somebody mends a figure: the next run is a draft of the second edition and leaves the first alone
    line = row_of(figures, "budget_revenue")
    value = line.split(",")[3]
    correct(small, line, line.replace(f",{value},", ",9.99,"))
    second = drafted()
    assert "第2版草稿，未印发" in page_of(second)
    assert {path: path.read_bytes() for path in kept.folder.rglob("*") if path.is_file()} == before

    result = compare.compare(small, compare.find(reports, f"demo/{NAME}/1"), compare.find(reports, f"demo/{NAME}"))
    changed = {(row["code"], row["measure"]): row for row in result["figures"]}
    figure = changed["budget_revenue", "value"]
    assert (figure["before"], figure["after"], figure["cause"]) == (float(value), 9.99, "data")
    assert figure["because"]["where"].startswith("indicators.csv row ")
    assert {row["cause"] for row in result["figures"]} == {"data"}
    assert [(row["column"], row["before"], row["after"]) for row in result["cells"]] == [("value", value, "9.99")]
    assert result["method"] == []
    assert result["code"]["same"]
    assert "budget_revenue" not in {row["code"] for row in result["figures"] if row["cause"] != "data"}
    text = "\n".join(compare.lines(result))
    assert f"一般公共预算收入 累计数: {value} → 9.99 亿元" in text
    assert json.loads(compare.as_json(result)) == result

    # the same frame is what the annex prints
    zone = load_zone("demo", small)
    measures = since.read_measures(second.folder / "measures.csv")
    frame = since.since_issued(small, (kept.folder / "measures.csv").relative_to(small), zone, measures)
    assert set(zip(frame["code"], frame["measure"], strict=True)) == set(changed)
    assert set(frame["cause"]) == {"data"}
    assert since.before(small, (kept.folder / "measures.csv").relative_to(small)).to_dict("records") == [
        {"number": 1, "day": "2022-01-12", "reason": "首次印发"}
    ]

    # checking asks for the data that the draft was made of
    correct(small, ",9.99,", ",9.98,")
    with pytest.raises(EditionError, match="have changed since"):
        issue.check(small, reports, "demo", NAME, by="张三", day="2022-02-10")

    # and somebody who edits an issued document is found out
    os.chmod(kept.folder, 0o755)
    path = kept.folder / "brief.html"
    os.chmod(path, 0o644)
    path.write_text(page_of(kept).replace("李四", "王五"), encoding="utf-8")
    found = {one.what: one for one in look(kept, rebuild=False)}
    assert (found["files"].state, found["files"].lines) == ("not ok", ("brief.html: changed",))
    about = json.loads((kept.folder / "manifest.json").read_text(encoding="utf-8"))
    about["inputs"][0]["sha256"] = "0" * 64
    forged = store.Kept("demo", NAME, kept.folder, about)
    found = {one.what: one.state for one in look(forged, rebuild=False)}
    assert (found["run"], found["inputs"]) == ("not ok", "not ok")

    site.update(small)
    page = BeautifulSoup((reports / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = [(row["data-status"], row.th.get_text()) for row in page.select("tr[data-text]")]
    assert rows == [("draft", "2021年1—12月"), ("issued", "2021年1—12月")]
    for link in page.select("td.files a"):
        assert (reports / link["href"]).is_file()


def test_a_draft_that_was_touched_or_lacks_a_chapter_is_not_checked(small, drafted):
    edition = drafted()
    manifest = edition.folder / "manifest.json"
    whole = manifest.read_text(encoding="utf-8")
    manifest.write_text(whole.replace('"status": "complete"', '"status": "degraded"'), encoding="utf-8")
    with pytest.raises(EditionError, match="failed"):
        issue.check(small, small / "reports", "demo", NAME, by="张三", day="2022-01-10")
    manifest.write_text(whole, encoding="utf-8")
    (edition.folder / "measures.csv").write_text("", encoding="utf-8")
    with pytest.raises(EditionError, match="not those that were built"):
        issue.check(small, small / "reports", "demo", NAME, by="张三", day="2022-01-10")
    with pytest.raises(EditionError, match="there is no draft"):
        issue.check(small, small / "reports", "demo", "2021-11", by="张三", day="2022-01-10")


def test_an_archive_is_the_same_bytes_and_leads_nowhere_else(tmp_path):
    for name in ("data/a.csv", "data/b.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    archive.write(tmp_path / "one.zip", tmp_path, ["data/b.csv", "data/a.csv"])
    shutil.copystat(tmp_path / "one.zip", tmp_path / "data/a.csv")
    archive.write(tmp_path / "two.zip", tmp_path, ["data/a.csv", "data/b.csv"])
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert archive.text(tmp_path / "one.zip", "data/a.csv") == "data/a.csv"
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        bad.writestr("../outside.csv", "x")
    with pytest.raises(EditionError, match="leads out"):
        archive.unpack(tmp_path / "bad.zip", tmp_path / "inside")
    assert not (tmp_path / "outside.csv").exists()


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (["税收增长5%。"], ["税收增长5%。"], []),
        (["税收增长5%。"], ["税收增长6.1%。"], ["figures"]),
        (["完成率快于序时进度3个百分点。"], ["完成率慢于序时进度2个百分点。"], ["turned"]),
        (["甲。"], ["乙丙丁戊。"], ["new", "gone"]),
        ([], ["甲。"], ["new"]),
    ],
)
def test_a_sentence_turned_or_only_got_other_figures(before, after, kinds):
    assert [one.kind for one in sentences.changes({"x": before}, {"x": after})] == kinds
