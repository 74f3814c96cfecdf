"""The chapter on innovation: research and development, patents, loans, platforms and talents."""

from zonereport.present.innovation.by_park import leading_parks, parks
from zonereport.present.innovation.core import efforts, figures, named, talents
from zonereport.present.innovation.limits import limits
from zonereport.present.innovation.next_steps import next_steps
from zonereport.present.innovation.research import intensity, research_firms, spend
from zonereport.present.innovation.rights import density, holders, patents, pledges
from zonereport.present.innovation.statements import reforms
from zonereport.present.innovation.verdict import verdict

__all__ = [
    "density",
    "efforts",
    "figures",
    "holders",
    "intensity",
    "leading_parks",
    "limits",
    "named",
    "next_steps",
    "parks",
    "patents",
    "pledges",
    "reforms",
    "research_firms",
    "spend",
    "talents",
    "verdict",
]
