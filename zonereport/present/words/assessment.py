"""Words of the chapter on the core indicators: the city's assessment, its cheapest next point, and the index."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.labels import REASONS
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption
from zonereport.present.words.standing import chased

if TYPE_CHECKING:
    from zonereport.present.report import Report

TOTAL, INDEX = "city_assessment", "composite_index"
RULES = {"rank_step": "位次计分", "target": "完成目标计分", "efficacy": "功效系数", "level_growth": "总量加增速"}
MEASURED = {"growth": "增速", "level": "总量", "completion": "完成率"}
RANGES = {"range": "九成情形的位次范围", "mid": "位次中位数", "mark": "基准算法位次"}
CHOICES = {
    **{"normalisation": "无量纲化方法", "aggregation": "合成方法", "weights": "权重", "leave_one_out": "指标取舍"},
}
POINTS, PP = "分", "个百分点"
# why an item has nothing to gain
KEPT = {"first_place": "已列第1位", "target_met": "已达到目标"}
# between these two shares of the draws the order of two units is decided by choices
EVEN = (40, 60)


def points(value: float) -> str:
    """Marks as they are printed everywhere: two decimals."""
    return quantity(value, POINTS, 2, fixed=True)


def scored(report: "Report") -> pd.DataFrame:
    """The items of the assessment that have a score, those that lost most marks first as the table has them."""
    frame = report.detail("scores")
    return frame[frame["score"].notna()].reset_index(drop=True) if len(frame) else frame


def cheapest(report: "Report") -> pd.DataFrame:
    """The items that could gain, the one that gives most for a percentage point of growth first."""
    rows = scored(report)
    if rows.empty:
        return rows
    rows = rows[(rows["gain"] > 0) & (rows["unit"] == PP) & rows["gain_rate"].notna()]
    return rows.sort_values("gain_rate", ascending=False, kind="stable", ignore_index=True)


def total(report: "Report") -> str:
    """85.28分（满分100分）: what was earned of what could be scored; empty where there is no assessment."""
    if report.reason(TOTAL, "score"):
        return ""
    full = number(report.value(TOTAL, "score_full"), 2)
    return f"{points(report.value(TOTAL, 'score'))}（可计分项满分{full}分）"


def _no_score(report: "Report") -> str:
    if report.park_name:
        return "考核和指数以全区为对象，不分园区计算"
    if _known(report, TOTAL):
        return REASONS.get(report.reason(TOTAL, "score"), "")
    return "未取得全市考核办法，不计分，也不计算综合指数"


def _known(report: "Report", code: str) -> bool:
    return bool((report.measures["code"] == code).any())


def scores(report: "Report") -> Caption:
    """What is said of the table of marks."""
    caption = "各项得分与下一步可增分"
    if scored(report).empty:
        return Caption(caption, missing=f"（{caption}：{_no_score(report)}。）")
    note = foot(report, scored(report)["code"]) + (
        "为本报告按来源载明的办法测算，不是考核结果；功效系数和总量加增速的细则各地不一。"
        "可增分为追平前一位（完成目标计分的为达到目标）所增的分数，以其他单位不变为前提，按每个百分点增分由多到少排列。"
    )
    return Caption(caption, note=note)


def gain(report: "Report", row) -> str:
    """增速再提高0.5个百分点（约合0.01亿元），追平枫屿经济开发区，可增0.50分: the next step of an item."""
    amount = ""
    if pd.notna(row.needs_amount):
        text = quantity(row.needs_amount, row.amount_unit, int(report.label(row.code, "decimals")))
        amount = f"（约合{text}）" if not text.startswith("0" + row.amount_unit) else ""
    goal = (
        "达到目标"
        if row.rule == "target"
        else f"追平{chased(report, row.code)}"
        if chased(report, row.code)
        else "前移一位"
    )
    what = MEASURED[row.measured_on]
    more = "再提高" if int(report.label(row.code, "direction")) >= 0 else "再降低"
    return f"{what}{more}{quantity(row.needs, row.unit, 1, fixed=True)}{amount}，{goal}，可增{points(row.gain)}"


def standing(report: "Report") -> str:
    """The paragraph on the marks: the total, the step that gains most at once, and what has nothing to gain."""
    if not total(report):
        return ""
    rows, done = cheapest(report), scored(report)
    said = [f"各项合计测算得{total(report)}，得分率{report.text(TOTAL, 'score_rate')}。"]
    if len(rows) > 1:
        largest = rows.loc[rows["gain"].idxmax()]
        said.append(f"一步增分最多的是{report.label(largest.code)}，{gain(report, largest)}。")
    done = done[done["gain_reason"].isin(KEPT)]
    kept = []
    for reason, word in KEPT.items():
        codes = done.loc[done["gain_reason"] == reason, "code"]
        kept += [listed(report.label(code) for code in codes) + word] if len(codes) else []
    return "".join(said) + sentence(*kept, "重在保持" if kept else "")


def places(report: "Report") -> pd.DataFrame:
    """The rows of the chart of ranges: the zone and its peers by their index."""
    frame = report.detail("index")
    frame = frame[frame["index"].notna()] if len(frame) else frame
    rows = [
        {
            **{"label": row.entity or report.zone.about.name_zh, "own": not row.entity},
            **{"low": row.rank_p05, "mid": row.rank_p50, "high": row.rank_p95, "mark": row.rank},
            "text": quantity(row.figure, POINTS, 1, fixed=True),
        }
        for row in frame.rename(columns={"index": "figure"}).itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=["label", "own", "low", "mid", "high", "mark", "text"])


def _span(report: "Report") -> str:
    return _between(*(report.value(INDEX, name) for name in ("index_rank_p05", "index_rank_p95")))


def _between(low: float, high: float) -> str:
    """第2至第5位, or 第2位 where that is all."""
    return f"第{number(low, 0)}位" if low == high else f"第{number(low, 0)}至第{number(high, 0)}位"


def index_chart(report: "Report") -> Caption:
    """What is said of the chart of the index: the place, and the range that other choices give."""
    caption = "综合指数位次及其不确定范围"
    rows = places(report)
    if not _known(report, INDEX):
        return Caption("综合指数位次及其不确定范围", missing=None)
    if rows.empty or report.reason(INDEX, "index_rank"):
        reason = REASONS.get(report.reason(INDEX, "index"), REASONS["low_coverage"])
        return Caption(caption, missing=f"（{caption}：{reason}。）")
    said = [
        f"{row.label}基准算法第{number(row.mark, 0)}位，范围{_between(row.low, row.high)}，指数{row.text}"
        for row in rows.itertuples()
    ]
    finding = (
        f"综合指数居第{number(report.value(INDEX, 'index_rank'), 0)}位，换用其他合理算法后九成情形在{_span(report)}"
    )
    note = foot(report, scored(report)["code"] if len(scored(report)) else ()) + (
        "指数按考核权重对各项得分作线性加权，右侧数字为指数值；范围由无量纲化、合成、权重和指标取舍的随机组合得出。"
    )
    return Caption(caption, finding, f"区间图，横轴为位次。{'；'.join(said)}。", note)


def sureness(report: "Report") -> str:
    """The paragraph on the index: how sure its place is, what it hangs on most, and what is left out of it."""
    if report.reason(INDEX, "index_rank"):
        return ""
    said = []
    if not report.reason(INDEX, "index_first_tier_probability"):
        said.append(f"各种算法组合中，进入第一方阵的占{report.text(INDEX, 'index_first_tier_probability')}")
    if not report.reason(INDEX, "index_ahead_probability"):
        share = report.value(INDEX, "index_ahead_probability")
        order = "两者先后不能确定" if share <= EVEN[1] else "领先较为稳固"
        order = "现行次序可能倒置" if share < EVEN[0] else order
        rival = report.basis(INDEX, "index_ahead_probability")
        text = report.text(INDEX, "index_ahead_probability")
        said.append(f"优于指数居后一位的{rival}的占{text}，{order}")
    lines = [sentence(*said), _hangs_on(report), _weights(report)]
    return "".join(line for line in lines if line)


def _hangs_on(report: "Report") -> str:
    rows = report.detail("index_sensitivity", output="zone_rank")
    if rows.empty or not rows["total"].max() > 0:
        return ""
    most = rows.loc[rows["total"].idxmax()]
    share = number(most["total"], 2, fixed=True)
    return f"位次变动主要取决于{CHOICES[most['choice']]}（总效应指数{share}，1为全部由其引起，各项之间有交叠）。"


def _weights(report: "Report") -> str:
    rows = report.detail("index_weights")
    against = [report.label(code) for code in rows.loc[rows["correlation"] < 0, "code"]] if len(rows) else []
    dropped = rows[rows["reason"] != ""] if len(rows) else rows
    out = [f"{report.label(row.code)}（{REASONS.get(row.reason, '数据不足')}）" for row in dropped.itertuples()]
    clauses = []
    if against:
        clauses.append(f"{listed(against)}与指数负相关，该项高的单位指数往往偏低，参评单位较少，仅供参考")
    if out:
        clauses.append(f"{listed(out)}未计入指数")
    return sentence("；".join(clauses))


def shorthand(report: "Report") -> str:
    """The point of the verdict: the marks, the cheapest next point, the place by the index with its range."""
    rows = cheapest(report)
    said = []
    if total(report):
        said.append(f"测算得{total(report)}")
        if len(rows):
            first = rows.iloc[0]
            said.append(f"最省力的增分点是{report.label(first.code)}，{gain(report, first)}")
    if not report.reason(INDEX, "index_rank"):
        said.append(f"综合指数居第{number(report.value(INDEX, 'index_rank'), 0)}位，九成情形在{_span(report)}")
    return sentence("；".join(said))
