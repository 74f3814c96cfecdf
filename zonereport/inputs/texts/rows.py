"""A fact as a row of a table: its code, its unit, and what speaks against taking it without a look."""

import re
from dataclasses import dataclass, field

from zonereport.inputs.texts.codes import Codes, base
from zonereport.inputs.texts.model import HIGH, LEVEL, LOW, MIDDLE, PLACE, Fact
from zonereport.inputs.texts.tables import TableFact
from zonereport.inputs.texts.times import canonical
from zonereport.inputs.workbook.cells import number_text
from zonereport.inputs.workbook.context import Context

# words of a text for an aim; the others are words of the tables
AIMS = ("目标", "力争", "计划", "确保")
_QUALIFIERS = (
    ("estimate", ("预计", "预估")),
    ("lower_bound", ("以上", "余", "多", "超", "突破", "超过", "来", "几")),
    ("approximate", ("约", "左右", "近", "上下")),
    ("including", ("含留抵退税", "含增资")),
    ("cumulative", ("累计",)),
    ("decreased", ("下降",)),
)
# what a name may count as a stock or as what was new in the period
_STOCK_OR_NEW = re.compile(r"高新技术企业|科技型中小企业|小巨人|瞪羚企业|亿元企业|上市公司|研发平台|高层次人才")
_BASIS = re.compile(r"（([^）]{0,12}(?:口径|含[^）]*|扣除[^）]*|剔除[^）]*))）")
MAIN = frozenset(("", "全区", "全市", "全县", "全镇", "园区", "开发区", "高新区", "经开区", "我区", "该区"))


@dataclass
class Row:
    """A fact of a text: what it says, where it stands, how sure it is, and the table it is ready for.

    ``table`` is indicators or targets, or empty where a person has to choose; ``value`` is in ``unit``; ``mark`` bounds
    the number in ``quote``; ``period`` is as tables write it, else as the text says it.
    """

    table: str
    code: str
    name: str
    value: str
    unit: str
    qualifiers: list[str]
    period: str
    growth: str
    rank: str
    subject: str
    locator: str
    quote: str
    confidence: str
    mark: tuple[int, int] = (0, 0)
    rank_of: str = ""
    hints: list[str] = field(default_factory=list)
    kind: str = LEVEL
    of_table: bool = False
    # whether it is of the zone itself, and of no park, firm or other zone
    own: bool = True

    @property
    def is_aim(self) -> bool:
        """Whether it is a target, and no result."""
        return any(word in AIMS for word in self.qualifiers)

    @property
    def qualifier(self) -> str:
        """The one qualifier that a table has for it; empty where there is none."""
        for choice, words in _QUALIFIERS:
            if any(word in words for word in self.qualifiers):
                return choice
        return ""


@dataclass(frozen=True)
class Number:
    """A number of a text that became no fact: its place, the reason, and the words around it."""

    text: str
    locator: str
    reason: str
    quote: str


def row_of(fact: Fact, locator: str, quote: str, mark: tuple[int, int], codes: Codes) -> Row:
    """Return the row of a fact of the text; whether it is ready is judged by add_doubts."""
    period = canonical(fact.period) or fact.period
    value, unit = fact.value, fact.unit
    allowed = codes.units.get(fact.code, ())
    # 户 of firms is 家 there: the figure is the same
    if fact.code and unit and unit not in allowed:
        same = next((one for one in allowed if base(one) == base(unit) and one.endswith(unit[-1:])), "")
        alike = next((one for one in allowed if base(one) == base(unit)), "")
        if not same and alike and not re.match("[万亿千百]", unit):
            unit = alike
    row = Row(
        "", fact.code, fact.name, value, unit, list(fact.qualifiers), period, fact.growth, fact.rank, fact.subject,
        locator, quote, fact.confidence, mark, fact.rank_of, list(fact.hints), fact.kind,
    )  # fmt: skip
    basis = _BASIS.search(quote)
    if basis:
        row.hints.append(f"口径：{basis[1]}")
    if "其中" in quote:
        row.hints.append("其中项")
    return row


