"""A text goes through the review workbook into an empty zone, by the import that every office uses."""

import csv
import datetime
import json
import shutil

import openpyxl
import pytest

from zonereport.inputs.faults import InputError
from zonereport.inputs.texts.document import read_document
from zonereport.inputs.texts.printed import as_object, entry_of_source, needs_period
from zonereport.inputs.texts.review import write_review
from zonereport.inputs.texts.suggest import suggested
from zonereport.inputs.workbook import import_book
from zonereport.inputs.workbook.context import of_folder

RECEIVED = datetime.date(2023, 1, 15)
PROPOSED, NAME, CODE = "建议编码〔自动〕", "原文名称〔自动〕", "指标编码"


@pytest.fixture
def empty(tmp_path, root):
    """A project with one zone that has no table yet: yizheng's zone.yml, and nothing else."""
    shutil.copytree(root / "data" / "dictionary", tmp_path / "data" / "dictionary")
    folder = tmp_path / "data" / "empty"
    folder.mkdir()
    shutil.copy(root / "data" / "yizheng" / "zone.yml", folder)
    return tmp_path


@pytest.fixture
def review(empty):
    """``review(text)``: the review workbook of a text for the empty zone, and its document."""

    def made(text: str, **options: str):
        path = empty / "text.txt"
        path.write_text(text, encoding="utf-8")
        context = of_folder("empty", empty)
        document = read_document(path, context, empty, **options)
        write_review(document, context, empty / "review.xlsx")
        return empty / "review.xlsx", document

    return made


def take(path, root):
    return import_book(path, "empty", root, received=RECEIVED)


def rows_of(path) -> list[dict]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def cells(sheet) -> list[dict]:
    headers = [cell.value for cell in sheet[1]]
    return [dict(zip(headers, row, strict=True)) for row in sheet.iter_rows(min_row=2)]


def test_the_real_zone_goes_round(root, empty, review):
    path, document = review((root / "tests" / "texts" / "yizheng" / "summary.txt").read_text(encoding="utf-8"))
    assert (document.period, document.source) == ("2022", "summary-2022")
    book = openpyxl.load_workbook(path, rich_text=True)
    for row in cells(book["待定"]):
        if row[PROPOSED].value:
            row[CODE].value = row[PROPOSED].value
    book.save(path)
    done = take(path, empty)
    assert done.faults == ()
    real = {row["code"]: row for row in rows_of(root / "data" / "yizheng" / "indicators.csv")}
    read = rows_of(empty / "data" / "empty" / "indicators.csv")
    keys = ("period", "value", "unit", "qualifier", "locator")
    wrong = [row["code"] for row in read if any(row[key] != real[row["code"]][key] for key in keys)]
    assert wrong == []
    assert len(read) >= 36
    named = {
        row["name"]
        for table in ("projects", "carriers", "works")
        for row in rows_of(empty / "data" / "empty" / f"{table}.csv")
    }
    real_names = {
        row["name"]
        for table in ("projects", "carriers", "works")
        for row in rows_of(root / "data" / "yizheng" / f"{table}.csv")
    }
    assert len(named & real_names) >= 15


def test_the_same_text_gives_the_same_bytes(review):
    text = "2022年，开发区完成工业投资38亿元，增长5.2%。三次产业结构为3.3:31.1:65.6。"
    first = review(text)[0].read_bytes()
    assert review(text)[0].read_bytes() == first


def test_sheets_hold_each_number_once(review):
    text = (
        "2022年，开发区完成工业投资38亿元，增长5.2%。某项指标达到7亿元。三次产业结构为3.3:31.1:65.6。"
        "2023年，力争工业投资达到45亿元。"
    )
    book = openpyxl.load_workbook(review(text)[0], rich_text=True)
    (figure,) = cells(book["指标"])
    assert [figure[name].value for name in ("期间", CODE, "数值", "单位", "同比（%）")] == [
        "2022", "工业投资", 38, "亿元", 5.2,
    ]  # fmt: skip
    assert [str(part) for part in figure["原文〔自动〕"].value] == [
        "2022年，开发区完成工业投资",
        "38亿元",
        "，增长5.2%",
    ]
    assert figure["原文〔自动〕"].value[1].font.b
    (aim,) = cells(book["目标"])
    assert [aim[name].value for name in ("年度", CODE, "目标值", "目标类型")] == ["2023", "工业投资", 45, "总量"]
    (waiting,) = cells(book["待定"])
    assert (waiting[NAME].value, waiting[CODE].value, waiting["数值"].value) == ("某项指标", None, 7)
    assert [row["数"].value for row in cells(book["其余数字"])] == ["3.3:31.1:65.6"]
    choices = [rule for rule in book["待定"].data_validations.dataValidation if "B2" in rule.sqref]
    assert len(choices) == 1


def test_two_figures_of_one_key_wait_for_a_person(review):
    _, document = review("2022年工业投资38亿元。2022年工业投资39亿元。")
    assert [row.table for row in document.rows] == ["", ""]
    assert "同一指标同一期间另有39亿元" in "；".join(document.rows[0].hints)


def test_what_is_decided_is_learnt(empty, review):
    text = "2022年，开发区完成工业性投入38亿元，工业投资37亿元。"
    path, document = review(text)
    assert [row.code for row in document.rows] == ["", "industrial_investment"]
    book = openpyxl.load_workbook(path)
    (waiting,) = cells(book["待定"])
    waiting[CODE].value = "全社会固定资产投资"
    # a row that somebody deletes is not wanted
    book["指标"].delete_rows(2)
    book.save(path)
    done = take(path, empty)
    assert done.faults == ()
    assert done.notes[0] == "review: 1 rows proposed, 0 changed, 1 deleted; 1 decided by hand"
    learnt = rows_of(empty / "data" / "empty" / "names.csv")
    assert [(row["name"], row["code"]) for row in learnt] == [
        ("工业性投入", "fixed_asset_investment"),
        ("工业投资", "-"),
    ]
    _, document = review(text)
    assert [(row.code, row.table) for row in document.rows] == [("fixed_asset_investment", "indicators"), ("", "")]


