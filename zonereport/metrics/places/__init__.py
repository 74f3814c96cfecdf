"""Carriers, public works and renewed land: what stands at which stage, how full it is, what a mu brings."""

from zonereport.metrics.places.carriers import details, figures

__all__ = ["details", "figures"]
