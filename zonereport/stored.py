"""What earlier editions said of the future, read back from their measures.csv and held against what came."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from zonereport.inputs.zone import Zone
from zonereport.metrics.forecast.scores import SCORES, scores, stored_forecasts
from zonereport.metrics.scope import Scope

TEXTS = ("zone", "period", "park", "code", "measure", "unit", "qualifier", "basis", "reason", "source")


@dataclass(frozen=True)
class Scored:
    """How good stored forecasts were: ``editions`` that held any, ``waiting`` of years that are not over.

    ``forecasts`` has a row a forecast whose year is over: name, park, year, month, p10, p50, p90, naive, value, unit,
    error_pct, naive_error_pct; ``scores`` a row a month and one of all (month 0).
    """

    editions: int
    waiting: int
    forecasts: pd.DataFrame
    scores: pd.DataFrame


def scored(zone: Zone, reports: Path) -> Scored:
    """Score the forecasts that editions of a zone below ``reports`` stored, against the figures known today.

    Of several editions of a period the current one counts, not those kept under editions/. A forecast in another unit
    than the figure is left out.
    """
    folder = reports / zone.code
    # what is deeper is older: the current edition comes last, and the last one counts
    paths = sorted(folder.rglob("measures.csv"), key=lambda path: (-len(path.parts), path))
    frames = [_measures(path) for path in paths if not _hidden(path.relative_to(folder))]
    stored = stored_forecasts(frame[frame["zone"] == zone.code] for frame in frames)
    actuals = _totals(zone)
    rows = stored.merge(actuals, on=["code", "park", "year", "unit"])
    done = rows[rows["value"] > 0]
    names = zone.dictionary.indicators["name_zh"]
    done = done.assign(
        name=done["code"].map(names).fillna(done["code"]),
        error_pct=(done["p50"] / done["value"] - 1) * 100,
        naive_error_pct=(done["naive"] / done["value"] - 1) * 100,
    )
    over = set(actuals["year"])
    table = pd.DataFrame(columns=SCORES)
    if len(done):
        table = scores(done.drop(columns="value"), done[["code", "park", "year", "value"]].drop_duplicates())
    return Scored(
        editions=len(stored[["park", "year", "month"]].drop_duplicates()),
        waiting=int((~stored["year"].isin(over)).sum()),
        forecasts=done.sort_values(["year", "month", "park", "code"], kind="stable", ignore_index=True),
        scores=table,
    )


def _totals(zone: Zone) -> pd.DataFrame:
    """The totals of all years that are over, of the zone and its parks: code, park, year, value, unit."""
    history = Scope(zone, max(zone.periods)).history
    rows = history[(history["month"] == 12) & history["value"].notna()]
    return rows.rename(columns={"entity": "park"})[["code", "park", "year", "value", "unit"]]


def _measures(path: Path) -> pd.DataFrame:
    types = dict.fromkeys(TEXTS, "str")
    return pd.read_csv(path, dtype=types, keep_default_na=False, na_values={"value": ""}, encoding="utf-8-sig")


def _hidden(path: Path) -> bool:
    """Whether a file lies in a folder that is being made, or was left behind."""
    return any(part.startswith(".") for part in path.parts)
