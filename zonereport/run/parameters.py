"""Notebook parameters, stricter than papermill, which runs on with a misspelt name or an ill-typed value.

A parameters cell is a list of literals, each with what it is behind it; ``one of`` says which values there are::

    zone = "yizheng"  # folder in data/
    period = "2022"  # 2022, 2022-11, 2022Q3 …
    depth = "all"  # one of "all", "brief": how much is told
"""

import ast
import io
import json
import math
import re
import tokenize
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zonereport.run.catalogue import suggestion
from zonereport.run.errors import ParameterError

# papermill's own tag: it puts the given values behind this cell
TAG = "parameters"
CHOICES = re.compile(r"one of (.+?)(?::\s|$)")


@dataclass(frozen=True)
class Parameter:
    """A declared parameter: its default decides its type; ``help`` is the comment behind it.

    ``choices`` are the only values allowed; empty where any of the type will do.
    """

    name: str
    default: str | int | float | bool | None
    help: str = ""
    choices: tuple[str | int | float | bool | None, ...] = ()

    @property
    def type(self) -> str:
        """The name of the type: str, int, float, bool, or ``str or None`` where the default is None."""
        return "str or None" if self.default is None else type(self.default).__name__

    def accepts(self, value: object) -> bool:
        """Tell whether ``value`` has the declared type; True is no int, 3 will do for a float.

        >>> Parameter("top", 10).accepts(True), Parameter("share", 0.5).accepts(1)
        (False, True)
        """
        if self.default is None:
            return value is None or isinstance(value, str)
        # to Python True is 1
        if isinstance(self.default, bool) or isinstance(value, bool):
            return isinstance(self.default, bool) and isinstance(value, bool)
        if isinstance(self.default, float):
            return isinstance(value, int | float) and math.isfinite(value)
        return isinstance(value, type(self.default))

    def fault(self, value: object) -> str:
        """Say what is wrong with a value; empty where nothing is.

        >>> Parameter("depth", "all", choices=("all", "brief")).fault("brie")
        "parameter depth: 'brie' is not allowed; did you mean brief?"
        """
        if not self.accepts(value):
            return f"parameter {self.name}: {value!r} is no {self.type}"
        if self.choices and value not in self.choices:
            return f"parameter {self.name}: {value!r} is not allowed; {suggestion(str(value), _texts(self.choices))}"
        return ""

    def read(self, text: str) -> str | int | float | bool:
        """Turn text from a command line into a value of the declared type.

        >>> Parameter("period", "2022").read("202609"), Parameter("top", 10).read("03")
        ('202609', 3)

        Raises ValueError where it is no such value.
        """
        if self.default is None or isinstance(self.default, str):
            return text
        if isinstance(self.default, bool):
            # Python would take any text but the empty one for true
            values = {"true": True, "false": False}
            if text.lower() not in values:
                raise ValueError(text)
            return values[text.lower()]
        # Python's own reading lets 1_000, nan and full-width digits pass
        if not re.fullmatch(r"[+-]?(\d+|\d*\.\d+|\d+\.)([eE][+-]?\d+)?", text, re.ASCII):
            raise ValueError(text)
        return type(self.default)(text)


def declared(notebook: Path) -> dict[str, Parameter]:
    """Read the parameters that a notebook declares, by name, in their order.

    Raises ParameterError, a line for each fault, where the notebook cannot be read, has not exactly one
    cell tagged ``parameters``, or where that cell holds anything but ``name = literal``.
    """
    notebook = Path(notebook)
    source = _parameters_cell(notebook)
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise ParameterError(f"{notebook.name}: parameters cell, line {error.lineno}: {error.msg}") from None
    comments = {}
    # the syntax tree knows no comments
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            comments[token.start[0]] = token.string.lstrip("# ").rstrip()
    found, faults = {}, []
    for statement in statements:
        try:
            parameter = _parameter(statement, comments.get(statement.end_lineno, ""))
            if parameter.name in found:
                raise ValueError(f"{parameter.name} is assigned twice")
            found[parameter.name] = parameter
        except ValueError as error:
            faults.append(f"{notebook.name}: parameters cell, line {statement.lineno}: {error}")
    if faults:
        raise ParameterError(*faults)
    return found


def check(notebook: Path, given: Mapping[str, object]) -> None:
    """Refuse parameters that a notebook does not declare, or declares with another type.

    Raises ParameterError with all faults, a line each.
    """
    known = declared(notebook)
    faults = []
    for name, value in given.items():
        fault = known[name].fault(value) if name in known else _unknown(name, known)
        if fault:
            faults.append(f"{Path(notebook).name}: {fault}")
    if faults:
        raise ParameterError(*faults)


