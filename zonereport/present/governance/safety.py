"""Accidents: what small counts say of each other, and what they do not."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.governance.codes import ACCIDENTS, GROUP
from zonereport.present.governance.readings import amount, by_park, month_name, of_months
from zonereport.present.kit.changes import direction, on_year, size
from zonereport.present.kit.firms import park
from zonereport.present.kit.gaps import figure_gaps
from zonereport.present.kit.phrases import sentence
from zonereport.present.report import Report

# more months with accidents are not enumerated
MOST_MONTHS = 6


@exhibit
def safety(report: Report) -> Exhibit:
    """Say how many accidents there were, when and where, and carefully what two small counts say of each other."""
    caption = "安全生产"
    if not report.has(ACCIDENTS):
        # where the whole chapter has no figure, the table of counts says so
        gaps = figure_gaps(report, ACCIDENTS) if report.codes(GROUP) else ()
        return Exhibit(caption, gaps=gaps)
    counts = [f"本期{report.text(ACCIDENTS)}"]
    if not report.reason(ACCIDENTS, "last_year"):
        counts.append(f"上年同期{report.text(ACCIDENTS, 'last_year')}")
    where = "；".join(filter(None, [_months(report), _places(report)]))
    paragraphs = [sentence(*counts) + sentence(where), _compared(report) + _no_accident(report)]
    return Exhibit(caption, draw="\n\n".join(filter(None, paragraphs)))


def accidents_in_short(report: Report) -> list[str]:
    """Return the clauses on accidents: the count, the change, the ceiling, and whether the change says anything."""
    if ACCIDENTS in report.codes(GROUP) and report.qualifier(ACCIDENTS) == "decreased":
        return [f"来源只公布{report.label(ACCIDENTS)}下降"]
    clauses = []
    if report.has(ACCIDENTS):
        clauses = [f"{report.label(ACCIDENTS)}{report.text(ACCIDENTS)}", on_year(report, ACCIDENTS)]
    clauses.append(_ceiling(report))
    if _by_chance(report) and report.value(ACCIDENTS, "change_on_year") != 0:
        clauses.append("起数少，增减尚在偶然波动范围之内")
    return clauses


def _by_chance(report: Report) -> bool:
    """Return whether the difference between the two years' accidents is within what chance alone brings."""
    return bool(report.detail("chance", code=ACCIDENTS)["is_chance"].any())


def _ceiling(report: Report) -> str:
    """The count against the ceiling of the year, as a clause."""
    targets = report.detail("targets", code=ACCIDENTS)
    if report.reason(ACCIDENTS, "target_gap") or targets.empty or targets["kind"].iloc[-1] != "ceiling":
        return ""
    # a ceiling is kept, not completed
    allowed = report.text(ACCIDENTS, "target")
    if report.value(ACCIDENTS, "target_gap") < 0:
        return f"超过全年{allowed}的控制数{size(report, ACCIDENTS, 'target_gap')}"
    return f"未超过全年{allowed}的控制数"


def _months(report: Report) -> str:
    """In which months accidents happened, where there were few: 按月看，4月1起、9月1起."""
    rows = of_months(report, report.period.year)
    rows = rows[(rows["code"] == ACCIDENTS) & (rows["value"] > 0)]
    if rows.empty or len(rows) > MOST_MONTHS:
        return ""
    months = []
    for row in rows.itertuples():
        months.append(f"{month_name(row.first_month, row.month)}月{amount(report, row.code, row.value, row.unit)}")
    return f"按月看，{'、'.join(months)}"


def _places(report: Report) -> str:
    """In which parks accidents happened; empty where that is not known or where there was none."""
    rows = by_park(report, ACCIDENTS)
    rows = rows[rows["value"].notna()]
    struck = rows[rows["value"] > 0]
    if struck.empty:
        return ""
    places = "、".join(
        f"{park(report, row.park)}{amount(report, row.code, row.value, row.unit)}" for row in struck.itertuples()
    )
    # parks that are not reported may have had some: only those that are can be without
    if len(struck) < len(rows):
        return f"按园区看，{places}，其余园区未发生"
    return f"按园区看，{places}"


def _compared(report: Report) -> str:
    """What the comparison of two small counts says, and what it does not say."""
    if report.reason(ACCIDENTS, "poisson_p"):
        return ""
    word = direction(report.value(ACCIDENTS, "change_on_year"), "上升", "下降", "持平", decimals=0)
    # without a difference there is none to be explained by chance
    if word == "持平":
        return "起数与上年同期相同；起数少时真实的变化难以显出，不能据以认定没有变化。"
    if _by_chance(report):
        return (
            "两年起数的差异在偶然波动的范围之内，不能据以认定安全形势好转或转差；"
            "起数少时真实的变化也难以显出，同样不能据以认定没有变化。"
        )
    return f"两年起数的差异很少由偶然造成，事故水平较上年同期有所{word}；原因不能由起数得知，须逐起查明。"


def _no_accident(report: Report) -> str:
    """That no accident is not no risk."""
    # a zero tempts to more than it says
    if report.value(ACCIDENTS) != 0 or report.reason(ACCIDENTS, "poisson_high"):
        return ""
    high = report.text(ACCIDENTS, "poisson_high")
    return f"没有发生不等于没有风险：同期平均水平高至{high}时，仍可能一起都不发生。"
