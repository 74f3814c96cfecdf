"""What the sheet of indicators of a template holds beforehand: rows, last figures, and cells that compute."""

from dataclasses import dataclass

import pandas as pd
from openpyxl.utils import get_column_letter

from zonereport.inputs.dated import is_open
from zonereport.inputs.model import Zone
from zonereport.inputs.period import Period
from zonereport.inputs.workbook.cells import number_text
from zonereport.inputs.workbook.headers import AUTOMATIC
from zonereport.inputs.workbook.offices import source_of_code
from zonereport.inputs.workbook.prefilled import MAIN, starting_codes

# natures of which a figure of a year ago makes a growth
LEVELS = ("flow_ytd", "stock")


@dataclass(frozen=True)
class Figure:
    """A row to fill in: its cells by column, the last figure in words, it and last year's in the unit of the row.

    ``grows`` says that growth may be computed from levels: not where the dictionary wants it published, nor of rates.
    """

    cells: dict[str, object]
    before: str
    last_year: float | None
    grows: bool = True
    last: float | None = None


@dataclass(frozen=True)
class Automatic:
    """The locked columns behind the sheet of indicators, and the columns that their formulas read."""

    last: int
    last_year: int
    growth: int
    parts: int | None
    letters: dict[str, str]

    @classmethod
    def of(cls, places: dict[str, int], width: int, parks: bool) -> "Automatic":
        """The columns after the ``width`` of the table; sums of parks only where there are parks."""
        letters = {name: get_column_letter(place) for name, place in places.items()}
        return cls(width + 1, width + 2, width + 3, width + 4 if parks else None, letters)

    @property
    def headers(self) -> dict[int, str]:
        """Headers by column; their ending says that an import does not read them."""
        found = {
            self.last: f"上期{AUTOMATIC}",
            self.last_year: f"上年同期{AUTOMATIC}",
            self.growth: f"同比推算（%）{AUTOMATIC}",
        }
        return found | ({self.parts: f"各园区之和{AUTOMATIC}"} if self.parts else {})

    def cells(self, row: int, figure: Figure, last: int) -> dict[int, object]:
        """Last year's figure, growth against it, and for the whole zone the sum of its parks (rows 2 to ``last``)."""
        value, base = f"{self.letters['value']}{row}", f"{get_column_letter(self.last_year)}{row}"
        found: dict[int, object] = {self.last: figure.last, self.last_year: figure.last_year}
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
    """A row for every indicator and park that the zone has used, in the order of the dictionary, with what it holds.

    A zone without figures has those of its groups, for itself and each park. Where nothing is known of a year ago, the
    same rows follow for that period, and in the first workbook for the whole year: to be filled once.
    """
    frame = zone.tables.get("indicators", pd.DataFrame(columns=["period", "code", "park", "vintage"]))
    frame = frame.assign(when=[Period.parse(text) for text in frame["period"]])
    frame = frame.sort_values(["when", "vintage"], kind="stable")
    pairs = _pairs(zone, frame, period)
    rows = [_row(zone, frame, code, park, period) for code, park in pairs]
    wanted = [period.same_last_year]
    if frame.empty:
        # the whole year: pace and forecast are made of it
        wanted.append(Period(period.year - 1, 12, period.kind))
    levels = [pair for pair in pairs if zone.dictionary.indicators.at[pair[0], "nature"] in LEVELS]
    for one in dict.fromkeys(wanted):
        # the first year: growth is empty without it
        if one not in set(frame["when"]):
            rows += [_row(zone, frame, code, park, one) for code, park in levels]
    return rows


