"""The head of the summary, its first sentence, and where all of it comes from."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.cover import issuer, mark
from zonereport.present.kit.phrases import day
from zonereport.present.report import Report
from zonereport.present.summary.clauses import season, whole_year


def head(report: Report) -> Exhibit:
    """Return the head of the summary; publishing makes its first lines and the document's properties of it."""
    about = report.zone.about
    # a year is summed up by its name: 2022年度工作总结
    title = f"{report.place}{season(report)}工作总结"
    if whole_year(report):
        title = f"{report.place}{season(report)}度工作总结"
    fields = {
        # laid out as a brief: a head and sections, no cover and no contents
        "kind": "brief",
        "title": title,
        "organisation": issuer(report),
        "place": about.place_zh,
        "date": f"数据截至{day(report.last_day)}",
        "day": report.last_day,
        "keywords": [about.name_zh, season(report), "工作总结"],
        "mark": mark(report),
    }
    return Exhibit(draw=title, role="front", fields=fields)


@exhibit
def opening(report: Report) -> Exhibit:
    """Open the summary with what it is about."""
    text = f"现将{report.place}{season(report)}经济运行和重点工作情况总结如下。"
    return Exhibit("导语", claim=text, draw=text)


@exhibit
def sources(report: Report) -> Exhibit:
    """Name the sources of figures and statements in one line."""
    used = [source.title for source in report.sources()]
    rows = report.table("statements", of_period=True)
    for source in report.zone.about.sources:
        if source.id in set(rows["source"]) and source.title not in used and not report.park:
            used.append(source.title)
    text = f"数字和事项据{'、'.join(used)}，各项数字的出处与口径见分析报告附录。"
    return Exhibit("资料来源", draw=text)
