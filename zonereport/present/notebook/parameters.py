"""Plain papermill warns of a parameter that a chapter does not have, and runs on with the default: here it stops."""

import ast
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import pairwise

from zonereport.inputs import Refused

# the first line of the cell that papermill puts behind the parameters
INJECTED = "# Parameters"


class UnknownParameter(Refused):
    """A parameter that the chapter does not declare."""


def check(cells: Sequence[str]) -> None:
    """Compare the cell that papermill injected with the one before it, among the ``cells`` executed so far.

    Raises UnknownParameter, naming the closest one that is declared.

    >>> check(['zone = "demo"\\nperiod = "2022"', '# Parameters\\nperid = "2022-11"\\n'])
    Traceback (most recent call last):
    ...
    zonereport.present.notebook.parameters.UnknownParameter: no parameter perid; did you mean period?
    """
    for declared, injected in pairwise(cells):
        if not injected.startswith(INJECTED):
            continue
        known = assigned(declared)
        for name in assigned(injected):
            if name not in known:
                close = get_close_matches(name, known, n=1)
                hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
                raise UnknownParameter(f"no parameter {name}; {hint}")


def assigned(cell: str) -> list[str]:
    """Return the names that a cell assigns at its top level, in their order; none where it is no Python.

    >>> assigned('zone = "demo"  # folder\\ndepth: str = "all"')
    ['zone', 'depth']
    """
    try:
        statements = ast.parse(cell).body
    except SyntaxError:
        return []
    names = []
    for statement in statements:
        if isinstance(statement, ast.AnnAssign):
            names.append(ast.unparse(statement.target))
        elif isinstance(statement, ast.Assign):
            names += map(ast.unparse, statement.targets)
    return names
