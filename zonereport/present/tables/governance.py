"""Tables of governance: counts against last year, and the parks."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number
from zonereport.present.kit.tables import scope, styled
from zonereport.present.report import Report
from zonereport.present.words.governance import ACCIDENTS, INSPECTION, LABOUR, ORDER, PAYMENTS, VISITS, WAGES
from zonereport.present.words.governance_cases import by_park, figure, park_names

HEADS = {
    **{"name": "指标", "text": "本期", "last_year": "上年同期", "change_on_year": "比上年增减", "reported": "受理"},
    **{"closing_rate": "办结率", "closing_rate_change": "办结率增减", "note": "口径与说明"},
}
# short, so that seven columns stay on an upright page; the units are those of the indicators
PARK_HEADS = {
    **{ACCIDENTS: "事故", INSPECTION: "信访件", LABOUR: "劳资矛盾"},
    **{WAGES: "讨回欠薪", PAYMENTS: "讨回工程款", VISITS: "走访"},
}
MEASURES = ("last_year", "change_on_year", "reported", "closing_rate", "closing_rate_change")


def governance_counts(report: Report) -> Styler | None:
    """Every count with last year's, the change and the closing rate as far as any has one; else with its scope."""
    rows = [
        {"name": report.label(code), "text": report.text(code)}
        | {measure: report.text(code, measure) for measure in MEASURES}
        | {"note": scope(report, code)}
        for code in ORDER
        if code in report.codes("S10")
    ]
    frame = pd.DataFrame(rows)
    if frame.empty:
        return None
    empty = [name for name in MEASURES if (frame[name] == NO_VALUE).all()]
    # seven columns are enough for a page: the scope is said where little else is
    if len(MEASURES) - len(empty) > 2 or (frame["note"] == "").all():
        empty.append("note")
    return styled(frame.drop(columns=empty), "governance", heads=HEADS, right=("text", *MEASURES))


def governance_parks(report: Report) -> Styler | None:
    """The parks' counts with the change on last year in brackets; None without parks."""
    known = by_park(report)
    known = known[known["code"].isin(ORDER)] if len(known) else known
    if known.empty:
        return None
    cells = {(row.park, row.code): _with_change(report, row) for row in known.itertuples()}
    codes = [code for code in ORDER if code in set(known["code"])]
    rows = [
        {"park": name} | {code: cells.get((park, code), NO_VALUE) for code in codes}
        for park, name in park_names(report).items()
    ]
    units = known.drop_duplicates("code").set_index("code")["unit"]
    heads = {"park": "园区"} | {code: f"{PARK_HEADS[code]}（{units[code]}）" for code in codes}
    return styled(pd.DataFrame(rows), "governance-parks", heads=heads, right=codes)


def _with_change(report: Report, row) -> str:
    if pd.isna(row.value):
        return NO_VALUE
    text = figure(report, row.code, row.value, "")
    if pd.isna(row.change):
        return text
    change = number(row.change, int(report.label(row.code, "decimals")))
    return f"{text}（{'+' if row.change > 0 else ''}{change}）"
