"""口径与局限: what the figures of the chapters do not say, of those things that this report shows."""

from types import ModuleType

from zonereport.present.annex.chapters import PACKAGES
from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.prose import points
from zonereport.present.report import Report

PUBLIC = (
    "企业、项目、银行和个人的名称及逐户数据不列；不足三家或者一家占百分之八十五以上的金额不列，"
    "为防止由合计推算，另隐去若干金额；前十家企业占比按五个百分点取整。"
)


@exhibit
def limits(report: Report) -> Exhibit:
    """Say of each chapter what its figures do not say, a point a chapter; chapters without limits are left out."""
    lines = {}
    if report.zone.is_public:
        lines["公开版"] = PUBLIC
    for title, package in PACKAGES.items():
        lines[title] = "".join(_limits_of(package, report))
    return Exhibit("口径与局限", draw=points(lines))


def _limits_of(package: ModuleType, report: Report) -> list[str]:
    try:
        return package.limits(report)
    except Exception:
        # limits look at what their chapter shows: where that fails, the chapter says so in its place
        return []
