"""How dense the code is, and how much of the printed text grep finds in it: ``python -m tools.measure``.

A room is a folder or module of the package. Counted in each: lines; literal splats (``**{...}`` and ``*(...)`` of a
literal); conditional expressions and comprehensions (generator expressions among them) per 1,000 lines; lines with a
comment in % of all lines; functions that ruff's C901 calls more complex than 10.

A printed sentence is what stands between full stops in a paragraph, caption or note of tests/golden/text; rows of
tables, charts and their texts are not counted. Figures, quoted text and every name of the data (indicators, parks,
firms, projects, sources, units) are struck out of it. The sentence is found if what is left stands in the source, in
one literal of a module, in one cell of a notebook or in one field of a data table, with a placeholder or nothing
wherever something was struck out. A sentence of which nothing is left is not counted. The numbers of figures and
tables are struck out, too; the head of a point, which is set in bold, and its sentence may stand apart in the source;
a list of names, each with or without something in brackets, counts as one name.
"""

import argparse
import ast
import csv
import io
import json
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_COMPLEX = 10
# stands for what was struck out of a sentence, and for a placeholder of the source
HOLE = "□"
# columns of the tables whose cells are names; the words of a sentence are none
NAME_COLUMNS = ("name", "name_zh", "bank", "goal_zh", "publisher", "title", "owner", "aliases")
# tables whose names are those of columns and measures: common words
HEADS = ("tables", "measures")
FIGURE = re.compile(r"[-+−]?\d[\d,.]*(?:[—–~-]\d[\d,.]*)?")
# how a section is numbered is no part of its heading
NUMBERING = re.compile(
    r"^（[一二三四五六七八九十]+）|^[一二三四五六七八九十]+、|^\d+\. |^[图表] ?\d{1,2}?(?=[^\d]|20\d\d年|12个月)"
)
# a figure is printed with its unit and with what its source says of it
UNITS = ("%", "年", "月", "日", "期", "户", "次", "倍", "项", "位", "分", "个百分点", "个月")
BEFORE, AFTER = "预计|累计|约", "以上|以下|以内"
# what joins struck-out parts to a list is struck out with them
ITEM = f"{HOLE}(?:（{HOLE}）)?"
LIST = re.compile(f"{ITEM}(?:[、和及与至—]?{ITEM})*(?:等{HOLE})?")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# fewer characters could stand anywhere
FEWEST_CHARACTERS = 2
# a longer head is a sentence
HEAD_LENGTH = 10


@dataclass
class Density:
    """What was counted in the modules of a room."""

    lines: int = 0
    splats: int = 0
    conditionals: int = 0
    comprehensions: int = 0
    comments: int = 0
    complex_functions: int = 0

    def add(self, other: "Density") -> None:
        """Add the counts of another room."""
        for name, count in vars(other).items():
            setattr(self, name, getattr(self, name) + count)

    def row(self, name: str) -> str:
        """Return the line of the table: counts, and rates per 1,000 lines."""
        per_thousand = 1000 / max(self.lines, 1)
        return (
            f"{name:<14}{self.lines:>8}{self.splats:>8}{self.conditionals * per_thousand:>14.1f}"
            f"{self.comprehensions * per_thousand:>16.1f}{self.comments * per_thousand / 10:>11.1f}"
            f"{self.complex_functions:>8}"
        )


HEAD = (
    f"{'room':<14}{'lines':>8}{'splats':>8}{'conditionals/k':>14}{'comprehensions/k':>16}{'comments %':>11}{'C901':>8}"
)


def density(source: str) -> Density:
    """Return the counts of one module's text, without C901.

    >>> made = density("x = [n for n in (1, 2)]  # why\\ny = {**{'a': 1}}\\nz = 1 if x else 2\\n")
    >>> made.lines, made.splats, made.conditionals, made.comprehensions, made.comments
    (3, 1, 1, 1, 1)
    """
    found = Density(lines=len(source.splitlines()))
    for node in ast.walk(ast.parse(source)):
        found.conditionals += isinstance(node, ast.IfExp)
        found.comprehensions += isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)
        found.splats += _literal_splats(node)
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    found.comments = len({token.start[0] for token in tokens if token.type == tokenize.COMMENT})
    return found


def _literal_splats(node: ast.AST) -> int:
    """Return how many literals a node unpacks at once."""
    if isinstance(node, ast.Starred):
        return isinstance(node.value, ast.Tuple | ast.List | ast.Set)
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return sum(key is None and isinstance(value, ast.Dict) for key, value in pairs)
    if isinstance(node, ast.Call):
        return sum(given.arg is None and isinstance(given.value, ast.Dict) for given in node.keywords)
    return 0


def rooms(package: Path) -> dict[str, Density]:
    """Return the density of each room of the package, in the order of their names."""
    found: dict[str, Density] = {}
    for path in sorted(package.rglob("*.py")):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        found.setdefault(room, Density()).add(density(path.read_text(encoding="utf-8")))
    for path in _complex(package):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        found[room].complex_functions += 1
    return found


