"""What can be wrong with an edition that is to be issued, compared or verified."""

from zonereport.run.errors import RunError


class EditionError(RunError):
    """An edition cannot be checked, issued or compared as it is; nothing was written."""
