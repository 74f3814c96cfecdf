"""Why lights are not green, and which projects have the worst of them."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.gaps import LISTS
from zonereport.present.kit.labels import NO_VALUE, REASONS
from zonereport.present.kit.ledgers import amount, amounts, cell, known
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.projects.words import JUDGED, LETTERS, LIGHTS, MOST_ROWS, rest, stage, without_progress
from zonereport.present.report import Report

HEADS = {
    "project": "项目",
    "stage": "阶段",
    "plan": "总投资",
    "expected": "应完成",
    "actual": "已完成",
    "behind": "落后",
    "light": "灯号",
    "own": "本区节奏灯",
}
RIGHT = ("plan", "expected", "actual", "behind")
# the worst first: where there is no red light, the yellow ones are listed
WORST = ("red", "yellow")
# by the line of its plan a project is finished
DUE_PCT = 100


@exhibit
def lights(report: Report) -> Exhibit:
    """Say why lights are not green, and how the plan's schedule compares with the zone's own pace."""
    rows = report.detail("project_lights")
    lit = rows[rows["light"].isin(WORST)]
    if lit.empty:
        return Exhibit("红灯、黄灯项目的原因")
    # in the order of the frame, not by number: a rare reason may be the gravest
    counts = lit["reason"].value_counts(sort=False)
    why = "、".join(f"{REASONS[word]}的{amount(number, '个')}" for word, number in counts.items())
    paced = rows[rows["history_projects"] > 0]
    text = f"亮红灯、黄灯的{amount(len(lit), '个')}项目中，{why}。"
    if paced.empty:
        return Exhibit(draw=text, gaps=(Gap("按本区投资节奏评灯", "已投产且起止月份完整的项目不足五个"),))
    return Exhibit(draw=text + _pace(paced))


def _pace(rows: pd.DataFrame) -> str:
    """What the zone's own finished projects had invested when they were due, beside the linear schedule."""
    count = amount(rows.iloc[0]["history_projects"], "个")
    # all due projects have the same expectation: the first stands for them
    due = rows[rows["expected_pct"] == DUE_PCT]
    use = "线性灯用于督办排序，本区节奏灯用于识别明显偏离常态的项目。"
    if due.empty:
        return f"线性进度假定投资按月均匀完成；本区起止月份完整的已投产项目{count}，另有自身的投资节奏。{use}"
    share = amount(due.iloc[0]["expected_history_pct"], "%")
    return (
        f"线性进度假定投资按月均匀完成；本区起止月份完整的已投产项目{count}，"
        f"建成时累计完成投资的中位数为计划总投资的{share}。{use}"
    )


@exhibit
def behind(report: Report) -> Exhibit:
    """List the projects with the worst light that there is, red or else yellow, the largest first."""
    if not report.has("project_light_red"):
        return without_progress(report, "红灯、黄灯项目")
    rows, worst = _worst(report)
    if rows.empty:
        return _none(report)
    listed = rows.head(MOST_ROWS)
    columns = {
        "project": listed["name"],
        "stage": listed["stage"].map(lambda word: stage(report, word)),
        "plan": amounts(listed["investment_100m_yuan"], "亿元"),
        "expected": amounts(listed["expected_pct"], "%"),
        "actual": amounts(listed["actual_pct"], "%"),
        "behind": listed["behind_points"].map(lambda points: cell(points, "个百分点")),
        "light": listed["light"].map(LETTERS),
        "own": listed["light_history"].map(LETTERS).fillna(NO_VALUE),
    }
    frame = pd.DataFrame(columns)
    note = foot(report, known(report, "project_ledger"))
    note += "应完成按首次计划的线性进度计，落后为应完成与已完成之差，单位百分点。"
    if (rows["history_projects"] > 0).any():
        note += "本区节奏灯按本区已投产项目的投资进度评定。"
    else:
        # with too few finished projects the zone has no pace of its own
        frame = frame.drop(columns="own")
    note += rest(len(rows) - MOST_ROWS)
    table = styled(without_empty(frame), "project-behind", heads=HEADS, right=RIGHT)
    return Exhibit(f"{LIGHTS[worst]}项目", data=rows, draw=table, note=note)


def _none(report: Report) -> Exhibit:
    """No red or yellow light is good news only where some project has a light at all."""
    lights_of = report.detail("project_lights")["light"]
    if lights_of.isin(JUDGED).any():
        return Exhibit(draw="没有红灯、黄灯项目。")
    if not (lights_of == "not_judged").any():
        return Exhibit("红灯、黄灯项目")
    _, _, office = LISTS["project_progress"]
    gap = Gap("项目灯号", "计划时间或投资未报", "各项目的计划时间、计划总投资和累计完成投资", office)
    return Exhibit("红灯、黄灯项目", gaps=(gap,))


def _worst(report: Report) -> tuple[pd.DataFrame, str]:
    rows = report.detail("project_lights")
    for word in WORST:
        lit = rows[rows["light"] == word]
        if len(lit):
            return lit, word
    return rows.head(0), ""
