"""Checks that need more than one cell: units of a code, keys, references between tables."""

from collections.abc import Mapping

import pandas as pd

from zonereport.inputs.characters import described, unprintable, visible
from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.faults import Fault, cell_faults
from zonereport.inputs.schemas import Table
from zonereport.language import tr

GROWTH_UNITS = ["%", "个百分点"]


def unit_faults(name: str, frame: pd.DataFrame, dictionary: Dictionary) -> list[Fault]:
    """Rows whose unit is none that their code allows (a known unit of another size or dimension)."""
    if not {"code", "unit"} <= set(frame):
        return []
    known = frame["code"].isin(dictionary.indicators.index) & frame["unit"].isin(dictionary.units)
    # a target for the growth of an indicator is in % whatever the indicator is in
    growth = frame["kind"] == "growth" if name == "targets.csv" else pd.Series(False, index=frame.index)
    faults = []
    for row, code, unit, is_growth in zip(
        frame.index[known], frame["code"][known], frame["unit"][known], growth[known], strict=True
    ):
        allowed = GROWTH_UNITS if is_growth else dictionary.allowed_units[code]
        if unit not in allowed:
            faults.append(
                Fault(name, row, "unit", unit, tr("for {code} one of {allowed}", code=code, allowed=", ".join(allowed)))
            )
    return faults


def key_faults(name: str, frame: pd.DataFrame, table: Table) -> list[Fault]:
    """Rows that name the same thing as a row above them."""
    key = table.key
    repeated = frame[frame.duplicated(key)]
    if repeated.empty:
        return []
    # the first of the rows is named in the fault: whoever has both decides which stays
    first = {}
    for row, cells in zip(frame.index[::-1], frame[key][::-1].values, strict=True):
        first[tuple(cells)] = row
    faults = []
    for row, cells in zip(repeated.index, map(tuple, repeated[key].values), strict=True):
        expected = tr("one row only; row {first} has it", first=first[cells])
        faults.append(Fault(name, row, "+".join(key), " ".join(filter(None, cells)), expected))
    return faults


def value_faults(name: str, frame: pd.DataFrame) -> list[Fault]:
    """Indicator rows that say nothing: no value, no growth, no rank and no direction."""
    said = (frame[["value", "growth_pct", "rank"]] != "").any(axis=1) | (frame["qualifier"] == "decreased")
    expected = tr("a number, or a published growth, rank or qualifier decreased")
    return cell_faults(name, "value", frame["value"][~said].items(), expected)


def growth_faults(name: str, frame: pd.DataFrame, dictionary: Dictionary) -> list[Fault]:
    """Rows whose growth is -100 % or less: nothing falls below nothing. Points of a rate may be anything.

    A figure that has fallen to 0 has fallen by 100 %, and says so.
    """
    growth = pd.to_numeric(frame["growth_pct"], errors="coerce")
    value = pd.to_numeric(frame["value"], errors="coerce")
    rates = frame["code"].map(dictionary.indicators["nature"]).isin(["ratio", "growth"])
    # a rate falls by points: -120 points cannot be told from a slip, and is left alone
    wrong = (growth <= -100) & ~rates & ~((growth == -100) & (value == 0))
    expected = tr("a growth above -100 %")
    return cell_faults(name, "growth_pct", frame["growth_pct"][wrong].items(), expected)


def character_faults(name: str, frame: pd.DataFrame, table: Table) -> list[Fault]:
    """Cells of names and texts with a character that cannot be printed: one of them would cost the whole report."""
    faults = []
    for field in table.fields:
        if field.kind not in ("name", "text"):
            continue
        texts = frame[field.name]
        # each text once: a ledger repeats its names by the thousand
        bad = {text: unprintable(text) for text in texts.unique()}
        for row, text in texts[texts.map(bad) != ""].items():
            expected = tr("a text without {character}: delete it", character=described(bad[text]))
            faults.append(Fault(name, row, field.name, visible(text), expected))
    return faults


def rank_faults(name: str, frame: pd.DataFrame) -> list[Fault]:
    """Ranks below the last place, such as 10 of 9."""
    numbers = frame[["rank", "rank_of"]].apply(pd.to_numeric, errors="coerce")
    wrong = frame[numbers["rank"] > numbers["rank_of"]]
    faults = []
    for number, row in _records(wrong):
        expected = tr("at most rank_of, {rank_of}", rank_of=row.rank_of)
        faults.append(Fault(name, number, "rank", row.rank, expected))
    return faults


def rule_faults(name: str, frame: pd.DataFrame) -> list[Fault]:
    """Rows of assessment.csv that cannot be scored: nothing to gain, goalposts the wrong way round or wanting."""
    numbers = frame[["weight", "points", "lower", "upper"]].apply(pd.to_numeric, errors="coerce")
    faults = []
    for column in ("weight", "points"):
        wrong = frame[column][numbers[column] <= 0]
        faults += cell_faults(name, column, wrong.items(), tr("a number above 0"))
    for row in frame.index[numbers["lower"] >= numbers["upper"]]:
        expected = tr("a number below upper, {upper}", upper=frame.at[row, "upper"])
        faults.append(Fault(name, row, "lower", frame.at[row, "lower"], expected))
    for column in ("lower", "upper"):
        empty = frame[column][(frame["rule"] == "efficacy") & (frame[column] == "")]
        faults += cell_faults(name, column, empty.items(), tr("a number, the rule efficacy needs both"))
    return faults


def weight_warnings(name: str, frame: pd.DataFrame) -> list[Fault]:
    """Years of assessment.csv whose weights do not add up to 100; a warning, because items may have no indicator yet.

    ``frame`` is typed. Weights printed to two decimals may be a tenth away from 100.
    """
    # year by year: an assessment of a new year begins with its first item
    totals = frame.groupby("year", sort=False)["weight"].sum()
    first = frame.drop_duplicates("year").reset_index().set_index("year")["row"]
    faults = []
    for year, total in totals.items():
        if abs(total - 100) > 0.1:
            expected = tr("100, the sum of the weights of {year}: say in note what is missing", year=year)
            faults.append(Fault(name, first[year], "weight", f"{total:g}", expected, severity="warning"))
    return faults


def reference_faults(frames: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Enterprises that a table names and enterprises.csv does not have."""
    known = ["", *(frames["enterprises"]["enterprise"] if "enterprises" in frames else [])]
    expected = tr("an enterprise of enterprises.csv")
    faults = []
    for name, frame in frames.items():
        if "enterprise" in frame and name != "enterprises":
            strangers = frame["enterprise"][~frame["enterprise"].isin(known)]
            faults += cell_faults(f"{name}.csv", "enterprise", strangers.items(), expected)
    return faults


def _records(frame: pd.DataFrame):
    return zip(frame.index, frame.itertuples(index=False), strict=True)
