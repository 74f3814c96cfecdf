"""The chapter in a few lines: what can be said of growth, targets, parks, places, classes and marks."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.indicators.causes import sources_point
from zonereport.present.indicators.classes import classes_point
from zonereport.present.indicators.core import speed, with_change
from zonereport.present.indicators.index import marks_point
from zonereport.present.indicators.places import places_point
from zonereport.present.indicators.schedule import targets_point
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.prose import points
from zonereport.present.report import Report

# so many of these points make a verdict; with fewer the verdict says how large things are as well
FEWEST_POINTS = 3


@exhibit
def verdict(report: Report) -> Exhibit:
    """Show the chapter in a few lines: growth, targets, parks, places, classes, marks; else the scale of things."""
    judged = {
        "增速": speed(report),
        "目标": targets_point(report),
        "来源": sources_point(report),
        "位次": places_point(report),
        "三类指标": classes_point(report),
        "考核": marks_point(report),
    }
    said = [text for text in judged.values() if text]
    # levels judge nothing, but they are all that such a zone has
    if len(said) < FEWEST_POINTS:
        judged = _dimensions(report) | judged
    return Exhibit("主要指标", draw=points(judged), role="verdict")


def _dimensions(report: Report) -> dict[str, str]:
    """Return how large things are: output, investment, revenue, foreign capital."""
    return {
        "生产规模": _clauses(report, "invoiced_sales", "industrial_output"),
        "投资": _investment(report),
        "财税": sentence(*_revenue(report)),
        "开放": _clauses(report, "utilised_foreign_capital"),
    }


def _clauses(report: Report, *codes: str) -> str:
    return sentence(*(with_change(report, code) for code in codes))


def _investment(report: Report) -> str:
    """Return one sentence on investment and its industrial share; on growth alone where only that is published."""
    # a part can only be called one where the whole is known
    if not report.has("industrial_investment_share"):
        return _clauses(report, "fixed_asset_investment", "industrial_investment")
    whole, part = with_change(report, "fixed_asset_investment"), with_change(report, "industrial_investment")
    return sentence(whole, f"其中{part}，占{report.text('industrial_investment_share')}")


def _revenue(report: Report) -> list[str]:
    clauses = [with_change(report, "treasury_tax"), with_change(report, "budget_revenue")]
    if report.has("business_taxes_without_refund"):
        total, without = report.text("business_taxes"), report.text("business_taxes_without_refund")
        clauses.append(f"工商税收含留抵退税为{total}、扣除后为{without}")
    elif report.has("business_taxes"):
        clauses.append(with_change(report, "business_taxes"))
    return clauses
