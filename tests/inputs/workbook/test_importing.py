"""All of a book or nothing; the same again changes nothing; a new figure never covers the old one."""

import datetime
import functools
import itertools
import os
import re
import shutil
import subprocess
import sys

import pytest

from zonereport.disk.journal import reading, writing
from zonereport.inputs import Refused, load_zone
from zonereport.inputs.staged import stage
from zonereport.inputs.workbook import Change, Revision, import_book, read_book

HEAD = ["指标名称", "单位", "累计", "同比（%）"]
LATER = datetime.date(2023, 1, 20)


def test_the_same_book_again_changes_no_byte(make, take, contents):
    path = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, 2.5], ["工业税收", "亿元", "2.10", ""]]})
    assert take(path).written == ("indicators.csv", "mappings/统计.yml")
    before = contents()
    for day in (datetime.date(2022, 12, 12), LATER):
        again = take(path, received=day)
        assert (again.written, again.revisions, again.changes, again.unchanged) == ((), (), (), 2)
    assert contents() == before


def test_a_changed_figure_is_a_new_vintage_and_the_old_one_stays(make, take, place, figures):
    path = make(
        "统计",
        {"表": [["2022年1-10月"], HEAD, ["工业开票销售", "亿元", 112, 11.2], ["一般公共预算收入", "亿元", 1.5, ""]]},
    )
    result = take(path, received=LATER)
    assert result.revisions == (
        Revision("invoiced_sales", "2022-10", "", "110 亿元, growth_pct 10.5", "112 亿元, growth_pct 11.2"),
    )
    assert (result.unchanged, result.added) == (1, {})
    rows = (place / "data/demo/indicators.csv").read_text(encoding="utf-8").splitlines()
    assert "2022-10,invoiced_sales,,110,亿元,,10.5,,,,2022-11-12,monthly,," in rows
    assert "2022-10,invoiced_sales,,112,亿元,,11.2,,,,2023-01-20,monthly,统计.xlsx › 表!C3," in rows
    assert figures()["2022-10", "invoiced_sales", ""] == (112, "亿元", 11.2, "2023-01-20")


def test_the_same_figure_in_another_unit_is_no_revision(make, take):
    path = make("统计", {"表": [["2022年1-10月"], HEAD, ["工业开票销售", "万元", 1100000, ""]]})
    assert (take(path, received=LATER).revisions, take(path, received=LATER).unchanged) == ((), 1)


def test_an_empty_cell_takes_nothing_away(make, take, figures):
    path = make("统计", {"表": [["2022年1-10月"], [*HEAD, "位次"], ["工业开票销售", "亿元", "", "", 2]]})
    assert len(take(path, received=LATER).revisions) == 1
    assert figures()["2022-10", "invoiced_sales", ""] == (110, "亿元", 10.5, "2023-01-20")


def test_a_revision_of_the_same_day_is_refused_not_overwritten(make, take, contents):
    path = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, ""]]})
    take(path)
    before = contents()
    fault = take(make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 4, ""]]})).faults[0]
    assert (fault.row, fault.column, fault.value) == (2, "C 累计", "4 亿元")
    assert fault.expected.startswith("3 亿元, received on 2022-12-12 already")
    assert contents() == before


def test_an_older_book_that_comes_late_does_not_become_the_latest(make, take, figures):
    path = make("统计", {"表": [["2022年1-10月"], HEAD, ["工业开票销售", "亿元", 108, ""]]})
    assert len(take(path, received=datetime.date(2022, 11, 1)).revisions) == 1
    assert figures()["2022-10", "invoiced_sales", ""][0] == 110


def test_other_tables_change_by_key_and_say_so(make, take, place):
    path = make(
        "企业", {"企业": [["企业编号", "企业名称", "所属园区", "来源"], ["alpha", "甲股份", "东园", "monthly"]]}
    )
    assert take(path).changes == (Change("enterprises", "alpha", "name", "甲公司", "甲股份"),)
    assert load_zone("demo", place).tables["enterprises"]["name"].tolist() == ["甲股份", "乙公司"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["工业投资", "亿元", "3.o", ""], "C 累计"),
        (["工业投资", "美元", 3, ""], "B 单位"),
        (["工业投资", "亿", 3, ""], "B 单位"),
        (["幸福指数工业投资", "亿元", 3, ""], "A 指标名称"),
        (["工业投资", "亿元", "=A1", ""], "C 累计"),
    ],
)
def test_one_fault_and_every_byte_stays(make, take, contents, row, column):
    before = contents()
    path = make("统计2022-11", {"表": [HEAD, ["工业税收", "亿元", 3, ""], row]})
    result = take(path)
    assert [(fault.file, fault.row, fault.column) for fault in result.faults] == [("统计2022-11.xlsx[表]", 3, column)]
    assert (result.written, result.added) == ((), {})
    assert contents() == before


