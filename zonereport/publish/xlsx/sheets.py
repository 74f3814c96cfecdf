"""What stands in a sheet: rows of cells from a printed table, or from what a chart is drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup

from zonereport.publish import styler, tables
from zonereport.publish.outputs import Shown
from zonereport.publish.series import NOW, WHOLE, SideBySide, side_by_side
from zonereport.publish.xlsx.figures import Figure, beginning, read

ORIGIN = "出处"
# what a number of a chart looks like whose label says nothing of its digits
_WHOLE, _PARTS = "#,##0", "#,##0.00"


@dataclass(frozen=True)
class Entry:
    """A cell: a text or a figure, and over how many rows and columns it reaches."""

    row: int
    column: int
    value: str | Figure
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet, counted from 0; the first ``heads`` rows are titles."""

    entries: tuple[Entry, ...]
    heads: int
    rows: int
    columns: int


def sheet(shown: Shown, origins: Mapping[str, str]) -> Sheet | None:
    """Return the sheet of a table or a chart; None where it has no rows. ``origins`` say where a figure comes from."""
    made = _of_table(shown) if shown.role == "table" else _of_chart(shown)
    if made is None or made.rows <= made.heads:
        return None
    return _with_origins(made, origins)


def grid(shown: Shown) -> tables.Grid | None:
    """Return the printed table of an output."""
    page = BeautifulSoup(shown.html, "html.parser")
    if page.table is None:
        return None
    styler.inline(page)
    return tables.tidy(page.table)


def _of_table(shown: Shown) -> Sheet | None:
    table = grid(shown)
    if table is None:
        return None
    entries = []
    for cell in table.cells:
        for line in cell.tag.find_all("br"):
            line.replace_with("\n")
        text = cell.tag.get_text().strip()
        value: str | Figure = text
        if cell.row >= table.header:
            value = read(text) or text
        entries.append(Entry(cell.row, cell.column, value, cell.rows, cell.columns))
    return Sheet(tuple(entries), table.header, table.rows, len(table.columns))


def _of_chart(shown: Shown) -> Sheet | None:
    columns = shown.about.get("data") or []
    if not columns:
        return None
    crossed = side_by_side(columns)
    if crossed is not None and len(crossed.series) > 1 and crossed.series[0].name not in (NOW, WHOLE):
        return _crossed(crossed)
    values = {}
    for column in columns:
        values[column["name"]] = column["values"]
    texts = [str(text or "") for text in values.get("text", ())]
    # a label that is the number once more says nothing
    if texts and all(read(text) for text in texts):
        columns = [column for column in columns if column["name"] != "text"]
    entries = []
    for place, column in enumerate(columns):
        entries.append(Entry(0, place, column["head"]))
        for row, value in enumerate(column["values"]):
            label = ""
            if column["name"] == "value" and row < len(texts):
                label = texts[row]
            entries.append(Entry(row + 1, place, _of_value(value, label)))
    return Sheet(tuple(entries), 1, 1 + len(columns[0]["values"]), len(columns))


def _crossed(data: SideBySide) -> Sheet:
    """A table of two ways: what is compared goes down, its series or months go across."""
    names, rows = data.rows, data.series
    entries = [Entry(0, 0, "项目")]
    if data.over_time:
        for place, name in enumerate(names, start=1):
            entries.append(Entry(0, place, name))
        for row, one in enumerate(rows, start=1):
            entries.append(Entry(row, 0, _of_value(one.name, "")))
            for place, (value, text) in enumerate(zip(one.values, one.texts, strict=True), start=1):
                entries.append(Entry(row, place, _of_value(value, text)))
        return Sheet(tuple(entries), 1, 1 + len(rows), 1 + len(names))
    for row, name in enumerate(names, start=1):
        entries.append(Entry(row, 0, _of_value(name, "")))
    for place, one in enumerate(rows, start=1):
        entries.append(Entry(0, place, one.name))
        for row, (value, text) in enumerate(zip(one.values, one.texts, strict=True), start=1):
            entries.append(Entry(row, place, _of_value(value, text)))
    return Sheet(tuple(entries), 1, 1 + len(names), 1 + len(rows))


def _of_value(value: object, label: str) -> str | Figure:
    """A value of a chart, shown with the digits and the unit of its label where that says the same number."""
    if value is None:
        return ""
    # whether something is so is no number
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        printed = beginning(label)
        if printed is not None and "%" not in printed.form and abs(printed.value - value) <= 0.5:
            return Figure(value, printed.form)
        return Figure(value, _WHOLE if float(value).is_integer() else _PARTS)
    # the second line of a label is an aside
    return str(value).replace("\n", "，")


def _with_origins(made: Sheet, origins: Mapping[str, str]) -> Sheet:
    """Add a column that says of each row where its figure stands in its source, if that is known of any."""
    found: dict[int, str] = {}
    for entry in made.entries:
        if entry.value == ORIGIN and entry.row < made.heads:
            return made
        if entry.row < made.heads or not isinstance(entry.value, str):
            continue
        name = entry.value.partition("，")[0]
        if name in origins:
            found.setdefault(entry.row, origins[name])
    if not any(found.values()):
        return made
    entries = [*made.entries, Entry(0, made.columns, ORIGIN, rows=made.heads)]
    for row, origin in sorted(found.items()):
        entries.append(Entry(row, made.columns, origin))
    return Sheet(tuple(entries), made.heads, made.rows, made.columns + 1)
