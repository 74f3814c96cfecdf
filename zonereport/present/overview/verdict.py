"""The edition in a few points: scale, place, targets, classes, score."""

from collections.abc import Sequence

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.indicators.classes import with_tie
from zonereport.present.indicators.index import place_with_ties
from zonereport.present.indicators.schedule import lowered
from zonereport.present.kit.gaps import measure_gaps
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.prose import points
from zonereport.present.overview.codes import core_codes, figure_and_growth
from zonereport.present.overview.judgement import overall
from zonereport.present.report import Report

SCALE = ("invoiced_sales", "industrial_output", "fixed_asset_investment")
FISCAL = ("treasury_tax", "budget_revenue", "utilised_foreign_capital")


@exhibit
def verdict(report: Report) -> Exhibit:
    """Say the edition in a few points; what core indicators lack is a gap."""
    lines = {
        "总体判断": overall(report),
        "总量": _amounts(report, SCALE),
        "财税与开放": _amounts(report, FISCAL),
        "位次": places(report),
        "目标": targets(report),
        "分类": classes(report),
        "考核测算": score(report),
    }
    return Exhibit(draw=points(lines), role="verdict", gaps=measure_gaps(report, core_codes(report)))


def _amounts(report: Report, codes: Sequence[str]) -> str:
    clauses = []
    for code in codes:
        clause = figure_and_growth(report, code)
        if clause:
            clauses.append(report.label(code) + clause)
    return sentence(*clauses)


def places(report: Report) -> str:
    """Return which core indicators stand in the first three places and which in the last three."""
    rows = report.detail("places")
    rows = rows[rows["code"].isin(core_codes(report))]
    if rows.empty:
        return ""
    first = _with_places(report, rows.loc[rows["in_first_three"], "code"])
    last = _with_places(report, rows.loc[rows["in_last_three"], "code"])
    if first and last:
        return f"参加排名的{len(rows)}项指标中，居前三位的有{first}，居后三位的有{last}。"
    if first:
        return f"参加排名的{len(rows)}项指标中，居前三位的有{first}。"
    if last:
        return f"参加排名的{len(rows)}项指标中，没有指标进入前三位，居后三位的有{last}。"
    return f"参加排名的{len(rows)}项指标中，没有指标进入前三位。"


def _with_places(report: Report, codes: Sequence[str]) -> str:
    if len(codes) == 0:
        return ""
    return listed(f"{report.label(code)}（{report.place_of(code)}）" for code in codes)


def targets(report: Report) -> str:
    """Return how many indicators with a target of an amount are ahead of the year's schedule, and which are not.

    Each is held against its own course of past years, where there is one: much of a year comes in at its end.
    """
    rows = report.detail("progress")
    rows = rows[rows["completion_pct"].notna()]
    if rows.empty:
        return ""
    late = rows[rows["behind"]]
    named = [f"{report.label(code)}（{report.text(code, 'completion')}）" for code in late["code"]]
    total, good, changed = len(rows), len(rows) - len(late), lowered(report, rows)
    if report.period.last == 12:
        if late.empty:
            return f"可计算完成率的{total}项目标均完成{changed}。"
        return f"可计算完成率的{total}项目标中，{good}项完成{changed}，尚未完成的是{listed(named)}。"
    if late.empty:
        return f"可计算完成率的{total}项目标均达到应有进度{changed}。"
    return f"可计算完成率的{total}项目标中，{good}项达到应有进度{changed}，尚未达到的是{listed(named)}。"


def classes(report: Report) -> str:
    """Return how many indicators are advantaged, mid and lagging, the lagging ones by name."""
    rows = report.detail("bands")
    rows = rows[rows["band"] != "insufficient"]
    if rows.empty:
        return ""
    good, middle = (rows["band"] == "advantaged").sum(), (rows["band"] == "mid").sum()
    late = pd.Series([with_tie(report, row) for row in rows[rows["band"] == "lagging"].itertuples()], dtype="str")
    if late.empty:
        return f"可以分类的{len(rows)}项指标中，优势{good}项、中游{middle}项、落后0项。"
    names = listed(late)
    return f"可以分类的{len(rows)}项指标中，优势{good}项、中游{middle}项、落后{len(late)}项，落后的是{names}。"


def score(report: Report) -> str:
    """Return the points by the city's rules and the place of the composite index, with how sure that place is."""
    return sentence(_marks(report), _index(report))


def _marks(report: Report) -> str:
    if report.reason("city_assessment", "score") or report.reason("city_assessment", "score_full"):
        return ""
    full = number(report.value("city_assessment", "score_full"), 2)
    return f"按考核办法测算得{report.text('city_assessment', 'score')}（满分{full}分）"


def _index(report: Report) -> str:
    """The place of the composite index and what nine in ten of the runs with other choices give."""
    if report.reason("composite_index", "index_rank"):
        return ""
    of = number(report.value("composite_index", "index_rank_of"), 0)
    place = place_with_ties(report)
    low = number(report.value("composite_index", "index_rank_p05"), 0)
    high = number(report.value("composite_index", "index_rank_p95"), 0)
    # a range from a place to itself is none
    if low == high:
        return f"综合指数在{of}个单位中列{place}，换用其他合理算法时九成情形位次不变"
    return f"综合指数在{of}个单位中列{place}，换用其他合理算法时九成情形在第{low}至第{high}位"
