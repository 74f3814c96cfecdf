"""The annex: what has come in, what changed, what is missing, published figures, their limits, sources."""

from zonereport.present.annex.changes import changes
from zonereport.present.annex.figures import figures
from zonereport.present.annex.limits import limits
from zonereport.present.annex.missing import missing
from zonereport.present.annex.named import named
from zonereport.present.annex.received import received
from zonereport.present.annex.sources import sources

__all__ = ["changes", "figures", "limits", "missing", "named", "received", "sources"]
