"""The same months of the last years of a few indicators: what the charts of columns are made of."""

import pandas as pd

from zonereport.present.kit.changes import on_year
from zonereport.present.kit.numbers import number
from zonereport.present.report import Report

# how many years a chart of columns shows
YEARS = 3
COLUMNS = ["code", "panel", "name", "label", "value", "text", "full", "estimate"]


def same_months(report: Report, codes: tuple[str, ...]) -> pd.DataFrame:
    """Return the same months of the last years of the codes that had anything in one of them.

    Without rows where no code has two years to compare. Columns: code, panel (name and unit), name, label (the year),
    value, text, full (with its unit), estimate.
    """
    columns = []
    for code in codes:
        rows = report.detail("series", code=code, entity=report.park)
        same = (rows["month"] == report.period.last) & (rows["year"] <= report.period.year)
        rows = rows[same & rows["value"].notna()].tail(YEARS)
        # columns of nothing are no picture; the table of figures has the zeros
        if not rows["value"].any():
            continue
        for row in rows.itertuples():
            name, text = report.label(code), number(row.value, int(report.label(code, "decimals")))
            is_estimate = row.qualifier == "estimate"
            head = f"{name}（{row.unit}）"
            columns.append((code, head, name, f"{row.year}年", row.value, text, text + row.unit, is_estimate))
    frame = pd.DataFrame(columns, columns=COLUMNS)
    if frame.empty or frame["panel"].value_counts().max() < 2:
        return frame.iloc[:0]
    return frame


def columns_claim(report: Report, rows: pd.DataFrame) -> str:
    """Return how the first two of the codes changed on last year; the latest figures where nothing can be compared."""
    changes = [
        f"{report.label(code)}{on_year(report, code)}" for code in rows["code"].unique() if on_year(report, code)
    ]
    if changes:
        return "；".join(changes[:2])
    # the years of a chart may have a hole just before this one
    latest = rows.drop_duplicates("panel", keep="last").head(2)
    return "；".join(latest["name"] + latest["label"] + latest["full"])


def columns_alt(rows: pd.DataFrame) -> str:
    """Return the text that stands for a chart of columns: every panel with its years."""
    panels = []
    for panel, of_panel in rows.groupby("panel", sort=False):
        panels.append(f"{panel}：{'、'.join(of_panel['label'] + of_panel['text'])}")
    return f"并列柱图。{'；'.join(panels)}。"


def months_note(report: Report) -> str:
    """Return that the years are compared over the same months; nothing of whole years."""
    if report.period.last == 12:
        return ""
    months = report.period.name_zh.removeprefix(f"{report.period.year}年")
    return f"各年均为{months}。"
