"""Carriers and public works in prose: which are in service, being built or approved, and who moved in."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.ledgers import amount, named
from zonereport.present.kit.ledgers import figure as counted
from zonereport.present.kit.numbers import quantity
from zonereport.present.report import Report
from zonereport.present.summary.clauses import figure, joined, left_to_say, paragraphs, span, stated

GROUP = "S7"
# a status as a sentence ends with it, in the order in which sentences name them
CARRIERS = {"in_service": "投用", "topped_out": "封顶", "construction": "在建", "approved": "获批"}
WORKS = {"in_service": "投用", "main_line_completed": "主线完成", "construction": "在建"}
MOST = 6


@exhibit
def places(report: Report) -> Exhibit:
    """Say how carriers and works stand, by name, and how many households moved."""
    words = stated(report, "places")
    figures = joined(figure(report, code) for code in report.codes(GROUP))
    carriers = _carriers(report, words) + _inside(report)
    works = _works(report, words)
    if figures:
        figures = f"{span(report)}{figures}"
    text = paragraphs(carriers, works + figures, words)
    return Exhibit("功能提升", claim=carriers + works + figures, draw=text)


def _carriers(report: Report, words: str) -> str:
    """The carriers that reached their status this year, by name; of all that no statement names."""
    rows = report.detail("place_carriers")
    # what has been in service for years is no news
    rows = rows[(rows["status"] != "in_service") | (rows["new_this_year"] == "yes")]
    counted = rows["tenants"].notna() & (rows["note"] != "")
    inside = []
    for row in rows[counted].itertuples():
        inside.append(f"{row.name}{row.note}{quantity(row.tenants, row.tenants_unit, 0, qualifier=row.qualifier)}")
    text = _by_status(left_to_say(rows[~counted], words), CARRIERS)
    if not inside:
        return text
    return text + "；".join(inside) + "。"


def _by_status(rows: pd.DataFrame, verbs: dict[str, str]) -> str:
    clauses = []
    for status, verb in verbs.items():
        part = rows[rows["status"] == status]
        # what the source says of single ones is said of them alone
        for row in part[part["note"] != ""].itertuples():
            clauses.append(f"{row.name}{row.note}")
        plain = part[part["note"] == ""]
        if len(plain):
            clauses.append(f"{named(plain['name'], MOST)}{verb}")
    return f"{'；'.join(clauses)}。" if clauses else ""


def _inside(report: Report) -> str:
    """The floor area in service, how much of it is let, and the firms inside."""
    area, share = counted(report, "carriers_area_in_service"), counted(report, "carriers_occupancy")
    if not area or not share:
        return ""
    text = f"已投用载体面积{area}，使用率{share}"
    firms = counted(report, "carriers_tenants")
    if firms:
        text += f"，入驻企业{firms}"
    return f"{text}。"


def _works(report: Report, words: str) -> str:
    """The works of the year by name; those of a kind that a statement speaks of stand there."""
    rows = report.detail("place_works")
    if rows.empty:
        return ""
    stated_rows = report.table("statements", of_period=True)
    kinds = rows["kind"].map(lambda kind: report.word("works", "kind", kind))
    rows = rows[~(kinds.isin(stated_rows["subject"]) & (words != ""))]
    rows = rows[(rows["status"] != "in_service") | (rows["new_this_year"] == "yes")]
    notes = report.table("works")
    if "note" in notes:
        rows = rows.assign(note=rows["work"].map(notes.set_index("work")["note"]).fillna(""))
    else:
        rows = rows.assign(note="")
    rows = left_to_say(rows, words)
    clauses = []
    for status, verb in WORKS.items():
        part = rows[rows["status"] == status]
        # roads that were all opened to traffic are said so together
        for note, alike in part.groupby("note", sort=False):
            clauses.append(f"{named(alike['name'], MOST)}{note or verb}")
    total = amount(report.value("works"), "项") if report.has("works") else ""
    if not clauses:
        return ""
    text = "；".join(clauses)
    if total and report.zone.about.origin != "published":
        return f"重点工程{total}，{text}。"
    return f"{text}。"
