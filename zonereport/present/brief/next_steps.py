"""What is to be done next, by whom and until when: the open tasks of the list, those overdue first."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.gaps import list_gap
from zonereport.present.kit.phrases import day
from zonereport.present.kit.tables import styled
from zonereport.present.kit.tasks import DONE, tasks
from zonereport.present.report import Report

MOST = 6
HEADS = {"title": "要做的事", "owner": "责任单位", "due": "时限", "state": "状态"}


@exhibit
def next_steps(report: Report) -> Exhibit:
    """Show the open tasks with owner and day, the most urgent first."""
    rows = tasks(report)
    rows = rows[rows["state"] != DONE].head(MOST)
    if rows.empty:
        return Exhibit("下一步工作", gaps=list_gap(report, "tasks"))
    frame = pd.DataFrame(
        {
            "title": rows["title"],
            "owner": rows["owner"],
            "due": [day(date) for date in rows["due"]],
            "state": rows["state"],
        }
    )
    note = "状态按期末判断。"
    return Exhibit("下一步工作", data=rows, draw=styled(frame, "brief-steps", heads=HEADS, right=()), note=note)
