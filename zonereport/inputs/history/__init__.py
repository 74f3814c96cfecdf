"""What was imported into a zone, when, from which book; ``undo`` takes it back."""

from zonereport.inputs.history.log import Entry, read_log

__all__ = ["Entry", "read_log"]
