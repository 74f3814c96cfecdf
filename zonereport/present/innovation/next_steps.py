"""What to do next on innovation, with firms, banks and parks by name."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.innovation.codes import GROUP, SPEND
from zonereport.present.innovation.research import top_firms
from zonereport.present.innovation.rights import largest_bank
from zonereport.present.kit.changes import completed
from zonereport.present.kit.firms import money, names, park
from zonereport.present.kit.phrases import day
from zonereport.present.kit.prose import points
from zonereport.present.kit.tasks import open_tasks
from zonereport.present.kit.titles import due, short
from zonereport.present.report import Report

# how many firms of a park are named to apply for a platform
NAMED = 3


@exhibit
def next_steps(report: Report) -> Exhibit:
    """Say what to do next, each step with its evidence."""
    firms = top_firms(report)
    steps = {
        "研发归集": _spend_step(report, firms),
        "专利布局": _patent_step(report, firms),
        "平台申报": _platform_step(report, firms),
        "融资拓展": _bank_step(report),
        "称号续认": _renewal_step(report),
        "任务落实": open_tasks(report, GROUP),
    }
    return Exhibit("下一步", draw=points(steps))


def _spend_step(report: Report, firms: pd.DataFrame) -> str:
    """The firms among the largest that spend less than a year ago."""
    fallen = firms[firms["change_10k_yuan"] < 0]
    if fallen.empty:
        return ""
    losses = []
    for row in fallen.itertuples():
        losses.append(f"{row.name}（减少{money(report, -row.change_10k_yuan)}）")
    named = "、".join(losses)
    # not known is neither met nor missed
    is_missed = not report.detail("progress", code=SPEND)["met"].fillna(True).all()
    if is_missed:
        done = completed(report, SPEND)
        return f"研发投入{done}，对研发投入前{len(firms)}户中比上年减少的{named}核实归集和填报情况。"
    return f"对研发投入前{len(firms)}户中比上年减少的{named}核实归集和填报情况。"


def _patent_step(report: Report, firms: pd.DataFrame) -> str:
    """The firms among the largest that hold no patent."""
    # without the list nobody holds a patent, which is not so
    if report.table("patents").empty:
        return ""
    without = firms[~(firms["patents_in_force"] > 0)]
    if without.empty:
        return ""
    named = names(report, without, place=False)
    return f"研发投入前{len(firms)}户中{named}在专利台账没有有效发明专利，核实后安排专利申请辅导。"


def _platform_step(report: Report, firms: pd.DataFrame) -> str:
    """The parks without a new platform this year, with the firms there that spend most and have none."""
    parks = report.detail("innovation_parks")
    # likewise of platforms
    if report.table("platforms").empty:
        return ""
    hosts = set(report.detail("innovation_platforms")["enterprise"])
    parts = []
    for row in parks[parks["platforms_new"] == 0].itertuples():
        able = firms[(firms["park"] == row.park) & ~firms["enterprise"].isin(hosts)].head(NAMED)
        if len(able):
            named = names(report, able, place=False)
            parts.append(f"{park(report, row.park)}本年没有新设研发平台，可优先辅导{named}申报")
    return "；".join(parts) + "。" if parts else ""


def _bank_step(report: Report) -> str:
    """That one bank lends most of it, with the banks that lend less than a year ago."""
    banks = report.detail("innovation_pledges", by="bank")
    if not banks["is_dominant"].any():
        return ""
    share = largest_bank(report)
    # banks that lend less are asked why before new ones are won
    less = []
    for row in banks[banks["amount_10k_yuan"] < banks["last_year_amount_10k_yuan"]].itertuples():
        before, now = money(report, row.last_year_amount_10k_yuan), money(report, row.amount_10k_yuan)
        less.append(f"{row.name}由{before}减至{now}")
    if less:
        return f"{share}，引导其他银行参与；{'、'.join(less)}，需对接了解原因。"
    return f"{share}，引导其他银行参与。"


def _renewal_step(report: Report) -> str:
    """The titles of innovation that end within twelve months."""
    rows = due(report)
    ends = []
    for row in rows[rows["code"].isin(report.codes(GROUP))].itertuples():
        ends.append(f"{short(report, row.code)}{row.name}{day(row.valid_until[:7])}到期")
    return f"{'；'.join(ends)}，提前准备重新认定材料。" if ends else ""
