"""Where the data stands, from wherever a notebook or a command is started."""

import os
from pathlib import Path

from zonereport.inputs.faults import Fault, InputError
from zonereport.language import tr

MARK = Path("data", "dictionary", "indicators.csv")


def find_root() -> Path:
    """Return the project's top folder: the nearest one, upwards, that holds the dictionary.

    ``ZONEREPORT_ROOT`` wins where it is set; then the working folder and its parents (JupyterLab starts in
    notebooks/, papermill wherever it is called), then the checkout that this package was installed from.

    Raises InputError where there is no dictionary to be found.
    """
    named = os.environ.get("ZONEREPORT_ROOT")
    here = Path.cwd()
    starts = [here, *here.parents, Path(__file__).resolve().parents[2]]
    # who names a folder wants that one or an error, not another one that happens to lie above
    if named:
        starts = [Path(named)]
    for folder in starts:
        if (folder / MARK).is_file():
            return folder
    raise InputError(
        [Fault(str(MARK), None, None, None, tr("the indicator dictionary below {folder}", folder=starts[0]))]
    )
