"""Where the year will end, how sure that is, and what the method would have said of a year that is over."""

from zonereport.metrics.forecast.measures import details, figures

__all__ = ["details", "figures"]
