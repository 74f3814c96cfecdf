"""Files, the dictionary, periods, units and validation; never formulas or charts.

The names are loaded when first asked for: a period needs no pandas.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "Dictionary": "dictionary",
    "Fault": "faults",
    "InputError": "faults",
    "Period": "period",
    "Refused": "faults",
    "Zone": "model",
    "find_root": "paths",
    "list_zones": "zone",
    "load_dictionary": "dictionary",
    "load_zone": "zone",
    "resolve": "period",
}
__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    # the next one who asks finds the name here
    globals()[name] = value
    return value
