"""The chapter on the national goals and the outlook: criteria, the year's targets, forecasts, tasks, next steps."""

from zonereport.present.goals.criteria import criteria, reach
from zonereport.present.goals.forecasts import expected, forecasts
from zonereport.present.goals.limits import limits
from zonereport.present.goals.matters import matters
from zonereport.present.goals.pace import pace
from zonereport.present.goals.review import misses, review
from zonereport.present.goals.statements import aims
from zonereport.present.goals.targets import completion, targets
from zonereport.present.goals.tasks import tasks
from zonereport.present.goals.verdict import verdict
from zonereport.present.goals.year import year

__all__ = [
    "aims",
    "completion",
    "criteria",
    "expected",
    "forecasts",
    "limits",
    "matters",
    "misses",
    "pace",
    "reach",
    "review",
    "targets",
    "tasks",
    "verdict",
    "year",
]
