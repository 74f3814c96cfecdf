"""How a zone begins: its description, and the first workbook to fill in."""

from zonereport.inputs.starting.beginning import Answers, begin, named_parks, named_sources

__all__ = ["Answers", "begin", "named_parks", "named_sources"]
