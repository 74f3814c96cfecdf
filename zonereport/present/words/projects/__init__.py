"""Words of the chapter on projects."""

from zonereport.present.words.projects.answer import published_said, sourced, upgrades, verdict
from zonereport.present.words.projects.single import (
    behind_said,
    boundary,
    lists_note,
    next_note,
    next_said,
    red_note,
    stalled_said,
)
from zonereport.present.words.projects.stages import (
    BARS,
    gantt_bars,
    gantt_rows,
    gantt_said,
    now,
    pipeline,
    pipeline_said,
    stage_totals,
    tiers_said,
)
from zonereport.present.words.projects.timing import (
    AXIS,
    LATE,
    conversion_said,
    curves,
    curves_said,
    durations_note,
    slips,
    slips_said,
)

__all__ = [
    "AXIS",
    "BARS",
    "LATE",
    "behind_said",
    "boundary",
    "conversion_said",
    "curves",
    "curves_said",
    "durations_note",
    "gantt_bars",
    "gantt_rows",
    "gantt_said",
    "lists_note",
    "next_note",
    "next_said",
    "now",
    "pipeline",
    "pipeline_said",
    "published_said",
    "red_note",
    "slips",
    "slips_said",
    "sourced",
    "stage_totals",
    "stalled_said",
    "tiers_said",
    "upgrades",
    "verdict",
]
