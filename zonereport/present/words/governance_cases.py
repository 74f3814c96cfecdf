"""Words of cases by park, of next steps and of the parks' table in the chapter on governance."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.phrases import listed
from zonereport.present.kit.prose import bullets
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tasks import day
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zonereport.present.report import Report

# what the cases of a ledger are called, where the indicator counts only those settled
CASES = {"inspection_cases_closed": "环保督察信访件", "labour_disputes_mediated": "劳资欠薪矛盾"}
COLUMNS = ["code", "whole", "name", "count", "share", "rate", "part_text", "rest_text"]


def case_name(report: "Report", code: str) -> str:
    """What the cases of the ledger are called."""
    return CASES.get(code, report.label(code))


def cases(report: "Report", codes: "Iterable[str]") -> pd.DataFrame:
    """Cases taken up with the part settled, as rows for a part-of-whole chart, where the part is no more than all."""
    rows = [
        {
            **{"code": code, "name": case_name(report, code), "count": f"受理{report.text(code, 'reported')}"},
            **{"share": report.value(code, "closing_rate"), "rate": report.text(code, "closing_rate")},
            "part_text": f"办结{report.text(code, 'closed')}（{report.text(code, 'closing_rate')}）",
            "rest_text": f"未办结{report.text(code, 'open_cases')}",
        }
        for code in codes
        if not report.reason(code, "closing_rate") and report.value(code, "open_cases") >= 0
    ]
    made = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "whole"])
    return made.assign(whole=made["name"] + "\n" + made["count"])[COLUMNS]


def by_park(report: "Report", code: str = "") -> pd.DataFrame:
    """The rows of the parks of the detail governance_counts, of one code or of all; none in the report of a park."""
    rows = report.detail("governance_counts")
    if rows.empty or report.park_name:
        return rows.iloc[:0]
    rows = rows[(rows["park"] != "") & ((rows["code"] == code) | (code == ""))]
    return rows.reset_index(drop=True)


def park_names(report: "Report") -> dict[str, str]:
    """The names of the parks by id, in the order of zone.yml."""
    return {park.id: park.name_zh for park in report.zone.about.parks}


def figure(report: "Report", code: str, value: float, unit: str) -> str:
    """A count of a park, printed as the zone's is."""
    return quantity(value, unit, int(report.label(code, "decimals")))


def open_places(report: "Report", code: str) -> str:
    """The parks in which cases are open, with how many: 在云锦智造园1件; empty where that is not known."""
    rows = by_park(report, code)
    rows = rows[rows["open_cases"] > 0] if len(rows) else rows
    names = park_names(report)
    places = [f"{names[row.park]}{figure(report, code, row.open_cases, row.unit)}" for row in rows.itertuples()]
    return f"在{'、'.join(places)}" if places else ""


def parks(report: "Report") -> Caption:
    """What is said of the table of the parks."""
    note = foot(report, by_park(report)["code"].unique()) if len(by_park(report)) else ""
    note += "信访件和劳资矛盾为办结或协调数；括号内为比上年同期增减，没有括号的，上年同期数未取得或不可比。"
    place = "园区报告不再分园区。" if report.park_name else "来源未给出分园区的综合治理数量，不作分园区对照。"
    return Caption("各园区综合治理数量", note=note, missing=place)


def next_steps(report: "Report", accidents: str, codes: tuple[str, ...], pay: tuple[str, ...]) -> str:
    """What is to be done next: open cases, the places of accidents, last year's load of the next month, tasks, data."""
    return bullets(
        [
            to_settle(report, codes),
            places_of(report, accidents),
            load_ahead(report, pay),
            in_the_list(report, codes),
            to_obtain(report, accidents, codes),
        ]
    )


def to_settle(report: "Report", codes: tuple[str, ...]) -> str:
    """The cases that are open, with their parks."""
    found = [
        f"{case_name(report, code)}{report.text(code, 'open_cases')}"
        + (f"（{open_places(report, code).removeprefix('在')}）" if open_places(report, code) else "")
        for code in codes
        if not report.reason(code, "open_cases") and report.value(code, "open_cases") > 0
    ]
    return f"**清办未结件**：{listed(found)}，逐件明确责任人和办结时限。" if found else ""


def places_of(report: "Report", code: str) -> str:
    """The parks where accidents happened, with last year's count."""
    rows = by_park(report, code)
    rows = rows[rows["value"] > 0] if len(rows) else rows
    names, said = park_names(report), []
    for row in rows.itertuples():
        before = "" if pd.isna(row.last_year) else f"，上年同期{figure(report, code, row.last_year, row.unit)}"
        said.append(f"{names[row.park]}{figure(report, code, row.value, row.unit)}{before}")
    return f"**事故发生地整改**：{'；'.join(said)}，逐起核对整改措施是否落实。" if said else ""


def load_ahead(report: "Report", codes: tuple[str, ...]) -> str:
    """What the month that comes brought a year ago: disputes and money recovered."""
    after, rows = report.period.next, report.detail("governance_months")
    if after.kind != "month" or rows.empty:
        return ""
    rows = rows[(rows["year"] == after.year - 1) & (rows["month"] == after.last) & rows["code"].isin(codes)]
    rows = rows.sort_values("code", key=lambda column: column.map(codes.index), kind="stable")
    said = [f"{report.label(row.code)}{figure(report, row.code, row.value, row.unit)}" for row in rows.itertuples()]
    if not said:
        return ""
    together = rows["first_month"].min() < after.last
    month = f"{rows['first_month'].min()}—{after.last}月" if together else f"{after.last}月"
    return f"**下月工作量参照**：{after.year - 1}年{month}{'、'.join(said)}，{after.year}年同月可据此安排力量。"


def in_the_list(report: "Report", codes: tuple[str, ...]) -> str:
    """The tasks of the list that are about the chapter's indicators and not done."""
    rows = report.table("tasks")
    rows = rows[rows["code"].isin(codes) & (rows["status"] != "done")] if len(rows) else rows
    said = [
        f"{row.title}由{row.owner}负责，时限{day(row.due)}，{report.word('tasks', 'status', row.status)}"
        for row in rows.itertuples()
    ]
    return f"**已列入任务清单**：{'；'.join(said)}。" if said else ""


def to_obtain(report: "Report", accidents: str, codes: tuple[str, ...]) -> str:
    """The data that is to be obtained, from whom, and what it would let a reader judge."""
    known = [code for code in codes if code in report.codes("S10")]
    said = []
    if accidents in known and report.reason(accidents):
        said.append(f"向{report.label(accidents, 'publisher')}条线取得{report.label(accidents)}起数")
    if known and all(report.reason(code, "last_year") for code in known):
        said.append(f"补{len(known)}项指标的上年同期数，以便说明增减")
    if known and all(report.reason(code, "closing_rate") for code in known):
        said.append("建立受理与办结台账，以便计算办结率")
    return f"**补齐数据**：{'；'.join(said)}。" if said else ""
