"""Charts: a tidy frame in, matplotlib Axes out; nothing is computed, shown or saved here."""

from zonereport.present.charts.bar import bars, part_of_whole
from zonereport.present.charts.beside import beside
from zonereport.present.charts.columns import columns
from zonereport.present.charts.fill import filled
from zonereport.present.charts.gantt import gantt
from zonereport.present.charts.grouped import grouped
from zonereport.present.charts.heatmap import heatmap, signals
from zonereport.present.charts.ladder import ladder, ranges
from zonereport.present.charts.misses import misses
from zonereport.present.charts.month_panels import month_panels
from zonereport.present.charts.reach import reach
from zonereport.present.charts.schedule_panels import schedule_panels
from zonereport.present.charts.spans import spans
from zonereport.present.charts.spread import spread
from zonereport.present.charts.stack import stacked
from zonereport.present.charts.step import steps
from zonereport.present.charts.twin import twin

__all__ = [
    "bars",
    "beside",
    "columns",
    "filled",
    "gantt",
    "grouped",
    "heatmap",
    "ladder",
    "misses",
    "month_panels",
    "part_of_whole",
    "ranges",
    "reach",
    "schedule_panels",
    "signals",
    "spans",
    "spread",
    "stacked",
    "steps",
    "twin",
]
