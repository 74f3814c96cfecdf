"""The chapters that the annex gathers gaps and limits from: their packages, in the order of the book."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from zonereport.present.exhibit import EXHIBITS, Exhibit
from zonereport.present.report import Report

# the brief shows exhibits of the chapters again and has nothing of its own to ask for
CHAPTERS = {
    "overview": "总览",
    "indicators": "指标分析",
    "projects": "产业项目",
    "enterprises": "企业培育",
    "innovation": "改革创新",
    "places": "功能提升",
    "governance": "综合治理",
    "goals": "国创与展望",
}


def packages() -> dict[str, ModuleType]:
    """Return the packages of the chapters by the Chinese name of each."""
    return {
        title: import_module(f"zonereport.present.{name}")
        for name, title in CHAPTERS.items()
        if find_spec(f"zonereport.present.{name}")
    }


def exhibits(report: Report) -> Iterator[Exhibit]:
    """Yield what each exhibit of the chapters shows of the report; one that fails is left out."""
    packages()
    for name, function in list(EXHIBITS.items()):
        if name.partition(".")[0] not in CHAPTERS:
            continue
        try:
            # without the decorator, which would write the traceback into the log a second time
            yield function.__wrapped__(report)
        except Exception:
            # the chapter of the exhibit shows and logs that it failed
            continue
