"""The house stands as CONTRIBUTING.md says: imports point one way, modules stay small, names have one home."""

import ast
import importlib.util
from pathlib import Path

import pytest

from zonereport.prepare import WARM
from zonereport.run.server import OWN

# a room may import the rooms named here, and itself
MAY_IMPORT = {
    "disk": {"language"},
    "inputs": {"disk", "fonts", "language"},
    "metrics": {"inputs"},
    "present": {"inputs", "metrics", "fonts", "language"},
    "publish": {"disk", "fonts", "language"},
    "run": {"disk", "publish", "language"},
    "editions": {"disk", "inputs", "publish", "run", "language"},
    "routine": {"disk", "editions", "inputs", "prepare", "publish", "run", "language", "fonts"},
    "prepare": {"disk", "editions", "inputs", "measured", "run", "language"},
    "measured": {"disclosure", "disk", "editions", "inputs", "language", "metrics", "run"},
    "stored": {"inputs", "metrics"},
    "disclosure": {"inputs", "metrics"},
    "shown": {"disk", "inputs", "metrics", "present", "language"},
    "desk": {"disk", "inputs", "metrics", "present", "prepare", "run", "language"},
    "cli": {
        "desk",
        "disk",
        "editions",
        "inputs",
        "language",
        "metrics",
        "prepare",
        "publish",
        "routine",
        "run",
        "shown",
        "stored",
    },
    "fonts": set(),
    "language": set(),
}
# a module of so many clear lines is no smell yet
LONGEST = 340


def modules(root: Path):
    return sorted((root / "zonereport").rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The rooms of zonereport that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("zonereport"):
            parts = node.module.split(".")
            names |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {a.name.split(".")[1] for a in node.names if a.name.startswith("zonereport.")}
    return names - {"__version__"}


def test_imports_point_one_way(root):
    wrong = []
    for path in modules(root):
        room = path.relative_to(root / "zonereport").parts[0].removesuffix(".py")
        if room in MAY_IMPORT:
            wrong += [f"{path.name}: {room} imports {name}" for name in imported(path) - MAY_IMPORT[room] - {room}]
    assert wrong == []


def test_publishing_never_sees_papermill_and_presenting_never_sees_files(root):
    for room, strangers in {"publish": {"papermill", "pandas"}, "present": {"papermill", "nbconvert"}}.items():
        for path in (root / "zonereport" / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not strangers & {name.split(".")[0] for name in names}, f"{path.name} imports {names}"


@pytest.mark.parametrize("name", [name for warm in (OWN, WARM) for names in warm.values() for name in names])
def test_what_a_run_imports_in_advance_is_there(name):
    assert importlib.util.find_spec(name.removesuffix(".*"))


def test_the_stages_that_are_warmed_up_are_those_of_the_server():
    assert set(WARM) <= set(OWN)


def test_modules_are_small(root):
    lines = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(root)}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def name_of(path: Path, root: Path) -> str:
    """The dotted name of a module; that of the folder for an __init__."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def arrows(root: Path) -> dict[str, set[str]]:
    """Which modules of the package each of them imports, anywhere in it."""
    trees = {name_of(path, root): ast.parse(path.read_text(encoding="utf-8")) for path in modules(root)}
    found = {}
    for name, tree in trees.items():
        named = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
                # a name that is a module of its own is no arrow to the folder
                if all(f"{node.module}.{alias.name}" in trees for alias in node.names):
                    named -= {node.module}
            elif isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
        found[name] = named & set(trees) - {name}
    return found


def circles(arrows: dict[str, set[str]]) -> set[str]:
    """The modules that import themselves by way of others: what is left when those without an open arrow go."""
    left = {name: set(ends) for name, ends in arrows.items()}
    while True:
        done = {name for name, ends in left.items() if not ends}
        if not done:
            # of what only leads into a circle, or out of one, only the circle itself counts
            ends = set().union(*left.values())
            idle = set(left) - ends
            if not idle:
                return set(left)
            done = idle
        left = {name: ends - done for name, ends in left.items() if name not in done}


def test_no_two_modules_import_each_other(root):
    assert circles(arrows(root)) == set()


def test_circles_are_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}, "e": set()}) == {"b", "c"}
    assert circles({"a": {"b"}, "b": set()}) == set()


def test_no_import_is_made_for_the_type_checker_alone(root):
    assert [name_of(path, root) for path in modules(root) if "TYPE_CHECKING" in path.read_text(encoding="utf-8")] == []


def test_every_public_function_says_what_it_does(root):
    silent = [
        f"{path.name}: {node.name}"
        for path in modules(root)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and isinstance(node, ast.ClassDef | ast.FunctionDef)
        and node.col_offset == 0
    ]
    assert silent == []


@pytest.mark.parametrize("column", ["code", "name_zh", "name_en"])
def test_a_name_stands_for_one_indicator(root, column):
    import pandas as pd

    names = pd.read_csv(root / "data/dictionary/indicators.csv")[column]
    assert names.is_unique


def test_an_alias_stands_for_one_indicator(root):
    import pandas as pd

    table = pd.read_csv(root / "data/dictionary/indicators.csv", keep_default_na=False)
    names = [*table["name_zh"], *(alias for text in table["aliases"] for alias in text.split("|") if alias)]
    assert len(names) == len(set(names))
