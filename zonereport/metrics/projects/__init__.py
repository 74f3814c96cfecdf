"""Projects: the pipeline from signing to production, its lights, delays and conversion, the lists, the upgrades."""

from zonereport.metrics.projects.measures import details, figures

__all__ = ["details", "figures"]