def row_of_table(fact: TableFact, context: Context) -> Row:
    """Return the row of a figure in a table of the document."""
    cells = fact.cells
    name = context.dictionary.indicators["name_zh"].get(cells.get("code", ""), fact.label)
    value = cells.get("value") or cells.get("target") or ""
    period = cells.get("period") or cells.get("year") or ""
    row = Row(
        "", cells.get("code", ""), fact.label or name, value, cells.get("unit", ""), [], period,
        cells.get("growth_pct", ""), cells.get("rank", ""), "", fact.locator, fact.quote, HIGH,
        rank_of=cells.get("rank_of", ""), of_table=True,
    )  # fmt: skip
    if fact.table == "targets":
        row.qualifiers.append("目标")
    if cells.get("park"):
        row.subject = cells["park"]
    return row


def add_doubts(rows: list[Row], context: Context, subject: str) -> None:
    """Say of each row what a person should look at, and put those that are sure into their table."""
    main = _main_subjects(subject, context)
    seen: dict[tuple[str, str, bool], Row] = {}
    for row in rows:
        _look(row, context, main)
        if not row.code or row.subject not in main or row.kind == PLACE:
            continue
        key = (row.code, row.period, row.is_aim)
        first = seen.setdefault(key, row)
        if first is not row:
            _same_key(first, row)
    for row in rows:
        row.table = _table(row, context, main)


def _main_subjects(main: str, context: Context) -> frozenset[str]:
    """Return the subjects that are the zone: its own names, and what the text is about."""
    names = {context.about.name_zh, *MAIN}
    return frozenset(names | {main})


def _same_key(first: Row, row: Row) -> None:
    if (first.value, first.growth) == (row.value, row.growth) and first.unit == row.unit:
        row.hints.append(f"与{first.locator}同一数")
        row.confidence = LOW
        return
    if not row.value and first.value and not first.growth:
        row.hints.append(f"可能是{first.locator}同一指标的增速")
        row.confidence = LOW
        return
    text = f"{first.value}{first.unit}" if first.value else f"增长{first.growth}%"
    other = f"{row.value}{row.unit}" if row.value else f"增长{row.growth}%"
    row.hints.append(f"同一指标同一期间另有{text}（{first.locator}）")
    first.hints.append(f"同一指标同一期间另有{other}（{row.locator}）")
    row.confidence = first.confidence = LOW


def _look(row: Row, context: Context, main: frozenset[str]) -> None:
    row.own = row.subject in main
    if not row.own:
        row.hints.append(f"主体：{row.subject}")
    if row.code and not _is_canonical(row.period):
        row.hints.append("期间要由人确定（当月、多年或没有年份）")
    if not row.code and _STOCK_OR_NEW.search(row.name):
        row.hints.append("存量还是当期新增，原文没有说明")
    if row.code and row.name != context.dictionary.indicators["name_zh"].get(row.code):
        row.hints.append(f"原文名称：{row.name}")
    if row.confidence == MIDDLE and row.code:
        row.hints.append("名称或数由上文承接，请核对")
    if row.confidence == LOW and row.code:
        row.hints.append("读法不唯一，请核对")
    if row.is_aim and not row.code:
        row.hints.append("目标或计划，不是完成数")


def _is_canonical(period: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:-\d\d|Q[1-4]|H[12])?", period))


def _table(row: Row, context: Context, main: frozenset[str]) -> str:
    """Return the table that a row is ready for; empty where somebody has to look at it first."""
    if not row.code or row.subject not in main or row.kind not in (LEVEL, "percent") or row.confidence == LOW:
        return ""
    if not _is_canonical(row.period):
        return ""
    if row.is_aim:
        return "targets"
    if row.confidence != HIGH or not (row.value or row.qualifier == "decreased"):
        return ""
    if row.unit not in context.dictionary.allowed_units.get(row.code, []):
        return ""
    # what is not yet known of a rate is asked
    if row.growth and not re.fullmatch(r"-?\d+(?:\.\d+)?", row.growth):
        return ""
    return "indicators"


def plain_value(text: str) -> str:
    """Return a figure as tables write it: 17.40 is 17.4.

    >>> plain_value("17.40"), plain_value("1000")
    ('17.4', '1000')
    """
    return number_text(float(text)) if text else ""
