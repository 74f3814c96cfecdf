"""How far the year's target has been met, by the kind of the target."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from zonereport.inputs import Dictionary, Period
from zonereport.inputs.units import convert
from zonereport.metrics.frame import Row

NO_OPENING: Mapping[str, float] = MappingProxyType({})


def completion(
    values: Sequence[Row],
    targets: pd.DataFrame,
    dictionary: Dictionary,
    *,
    period: Period,
    opening: Mapping[str, float] = NO_OPENING,
) -> Iterator[Row]:
    """Yield the measures target and completion of every published value.

    ``targets`` is the typed table: year, code, target, unit, kind, set_on; of several the one set last counts, those
    set after the end of the period do not. ``opening`` holds the figure at the end of last year by code, in the unit
    of the value (see ``opening``). The row of the target says its kind in ``basis``. Completion in %, it may pass
    100: level: Y_t / T for T > 0; net_increase n: (S_t - S_0) / n of a stock, Y_t / n of a flow that is itself a net
    increase; level of a stock or rate of which less is better: (x_0 - x_t) / (x_0 - T). Reasons: ``no_target``,
    ``other_target`` (a growth or a ceiling, or a level that is not above zero: no ratio makes sense), ``zero_target``
    (a net increase of none, or a level that was met at the start), ``no_base`` (no figure at the end of last year),
    ``basis_changed`` (another unit than the value's), ``not_cumulative`` (the figure of a quarter or a half alone),
    ``not_reported`` (no value). Source: methods notes of the project, section 3.3.
    """
    # a target of an earlier year is none
    current = in_force(targets, period)
    for row in values:
        code, unit = row["code"], row["unit"]
        common = {"code": code, "measure": "completion", "source": row["source"], "unit": "%"}
        target = current.get(code)
        if target is None:
            yield common | {"reason": "no_target"}
            continue
        kind = target["kind"]
        if kind != "growth" and dictionary.printed_unit(code, target["unit"]) != unit:
            yield common | {"reason": "basis_changed"}
            continue
        # a growth has a unit of its own
        own = target["unit"] if kind == "growth" else unit
        goal = convert(target["target"], target["unit"], own, dictionary.units)
        yield common | {"measure": "target", "value": goal, "unit": own, "basis": kind, "source": target["source"]}
        nature, direction = dictionary.indicators.loc[code, ["nature", "direction"]]
        if kind in ("growth", "ceiling") or (kind == "level" and goal <= 0):
            yield common | {"reason": "other_target"}
        elif row.get("reason"):
            yield common | {"reason": row["reason"]}
        elif nature == "flow_ytd":
            if period.first != 1:
                yield common | {"reason": "not_cumulative"}
                continue
            yield (
                common | {"qualifier": row["qualifier"]} | met(row["value"], goal, kind=kind, start=0.0, falling=False)
            )
        else:
            done = met(row["value"], goal, kind=kind, start=opening.get(code), falling=direction == -1)
            yield common | {"qualifier": row["qualifier"]} | done


def met(value: float, target: float, *, kind: str, start: float | None, falling: bool) -> Row:
    """Return the completion in % of one target of kind level or net_increase, or the reason why there is none.

    level: value / target; net_increase: (value - start) / target; ``falling`` (less is better): (start - value) /
    (start - target). ``start`` is the figure at the beginning of the year, all in one unit.

    >>> met(82.5, 100, kind="level", start=None, falling=False)
    {'value': 82.5, 'basis': 'level'}
    >>> met(3, 2, kind="net_increase", start=2, falling=False)
    {'value': 50.0, 'basis': 'net_increase'}
    >>> round(met(0.48, 0.45, kind="level", start=0.50, falling=True)["value"], 9)
    40.0
    """
    if kind == "level" and not falling:
        return {"value": value / target * 100, "basis": "level"}
    if start is None:
        return {"reason": "no_base"}
    # the way that was to be made since the beginning of the year, and how much of it was made
    way, done, basis = target, value - start, kind
    if kind == "level":
        way, done, basis = start - target, start - value, "reduction"
    if way == 0:
        return {"reason": "zero_target"}
    return {"value": done / way * 100, "basis": basis}


def opening(history: pd.DataFrame, *, year: int, entity: str) -> dict[str, float]:
    """Return the figures at the end of the year before, by code: where a stock started from.

    ``history`` has the columns of Scope.history; only figures of the unit of the latest row of the code count.
    """
    rows = history[(history["entity"] == entity) & history["value"].notna()]
    latest = rows.groupby("code")["unit"].transform("last")
    rows = rows[(rows["year"] == year - 1) & (rows["month"] == 12) & (rows["unit"] == latest)]
    return dict(zip(rows["code"], rows["value"], strict=True))


def in_force(targets: pd.DataFrame, period: Period) -> dict[str, pd.Series]:
    """Return the target of each code in force at the end of the period: the one set last, of one day the level."""
    if targets.empty:
        return {}
    rows = set_in_time(targets, period).drop_duplicates("code", keep="last")
    return {row["code"]: row for _, row in rows.iterrows()}


def set_in_time(targets: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the targets of the period's year that were set by its end, in the order in which they were set."""
    day = f"{period.year}-{period.last:02d}-31"
    rows = targets[(targets["year"] == str(period.year)) & (targets["set_on"] <= day)]
    # of two of one day the level counts: it comes last
    rows = rows.assign(level=rows["kind"] == "level")
    return rows.sort_values(["set_on", "level"], kind="stable").drop(columns="level")
