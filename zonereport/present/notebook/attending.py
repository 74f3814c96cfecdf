"""Let the IPython shell of a notebook help an analyst; elsewhere, and in a run, nothing happens."""

import os

from IPython import get_ipython

from zonereport.present.exhibit import RUN
from zonereport.present.notebook import completion, errors, parameters


def attend() -> None:
    """Stop a chapter whose parameters do not exist, then switch on completion and errors of one line.

    Raises UnknownParameter, in a notebook that papermill was given a name for which its parameters cell does not have.
    """
    shell = get_ipython()
    # a run has checked the parameters before it started, and keeps whole tracebacks in its logs
    if shell is None or os.environ.get(RUN):
        return
    errors.shorten(shell)
    parameters.check(shell.user_ns.get("In", []))
    completion.install(shell)
