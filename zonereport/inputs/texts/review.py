"""The review workbook of a text: what is sure in its sheets, the rest to be decided, other numbers with reasons."""

import datetime
import re
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from zonereport import __version__
from zonereport.disk.spreadsheet import put
from zonereport.inputs.learnt import bare
from zonereport.inputs.period import Period
from zonereport.inputs.texts.document import Document, Placed
from zonereport.inputs.texts.ids import Ids
from zonereport.inputs.texts.model import MIDDLE
from zonereport.inputs.texts.rows import Row
from zonereport.inputs.texts.sheets import FONT, HINT, LOOKED_AT, QUOTE, READ, SURENESS, Cell, Sheets, figure
from zonereport.inputs.workbook.book import KEYWORD
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.fixed import save
from zonereport.inputs.workbook.lessons import MARK, NAME, PROPOSED, SUBJECT
from zonereport.inputs.workbook.pending import OTHERS, PENDING, STATEMENTS
from zonereport.inputs.workbook.propose import COVER

AUTHOR = "zonereport"
_INDICATORS = (
    "period",
    "code",
    "value",
    "unit",
    "qualifier",
    "growth_pct",
    "rank",
    "rank_of",
    "source",
    "locator",
    "note",
)


def write_review(document: Document, context: Context, path: Path) -> None:
    """Write the review workbook of a document; the same document gives the same bytes."""
    _Review(document, context).write(path)


