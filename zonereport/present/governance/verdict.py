"""The chapter on governance in short, and what to do next."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.governance.cases import cases_in_short
from zonereport.present.governance.codes import (
    ACCIDENTS,
    INSPECTION,
    LABOUR,
    ORDER,
    PAY,
    PAYMENTS,
    RECOVERED,
    VISITS,
    WAGES,
)
from zonereport.present.governance.readings import amount, by_park, counted, of_months
from zonereport.present.governance.safety import accidents_in_short
from zonereport.present.kit.cases import case_name, open_places
from zonereport.present.kit.changes import grown
from zonereport.present.kit.firms import park
from zonereport.present.kit.phrases import day, listed, sentence
from zonereport.present.kit.prose import points
from zonereport.present.kit.tasks import DONE, tasks
from zonereport.present.report import Report


@exhibit
def verdict(report: Report) -> Exhibit:
    """Say the chapter in a few lines: safety, environment, labour, visits."""
    lines = {
        "安全生产": sentence(*accidents_in_short(report)),
        "环保信访": sentence(*cases_in_short(report, INSPECTION)),
        "劳资欠薪": sentence(*cases_in_short(report, LABOUR)) + sentence(*_recovered(report)),
        "企业走访": sentence(*counted(report, VISITS)),
    }
    return Exhibit("综合治理", draw=points(lines), role="verdict")


def _recovered(report: Report) -> list[str]:
    """Wages and payments recovered as clauses: together where both are known, else what is known."""
    # the sum is known only where both parts are
    if not report.has(RECOVERED):
        return [*counted(report, WAGES), *counted(report, PAYMENTS)]
    parts = f"讨回欠薪{report.text(WAGES)}、工程款{report.text(PAYMENTS)}"
    share = "" if report.reason(WAGES, "share") else f"其中欠薪占{report.text(WAGES, 'share')}"
    return [parts, f"合计{report.text(RECOVERED)}", grown(report, RECOVERED), share]


@exhibit
def next_steps(report: Report) -> Exhibit:
    """Say what is to be done: open cases, the places of accidents, the load of the next month, tasks of the list."""
    steps = {
        "清办未结件": _to_settle(report),
        "事故发生地整改": _accident_places(report),
        "下月工作量参照": _load_ahead(report),
        "已列入任务清单": _listed_tasks(report),
    }
    return Exhibit("下一步", draw=points(steps))


def _to_settle(report: Report) -> str:
    """The cases that are open, with their parks."""
    open_cases = []
    for code in ORDER:
        if report.reason(code, "open_cases") or not report.value(code, "open_cases") > 0:
            continue
        places = open_places(report, code).removeprefix("在")
        count = f"{case_name(report, code)}{report.text(code, 'open_cases')}"
        open_cases.append(f"{count}（{places}）" if places else count)
    return f"{listed(open_cases)}，逐件明确责任人和办结时限。" if open_cases else ""


def _accident_places(report: Report) -> str:
    """The parks where accidents happened, with last year's count."""
    rows = by_park(report, ACCIDENTS)
    places = []
    # where it happened before, measures were promised
    for row in rows[rows["value"] > 0].itertuples():
        place = f"{park(report, row.park)}{amount(report, row.code, row.value, row.unit)}"
        if row.last_year >= 0:
            place += f"，上年同期{amount(report, row.code, row.last_year, row.unit)}"
        places.append(place)
    return f"{'；'.join(places)}，逐起核对整改措施是否落实。" if places else ""


def _load_ahead(report: Report) -> str:
    """What the month that comes brought a year ago: disputes and money recovered."""
    after = report.period.next
    rows = of_months(report, after.year - 1)
    # after a whole year comes a year: nothing to plan a month by
    if after.kind != "month":
        return ""
    rows = rows[(rows["month"] == after.last) & rows["code"].isin(PAY)]
    if rows.empty:
        return ""
    rows = rows.sort_values("code", key=lambda codes: codes.map(PAY.index), kind="stable")
    loads = "、".join(
        f"{report.label(row.code)}{amount(report, row.code, row.value, row.unit)}" for row in rows.itertuples()
    )
    first = rows["first_month"].min()
    # where no figure of the month alone was published, the months before it are in
    months = f"{after.last}月" if first == after.last else f"{first}—{after.last}月"
    # the Spring Festival wanders between the first two months, and the load with it
    festival = "两年春节不在同一月份时，1月和2月须合并对照。" if after.last <= 2 else ""
    return f"{after.year - 1}年{months}{loads}，{after.year}年同月可据此安排力量。{festival}"


def _listed_tasks(report: Report) -> str:
    """The tasks of the list that are about the chapter's indicators and not done."""
    rows = tasks(report)
    parts = []
    for row in rows[rows["code"].isin(ORDER) & (rows["state"] != DONE)].itertuples():
        parts.append(f"{row.title}由{row.owner}负责，时限{day(row.due)}，{row.state}")
    return f"{'；'.join(parts)}。" if parts else ""
