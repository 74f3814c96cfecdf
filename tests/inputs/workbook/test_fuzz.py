"""Whatever is done to a workbook: it is imported, or there are faults; nothing else, and nothing by halves.

40 spoilt books and 13 with spoilt bytes run each time, or as many (and a third of it) as ZONEREPORT_FUZZ says; the
summary of the test run counts them.
"""

import datetime
import functools
import io
import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from zonereport.inputs import Period, load_dictionary, load_zone, workbook
from zonereport.inputs.workbook import mark_book, write_template

# questions are answered with yes: what is left is imported or wrong
import_book = functools.partial(workbook.import_book, yes=True, accept=("all",))
EXAMPLES = int(os.environ.get("ZONEREPORT_FUZZ", "40"))
RECEIVED = datetime.date(2022, 12, 12)
HAND_MADE = {
    "主要指标": [
        ["2022年1-11月主要经济指标", "", "", "", ""],
        ["", "", "", "", "单位：亿元"],
        ["指标名称", "计量单位", "累计完成", "", "备注"],
        ["", "", "本年累计", "同比（%）", ""],
        ["一、工业开票销售", "", "1,234.5", 5.5, ""],
        ["　　其中：工业入库税收", "", "３２．１", "12.3%", "快报"],
        ["实际利用外资（万美元）", "", 2000, "—", ""],
        ["引进高层次人才", "人", 18, "", ""],
        ["  #海外", "人", 11, "", ""],
        ["合计", "", 99, "", ""],
        ["注：快报数"],
    ],
    "园区": [["地区", "工业投资（亿元）", "位次"], ["东园", 3, 1], ["西园", 4, 2], ["全区", 7, ""]],
    "企业月度": [
        ["企业名称", "累计产值（万元）", "期末人数", "在规上库"],
        ["甲公司", 100, 30, "是"],
        ["乙公司", 50, "", "否"],
    ],
    "企业": [["企业编号", "企业名称", "所属园区"], ["gamma", "丙公司", "东园"]],
}
WORDS = [
    *("", "—", "三", "1,23", "１２", "工业投资", "工业固投", "东园", "甲公司", "万元", "单位：万元", "2022-13"),
    *("2022年1-11月", "指标", "累计", "同比", "位次", "注：", "合计", "其中：", "=1/0", "=", "#REF!", "TRUE", "'", '"'),
    *(",", "\n", "[", "/", "a/b#2", "9" * 400, "-", "1e400", "nan", "inf", "٣", "Ⅷ", "²", "%", "5%%", "0" * 18),
    *("\u3000", "\u200b", "😀", "_x000D_"),
]
NAMES = ["企业", "指标", "附表", "a b", "indicators", "主要 指标"]
VALUES = st.one_of(
    st.sampled_from(WORDS),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.none(),
    st.booleans(),
    st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 1, 1)),
    st.times(),
    st.sampled_from(["=A1", "=SUM(A1:B2)", "=X!Z9", "#DIV/0!", "#N/A"]),
)
SPOT = st.tuples(st.integers(1, 13), st.integers(1, 7))
SHEET = st.integers(0, 5)
STEP = st.one_of(
    st.tuples(st.just("put"), SHEET, SPOT, VALUES),
    st.tuples(st.just("put"), SHEET, SPOT, VALUES),
    st.tuples(st.sampled_from(["insert_row", "delete_row", "hide_row", "insert_column", "delete_column"]), SHEET, SPOT,
              st.none()),
    st.tuples(st.sampled_from(["swap_rows", "swap_columns", "merge"]), SHEET, SPOT, SPOT),
    st.tuples(st.just("rename"), SHEET, SPOT, st.sampled_from(NAMES)),
    st.tuples(st.sampled_from(["hide", "remove", "misspell", "percent"]), SHEET, SPOT, st.none()),
    st.tuples(st.just("move"), SHEET, SPOT, SHEET),
)  # fmt: skip


def spoil(book, step) -> None:
    """Do one thing to a workbook that somebody might do."""
    what, number, (row, column), more = step
    if not book.sheetnames:
        return
    sheet = book.worksheets[number % len(book.worksheets)]
    if what == "put":
        if type(sheet.cell(row, column)).__name__ != "MergedCell":
            try:
                sheet.cell(row, column).value = more
            except openpyxl.utils.exceptions.IllegalCharacterError:
                return
    elif what in ("insert_row", "delete_row", "insert_column", "delete_column"):
        verb, noun = what.split("_")
        getattr(sheet, f"{verb}_{'rows' if noun == 'row' else 'cols'}")(row if noun == "row" else column)
    elif what == "hide_row":
        sheet.row_dimensions[row].hidden = True
    elif what in ("swap_rows", "swap_columns"):
        along = range(1, 9) if what == "swap_rows" else range(1, 14)
        for n in along:
            pair = [(row, n), (more[0], n)] if what == "swap_rows" else [(n, column), (n, more[1])]
            one, other = (sheet.cell(*place) for place in pair)
            if "MergedCell" not in (type(one).__name__, type(other).__name__):
                one.value, other.value = other.value, one.value
    elif what == "merge":
        (top, bottom), (left, right) = sorted((row, more[0])), sorted((column, more[1]))
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    elif what == "rename":
        sheet.title = more if more not in book.sheetnames else f"{more}{number}"
    elif what == "hide":
        sheet.sheet_state = "hidden"
    elif what == "remove" and len(book.worksheets) > 1:
        book.remove(sheet)
    elif what == "misspell":
        cell = sheet.cell(row, column)
        if isinstance(cell.value, str) and len(cell.value) > 1:
            cell.value = cell.value[1] + cell.value[0] + cell.value[2:]
    elif what == "percent":
        sheet.cell(row, column).number_format = "0.00%"
    elif what == "move":
        book.move_sheet(sheet, more)


