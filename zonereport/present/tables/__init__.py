"""Styler tables of an edition; every cell is text that the sentences print too."""

from zonereport.present.tables.annex import by_field, objects, projects
from zonereport.present.tables.indicators import core, ratios
from zonereport.present.tables.overview import changed, leaders

__all__ = [
    "by_field",
    "changed",
    "core",
    "leaders",
    "objects",
    "projects",
    "ratios",
]
