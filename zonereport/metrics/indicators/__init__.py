"""The indicators of a zone: what is published, what follows from it, month by month, park by park, against targets."""

from zonereport.metrics.indicators.measures import details, figures

__all__ = ["details", "figures"]
