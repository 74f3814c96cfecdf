"""Ranking among peers: place, ties, those who did not report, changes on the same peers, distances and first tier."""

from zonereport.metrics.compare.ranking.measures import details, figures

__all__ = ["details", "figures"]
