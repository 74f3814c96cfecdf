"""What comes next: the national goals as the source speaks of them, what is meant, and the tasks of the list."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.phrases import day
from zonereport.present.kit.tasks import DONE, OVERDUE, UNREPORTED, tasks
from zonereport.present.report import Report
from zonereport.present.summary.clauses import paragraphs, stated

# a summary for the public names the first tasks, not the list
MOST = 6


@exhibit
def outlook(report: Report) -> Exhibit:
    """Say what was done for the goals, what the source means to do, and the tasks that come next."""
    text = paragraphs(stated(report, "goals", "done", "measure"), stated(report, "goals", "plan"), _tasks(report))
    return Exhibit("展望", claim=text, draw=text)


def _tasks(report: Report) -> str:
    rows = tasks(report)
    # an edition of a park does not take over the tasks of the whole zone
    if report.park or rows.empty:
        return ""
    rows = rows[rows["state"] != DONE].head(MOST)
    named = []
    for row in rows.itertuples():
        until = f"{day(row.due)}前完成" if row.due else ""
        if row.state in (OVERDUE, UNREPORTED):
            until = f"原定{until}"
        named.append(f"{row.title}（{'，'.join(filter(None, [row.owner, until]))}）")
    if not named:
        return ""
    return f"下一步重点做好以下工作：{'；'.join(named)}。"
