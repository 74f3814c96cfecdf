"""What the sheet of indicators of a template holds beforehand: rows, last figures, and cells that compute."""

from dataclasses import dataclass

import pandas as pd
from openpyxl.utils import get_column_letter

from zonereport.inputs.model import Zone
from zonereport.inputs.period import Period
from zonereport.inputs.workbook.cells import number_text
from zonereport.inputs.workbook.context import source_for
from zonereport.inputs.workbook.headers import AUTOMATIC


@dataclass(frozen=True)
class Figure:
    """A row to fill in: its cells by column, the last figure in words, last year's in the unit of the row.

    ``grows`` says that growth may be computed from levels: not where the dictionary wants it published, nor of rates.
    """

    cells: dict[str, str]
    before: str
    last_year: float | None
    grows: bool = True


@dataclass(frozen=True)
class Automatic:
    """The locked columns behind the sheet of indicators, and the columns that their formulas read."""

    last_year: int
    growth: int
    parts: int | None
    letters: dict[str, str]

    @classmethod
    def of(cls, places: dict[str, int], width: int, parks: bool) -> "Automatic":
        """The columns after the ``width`` of the table; sums of parks only where there are parks."""
        letters = {name: get_column_letter(place) for name, place in places.items()}
        return cls(width + 1, width + 2, width + 3 if parks else None, letters)

    @property
    def headers(self) -> dict[int, str]:
        """Headers by column; their ending says that an import does not read them."""
        found = {self.last_year: f"上年同期{AUTOMATIC}", self.growth: f"同比推算（%）{AUTOMATIC}"}
        return found | ({self.parts: f"各园区之和{AUTOMATIC}"} if self.parts else {})

    def cells(self, row: int, figure: Figure, last: int) -> dict[int, object]:
        """Last year's figure, growth against it, and for the whole zone the sum of its parks (rows 2 to ``last``)."""
        value, base = f"{self.letters['value']}{row}", f"{get_column_letter(self.last_year)}{row}"
        found: dict[int, object] = {self.last_year: figure.last_year}
        found[self.growth] = (
            f'=IF(AND(ISNUMBER({value}),ISNUMBER({base})),IF({base}>0,ROUND(({value}/{base}-1)*100,1),""),"")'
        )
        if not figure.grows:
            del found[self.growth]
        if self.parts and not figure.cells.get("park"):
            area = {n: f"${self.letters[n]}$2:${self.letters[n]}${last}" for n in ("value", "code", "park")}
            code = f"{self.letters['code']}{row}"
            found[self.parts] = f'=SUMIFS({area["value"]},{area["code"]},{code},{area["park"]},"<>")'
        return found


def figure_rows(zone: Zone, period: Period) -> list[Figure]:
    """A row for every indicator and park that the zone has used, in the order of the dictionary; else for every one."""
    frame = zone.tables.get("indicators", pd.DataFrame(columns=["period", "code", "park", "vintage"]))
    frame = frame.assign(when=[Period.parse(text) for text in frame["period"]])
    frame = frame.sort_values(["when", "vintage"], kind="stable")
    derived = set(zone.dictionary.derived.index)
    indicators = zone.dictionary.indicators
    used = set(zip(frame["code"], frame["park"], strict=True))
    pairs = [(code, park.id) for code in indicators.index for park in zone.about.parks if (code, park.id) in used]
    whole = [(code, "") for code in indicators.index if (code in {c for c, _ in used} if used else code not in derived)]
    if period.kind == "month" and period.last == 1:
        silent = set(indicators.index[indicators["january_reported"] == "no"])
        pairs, whole = ([pair for pair in some if pair[0] not in silent] for some in (pairs, whole))
    order = {code: place for place, code in enumerate(indicators.index)}
    names = {park.id: park.name_zh for park in zone.about.parks}
    of_year = {one.id for one in zone.about.sources if one.covers_year(period.year)}
    rows = []
    for code, park in sorted([*pairs, *whole], key=lambda pair: (order[pair[0]], pair[1] != "")):
        own = frame[(frame["code"] == code) & (frame["park"] == park)]
        past = own[[when < period and when != period for when in own["when"]]]
        last = None
        if len(past):
            last = past.iloc[-1]
        unit = own.iloc[-1]["unit"] if len(own) else indicators.at[code, "unit"]
        # the document it came from last, if that is one of this year
        source = ""
        if len(own):
            source = own.iloc[-1]["source"]
        source = source if source in of_year else source_for(zone.about, period.year)
        rows.append(
            Figure(
                {
                    "period": str(period),
                    "code": indicators.at[code, "name_zh"],
                    "park": names.get(park, ""),
                    "unit": unit,
                    "source": source,
                },
                "" if last is None else _words(last),
                _last_year(zone, own, code, unit, period),
                indicators.at[code, "growth_from"] == "level"
                and indicators.at[code, "nature"] in ("flow_ytd", "stock"),
            )
        )
    return rows


def _words(row: pd.Series) -> str:
    said = [f"{number_text(row['value'])}{row['unit']}"] if pd.notna(row["value"]) else ["没有公布数值"]
    said += [f"同比{number_text(row['growth_pct'])}%"] if pd.notna(row["growth_pct"]) else []
    return f"上期（{row['when'].name_zh}）：{'，'.join(said)}"


def _last_year(zone: Zone, own: pd.DataFrame, code: str, unit: str, period: Period) -> float | None:
    same = own[[when == period.same_last_year for when in own["when"]]]
    if same.empty or pd.isna(same.iloc[-1]["value"]):
        return None
    row = same.iloc[-1]
    value = zone.dictionary.to_own_unit(code, row["value"], row["unit"])
    per_unit = zone.dictionary.to_own_unit(code, 1.0, unit)
    return value / per_unit
