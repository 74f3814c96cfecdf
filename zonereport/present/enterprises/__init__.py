"""The chapter on enterprise cultivation: exhibits, and what is to be known of them."""

from zonereport.present.enterprises.growth import concentration, growth_sources, largest
from zonereport.present.enterprises.ladder import conversion, ladder
from zonereport.present.enterprises.limits import limits
from zonereport.present.enterprises.next_steps import next_steps
from zonereport.present.enterprises.register import at_risk, clocks, near_threshold, on_pace, reserve
from zonereport.present.enterprises.sizes import sizes, survival, transitions
from zonereport.present.enterprises.statements import firms
from zonereport.present.enterprises.titles import honours, renewals, titles
from zonereport.present.enterprises.verdict import verdict

__all__ = [
    "at_risk",
    "clocks",
    "concentration",
    "conversion",
    "firms",
    "growth_sources",
    "honours",
    "ladder",
    "largest",
    "limits",
    "near_threshold",
    "next_steps",
    "on_pace",
    "renewals",
    "reserve",
    "sizes",
    "survival",
    "titles",
    "transitions",
    "verdict",
]
