"""What the chapters show of an edition: exhibits, folder by folder as the chapters are; no figure is computed here."""

from zonereport.present.exhibit import Exhibit, Gap, show
from zonereport.present.kit.cover import cover
from zonereport.present.opening import open_report
from zonereport.present.report import Report

__all__ = ["Exhibit", "Gap", "Report", "cover", "open_report", "show"]
