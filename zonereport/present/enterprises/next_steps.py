"""What to do next for enterprises, by name."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.firms import NAMED, class_name, count, money, names
from zonereport.present.kit.phrases import day
from zonereport.present.kit.prose import points
from zonereport.present.kit.tasks import open_tasks
from zonereport.present.kit.titles import due, short
from zonereport.present.report import Report

GROUP = "S6"


@exhibit
def next_steps(report: Report) -> Exhibit:
    """Say what to do next, with the enterprises by name and the open tasks with owner and day."""
    steps = {"入库申报": _apply(report)}
    rising = report.detail("enterprise_near_threshold")
    # whoever falls back needs a visit, not a push upwards
    rising = rising[rising["is_rising"]]
    for kind, rows in rising.groupby("class", sort=False):
        steps[f"{class_name(kind)}培育"] = _raise(report, rows)
    steps["稳规防退"] = _keep(report)
    steps["称号续认"] = _renew(report)
    steps["任务落实"] = open_tasks(report, GROUP)
    return Exhibit(draw=points(steps))


def _apply(report: Report) -> str:
    rows = report.detail("enterprise_clocks")
    rows = rows[rows["waiting"]]
    if rows.empty:
        return ""
    return f"对已达标未入库的{names(report, rows, place=False)}逐户核对申报材料，符合条件的尽快申报入库。"


def _raise(report: Report, rows: pd.DataFrame) -> str:
    gaps = [f"{row.name}还差{money(report, row.gap_10k_yuan)}" for row in rows.head(NAMED).itertuples()]
    rest = f"等{count(len(rows))}" if len(rows) > NAMED else ""
    return f"{'、'.join(gaps)}{rest}，按月跟踪开票进度。"


def _keep(report: Report) -> str:
    rows = report.detail("enterprise_fallers")
    rows = rows[rows["is_below"]]
    if rows.empty:
        return ""
    return f"对近12个月开票销售已低于标准的{names(report, rows, place=False)}逐户走访，核实订单和开票安排。"


def _renew(report: Report) -> str:
    parts = []
    for code, rows in due(report).groupby("code", sort=False):
        first = day(rows["valid_until"].min())
        who = names(report, rows, place=False)
        parts.append(f"{short(report, code)}{count(len(rows))}最早{first}到期，为{who}")
    return f"{'；'.join(parts)}。以上企业提前准备重新认定材料。" if parts else ""
