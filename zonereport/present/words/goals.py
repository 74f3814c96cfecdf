"""Words of the chapter on the national goals and the outlook: the criteria, the gap, the pace, their documents."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.inputs import Period
from zonereport.present.kit.changes import grown
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.prose import points
from zonereport.present.kit.sources import foot
from zonereport.present.words.outlook import year_in_short
from zonereport.present.words.phrases import Caption
from zonereport.present.words.tasks import tasks_in_short

if TYPE_CHECKING:
    from zonereport.present.report import Report

# the two that the zone strives for, as data/dictionary/criteria.csv names them
GOALS = ("national_zone", "big_data_base")
QUALITY = {"o": "官方文件原文", "s": "转载文本", "m": "实测数据", "u": "未经核实"}
NUMERALS = "一二三四五六七八九十"
SHARE, LINE = "相当于门槛的%", (100, "门槛")
# a bound that does not reach the threshold says nothing
BOUND = "为界限数"
UNKNOWN = {
    "not_reported": "缺少数据",
    "no_threshold": "门槛值未取得",
    "year_not_over": "尚无完整年度数",
    "other_currency": "币种不同，未折算",
}
# why there is no number of years at the present pace
NO_YEARS = {
    "no_history": "可比历史不足三年",
    "no_pace": "位次、是否、比率和界限数没有增速",
    "zero_base": "现为零",
    "negative_base": "现为负数",
}


def verdict(report: "Report") -> str:
    """The chapter in a few lines: each goal with its weakest criterion, the year, the tasks."""
    heads = {name_of(report, goal): sentence(*goal_in_short(report, goal)) for goal in GOALS}
    year = {"全年目标": year_in_short(report), "任务": tasks_in_short(report), "判断边界": boundary(report)}
    return points({**heads, **year})


def boundary(report: "Report") -> str:
    """Which of targets and tasks there are none of, and what therefore is not judged; empty where there are both."""
    lacking = {"年度目标": report.table("targets"), "任务清单": report.table("tasks")}
    names = [name for name, rows in lacking.items() if rows.empty]
    unsaid = {"年度目标": "目标完成情况", "任务清单": "任务进展"}
    return f"{listed(names)}未取得，本期不评{listed(unsaid[name] for name in names)}。" if names else ""


def name_of(report: "Report", goal: str) -> str:
    """The Chinese name of a goal."""
    rows = report.zone.dictionary.criteria
    rows = rows[rows["goal"] == goal]
    # of two names in a row the dictionary leaves a blank between them, which Chinese prose does not
    return rows["goal_zh"].iloc[0].replace(" ", "") if len(rows) else goal


def rows_of(report: "Report", goal: str) -> pd.DataFrame:
    """The criteria of a goal, the weakest first; without rows for a park."""
    return report.detail("goals", goal=goal)


def goal_in_short(report: "Report", goal: str) -> list[str]:
    """How many criteria are met, are not, cannot be judged; and the weakest."""
    if report.reason(goal, "goal_criteria"):
        return []
    counts = {"goal_met": "项已达标", "goal_unmet": "项未达标", "goal_unknown": "项无法判断"}
    said = [
        f"{number(report.value(goal, measure), 0)}{words}"
        for measure, words in counts.items()
        if report.value(goal, measure) > 0
    ]
    if report.value(goal, "goal_unknown") == report.value(goal, "goal_criteria"):
        said = ["都缺少据以判断的数据或门槛值，不作判断"]
    return [f"对照{report.text(goal, 'goal_criteria')}条件，{'、'.join(said)}", weakest(report, goal)]


def weakest(report: "Report", goal: str) -> str:
    """The criterion that is furthest off, as a clause; empty where none can be compared."""
    rows = rows_of(report, goal)
    rows = rows[rows["ratio_pct"].notna()] if len(rows) else rows
    if rows.empty:
        return ""
    row = rows.sort_values("ratio_pct", kind="stable").iloc[0]
    short = f"，相当于门槛的{ratio(row)}" if row["met"] is not True else "，已达标"
    return f"可比条件中最弱的是{row['name_zh']}{figure(report, row)}{short}"


def figure(report: "Report", row: pd.Series) -> str:
    """The zone's figure of a criterion; a dash where there is none."""
    if pd.isna(row["value"]):
        return NO_VALUE
    return quantity(row["value"], row["unit"], decimals(report, row), qualifier=row["qualifier"])


