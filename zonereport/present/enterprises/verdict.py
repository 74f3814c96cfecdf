"""The chapter on enterprises in short."""

import pandas as pd

from zonereport.present.enterprises.growth import SALES
from zonereport.present.enterprises.ladder import INNOVATION, SCALE, TRACKS
from zonereport.present.enterprises.register import REGISTER
from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.bounds import bound
from zonereport.present.kit.changes import clauses, completed, direction, readings, size
from zonereport.present.kit.firms import at, count, money, percent
from zonereport.present.kit.phrases import day, listed, sentence, stop
from zonereport.present.kit.prose import points
from zonereport.present.kit.titles import due, short
from zonereport.present.report import Report

# how many enterprises with more than one title are named
NAMED = 3


@exhibit
def verdict(report: Report) -> Exhibit:
    """Say in a few lines what the chapter shows, the most important first."""
    lines = {
        "规模企业": stop(readings(report, *TRACKS[SCALE], change="change")),
        "升规后备": _near(report),
        "在库预警": _at_risk(report),
        "增长与集中": _dependence(report),
        INNOVATION: stop(_reached(report, *TRACKS[INNOVATION])),
        "称号到期": _renewals(report),
    }
    # without a ledger those that the sources name are what there is to say of single enterprises
    if not lines["升规后备"] and not lines["增长与集中"]:
        lines["重点企业"] = _with_several_titles(report)
    return Exhibit(draw=points(lines), role="verdict")


def _reached(report: Report, *codes: str) -> str:
    """Figures with how far their targets are reached."""
    figures = []
    for code in codes:
        if report.has(code):
            figures.append("，".join(filter(None, [*clauses(report, code), completed(report, code)])))
    return "；".join(figures)


def _near(report: Report) -> str:
    """How many are near the threshold or wait for the register, and who is nearest."""
    waiting = ""
    if not report.reason(REGISTER, "waiting_count") and report.value(REGISTER, "waiting_count") > 0:
        waiting = report.text(REGISTER, "waiting_count")
    # the answer in short is of industry; the table has the other classes
    rows = report.detail("enterprise_near_threshold")
    rows = rows[rows["class"] == REGISTER]
    if rows.empty:
        return f"{waiting}工业企业已达标、尚未入库。" if waiting else ""
    nearest = rows.iloc[0]
    gap, near = money(report, nearest["gap_10k_yuan"]), report.text(REGISTER, "near_threshold_count")
    who = at(report, nearest["name"], nearest["park"])
    if not waiting:
        return f"{near}企业临近规模以上工业标准，差额最小的{who}还差{gap}。"
    return f"{near}企业临近规模以上工业标准，差额最小的{who}还差{gap}，另有{waiting}已达标、尚未入库。"


def _at_risk(report: Report) -> str:
    """How many on the register are at risk, and how many are below the threshold already."""
    rows = report.detail("enterprise_fallers")
    rows = rows[rows["class"] == REGISTER]
    if rows.empty:
        return ""
    line, below = bound(report, "falling"), int(rows["is_below"].sum())
    few = report.text(REGISTER, "fallers_count")
    if below:
        return f"在库规模以上工业企业中{few}近12个月开票销售不足标准的{line}，其中{count(below)}已低于标准。"
    return f"在库规模以上工业企业中{few}近12个月开票销售不足标准的{line}，尚无低于标准的企业。"


def _dependence(report: Report) -> str:
    """The largest enterprise's share of sales and the growth without it."""
    rows = report.detail("enterprise_top", code=SALES)
    if rows.empty:
        return ""
    who = at(report, rows["name"].iloc[0], rows["park"].iloc[0])
    parts = [f"开票销售最大一户{who}占台账企业的{report.text(SALES, 'top1_share')}"]
    # of ten enterprises the ten largest are all
    if not report.reason(SALES, "top10_share") and len(rows) > 10:
        parts.append(f"前十户占{report.text(SALES, 'top10_share')}")
    if not report.reason(SALES, "growth_without_largest"):
        parts.append(_growth_without(report))
    return sentence(*parts)


def _growth_without(report: Report) -> str:
    word = direction(report.value(SALES, "growth_without_largest"), "增长", "下降", "持平")
    without = f"不含该户开票销售{word}"
    if word != "持平":
        without += size(report, SALES, "growth_without_largest")
    # the ledger's growth and not the published one: the two have different enterprises
    growth = report.detail("enterprise_concentration", code=SALES)["growth_pct"]
    if growth.empty or pd.isna(growth.iloc[-1]):
        return without
    return f"{without}（全部台账企业为{percent(growth.iloc[-1])}）"


def _renewals(report: Report) -> str:
    """How many titles end within twelve months, by kind, and which is first."""
    # what is evaluated each year anyway is no news
    rows = due(report)
    if rows.empty:
        return ""
    kinds = rows["code"].value_counts(sort=False)
    each = listed(f"{short(report, code)}{count(n)}" for code, n in kinds.items())
    first = rows.sort_values("valid_until", kind="stable").iloc[0]
    who = at(report, first["name"], first["park"])
    return f"12个月内到期须重新认定的有{each}，最早的{who}{day(first['valid_until'])}到期。"


def _with_several_titles(report: Report) -> str:
    """The enterprises that the source names with more than one title of the year."""
    rows = report.events("recognitions")
    if rows.empty:
        return ""
    names = report.table("enterprises").set_index("enterprise")["name"]
    held = rows[rows["enterprise"].isin(names.index)].groupby("enterprise", sort=False)["code"].agg(list)
    held = held[held.map(len) > 1]
    if held.empty:
        return ""
    # full names are long: beyond a few enterprises the short ones must do
    if len(held) <= NAMED:
        each = [f"{names[firm]}同时列入{listed(map(report.label, codes))}" for firm, codes in held.items()]
        return "；".join(each) + "。"
    each = []
    for firm, codes in held.head(NAMED).items():
        each.append(f"{names[firm]}（{'、'.join(short(report, code) for code in codes)}）")
    return f"本年取得两项及以上称号的企业{count(len(held))}，包括{'、'.join(each)}等。"
