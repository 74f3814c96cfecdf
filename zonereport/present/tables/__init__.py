"""Styler tables of an edition; every cell is text that the sentences print too."""

from zonereport.present.tables.annex import by_field, objects, projects
from zonereport.present.tables.indicators import core, ratios

__all__ = [
    "by_field",
    "core",
    "objects",
    "projects",
    "ratios",
]
