"""Advantaged, mid or lagging (巩固优势、提升中游、补强落后): three signals, a memory, and how sure the class is."""

from zonereport.metrics.compare.bands.measures import details

__all__ = ["details"]
