"""Words on single projects: why a light is not green, what stands still, what is to be done next."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.labels import REASONS
from zonereport.present.kit.ledgers import amount, end_month, figure, known, later, named
from zonereport.present.kit.phrases import month, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.words.front import absences
from zonereport.present.words.phrases import Caption
from zonereport.present.words.projects.answer import FINISHED, GROUP, KINDS, LIGHTS, NO_PROGRESS, stage
from zonereport.present.words.projects.timing import AGES

if TYPE_CHECKING:
    from zonereport.present.report import Report

STALLED = {
    "start_missed_three_months": "首次计划开工月起{months}未开工",
    "no_investment": "已开工，累计投资{months}未增加",
    "overdue_without_date": "现行计划时点已过{months}，未报新时点",
    "no_report": "{months}没有进度报送",
    "slipped": "比首次计划推迟{months}",
}
TODO = {
    "start_missed_three_months": "核实原因，重报时间",
    "no_investment": "核实停工，补报投资",
    "overdue_without_date": "重新报送{goal}时间",
    "no_report": "补报进度",
    "slipped": "督办，时点不再后移",
}
STARTED = ("construction", "topped_out", "handover", "trial_production")
MOST_ROWS, MOST_STEPS, NAMED = 12, 7, 2


def red_note(report: "Report") -> str:
    """Why lights are not green, and how the plan's schedule compares with the zone's own pace."""
    rows = report.detail("project_lights")
    rows = rows[rows["light"].isin(("red", "yellow"))] if len(rows) else rows
    if rows.empty:
        return ""
    counts = rows["reason"].value_counts(sort=False)
    why = "、".join(f"{REASONS[word]}的{amount(n, '个')}" for word, n in counts.items())
    return f"亮红灯、黄灯的{amount(len(rows), '个')}项目中，{why}。{pace(report)}"


def pace(report: "Report") -> str:
    """What the zone's own finished projects had invested when they were due, beside the linear schedule."""
    rows = report.detail("project_lights")
    rows = rows[rows["history_projects"] > 0] if len(rows) else rows
    due = rows[rows["expected_pct"] == 100] if len(rows) else rows
    if rows.empty:
        return "本区已投产且起止月份完整的项目不足五个，不能按本区自身节奏校准。"
    count = amount(rows.iloc[0]["history_projects"], "个")
    spent = "另有自身的投资节奏"
    if len(due):
        spent = f"建成时累计完成投资的中位数为计划总投资的{amount(due.iloc[0]['expected_history_pct'], '%')}"
    return (
        f"线性进度假定投资按月均匀完成；本区起止月份完整的已投产项目{count}，{spent}。"
        "线性灯用于督办排序，本区节奏灯用于识别明显偏离常态的项目。"
    )


def behind(report: "Report") -> pd.DataFrame:
    """The projects with the worst light that there is, red or else yellow, the largest first."""
    rows = report.detail("project_lights")
    for word in ("red", "yellow"):
        if len(rows) and (rows["light"] == word).any():
            return rows[rows["light"] == word]
    return rows.head(0)


def behind_said(report: "Report") -> Caption:
    """What is said of the table of the projects with the worst light."""
    rows = behind(report)
    caption = f"{LIGHTS[rows.iloc[0]['light']]}项目" if len(rows) else "红灯、黄灯项目"
    if not report.has("project_light_red"):
        return Caption(caption, missing="评灯须有首次计划和累计投资，红灯、黄灯项目从缺。")
    note = foot(report, known(report, "project_ledger"))
    note += (
        "应完成按首次计划的线性进度计，落后为应完成与已完成之差，单位百分点；本区节奏灯按本区已投产项目的投资进度评定。"
    )
    note += f"其余{amount(len(rows) - MOST_ROWS, '个')}项目从略。" if len(rows) > MOST_ROWS else ""
    return Caption(caption, note=note, missing="没有红灯、黄灯项目。")


def why(row) -> str:
    """The reason for which a project is on the list of what stands still, with the months; further ones behind it."""
    # a date of this very month has passed by no month yet
    months = amount(row.months, "个月") if row.months else ""
    said = STALLED[row.reason].format(months=months)
    also = [KINDS[word] for word in row.also.split(";") if word]
    return said + (f"；另{'、'.join(also)}" if also else "")


def stalled_said(report: "Report") -> Caption:
    """What is said of the table of what stands still."""
    caption = "停滞或明显滞后项目"
    if not report.has("project_light_red"):
        return Caption(caption, missing="停滞须按逐月进度判断，停滞项目从缺。")
    note = foot(report, known(report, "projects_stalled"))
    note += "原因限于进度台账可见者，不含资金、用地等成因。"
    return Caption(caption, note=note, missing="没有项目符合停滞或明显滞后的条件。")


