"""The cover: what the report is called, what it covers, and whether its data is synthetic."""

from zonereport.present.exhibit import Exhibit
from zonereport.present.kit.labels import GROUPS, ORIGIN_MARK, PUBLIC_MARK
from zonereport.present.kit.phrases import day
from zonereport.present.kit.sources import citation
from zonereport.present.kit.tables import located
from zonereport.present.report import Report

# how many sources the cover names; the annex names all
NAMED_ON_COVER = 6


def issuer(report: Report) -> str:
    """Return who issues the documents of a zone; where nobody is named, what they are made of."""
    about = report.zone.about
    if about.issuer:
        return about.issuer
    # nobody signs what nobody issued: the cover says what it rests on
    if about.origin == "published":
        return "依据公开资料编制"
    if about.origin == "internal":
        return "依据内部资料编制"
    return "依据模拟数据编制"


def imprint(report: Report) -> dict[str, str]:
    """Return the number of the issue, its level, whom it is for and whom to ask, as zone.yml has them."""
    about = report.zone.about
    # what is handed out has the number, the level and the readers of no internal paper
    if report.zone.is_public:
        return {}
    number = about.number.format(year=report.period.year, month=report.period.last)
    audience = f"报送：{about.audience}" if about.audience else ""
    contact = f"联系人：{about.contact}" if about.contact else ""
    return {"number": number, "level": about.level, "audience": audience, "contact": contact}


def mark(report: Report) -> str:
    """Return what every page says of the data and of its readers: that it is made up, that it is the public version."""
    origin = report.zone.about.origin
    parts = [ORIGIN_MARK[origin]]
    if report.zone.is_public:
        # what is handed out is no longer unpublished
        parts = [PUBLIC_MARK, "" if origin == "internal" else ORIGIN_MARK[origin]]
    return " ".join(filter(None, parts))


def letterhead(report: Report) -> dict[str, object]:
    """Return what the zone's office puts on its papers; empty fields are not printed."""
    paper = report.zone.about.letterhead
    fields = paper.model_dump(mode="json")
    fields["printed"] = ""
    if paper.printed:
        fields["printed"] = day(paper.printed.isoformat())
    # what is handed out is no secret; the number is that of the internal paper
    if report.zone.is_public:
        fields |= {"secrecy": "", "number": ""}
    return fields


def origins(report: Report) -> dict[str, str]:
    """Return where each published figure stands in its source, by the name under which it is printed."""
    titles = {source.id: source.title for source in report.zone.about.sources}
    found = {}
    for row in report.indicators().itertuples(index=False):
        printed = report.printed(row.code)
        # what is computed from others has no place of its own
        if printed is None:
            continue
        place = ""
        if printed.locator:
            place = located(report, printed.source, printed.locator)
        found[row.name_zh] = " ".join(filter(None, (titles.get(printed.source, ""), place)))
    return found


def cover(report: Report) -> Exhibit:
    """Return the cover of the report; a book takes the first that its chapters hand over."""
    about = report.zone.about
    organisation = issuer(report)
    fields = {
        "title": f"{report.place}经济运行分析报告",
        "subtitle": f"{report.period.name_zh}主要指标、重点工作与目标展望",
        "organisation": organisation,
        "place": about.place_zh,
        "date": f"数据所属期：{report.period.name_zh}",
        "day": report.last_day,
        "keywords": [about.name_zh, report.period.name_zh, *GROUPS.values()],
        "mark": mark(report),
        "sources": [citation(report, source) for source in report.sources()[:NAMED_ON_COVER]],
        "letterhead": letterhead(report),
        "origins": origins(report),
    }
    fields |= imprint(report)
    return Exhibit(draw=f"{fields['title']} {fields['subtitle']}", role="front", fields=fields)
