"""The city's assessment: the points of each item by its rule, and what the next rank would bring."""

from zonereport.metrics.compare.scoring.items import details, figures

__all__ = ["details", "figures"]