def decimals(report: "Report", row: pd.Series) -> int:
    """How many digits the figures of a criterion have: those of its indicator in its own unit, else two."""
    known = report.zone.dictionary.indicators
    if row["unit"] == "位":
        return 0
    own = row["code"] in known.index and known.at[row["code"], "unit"] == row["unit"]
    return int(known.at[row["code"], "decimals"]) if own else 2


def ratio(row: pd.Series) -> str:
    """How far the figure is on the way to the threshold, in %."""
    return NO_VALUE if pd.isna(row["ratio_pct"]) else f"{number(row['ratio_pct'], 1, fixed=True)}%"


def asked(report: "Report", row: pd.Series) -> str:
    """What the criterion asks for: 不低于5亿元, 第5位以内, 须满足."""
    if row["comparison"] == "yes_no":
        return "须满足"
    if pd.isna(row["threshold"]):
        return "未取得"
    text = quantity(row["threshold"], row["unit"], 2)
    return {"at_least": f"不低于{text}", "at_most": f"不高于{text}", "rank_at_most": f"第{text}以内"}[row["comparison"]]


def judged(report: "Report", row: pd.Series) -> str:
    """The gap, the margin of what is met, or why it cannot be said."""
    if pd.isna(row["met"]):
        return UNKNOWN.get(row["reason"], BOUND)
    gap = "" if pd.isna(row["gap"]) else quantity(abs(row["gap"]), row["unit"], decimals(report, row))
    if row["met"]:
        return f"已达标，余{gap}" if gap else "已达标"
    return f"差{gap}" if gap else "未达标"


def criteria(report: "Report", goal: str) -> Caption:
    """What is said of the table of a goal's criteria."""
    rows, name = rows_of(report, goal), f"{name_of(report, goal)}条件对照"
    if rows.empty:
        why = "以全区为对象，园区报告不作对照" if report.park_name else "在本报告期没有适用的条件，不作对照"
        return Caption(name, missing=f"{name_of(report, goal)}的条件{why}。")
    note = "各项条件须同时满足，不作平均，最弱的排在最前。编号对应的文件见依据文件表。"
    return Caption(name, note=note)


def shared_note(rows: pd.DataFrame) -> str:
    """The first part of the notes where all criteria of a goal share it; empty where they do not."""
    firsts = {note.partition("；")[0] for note in rows["note"]}
    return firsts.pop() if len(firsts) == 1 and len(rows) > 1 else ""


def documents(report: "Report") -> pd.DataFrame:
    """The documents that the criteria come from, in the order of their first criterion: document, year, quality, name.

    ``mark`` numbers them: 文件一, 文件二.
    """
    rows = report.detail("goals")
    if rows.empty:
        return rows
    keys = ["document", "year", "quality"]
    made = rows.groupby(keys, sort=False, as_index=False)["name_zh"].agg("、".join)
    return made.assign(mark=[f"文件{NUMERALS[n] if n < len(NUMERALS) else n + 1}" for n in range(len(made))])


def document_table(report: "Report") -> Caption:
    """What is said of the table of documents."""
    note, why = "未经核实的数值只供参考，不作为申报依据。", "没有对照的条件，不列依据文件。"
    return Caption("条件的依据文件与来源质量", note=note, missing=why)


def comparable(report: "Report") -> pd.DataFrame:
    """The criteria that have a ratio, as rows of a chart; without rows below two of them."""
    rows = report.detail("goals")
    rows = rows[rows["ratio_pct"].notna()] if len(rows) else rows
    if len(rows) < 2:
        return rows.iloc[:0]
    rows = rows.sort_values("ratio_pct", kind="stable")
    texts = [f"{ratio(row)}（{figure(report, row)}）" for _, row in rows.iterrows()]
    return rows.assign(label=rows["name_zh"], value=rows["ratio_pct"], text=texts, met=rows["met"] == True)  # noqa: E712


