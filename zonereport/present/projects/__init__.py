"""Projects: where they stand, which lights they have, how long they take, what is next."""

from zonereport.present.projects.cohorts import cohorts
from zonereport.present.projects.durations import durations, medians
from zonereport.present.projects.lights import behind, lights
from zonereport.present.projects.limits import limits
from zonereport.present.projects.named import named
from zonereport.present.projects.next_steps import due, next_steps
from zonereport.present.projects.published import published, upgrades
from zonereport.present.projects.schedule import schedule
from zonereport.present.projects.slippage import slippage
from zonereport.present.projects.stages import list_lengths, lists, stages
from zonereport.present.projects.stalled import stalled
from zonereport.present.projects.statements import progress
from zonereport.present.projects.verdict import verdict

__all__ = [
    "behind",
    "cohorts",
    "due",
    "durations",
    "lights",
    "limits",
    "list_lengths",
    "lists",
    "medians",
    "named",
    "next_steps",
    "progress",
    "published",
    "schedule",
    "slippage",
    "stages",
    "stalled",
    "upgrades",
    "verdict",
]
