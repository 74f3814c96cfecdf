"""Carriers, works and renewed land: how far, how full, what a mu brings, what is next."""

from zonereport.present.places.carriers import carriers, occupancy
from zonereport.present.places.land import land, plots
from zonereport.present.places.limits import limits
from zonereport.present.places.next_steps import next_steps
from zonereport.present.places.parks import parks
from zonereport.present.places.statements import building
from zonereport.present.places.verdict import verdict
from zonereport.present.places.works import named_works, works

__all__ = [
    "building",
    "carriers",
    "land",
    "limits",
    "named_works",
    "next_steps",
    "occupancy",
    "parks",
    "plots",
    "verdict",
    "works",
]
