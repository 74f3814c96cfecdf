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
from zonereport.present.tables.overview import changed, leaders
from zonereport.present.tables.places import place_carriers, place_parks
from zonereport.present.tables.project_lists import (
    project_behind,
    project_cohorts,
    project_next,
    project_stalled,
    project_tiers,
)

__all__ = [
    "by_field",
    "changed",
    "concentration",
    "core",
    "fallers",
    "honours",
    "largest",
    "leaders",
    "near_threshold",
    "objects",
    "on_pace",
    "place_carriers",
    "place_parks",
    "project_behind",
    "project_cohorts",
    "project_next",
    "project_stalled",
    "project_tiers",
    "projects",
    "ratios",
    "renewals",
    "titles",
]
