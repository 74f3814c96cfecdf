"""The catalogue of messages: complete, true to its placeholders, compiled; and a fault in Chinese from end to end."""

import ast
import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from tools import messages
from zonereport.inputs.faults import ROWS, Fault, rows_text, without_rows
from zonereport.language import tr

# calls whose words somebody reads: the argument that says what was expected
SAYING = {"Fault": 4, "fault_at": 5, "cell_faults": 3}


def translated(catalogue) -> dict[str, str]:
    """The messages of a catalogue that have a translation."""
    return {message.id: message.string for message in catalogue if message.id and message.string}


def test_no_message_is_untranslated_or_fuzzy_or_has_other_placeholders():
    kept = messages.kept()
    faults = []
    for message in messages.collected():
        if message.id:
            known = kept.get(message.id)
            faults += [f"not in the catalogue: {message.id}"] if known is None else messages.wrong([known])
    assert faults == []


def test_no_translation_has_other_placeholders_and_every_one_can_be_filled():
    for message, text in translated(messages.kept()).items():
        assert messages.placeholders(message) == messages.placeholders(text), message
        # a format that the English has is kept: 2022-03, not 2022-3
        assert message.count(":02d") == text.count(":02d")


def test_a_wrong_translation_is_found():
    catalogue = messages.Catalog(locale="zh")
    catalogue.add("{count} rows", "{number} 行")
    catalogue.add("a file", "")
    catalogue.add("a text", "文字", flags=["fuzzy"])
    assert [fault.split(":")[0] for fault in messages.wrong(catalogue)] == [
        "other placeholders",
        "no translation",
        "fuzzy",
    ]


def test_the_compiled_catalogue_is_that_of_its_text():
    text = messages.PLACE.read_text(encoding="utf-8")
    assert messages.PLACE.with_suffix(".mo").read_bytes() == messages.mo_bytes(text)
    # the same sources, the same bytes
    assert messages.po_text(messages.read_po(io.BytesIO(text.encode()), locale="zh", domain=messages.DOMAIN)) == text


def test_every_fault_of_the_inputs_goes_through_the_catalogue(root: Path):
    found = []
    for path in sorted((root / "zonereport" / "inputs").rglob("*.py")):
        if "texts" in path.relative_to(root / "zonereport" / "inputs").parts[:1]:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            place = SAYING.get(getattr(getattr(node, "func", None), "id", ""))
            if (
                place is not None
                and len(node.args) > place
                and isinstance(node.args[place], ast.Constant | ast.JoinedStr)
            ):
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


@pytest.fixture
def chinese(monkeypatch):
    """What is said in this test is said in Chinese."""
    monkeypatch.setenv("ZONEREPORT_LANG", "zh")


def test_a_fault_is_said_in_chinese(chinese):
    fault = Fault(
        "indicators.csv", 14, "value", "1,20o", tr("a number such as 165 or 1.8"), tr("zone {zone}", zone="甲")
    )
    assert str(fault) == "indicators.csv 第14行，value：“1,20o”；应为：一个数，如 165 或 1.8（开发区 甲）"
    assert str(Fault("zone.yml", None, "origin", None, tr("this key"))) == "zone.yml，origin：缺；应为：这个键"


def test_rows_are_found_again_in_either_language(monkeypatch):
    for language, text in (("en", "rows 12, 13"), ("zh", "第12、13行")):
        monkeypatch.setenv("ZONEREPORT_LANG", language)
        assert rows_text([12, 13]) == text
        assert ROWS.search(f"{text} x") is not None
        moved = [Fault("a.csv", None, "value", "1", rows_text([row])) for row in (4, 5)]
        assert without_rows(moved[0]) == without_rows(moved[1])


def test_an_import_and_its_marked_copy_speak_chinese(chinese, root, tmp_path):
    from zonereport.inputs.workbook import import_book, mark_book

    shutil.copytree(root / "data" / "dictionary", tmp_path / "data" / "dictionary")
    shutil.copytree(root / "data" / "yizheng", tmp_path / "data" / "yizheng")
    book = openpyxl.Workbook()
    book.active.title = "表"
    for row in (
        ["2022年1-10月"],
        ["指标", "单位", "累计"],
        ["工业开票销售", "亿元", "下降3.2%"],
        ["外资投资", "亿元", 3],
    ):
        book.active.append(row)
    path = tmp_path / "月报.xlsx"
    book.save(path)
    import datetime

    done = import_book(path, "yizheng", tmp_path, received=datetime.date(2022, 11, 12))
    said = [str(fault) for fault in done.faults]
    assert "月报.xlsx[表] 第3行，C 累计：“下降3.2%”；应为：增速应填在增速一列" in said
    assert any("字典里的一个名称；是否为" in line and "否则不采用" in line for line in said)
    mark_book(path, done.faults, tmp_path / "marked.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "marked.xlsx").worksheets[0]
    assert sheet.title == "错误清单"
    assert [cell.value for cell in sheet[1]] == ["工作表", "行", "列", "值", "应为", "程度"]
    assert {"错误", "待确认"} >= {sheet.cell(row, 6).value for row in range(2, sheet.max_row + 1)}
