"""Innovation: what goes in (R&D, talents, loans) and what comes out (patents, platforms), by a named denominator."""

from zonereport.metrics.innovation.measures import details, figures

__all__ = ["details", "figures"]
