"""总体判断: the period in one sentence; what it says of targets, places and worries, the chapters say too."""

import pandas as pd

from zonereport.present.indicators.core import growing_codes
from zonereport.present.kit.changes import grown
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.overview.codes import core_codes
from zonereport.present.report import Report

# how many figures stand in the sentence where there is nothing to compare them with
SCALE = (
    "invoiced_sales",
    "industrial_output",
    "fixed_asset_investment",
    "budget_revenue",
    "projects_signed",
    "above_scale_industry_new",
    "hightech_recognised",
)
# so many names fit where the others are counted
NAMED = 3


def overall(report: Report) -> str:
    """Return the period in one sentence: growth, targets, places, what worries most; else how large things are."""
    clauses = [_growth(report), _without_refunds(report), _targets(report), _places(report), _worry(report)]
    judged = [clause for clause in clauses if clause]
    if not judged:
        judged = [_scale(report)]
    return f"{report.period.name_zh}，{'；'.join(filter(None, judged))}。"


def _growth(report: Report) -> str:
    """How many core indicators grew, and between which rates; those that fell by name."""
    rows = report.detail("growths")
    # those of the chapter: what grows by the refunds inside it says nothing of the year
    rows = rows[rows["code"].isin(growing_codes(report)) & (rows["unit"] == "%")]
    if len(rows) < 2:
        return ""
    rows = rows.sort_values("growth")
    lowest, highest = report.text(rows["code"].iloc[0], "growth"), report.text(rows["code"].iloc[-1], "growth")
    fallen = [report.label(code) for code in rows.loc[rows["fell"], "code"]]
    if rows["grew"].all():
        return f"{len(rows)}项主要指标全部增长（{lowest}至{highest}）"
    grew = int(rows["grew"].sum())
    flat = len(rows) - grew - len(fallen)
    clauses = [f"{len(rows)}项主要指标中{grew}项增长"]
    if flat:
        clauses.append(f"{flat}项持平")
    if fallen:
        clauses.append(f"{_few(fallen)}下降")
    return "，".join(clauses)


def _without_refunds(report: Report) -> str:
    """Taxes without the refunds in them, where they go the other way than the published figure does."""
    taxes = report.detail("growths", code="business_taxes")
    rest = report.detail("growths", code="business_taxes_without_refund")
    if taxes.empty or rest.empty or not (taxes["grew"].iloc[0] and rest["fell"].iloc[0]):
        return ""
    return f"工商税收{grown(report, 'business_taxes')}，扣除留抵退税后{grown(report, 'business_taxes_without_refund')}"


def _few(names: list[str]) -> str:
    if len(names) > NAMED:
        return f"{'、'.join(names[:NAMED])}等{len(names)}项"
    return listed(names)


def _targets(report: Report) -> str:
    """How many of the year's targets were met, or are on schedule."""
    rows = report.detail("progress")
    rows = rows[rows["completion_pct"].notna()]
    if rows.empty:
        return ""
    late = int(rows["behind"].sum())
    total = len(rows)
    changed = _lowered(report, rows)
    if report.period.last == 12:
        if late:
            return f"可计算完成率的{total}项目标完成{total - late}项{changed}，{late}项没有完成"
        return f"可计算完成率的{total}项目标均完成{changed}"
    if late:
        return f"可计算完成率的{total}项目标中{total - late}项达到应有进度{changed}，{late}项落后"
    return f"可计算完成率的{total}项目标均达到应有进度{changed}"


def _lowered(report: Report, rows: pd.DataFrame) -> str:
    """In brackets the indicators that meet a target which was changed during the year; empty for none."""
    names = [report.label(code) for code in rows.loc[~rows["behind"] & rows["first_target"].notna(), "code"]]
    return f"（{listed(names)}为年中调整后的目标）" if names else ""


def _places(report: Report) -> str:
    """How many places went up and down on a year ago."""
    rows = report.detail("places")
    rows = rows[rows["code"].isin(core_codes(report)) & rows["rank_change_year"].notna()]
    if rows.empty:
        return ""
    up, down = int((rows["rank_change_year"] > 0).sum()), int((rows["rank_change_year"] < 0).sum())
    if up and down:
        return f"全市位次{up}项前移、{down}项后移"
    if up:
        return f"全市位次{up}项前移，没有后移"
    if down:
        return f"全市位次{down}项后移，没有前移"
    return "全市位次均无变化"


def _worry(report: Report) -> str:
    """The indicator that is worse in most comparisons."""
    rows = report.detail("highlights", side="worry")
    if rows.empty:
        return ""
    code = rows.sort_values("place")["code"].iloc[0]
    place = report.place_of(code)
    behind = report.detail("progress", code=code)["behind"].any()
    facts = [grown(report, code)]
    if place:
        facts.append(f"列{place}")
    if behind and report.period.last == 12:
        facts.append("没有完成全年目标")
    elif behind:
        facts.append("进度落后")
    return f"最需要关注的是{report.label(code)}，{'，'.join(filter(None, facts))}"


def _scale(report: Report) -> str:
    clauses = [f"{report.label(code)}{report.text(code)}" for code in SCALE if code in _coded(report)]
    return sentence(*clauses).removesuffix("。")


def _coded(report: Report) -> pd.Index:
    shown = report.indicators()
    return pd.Index([code for code in shown["code"] if report.has(code)])
