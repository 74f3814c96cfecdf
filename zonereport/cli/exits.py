"""Exit codes, and which error leads to which.

0 done; 1 refused, the command, a parameter or the data is not sound; 2 published, but an exhibit failed and stands as a
framed note; 3 nothing published, the earlier report is as it was; 130 interrupted.
"""

from zonereport.disk import journal
from zonereport.disk.locks import Busy

# whether it was tried in vain, or not tried at all
STATES = {True: "failed", False: "refused"}
OK, REFUSED, DEGRADED, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
STATUSES = {"done": OK, "reused": OK, "refused": REFUSED, "degraded": DEGRADED, "failed": FAILED}
EXIT_CODES = """\b
Exit codes: 0 done; 1 refused: the command, a parameter or the data is not sound;
2 published with a failed chapter; 3 nothing published, the earlier report stands;
130 interrupted."""


def judged(error: Exception) -> tuple[str, str]:
    """Whether what was asked for is refused or has failed, and why in plain words."""
    from zonereport.inputs import Refused
    from zonereport.publish.errors import PublishError
    from zonereport.run.errors import BuildError, EditionBusy, RunError

    if isinstance(error, Busy):
        return "failed", f"{error}: held by another command"
    if isinstance(error, journal.Unsettled):
        return "failed", str(error)
    failed = isinstance(error, BuildError | EditionBusy | PublishError)
    if isinstance(error, Refused | RunError | PublishError):
        return STATES[failed], str(error)
    return "failed", f"{type(error).__name__}: {' '.join(str(error).split())} (--debug shows where)"
