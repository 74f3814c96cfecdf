"""From executed notebooks to one HTML page and one PDF, through nbconvert.

The names are loaded when first asked for, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "AnnexExporter": "exporters",
    "PublishError": "errors",
    "ReportHTMLExporter": "exporters",
    "ReportPDFExporter": "exporters",
    "ReportWordExporter": "exporters",
    "SlidesExporter": "exporters",
    "assemble": "book",
    "warm": "exporters",
}
__all__ = [
    "AnnexExporter",
    "PublishError",
    "ReportHTMLExporter",
    "ReportPDFExporter",
    "ReportWordExporter",
    "SlidesExporter",
    "assemble",
    "warm",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
