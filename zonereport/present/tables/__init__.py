"""Styler tables of an edition; every cell is text that the sentences print too."""

from zonereport.present.tables.annex import by_field, objects, projects
from zonereport.present.tables.enterprises import honours, ladder
from zonereport.present.tables.goals import goal_criteria, goal_documents
from zonereport.present.tables.governance import governance_counts, governance_parks
from zonereport.present.tables.indicators import core, missing, ratios
from zonereport.present.tables.outlook import matters, task_list, year_end
from zonereport.present.tables.overview import changed, leaders
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
    "core",
    "goal_criteria",
    "goal_documents",
    "governance_counts",
    "governance_parks",
    "honours",
    "ladder",
    "leaders",
    "matters",
    "missing",
    "objects",
    "project_behind",
    "project_cohorts",
    "project_next",
    "project_stalled",
    "project_tiers",
    "projects",
    "ratios",
    "task_list",
    "year_end",
]