def share(
    notebooks: Sequence[Path], given: Mapping[str, object], *, required: Iterable[str] = ()
) -> list[dict[str, object]]:
    """Share the parameters of a book among its chapters: each gets those that it declares.

    A parameter must be declared by at least one chapter, the ``required`` ones by every chapter, else a
    chapter would quietly report its default. Raises ParameterError with the faults of all chapters.
    """
    read, faults = _all_declared(notebooks)
    shares, known = [], {}
    for notebook, own in read:
        known |= own
        faults += [f"{notebook.name}: does not declare {name}" for name in required if name not in own]
        shares.append({name: value for name, value in given.items() if name in own})
        try:
            check(notebook, shares[-1])
        except ParameterError as error:
            faults += error.faults
    # with an unreadable chapter nobody can say which names are unknown
    if len(shares) == len(notebooks):
        faults += [_unknown(name, known) for name in given if name not in known and name not in required]
    if faults:
        raise ParameterError(*faults)
    return shares


def declared_in(notebooks: Iterable[Path]) -> dict[str, Parameter]:
    """Read the parameters of all chapters of a book; the first chapter to declare one decides.

    Raises ParameterError with the faults of all chapters, two types for one name included.
    """
    found, (read, faults) = {}, _all_declared(notebooks)
    for notebook, own in read:
        for name, parameter in own.items():
            first = found.setdefault(name, parameter)
            if first.type != parameter.type:
                faults.append(f"{notebook.name}: {name} is {parameter.type} here, {first.type} before")
    if faults:
        raise ParameterError(*faults)
    return found


def parse_assignments(assignments: Iterable[str], known: Mapping[str, Parameter]) -> dict[str, object]:
    """Read ``name=value`` arguments by the types declared; text stays the text it is.

    >>> parse_assignments(["park=03"], {"park": Parameter("park", "")})
    {'park': '03'}

    Raises ParameterError with all faults: no ``=``, an unknown name, a name given twice, no such value.
    """
    values, faults = {}, []
    for assignment in assignments:
        # a value may hold another =
        name, equals, text = assignment.partition("=")
        if not equals:
            faults.append(f"{assignment!r} is no name=value")
        elif name not in known:
            faults.append(_unknown(name, known))
        elif name in values:
            faults.append(f"parameter {name} is given twice")
        else:
            try:
                values[name] = known[name].read(text)
            except ValueError:
                faults.append(f"parameter {name}: {text!r} is no {known[name].type}")
    if faults:
        raise ParameterError(*faults)
    return values


def _all_declared(notebooks: Iterable[Path]) -> tuple[list[tuple[Path, dict[str, Parameter]]], list[str]]:
    """The parameters of each notebook that can be read, and the faults of the others."""
    found, faults = [], []
    for notebook in notebooks:
        try:
            found.append((notebook, declared(notebook)))
        except ParameterError as error:
            faults += error.faults
    return found, faults


def _unknown(name: str, known: Mapping[str, Parameter]) -> str:
    return f"no parameter {name}; {suggestion(name, list(known))}"


def _parameters_cell(notebook: Path) -> str:
    """Return the source of the one parameters cell of a notebook file."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if TAG in cell.get("metadata", {}).get("tags", [])]
        sources = ["".join(cell["source"]) for cell in tagged if cell["cell_type"] == "code"]
    except OSError as error:
        raise ParameterError(f"{notebook.name}: cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ParameterError(f"{notebook.name}: is no notebook (no valid JSON with cells)") from None
    if len(sources) != 1 or len(tagged) != 1:
        wanted = "needs one code cell tagged parameters"
        raise ParameterError(f"{notebook.name}: {wanted}, has {len(sources)}")
    return sources[0]


def _parameter(statement: ast.stmt, comment: str) -> Parameter:
    # both ways to write it in a notebook: with a type, and without one
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            pass
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            pass
        case _:
            raise ValueError("only name = literal may stand here")
    try:
        # read, never run: a default is looked at before anybody has agreed to run the notebook
        default = ast.literal_eval(value)
    except ValueError:
        raise ValueError(f"the default of {name} is no literal") from None
    if not isinstance(default, str | int | float | bool | None):
        raise ValueError(f"{name} is a {type(default).__name__}; only str, int, float, bool and None will do")
    parameter = Parameter(name, default, comment, _choices(name, comment))
    # a default that its own comment does not allow is a slip of the author
    for value in (default, *parameter.choices):
        if fault := parameter.fault(value):
            raise ValueError(fault)
    return parameter


def _choices(name: str, comment: str) -> tuple:
    """The values that a comment allows: ``one of "all", "brief"``, and maybe a colon and words behind them."""
    found = CHOICES.match(comment)
    if not found:
        return ()
    try:
        values = ast.literal_eval(f"({found[1]},)")
    except (ValueError, SyntaxError):
        raise ValueError(f"{name}: expected literals behind one of, not {found[1]}") from None
    return values


def _texts(values: Iterable[object]) -> list[str]:
    return [str(value) for value in values]
