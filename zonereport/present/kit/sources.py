"""Where figures come from: citations, the foot of a chart or table, the list of sources."""

from collections.abc import Iterable

from zonereport.inputs import Period
from zonereport.present.report import Report

# how many sources a foot names; the annex names all
NAMED = 3


def citation(source) -> str:
    """A source as the foot of a chart and the list of sources print it."""
    day = f"{source.published.year}年{source.published.month}月{source.published.day}日" if source.published else ""
    published = f"{day}发布" if day else "发布日期未载明"
    covers = Period.parse(source.covers).name_zh
    return f"{source.publisher}：{_title(source)}（{source.place}，所属期{covers}，{published}）"


def foot(report: Report, codes: Iterable[str] = ()) -> str:
    """The foot of a chart or table: where the figures of its codes come from and which period they are of."""
    titles = [source.title for source in report.sources(codes)]
    named = "；".join(titles[:NAMED]) + (f"等{len(titles)}份资料" if len(titles) > NAMED else "")
    return f"资料来源：{named}；数据所属期{report.period.name_zh}。"


def sources(report: Report, codes: Iterable[str] = ()) -> str:
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
