"""The zone's public summary of a period, in official prose: what was reached, what was done, what is meant."""

from zonereport.present.summary.economy import enterprises, indicators
from zonereport.present.summary.governance import governance
from zonereport.present.summary.head import head, opening, sources
from zonereport.present.summary.innovation import innovation
from zonereport.present.summary.outlook import outlook
from zonereport.present.summary.places import places
from zonereport.present.summary.projects import projects

__all__ = [
    "enterprises",
    "governance",
    "head",
    "indicators",
    "innovation",
    "opening",
    "outlook",
    "places",
    "projects",
    "sources",
]