def test_all_faults_at_once_over_all_sheets(make, take):
    rows = [HEAD, ["工业投资", "亿元", "三", ""], ["工业税收", "家", 3, "快"]]
    path = make("统计2022-11", {"表": rows, "企业月度": [["企业名称", "期末人数"], ["甲公司", "多"], ["丁公司", 3]]})
    assert [(fault.file[-6:], fault.row, fault.column) for fault in take(path).faults] == [
        ("x[企业月度]"[-6:], 2, "B 期末人数"),
        ("x[企业月度]"[-6:], 3, "A 企业名称"),
        ("xlsx[表]"[-6:], 2, "C 累计"),
        ("xlsx[表]"[-6:], 3, "B 单位"),
        ("xlsx[表]"[-6:], 3, "D 同比(%)"),
    ]


def test_two_rows_of_one_figure_that_contradict_each_other(make, take):
    path = make("统计2022-11", {"表": [HEAD, ["工业税收", "亿元", 3, ""], ["工业入库税收", "万元", 30001, ""]]})
    fault = take(path).faults[0]
    assert (fault.row, fault.column, fault.value) == (3, "C 累计", "30001")
    assert "表 row 2" in fault.expected
    path = make("统计2022-11", {"表": [HEAD, ["工业税收", "亿元", 3, ""], ["工业入库税收", "万元", 30000, 5]]})
    assert take(path).added == {"indicators": 1}


@pytest.fixture
def two_tables(make):
    """A book that changes two tables and brings a mapping."""
    return make(
        "统计2022-11",
        {"表": [HEAD, ["工业投资", "亿元", 3, ""]], "企业月度": [["企业名称", "期末人数"], ["甲公司", 3]]},
    )


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_failure_at_a_rename_leaves_the_old_or_the_new(two_tables, take, contents, monkeypatch, number):
    """The first rename is the one that counts: before it nothing has happened, after it everything will."""
    before, replace, calls = contents(), os.replace, []

    def failing(source, target):
        calls.append(target)
        if len(calls) == number:
            raise OSError("disk full")
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="disk full"):
        take(two_tables)
    assert (contents() == before) == (number == 1)
    assert take(two_tables).unchanged == (0 if number == 1 else 2)


def test_an_import_that_is_killed_at_any_step_is_all_or_nothing(two_tables, take, place, contents, killed):
    saved, old = place.parent / "saved", contents()
    shutil.copytree(place, saved)
    take(two_tables)
    new, seen = contents(), []
    lines = [table.count(b"\n") - 1 for table in (old["demo/indicators.csv"], new["demo/indicators.csv"])]
    for step in itertools.count():
        shutil.rmtree(place)
        shutil.copytree(saved, place)
        name = killed(functools.partial(take, two_tables), step)
        if name is None:
            break
        # a chapter in JupyterLab loads the zone by itself, outside any command: nor does it meet half an import
        rows = {len(load_zone("demo", place).tables["indicators"])}
        found = contents()
        assert found in (old, new), (step, name)
        assert rows == {lines[found == new]}
        seen.append((name, found == new))
    assert contents() == new
    # the old up to one step, the new from there on
    outcomes = [is_new for _, is_new in seen]
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}
    assert {"replace", "fsync", "unlink"} <= {name for name, _ in seen}


def test_a_zone_is_not_read_while_it_is_changed(place, monkeypatch):
    monkeypatch.setattr("zonereport.inputs.zone.PATIENCE", 0)
    with writing(place, "demo"):
        # whoever holds it may read it; others wait, and are told
        assert load_zone("demo", place).code == "demo"
        read, write = os.pipe()
        child = os.fork()
        if not child:
            try:
                load_zone("demo", place)
            except Refused as error:
                os.write(write, str(error).encode())
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as stream:
            assert stream.read() == "demo: an import is under way"
        os.waitpid(child, 0)


def test_what_somebody_edits_after_a_kill_is_kept(two_tables, take, place, contents, killed):
    """The journal stands, the tables are old: an edit now is not lost when the import is carried out."""
    table = place / "data/demo/indicators.csv"
    for step in itertools.count():
        killed(functools.partial(take, two_tables), step)
        if (place / "data/.import-demo/journal.json").exists():
            break
    mine = table.read_text(encoding="utf-8") + "2022-09,invoiced_sales,,90,亿元,,,,,,,monthly,,\n"
    table.write_text(mine, encoding="utf-8")
    with reading(place, "demo"):
        assert "industrial_investment" in table.read_text(encoding="utf-8")
    assert table.with_name("indicators.csv.edited").read_text(encoding="utf-8") == mine


