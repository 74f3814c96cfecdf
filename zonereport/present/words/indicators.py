"""What the overview still says of what is missing: goes with it."""

from zonereport.present.kit.labels import JUDGED, MEASURES
from zonereport.present.kit.phrases import listed
from zonereport.present.report import Report


def boundary(report: Report) -> str:
    """One sentence on what no indicator of the chapter has, and what therefore is not judged."""
    codes = report.codes("S2")
    lacking = [measure for measure in MEASURES if all(report.reason(code, measure) for code in codes)]
    if not codes or not lacking:
        return ""
    rest = "，只陈述规模与结构" if len(lacking) == len(MEASURES) else ""
    names = listed(MEASURES[measure] for measure in lacking)
    return f"{names}无从取得，本期不评{listed(JUDGED[measure] for measure in lacking)}{rest}。"