def steps(report: "Report") -> pd.DataFrame:
    """What is to be done next, project by project: what stands still first, then by the date in force.

    Columns: project, park, state, actual (% invested), todo, due (YYYY-MM or empty).
    """
    rows = report.detail("project_lights")
    if rows.empty:
        return rows
    rows = rows[~rows["light"].isin(FINISHED)]
    stalled = report.detail("project_stalled")
    reasons = dict(zip(stalled["project"], stalled["reason"], strict=True)) if len(stalled) else {}
    planned = _listed_dates(report)
    made = [_step(report, row, reasons.get(row.project, ""), planned.get(row.project, "")) for row in rows.itertuples()]
    frame = pd.DataFrame(made, columns=["project", "park", "state", "actual", "todo", "due", "first"])
    # without a date last; what stands still before all others
    frame = frame.assign(when=frame["due"].where(frame["due"] != "", "9999"))
    frame = frame.sort_values(["first", "when"], kind="stable", ignore_index=True)
    return frame.drop(columns=["first", "when"])


def _step(report: "Report", row, reason: str, listed: str) -> dict[str, object]:
    begun = row.stage in STARTED
    goal = "投产" if begun else "开工"
    due = (row.planned_production if begun else row.planned_start) or listed
    now = end_month(report)
    judged = row.light in ("red", "yellow", "green")
    state = stage(report, row.stage) + (f"（{LIGHTS[row.light]}）" if judged else "")
    # a date that has passed is none to hold anybody to
    held = due if later(due, now) else ""
    if reason:
        todo = TODO[reason].format(goal=goal)
    elif row.light == "not_judged" and not held:
        todo = "补报计划时点和投资"
    elif begun:
        todo = "办理转投产手续" if row.stage == "trial_production" else "按月核对进度与投资"
    else:
        todo = "落实开工条件" if row.light == "yellow" else "如期开工"
    return {
        **{"project": row.name, "park": row.park, "state": state, "todo": todo, "actual": row.actual_pct},
        **{"due": held, "first": 0 if reason else 1},
    }


def _listed_dates(report: "Report") -> dict[str, str]:
    """The planned dates of the list of projects, which need no progress."""
    rows = report.table("projects")
    if rows.empty or "planned_date" not in rows:
        return {}
    return dict(zip(rows["project"], rows["planned_date"].str[:7], strict=True))


def next_said(report: "Report") -> Caption:
    """What is said of the table of next steps."""
    caption, rows = "逐项目下一步", steps(report)
    if rows.empty:
        why_not = "没有尚未投产的项目" if report.has("project_ledger") else "没有项目台账"
        return Caption(caption, missing=f"{why_not}，不列项目下一步。")
    note = foot(report, known(report, "project_ledger"))
    note += "停滞或明显滞后者在前，其余按计划时点先后。" if len(report.detail("project_stalled")) else ""
    note += "时点空缺为计划未报或已过期。" if (rows["due"] == "").any() else ""
    note += "台账未载责任单位，以所在园区代之。" if (rows["park"] != "").any() else "台账未载责任单位。"
    note += f"其余{amount(len(rows) - MOST_STEPS, '个')}项目从略。" if len(rows) > MOST_STEPS else ""
    return Caption(caption, note=note)


def next_note(report: "Report") -> str:
    """How many projects are due within the table, and which come first."""
    rows = steps(report)
    if rows.empty:
        return ""
    dated = rows[rows["due"] != ""]
    said = [f"尚未投产的项目{amount(len(rows), '个')}"]
    if len(dated):
        first = dated[dated["due"] == dated["due"].min()]
        said.append(f"计划时点最近的是{month(first.iloc[0]['due'])}的{named(first['project'], NAMED)}")
    lacking = len(rows) - len(dated)
    said += [f"没有有效计划时点的{amount(lacking, '个')}，须先补报"] if lacking else []
    return sentence(*said)


def lists_note(report: "Report") -> str:
    """Whether the ledger and the published lists agree in length."""
    rows = report.detail("project_tiers")
    rows = rows[rows["published"].notna()] if len(rows) else rows
    names = {"provincial": "列省", "city": "列市"}
    said = [
        f"{names[row.tier]}项目台账{amount(row.projects, '个')}、公布{amount(row.published, '个')}"
        for row in rows.itertuples()
        if row.projects != row.published
    ]
    return f"{'；'.join(said)}，两数不一致，须与发展改革部门逐项核对。" if said else ""


def boundary(report: "Report") -> str:
    """What the chapter cannot judge, and why."""
    published = absences(report, report.codes(GROUP))
    if not report.has("project_ledger"):
        return f"没有项目台账（projects），本期不分析项目阶段、进度、推迟和转化。{published}"
    if not report.has("project_light_red"):
        lacking = "首次计划、现行计划和累计投资均不可得，本期不评灯，也不测算推迟、转化和用时。"
        return f"{NO_PROGRESS}，{lacking}{published}"
    said = []
    for age in AGES:
        if report.reason(f"project_conversion_{age}", "conversion_started"):
            count = figure(report, f"project_conversion_{age}") or "0个"
            said.append(f"签约满{age}个月的项目{count}，不足十个，不计算该满龄的转化率。")
    if report.reason("project_slip_production", "slip_median"):
        said.append("有首次计划可比的项目不足十个，不计算推迟的中位数。")
    said.append("进度台账不载迟缓的成因，合理原因须由主管部门认定。")
    return "".join(said) + published
