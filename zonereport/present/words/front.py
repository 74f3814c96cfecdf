"""Words of the cover, the sources and the note on what is missing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zonereport.present.kit.labels import GROUPS, JUDGED, MEASURES, ORIGIN_MARK, REASONS
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import citation, sources  # noqa: F401

if TYPE_CHECKING:
    from zonereport.present.report import Report

# how many sources the cover names; the annex names all
NAMED_ON_COVER = 6


def cover(report: "Report") -> dict[str, object]:
    """The fields of the cover."""
    about = report.zone.about
    return {
        "title": f"{report.place}经济运行分析报告",
        "subtitle": f"{report.period.name_zh}主要指标、重点工作与目标展望",
        "organisation": "依据公开资料编制" if about.origin == "published" else "依据模拟数据编制",
        "place": about.place_zh,
        "date": f"数据所属期：{report.period.name_zh}",
        "keywords": [about.name_zh, report.period.name_zh, *GROUPS.values()],
        "mark": ORIGIN_MARK[about.origin],
        "sources": [citation(source) for source in report.sources()[:NAMED_ON_COVER]],
    }


def absences(report: "Report", codes: Sequence[str]) -> str:
    """What cannot be judged for the codes, each measure with its reason and its count; empty where all can."""
    said = []
    for measure, name in MEASURES.items():
        lacking: dict[str, int] = {}
        for code in codes:
            if reason := report.reason(code, measure):
                lacking[reason] = lacking.get(reason, 0) + 1
        said += [
            f"{name}{'全部' if n == len(codes) else '有'}{n}项空缺（{REASONS[reason]}）"
            for reason, n in lacking.items()
        ]
    if not said:
        return ""
    known = {m for m in MEASURES if any(not report.reason(code, m) for code in codes)}
    unsaid = [word for measure, word in JUDGED.items() if measure not in known]
    conclusion = f"因此本章不对{listed(unsaid)}作出判断，空缺不以零或推算数代替" if unsaid else ""
    return f"本章{len(codes)}项指标中，{'；'.join(said)}。" + sentence(conclusion)
