"""The review workbook of a text: what is sure in its sheets, the rest to be decided, every other number with its reason."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from zonereport import __version__
from zonereport.disk.spreadsheet import acts, put
from zonereport.inputs.period import Period
from zonereport.inputs.texts.document import Document, Placed
from zonereport.inputs.texts.ids import Ids
from zonereport.inputs.texts.model import LOW, MIDDLE
from zonereport.inputs.texts.rows import Row, plain_value
from zonereport.inputs.workbook.book import KEYWORD, LIST_SHEET
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.fixed import save
from zonereport.inputs.workbook.headers import AUTOMATIC
from zonereport.inputs.workbook.pending import OTHERS, PENDING, STATEMENTS
from zonereport.inputs.workbook.propose import COVER

AUTHOR = "zonereport"
QUOTE, SURENESS, HINT = f"原文{AUTOMATIC}", f"把握{AUTOMATIC}", f"提示{AUTOMATIC}"
NAME, SUBJECT, PROPOSED, READ_UNIT = (
    f"原文名称{AUTOMATIC}",
    f"主体{AUTOMATIC}",
    f"建议编码{AUTOMATIC}",
    f"原文数{AUTOMATIC}",
)
FONT = "Noto Sans CJK SC"
HEAD = Font(name=FONT, bold=True)
LINE = Border(bottom=Side("thin", color="808080"))
REQUIRED, OPTIONAL, LOOKED_AT = (PatternFill("solid", fgColor=colour) for colour in ("F8CBAD", "DDEBF7", "EDEDED"))
DOUBTFUL, UNSURE = PatternFill("solid", fgColor="FFE699"), PatternFill("solid", fgColor="FFF2CC")
WIDE = {QUOTE: 60, HINT: 36, NAME: 28, "项目名称": 24, "载体名称": 24, "工程名称": 24, "企业名称": 20, "说明": 24, "所述": 50}
# how many rows a drop-down serves beyond those that are filled in
ROOM = 200
_INDICATORS = ("period", "code", "value", "unit", "qualifier", "growth_pct", "rank", "rank_of", "source", "locator", "note")


@dataclass(frozen=True)
class Cell:
    """A quotation with the number that it is about between two places."""

    text: str
    mark: tuple[int, int]


def write_review(document: Document, context: Context, path: Path) -> None:
    """Write the review workbook of a document; the same document gives the same bytes."""
    _Review(document, context).write(path)


class _Review:
    """Writes the sheets of one document."""

    def __init__(self, document: Document, context: Context):
        self.document, self.context = document, context
        self.book = openpyxl.Workbook()
        self.lists = self.book.create_sheet(LIST_SHEET)
        self.lists.sheet_state = "hidden"
        self.listed: dict[tuple[str, ...], str] = {}
        self.names = context.dictionary.indicators["name_zh"]

    def write(self, path: Path) -> None:
        """Write all sheets and save the book."""
        self._cover(self.book.active)
        self._indicators()
        self._targets()
        self._entities()
        self._statements()
        self._pending()
        self._others()
        self.book.move_sheet(self.lists, len(self.book.sheetnames))
        self.book.properties.creator = AUTHOR
        self.book.properties.keywords = KEYWORD
        self.book.properties.title = f"{self.context.about.name_zh}文本核对"
        year, month = 2000, 1
        if self.document.period:
            period = Period.parse(self.document.period)
            year, month = period.year, period.last
        self.book.properties.created = datetime.datetime(year, month, 1)
        save(self.book, path)

    def _cover(self, sheet: Worksheet) -> None:
        sheet.title = COVER
        sheet.column_dimensions["A"].width = 110
        for row, (text, size) in enumerate(self._cover_lines(), 1):
            cell = sheet.cell(row, 1)
            put(cell, text)
            cell.font = Font(name=FONT, size=size, bold=row == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")

    def _cover_lines(self) -> list[tuple[str, int]]:
        document = self.document
        waiting = len(document.rows) - len(document.ready)
        lines = [(f"{self.context.about.name_zh}：文本核对", 16)]
        lines.append((f"文件：{document.path.name}；sha256：{document.sha256}", 11))
        lines.append((f"文本期间：{document.said or '没有说明'}（{document.period or '导入前须确定'}）", 11))
        lines.append((f"来源编号：{document.source or '没有对应的来源，先写入 zone.yml'}", 11))
        lines.append((f"程序版本：zonereport {__version__}", 11))
        counts = f"已入表 {len(document.ready)} 行；待定 {waiting} 行；其余数字 {len(document.numbers)} 个；"
        lines.append((f"{counts}表示时间的数 {document.times} 个。文中每个数只在其中一处。", 12))
        if document.subject and document.subject not in self.context.about.name_zh:
            if self.context.about.name_zh not in document.subject:
                lines.append((f"注意：文本说的是“{document.subject}”，本开发区是“{self.context.about.name_zh}”。", 12))
        lines += [(line, 11) for line in _GUIDE]
        return lines

    def _indicators(self) -> None:
        sheet = self._sheet("指标", self._fields("indicators", _INDICATORS), (QUOTE, SURENESS, HINT))
        for row in self.document.rows:
            if row.table == "indicators":
                self._line(sheet, [*self._figure(row, code=row.code), *self._auto(row)], row.confidence)
        self._close(sheet)

    def _targets(self) -> None:
        columns = ("year", "code", "target", "unit", "kind", "source")
        sheet = self._sheet("目标", self._fields("targets", columns), (QUOTE, SURENESS, HINT))
        for row in self.document.rows:
            if row.table != "targets":
                continue
            kind, figure, unit = "总量", row.value, row.unit
            if not row.value:
                kind, figure, unit = "增速", row.growth, "%"
            cells = [row.period[:4], self._name(row.code), _number(figure), unit, kind, self.document.source]
            self._line(sheet, [*cells, *self._auto(row)], row.confidence)
        self._close(sheet)

    def _pending(self) -> None:
        columns = ("period", "code", "value", "unit", "qualifier", "growth_pct", "rank", "rank_of", "source", "locator")
        automatic = (NAME, READ_UNIT, SUBJECT, PROPOSED, QUOTE, SURENESS, HINT)
        sheet = self._sheet(PENDING, self._fields("indicators", columns), automatic)
        for row in self.document.rows:
            if row.table:
                continue
            said = f"{row.value}{row.unit}" if row.value else f"{row.growth}%"
            proposed = self._name(row.code) if row.code else ""
            cells = self._figure(row, code="")[: len(columns)]
            subject = row.subject or self.context.about.name_zh
            automatic = [row.name, said, subject, proposed, Cell(row.quote, row.mark), row.confidence]
            self._line(sheet, [*cells, *automatic, "；".join(dict.fromkeys(row.hints))], row.confidence)
        self._close(sheet)

    def _figure(self, row: Row, *, code: str) -> list[object]:
        """Return the cells of a figure in the columns of _INDICATORS."""
        unit = row.unit or (self._only_unit(row.code) if row.code else "")
        qualifier = self._word("indicators", "qualifier", self._qualifier(row))
        if row.is_aim:
            qualifier = next(word for word in row.qualifiers if word in ("目标", "力争", "计划", "确保"))
        rank, rank_of = self._rank(row)
        return [
            row.period, self._name(code), _number(row.value), unit, qualifier, _number(row.growth), rank, rank_of,
            self.document.source, self._locator(row.locator), self._note(row),
        ]  # fmt: skip

    def _rank(self, row: Row) -> tuple[object, object]:
        """Return the place of a figure where its indicator is ranked in the way that the text says."""
        if not row.rank or row.table != "indicators":
            return "", ""
        ranked = self.context.dictionary.indicators["ranked_on"].get(row.code, "")
        of_growth = any(word in row.quote for word in ("增速", "增幅"))
        if (ranked == "growth") != of_growth:
            return "", ""
        return _number(row.rank), _number(row.rank_of)

    def _qualifier(self, row: Row) -> str:
        """Return the qualifier of a row; the dictionary says which figures are always part of another."""
        if row.qualifier:
            return row.qualifier
        if row.code:
            about = self.context.dictionary.indicators.loc[row.code]
            if "其中项" in f"{about['definition']}{about['processing']}":
                return "subset"
        return ""

    def _note(self, row: Row) -> str:
        words = [word for word in row.qualifiers if word in ("部口径", "含增资", "含留抵退税")]
        scope = re.search(r"(?:固定资产投资|投资)?\d+万元以上", row.name)
        if scope:
            words.append(scope[0])
        words += [hint.removeprefix("口径：") for hint in row.hints if hint.startswith("口径：")]
        return "；".join(dict.fromkeys(words))

    def _auto(self, row: Row) -> list[object]:
        return [Cell(row.quote, row.mark), row.confidence, "；".join(dict.fromkeys(row.hints))]

    def _entities(self) -> None:
        ids = Ids(self.context, self.document)
        by_table: dict[str, list[Placed]] = {}
        for placed in self.document.entities:
            by_table.setdefault(placed.thing.table, []).append(placed)
        for table, columns in _ENTITY_COLUMNS.items():
            sheet = self._sheet(self.context.schemas[table].name_zh, self._fields(table, columns), (QUOTE, SURENESS, HINT))
            for placed in by_table.get(table, []):
                cells, hint = self._entity(table, placed, ids)
                self._line(sheet, [*cells, placed.thing.quote, MIDDLE, hint], MIDDLE)
            if table == "enterprises":
                self._firms(sheet, by_table, ids)
            self._close(sheet)

    def _entity(self, table: str, placed: Placed, ids: Ids) -> tuple[list[object], str]:
        thing, locator, source = placed.thing, self._locator(placed.locator), self.document.source
        year = self.document.period[:4]
        if table in ("recognitions", "platforms"):
            firm, hint = ids.of("enterprises", thing.name)
            level = self._word(table, "level", thing.level)
            return [self.document.period, firm, self._name(thing.kind), level, source, locator], hint
        name, hint = ids.of(table, thing.name)
        if table == "projects":
            return [name, thing.name, self._word(table, "stage", thing.stage), year, source, locator], hint
        kind, status = self._word(table, "kind", thing.kind), self._word(table, "status", thing.stage)
        return [name, thing.name, kind, status, year, source, locator], hint

    def _firms(self, sheet: Worksheet, by_table: dict[str, list[Placed]], ids: Ids) -> None:
        """List the firms that recognitions and platforms name: those tables refer to them."""
        seen: set[str] = set()
        for placed in [*by_table.get("recognitions", []), *by_table.get("platforms", [])]:
            firm, hint = ids.of("enterprises", placed.thing.name)
            if firm in seen or ids.known("enterprises", placed.thing.name):
                continue
            seen.add(firm)
            cells = [firm, placed.thing.name, self.document.source, self._locator(placed.locator)]
            self._line(sheet, [*cells, placed.thing.quote, MIDDLE, hint], MIDDLE)

    def _statements(self) -> None:
        columns = ("period", "section", "subject", "sentence", "kind", "source", "locator")
        sheet = self._sheet(STATEMENTS, self._fields("statements", columns), (QUOTE,))
        for placed in self.document.statements:
            thing = placed.thing
            section = self._word("statements", "section", thing.section)
            kind = self._word("statements", "kind", thing.kind)
            cells = [self.document.period, section, thing.subject, "", kind, self.document.source]
            self._line(sheet, [*cells, self._locator(placed.locator), thing.quote], "")
        self._close(sheet)

    def _others(self) -> None:
        sheet = self.book.create_sheet(OTHERS)
        for column, header in enumerate(("数", "出处", "未作为数据的原因", "原文"), 1):
            self._head(sheet, column, header, LOOKED_AT)
        for number in self.document.numbers:
            self._line(sheet, [number.text, number.locator, number.reason, number.quote], "")
        sheet.freeze_panes = "A2"

    def _fields(self, table: str, columns: Iterable[str]) -> list[tuple[str, bool, tuple[str, ...]]]:
        """Return header, whether it must be filled in, and choices of columns of a table."""
        fields = {field.name: field for field in self.context.schemas[table].fields}
        found = []
        for name in columns:
            field = fields[name]
            choices = tuple(field.choices.values())
            if field.kind == "code":
                derived = set(self.context.dictionary.derived.index)
                choices = tuple(name_zh for code, name_zh in self.names.items() if code not in derived)
            elif field.kind == "unit":
                choices = tuple(self.context.dictionary.units)
            found.append((field.name_zh, field.required, choices))
        return found

    def _sheet(self, name: str, fields: Sequence[tuple[str, bool, tuple[str, ...]]], automatic: Sequence[str]) -> Worksheet:
        sheet = self.book.create_sheet(name)
        for column, (header, required, choices) in enumerate(fields, 1):
            self._head(sheet, column, header, REQUIRED if required else OPTIONAL)
            if choices:
                rule = DataValidation("list", self._area(choices), allow_blank=True, errorStyle="warning")
                rule.errorTitle, rule.error = header, "请从下拉列表中选择"
                letter = get_column_letter(column)
                rule.add(f"{letter}2:{letter}{len(self.document.rows) + ROOM}")
                sheet.add_data_validation(rule)
        for column, header in enumerate(automatic, len(fields) + 1):
            self._head(sheet, column, header, LOOKED_AT)
        sheet.freeze_panes = "C2"
        return sheet

    def _head(self, sheet: Worksheet, column: int, header: str, fill: PatternFill) -> None:
        cell = sheet.cell(1, column)
        put(cell, header)
        cell.font, cell.border, cell.fill = HEAD, LINE, fill
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        about = sheet.column_dimensions[get_column_letter(column)]
        about.width = WIDE.get(header, max(10, 2 * len(header) + 2))
        # text, or a spreadsheet makes a date of 2022-11
        if header in ("期间", "年度"):
            about.number_format = "@"

    def _area(self, choices: tuple[str, ...]) -> str:
        if choices not in self.listed:
            column = len(self.listed) + 1
            for row, choice in enumerate(choices, 1):
                put(self.lists.cell(row, column), choice)
            letter = get_column_letter(column)
            self.listed[choices] = f"'{LIST_SHEET}'!${letter}$1:${letter}${len(choices)}"
        return self.listed[choices]

    def _line(self, sheet: Worksheet, cells: Sequence[object], confidence: str) -> None:
        row = sheet.max_row + 1
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            if isinstance(value, Cell):
                _quotation(cell, value)
            elif value not in ("", None):
                put(cell, value)
            header = sheet.cell(1, column).value
            cell.alignment = Alignment(vertical="top", wrap_text=header in (QUOTE, HINT, "原文", "所述"))
            if header in ("期间", "年度"):
                cell.number_format = "@"
            if confidence in (LOW, MIDDLE):
                cell.fill = DOUBTFUL if confidence == LOW else UNSURE

    def _close(self, sheet: Worksheet) -> None:
        """Take away a sheet that has nothing to show, but for those that a reader looks for."""
        if sheet.max_row == 1 and sheet.title not in ("指标", PENDING):
            self.book.remove(sheet)

    def _name(self, code: str) -> str:
        return self.names.get(code, "") if code else ""

    def _only_unit(self, code: str) -> str:
        return self.context.dictionary.indicators["unit"].get(code, "")

    def _word(self, table: str, column: str, choice: str) -> str:
        return self.context.schemas[table].word(column, choice) if choice else ""

    def _locator(self, locator: str) -> str:
        """Return a place as the source counts it: 栏目A is A where zone.yml counts 栏目."""
        counted = next((one.locator for one in self.context.about.sources if one.id == self.document.source), "")
        return locator.removeprefix(counted) if counted else locator


_ENTITY_COLUMNS = {
    "projects": ("project", "name", "stage", "stage_date", "source", "locator"),
    "carriers": ("carrier", "name", "kind", "status", "status_date", "source", "locator"),
    "works": ("work", "name", "kind", "status", "status_date", "source", "locator"),
    "enterprises": ("enterprise", "name", "source", "locator"),
    "recognitions": ("period", "enterprise", "code", "level", "source", "locator"),
    "platforms": ("period", "enterprise", "code", "level", "source", "locator"),
}
_GUIDE = (
    "1. “指标”“目标”各行已有编码、单位和把握，请对照“原文”核对；不要的行整行删除。",
    "2. “待定”各行需要人来判断：在“指标编码”列从下拉列表选定后，导入时按该指标读取；不选的行不会导入，也不算错误。",
    "3. “待定”中限定为目标、力争、计划、确保的行，选定编码后写入目标表。",
    "4. 存量还是新增、口径、其中项，程序只提示，不代为决定。",
    "5. “项目”“载体”“工程”“企业”“称号”“研发平台”的编号是建议的编号，可以改；与已有名称相近的只提示，不合并。",
    "6. “来源所述”请用自己的话写“所述”一列；不写的行不会导入。",
    "7. “其余数字”列出没有作为数据的数和原因，供核对有无遗漏，不会导入。",
    "8. 表头带〔自动〕的列供核对，不会被读取。底色越深，把握越低。",
    "9. 核对后保存为 .xlsx，用 zonereport import 导入。选定的名称记入本开发区的 names.csv，下次按此识别。",
)


def _number(text: str) -> object:
    """Return a figure as a number of the sheet."""
    if not text:
        return ""
    value = float(plain_value(text))
    return int(value) if value == int(value) else value


def _quotation(cell, quotation: Cell) -> None:
    """Write a quotation with its number in bold; one that a spreadsheet would compute stays plain text."""
    first, last = quotation.mark
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", quotation.text)
    if acts(text) or not 0 <= first < last <= len(text):
        put(cell, text)
        return
    parts: list[object] = [text[:first], TextBlock(InlineFont(b=True), text[first:last]), text[last:]]
    cell.value = CellRichText([part for part in parts if part])
