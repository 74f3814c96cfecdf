"""What the figures ask for next: the indicators furthest behind their target."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.changes import completed
from zonereport.present.kit.gaps import list_gap
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.prose import bullets
from zonereport.present.overview.codes import pace_clause
from zonereport.present.report import Report

CAPTION = "优先调度的指标"
MOST = 3
ON_TIME = "有目标的指标均已达到进度，没有须优先调度的指标。"
AT_THE_END = "全年差距最大的指标如下，建议列为下年度首批调度事项："
DURING_THE_YEAR = "进度差距最大的指标如下，建议优先调度："


@exhibit
def next_steps(report: Report) -> Exhibit:
    """Name the indicators furthest behind their target, with what the rest of the year needs of each."""
    progress = report.detail("progress")
    rows = progress[progress["behind"] & progress["completion_pct"].notna()].sort_values("priority").head(MOST)
    if rows.empty:
        if progress["completion_pct"].notna().any():
            return Exhibit(CAPTION, claim=ON_TIME, draw=ON_TIME)
        return Exhibit(CAPTION, gaps=list_gap(report, "targets"))
    # a year that is over cannot be caught up: the advice is for the next one
    over = report.period.last == 12
    head = AT_THE_END if over else DURING_THE_YEAR
    lines = []
    for row in rows.itertuples():
        clauses = [completed(report, row.code)]
        if not over:
            clauses.append(pace_clause(report, row.code, row.pace))
        if not over and not report.reason(row.code, "required_rate"):
            clauses.append(f"其余各月平均每月须完成{report.text(row.code, 'required_rate')}")
        lines.append(f"**{report.label(row.code)}**：{sentence(*clauses)}")
    return Exhibit(CAPTION, data=rows, draw=f"{head}\n{bullets(lines)}")