@pytest.fixture(scope="module")
def bases(tmp_path_factory, root):
    """The bytes of three sound books: made by hand, a filled template, the hand-made one with its mapping at hand."""
    folder = tmp_path_factory.mktemp("bases")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in HAND_MADE.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if value == "" else value for value in row])
    for area in ("A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4"):
        book["主要指标"].merge_cells(area)
    book.save(folder / "hand.xlsx")
    zone = load_zone("yizheng", root)
    write_template(zone, Period.parse("2022-11"), folder / "ours.xlsx")
    ours = openpyxl.load_workbook(folder / "ours.xlsx")
    for name in set(ours.sheetnames) - {"填报说明", "指标", "企业", "称号", "目标", "_列表"}:
        ours.remove(ours[name])
    for row in range(2, 9):
        ours["指标"].cell(row, 4).value = row * 1.5
    for row in (2, 3):
        for column, value in enumerate([f"firm-{row}", f"公司{row}", None, None, "C39", None, "2022", "monthly"], 1):
            ours["企业"].cell(row, column).value = value
        for column, value in enumerate(["2022-11", f"公司{row}", "高新技术企业认定", "省级"], 1):
            ours["称号"].cell(row, column).value = value
    for name in ("指标",):
        for row in range(2, ours[name].max_row + 1):
            ours[name].cell(row, 12).value = "monthly"
    ours.save(folder / "ours.xlsx")
    return [(folder / name).read_bytes() for name in ("hand.xlsx", "ours.xlsx")]


@pytest.fixture(autouse=True)
def known(place, monkeypatch):
    """The dictionary, read once: no example changes it, and reading it takes as long as an import."""
    read = functools.cache(load_dictionary)
    monkeypatch.setattr("zonereport.inputs.zone.load_dictionary", lambda _: read(place))
    monkeypatch.setattr("zonereport.inputs.workbook.context.load_dictionary", lambda _: read(place))


@settings(max_examples=EXAMPLES, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
@given(which=st.integers(0, 2), steps=st.lists(STEP, min_size=0, max_size=5))
def test_any_workbook_is_imported_or_gives_faults(place, bases, contents, tmp_path, tally, which, steps):
    zone = place / "data" / "demo"
    kept = tmp_path / "kept"
    if not kept.exists():
        clean = tmp_path / "统计2022-11.xlsx"
        clean.write_bytes(bases[0])
        shutil.copytree(zone, kept / "0")
        assert import_book(clean, "demo", place, received=RECEIVED).faults == ()
        shutil.copytree(zone, kept / "2")
        clean.unlink()
    shutil.rmtree(zone)
    shutil.copytree(kept / ("2" if which == 2 else "0"), zone)
    book = openpyxl.load_workbook(io.BytesIO(bases[which % 2]))
    for step in steps:
        spoil(book, step)
    if not any(sheet.sheet_state == "visible" for sheet in book.worksheets):
        book.create_sheet("空表")
    path = tmp_path / "统计2022-11.xlsx"
    book.save(path)
    before = contents()
    result = import_book(path, "demo", place, received=RECEIVED)
    tally["tried"] += 1
    if result.faults:
        tally["faults"] += 1
        assert contents() == before
        assert all(str(fault) for fault in result.faults)
        mark_book(path, result.faults, tmp_path / "marked.xlsx")
    else:
        tally["imported"] += 1
        after = contents()
        # every other one is imported again: half the time, the same promise
        if len(steps) % 2:
            again = import_book(path, "demo", place, received=RECEIVED)
            assert (again.faults, again.written, again.revisions, again.changes) == ((), (), (), ())
            assert contents() == after
    event("faults" if result.faults else "imported")


@settings(max_examples=EXAMPLES // 3, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
@given(data=st.data())
def test_any_bytes_are_imported_or_give_faults(place, bases, contents, tmp_path, tally, data):
    raw = bytearray(bases[0])
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(raw)), st.integers(0, len(raw))))
    path = tmp_path / f"统计2022-11.{data.draw(st.sampled_from(['xlsx', 'xls']))}"
    path.write_bytes(bytes(raw[:cut]))
    before = contents()
    result = import_book(path, "demo", place, received=RECEIVED)
    tally["tried"] += 1
    tally["faults" if result.faults else "imported"] += 1
    assert not result.faults or contents() == before


def test_the_books_that_are_spoilt_are_sound(place, bases, tmp_path):
    path = Path(tmp_path / "统计2022-11.xlsx")
    for day, (raw, added) in enumerate(zip(bases, (5 + 3 + 1 + 2, 7 + 2 + 2), strict=True)):
        path.write_bytes(raw)
        result = import_book(path, "demo", place, received=RECEIVED + datetime.timedelta(days=day))
        assert result.faults == ()
        assert sum(result.added.values()) + len(result.revisions) == added
        shutil.rmtree(place / "data" / "demo" / "mappings", ignore_errors=True)
