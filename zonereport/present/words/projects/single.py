"""Words on single projects: why a light is not green, what stands still, what is to be done next."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.words.front import foot
from zonereport.present.words.ledgers import amount, end_month, figure, known, later, named
from zonereport.present.words.phrases import Caption, month, sentence
from zonereport.present.words.projects.answer import FINISHED, KINDS, LIGHTS, NO_PROGRESS, stage

if TYPE_CHECKING:
    from zonereport.present.report import Report

STALLED = {
    "start_missed_three_months": "首次计划开工月起{months}未开工",
    "no_investment": "已开工，累计投资{months}未增加",
    "overdue_without_date": "现行计划时点已过{months}，未报新时点",
    "no_report": "{months}没有进度报送",
    "slipped": "比首次计划推迟{months}",
}
REASONS = {
    "start_missed": "逾首次计划开工月未开工",
    "start_missed_three_months": "逾首次计划三个月以上未开工",
    "investment_behind": "投资落后于线性进度",
}
TODO = {
    "start_missed_three_months": "逐项核实未开工原因，重新报送开工时间",
    "no_investment": "核实现场是否停工，补报累计投资",
    "overdue_without_date": "重新报送{goal}时间",
    "no_report": "补报进度",
    "slipped": "按现行计划督办，不再后移",
}
STARTED = ("construction", "topped_out", "handover", "trial_production")
MOST_ROWS, NAMED = 12, 4


def red_note(report: "Report") -> str:
    """Why lights are not green, and how the plan's schedule compares with the zone's own pace."""
    rows = report.detail("project_lights")
    rows = rows[rows["light"].isin(("red", "yellow"))] if len(rows) else rows
    if rows.empty:
        return ""
    counts = rows["reason"].value_counts(sort=False)
    why = "、".join(f"{REASONS.get(word, word)}{amount(n, '个')}" for word, n in counts.items())
    return f"亮红灯、黄灯的{amount(len(rows), '个')}项目，原因依次为{why}。{pace(report)}"


def pace(report: "Report") -> str:
    """What the zone's own finished projects had invested when they were due, beside the linear schedule."""
    rows = report.detail("project_lights")
    rows = rows[rows["history_projects"] > 0] if len(rows) else rows
    due = rows[rows["expected_pct"] == 100] if len(rows) else rows
    if rows.empty:
        return "本区已投产且起止月份完整的项目不足五个，不能按本区自身节奏校准。"
    count = amount(rows.iloc[0]["history_projects"], "个")
    spent = (
        f"建成时完成投资的中位数只有计划总投资的{amount(due.iloc[0]['expected_history_pct'], '%')}，"
        if len(due)
        else ""
    )
    return (
        f"线性进度假定投资逐月均匀完成、到期完成全部计划总投资；本区起止月份完整的{count}已投产项目{spent}"
        "节奏与线性进度不同。两种灯宜并列使用：线性灯用于督办排序，本区节奏灯用于识别明显偏离常态的项目。"
    )


def behind_said(report: "Report") -> Caption:
    """What is said of the table of red and yellow projects."""
    caption = "红灯、黄灯项目"
    if not report.has("project_light_red"):
        missing = NO_PROGRESS if report.has("project_ledger") else "没有项目台账"
        return Caption(caption, missing=f"{missing}，不评灯。")
    note = foot(report, known(report, "project_ledger"))
    note += (
        "应完成按首次计划的线性进度；落后为应完成与已完成之差，单位百分点；本区节奏灯以本区已投产项目的投资进度为准。"
    )
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
        missing = NO_PROGRESS if report.has("project_ledger") else "没有项目台账"
        return Caption(caption, missing=f"{missing}，不列停滞项目。")
    note = foot(report, known(report, "projects_stalled"))
    note += "原因只限进度台账可见者，未载资金、用地、审批等具体成因；只是投资偏慢而计划未变的项目不列入本表。"
    return Caption(caption, note=note, missing="没有项目符合停滞或明显滞后的条件。")


