"""Views that an analyst kept while exploring: an exhibit and an indicator each, in the table ``views``."""

from collections.abc import Callable

from zonereport.present.exhibit import Exhibit
from zonereport.present.explore.course import course
from zonereport.present.explore.firms import firms
from zonereport.present.explore.parks import parks
from zonereport.present.explore.peers import peers
from zonereport.present.explore.reach import reach
from zonereport.present.explore.schedule import schedule
from zonereport.present.report import Report

# what a view may show: its name in the table, and the exhibit
PANELS: dict[str, Callable[[Report, str], Exhibit]] = {
    "course": course,
    "schedule": schedule,
    "peers": peers,
    "parks": parks,
    "firms": firms,
    "reach": reach,
}


def kept(report: Report) -> list[Exhibit]:
    """Return the exhibits of the views that are kept for this zone, or for this park where the edition is of one."""
    found = []
    for view in report.table("views").itertuples():
        if view.park == report.park:
            found.append(PANELS[view.panel](report, view.code))
    return found
