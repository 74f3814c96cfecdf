"""How the gap of each criterion that is not met might close: the present pace, and the growth it would take."""

import pandas as pd

from zonereport.inputs import Period
from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.goals.criteria import asked, figure, gap_in_words
from zonereport.present.kit.changes import grown
from zonereport.present.kit.numbers import number
from zonereport.present.report import Report

# why there is no number of years at the present pace
NO_YEARS = {
    "no_history": "可比历史不足三年，不推算按现速达标的年数",
    "no_pace": "位次、是否、比率和界限数没有增速，不推算按现速达标的年数",
    "zero_base": "现为零，不推算按现速达标的年数",
    "negative_base": "现为负数，不推算按现速达标的年数",
}


@exhibit
def pace(report: Report) -> Exhibit:
    """Say of each criterion that is not met where it stands, how long it would take and what growth it would take."""
    rows = report.detail("goals")
    rows = rows[rows["met"].eq(False).fillna(False)]
    paragraphs = [_paragraph(report, row) for _, row in rows.iterrows()]
    return Exhibit("未达标条件的差距与速度", data=rows, draw="\n".join(paragraphs))


def _paragraph(report: Report, row: pd.Series) -> str:
    period = Period.parse(row["period"])
    when = period.name_zh
    if period.last == 12:
        when = f"{period.year}年"
    clauses = [
        f"{row['name_zh']}{when}为{figure(report, row)}，门槛为{asked(row)}，{gap_in_words(report, row)}",
        _growth(report, row),
        _years(row),
        _required(row),
    ]
    # before the first semicolon stands how good the source is, which the table says
    note = row["note"].partition("；")[2] or row["note"]
    text = f"{'；'.join(filter(None, clauses))}。以上为算术推算，不是预测。"
    return f"{text}{note}。" if note else text


def _growth(report: Report, row: pd.Series) -> str:
    """The growth of the figure, where the criterion is held against the figure of this edition."""
    if row["period"] != str(report.period):
        return ""
    growth = grown(report, row["code"])
    return f"该项{growth}" if growth else ""


def _years(row: pd.Series) -> str:
    growth = f"{number(row['growth_3y_pct'], 1, fixed=True)}%" if pd.notna(row["growth_3y_pct"]) else ""
    if pd.notna(row["years"]):
        return f"按近三年年均增速{growth}推算，约需{number(row['years'], 1, fixed=True)}年"
    if row["reason"] == "unreachable":
        return f"近三年年均增速{growth}，按现速不可达"
    return NO_YEARS.get(row["reason"], "")


def _required(row: pd.Series) -> str:
    if pd.isna(row["required_growth_pct"]):
        return ""
    growth = f"{number(row['required_growth_pct'], 1, fixed=True)}%"
    return f"要在{row['required_by']}年（五年规划期末）达到门槛，年均须增长{growth}"
