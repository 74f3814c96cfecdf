"""How far the year's target has been met."""

from collections.abc import Iterator, Sequence

import pandas as pd

from zonereport.inputs import Dictionary, Period
from zonereport.inputs.units import convert

Row = dict[str, object]


def completion(
    values: Sequence[Row], targets: pd.DataFrame, dictionary: Dictionary, *, period: Period
) -> Iterator[Row]:
    """The measures target and completion of every published value.

    completion = Y_t / T x 100 for a target of kind ``level`` that is above zero; it may pass 100. ``targets`` is the
    typed table: year, code, target, unit, kind, set_on; of several the one set last counts, those set after the end
    of the period do not. Reasons: ``no_target``, ``other_target`` (a growth, a ceiling or a net increase: no ratio
    makes sense), ``not_reported`` (no value). Source: methods notes of the project, section 3.3.
    """
    current = _in_force(targets, period)
    for row in values:
        common = {"code": row["code"], "source": row["source"], "unit": "%"}
        target = current.get(row["code"])
        if target is None:
            yield {**common, "measure": "completion", "reason": "no_target"}
            continue
        if dictionary.printed_unit(row["code"], target["unit"]) != row["unit"] and target["kind"] == "level":
            yield {**common, "measure": "completion", "reason": "basis_changed"}
            continue
        if target["kind"] != "level" or target["target"] <= 0:
            yield {**common, "measure": "completion", "reason": "other_target"}
            continue
        goal = convert(target["target"], target["unit"], row["unit"], dictionary.units)
        yield {**common, "measure": "target", "value": goal, "unit": row["unit"], "source": target["source"]}
        if row.get("reason"):
            yield {**common, "measure": "completion", "reason": row["reason"]}
        else:
            made = {"value": row["value"] / goal * 100, "basis": "level", "qualifier": row["qualifier"]}
            yield {**common, "measure": "completion", **made}


def _in_force(targets: pd.DataFrame, period: Period) -> dict[str, pd.Series]:
    if targets.empty:
        return {}
    month = f"{period.year}-{period.last:02d}-31"
    rows = targets[(targets["year"] == str(period.year)) & (targets["set_on"] <= month)]
    rows = rows.sort_values("set_on", kind="stable").drop_duplicates("code", keep="last")
    return {row["code"]: row for _, row in rows.iterrows()}
