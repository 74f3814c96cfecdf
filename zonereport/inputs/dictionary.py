"""The indicator dictionary: the only place where a code, a name, a unit and a definition are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pandas as pd

from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.forecast_rules import ForecastRules, load_forecast_rules
from zonereport.inputs.rates import load_rates
from zonereport.inputs.reading import column, is_number, read_text_table, validate
from zonereport.inputs.thresholds import threshold_faults
from zonereport.inputs.units import Unit, convert
from zonereport.language import tr

COLUMNS = [
    "code",
    "name_zh",
    "name_en",
    "unit",
    "allowed_units",
    "nature",
    "direction",
    "group",
    "publisher",
    "january_reported",
    "growth_from",
    "ranked_on",
    "decimals",
    "aliases",
    "definition",
    "processing",
]
MEASURE_COLUMNS = [
    "topic",
    "measure",
    "name_zh",
    "name_en",
    "unit",
    "decimals",
    "formula",
    "explain_zh",
    "explain_en",
]
THRESHOLD_COLUMNS = ["class", "industries", "threshold", "unit", "valid_from", "valid_to", "source", "quality", "note"]
BOUND_COLUMNS = ["code_or_unit", "most", "basis"]
TABLE_COLUMNS = ["table", "table_zh", "column", "name_zh", "kind", "required", "key", "values", "comment"]
NATURES = ("flow_ytd", "stock", "ratio", "growth")
OPERATIONS = ("ratio", "difference", "sum")


@dataclass(frozen=True)
class Dictionary:
    """What every code means.

    ``indicators`` is indexed by code with the columns of indicators.csv; ``derived`` by code with operation,
    left and right; ``units`` maps unit names to units; ``tables`` describes every column of a zone's tables.
    ``measures``, indexed by measure, says of each what it is called and how it is made; ``thresholds`` are the dated
    sizes of enterprises above scale; ``rates`` exchange rates by month; ``bounds`` by code or unit the most that a
    figure of a zone can be; ``forecasts`` what is forecast, and how.
    """

    indicators: pd.DataFrame
    derived: pd.DataFrame
    units: dict[str, Unit]
    tables: pd.DataFrame
    measures: pd.DataFrame
    thresholds: pd.DataFrame
    rates: pd.DataFrame
    bounds: Mapping[str, float] = field(default_factory=dict)
    forecasts: ForecastRules = field(default_factory=ForecastRules)

    @cached_property
    def allowed_units(self) -> dict[str, list[str]]:
        """The units a value of each code may come in."""
        return {code: text.split("|") for code, text in self.indicators["allowed_units"].items()}

    def to_own_unit(self, code: str, value: float, unit: str) -> float:
        """Express ``value`` of ``unit`` in the unit of ``code``; raises ValueError across dimensions."""
        return convert(value, unit, self.indicators.at[code, "unit"], self.units)

    def most(self, code: str) -> float | None:
        """Return the most that a figure of ``code`` can be in its own unit: its bound, or else that of its unit."""
        bound = self.bounds.get(code)
        # a code may have a bound of its own; the unit's is for all the others
        if bound is None:
            bound = self.bounds.get(self.indicators.at[code, "unit"])
        return bound

    def printed_unit(self, code: str, unit: str) -> str:
        """The unit of ``code``; the ``unit`` itself where only an exchange rate could lead there."""
        own = self.indicators.at[code, "unit"]
        try:
            convert(1, unit, own, self.units)
        except ValueError:
            # 万美元 of a figure in 亿元: printed as it is, not converted by a guess
            return unit
        return own


def load_dictionary(root: Path) -> Dictionary:
    """Read data/dictionary below ``root``.

    Raises InputError with every fault: unknown units, natures, groups, a code written twice, a formula over an
    unknown code; a threshold or a measure that does not say what it must.
    """
    folder = root / "data" / "dictionary"
    raw_units = read_text_table(folder / "units.csv", ["unit", "dimension", "scale"])
    # nothing else can be checked against units that are wrong
    if faults := unit_faults(raw_units):
        raise InputError(faults)
    units = {}
    for row in raw_units.itertuples():
        units[row.unit] = Unit(row.unit, row.dimension, Fraction(row.scale))
    rows = read_text_table(folder / "indicators.csv", COLUMNS)
    formulas = read_text_table(folder / "derived.csv", ["code", "operation", "left", "right"])
    tables = read_text_table(folder / "tables.csv", TABLE_COLUMNS)
    measures = read_text_table(folder / "measures.csv", MEASURE_COLUMNS)
    thresholds = read_text_table(folder / "thresholds.csv", THRESHOLD_COLUMNS)
    codes = set(rows["code"])

    def known_unit(text: str) -> bool:
        return all(part in units for unit in text.split("|") for part in unit.split("/"))

    def is_code(text: str) -> bool:
        return text in codes

    text = column(bool, tr("a text"), required=True)
    anything = column(lambda _: True, "")
    schema = {
        "code": column(str.isidentifier, tr("a code such as invoiced_sales"), required=True),
        "name_zh": text,
        "name_en": text,
        "unit": column(known_unit, tr("a unit of units.csv"), required=True),
        "allowed_units": column(known_unit, tr("units of units.csv, separated by |"), required=True),
        "nature": column(NATURES.__contains__, tr("one of {choices}", choices=", ".join(NATURES)), required=True),
        "direction": column(("1", "-1", "0").__contains__, "1, -1 or 0", required=True),
        "group": column(lambda t: t in {f"S{n}" for n in range(2, 11)}, tr("S2 to S10"), required=True),
        "publisher": text,
        "january_reported": column(("yes", "no").__contains__, tr("yes or no"), required=True),
        "growth_from": column(("level", "published").__contains__, tr("level or published"), required=True),
        "ranked_on": column(("growth", "level").__contains__, tr("growth or level"), required=True),
        "decimals": column(str.isdigit, tr("a number of digits"), required=True),
        "aliases": anything,
        "definition": anything,
        "processing": anything,
    }
    code = column(is_code, tr("a code of indicators.csv"), required=True)
    operation = column(OPERATIONS.__contains__, tr("one of {choices}", choices=", ".join(OPERATIONS)), required=True)
    faults = validate(rows, schema, "dictionary/indicators.csv")
    faults += validate(
        formulas,
        {"code": code, "operation": operation, "left": code, "right": code},
        "dictionary/derived.csv",
    )
    faults += threshold_faults(thresholds, units)
    faults += measure_faults(measures)
    for name, frame in (("indicators.csv", rows), ("derived.csv", formulas)):
        twice = frame[frame["code"].duplicated()]
        for n, c in twice["code"].items():
            faults.append(Fault(f"dictionary/{name}", n, "code", c, tr("each code once")))
    if faults:
        raise InputError(faults)
    indicators = rows.set_index("code").assign(
        decimals=lambda frame: frame["decimals"].astype(int),
        direction=lambda frame: frame["direction"].astype(int),
    )
    formulas, measures = formulas.set_index("code"), measures.set_index("measure")
    bounds = load_bounds(folder / "bounds.csv", {*codes, *units})
    rules = load_forecast_rules(root, codes)
    return Dictionary(indicators, formulas, units, tables, measures, thresholds, load_rates(root), bounds, rules)


def load_bounds(path: Path, known: set[str]) -> dict[str, float]:
    """Read the most that a figure of a zone can be, by code or unit, in its own unit; none without a file.

    Raises InputError for an unknown code or unit and for a bound that is no number above 0.
    """
    if not path.exists():
        return {}
    rows = read_text_table(path, BOUND_COLUMNS)
    schema = {
        "code_or_unit": column(
            known.__contains__, tr("a code of indicators.csv or a unit of units.csv"), required=True
        ),
        "most": column(is_scale, tr("a number above 0"), required=True),
        "basis": column(bool, tr("a text"), required=True),
    }
    if faults := validate(rows, schema, "dictionary/bounds.csv"):
        raise InputError(faults)
    return dict(zip(rows["code_or_unit"], rows["most"].astype(float), strict=True))


def is_scale(text: str) -> bool:
    """Whether ``text`` is a number or a fraction above 0.

    >>> [is_scale(text) for text in ("10000", "0.5", "2000/3", "0", "1/0", "ten", "-1")]
    [True, True, True, False, False, False, False]
    """
    parts = text.split("/")
    return len(parts) < 3 and all(is_number(part) and float(part) > 0 for part in parts)


def unit_faults(rows: pd.DataFrame) -> list[Fault]:
    """What is wrong with units.csv: each unit once, with its dimension and how many of the smallest it is."""
    file, text = "dictionary/units.csv", column(bool, tr("a text"), required=True)
    scale = column(is_scale, tr("a number or a fraction above 0, such as 10000 or 2000/3"), required=True)
    faults = validate(rows, {"unit": text, "dimension": text, "scale": scale}, file)
    twice = rows[rows["unit"].duplicated()]
    return faults + [Fault(file, n, "unit", name, tr("each unit once")) for n, name in twice["unit"].items()]


def measure_faults(rows: pd.DataFrame) -> list[Fault]:
    """What is wrong with measures.csv, read as text: each measure once, with names and explanation.

    What is only counted has no formula.
    ``unit`` is that of the measure, ``own`` that of the code it is about, or empty for a plain number.
    """
    file = "dictionary/measures.csv"
    text = column(bool, tr("a text"), required=True)
    schema = dict.fromkeys(("name_zh", "name_en", "explain_zh", "explain_en"), text)
    for name in ("topic", "measure"):
        schema[name] = column(str.isidentifier, tr("a name such as gap_linear"), required=True)
    schema["decimals"] = column(lambda text: text.isdecimal() or text == "own", tr("empty, own or a number of digits"))
    faults = validate(rows, schema, file)
    twice = rows[rows["measure"].duplicated()]
    faults += [Fault(file, n, "measure", name, tr("each measure once")) for n, name in twice["measure"].items()]
    return faults
