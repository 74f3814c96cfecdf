"""What can go wrong in a run: one line a fault, no traceback needed to understand it."""

import traceback
from importlib import import_module


class RunError(Exception):
    """Base of every error that ``zonereport.run`` raises on purpose.

    ``str()`` is one line for each fault; ``faults`` holds them one by one.

    >>> RunError("a.yml: no books", "a.yml: unknown key").faults
    ['a.yml: no books', 'a.yml: unknown key']
    """

    def __init__(self, *faults: str):
        super().__init__("\n".join(faults))
        self.faults = list(faults)


class CatalogueError(RunError):
    """``reports.yml`` cannot be used."""


class ParameterError(RunError):
    """A notebook's parameters cell, or what was given for it, cannot be used."""


class EditionBusy(RunError):
    """Another process is building the same edition."""


class BuildError(RunError):
    """No report was made; the earlier one, if any, is as it was."""


def described(error: Exception) -> dict:
    """Describe an exception so that another process can raise it: its classes, its words, where it came from."""
    kinds = [f"{kind.__module__}:{kind.__qualname__}" for kind in type(error).__mro__ if issubclass(kind, Exception)]
    return {"kinds": kinds, "text": str(error), "trace": "".join(traceback.format_exception(error))}


def revived(description: dict) -> Exception:
    """Make the exception that ``described`` describes: of its class, or the nearest base that its words can make.

    >>> revived(described(ValueError("no data")))
    ValueError('no data')
    >>> revived(described(KeyError("park")))
    LookupError("'park'")
    """
    # its own class first, then what it is a kind of: who catches it knows one of them
    for name in description["kinds"]:
        module, _, kind = name.partition(":")
        try:
            error = getattr(import_module(module), kind)(description["text"])
        except Exception:  # a class may ask for anything
            continue
        if str(error) == description["text"]:
            error.add_note(description["trace"])
            return error
    return RunError(description["text"])
