"""The city's assessment: the marks of each item, and where the next one is had most cheaply."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.indicators.places import chased
from zonereport.present.kit.gaps import list_gap
from zonereport.present.kit.labels import NO_VALUE, REASONS
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

TOTAL = "city_assessment"
RULES = {"rank_step": "位次计分", "target": "完成目标计分", "efficacy": "功效系数", "level_growth": "总量加增速"}
MEASURED = {"growth": "增速", "level": "总量", "completion": "完成率"}
MEASURES = {"growth": "growth", "level": "value", "completion": "completion"}
HEADS = {
    "name": "指标",
    "rule": "计分办法",
    "on": "依据",
    "rank": "位次",
    "score": "得分",
    "full": "满分",
    "gain": "可增分",
    "needs": "所需增量",
}
# below this an amount of 亿元 is said in 万元
SMALL_100M_YUAN = 0.1
FIGURES = ("rank", "score", "full", "gain", "needs")
# why an item has nothing to gain
KEPT = {"first_place": "已列第1位", "target_met": "已达到目标"}


def marks(value: float) -> str:
    """Return marks as they are printed everywhere: two decimals."""
    return quantity(value, "分", 2, fixed=True)


def scored(report: Report) -> pd.DataFrame:
    """Return the items of the assessment that have a score, in the order of the scheme."""
    rows = report.detail("scores")
    return rows[rows["score"].notna()].reset_index(drop=True)


def cheapest(report: Report) -> pd.DataFrame:
    """Return the items that could gain, the one that gives most for a percentage point of growth first."""
    rows = scored(report)
    return rows[rows["gain_order"].notna()].sort_values("gain_order", ignore_index=True)


def total(report: Report) -> str:
    """Return 85.28分（可计分项满分100分）: what was earned of what could be scored; empty without an assessment."""
    if report.reason(TOTAL, "score"):
        return ""
    full = number(report.value(TOTAL, "score_full"), 2)
    return f"{marks(report.value(TOTAL, 'score'))}（可计分项满分{full}分）"


@exhibit
def scores(report: Report) -> Exhibit:
    """Show the marks of each item of the assessment and what its next step brings, the cheapest first."""
    caption = "各项得分与下一步可增分"
    rows = scored(report)
    if rows.empty:
        return Exhibit(caption, gaps=_gaps(report))
    # what cannot gain stands at the end
    ordered = rows.sort_values("gain_rate", ascending=False, kind="stable", na_position="last")
    table = without_empty(pd.DataFrame([_line(report, row) for row in ordered.itertuples()]))
    note = foot(report, rows["code"]) + (
        "为本报告按来源载明的办法测算，不是考核结果；功效系数和总量加增速的细则各地不一。"
        "可增分为追平前一位（完成目标计分的为达到目标）所增的分数，以其他单位不变为前提，按每个百分点增分由多到少排列。"
    )
    draw = styled(table, "scores", heads=HEADS, right=FIGURES)
    return Exhibit(caption, _points_of_total(report), data=rows, draw=draw, note=note)


def _gaps(report: Report) -> tuple[Gap, ...]:
    # marks are given to the zone, not to a park
    if report.park:
        return ()
    missing = list_gap(report, "assessment")
    if missing:
        return missing
    return (Gap("考核得分测算", REASONS.get(report.reason(TOTAL, "score"), "各项均无可计分的数据")),)


def _line(report: Report, row) -> dict[str, str]:
    line = {
        "name": report.label(row.code),
        "rule": RULES[row.rule],
        "on": MEASURED[row.measured_on] + report.text(row.code, MEASURES[row.measured_on]),
        "rank": report.text(row.code, "rank"),
        "score": number(row.score, 2, fixed=True),
        "full": number(row.points, 2),
        "gain": KEPT.get(row.gain_reason, NO_VALUE),
        "needs": NO_VALUE,
    }
    # an item that can gain has no other word in its place
    if pd.notna(row.gain):
        line["gain"] = marks(row.gain)
        if pd.notna(row.needs):
            line["needs"] = quantity(row.needs, row.unit, 1, fixed=True)
    return line


def next_mark(report: Report, row) -> str:
    """Return the next step of an item: 增速再提高0.5个百分点（约合0.01亿元），追平枫屿经济开发区，可增0.50分."""
    word = "再降低"
    if int(report.label(row.code, "direction")) >= 0:
        word = "再提高"
    step = f"{MEASURED[row.measured_on]}{word}{quantity(row.needs, row.unit, 1, fixed=True)}{_amount(report, row)}"
    gain = f"可增{marks(row.gain)}"
    if report.period.last == 12:
        # of a year that is over nothing can be raised
        step, gain = f"若当年{step}", f"可多得{marks(row.gain)}"
    rival = chased(report, row.code)
    # a target is met, not caught up with
    if row.rule == "target":
        return f"{step}，达到目标，{gain}"
    if rival:
        return f"{step}，追平{rival}，{gain}"
    return f"{step}，前移一位，{gain}"


def _amount(report: Report, row) -> str:
    """What a step of growth is in money or pieces, in brackets; small amounts of 亿元 in 万元."""
    if pd.isna(row.needs_amount):
        return ""
    amount, unit, decimals = row.needs_amount, row.amount_unit, int(report.label(row.code, "decimals"))
    if unit == "亿元" and abs(amount) < SMALL_100M_YUAN:
        amount, unit, decimals = amount * 10_000, "万元", 0
    # an amount that prints as nothing says nothing
    if not float(number(amount, decimals)):
        return ""
    return f"（约合{quantity(amount, unit, decimals)}）"


@exhibit
def assessment(report: Report) -> Exhibit:
    """Say the marks in all, the step that gains most at once, and which items have nothing to gain."""
    rows = scored(report)
    return Exhibit("考核得分", data=rows, draw=_points_of_total(report) + _largest_step(report) + _kept(report, rows))


def _points_of_total(report: Report) -> str:
    if not total(report):
        return ""
    return f"各项合计测算得{total(report)}，得分率{report.text(TOTAL, 'score_rate')}。"


def _largest_step(report: Report) -> str:
    rows = cheapest(report)
    # of a single step the verdict says it
    if len(rows) < 2 or not total(report):
        return ""
    # the cheapest step and the largest may be two: the table is sorted by the first
    largest = rows.loc[rows["gain"].idxmax()]
    return f"一步增分最多的是{report.label(largest.code)}，{next_mark(report, largest)}。"


def _kept(report: Report, rows: pd.DataFrame) -> str:
    clauses = []
    for reason, word in KEPT.items():
        codes = rows.loc[rows["gain_reason"] == reason, "code"]
        if len(codes):
            clauses.append(listed(map(report.label, codes)) + word)
    if not clauses or not total(report):
        return ""
    return sentence(*clauses, "重在保持")
