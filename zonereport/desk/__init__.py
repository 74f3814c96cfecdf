"""The analyst's desk in JupyterLab: copies of the chapters to work in, a place to explore, a door for workbooks."""

from importlib import import_module
from typing import Any

# the copies are laid out without the widgets, which take a second to load
_HOME = {"editions": "editions", "explore": "exploring", "door": "handing_in"}
__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    # a module that was imported hides a function of its name
    globals()[name] = value
    return value