def comparison(report: "Report") -> Caption:
    """What is said of the chart of the criteria that can be compared."""
    data, name = comparable(report), "可比条件的达标程度"
    if data.empty:
        return Caption(name, missing=few(report))
    worst = data.iloc[0]
    finding = f"可比的{len(data)}项条件中，{worst['label']}最弱，相当于门槛的{ratio(worst)}"
    return Caption(
        name, finding, "横条图，单位%。" + sentence(*(data["label"] + data["text"])), foot(report, codes(report))
    )


def few(report: "Report") -> str:
    """Why there is no chart of criteria: which ones can be compared with a threshold at all."""
    rows = report.detail("goals")
    if rows.empty:
        return "没有可以对照的条件，不作达标程度图。"
    names = list(rows[rows["ratio_pct"].notna()]["name_zh"])
    if not names:
        return f"{len(rows)}项条件都缺少可比的数据或门槛值，不作达标程度图。"
    return f"{len(rows)}项条件中，能够与门槛比较的只有{listed(names)}，不另作达标程度图。"


def codes(report: "Report") -> list[str]:
    """The indicators that the criteria ask about."""
    rows = report.detail("goals")
    return [code for code in rows["code"].unique() if code] if len(rows) else []


def pace(report: "Report") -> str:
    """The paragraphs on the gap of each criterion that is not met: the pace, and the growth it would take."""
    rows = report.detail("goals")
    rows = rows[rows["met"] == False] if len(rows) else rows  # noqa: E712
    return "\n\n".join(pace_of(report, row) for _, row in rows.iterrows())


def pace_of(report: "Report", row: pd.Series) -> str:
    """One criterion: where it stands, how long it would take, what growth it would take."""
    when = Period.parse(row["period"])
    name = f"{when.year}年" if when.last == 12 else when.name_zh
    gap = judged(report, row)
    said = [f"{row['name_zh']}{name}为{figure(report, row)}，门槛为{asked(report, row)}，{gap}"]
    growth = grown(report, row["code"]) if row["period"] == str(report.period) else ""
    if growth:
        said.append(f"该项{growth}")
    if not pd.isna(row["years"]):
        g = f"{number(row['growth_3y_pct'], 1, fixed=True)}%"
        said.append(f"按近三年年均增速{g}推算，约需{number(row['years'], 1, fixed=True)}年")
    elif row["reason"] == "unreachable":
        said.append(f"近三年年均增速{number(row['growth_3y_pct'], 1, fixed=True)}%，按现速不可达")
    elif row["reason"] in NO_YEARS:
        said.append(f"{NO_YEARS[row['reason']]}，不推算按现速达标的年数")
    if not pd.isna(row["required_growth_pct"]):
        need = f"{number(row['required_growth_pct'], 1, fixed=True)}%"
        said.append(f"要在{row['required_by']}年（五年规划期末）达到门槛，年均须增长{need}")
    note = row["note"].partition("；")[2] or row["note"]
    return "；".join(said) + f"。以上为算术推算，不是预测。{note}。" if note else "；".join(said) + "。"


def unknown(report: "Report") -> str:
    """The criteria that cannot be judged, and what is missing of each."""
    rows = report.detail("goals")
    rows = rows[rows["met"].isna()] if len(rows) else rows
    if rows.empty:
        return ""
    said = []
    for goal, group in rows.groupby("goal", sort=False):
        shared = shared_note(rows_of(report, goal))
        parts = []
        for _, row in group.iterrows():
            note = row["note"].removeprefix(shared).removeprefix("；")
            parts.append(f"{row['name_zh']}（{judged(report, row)}{'；' if note else ''}{note}）")
        common = f"（各项{shared}）" if shared else ""
        said.append(f"**{name_of(report, goal)}**{common}：{'；'.join(parts)}。")
    head = f"以下{len(rows)}项条件无法判断，不等于未达标；取得数据和正式文件之前，本报告不对是否符合条件下结论。"
    return "\n\n".join([head, *said])
