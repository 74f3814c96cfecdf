"""Styler tables of an edition; every cell is text that the sentences print too."""

from zonereport.present.tables.assessment import assessment_scores
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
from zonereport.present.tables.governance import governance_counts, governance_parks
from zonereport.present.tables.indicators import core, missing, next_steps, ratios
from zonereport.present.tables.innovation import density, innovation, innovation_parks, research
from zonereport.present.tables.league import league
from zonereport.present.tables.overview import changed, leaders
from zonereport.present.tables.places import place_carriers, place_parks
from zonereport.present.tables.progress import rest_of_year, year_targets
from zonereport.present.tables.project_lists import (
    project_behind,
    project_cohorts,
    project_next,
    project_stalled,
    project_tiers,
)
from zonereport.present.tables.standing import park_figures, peer_ranks

__all__ = [
    "assessment_scores",
    "changed",
    "concentration",
    "core",
    "density",
    "fallers",
    "governance_counts",
    "governance_parks",
    "honours",
    "innovation",
    "innovation_parks",
    "largest",
    "leaders",
    "league",
    "missing",
    "near_threshold",
    "next_steps",
    "on_pace",
    "park_figures",
    "peer_ranks",
    "place_carriers",
    "place_parks",
    "project_behind",
    "project_cohorts",
    "project_next",
    "project_stalled",
    "project_tiers",
    "ratios",
    "renewals",
    "research",
    "rest_of_year",
    "titles",
    "year_targets",
]
