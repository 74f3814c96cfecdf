"""The workbook that an office fills in: a sheet a table, with what is known filled in and choices to choose from."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from zonereport.disk.spreadsheet import put
from zonereport.inputs.model import Zone
from zonereport.inputs.period import Period
from zonereport.inputs.schemas import Field, Table
from zonereport.inputs.workbook.book import KEYWORD, LIST_SHEET
from zonereport.inputs.workbook.context import Context, of_zone
from zonereport.inputs.workbook.figures import Automatic, figure_rows
from zonereport.inputs.workbook.fixed import save
from zonereport.inputs.workbook.prefilled import BESIDE, Line, lines_of
from zonereport.inputs.workbook.propose import COVER
from zonereport.inputs.workbook.words import MARKS, REMOVE

AUTHOR = "zonereport"
# rows that may be filled in: drop-downs and, in tables with a period, the period reach so far
ROOM, PERIOD_ROWS = 2000, 30
REQUIRED, OPTIONAL, LOCKED = (PatternFill("solid", fgColor=colour) for colour in ("F8CBAD", "DDEBF7", "EDEDED"))
HEAD = Font(name="Noto Sans CJK SC", bold=True)
LINE = Border(bottom=Side("thin", color="808080"))
FREE = Protection(locked=False)
FORMATS = {"number": "General", "count": "0"}
HINTS = {
    "number": "填一个数，不带单位和“以上”“约”等字；没有数就留空，不填0",
    "count": "填整数",
    "period": "如 2022 或 2022-11（1—11月累计）",
    "date": "如 2022、2022-11 或 2022-11-30",
    "day": "如 2023-01-15",
    "year": "如 2022",
    "uscc": "18位统一社会信用代码",
}
GUIDE = (
    "1. 每张表填一类数据，没有的表留空即可，不要删表、改表名、改表头。",
    "2. 表头橙色的列必填，蓝色的列可以不填；鼠标停在表头上可看填写要求。",
    "3. 有下拉箭头的单元格请从下拉列表中选。",
    "4. 数值只填数字，单位在“单位”列中选，或已写在表头括号里；没有数据就留空，不要填0，也不要填“—”以外的字。",
    "5. 已知的都已列出：指标、园区、同类开发区、企业、在建项目、现行目标；本期已报过的数也已填好。灰色列是上期数、"
    "上年同期数和自动计算的数，已锁定（无密码），不会被读取。",
    "6. 某项指标本期没有数，该行数值留空，导入时自动略过。首次填报时，“指标”表末尾的上年同期各行请一次补齐。",
    "7. 与以前报过的数不同，即视为修订：旧数保留，新数另记一行；只是录入错误的，请告知汇总人员按更正导入。"
    "“收到日”留空即为导入当日。",
    "8. 要撤销以前报过的一行，在该行“操作”列选“删除”。",
    "9. 企业名称变了：在“企业”表照原编号填新名称，旧名称仍可识别。企业迁到另一园区：在“企业园区”表填新园区和起始日，"
    "此前各期不受影响。",
    "10. 填好后在 Excel 或 WPS 中保存为 .xlsx，交开发区汇总。导入时若有错，会退回一份标红并加批注的副本。",
)


def write_template(zone: Zone, period: Period, path: Path) -> None:
    """Write the workbook of ``zone`` for ``period``; the same inputs give the same bytes.

    First a page of instructions, then a sheet for every table; the sheet of indicators has a row for every
    indicator (and park) that the zone has used before, or for every indicator that is not derived if there is none.
    """
    context = of_zone(zone)
    book = openpyxl.Workbook()
    _cover(book.active, zone, period)
    lists = book.create_sheet(LIST_SHEET)
    lists.sheet_state = "hidden"
    # the same choices are listed once, however many sheets offer them
    used: dict[tuple[str, ...], str] = {}
    for table in zone.schemas.values():
        # no office reports what an analyst wants to see
        if table.name == "views":
            continue
        sheet = book.create_sheet(table.name_zh)
        _sheet(sheet, table, zone, context, period, lists, used)
    book.move_sheet(lists, len(book.sheetnames))
    book.properties.creator = AUTHOR
    book.properties.keywords = KEYWORD
    book.properties.title = f"{zone.about.name_zh}{period.name_zh}数据填报"
    book.properties.created = datetime.datetime(period.year, period.last, 1)
    save(book, path)


def _cover(sheet: Worksheet, zone: Zone, period: Period) -> None:
    sheet.title = COVER
    sheet.column_dimensions["A"].width = 100
    lines = [(f"{zone.about.name_zh}数据填报表", 16), (f"期间：{period.name_zh}（{period}）", 12)]
    for line in GUIDE:
        lines.append((line, 11))
    for row, (text, size) in enumerate(lines, 1):
        cell = sheet.cell(row, 1)
        put(cell, text)
        cell.font = Font(name="Noto Sans CJK SC", size=size, bold=row == 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _sheet(
    sheet: Worksheet, table: Table, zone: Zone, context: Context, period: Period, lists: Worksheet, used: dict
) -> None:
    for column, field in enumerate(table.fields, 1):
        _column(sheet, column, field)
        if choices := _choices(field, zone, context):
            area = _listed(lists, choices, used)
            # a warning, not a stop: an office may have a name that the list has not
            rule = DataValidation("list", area, allow_blank=True, errorStyle="warning")
            rule.errorTitle, rule.error = field.name_zh, "请从下拉列表中选择"
            letter = get_column_letter(column)
            rule.add(f"{letter}2:{letter}{ROOM}")
            sheet.add_data_validation(rule)
    # the columns that say what a row is about stay in view
    sheet.freeze_panes = sheet.cell(2, 1 + sum(1 for field in table.fields[:2] if field.key))
    places = {name: column for column, name in enumerate(table.columns, 1)}
    if table.name == "indicators":
        _figures(sheet, table, zone, period, places)
        _marks(sheet, lists, used)
        return
    lines = lines_of(zone, table.name, period)
    known = {field.name: field.kind for field in table.fields}
    for row, line in enumerate(lines, 2):
        _line(sheet, row, line, places, known)
    if any(line.beside for line in lines):
        for column, head in enumerate(BESIDE, len(table.fields) + 1):
            _head(sheet, column, head)
    # a few rows begun for what is new this period
    for row in range(len(lines) + 2, len(lines) + PERIOD_ROWS + 2):
        for name, text in (("period", str(period)), ("year", str(period.year))):
            if name in places:
                _put(sheet, row, places[name], text, "period")
    _marks(sheet, lists, used)


def _line(sheet: Worksheet, row: int, line: Line, places: dict[str, int], kinds: dict[str, str]) -> None:
    """One row of what is known, and what was reported last and the year before beside it."""
    for name, value in line.cells.items():
        if value is not None and name in places:
            _put(sheet, row, places[name], value, kinds[name])
    for column, value in enumerate(line.beside, len(places) + 1):
        _put(sheet, row, column, value or None, "text", locked=True)


def _head(sheet: Worksheet, column: int, text: str) -> None:
    _put(sheet, 1, column, text, "text", locked=True)
    sheet.cell(1, column).font = HEAD
    sheet.column_dimensions[get_column_letter(column)].width = 16


def _marks(sheet: Worksheet, lists: Worksheet, used: dict) -> None:
    """The last column: a row that is marked takes away what stands for its key."""
    column = sheet.max_column + 1
    put(sheet.cell(1, column), MARKS)
    sheet.cell(1, column).font, sheet.cell(1, column).border = HEAD, LINE
    sheet.cell(1, column).fill = OPTIONAL
    sheet.cell(1, column).comment = Comment("选“删除”，撤销以前报过的这一行", AUTHOR, height=60, width=240)
    letter = get_column_letter(column)
    sheet.column_dimensions[letter].protection = FREE
    rule = DataValidation("list", _listed(lists, [REMOVE], used), allow_blank=True)
    rule.add(f"{letter}2:{letter}{ROOM}")
    sheet.add_data_validation(rule)


def _column(sheet: Worksheet, column: int, field: Field) -> None:
    cell = sheet.cell(1, column)
    put(cell, field.name_zh)
    cell.font, cell.border = HEAD, LINE
    cell.fill = REQUIRED if field.required else OPTIONAL
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    said = ["必填" if field.required else "可不填", field.comment, HINTS.get(field.kind, "")]
    if field.name == "vintage":
        said.append("留空即为导入当日")
    cell.comment = Comment("；".join(dict.fromkeys(filter(None, said))), AUTHOR, height=80, width=260)
    about = sheet.column_dimensions[get_column_letter(column)]
    about.width = max(10, min(40, 2 * len(field.name_zh) + 4, 40))
    about.width = (
        30 if field.kind in ("code", "enterprise", "project") or field.name in ("name", "note") else about.width
    )
    about.protection = FREE
    # text, or a spreadsheet makes a date of 2022-11 and a number of a code
    about.number_format = FORMATS.get(field.kind, "@")


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: object,
    kind: str,
    *,
    locked: bool = False,
    formula: bool = False,
) -> None:
    cell = sheet.cell(row, column)
    if formula:
        cell.value = value
    else:
        put(cell, value)
    cell.number_format = FORMATS.get(kind, "@")
    # what computes is not typed over by mistake
    if locked:
        cell.fill = LOCKED
    else:
        cell.protection = FREE


def _figures(sheet: Worksheet, table: Table, zone: Zone, period: Period, places: dict[str, int]) -> None:
    """One row an indicator and park, the value of the period before as a comment, locked cells that compute."""
    automatic = Automatic.of(places, len(table.fields), bool(zone.about.parks))
    for column, header in automatic.headers.items():
        _head(sheet, column, header)
    rows = figure_rows(zone, period)
    for row, figure in enumerate(rows, 2):
        for field in table.fields:
            value = figure.cells.get(field.name)
            _put(sheet, row, places[field.name], value if value != "" else None, field.kind)
        if figure.before:
            cell = sheet.cell(row, places["value"])
            cell.comment = Comment(figure.before, AUTHOR, height=60, width=240)
        for column, content in automatic.cells(row, figure, len(rows) + 1).items():
            _put(sheet, row, column, content, "number", locked=True, formula=True)
    sheet.protection.sheet = True
    # without a password; what an office needs in order to work stays allowed
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)


def _choices(field: Field, zone: Zone, context: Context) -> tuple[str, ...]:
    derived = set(zone.dictionary.derived.index)
    indicators = zone.dictionary.indicators
    return {
        "choice": lambda: tuple(field.choices.values()),
        "code": lambda: tuple(name for code, name in indicators["name_zh"].items() if code not in derived),
        "unit": lambda: tuple(zone.dictionary.units),
        "park": lambda: tuple(park.name_zh for park in zone.about.parks),
        "peer": lambda: zone.about.peers,
        "source": lambda: tuple(source.id for source in zone.about.sources),
        "enterprise": lambda: _named(zone, context, "enterprises"),
        "project": lambda: _named(zone, context, "projects"),
    }.get(field.kind, tuple)()


def _named(zone: Zone, context: Context, table: str) -> tuple[str, ...]:
    """Enterprises or projects by name, or by id where two have one name."""
    frame = zone.tables.get(table)
    if frame is None:
        return ()
    names = frame["name"].tolist()
    key = context.schemas[table].key[0]
    return tuple(n if names.count(n) == 1 else i for i, n in zip(frame[key], names, strict=True))


def _listed(lists: Worksheet, choices: Sequence[str], used: dict[tuple[str, ...], str]) -> str:
    """The area of the hidden sheet that holds these choices; the same choices stand there once."""
    choices = tuple(choices)
    if choices not in used:
        column = len(used) + 1
        for row, choice in enumerate(choices, 1):
            cell = lists.cell(row, column)
            put(cell, choice)
            cell.number_format = "@"
        letter = get_column_letter(column)
        used[choices] = f"'{LIST_SHEET}'!${letter}$1:${letter}${len(choices)}"
    return used[choices]
