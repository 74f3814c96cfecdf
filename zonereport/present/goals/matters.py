"""What the data asks for: matters with their evidence, and the task of the list that covers each."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.goals.criteria import TWO_BASES, figure, gap_in_words, percent, turning
from zonereport.present.goals.forecasts import GROUP
from zonereport.present.goals.targets import missed, over, results
from zonereport.present.kit.cases import CASES, case_name, open_places
from zonereport.present.kit.changes import ahead, completed
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import day, listed
from zonereport.present.kit.prose import points
from zonereport.present.kit.tables import styled
from zonereport.present.kit.tasks import DONE, tasks
from zonereport.present.report import Report

NAMED = 3
SCALE, HIGHTECH = "above_scale_industry_new", "hightech_recognised"
HEADS = {"matter": "事项", "evidence": "数据依据", "listed": "相关任务、责任单位与时限"}


@dataclass(frozen=True)
class Matter:
    """Something that the data asks for, its evidence, and the codes by which a task of the list covers it."""

    matter: str
    evidence: str
    codes: tuple[str, ...] = ()


@exhibit
def matters(report: Report) -> Exhibit:
    """Show the matters that the data asks for, with evidence and the task of the list that covers each."""
    caption = "由数据提出的事项"
    found = [
        *_targets(report),
        *_criteria(report),
        *_stalled(report),
        *_firms(report),
        *_cases(report),
    ]
    if not found:
        return Exhibit(caption)
    data = pd.DataFrame(found)
    # targets first: they are what the zone is held to
    claim = found[0].matter
    if tasks(report).empty:
        # a column without an answer is no table
        return Exhibit(caption, claim, data, points({each.matter: f"{each.evidence}。" for each in found}))
    shown = data[["matter", "evidence"]].assign(listed=[_covering(report, codes) for codes in data["codes"]])
    note = "事项由本报告各章的数据得出；"
    note += "相关任务为任务清单中指标相同的任务，不一定针对同一企业或事项；清单中没有填写指标的任务不参与对照。"
    return Exhibit(caption, claim, data, styled(shown, "matters", heads=HEADS, right=()), note=note)


def _covering(report: Report, codes: tuple[str, ...]) -> str:
    """The tasks of the list on these indicators that are not done, with owner and day; or that there is none."""
    rows = tasks(report)
    rows = rows[rows["code"].isin(codes) & (rows["state"] != DONE)]
    if rows.empty:
        return "清单未列，待明确"
    return "；".join(rows["title"] + "（" + rows["owner"] + "，" + rows["due"].map(day) + "）")


def _targets(report: Report) -> Iterator[Matter]:
    """Targets that were missed, or that are behind schedule before the year is over; the worst first."""
    if over(report):
        rows = missed(results(report))
        if len(rows):
            names = "、".join((rows["label"] + "（" + rows["result"] + "）")[:NAMED])
            more = "等" if len(rows) > NAMED else ""
            evidence = f"{names}{more}{len(rows)}项"
            yield Matter("查明年度目标未完成的原因，列入下年安排", evidence, tuple(rows["code"]))
        return
    # late by the calendar alone may be nothing but an uneven year
    rows = report.detail("progress")
    rows = rows[rows["behind_both"] & rows["code"].isin(report.codes(GROUP))].sort_values("priority")
    for code in rows["code"][:NAMED]:
        clauses = [completed(report, code), ahead(report, code), _remaining(report, code)]
        yield Matter(f"补上{report.label(code)}的进度", "，".join(filter(None, clauses)), (code,))


def _remaining(report: Report, code: str) -> str:
    """What each month that is left has to bring."""
    if report.reason(code, "required_rate"):
        return ""
    return f"余下各月平均须完成{report.text(code, 'required_rate')}"


def _criteria(report: Report) -> Iterator[Matter]:
    """Criteria of the national goals that are not met."""
    rows = report.detail("goals")
    for _, row in rows[rows["met"].eq(False).fillna(False)].iterrows():
        gap = gap_in_words(report, row)
        evidence = f"现为{figure(report, row)}，{gap}"
        if pd.notna(row["ratio_pct"]):
            evidence = f"现为{figure(report, row)}，相当于门槛的{percent(row['ratio_pct'])}，{gap}"
        yield Matter(f"逐年测算{row['name_zh']}达标路径", evidence, (row["code"],))
    for _, row in rows[rows["reason"] == TWO_BASES].iterrows():
        yield Matter(f"向有权机关确认{row['name_zh']}的口径", turning(report, row), (row["code"],))


def _stalled(report: Report) -> Iterator[Matter]:
    """Projects that lag."""
    rows = report.detail("project_stalled")
    if len(rows):
        yield Matter(f"逐个协调进度滞后的{len(rows)}个项目", _first_names(rows["name"]))


def _firms(report: Report) -> Iterator[Matter]:
    """Firms above the threshold but not on the register, those near it, and titles that run out."""
    # the clock of a firm runs from the month in which it passed the threshold
    clocks = report.detail("enterprise_clocks")
    waiting = clocks[(clocks["class"] == "above_scale_industry") & clocks["waiting"].astype(bool)]
    if len(waiting):
        yield Matter(f"核实已达标未入库的{len(waiting)}家工业企业", _first_names(waiting["name"]), (SCALE,))
    near = report.detail("enterprise_near_threshold")
    near = near[near["class"] == "above_scale_industry"]
    if len(near):
        share = number(near["ratio_pct"].iloc[0], 1, fixed=True)
        evidence = f"{near['name'].iloc[0]}近十二个月收入已达标准的{share}%"
        yield Matter(f"辅导接近规模以上标准的{len(near)}家工业企业", evidence, (SCALE,))
    due = report.detail("enterprise_renewals", status="due", code=HIGHTECH)
    if len(due):
        yield Matter(f"办理{len(due)}家高新技术企业到期重新认定", _first_names(due["name"]), (HIGHTECH,))


def _first_names(names: pd.Series) -> str:
    """The first few of a list of names, and that there are more."""
    text = "、".join(names[:NAMED])
    return f"{text}等" if len(names) > NAMED else text


def _cases(report: Report) -> Iterator[Matter]:
    """Cases that are not settled, with their closing rate and where they are."""
    codes = [code for code in CASES if not report.reason(code, "open_cases") and report.value(code, "open_cases") > 0]
    if not codes:
        return
    counts = listed(f"{case_name(report, code)}{report.text(code, 'open_cases')}" for code in codes)
    yield Matter(f"办结{counts}", "；".join(_closing(report, code) for code in codes), tuple(codes))


def _closing(report: Report, code: str) -> str:
    rate = f"{case_name(report, code)}办结率{report.text(code, 'closing_rate')}"
    places = open_places(report, code)
    return f"{rate}，未办结的{places}" if places else rate