def test_a_table_that_somebody_edits_meanwhile_is_not_overwritten(two_tables, take, place, monkeypatch):
    table = place / "data/demo/indicators.csv"

    def meanwhile(*arguments):
        table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return stage(*arguments)

    monkeypatch.setattr("zonereport.inputs.workbook.importing.stage", meanwhile)
    with pytest.raises(Refused, match=r"^demo/indicators\.csv was changed by somebody else"):
        take(two_tables)
    assert "industrial_investment" not in table.read_text(encoding="utf-8")
    assert sorted(path.name for path in (place / "data").iterdir()) == ["demo", "dictionary"]


def test_rights_of_a_table_stay(two_tables, take, place):
    table = place / "data/demo/indicators.csv"
    table.chmod(0o664)
    take(two_tables)
    assert table.stat().st_mode & 0o777 == 0o664


def test_two_imports_at_a_time_are_refused_where_nobody_waits(make, take, place, monkeypatch):
    path = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, ""]]})
    inner = []

    def meanwhile(book):
        with pytest.raises(Refused, match="under way"):
            take(path, patience=0)
        inner.append(True)
        return read_book(book)

    monkeypatch.setattr("zonereport.inputs.workbook.importing.read_book", meanwhile)
    take(path, period="2022-11")
    assert inner == [True]


def test_two_imports_at_a_time_are_both_there_at_the_end(make, place, figures):
    """Processes of their own, each with its own folder for temporary files."""
    code = (
        "import datetime, sys; from pathlib import Path; from zonereport.inputs.workbook import import_book\n"
        "done = import_book(Path(sys.argv[1]), 'demo', Path(sys.argv[2]), received=datetime.date(2022, 12, 12))\n"
        "sys.exit(bool(done.faults))"
    )
    running = []
    for name in ("工业投资", "工业税收", "地区生产总值"):
        book = make(f"{name}2022-11", {"表": [HEAD, [name, "亿元", 3, ""]]})
        folder = book.with_suffix("")
        folder.mkdir()
        environment = os.environ | {"TMPDIR": str(folder)}
        running.append(subprocess.Popen([sys.executable, "-c", code, book, place], env=environment))
    assert [process.wait() for process in running] == [0, 0, 0]
    codes = {code for period, code, _ in figures() if period == "2022-11"}
    assert codes == {"industrial_investment", "treasury_tax", "gross_domestic_product"}
    assert sorted(path.name for path in (place / "data").iterdir()) == ["demo", "dictionary"]


def test_a_zone_with_no_table_yet(make, take, place):
    for path in (place / "data/demo").glob("*.csv"):
        path.unlink()
    assert take(make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, ""]]})).added == {"indicators": 1}


def test_an_unknown_zone_and_a_bad_period(make, place):
    path = make("统计2022-11", {"表": [HEAD, ["工业投资", "亿元", 3, ""]]})
    result = import_book(path, "nowhere", place, received=LATER)
    assert re.search("known are demo", str(result.faults[0]))
    with pytest.raises(Refused, match="no period"):
        import_book(path, "demo", place, period="2022-13", received=LATER)


def test_a_sheet_that_says_no_period_is_refused_and_one_of_another_period_is_a_contradiction(make, take, figures):
    path = make("统计", {"表": [HEAD, ["工业投资", "亿元", 3, ""]]})
    assert "a period of the table" in take(path).faults[0].expected
    stale = make("滞后", {"表": [["2022年1-10月"], HEAD, ["工业投资", "亿元", 2, ""]]})
    fault = take(stale, period="2022-11").faults[0]
    assert "2022-11 (--period) and 2022年1-10月 (A1)" in fault.expected
    assert take(stale).faults == ()
    assert ("2022-10", "industrial_investment", "") in figures()


def test_a_source_is_never_guessed(make, take):
    path = make("统计", {"表": [["2023年1-2月"], HEAD, ["工业投资", "亿元", 3, ""]]})
    assert "来源" in take(path).faults[0].expected
    assert take(path, source="monthly").faults == ()


def test_a_table_of_parquet_files_is_not_imported_into(make, take, place):
    (place / "data/demo/enterprise_months").mkdir()
    path = make("企业2022-11", {"企业月度": [["企业名称", "期末人数"], ["甲公司", 3]]})
    assert "Parquet" in take(path).faults[0].expected


def test_a_contradiction_between_rows_names_the_rows_of_the_book(make, take):
    rows = [["2022年"], ["指标", "单位", "累计"], ["引进高层次人才", "人", 5], ["引进海外高层次人才", "人", 11]]
    faults = [str(fault) for fault in take(make("人才", {"表": rows})).faults]
    rows = [["指标", "单位", "全区", "东园", "西园"], ["工业投资", "亿元", 31, 10, 20]]
    faults += [str(fault) for fault in take(make("园区2022-11", {"表": rows})).faults]
    assert faults
    assert all("表 row" in fault.split("expected")[1] for fault in faults)
