"""Styler tables of an edition; every cell is text that the sentences print too."""

from collections.abc import Iterable, Sequence

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.numbers import quantity
from zonereport.present.report import Report
from zonereport.present.words.ladder import TRACKS
from zonereport.present.words.phrases import (
    GROUPS,
    HEADS,
    LONGEST_LIST,
    MEASURES,
    NO_VALUE,
    QUALIFIER_NAMES,
    REASONS,
    REMEDIES,
    TIERS,
    UNSAID,
    month,
)


def core(report: Report, codes: Iterable[str]) -> Styler | None:
    """Indicators with their figure; growth, completion and rank as far as any of them has one; scope and origin."""
    rows = []
    for code in codes:
        row = {"name": report.label(code), "text": report.text(code)}
        row |= {measure: report.text(code, measure) for measure in MEASURES}
        rows.append(row | {"note": scope(report, code), "origin": origin(report, code)})
    frame = pd.DataFrame(rows)
    empty = [measure for measure in MEASURES if rows and (frame[measure] == NO_VALUE).all()]
    return _styler(frame.drop(columns=empty), "core")


def ratios(report: Report, codes: Iterable[str]) -> Styler | None:
    """Derived figures with how each is made and what it must not be used for."""
    rows = [
        {"name": report.label(code), "text": report.text(code), "processing": report.label(code, "processing")}
        for code in codes
    ]
    return _styler(pd.DataFrame(rows), "ratios")


def missing(report: Report, codes: Sequence[str]) -> Styler | None:
    """What this edition cannot say of the codes: which measure, for how many, why, and what would mend it."""
    rows = []
    for measure in MEASURES:
        reasons = pd.Series({code: report.reason(code, measure) for code in codes}, dtype="str")
        for reason, group in reasons[reasons != ""].groupby(reasons, sort=False):
            all_of_them = len(group) == len(codes)
            named = f"全部{len(codes)}项" if all_of_them else "、".join(report.label(code) for code in group.index)
            row = {"measure": MEASURES[measure], "codes": named, "reason": REASONS[reason]}
            rows.append(row | {"remedy": REMEDIES.get(reason, REMEDIES[measure])})
    return _styler(pd.DataFrame(rows), "missing")


def ladder(report: Report) -> Styler | None:
    """The cultivation ladder, rung by rung as the source gives it."""
    rows = [
        {
            **{"track": track, "name": report.label(code), "text": report.text(code)},
            "note": scope(report, code) or report.label(code, "processing").rstrip("。"),
        }
        for track, codes in TRACKS.items()
        for code in codes
        if report.has(code)
    ]
    return _styler(pd.DataFrame(rows), "ladder")


def honours(report: Report, *names: str, groups: tuple[str, ...]) -> Styler | None:
    """The enterprises of the tables ``names`` with their recognitions of the year, of the indicator groups named.

    A title that more than LONGEST_LIST enterprises received is counted elsewhere, not listed here.
    """
    found = [frame for frame in map(report.events, names) if len(frame)]
    if not found:
        return None
    known = report.table("enterprises").set_index("enterprise")["name"]
    rows = pd.concat(found)
    rows = rows[
        rows["enterprise"].isin(known.index) & rows["code"].map(lambda code: report.label(code, "group") in groups)
    ]
    rows = rows[rows.groupby("code")["code"].transform("size") <= LONGEST_LIST]
    frame = pd.DataFrame(
        {
            "enterprise": rows["enterprise"].map(known),
            "honours": [report.label(code) for code in rows["code"]],
            "level": [report.word(names[0], "level", level) for level in rows["level"]],
            "origin": [located(report, *at) for at in rows[["source", "locator"]].itertuples(index=False)],
        }
    )
    return _styler(frame.sort_values("enterprise", kind="stable"), "-".join(names))


def by_field(report: Report) -> Styler | None:
    """Every published figure of the edition, field by field, with scope and origin."""
    rows = [
        {
            **{"group": GROUPS[group], "name": report.label(code), "text": report.text(code)},
            **{"note": scope(report, code), "origin": origin(report, code)},
        }
        for group in GROUPS
        for code in report.codes(group)
    ]
    return _styler(pd.DataFrame(rows), "fields")


def projects(report: Report) -> Styler | None:
    """The projects that the source names."""
    rows = []
    for row in report.table("projects").itertuples(index=False, name="Project"):
        planned = f"计划{month(row.planned_date)}" if row.planned_date else NO_VALUE
        capacity = _amount(row.capacity_item, row.capacity, row.capacity_unit, row.qualifier)
        rows.append(
            {
                **{"project": row.name, "tier": TIERS[row.tier] or NO_VALUE},
                "stage": report.word("projects", "stage", row.stage) or UNSAID,
                **{"date": month(row.stage_date) or planned, "detail": "；".join(filter(None, [capacity, row.note]))},
            }
        )
    return _styler(pd.DataFrame(rows), "projects")


def objects(report: Report) -> Styler | None:
    """The carriers and works that the source names."""
    rows = []
    for name in ("carriers", "works"):
        for row in report.table(name).itertuples(index=False, name="Thing"):
            tenants = _amount("", row.tenants, row.unit, row.qualifier) if name == "carriers" else ""
            rows.append(
                {"object": row.name, "status": report.word(name, "status", row.status), "detail": row.note + tenants}
            )
    return _styler(pd.DataFrame(rows), "objects")


def scope(report: Report, code: str) -> str:
    """What is to be known of a figure beside its value: the qualifier in words and the row's note."""
    qualifier = QUALIFIER_NAMES.get(report.qualifier(code), "")
    note = report.note(code)
    shown = "" if qualifier in ("含其中项", "其中项", "只公布下降") and note else qualifier
    return "；".join(filter(None, [shown, note]))


def origin(report: Report, code: str) -> str:
    """Where the source prints the figure."""
    rows = report.table("indicators", of_period=True)
    row = rows[rows["code"] == code].iloc[-1]
    return located(report, row["source"], row["locator"])


def located(report: Report, source: str, place: str) -> str:
    """A place in a source as its documents count it: 栏目A, 表1."""
    known = {known.id: known for known in report.zone.about.sources}
    return f"{known[source].locator}{place}" if place else NO_VALUE


def _amount(item: str, value: float, unit: str, qualifier: str) -> str:
    return "" if pd.isna(value) else item + quantity(value, unit, 2, qualifier=qualifier)


def _styler(frame: pd.DataFrame, key: str) -> Styler | None:
    """A table without an index; ``key`` makes its ids the same in every run."""
    if frame.empty:
        return None
    if "origin" in frame and (frame["origin"] == NO_VALUE).all():
        frame = frame.drop(columns="origin")
    styler = frame.rename(columns=HEADS).reset_index(drop=True).style.hide(axis="index").set_uuid(key)
    figures = [HEADS[column] for column in frame if column in ("text", *MEASURES)]
    words = [HEADS[column] for column in frame if column not in ("text", *MEASURES)]
    # said outright: a column of few and short entries would be taken for one of numbers
    return styler.set_properties(subset=figures, **{"text-align": "right"}).set_properties(
        subset=words, **{"text-align": "left"}
    )
