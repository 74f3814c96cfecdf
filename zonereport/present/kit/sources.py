"""Where figures come from: citations, the foot of a chart or table."""

from collections.abc import Iterable

from zonereport.present.report import Report

# how many sources a foot names; the annex names all
NAMED = 3


def citation(source) -> str:
    """A source as the foot of a chart and the list of sources print it."""
    day = f"{source.published.year}年{source.published.month}月{source.published.day}日" if source.published else ""
    published = f"{day}发布" if day else "发布日期未载明"
    covers = source.first.name_zh
    if source.is_open:
        covers += "起逐期"
    return f"{source.publisher}：{_title(source)}（{source.place}，所属期{covers}，{published}）"


def foot(report: Report, codes: Iterable[str] = ()) -> str:
    """The foot of a chart or table: where the figures of its codes come from and which period they are of."""
    return foot_of_titles(report, [source.title for source in report.sources(codes)])


def foot_of_titles(report: Report, titles: list[str]) -> str:
    """Return the foot that names the first of some titles, counts all where they are many, and says the period."""
    return f"资料来源：{_first_of(titles)}；数据所属期{report.period.name_zh}。"


def foot_of(report: Report, used: Iterable[str]) -> str:
    """Return the foot of a table of a list, whose rows name their sources by id (``used``)."""
    ids = set(used)
    titles = [source.title for source in report.zone.about.sources if source.id in ids]
    return f"资料来源：{_first_of(titles)}。"


def _first_of(titles: list[str]) -> str:
    text = "；".join(titles[:NAMED])
    return f"{text}等{len(titles)}份资料" if len(titles) > NAMED else text


def _title(source) -> str:
    return source.title if source.title_basis == "descriptive" else f"《{source.title}》"
