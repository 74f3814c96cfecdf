"""The charts of the brief: those of the chapters, whose sources the brief names once, at its end."""

import re
from dataclasses import replace

from zonereport.present import enterprises, goals, indicators, overview, projects
from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.report import Report

# what ``kit.sources.foot`` writes
SOURCE = re.compile("资料来源：[^。]*。")


@exhibit
def trend(report: Report) -> Exhibit:
    """Show the growth of the core indicators month by month."""
    return _without_source(overview.months(report))


@exhibit
def completion(report: Report) -> Exhibit:
    """Show how far the year's targets are met, or are expected to be."""
    return _without_source(goals.completion(report))


@exhibit
def parks(report: Report) -> Exhibit:
    """Show which park pulls the growth of which indicator."""
    return _without_source(indicators.pulls(report))


@exhibit
def stages(report: Report) -> Exhibit:
    """Show in which stage the projects are."""
    return _without_source(projects.stages(report))


@exhibit
def ladder(report: Report) -> Exhibit:
    """Show how many enterprises stepped up in the period."""
    return _without_source(enterprises.ladder(report))


def _without_source(shown: Exhibit) -> Exhibit:
    """Return an exhibit of a chapter without the foot that names its sources."""
    return replace(shown, note=SOURCE.sub("", shown.note))