def steps(report: "Report") -> pd.DataFrame:
    """What is to be done next, project by project: what stands still first, then by the date in force.

    Columns: project, park, state, todo, due (YYYY-MM or empty).
    """
    rows = report.detail("project_lights")
    if rows.empty:
        return rows
    rows = rows[~rows["light"].isin(FINISHED)]
    stalled = report.detail("project_stalled")
    reasons = dict(zip(stalled["project"], stalled["reason"], strict=True)) if len(stalled) else {}
    planned = _listed_dates(report)
    made = [_step(report, row, reasons.get(row.project, ""), planned.get(row.project, "")) for row in rows.itertuples()]
    frame = pd.DataFrame(made, columns=["project", "park", "state", "todo", "due", "first"])
    # without a date last; what stands still before all others
    frame = frame.assign(when=frame["due"].where(frame["due"] != "", "9999"))
    frame = frame.sort_values(["first", "when"], kind="stable", ignore_index=True)
    return frame.drop(columns=["first", "when"])


def _step(report: "Report", row, reason: str, listed: str) -> dict[str, object]:
    begun = row.stage in STARTED
    goal = "投产" if begun else "开工"
    due = (row.planned_production if begun else row.planned_start) or listed
    now = end_month(report)
    state = stage(report, row.stage)
    state += f"，投资完成率{amount(row.actual_pct, '%')}" if begun and pd.notna(row.actual_pct) else ""
    state += f"，{LIGHTS[row.light]}" if row.light in ("red", "yellow", "green") else ""
    # a date that has passed is none to hold anybody to
    held = due if later(due, now) else ""
    if reason:
        todo = TODO[reason].format(goal=goal)
    elif row.light == "not_judged" and not held:
        todo = f"补报计划{goal}时间、计划总投资和累计投资"
    elif begun:
        todo = "办理试生产转投产手续" if row.stage == "trial_production" else "按现行计划推进建设，按月核对投资"
    else:
        todo = "落实开工条件，按现行计划开工" if row.light == "yellow" else "按现行计划开工"
    return {
        **{"project": row.name, "park": row.park, "state": state, "todo": todo},
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
    note += (
        "停滞或明显滞后者在前，其余按现行计划时点先后；时点空缺为计划未报或已过期。台账未载责任单位，以所在园区代之。"
    )
    note += f"其余{amount(len(rows) - MOST_ROWS, '个')}项目从略。" if len(rows) > MOST_ROWS else ""
    return Caption(caption, note=note)


def next_note(report: "Report") -> str:
    """How many projects are due within the table, and which come first."""
    rows = steps(report)
    if rows.empty:
        return ""
    dated = rows[rows["due"] != ""]
    said = [f"尚未投产的项目{amount(len(rows), '个')}，其中有未到期计划时点的{amount(len(dated), '个')}"]
    if len(dated):
        first = dated[dated["due"] == dated["due"].min()]
        said.append(f"时点最近的是{month(first.iloc[0]['due'])}，为{named(first['project'], NAMED)}")
    undated = rows[rows["due"] == ""]
    asked = f"没有有效计划时点的{named(undated['project'], NAMED)}，须先补报。" if len(undated) else ""
    return sentence(*said) + asked


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
    if not report.has("project_ledger"):
        return "没有项目台账（projects），本期不分析项目阶段、进度、推迟和转化。"
    if not report.has("project_light_red"):
        return f"{NO_PROGRESS}，首次计划、现行计划和累计投资均不可得，本期不评灯，也不测算推迟、转化和用时。"
    said = []
    ages = [age for age in (12, 24) if report.reason(f"project_conversion_{age}", "conversion_started")]
    if ages:
        young = [f"满{age}个月的{figure(report, f'project_conversion_{age}') or '没有'}" for age in ages]
        said.append(f"签约{'、'.join(young)}，不足十个，不计算满{'、'.join(map(str, ages))}个月的转化率。")
    if report.reason("project_slip_production", "slip_median"):
        said.append("有首次计划可比的项目不足十个，不计算推迟的中位数。")
    said.append("进度台账不载迟缓的成因，是否属于合理原因须由主管部门认定，本章一律按数评灯。")
    return "".join(said)
