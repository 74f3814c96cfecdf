"""Cases, visits, disputes, accidents: counts against last year, closing rates, and what chance alone would do."""

from zonereport.metrics.governance.measures import details, figures

__all__ = ["details", "figures"]
