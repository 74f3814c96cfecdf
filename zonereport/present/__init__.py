"""Charts, tables and sentences of an edition; it never computes a figure."""

from zonereport.present.report import Report

__all__ = ["Report"]
