"""Which indicators are forecast, how much of their growth is carried on, and how far such forecasts were off before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.reading import column, is_number, read_text_table, validate
from zonereport.language import tr

KIND_COLUMNS = ["kind", "codes", "forecast", "carried", "source"]
WIDTH_COLUMNS = ["kind", "month", "half_width_pct", "cases", "source"]
KINDS_FILE, WIDTHS_FILE = "dictionary/forecasts.csv", "dictionary/half_widths.csv"


@dataclass(frozen=True)
class Kind:
    """A kind of indicators that are forecast alike: ``carried`` is the part of the growth that the rest of the year
    keeps, 0 to 1; ``is_forecast`` is false where no method was steady and only the run rate is given.
    """

    name: str
    is_forecast: bool
    carried: float


@dataclass(frozen=True)
class ForecastRules:
    """The kinds by code, and the half-widths of 80 % intervals by kind and month, as 100 x |ln(Y / Ŷ)|."""

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    half_widths: Mapping[tuple[str, int], float] = field(default_factory=dict)

    def half_width_pct(self, kind: str, month: int) -> float:
        """Return the half-width of a kind at a month, of the last month before that has one; NaN where none has.

        >>> rules = ForecastRules(half_widths={("fiscal", 3): 11.4, ("fiscal", 9): 9.9})
        >>> rules.half_width_pct("fiscal", 5), rules.half_width_pct("fiscal", 2)
        (11.4, nan)
        """
        # nearer the end less is left to be wrong about: an earlier month's width is on the safe side
        for earlier in range(month, 0, -1):
            if (kind, earlier) in self.half_widths:
                return self.half_widths[kind, earlier]
        return float("nan")


def load_forecast_rules(root: Path, codes: set[str]) -> ForecastRules:
    """Read data/dictionary/forecasts.csv and half_widths.csv below ``root``; no rules where there are no files.

    Raises InputError with every fault: unknown codes, a code of two kinds, widths of an unknown kind.
    """
    folder = root / "data" / "dictionary"
    if not (folder / "forecasts.csv").exists():
        return ForecastRules()
    rows = read_text_table(folder / "forecasts.csv", KIND_COLUMNS)
    schema = {
        "kind": column(str.isidentifier, tr("a name such as fiscal"), required=True),
        "codes": column(lambda cell: set(cell.split("|")) <= codes, tr("codes of indicators.csv, separated by |")),
        "forecast": column(("yes", "no").__contains__, tr("yes or no"), required=True),
        "carried": column(lambda cell: is_number(cell) and 0 <= float(cell) <= 1, tr("empty, or a part from 0 to 1")),
        "source": column(bool, tr("what the rule rests on"), required=True),
    }
    faults = validate(rows, schema, KINDS_FILE)
    kinds: dict[str, Kind] = {}
    for number, row in rows.iterrows():
        if row["forecast"] == "yes" and not row["carried"]:
            faults.append(Fault(KINDS_FILE, number, "carried", "", tr("a part from 0 to 1 for what is forecast")))
        for code in row["codes"].split("|"):
            if code in kinds:
                faults.append(Fault(KINDS_FILE, number, "codes", code, tr("each code in one kind")))
            if not faults:
                kinds[code] = Kind(row["kind"], row["forecast"] == "yes", float(row["carried"] or 0))
    if faults:
        raise InputError(faults)
    return ForecastRules(kinds, _half_widths(folder / "half_widths.csv", set(rows["kind"])))


def _half_widths(path: Path, kinds: set[str]) -> dict[tuple[str, int], float]:
    if not path.exists():
        return {}
    rows = read_text_table(path, WIDTH_COLUMNS)
    schema = {
        "kind": column(kinds.__contains__, tr("a kind of forecasts.csv"), required=True),
        "month": column(
            lambda cell: cell.isdigit() and 1 <= int(cell) <= 11, tr("a month from 1 to 11"), required=True
        ),
        "half_width_pct": column(
            lambda cell: is_number(cell) and float(cell) > 0, tr("a number above 0"), required=True
        ),
        "cases": column(str.isdigit, tr("how many forecasts it was measured on"), required=True),
        "source": column(bool, tr("what it was measured on"), required=True),
    }
    faults = validate(rows, schema, WIDTHS_FILE)
    twice = rows[rows.duplicated(["kind", "month"])]
    for number, month in twice["month"].items():
        faults.append(Fault(WIDTHS_FILE, number, "month", month, tr("one width for a kind and month")))
    if faults:
        raise InputError(faults)
    widths = {}
    for row in rows.itertuples():
        widths[row.kind, int(row.month)] = float(row.half_width_pct)
    return widths
