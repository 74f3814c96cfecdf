"""Words on what follows from the data: matters with their evidence, and the task of the list that covers each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.governance.codes import ORDER
from zonereport.present.kit.cases import case_name, open_places
from zonereport.present.kit.changes import ahead, completed
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed
from zonereport.present.kit.tasks import day, tasks
from zonereport.present.words.goals import codes, figure, judged, name_of, ratio
from zonereport.present.words.outlook import over, targets
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

NAMED = 3
SCALE, HIGHTECH = "above_scale_industry_new", "hightech_recognised"
# matter, evidence, the codes by which a task of the list is known to cover it
Matter = tuple[str, str, tuple[str, ...]]


def proposals(report: "Report") -> pd.DataFrame:
    """The matters that the data asks for: matter, evidence, listed (the task of the list that covers it)."""
    found = [*missed(report), *of_goals(report), *stalled(report), *of_firms(report), *open_cases(report)]
    rows = [{"matter": matter, "evidence": why, "listed": covered(report, by)} for matter, why, by in found]
    return pd.DataFrame(rows, columns=["matter", "evidence", "listed"])


def covered(report: "Report", by: tuple[str, ...]) -> str:
    """The tasks of the list on these indicators that are not done, with owner and day; or that there is none."""
    rows = tasks(report)
    if rows.empty:
        return "未取得任务清单，待明确"
    rows = rows[rows["code"].isin(by) & (rows["status"] != "done")]
    said = [f"{row.title}（{row.owner}，{day(row.due)}）" for row in rows.itertuples()]
    return "；".join(said) or "清单未列，待明确"


def missed(report: "Report") -> Iterator[Matter]:
    """Targets that were missed, or that are behind schedule before the year is over; the worst first."""
    if over(report):
        rows = targets(report)
        rows = rows[rows["met"] == False]  # noqa: E712
        named = "、".join(f"{row.label}（{row.result}）" for row in rows[:NAMED].itertuples())
        if len(rows):
            why = f"{named}{'等' if len(rows) > NAMED else ''}{len(rows)}项"
            yield "查明年度目标未完成的原因，列入下年安排", why, tuple(rows["code"])
        return
    behind = sorted((report.value(code, "gap_linear"), code) for code in report.codes("S2") if late(report, code))
    for _, code in behind[:NAMED]:
        why = [completed(report, code), ahead(report, code), rest(report, code)]
        yield f"补上{report.label(code)}的进度", "，".join(filter(None, why)), (code,)


def late(report: "Report", code: str) -> bool:
    """Whether an indicator is behind the linear schedule and, where that is known, behind its own history."""
    if report.reason(code, "gap_linear") or report.value(code, "gap_linear") >= 0:
        return False
    return bool(report.reason(code, "gap_seasonal")) or report.value(code, "gap_seasonal") < 0


def rest(report: "Report", code: str) -> str:
    """What each month that is left has to bring."""
    return "" if report.reason(code, "required_rate") else f"余下各月平均须完成{report.text(code, 'required_rate')}"


def of_goals(report: "Report") -> Iterator[Matter]:
    """Criteria that are not met, and the data that would let the others be judged."""
    rows = report.detail("goals")
    if rows.empty:
        return
    for _, row in rows[rows["met"] == False].iterrows():  # noqa: E712
        why = f"现为{figure(report, row)}，相当于门槛的{ratio(row)}，{judged(report, row)}"
        yield f"逐年测算{row['name_zh']}达标路径", why, tuple(codes(report))
    lacking = rows[rows["met"].isna()]
    if len(lacking):
        goals = listed(name_of(report, goal) for goal in lacking["goal"].unique())
        names = "、".join(lacking["name_zh"][:NAMED]) + ("等" if len(lacking) > NAMED else "")
        yield f"取得{goals}的正式文件和对照数据", f"{names}{len(lacking)}项条件无法判断", ()


def stalled(report: "Report") -> Iterator[Matter]:
    """Projects that lag."""
    rows = report.detail("project_stalled")
    if len(rows):
        yield f"逐个协调进度滞后的{len(rows)}个项目", shortened(rows["name"]), ()


def of_firms(report: "Report") -> Iterator[Matter]:
    """Firms above the threshold but not on the register, those near it, and titles that run out."""
    clocks = report.detail("enterprise_clocks", **{"class": "above_scale_industry"})
    waiting = clocks[clocks["waiting"].astype(bool)] if len(clocks) else clocks
    if len(waiting):
        yield f"核实已达标未入库的{len(waiting)}家工业企业", shortened(waiting["name"]), (SCALE,)
    near = report.detail("enterprise_near_threshold", **{"class": "above_scale_industry"})
    if len(near):
        top = near.iloc[0]
        share = f"{top['name']}近十二个月收入已达标准的{number(top['ratio_pct'], 1, fixed=True)}%"
        yield f"辅导接近规模以上标准的{len(near)}家工业企业", share, (SCALE,)
    due = report.detail("enterprise_renewals", status="due", code=HIGHTECH)
    if len(due):
        yield f"办理{len(due)}家高新技术企业到期重新认定", shortened(due["name"]), (HIGHTECH,)


def shortened(names: pd.Series) -> str:
    """The first few of a list of names, and that there are more."""
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")


def open_cases(report: "Report") -> Iterator[Matter]:
    """Cases that are not settled."""
    codes = [code for code in ORDER if not report.reason(code, "open_cases") and report.value(code, "open_cases") > 0]
    if codes:
        counts = listed(f"{case_name(report, code)}{report.text(code, 'open_cases')}" for code in codes)
        yield f"办结{counts}", "；".join(where(report, code) for code in codes), tuple(codes)


def where(report: "Report", code: str) -> str:
    """The closing rate of a kind of cases, and where the open ones are."""
    rate = f"{case_name(report, code)}办结率{report.text(code, 'closing_rate')}"
    return f"{rate}，未办结的{open_places(report, code)}" if open_places(report, code) else rate


def table(report: "Report") -> Caption:
    """What is said of the table of matters."""
    return Caption(
        "由数据提出的事项",
        note="事项由本报告各章的数据得出；对应任务按指标编码与任务清单对照，清单中没有填写指标编码的任务不参与对照。",
        missing="现有数据没有提出需要另行安排的事项。",
    )
