"""The rows that an import would write, one line each, with the cell that each figure comes from."""

from zonereport.inputs.workbook.book import cell_name
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import MEASURES
from zonereport.inputs.workbook.record import Record

WORDS = {"value": "", "growth_pct": "同比", "rank": "位次"}


def preview_of(records: list[Record], context: Context) -> tuple[str, ...]:
    """Return a line for every record: period, what it is about, its figures, and sheet and cell of each."""
    names = context.dictionary.indicators["name_zh"]
    lines = []
    for record in records:
        cells = record.cells
        # a row of another table has no code, a target no period: what there is names it
        about = [
            cells.get("period", "") or cells.get("year", ""),
            names.get(cells.get("code", ""), cells.get("code", "")),
        ]
        for name in ("peer", "park", "enterprise", "project", "name"):
            about.append(cells.get(name, ""))
        figures = []
        for column, place in record.places.items():
            # only figures have a cell worth looking up; names stand in the row that is named anyway
            if column in MEASURES and cells.get(column):
                unit = ""
                if column == "value":
                    unit = cells.get("unit", "")
                figures.append(f"{WORDS[column]}{cells[column]}{unit}（{cell_name(place.row, place.column)}）")
        # a list of firms has no figure: its row is where to look
        if not figures:
            figures.append(f"（第{record.label.row + 1}行）")
        lines.append(f"{record.label.sheet.name}  {' '.join(filter(None, about))}  {'，'.join(figures)}")
    return tuple(lines)
