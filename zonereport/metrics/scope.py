"""What a topic's measures are about: a zone, a period, a park, and what was measured before."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pandas as pd

from zonereport.inputs import Dictionary, Period, Zone
from zonereport.inputs.units import convert

HISTORY = [
    *("code", "entity", "period", "year", "month", "value", "unit", "qualifier", "growth_pct", "growth_basis"),
    *("rank", "rank_of", "source"),
]

TEXTS = ["qualifier", "growth_basis", "source"]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Scope:
    """One edition as a topic sees it.

    ``known`` is the long frame of measures made so far (see ``zonereport.metrics.frame``), ``frames`` holds the details
    of the topics before by name.
    """

    zone: Zone
    period: Period
    park: str = ""
    known: pd.DataFrame = field(default_factory=pd.DataFrame)
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    # what ``once`` has made: ``dataclasses.replace`` hands it on
    made: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def dictionary(self) -> Dictionary:
        """The dictionary of the zone."""
        return self.zone.dictionary

    def table(self, name: str) -> pd.DataFrame:
        """A table of the zone; without rows and with its columns where the zone has none."""
        frame = self.zone.tables.get(name)
        return pd.DataFrame(columns=self.zone.schemas[name].columns) if frame is None else frame

    @property
    def history(self) -> pd.DataFrame:
        """The cumulative figures of the zone and its parks (``entity``, the zone is empty), latest vintage of each.

        Columns of HISTORY; ``value`` in ``unit``, the dictionary's or that of another currency; ``month`` is the last
        month of the period, a year's is 12; sorted by code, entity and month. Periods after the edition's are left
        out, but not what became known later of earlier ones.
        """
        return self._history("indicators", "park")

    @property
    def peers(self) -> pd.DataFrame:
        """The cumulative figures of the peers (``entity``), as ``history``; without rows where there are none."""
        return self._history("peers", "peer")

    def _history(self, name: str, entity: str) -> pd.DataFrame:
        return self.once(
            ("history", name),
            lambda: history(self.table(name), self.dictionary, until=self.period, entity=entity),
        )

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made at the first call under ``name`` and shared by all topics; nobody changes it.

        Figures and details share it, too: what it takes from ``known``, which grows, must be a part of ``name``.
        """
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    def value(self, code: str, measure: str = "value") -> float:
        """A figure measured before, as the last topic that measured it knows it; NaN where there is none."""
        if self.known.empty:
            return float("nan")
        rows = self.known.loc[(self.known["code"] == code) & (self.known["measure"] == measure), "value"]
        return float(rows.iloc[-1]) if len(rows) else float("nan")


def history(frame: pd.DataFrame, dictionary: Dictionary, *, until: Period, entity: str) -> pd.DataFrame:
    """The typed rows of ``frame`` (indicators or peers) as one tidy series per code and ``entity``.

    Of several vintages the latest counts; a year's row stands for its December where there is no other.
    """
    if frame.empty:
        return pd.DataFrame(columns=HISTORY)
    periods = {text: Period.parse(text) for text in frame["period"].unique()}
    parts = {"year": "year", "month": "last", "kind": "kind", "first": "first"}
    when = {
        name: frame["period"].map({text: getattr(period, part) for text, period in periods.items()})
        for name, part in parts.items()
    }
    rows = frame.assign(entity=frame[entity], vintage=frame.get("vintage", ""), **when)
    rows = rows[(rows["first"] == 1) & ((rows["year"] < until.year) | (rows["month"] <= until.last))]
    rows = rows[rows["year"] <= until.year].sort_values(["kind", "vintage"], ascending=[False, True], kind="stable")
    # year sorts before month: of the two the month's row is the last
    rows = rows.drop_duplicates(["code", "entity", "year", "month"], keep="last")
    pairs = rows[["code", "unit"]].drop_duplicates().itertuples(index=False)
    own = {(code, unit): dictionary.printed_unit(code, unit) for code, unit in pairs}
    factors = {key: convert(1, key[1], unit, dictionary.units) for key, unit in own.items()}
    keys = list(zip(rows["code"].to_numpy(), rows["unit"].to_numpy(), strict=True))
    rows = rows.assign(
        # as round as it was published: 4 505 万元 is 0.4505 亿元, not 0.45050000000000001
        value=[round(v * factors[key], 9) for v, key in zip(rows["value"], keys, strict=True)],
        unit=[own[key] for key in keys],
    )
    rows = rows.reindex(columns=HISTORY)
    rows = rows.assign(**{name: rows[name].astype("object").fillna("").astype("str") for name in TEXTS})
    return rows.sort_values(["code", "entity", "year", "month"], kind="stable", ignore_index=True)
