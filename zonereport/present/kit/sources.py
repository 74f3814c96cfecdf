"""Where figures come from: citations, the foot of a chart or table."""

from collections.abc import Iterable

from zonereport.present.report import Report

# how many sources a foot names; the annex names all
NAMED = 3


def citation(report: Report, source) -> str:
    """Return a source as the cover and the list of sources print it, as it stood in the report's period."""
    about = [source.place, _covers(report, source), _published(source)]
    return f"{source.publisher}：{_title(source)}（{'，'.join(filter(None, about))}）"


def _covers(report: Report, source) -> str:
    """What the source covers up to the end of the period; nothing where zone.yml names another time."""
    first, last, period = source.first, source.last, report.period
    # a document of another time does not give figures of this one: the check says so, the report repeats no slip
    if (first.year, first.first) > (period.year, period.last):
        return ""
    if last and (last.year, last.last) < (period.year, period.first):
        return ""
    if first == last:
        return f"所属期{first.name_zh}"
    if last is None or (last.year, last.last) > (period.year, period.last):
        return f"所属期{first.year}年{first.first}月至{period.year}年{period.last}月"
    return f"所属期{first.year}年{first.first}月至{last.year}年{last.last}月"


def _published(source) -> str:
    if source.published is None:
        return "发布日期未载明"
    return f"{source.published.year}年{source.published.month}月{source.published.day}日发布"


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
