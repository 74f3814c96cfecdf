"""The head of the brief: what it is called, who issues it, which period it covers."""

from zonereport.present.exhibit import Exhibit
from zonereport.present.kit.cover import imprint, issuer, letterhead, mark, origins
from zonereport.present.kit.phrases import day
from zonereport.present.report import Report


def masthead(report: Report) -> Exhibit:
    """Return the head of the brief; publishing makes its first lines and the document's properties of it."""
    about = report.zone.about
    fields = {
        "kind": "brief",
        "title": f"{report.place}经济运行简报",
        "subtitle": report.period.name_zh,
        "organisation": issuer(report),
        "place": about.place_zh,
        "date": f"数据截至{day(report.last_day)}",
        "day": report.last_day,
        "keywords": [about.name_zh, report.period.name_zh, "经济运行简报"],
        "mark": mark(report),
        "letterhead": letterhead(report),
        "origins": origins(report),
    }
    fields |= imprint(report)
    return Exhibit(draw=f"{fields['title']} {fields['subtitle']}", role="front", fields=fields)