def _pairs(zone: Zone, frame: pd.DataFrame, period: Period) -> list[tuple[str, str]]:
    """The codes and parks of the sheet, in the order of the dictionary, the whole zone first."""
    indicators = zone.dictionary.indicators
    # a park that has closed, or is still to open, is asked for nothing
    parks = [park.id for park in zone.about.parks if is_open(park, period)]
    used = set(zip(frame["code"], frame["park"], strict=True))
    # what a zone has chosen is asked for also where nothing has come of it yet
    if not used or zone.about.groups:
        starting = starting_codes(zone)
        used |= {(code, park) for code in starting for park in ("", *parks) if _is_asked(zone, code, park)}
    used |= {(code, "") for code, _ in used}
    silent: set[str] = set()
    if period.kind == "month" and period.last == 1:
        silent = set(indicators.index[indicators["january_reported"] == "no"])
    order = ["", *parks]
    return [(code, park) for code in indicators.index for park in order if (code, park) in used and code not in silent]


def _is_asked(zone: Zone, code: str, park: str) -> bool:
    """Whether a beginning zone is asked for an indicator by park: the main amounts are, all else is the zone's."""
    row = zone.dictionary.indicators.loc[code]
    return not park or (row["group"] == MAIN and row["nature"] in LEVELS)


def _row(zone: Zone, frame: pd.DataFrame, code: str, park: str, period: Period) -> Figure:
    """One row: what the period holds already, the figure before it, and that of the year before."""
    indicators = zone.dictionary.indicators
    names = {one.id: one.name_zh for one in zone.about.parks}
    own = frame[(frame["code"] == code) & (frame["park"] == park)]
    past = own[[when < period and when != period for when in own["when"]]]
    last = past.iloc[-1] if len(past) else None
    unit = own.iloc[-1]["unit"] if len(own) else indicators.at[code, "unit"]
    # the document it came from last, if that is one of this year
    source = own.iloc[-1]["source"] if len(own) else ""
    of_year = {one.id for one in zone.about.sources if one.is_of(period.year)}
    cells: dict[str, object] = {
        "period": str(period),
        "code": indicators.at[code, "name_zh"],
        "park": names.get(park, ""),
        "unit": unit,
        "source": source if source in of_year else source_of_code(zone.about, zone.dictionary, code, period.year),
    }
    here = own[[when == period for when in own["when"]]]
    if len(here):
        cells |= _held(zone, here.iloc[-1])
    return Figure(
        cells,
        "" if last is None else _words(last),
        _in_unit(zone, own, code, cells["unit"], period.same_last_year),
        indicators.at[code, "growth_from"] == "level" and indicators.at[code, "nature"] in LEVELS,
        None if last is None else _in_unit(zone, past, code, cells["unit"], last["when"]),
    )


def _held(zone: Zone, row: pd.Series) -> dict[str, object]:
    """What the period holds of a row: sent again unchanged it is no revision."""
    held: dict[str, object] = {"unit": row["unit"], "source": row["source"], "note": row["note"]}
    held["growth_basis"] = row["growth_basis"]
    held["qualifier"] = zone.schemas["indicators"].word("qualifier", row["qualifier"])
    for name in ("value", "growth_pct", "rank", "rank_of"):
        if pd.notna(row[name]):
            held[name] = float(number_text(row[name]))
    return held


def _words(row: pd.Series) -> str:
    said = [f"{number_text(row['value'])}{row['unit']}"] if pd.notna(row["value"]) else ["没有公布数值"]
    said += [f"同比{number_text(row['growth_pct'])}%"] if pd.notna(row["growth_pct"]) else []
    return f"上期（{row['when'].name_zh}）：{'，'.join(said)}"


def _in_unit(zone: Zone, own: pd.DataFrame, code: str, unit: object, period: Period) -> float | None:
    """The figure of a period in the unit of the row; None where there is none."""
    same = own[[when == period for when in own["when"]]]
    if same.empty or pd.isna(same.iloc[-1]["value"]):
        return None
    row = same.iloc[-1]
    value = zone.dictionary.to_own_unit(code, row["value"], row["unit"])
    per_unit = zone.dictionary.to_own_unit(code, 1.0, str(unit))
    return value / per_unit
