"""The chapters that the annex gathers gaps and limits from: their packages, in the order of the book."""

from collections.abc import Iterator
from types import ModuleType

from zonereport.present import enterprises, goals, governance, indicators, innovation, overview, places, projects
from zonereport.present.exhibit import EXHIBITS, Exhibit
from zonereport.present.report import Report

# the brief shows exhibits of the chapters again and has nothing of its own to ask for
PACKAGES: dict[str, ModuleType] = {
    "总览": overview,
    "主要指标": indicators,
    "产业项目": projects,
    "企业培育": enterprises,
    "改革创新": innovation,
    "功能提升": places,
    "综合治理": governance,
    "国创与展望": goals,
}


def exhibits(report: Report) -> Iterator[Exhibit]:
    """Yield what each exhibit of the chapters shows of the report, in their order; one that fails is left out."""
    chapters = [package.__name__.rpartition(".")[2] for package in PACKAGES.values()]
    known = [name for name in EXHIBITS if name.partition(".")[0] in chapters]
    # by the order of the book, not by that in which modules happen to import each other
    for name in sorted(known, key=lambda name: chapters.index(name.partition(".")[0])):
        function = EXHIBITS[name]
        try:
            # without the decorator, which would write the traceback into the log a second time
            yield function.__wrapped__(report)
        except Exception:
            # the chapter of the exhibit shows and logs that it failed
            continue
