"""What the sheets of a template hold beforehand, beside that of indicators: all that is known of the period."""

from dataclasses import dataclass

import pandas as pd

from zonereport.inputs.model import Zone
from zonereport.inputs.period import Period
from zonereport.inputs.workbook.cells import number_text
from zonereport.inputs.workbook.headers import AUTOMATIC
from zonereport.inputs.workbook.offices import source_of_code

# figures of other periods stand beside the cells, and are not read
BESIDE = (f"上期{AUTOMATIC}", f"上年同期{AUTOMATIC}")
# the group of the indicators that a city ranks
MAIN = "S2"
SALES = "invoiced_sales_10k_yuan"
# a ledger of more firms is no list to be typed
MOST_FIRMS = 1500


@dataclass(frozen=True)
class Line:
    """One row of a sheet: its cells by column, as an office would write them, and what stands beside them."""

    cells: dict[str, object]
    beside: tuple[object, ...] = ()


def starting_codes(zone: Zone) -> list[str]:
    """Return the indicators that a zone without figures is asked for: those of its groups that are not derived."""
    rows = zone.dictionary.indicators
    derived, groups = set(zone.dictionary.derived.index), zone.about.groups
    return [code for code, group in rows["group"].items() if code not in derived and (not groups or group in groups)]


def lines_of(zone: Zone, table: str, period: Period) -> list[Line]:
    """Return the rows that are known of a table before anybody fills it in."""
    makers = {
        "peers": _peers,
        "targets": _targets,
        "enterprise_months": _months,
        "project_progress": _progress,
    }
    if table not in makers:
        return []
    return makers[table](zone, period)


def _peers(zone: Zone, period: Period) -> list[Line]:
    """Every peer × every indicator that peers are ranked on."""
    frame = _frame(zone, "peers")
    indicators = zone.dictionary.indicators
    ranked = [code for code in starting_codes(zone) if indicators.at[code, "direction"] and _is_main(zone, code)]
    codes = [code for code in indicators.index if code in set(frame["code"])] or ranked
    lines = []
    for code in codes:
        for peer in zone.about.peers:
            rows = frame[(frame["code"] == code) & (frame["peer"] == peer)]
            cells = _held(zone, "peers", rows, period)
            cells |= {"peer": peer, "code": indicators.at[code, "name_zh"]}
            cells.setdefault("unit", rows.iloc[-1]["unit"] if len(rows) else indicators.at[code, "unit"])
            lines.append(Line(cells, _beside(rows, period, _figure)))
    return lines


def _targets(zone: Zone, period: Period) -> list[Line]:
    """The targets of the year that are in force, and a row for each main indicator that has none."""
    frame = _frame(zone, "targets")
    rows = frame[frame["year"] == str(period.year)].sort_values("set_on", kind="stable")
    rows = rows.drop_duplicates(["code", "kind"], keep="last")
    indicators, lines = zone.dictionary.indicators, []
    for code in indicators.index:
        mine = rows[rows["code"] == code]
        for row in mine.to_dict("records"):
            kind = zone.schemas["targets"].word("kind", row["kind"])
            cells = {name: _written(value) for name, value in row.items() if name not in ("row", "locator")}
            lines.append(Line(cells | {"code": indicators.at[code, "name_zh"], "kind": kind}))
        if mine.empty and code in starting_codes(zone) and _is_main(zone, code):
            cells = {"year": str(period.year), "code": indicators.at[code, "name_zh"]}
            source = source_of_code(zone.about, zone.dictionary, code, period.year)
            cells |= {"unit": indicators.at[code, "unit"], "source": source}
            lines.append(Line(cells))
    return lines


def _months(zone: Zone, period: Period) -> list[Line]:
    """The firms of the ledger: those that reported last, else all that are listed."""
    firms, frame = zone.tables.get("enterprises"), _frame(zone, "enterprise_months")
    if firms is None or len(firms) > MOST_FIRMS:
        return []
    last = _latest(frame, period)
    reported = set(frame.loc[frame["period"] == str(last), "enterprise"]) if last else set(firms["enterprise"])
    reported |= set(frame.loc[frame["period"] == str(period), "enterprise"])
    names, lines = firms["name"].tolist(), []
    for firm, name in zip(firms["enterprise"], names, strict=True):
        if firm in reported:
            rows = frame[frame["enterprise"] == firm]
            cells = _held(zone, "enterprise_months", rows, period)
            cells["enterprise"] = name if names.count(name) == 1 else firm
            lines.append(Line(cells, _beside(rows, period, lambda row: _written(row[SALES]))))
    return lines


def _progress(zone: Zone, period: Period) -> list[Line]:
    """The projects that were not withdrawn, with the plan in force."""
    projects, frame = zone.tables.get("projects"), _frame(zone, "project_progress")
    if projects is None:
        return []
    lines = []
    for project, name, stage in zip(projects["project"], projects["name"], projects["stage"], strict=True):
        rows = frame[frame["project"] == project]
        if stage != "withdrawn":
            cells = _held(zone, "project_progress", rows, period)
            lines.append(Line(cells | {"project": name}))
    return lines


def _held(zone: Zone, table: str, rows: pd.DataFrame, period: Period) -> dict[str, object]:
    """The cells of a period: what was imported already, else the period and the source that it will have."""
    schema = zone.schemas[table]
    own = rows[rows["period"] == str(period)]
    if len(own):
        row = own.iloc[-1]
        choices = {field.name: field.choices for field in schema.fields}
        cells = {}
        for name in schema.columns:
            text = _written(row[name])
            # where it stood is that of the book that comes
            if text and name != "locator":
                cells[name] = choices[name].get(text, text)
        return cells
    source = source_of_code(zone.about, zone.dictionary, "", period.year)
    used = [one for one in rows["source"][::-1] if _covers(zone, one, period)]
    return {"period": str(period), "source": (used or [source])[0]}


def _covers(zone: Zone, source: str, period: Period) -> bool:
    return any(one.id == source and one.is_of(period.year) for one in zone.about.sources)


def _latest(frame: pd.DataFrame, period: Period) -> Period | None:
    before = [one for one in map(Period.parse, frame["period"].unique()) if one < period]
    return max(before, default=None)


def _beside(rows: pd.DataFrame, period: Period, said) -> tuple[object, ...]:
    """What was reported last and the year before, in words."""
    found = []
    for when in (_latest(rows, period), period.same_last_year):
        own = rows[rows["period"] == str(when)]
        found.append(said(own.iloc[-1]) if len(own) else "")
    return tuple(found)


def _figure(row: pd.Series) -> str:
    """The figure of a peer in words."""
    words = []
    if pd.notna(row["value"]):
        words.append(f"{number_text(row['value'])}{row['unit']}")
    if pd.notna(row["growth_pct"]):
        words.append(f"同比{number_text(row['growth_pct'])}%")
    return "，".join(words)


def _written(value: object) -> object:
    """A cell of a typed table as a sheet has it: nothing for nothing."""
    if isinstance(value, float):
        return None if pd.isna(value) else float(number_text(value))
    return value or None


def _is_main(zone: Zone, code: str) -> bool:
    return zone.dictionary.indicators.at[code, "group"] == MAIN


def _frame(zone: Zone, table: str) -> pd.DataFrame:
    frame = zone.tables.get(table)
    if frame is None:
        return pd.DataFrame(columns=zone.schemas[table].columns)
    return frame
