"""The projects that a document names: the list of a zone that has no ledger of its own."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.ledgers import partial
from zonereport.present.kit.naming import named_table, project_rows
from zonereport.present.report import Report

# what fits beside the other tables of the chapter
MOST_NAMED = 30


def lists_all(report: Report) -> bool:
    """Return whether the chapter names every project: those of a document do not fill a ledger, and are few."""
    return partial(report) and len(report.table("projects")) <= MOST_NAMED


@exhibit
def named(report: Report) -> Exhibit:
    """Show the projects that a document names, each with its list and stage; a ledger has tables of its own."""
    if not lists_all(report):
        return Exhibit("来源点名的项目")
    return named_table(report, {"projects": project_rows(report)})