def _complex(package: Path) -> Iterator[Path]:
    """Yield the module of every function that is too complex."""
    limit = f"lint.mccabe.max-complexity={MOST_COMPLEX}"
    command = [sys.executable, "-m", "ruff", "check", "--select", "C901", "--config", limit]
    command += ["--output-format", "json", "--exit-zero", "--no-cache", str(package)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    for fault in json.loads(done.stdout):
        yield Path(fault["filename"])


class Text:
    """The source as it is searched: sentences with holes, from modules, notebooks and data."""

    def __init__(self, root: Path) -> None:
        self.names = _names(root)
        self.figures = _figures(root)
        self.whole: set[str] = set()
        # the longest fixed part of each template finds the few that a sentence may come from
        self.templates: dict[str, list[re.Pattern[str]]] = {}
        for text in _sources(root):
            for sentence in sentences(text):
                self._add(self.struck(sentence))

    def _add(self, template: str) -> None:
        fixed = max(template.split(HOLE), key=len)
        if len(CHINESE.findall(fixed)) < FEWEST_CHARACTERS or template in self.whole:
            return
        self.whole.add(template)
        if HOLE in template:
            pattern = re.escape(template).replace(re.escape(HOLE), f"{HOLE}?")
            self.templates.setdefault(fixed, []).append(re.compile(pattern))

    def struck(self, sentence: str) -> str:
        """Return a sentence with its figures, quotations and names struck out."""
        text = re.sub(r"[*\s`]", "", NUMBERING.sub("", sentence))
        text = self.names.sub(HOLE, re.sub(r"[“《][^”》]*[”》]", HOLE, text))
        return LIST.sub(HOLE, self.figures.sub(HOLE, FIGURE.sub(HOLE, text)))

    def has(self, struck: str) -> bool:
        """Return whether one literal of the source holds a struck-out sentence."""
        # the head of a point is a mark of its own: `points` writes it in bold before the sentence
        head, colon, rest = struck.partition("：")
        if colon and head in self.whole and len(head) <= HEAD_LENGTH and self.has(rest):
            return True
        if struck in self.whole:
            return True
        near = (pattern for fixed, patterns in self.templates.items() if fixed in struck for pattern in patterns)
        return any(pattern.fullmatch(struck) for pattern in near)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without their full stops.

    >>> sentences("增长3%。持平\\n\\n下降。")
    ['增长3%', '持平', '下降']
    """
    parts = re.split(r"[。\n]", text)
    return [part.strip() for part in parts if part.strip()]


def _names(root: Path) -> re.Pattern[str]:
    """Return what matches any name of the data, the longest first."""
    found: set[str] = set()
    for path in (root / "data").rglob("*.csv"):
        if path.stem in HEADS:
            continue
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                for column in NAME_COLUMNS:
                    found |= set((row.get(column) or "").split("|"))
    for path in (root / "data").glob("*/zone.yml"):
        found |= set(re.findall(r"(?:name_zh|place_zh|publisher|title): ['\"]?([^'\"\n,}]+)", path.read_text("utf-8")))
        found |= set(re.findall(r"^\s*- ([\u4e00-\u9fff]{2,})$", path.read_text("utf-8"), re.MULTILINE))
    names = sorted(filter(CHINESE.search, found), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def _figures(root: Path) -> re.Pattern[str]:
    """Return what matches a struck-out figure with its unit and qualifier."""
    with (root / "data" / "dictionary" / "units.csv").open(encoding="utf-8-sig", newline="") as stream:
        units = {row["unit"] for row in csv.DictReader(stream)} | set(UNITS)
    words = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    return re.compile(f"(?:{BEFORE})?{HOLE}(?:{words})*(?:{AFTER})?")


def _sources(root: Path) -> Iterator[str]:
    """Yield the literals of the package with holes for placeholders, the cells of notebooks, the fields of data."""
    for path in sorted((root / "zonereport").rglob("*.py")):
        yield from _literals(ast.parse(path.read_text(encoding="utf-8")))
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                yield re.sub(r"^#+ ", "", source, flags=re.MULTILINE)
            else:
                yield from _literals(ast.parse(source))
    for path in sorted((root / "zonereport").rglob("*")):
        if path.suffix in (".j2", ".html", ".typ"):
            yield from re.findall(r"[\u4e00-\u9fff：，、]+", path.read_text("utf-8"))
    for path in (root / "data").rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.reader(stream):
                yield from filter(CHINESE.search, row)


def _literals(tree: ast.AST) -> Iterator[str]:
    """Yield every string of a module, a hole for each placeholder."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value):
            yield re.sub(r"\{\w+\}", HOLE, node.value)
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else HOLE for part in node.values)


def printed(golden: Path, editions: str = "*") -> set[str]:
    """Return every sentence that the golden texts of the ``editions`` print once or more."""
    found: set[str] = set()
    for path in golden.glob(f"{editions}.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if " | " not in line and not line.startswith("["):
                found |= set(sentences(line))
    return found


def found_share(root: Path, editions: str = "*") -> tuple[int, int, list[str]]:
    """Return how many printed sentences are found, how many there are, and those that are not.

    ``editions`` is a pattern of the golden files, such as demo_2022-12_*.
    """
    text = Text(root)
    struck = {text.struck(sentence) for sentence in printed(root / "tests" / "golden" / "text", editions)}
    counted = {sentence for sentence in struck if len(CHINESE.findall(sentence)) >= FEWEST_CHARACTERS}
    missing = sorted(sentence for sentence in counted if not text.has(sentence))
    return len(counted) - len(missing), len(counted), missing


def main() -> None:
    """Print the table of the rooms and the share of sentences that are found."""
    parser = argparse.ArgumentParser(prog="python -m tools.measure", description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project; by default the working folder")
    parser.add_argument("--missing", action="store_true", help="print the sentences that are not found")
    options = parser.parse_args()
    print(HEAD)
    whole = Density()
    for name, room in rooms(options.root / "zonereport").items():
        whole.add(room)
        print(room.row(name))
    print(whole.row("in all"))
    for editions in ("demo_2022-12_*", "*"):
        found, counted, missing = found_share(options.root, editions)
        share = 100 * found / max(counted, 1)
        print(f"printed sentences of {editions} found in one literal: {found} of {counted} ({share:.0f} %)")
    if options.missing:
        print("\n".join(missing))


if __name__ == "__main__":
    main()
