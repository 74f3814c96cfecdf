"""The annex: what is missing and whom to ask, every published figure, what figures do not say, all sources."""

from zonereport.present.annex.figures import figures
from zonereport.present.annex.limits import limits
from zonereport.present.annex.missing import missing
from zonereport.present.annex.named import named
from zonereport.present.annex.sources import sources

__all__ = ["figures", "limits", "missing", "named", "sources"]
