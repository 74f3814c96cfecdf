"""The chapter on the core indicators: growth, targets, parks, places, classes, assessment."""

from zonereport.present.indicators.causes import causes
from zonereport.present.indicators.classes import signals, unsure_classes
from zonereport.present.indicators.core import core, revisions, structure, taxes
from zonereport.present.indicators.index import index, index_certainty
from zonereport.present.indicators.league import league, league_places
from zonereport.present.indicators.limits import limits
from zonereport.present.indicators.marks import assessment, scores
from zonereport.present.indicators.next_steps import next_steps
from zonereport.present.indicators.parks import parks, pulls
from zonereport.present.indicators.places import distances, ladder, ranks
from zonereport.present.indicators.schedule import pace, schedule
from zonereport.present.indicators.statements import dispatch
from zonereport.present.indicators.targets import outlook, rest_of_year, targets
from zonereport.present.indicators.verdict import verdict

__all__ = [
    "assessment",
    "causes",
    "core",
    "dispatch",
    "distances",
    "index",
    "index_certainty",
    "ladder",
    "league",
    "league_places",
    "limits",
    "next_steps",
    "outlook",
    "pace",
    "parks",
    "pulls",
    "ranks",
    "rest_of_year",
    "revisions",
    "schedule",
    "scores",
    "signals",
    "structure",
    "targets",
    "taxes",
    "unsure_classes",
    "verdict",
]
