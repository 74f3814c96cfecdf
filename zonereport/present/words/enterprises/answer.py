"""Words of the chapter on enterprise cultivation: the verdict, and what to do next by name."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.firms import CLASSES, NAMED, count, money, names
from zonereport.present.kit.phrases import month
from zonereport.present.kit.prose import points
from zonereport.present.kit.tasks import open_tasks as tasks
from zonereport.present.kit.titles import due, short
from zonereport.present.words.enterprises.growth import dependence_in_short
from zonereport.present.words.enterprises.rungs import INNOVATION, reached, said, several
from zonereport.present.words.enterprises.standing import fallers_in_short, near, near_in_short
from zonereport.present.words.enterprises.titles import renewals_in_short
from zonereport.present.words.ladder import TRACKS

if TYPE_CHECKING:
    from zonereport.present.report import Report

SCALE = list(TRACKS)[1]
MEND = (
    "按企业逐月录入开票销售、入库税收、研发投入、职工人数和是否在库，即可列出临近达标、在库预警和达标未入库企业；"
    "称号名单补录有效期，即可列出到期须重新认定的企业。"
)


def verdict(report: "Report") -> str:
    """The chapter in a few lines, the most important first."""
    lines = {
        "规模企业": stop(said(report, *TRACKS[SCALE])),
        "升规后备": near_in_short(report),
        "在库预警": fallers_in_short(report),
        "增长与集中": dependence_in_short(report),
        INNOVATION: stop(reached(report, *TRACKS[INNOVATION])),
        "称号到期": renewals_in_short(report),
    }
    if not any(lines[name] for name in ("升规后备", "增长与集中")):
        lines["重点企业"] = several(report)
    return points(lines)


def stop(text: str) -> str:
    """A text with a full stop, if it says anything."""
    return f"{text}。" if text else ""


def next_steps(report: "Report") -> str:
    """What to do next, with the enterprises by name."""
    return points(_steps(report))


def _steps(report: "Report") -> dict[str, str]:
    waiting = report.detail("enterprise_clocks")
    waiting = waiting[waiting["waiting"]] if len(waiting) else waiting
    rising = near(report)
    rising = rising[rising["rising"]] if len(rising) else rising
    falling = report.detail("enterprise_fallers")
    below = falling[falling["ratio_pct"] < 100] if len(falling) else falling
    ledger = len(report.detail("enterprise_sizes")) > 0
    return {
        "入库申报": f"对已达标未入库的{names(report, waiting, place=False)}逐户核对申报材料，符合条件的尽快申报入库。"
        if len(waiting)
        else "",
        **{
            f"{CLASSES.get(kind, kind)}培育": _toward(report, rising[rising["class"] == kind])
            for kind in (rising["class"].unique() if len(rising) else ())
        },
        "稳规防退": f"对近12个月开票销售已低于标准的{names(report, below, place=False)}逐户走访，核实订单和开票安排。"
        if len(below)
        else "",
        "称号续认": _renew(report),
        "任务落实": tasks(report, "S6"),
        "补齐数据": "" if ledger else MEND,
    }


def _toward(report: "Report", rows: pd.DataFrame) -> str:
    told = [f"{row.name}还差{money(report, row.gap_10k_yuan)}" for row in rows.head(NAMED).itertuples()]
    rest = f"等{count(len(rows))}" if len(rows) > NAMED else ""
    return f"{'、'.join(told)}{rest}，按月跟踪开票进度。"


def _renew(report: "Report") -> str:
    rows = due(report)
    parts = []
    for code, mine in rows.groupby("code", sort=False) if len(rows) else ():
        first = month(mine["valid_until"].min())
        parts.append(f"{short(report, code)}{count(len(mine))}最早{first}到期，为{names(report, mine, place=False)}")
    return f"{'；'.join(parts)}。以上企业提前准备重新认定材料。" if parts else ""
