"""Charts, tables and sentences of an edition; it never computes a figure."""

from zonereport.present.opening import open_report
from zonereport.present.report import Report

__all__ = ["Report", "open_report"]
