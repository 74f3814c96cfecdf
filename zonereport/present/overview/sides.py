"""What improved and what worries, each with the comparisons that say so."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.changes import direction, moved
from zonereport.present.kit.numbers import number
from zonereport.present.kit.prose import numbered
from zonereport.present.overview.codes import figure_and_growth, target_clause
from zonereport.present.report import Report


@exhibit
def improved(report: Report) -> Exhibit:
    """Name the indicators that are better in most comparisons."""
    return _side(report, "improved", "向好的方面", "没有一项指标在位次、增速、进度和同类比较中有两项以上净向好。")


@exhibit
def worries(report: Report) -> Exhibit:
    """Name the indicators that are worse in most comparisons."""
    return _side(report, "worry", "需要关注的方面", "没有一项指标在位次、增速、进度和同类比较中有两项以上净转弱。")


def _side(report: Report, side: str, caption: str, nobody: str) -> Exhibit:
    """The indicators of one side; that there is none is a finding where there is anything on the other."""
    every = report.detail("highlights")
    rows = every[every["side"] == side]
    lines = [f"**{report.label(row.code)}**：{evidence(report, row)}。" for row in rows.itertuples()]
    if lines:
        return Exhibit(caption, claim="\n".join(lines), data=rows, draw=numbered(lines))
    if report.park:
        # a park has neither places nor targets of its own: nothing that could be sent is missing
        return Exhibit(caption)
    # without any comparison silence would look like good news
    if len(every):
        return Exhibit(caption, claim=nobody, draw=nobody)
    return Exhibit(caption, gaps=(Gap(caption, "位次、增速和目标进度均无可比的数据"),))


def evidence(report: Report, row) -> str:
    """Return the comparisons of an indicator that has been named: a row of the frame ``highlights``."""
    pace = report.detail("progress", code=row.code)["pace"]
    clauses = [figure_and_growth(report, row.code), _rank_clause(report, row), _growth_clause(row)]
    if pd.notna(row.progress_gap_pp) and len(pace):
        clauses.append(target_clause(report, row.code, pace.iloc[0]))
    clauses.append(_peers_clause(report, row))
    return "，".join(filter(None, clauses))


def _rank_clause(report: Report, row) -> str:
    if pd.isna(row.rank_change_year):
        return ""
    place = report.place_of(row.code)
    if row.rank_change_year == 0:
        return f"{place}，与上年同期相同"
    return f"较上年同期{moved(row.rank_change_year)}至{place}"


def _growth_clause(row) -> str:
    if pd.isna(row.growth_change_year_pp):
        return ""
    word = direction(row.growth_change_year_pp, "加快", "回落", "持平")
    if word == "持平":
        return "增速与上年同期持平"
    return f"增速比上年同期{word}{number(abs(row.growth_change_year_pp), 1, fixed=True)}个百分点"


def _peers_clause(report: Report, row) -> str:
    if pd.isna(row.growth_against_peers_pp):
        return ""
    word = direction(row.growth_against_peers_pp, "高于", "低于", "持平")
    than = "全区" if report.park else "同类开发区中位数"
    if word == "持平":
        return f"增速与{than}持平"
    return f"增速{word}{than}{number(abs(row.growth_against_peers_pp), 1, fixed=True)}个百分点"
