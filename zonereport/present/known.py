"""The names that an analyst may use, and what is said of one that does not exist."""

import html
import pkgutil
from collections.abc import Collection
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import pandas as pd

from zonereport.present.exhibit import EXHIBITS


class UnknownName(LookupError):
    """A code, measure, detail or table that does not exist, with the closest name that does."""


def require(name: str, names: Collection[str], what: str) -> None:
    """Raise UnknownName where ``name`` is none of ``names``; ``what`` says what it should be the name of.

    >>> require("invoiced_sale", {"invoiced_sales": 1}, "code")
    Traceback (most recent call last):
    ...
    zonereport.present.known.UnknownName: no code 'invoiced_sale'; did you mean 'invoiced_sales'?
    """
    if name in names:
        return
    # whoever mistypes a name wants its neighbour, not the list of hundreds
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(sorted(names)[:8])} …"
    raise UnknownName(f"no {what} {name!r}; {hint}")


def card(place: str, period: str, indicators: int, figures: int, details: int) -> str:
    """Return as HTML what a report is of and where to look into it."""
    rows = {
        "对象": place,
        "期间": period,
        "指标": f"{indicators}项，report.indicators() 列出编码与名称",
        "数字": f"{figures}个，report.measures 是明细表",
        "清单": f"{details}份，report.detail(名称) 取一份",
    }
    lines = [f"<tr><th>{head}</th><td>{html.escape(text)}</td></tr>" for head, text in rows.items()]
    return f"<table>{''.join(lines)}</table>"


def what_is_shown() -> pd.DataFrame:
    """Return the exhibits of all chapters: the name as a cell calls it, and what the function says of itself."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        # an exhibit is known once its chapter is imported
        if module.ispkg:
            import_module(f"{package}.{module.name}")
    rows = []
    for name, function in EXHIBITS.items():
        about = (function.__doc__ or "").strip().partition("\n")[0]
        rows.append({"name": name, "about": about})
    return pd.DataFrame(rows, columns=["name", "about"])
