"""What was imported into a zone, when, from which book, and how it is taken back."""

from zonereport.inputs.history.log import Entry, read_log
from zonereport.inputs.history.undo import Undone, undo

__all__ = ["Entry", "Undone", "read_log", "undo"]
