"""Tidy frames in, one long frame of measures out; never files, fonts or notebooks."""

import pandas as pd

from zonereport.inputs import Period, Refused, Zone
from zonereport.metrics.derived import derived
from zonereport.metrics.frame import COLUMNS, measures_frame
from zonereport.metrics.levels import published
from zonereport.metrics.targets import completion

__all__ = ["COLUMNS", "measure"]


def measure(zone: Zone, *, period: str, park: str = "") -> pd.DataFrame:
    """Every measure of a zone's period: one row a figure, with its reason where there is no figure.

    Returns the columns zone, period, park, code, measure, value, unit, qualifier, basis, reason, source.
    Raises Refused for a period or a park that the zone has no figures for.

    >>> from zonereport.inputs import load_zone
    >>> m = measure(load_zone("yizheng"), period="2022").set_index(["code", "measure"])
    >>> round(float(m.at[("industrial_investment_share", "value"), "value"]), 1)
    50.7
    >>> m.at[("invoiced_sales", "growth"), "reason"]
    'no_base'
    """
    when = Period.parse(period)
    if when not in zone.periods:
        raise Refused(f"{zone.code} has no figures for {when}; it has {', '.join(map(str, zone.periods))}")
    parks = [park.id for park in zone.about.parks]
    if park and park not in parks:
        raise Refused(f'{zone.code} has no park "{park}"; it has {", ".join(parks) or "none"}')
    rows = list(published(zone.tables["indicators"], zone.dictionary, period=when, park=park))
    values = [row for row in rows if row["measure"] == "value"]
    # a target is the whole zone's
    targets = pd.DataFrame() if park else zone.tables.get("targets", pd.DataFrame())
    rows += derived(measures_frame(values), zone.dictionary)
    rows += completion(values, targets, zone.dictionary, period=when)
    frame = measures_frame({"zone": zone.code, "period": str(when), "park": park, **row} for row in rows)
    order = {code: n for n, code in enumerate(zone.dictionary.indicators.index)}
    return frame.sort_values("code", key=lambda codes: codes.map(order), kind="stable", ignore_index=True)
