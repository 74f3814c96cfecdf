"""Enterprises: sizes and registers, titles, who came and went, and how much depends on few of them."""

from zonereport.metrics.enterprises.frames import details
from zonereport.metrics.enterprises.measures import figures

__all__ = ["details", "figures"]
