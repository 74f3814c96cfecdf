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
from zonereport.inputs.workbook.propose import COVER

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
    "5. “指标”表已列出以前报过的指标，单元格批注里是上期数；灰色列自动计算，已锁定（无密码），不会被读取。",
    "6. 某项指标本期没有数，该行数值留空，导入时自动略过。",
    "7. 与以前报过的数不同，即视为修订：旧数保留，新数另记一行。“收到日”留空即为导入当日。",
    "8. 填好后在 Excel 或 WPS 中保存为 .xlsx，交开发区汇总。导入时若有错，会退回一份标红并加批注的副本。",
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
    lines += [(line, 11) for line in GUIDE]
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
            rule = DataValidation("list", area, allow_blank=True, errorStyle="warning")
            rule.errorTitle, rule.error = field.name_zh, "请从下拉列表中选择"
            letter = get_column_letter(column)
            rule.add(f"{letter}2:{letter}{ROOM}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = sheet.cell(2, 1 + sum(1 for field in table.fields[:2] if field.key))
    places = {name: column for column, name in enumerate(table.columns, 1)}
    if table.name == "indicators":
        _figures(sheet, table, zone, period, places)
        return
    for row in range(2, PERIOD_ROWS + 2):
        for name, text in (("period", str(period)), ("year", str(period.year))):
            if name in places:
                _put(sheet, row, places[name], text, "period")


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
    if locked:
        cell.fill = LOCKED
    else:
        cell.protection = FREE


def _figures(sheet: Worksheet, table: Table, zone: Zone, period: Period, places: dict[str, int]) -> None:
    """One row an indicator and park, the value of the period before as a comment, locked cells that compute."""
    automatic = Automatic.of(places, len(table.fields), bool(zone.about.parks))
    for column, header in automatic.headers.items():
        _put(sheet, 1, column, header, "text", locked=True)
        sheet.cell(1, column).font = HEAD
        sheet.column_dimensions[get_column_letter(column)].width = 16
    rows = figure_rows(zone, period)
    for row, figure in enumerate(rows, 2):
        for field in table.fields:
            _put(sheet, row, places[field.name], figure.cells.get(field.name) or None, field.kind)
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
