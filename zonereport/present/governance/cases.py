"""Cases taken up and settled: the closing rates, and where the open ones are."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.governance.codes import GROUP, ORDER
from zonereport.present.governance.readings import counted
from zonereport.present.kit.cases import case_name, open_places
from zonereport.present.kit.changes import direction, size
from zonereport.present.kit.gaps import LISTS, list_gap
from zonereport.present.kit.sources import foot
from zonereport.present.report import Report

COLUMNS = ["code", "whole", "name", "count", "share", "rate", "part_text", "rest_text"]


@exhibit
def closing(report: Report) -> Exhibit:
    """Show what part of the cases taken up is settled, and what is open."""
    caption, rows = "受理案件的办结情况", case_rows(report)
    if rows.empty:
        return Exhibit(caption, gaps=_no_cases(report))
    claim = "，".join(rows["name"] + "办结率" + rows["rate"])

    def draw() -> Axes:
        return charts.part_of_whole(rows, title=claim)

    alt = "；".join(rows["name"] + rows["count"] + "，" + rows["part_text"] + "、" + rows["rest_text"])
    note = foot(report, rows["code"]) + "办结率为累计办结数除以累计受理数。"
    return Exhibit(caption, claim, rows, draw, f"占比条图。{alt}。", note)


def case_rows(report: Report) -> pd.DataFrame:
    """Return the cases taken up with the part settled, where the part is no more than all.

    Columns: code, whole (name and count), name, count, share (%), rate (as printed), part_text, rest_text.
    """
    rows = []
    for code in _rated(report):
        if report.value(code, "open_cases") < 0:
            continue
        name, count = case_name(report, code), f"受理{report.text(code, 'reported')}"
        rate = report.text(code, "closing_rate")
        rows.append(
            {
                "code": code,
                "whole": f"{name}\n{count}",
                "name": name,
                "count": count,
                "share": report.value(code, "closing_rate"),
                "rate": rate,
                "part_text": f"办结{report.text(code, 'closed')}（{rate}）",
                "rest_text": f"未办结{report.text(code, 'open_cases')}",
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def _rated(report: Report) -> list[str]:
    return [code for code in ORDER if not report.reason(code, "closing_rate")]


def _no_cases(report: Report) -> tuple[Gap, ...]:
    if not report.codes(GROUP) or _rated(report):
        return ()
    subject, remedy, office = LISTS["governance"]
    return list_gap(report, "governance") or (Gap(subject, f"没有{report.period.name_zh}的记录", remedy, office),)


@exhibit
def open_cases(report: Report) -> Exhibit:
    """Say how the closing rates changed, where the open cases are, and what a closing rate does not say."""
    rated = _rated(report)
    if not rated:
        return Exhibit("未办结的案件")
    changes = [f"{case_name(report, code)}{rate_change(report, code)}" for code in rated if rate_change(report, code)]
    sentences = [f"办结率与上年同期相比，{'，'.join(changes)}。"] if changes else []
    for code in rated:
        if report.value(code, "open_cases") < 0:
            sentences.append(_more_closed(report, code))
    places = []
    for code in rated:
        if open_places(report, code):
            places.append(f"{case_name(report, code)}{open_places(report, code)}")
    if places:
        sentences.append(f"未办结的，{'；'.join(places)}。")
    sentences.append("期末刚受理的尚未到办结时限，也计入分母，办结率不等于按期办结率。")
    return Exhibit("未办结的案件", draw="".join(sentences))


def _more_closed(report: Report, code: str) -> str:
    taken, closed, rate = (report.text(code, measure) for measure in ("reported", "closed", "closing_rate"))
    return f"{case_name(report, code)}受理{taken}、办结{closed}，办结率{rate}，含办结的上年受理案件。"


def rate_change(report: Report, code: str) -> str:
    """Return how a closing rate changed: 提高2.3个百分点; empty where there is nothing to compare with."""
    if report.reason(code, "closing_rate_change"):
        return ""
    word = direction(report.value(code, "closing_rate_change"), "提高", "下降", "持平")
    return word if word == "持平" else word + size(report, code, "closing_rate_change")


def cases_in_short(report: Report, code: str) -> list[str]:
    """Return a count of cases with its change, the closing rate with its change, and what is open, as clauses."""
    clauses = counted(report, code)
    if report.reason(code, "closing_rate"):
        return clauses
    clauses.append(f"受理{report.text(code, 'reported')}，办结率{report.text(code, 'closing_rate')}")
    change = rate_change(report, code)
    if change == "持平":
        clauses.append("与上年同期持平")
    elif change:
        clauses.append(f"比上年同期{change}")
    left = report.value(code, "open_cases")
    if left > 0:
        clauses.append(f"尚有{report.text(code, 'open_cases')}未办结")
    elif left == 0:
        clauses.append("已全部办结")
    return clauses
