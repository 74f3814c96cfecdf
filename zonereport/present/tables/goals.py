"""Tables of the national goals: criteria with the gap, and the documents they come from."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report
from zonereport.present.words.goals import QUALITY, asked, documents, figure, judged, ratio, rows_of

HEADS = {
    **{"criterion": "条件（文件年份）", "asked": "门槛", "value": "现状", "ratio": "达标程度", "judged": "差距或原因"},
    **{"origin": "依据", "quality": "来源质量", "mark": "编号", "document": "依据文件", "year": "年份"},
    "criteria": "涉及条件",
}


def goal_criteria(report: Report, goal: str) -> Styler | None:
    """The criteria of a goal, the weakest first, with the year and the quality of each one's document."""
    rows = rows_of(report, goal)
    if rows.empty:
        return None
    marks = documents(report).set_index(["document", "year", "quality"])["mark"]
    made = [
        {
            **{"criterion": f"{row['name_zh']}（{_dated(row)}）", "asked": asked(report, row)},
            **{"value": figure(report, row), "ratio": ratio(row), "judged": judged(report, row)},
            "origin": marks[row["document"], row["year"], row["quality"]],
            "quality": QUALITY[row["quality"]],
        }
        for _, row in rows.iterrows()
    ]
    frame = pd.DataFrame(made)
    empty = [name for name in ("value", "ratio") if (frame[name] == NO_VALUE).all()]
    return styled(frame.drop(columns=empty), f"goal-{goal}", heads=HEADS, right=("value", "ratio"))


def _dated(row: pd.Series) -> str:
    return f"{row['year']}年" if row["year"] else "年份未载明"


def goal_documents(report: Report) -> Styler | None:
    """The documents that the criteria come from, with year, quality and the criteria of each."""
    rows = documents(report)
    if rows.empty:
        return None
    frame = pd.DataFrame(
        {
            "mark": rows["mark"],
            "document": rows["document"],
            "year": [f"{year}年" if year else NO_VALUE for year in rows["year"]],
            "quality": rows["quality"].map(QUALITY),
            "criteria": rows["name_zh"],
        }
    )
    return styled(frame, "goal-documents", heads=HEADS, right=())
