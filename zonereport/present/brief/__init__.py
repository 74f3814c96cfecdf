"""The brief: what is handed in to the leaders, on four pages at most."""

from zonereport.present.brief.charts import completion, ladder, parks, stages, trend
from zonereport.present.brief.core import core
from zonereport.present.brief.judgement import judgement
from zonereport.present.brief.masthead import masthead
from zonereport.present.brief.next_steps import next_steps
from zonereport.present.brief.sides import strengths, worries
from zonereport.present.brief.sources import sources

__all__ = [
    "completion",
    "core",
    "judgement",
    "ladder",
    "masthead",
    "next_steps",
    "parks",
    "sources",
    "stages",
    "strengths",
    "trend",
    "worries",
]
