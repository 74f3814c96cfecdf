"""Views that an analyst kept while exploring: an exhibit and an indicator each, named by the parameter ``views``."""

from collections.abc import Callable

from zonereport.present.exhibit import Exhibit
from zonereport.present.explore.course import course
from zonereport.present.explore.firms import firms
from zonereport.present.explore.parks import parks
from zonereport.present.explore.peers import peers
from zonereport.present.explore.reach import reach
from zonereport.present.explore.schedule import schedule
from zonereport.present.known import require
from zonereport.present.report import Report

# what a view may show: its name in the parameter, and the exhibit
PANELS: dict[str, Callable[[Report, str], Exhibit]] = {
    "course": course,
    "schedule": schedule,
    "peers": peers,
    "parks": parks,
    "firms": firms,
    "reach": reach,
}
# between the panel and the code of a view
MARK = ":"


def kept(report: Report, views: str) -> list[Exhibit]:
    """Return the exhibits of ``views``: pairs such as ``course:invoiced_sales``, with blanks between them.

    Raises UnknownName for a panel or a code that does not exist.
    """
    found = []
    for view in views.split():
        panel, _, code = view.partition(MARK)
        require(panel, PANELS, "view")
        require(code, report.completions("code"), "code")
        found.append(PANELS[panel](report, code))
    return found