def test_a_name_has_one_code(empty, review):
    names = empty / "data" / "empty" / "names.csv"
    names.write_text("name,code,unit,first_seen\n工业性投入,industrial_investment,亿元,2021\n", encoding="utf-8")
    path, _ = review("2022年，开发区完成工业性投入38亿元。")
    book = openpyxl.load_workbook(path)
    (row,) = cells(book["指标"])
    row[CODE].value = "全社会固定资产投资"
    book.save(path)
    (fault,) = take(path, empty).faults
    assert "工业投资, as names.csv row 2 says of 工业性投入" in fault.expected
    assert not (empty / "data" / "empty" / "indicators.csv").exists()


def test_unanswered_rows_are_counted(empty, review):
    path, _ = review("2022年，开发区完成工业投资38亿元，某项指标7亿元。")
    done = take(path, empty)
    assert done.faults == ()
    assert "待定: 1 rows without an answer were left out" in done.notes


def test_an_aim_that_is_decided_becomes_a_target(empty, review):
    path, _ = review("2022年，开发区完成工业投资38亿元。2023年，力争工业性投入达到45亿元。")
    book = openpyxl.load_workbook(path)
    (row,) = cells(book["待定"])
    row[CODE].value = "工业投资"
    book.save(path)
    assert take(path, empty).faults == ()
    (target,) = rows_of(empty / "data" / "empty" / "targets.csv")
    assert (target["year"], target["code"], target["target"], target["kind"]) == (
        "2023", "industrial_investment", "45", "level",
    )  # fmt: skip


def test_one_object_for_programs(review):
    _, document = review("2022年，开发区完成工业投资38亿元。比例为1:2:3。")
    made = json.loads(json.dumps(as_object(document)))
    assert made["period"] == "2022"
    assert [row["code"] for row in made["rows"]] == ["industrial_investment"]
    assert made["numbers"] == [{"text": "1:2:3", "locator": "第1段", "reason": "比例，不是数值"}]


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("没有一个数。", {}, "no number"),
        ("2022年工业投资38亿元。", {"source": "nobody"}, "a source of empty/zone.yml: summary-2022"),
        ("2021年工业投资38亿元。", {"source": "summary-2022"}, "a source that covers 2021"),
        ("2021年1-11月工业投资38亿元。", {"period": "2022-11"}, "the period of the text, 2021-11"),
        ("2022年1-10月工业投资38亿元。", {"period": "2022-11"}, "the period of the text, 2022-10"),
        ("2022年工业投资38亿元。", {"period": "2022-13"}, "a year such as 2022"),
    ],
)
def test_what_contradicts_is_refused(empty, review, text, options, words):
    with pytest.raises(InputError) as caught:
        review(text, **options)
    (fault,) = caught.value.faults
    assert words in str(fault)
    assert not (empty / "review.xlsx").exists()


def test_a_text_without_a_year_needs_one(review):
    _, document = review("上半年工业投资38亿元。", period="2022-06")
    assert [(row.period, row.table) for row in document.rows] == [("2022-06", "indicators")]
    _, document = review("上半年工业投资38亿元。")
    with pytest.raises(InputError, match="--period 2022"):
        needs_period(document)


def test_a_source_that_is_missing_is_proposed(empty, review):
    _, document = review("2021年开发区工业投资38亿元。")
    entry = entry_of_source(document, of_folder("empty", empty))
    assert "id: text-2021" in entry
    assert document.sha256 in entry


def test_tables_go_through_the_header_recognition(empty, docx_of, in_word):
    rows = [("指标", "数值", "单位", "同比（%）"), ("工业投资", "38", "亿元", "5.2"), ("其他事项", "12", "亿元", "")]
    made = "".join("<w:tr>" + "".join(f"<w:tc>{in_word(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    path = empty / "text.docx"
    path.write_bytes(docx_of(in_word("2022年，开发区引进高层次人才18人。") + f"<w:tbl>{made}</w:tbl>"))
    document = read_document(path, of_folder("empty", empty), empty)
    found = [(row.code, row.value, row.growth, row.locator) for row in document.rows]
    assert found == [
        ("talents_recruited", "18", "", "第1段"),
        ("industrial_investment", "38", "5.2", "表1第2行"),
    ]
    assert [(one.text, one.locator) for one in document.numbers] == [("12", "表1第3行")]


def test_a_suggestion_is_checked(empty, review, tmp_path):
    script = tmp_path / "suggest.py"
    script.write_text(
        "import json, sys\n"
        "for line in sys.stdin:\n"
        "    asked = json.loads(line)\n"
        "    unit = '亿元' if '工业性' in asked['sentence'] else '吨'\n"
        "    print(json.dumps({'id': asked['id'], 'code': 'industrial_investment', 'value': '38', 'unit': unit}))\n",
        encoding="utf-8",
    )
    _, document = review("2022年，开发区完成工业性投入38亿元。某项指标38亿元。")
    import sys

    answered = suggested(document, of_folder("empty", empty), f"{sys.executable} {script}")
    assert [(row.code, row.table, row.confidence) for row in answered.rows] == [
        ("industrial_investment", "", "低"),
        ("", "", "高"),
    ]
    assert "外部建议" in answered.rows[0].hints
    with pytest.raises(InputError, match="a command that runs"):
        suggested(document, of_folder("empty", empty), "no-such-command")
