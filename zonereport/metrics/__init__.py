"""Tidy frames in, one long frame of measures out; never files, fonts or notebooks."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from zonereport.inputs import Period, Refused, Zone
from zonereport.inputs.dated import zone_on
from zonereport.metrics import (
    enterprises,
    forecast,
    goals,
    governance,
    indicators,
    innovation,
    judgements,
    places,
    projects,
    tasks,
)
from zonereport.metrics.compare import bands, composite, highlights, ranking, scoring
from zonereport.metrics.forecast import outlook
from zonereport.metrics.frame import COLUMNS, Row, measures_frame
from zonereport.metrics.indicators import currency
from zonereport.metrics.indicators.derived import derived
from zonereport.metrics.indicators.levels import published
from zonereport.metrics.indicators.targets import completion, opening
from zonereport.metrics.schemas import complete
from zonereport.metrics.scope import Scope

__all__ = ["COLUMNS", "details", "measure", "measures_and_details"]

# in the order in which one builds on another; each has figures(scope) or details(scope), or both
TOPICS = (
    currency,
    indicators,
    forecast,
    ranking,
    scoring,
    bands,
    composite,
    enterprises,
    innovation,
    projects,
    places,
    governance,
    goals,
    tasks,
    outlook,
    highlights,
    judgements,
)
# units of what a ledger counts or adds up; a share or a span of time is of the ledger, and no bound
OF_LEDGER = ("ledger", "invoiced sales of twelve months")
COUNTED = ("家", "个", "人", "件", "亿元", "万元")


def measure(zone: Zone, *, period: str, park: str = "") -> pd.DataFrame:
    """Return every measure of a zone's period: one row a figure, with its reason where there is no figure.

    Returns the columns zone, period, park, code, measure, value, unit, qualifier, basis, reason, source, locator.
    Raises Refused for a period or a park that the zone has no figures for.

    >>> from zonereport.inputs import load_zone
    >>> m = measure(load_zone("yizheng"), period="2022").set_index(["code", "measure"])
    >>> round(float(m.at[("industrial_investment_share", "value"), "value"]), 1)
    50.7
    >>> m.at[("invoiced_sales", "growth"), "reason"]
    'no_base'
    """
    return _measures(_scope(zone, period, park))


def details(zone: Zone, measures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tidy frames behind the measures of an edition, by name: months, lists of firms and projects, ranks of peers.

    ``measures`` is what ``measure`` returned for the zone. Every frame of ``zonereport.metrics.schemas`` is there, with
    its columns typed, also where it has no rows. The frame ``league`` has rows only where a batch has ranked zones.
    """
    scope = _scope(zone, measures["period"].iloc[0], measures["park"].iloc[0])
    return _details(replace(scope, known=measures))


def measures_and_details(zone: Zone, *, period: str, park: str = "") -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """What ``measure`` and then ``details`` give: what both are made of is made once. Raises Refused as ``measure``."""
    scope = _scope(zone, period, park)
    measures = _measures(scope)
    return measures, _details(replace(scope, known=measures))


def _measures(scope: Scope) -> pd.DataFrame:
    zone, park = scope.zone, scope.park
    rows = list(published(zone.tables["indicators"], zone.dictionary, period=scope.period, park=park))
    # ratios and targets are made of published values alone
    values = [row for row in rows if row["measure"] == "value"]
    # a target is the whole zone's
    targets = pd.DataFrame() if park else zone.tables.get("targets", pd.DataFrame())
    # a net increase counts from the end of last year
    start = opening(scope.history, year=scope.period.year, entity=park)
    rows += derived(measures_frame(values), zone.dictionary)
    rows += completion(values, targets, zone.dictionary, period=scope.period, opening=start)
    frame = _placed(rows, scope)
    for topic in TOPICS:
        # a topic has figures or details, or both
        if hasattr(topic, "figures"):
            more = _placed(topic.figures(replace(scope, known=frame)), scope)
            frame = pd.concat([frame, more], ignore_index=True)
            # a topic may know better than the one before: a rank that follows from the peers, a growth that is unsure
            frame = frame.drop_duplicates(["code", "measure"], keep="last", ignore_index=True)
    frame = _bounded(frame, scope)
    order = zone.dictionary.indicators.index
    # what is about no indicator of the dictionary, such as the ledger of projects, comes last
    places = pd.Series(order.get_indexer(frame["code"]), frame.index).replace(-1, len(order))
    return frame.loc[places.sort_values(kind="stable").index].reset_index(drop=True)


def _bounded(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The measures where the ledger of firms has some of them only: what it counts and adds up is a lower bound."""
    if scope.zone.about.ledger != "partial":
        return frame
    topics = scope.dictionary.measures["topic"]
    of_firms = frame["code"].map(topics).eq("enterprises") | frame["measure"].map(topics).eq("enterprises")
    counts = frame["basis"].isin(OF_LEDGER) & frame["unit"].isin(COUNTED) & frame["value"].notna()
    # an equivalent number counts nobody
    counts &= (frame["measure"] == "value") | frame["measure"].str.endswith("_count")
    open_ones = of_firms & counts & (frame["qualifier"] == "")
    return frame.assign(qualifier=frame["qualifier"].mask(open_ones, "lower_bound"))


def _details(scope: Scope) -> dict[str, pd.DataFrame]:
    found: dict[str, pd.DataFrame] = {}
    for topic in TOPICS:
        if hasattr(topic, "details"):
            found |= topic.details(replace(scope, frames=found))
    return complete(found)


def _placed(rows: Iterable[Row], scope: Scope) -> pd.DataFrame:
    frame = measures_frame(rows)
    return frame.assign(zone=scope.zone.code, period=str(scope.period), park=scope.park)


def _scope(zone: Zone, period: str, park: str) -> Scope:
    """The scope of an edition; raises Refused for a period or a park that the zone has no figures for."""
    when = Period.parse(period)
    if when not in zone.periods:
        raise Refused(f"{zone.code} has no figures for {when}; it has {', '.join(map(str, zone.periods))}")
    parks = [known.id for known in zone.about.parks]
    if park and park not in parks:
        raise Refused(f'{zone.code} has no park "{park}"; it has {", ".join(parks) or "none"}')
    return Scope(zone_on(zone, when), when, park)
