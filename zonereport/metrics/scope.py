"""What a topic's measures are about: a zone, a period, a park, and what was measured before."""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pandas as pd

from zonereport.inputs import Dictionary, Period, Zone
from zonereport.inputs.units import convert
from zonereport.metrics.frame import measures_frame

HISTORY = [
    "code",
    "entity",
    "period",
    "year",
    "month",
    "value",
    "unit",
    "qualifier",
    "growth_pct",
    "growth_basis",
    "rank",
    "rank_of",
    "source",
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
    known: pd.DataFrame = field(default_factory=lambda: measures_frame([]))
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    # what ``once`` has made: ``dataclasses.replace`` hands it on
    made: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def dictionary(self) -> Dictionary:
        """The dictionary of the zone."""
        return self.zone.dictionary

    @property
    def is_latest(self) -> bool:
        """Whether the zone has no figures of a later month: what a list says without a date is of now alone."""
        ends = [(period.year, period.last) for period in self.zone.periods]
        return (self.period.year, self.period.last) >= max(ends)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the zone; without rows and with its columns where the zone has none."""
        frame = self.zone.tables.get(name)
        if frame is None:
            return pd.DataFrame(columns=self.zone.schemas[name].columns)
        return frame

    @property
    def history(self) -> pd.DataFrame:
        """The cumulative figures of the zone and its parks (``entity``, the zone is empty), latest vintage of each.

        Columns of HISTORY; ``value`` in ``unit``, the dictionary's or that of another currency; ``month`` is the last
        month of the period, a year's is 12; sorted by code, entity and month. Periods after the edition's are left
        out, but not what became known later of earlier ones.
        """
        return self.once(
            "history", lambda: history(self.table("indicators"), self.dictionary, until=self.period, entity="park")
        )

    @property
    def peers(self) -> pd.DataFrame:
        """The cumulative figures of the peers (``entity``), as ``history``; without rows where there are none."""
        return self.once(
            "peers", lambda: history(self.table("peers"), self.dictionary, until=self.period, entity="peer")
        )

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made at the first call under ``name`` and shared by all topics; nobody changes it.

        It may depend on the zone, the period and the park. What also depends on ``known``, which grows from topic to
        topic, is made by ``once_of_known``.
        """
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    def once_of_known(self, name: Hashable, measure: str, make: Callable[[], Made]) -> Made:
        """Return what ``make`` gives, as ``once``, but made anew where the rows of ``measure`` are others by now."""
        rows = self.measured(measure)
        # the figures themselves are the key: nobody has to spell out which of them count
        digest = hashlib.sha256(pd.util.hash_pandas_object(rows, index=False).to_numpy().tobytes()).hexdigest()
        return self.once((name, measure, digest), make)

    def measured(self, measure: str) -> pd.DataFrame:
        """Return the rows of a measure made before, figures and reasons."""
        return self.known[self.known["measure"] == measure]

    def value(self, code: str, measure: str = "value") -> float:
        """Return a figure measured before, as the last topic that measured it knows it; NaN where there is none."""
        rows = self.known.loc[(self.known["code"] == code) & (self.known["measure"] == measure), "value"]
        return float(rows.iloc[-1]) if len(rows) else float("nan")


def history(frame: pd.DataFrame, dictionary: Dictionary, *, until: Period, entity: str) -> pd.DataFrame:
    """Return the typed rows of ``frame`` (indicators or peers) as one tidy series per code and ``entity``.

    Of several vintages the latest counts; a year's row stands for its December where there is no other.
    """
    if frame.empty:
        return pd.DataFrame(columns=HISTORY)
    # few periods, many rows
    periods = frame["period"].map({text: Period.parse(text) for text in frame["period"].unique()})
    rows = frame.assign(
        entity=frame[entity],
        vintage=frame.get("vintage", ""),
        year=periods.map(lambda period: period.year),
        month=periods.map(lambda period: period.last),
        kind=periods.map(lambda period: period.kind),
        first=periods.map(lambda period: period.first),
    )
    # a quarter or a half that does not begin in January is not cumulative
    rows = rows[(rows["first"] == 1) & ((rows["year"] < until.year) | (rows["month"] <= until.last))]
    rows = rows[rows["year"] <= until.year].sort_values(["kind", "vintage"], ascending=[False, True], kind="stable")
    # year sorts before month: of the two the month's row is the last
    rows = rows.drop_duplicates(["code", "entity", "year", "month"], keep="last")
    rows = _in_own_units(rows, dictionary).reindex(columns=HISTORY)
    for name in TEXTS:
        rows[name] = rows[name].astype("object").fillna("").astype("str")
    return rows.sort_values(["code", "entity", "year", "month"], kind="stable", ignore_index=True)


def _in_own_units(rows: pd.DataFrame, dictionary: Dictionary) -> pd.DataFrame:
    """Values in the units of the dictionary, as round as they were published: 4 505 万元 is 0.4505 亿元, not more."""
    pairs = rows[["code", "unit"]].drop_duplicates()
    own, factor = [], []
    for code, unit in pairs.itertuples(index=False):
        own.append(dictionary.printed_unit(code, unit))
        factor.append(convert(1, unit, own[-1], dictionary.units))
    made = rows[["code", "unit"]].merge(pairs.assign(own=own, factor=factor), how="left", on=["code", "unit"])
    made = made.set_axis(rows.index)
    # python rounds the product itself, numpy a multiple of it
    value = [round(figure, 9) for figure in (rows["value"] * made["factor"]).tolist()]
    return rows.assign(value=value, unit=made["own"])
