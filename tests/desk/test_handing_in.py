"""The door of the desk: files go in, faults and questions come out, what was wrong is taken back."""

import datetime
import re

import openpyxl
import pytest
from IPython.display import HTML

from zonereport.desk import handing_in
from zonereport.inputs import Period, load_zone
from zonereport.inputs.workbook import write_template


@pytest.fixture
def door(project, monkeypatch):
    monkeypatch.chdir(project)
    return handing_in.Door("yizheng", "2022", folder=project)


@pytest.fixture
def shown(monkeypatch):
    """What the door shows, as text without its tags."""
    texts = []

    def note(one) -> None:
        texts.append(re.sub(r"<[^>]+>", " ", one.data) if isinstance(one, HTML) else repr(one))

    monkeypatch.setattr(handing_in, "display", note)
    return texts


def hand_in(door, path) -> None:
    content = path.read_bytes()
    when = datetime.datetime(2023, 2, 1, tzinfo=datetime.UTC)
    door.upload.value = (
        {"name": path.name, "type": "", "size": len(content), "content": memoryview(content), "last_modified": when},
    )


def press(door, name: str) -> None:
    door.buttons[name]()


def filled(project, value, *, code: str = "工业开票销售"):
    """The template of the next year with one figure."""
    path = project / "yizheng_2023.xlsx"
    write_template(load_zone("yizheng", project), Period.parse("2023"), path)
    book = openpyxl.load_workbook(path)
    sheet = book["指标"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
    for row in range(1, sheet.max_row + 1):
        if code in [cell.value for cell in sheet[row]]:
            sheet.cell(row, heads["数值"]).value = value
            break
    book.save(path)
    return path


def test_a_workbook_goes_in_and_is_taken_back(door, project, shown):
    table = project / "data" / "yizheng" / "indicators.csv"
    before = table.read_bytes()
    hand_in(door, filled(project, 172.5))
    door.yes.value = True
    # none of zone.yml covers the next year
    door.source.value = door.source.options[1][1]
    press(door, "导入")
    if table.read_bytes() == before:
        # the figure of January alone is a doubt that somebody confirms
        door.accepted.value = door.accepted.options
        press(door, "导入")
    assert b"2023,invoiced_sales" in table.read_bytes(), shown
    press(door, "撤销上一次导入")
    assert "已撤销第1次导入（yizheng_2023.xlsx）" in shown[-1]
    # a column for the cells that figures came from stays
    assert b"2023,invoiced_sales" not in table.read_bytes()


def test_a_fault_is_shown_at_its_cell_and_nothing_is_written(door, project, shown):
    table = project / "data" / "yizheng" / "indicators.csv"
    before = table.read_bytes()
    hand_in(door, filled(project, "1,20o"))
    press(door, "导入")
    text = "\n".join(shown)
    assert "1,20o" in text
    assert re.search(r"yizheng_2023\.xlsx\[指标\] 第\d+行", text), text
    assert "没有写入。标红的副本：yizheng_2023.marked.xlsx" in text
    assert table.read_bytes() == before
    assert (project / "yizheng_2023.marked.xlsx").is_file()


def test_what_is_missing_is_listed_by_office(door, shown):
    door.when.value = "2023"
    press(door, "看缺什么")
    assert "2023年" in shown[0]
    assert "缺" in shown[1]


def test_a_text_becomes_a_workbook_to_look_through(door, project, shown):
    text = project / "年度总结.txt"
    text.write_text("2022年，全区完成工业开票销售174.2亿元，同比增长6.6%。", encoding="utf-8")
    hand_in(door, text)
    door.when.value = "2022"
    press(door, "导入")
    assert "请核对 年度总结.review.xlsx" in shown[-1], shown
    assert (project / "年度总结.review.xlsx").is_file()


def test_no_file_is_said(door, shown):
    press(door, "导入")
    assert shown == [" 先选文件：表格直接导入，文字材料先读成待核对的表格。 "]
