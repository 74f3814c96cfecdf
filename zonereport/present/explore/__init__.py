"""One indicator at a time: its course, schedule, place, parts, firms, and what would reach a target or a place.

Each exhibit takes the code of an indicator: ``explore.course(report, "invoiced_sales")``. They make the views of the
notebook explore.ipynb, and those that an analyst keeps stand in the next report.
"""

from zonereport.present.explore.course import course
from zonereport.present.explore.firms import firms
from zonereport.present.explore.kept import PANELS, kept
from zonereport.present.explore.parks import parks
from zonereport.present.explore.peers import peers
from zonereport.present.explore.reach import reach
from zonereport.present.explore.schedule import schedule

__all__ = ["PANELS", "course", "firms", "kept", "parks", "peers", "reach", "schedule"]
