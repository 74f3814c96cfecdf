"""The brief: what is handed in to the leaders, on four pages at most."""

from zonereport.present.brief.core import core
from zonereport.present.brief.judgement import judgement
from zonereport.present.brief.masthead import masthead
from zonereport.present.brief.next_steps import next_steps
from zonereport.present.brief.sides import strengths, worries

__all__ = ["core", "judgement", "masthead", "next_steps", "strengths", "worries"]
