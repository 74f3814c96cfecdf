"""What can go wrong in a run: one line a fault, no traceback needed to understand it."""


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