class _Review:
    """Writes the sheets of one document."""

    def __init__(self, document: Document, context: Context):
        self.document, self.context = document, context
        self.book = openpyxl.Workbook()
        self.sheets = Sheets(self.book, context, len(document.rows))
        self.names = context.dictionary.indicators["name_zh"]
        self.source = document.source or document.new_source

    def write(self, path: Path) -> None:
        """Write all sheets and save the book."""
        self._cover(self.book.active)
        self._indicators()
        self._targets()
        self._entities()
        self._statements()
        self._pending()
        self._others()
        self._remember()
        self.book.move_sheet(self.sheets.lists, len(self.book.sheetnames))
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
        source = document.source
        if not source:
            source = f"{document.new_source}（须先写入 zone.yml）"
        lines.append((f"来源编号：{source}", 11))
        lines.append((f"程序版本：zonereport {__version__}", 11))
        counts = f"已入表 {len(document.ready)} 行；待定 {waiting} 行；其余数字 {len(document.numbers)} 个；"
        lines.append((f"{counts}表示时间的数 {document.times} 个。文中每个数只在其中一处。", 12))
        own = self.context.about.name_zh
        if document.subject and document.subject not in own and own not in document.subject:
            lines.append((f"注意：文本说的是“{document.subject}”，本开发区是“{own}”。", 12))
        lines += [(line, 11) for line in _GUIDE]
        return lines

    def _indicators(self) -> None:
        sheet = self.sheets.sheet("指标", self.sheets.fields("indicators", _INDICATORS), (NAME, QUOTE, SURENESS, HINT))
        for row in self.document.rows:
            if row.table == "indicators":
                self.sheets.line(sheet, [*self._cells(row, code=row.code), *self._auto(row)], row.confidence)
        self._close(sheet)

    def _targets(self) -> None:
        columns = ("year", "code", "target", "unit", "kind", "source")
        sheet = self.sheets.sheet("目标", self.sheets.fields("targets", columns), (NAME, QUOTE, SURENESS, HINT))
        for row in self.document.rows:
            if row.table != "targets":
                continue
            kind, amount, unit = "总量", row.value, row.unit
            if not row.value:
                kind, amount, unit = "增速", row.growth, "%"
            cells = [row.period[:4], self._name(row.code), figure(amount), unit, kind, self.source]
            self.sheets.line(sheet, [*cells, *self._auto(row)], row.confidence)
        self._close(sheet)

    def _pending(self) -> None:
        columns = ("period", "code", "value", "unit", "qualifier", "growth_pct", "rank", "rank_of", "source", "locator")
        automatic = (NAME, READ, SUBJECT, PROPOSED, QUOTE, SURENESS, HINT)
        sheet = self.sheets.sheet(PENDING, self.sheets.fields("indicators", columns), automatic)
        for row in self.document.rows:
            if row.table:
                continue
            said = f"{row.value}{row.unit}" if row.value else f"{row.growth}%"
            proposed = self._name(row.code) if row.code else ""
            cells = self._cells(row, code="")[: len(columns)]
            subject = self.context.about.name_zh if row.own else row.subject
            automatic = [row.name, said, subject, proposed, Cell(row.quote, row.mark), row.confidence]
            self.sheets.line(sheet, [*cells, *automatic, "；".join(dict.fromkeys(row.hints))], row.confidence)
        self._named_firms(sheet)
        self._close(sheet)

    def _named_firms(self, sheet: Worksheet) -> None:
        """Propose the number of firms that the text names for a recognition of which it gives no number."""
        known = {row.code for row in self.document.rows}
        firms: dict[str, list[Placed]] = {}
        for placed in self.document.entities:
            if placed.thing.table == "recognitions" and placed.thing.kind not in known:
                firms.setdefault(placed.thing.kind, []).append(placed)
        for code, named in firms.items():
            count, names = len(named), "、".join(placed.thing.name for placed in named)
            locator = self._locator(named[0].locator)
            cells = [self.document.period, "", count, self._only_unit(code), "", "", "", "", self.source, locator]
            own = self.context.about.name_zh
            automatic = ["", f"{count}家", own, self._name(code), named[0].thing.quote, MIDDLE]
            self.sheets.line(sheet, [*cells, *automatic, f"原文没有家数，按文中列名计：{names}"], MIDDLE)

    def _cells(self, row: Row, *, code: str) -> list[object]:
        """Return the cells of a figure in the columns of _INDICATORS."""
        unit = row.unit or (self._only_unit(row.code) if row.code else "")
        qualifier = self._word("indicators", "qualifier", self._qualifier(row))
        if row.is_aim:
            qualifier = next(word for word in row.qualifiers if word in ("目标", "力争", "计划", "确保"))
        rank, rank_of = self._rank(row)
        return [
            row.period, self._name(code), figure(row.value), unit, qualifier, figure(row.growth), rank, rank_of,
            self.source, self._locator(row.locator), self._note(row),
        ]  # fmt: skip

    def _rank(self, row: Row) -> tuple[object, object]:
        """Return the place of a figure where its indicator is ranked in the way that the text says."""
        if not row.rank or row.table != "indicators":
            return "", ""
        ranked = self.context.dictionary.indicators["ranked_on"].get(row.code, "")
        of_growth = any(word in row.quote for word in ("增速", "增幅"))
        if (ranked == "growth") != of_growth:
            return "", ""
        return figure(row.rank), figure(row.rank_of)

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
        return [row.name, Cell(row.quote, row.mark), row.confidence, "；".join(dict.fromkeys(row.hints))]

    def _entities(self) -> None:
        ids = Ids(self.context, self.document)
        by_table: dict[str, list[Placed]] = {}
        for placed in self.document.entities:
            by_table.setdefault(placed.thing.table, []).append(placed)
        for table, columns in _ENTITY_COLUMNS.items():
            sheet = self.sheets.sheet(
                self.context.schemas[table].name_zh, self.sheets.fields(table, columns), (QUOTE, SURENESS, HINT)
            )
            for placed in by_table.get(table, []):
                cells, hint = self._entity(table, placed, ids)
                self.sheets.line(sheet, [*cells, placed.thing.quote, MIDDLE, hint], MIDDLE)
            if table == "enterprises":
                self._firms(sheet, by_table, ids)
            self._close(sheet)

    def _entity(self, table: str, placed: Placed, ids: Ids) -> tuple[list[object], str]:
        thing, locator, source = placed.thing, self._locator(placed.locator), self.source
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
            cells = [firm, placed.thing.name, self.source, self._locator(placed.locator)]
            self.sheets.line(sheet, [*cells, placed.thing.quote, MIDDLE, hint], MIDDLE)

    def _statements(self) -> None:
        columns = ("period", "section", "subject", "sentence", "kind", "source", "locator")
        sheet = self.sheets.sheet(STATEMENTS, self.sheets.fields("statements", columns), (QUOTE,))
        for placed in self.document.statements:
            thing = placed.thing
            section = self._word("statements", "section", thing.section)
            kind = self._word("statements", "kind", thing.kind)
            cells = [self.document.period, section, thing.subject, "", kind, self.source]
            self.sheets.line(sheet, [*cells, self._locator(placed.locator), thing.quote], "")
        self._close(sheet)

    def _others(self) -> None:
        sheet = self.book.create_sheet(OTHERS)
        for column, header in enumerate(("数", "出处", "未作为数据的原因", "原文"), 1):
            self.sheets.head(sheet, column, header, LOOKED_AT)
        for number in self.document.numbers:
            self.sheets.line(sheet, [number.text, number.locator, number.reason, number.quote], "")
        sheet.freeze_panes = "A2"

    def _remember(self) -> None:
        """Keep in the hidden sheet what was proposed: an import compares it with what a person made of it."""
        column = len(self.sheets.listed) + 1
        put(self.sheets.lists.cell(1, column), MARK)
        for place, row in enumerate(self.document.ready, 2):
            put(self.sheets.lists.cell(place, column), f"{bare(row.name)}\t{row.code}")

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
        counted = next((one.locator for one in self.context.about.sources if one.id == self.source), "")
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
