"""Words on accidents in the chapter on governance: what small counts say of each other, and what they do not."""

from typing import TYPE_CHECKING

from zonereport.present.kit.changes import on_year, size
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.phrases import sentence
from zonereport.present.words.governance_cases import by_park, park_names

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUP, ACCIDENTS = "S10", "safety_accidents"
# from this p value on chance alone is explanation enough
CHANCE = 0.05
# more months with accidents are not enumerated
MOST_MONTHS = 6


def accidents_in_short(report: "Report") -> list[str]:
    """Accidents: the count, the change, the ceiling, and whether the change says anything."""
    if known(report, ACCIDENTS) and report.qualifier(ACCIDENTS) == "decreased":
        return [f"来源只公布{report.label(ACCIDENTS)}下降，未公布起数，不作比较"]
    said = [ceiling(report)]
    if report.has(ACCIDENTS):
        said = [f"{report.label(ACCIDENTS)}{report.text(ACCIDENTS)}", on_year(report, ACCIDENTS), *said]
    if by_chance(report) and report.value(ACCIDENTS, "change_on_year") != 0:
        said.append("起数少，增减尚在偶然波动范围之内")
    return said


def known(report: "Report", code: str) -> bool:
    """Whether the edition has a row of the code, with a figure or with the reason why there is none."""
    return code in report.codes(GROUP)


def by_chance(report: "Report") -> bool:
    """Whether the difference between the two years' accidents is within what chance alone brings."""
    return not report.reason(ACCIDENTS, "poisson_p") and report.value(ACCIDENTS, "poisson_p") >= CHANCE


def ceiling(report: "Report") -> str:
    """The count against the ceiling of the year, as a clause."""
    kinds = report.detail("targets", code=ACCIDENTS)
    if report.reason(ACCIDENTS, "target_gap") or kinds.empty or kinds["kind"].iloc[-1] != "ceiling":
        return ""
    allowed = report.text(ACCIDENTS, "target")
    if report.value(ACCIDENTS, "target_gap") < 0:
        return f"超过全年{allowed}的控制数{size(report, ACCIDENTS, 'target_gap')}"
    return f"未超过全年{allowed}的控制数"


def paragraph(report: "Report") -> str:
    """The paragraph on accidents: the counts, and carefully what two small counts say of each other."""
    if not report.has(ACCIDENTS):
        return sentence(*accidents_in_short(report))
    said = [f"本期{report.text(ACCIDENTS)}"]
    if not report.reason(ACCIDENTS, "last_year"):
        said.append(f"上年同期{report.text(ACCIDENTS, 'last_year')}")
    happened = "；".join(filter(None, [accident_months(report), accident_places(report)]))
    paragraphs = [sentence(*said) + sentence(happened), compared(report) + interval(report)]
    return "\n\n".join(filter(None, paragraphs))


def accident_months(report: "Report") -> str:
    """In which months accidents happened, where there were few: 按月看，4月1起、9月1起."""
    rows = report.detail("governance_months", code=ACCIDENTS)
    rows = rows[(rows["year"] == report.period.year) & (rows["value"] > 0)] if len(rows) else rows
    if rows.empty or len(rows) > MOST_MONTHS:
        return ""
    months = [
        f"{month_name(row.first_month, row.month)}月{amount(report, row.code, row.value, row.unit)}"
        for row in rows.itertuples()
    ]
    return f"按月看，{'、'.join(months)}"


def accident_places(report: "Report") -> str:
    """In which parks accidents happened; empty where that is not known or where there was none."""
    rows = by_park(report, ACCIDENTS)
    rows = rows[rows["value"].notna()] if len(rows) else rows
    if rows.empty or not (rows["value"] > 0).any():
        return ""
    names, some = park_names(report), rows[rows["value"] > 0]
    places = "、".join(f"{names[row.park]}{amount(report, row.code, row.value, row.unit)}" for row in some.itertuples())
    return f"按园区看，{places}" + ("，其余园区未发生" if len(some) < len(rows) else "")


def compared(report: "Report") -> str:
    """What the exact comparison of two small counts says, and what it does not say."""
    if report.reason(ACCIDENTS, "poisson_p"):
        return ""
    p = report.text(ACCIDENTS, "poisson_p")
    change = report.value(ACCIDENTS, "change_on_year")
    start = f"把事故看作彼此独立的偶发事件，对两年相同月份的起数作精确比较，p值为{p}。"
    if not by_chance(report):
        word = "上升" if change > 0 else "下降"
        return f"{start}这样的差异很少由偶然造成，事故水平较上年同期有所{word}；原因不能由起数得知，须逐起查明。"
    return (
        f"{start}这一差异在偶然波动的范围之内，不能据以认定安全形势好转或转差；"
        "起数少时真实的变化也难以显出，同样不能据以认定没有变化。"
    )


def interval(report: "Report") -> str:
    """How far the mean behind a small count may lie from it."""
    if report.reason(ACCIDENTS, "poisson_low") or report.reason(ACCIDENTS, "poisson_high"):
        return ""
    if report.value(ACCIDENTS) == 0:
        high = report.text(ACCIDENTS, "poisson_high")
        return f"没有发生不等于没有风险：同期平均水平高至{high}时，仍可能一起都不发生（百分之九十五区间上限）。"
    low, high = report.text(ACCIDENTS, "poisson_low"), report.text(ACCIDENTS, "poisson_high")
    return (
        f"与{report.text(ACCIDENTS)}相容的同期平均水平在{low}到{high}之间（百分之九十五区间），"
        "区间很宽，起数本身提供的信息有限。"
    )


def amount(report: "Report", code: str, value: float, unit: str) -> str:
    """A figure of a detail, printed as the indicator's own is."""
    return quantity(value, unit, int(report.label(code, "decimals")))


def month_name(first: int, last: int) -> str:
    """5, or 1—2 where months came together."""
    return f"{last}" if first == last else f"{first}—{last}"
