"""Words of the cover, the sources and the note on what is missing."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from zonereport.inputs import Period
from zonereport.present.words.phrases import GROUPS, JUDGED, MEASURES, ORIGIN_MARK, REASONS, listed, sentence

if TYPE_CHECKING:
    from zonereport.present.report import Report

# how many sources a foot and the cover name; the annex names all
NAMED, NAMED_ON_COVER = 3, 6


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


def citation(source) -> str:
    """A source as the foot of a chart and the list of sources print it."""
    day = f"{source.published.year}年{source.published.month}月{source.published.day}日" if source.published else ""
    published = f"{day}发布" if day else "发布日期未载明"
    covers = Period.parse(source.covers).name_zh
    return f"{source.publisher}：{_title(source)}（{source.place}，所属期{covers}，{published}）"


def foot(report: "Report", codes: Iterable[str] = ()) -> str:
    """The foot of a chart or table: where the figures of its codes come from and which period they are of."""
    titles = [source.title for source in report.sources(codes)]
    named = "；".join(titles[:NAMED]) + (f"等{len(titles)}份资料" if len(titles) > NAMED else "")
    return f"资料来源：{named}；数据所属期{report.period.name_zh}。"


def sources(report: "Report", codes: Iterable[str] = ()) -> str:
    """The sources of the codes, and whether a title is the printed one; of many only publisher and title.

    Without codes all sources of the edition, in full: that is what the annex prints.
    """
    codes = list(codes)
    found = report.sources(codes)
    if codes and len(found) > 1:
        named = "；".join(f"{source.publisher}{_title(source)}" for source in found)
        return f"**本章资料来源**：{named}。各资料的所属期与发布日期见附录。"
    lines = []
    for source in found:
        basis = "；题名为描述性题名，原件印发题名未取得" if source.title_basis == "descriptive" else ""
        lines.append(f"- {citation(source)}{basis}。")
    return "\n".join(lines)


def _title(source) -> str:
    return source.title if source.title_basis == "descriptive" else f"《{source.title}》"


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
