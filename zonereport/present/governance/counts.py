"""The quantities of governance: of the zone against last year, and of its parks."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.governance.codes import ACCIDENTS, GROUP, INSPECTION, LABOUR, ORDER, PAYMENTS, VISITS, WAGES
from zonereport.present.governance.readings import amount, by_park
from zonereport.present.kit.figures import compared_rows
from zonereport.present.kit.firms import several_parks
from zonereport.present.kit.gaps import whole_gaps
from zonereport.present.kit.labels import NO_VALUE, REASONS
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

COMPARED = ("last_year", "change_on_year")
HEADS = {"name": "指标", "text": "本期", "last_year": "上年同期", "change_on_year": "比上年增减", "note": "口径与说明"}
# short, so that seven columns stay on an upright page; the units are those of the indicators
PARK_HEADS = {
    ACCIDENTS: "事故",
    INSPECTION: "信访件",
    LABOUR: "劳资矛盾",
    WAGES: "讨回欠薪",
    PAYMENTS: "讨回工程款",
    VISITS: "走访",
}


@exhibit
def counts(report: Report) -> Exhibit:
    """Show every quantity with last year's and the change as far as any has one, and its scope."""
    caption = f"{report.period.name_zh}综合治理主要数量"
    codes = [code for code in ORDER if code in report.codes(GROUP)]
    if not codes:
        remedy = "事故、信访件、劳资矛盾、讨回款项和走访企业的累计数"
        return Exhibit(caption, gaps=(Gap("综合治理各项数量", REASONS["not_reported"], remedy, publishers(report)),))
    frame = without_empty(compared_rows(report, codes, COMPARED), (*COMPARED, "note"))
    note = foot(report, ORDER)
    # 2 accidents after 3 are no fall by a third
    if "change_on_year" in frame:
        note += "起数、件数和家数以增减数比较，不以百分比比较。"
    # more money recovered is no better news by itself
    if report.has(WAGES) or report.has(PAYMENTS):
        note += "讨回金额多，既可能是清欠力度大，也可能是欠款发生多，须与新发生的欠薪欠款一并判断。"
    table = styled(frame.drop(columns="code"), "governance", heads=HEADS, right=("text", *COMPARED))
    return Exhibit(caption, data=frame, draw=table, note=note, gaps=whole_gaps(report, GROUP, ["growth"]))


def publishers(report: Report) -> str:
    """Return the offices that publish the indicators of the chapter."""
    return "、".join(dict.fromkeys(report.label(code, "publisher") for code in ORDER))


@exhibit
def parks(report: Report) -> Exhibit:
    """Show the parks' quantities with the change on last year in brackets."""
    caption, rows = "各园区综合治理数量", by_park(report)
    rows = rows[rows["code"].isin(ORDER) & rows["value"].notna()]
    if rows.empty:
        return Exhibit(caption, gaps=_no_parks(report))
    cells = {(row.park, row.code): _with_change(report, row) for row in rows.itertuples()}
    codes = [code for code in ORDER if code in set(rows["code"])]
    frame = pd.DataFrame(report.park_names.items(), columns=["park", "name"])
    for code in codes:
        frame[code] = [cells.get((park, code), NO_VALUE) for park in frame["park"]]
    units = rows.drop_duplicates("code").set_index("code")["unit"]
    heads = {"name": "园区"}
    for code in codes:
        heads[code] = f"{PARK_HEADS[code]}（{units[code]}）"
    table = styled(frame.drop(columns="park"), "governance-parks", heads=heads, right=codes)
    return Exhibit(caption, data=rows, draw=table, note=_parks_note(report, rows, codes))


def _no_parks(report: Report) -> tuple[Gap, ...]:
    # nothing is missing in a zone of one park
    if not several_parks(report) or not report.codes(GROUP):
        return ()
    return (Gap("各园区综合治理数量", REASONS["not_reported"], "各园区的累计数", publishers(report)),)


def _parks_note(report: Report, rows: pd.DataFrame, codes: list[str]) -> str:
    note = foot(report, codes)
    # the heads are too short to say what is counted
    if INSPECTION in codes or LABOUR in codes:
        note += "信访件为办结数，劳资矛盾为协调数。"
    if rows["change"].notna().any():
        note += "括号内为比上年同期增减。"
    # a bracket that is missing must not read as no change
    if rows["change"].notna().any() and rows["change"].isna().any():
        note += "没有括号的，上年同期数不可比。"
    return note


def _with_change(report: Report, row) -> str:
    text = amount(report, row.code, row.value, "")
    if pd.isna(row.change):
        return text
    change = amount(report, row.code, row.change, "")
    sign = "+" if row.change > 0 else ""
    return f"{text}（{sign}{change}）"
