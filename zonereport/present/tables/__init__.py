"""Styler tables of an edition; every cell is text that the sentences print too."""

from zonereport.present.tables.annex import by_field, objects, projects
from zonereport.present.tables.enterprise_lists import (
    concentration,
    fallers,
    largest,
    near_threshold,
    on_pace,
    renewals,
    titles,
)
from zonereport.present.tables.enterprises import honours
from zonereport.present.tables.indicators import core, ratios

__all__ = [
    "by_field",
    "concentration",
    "core",
    "fallers",
    "honours",
    "largest",
    "near_threshold",
    "objects",
    "on_pace",
    "projects",
    "ratios",
    "renewals",
    "titles",
]
