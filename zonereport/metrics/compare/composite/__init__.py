"""The composite index of the zone among its peers, with all that its rank hangs on."""

from zonereport.metrics.compare.composite.measures import details, figures

__all__ = ["details", "figures"]
