"""The projects, carriers and works that a source names and no chapter lists."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.naming import carrier_rows, named_table, project_rows, work_rows
from zonereport.present.places.carriers import MOST_ROWS
from zonereport.present.places.works import all_named
from zonereport.present.projects.named import lists_all
from zonereport.present.report import Report


@exhibit
def named(report: Report) -> Exhibit:
    """Show the projects, carriers and works that a source names, those that no chapter can list in full."""
    names = {}
    if not lists_all(report):
        names["projects"] = project_rows(report)
    if len(report.table("carriers")) > MOST_ROWS:
        names["carriers"] = carrier_rows(report)
    if not all_named(report):
        names["works"] = work_rows(report)
    if not names:
        return Exhibit("来源点名的项目、载体和工程")
    return named_table(report, names)
