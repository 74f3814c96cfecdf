"""Every kind of book and every mutant of a form: right or asked, never wrong; docs/imports.md holds the counts.

``ZONEREPORT_WRITE=1 pytest tests/inputs/workbook/test_measured.py`` writes the page anew.
"""

import functools
import os
import resource
import time

import pytest

from zonereport.inputs import load_dictionary

HEAD = """\
# What an import does with the books that offices send

Written by `ZONEREPORT_WRITE=1 pytest tests/inputs/workbook/test_measured.py`, which builds every book with invented
figures, imports it into an empty zone without a mapping or an option, and compares every figure with what is meant.

- *right*: every figure that came in is the one that is meant, and what was left out was said.
- *asked*: nothing was written, and the line says what to type or to confirm.
- *wrong*: a figure came in that is not meant, or one was left out without a word.
"""


@pytest.fixture
def judge(root, tmp_path, judging, monkeypatch):
    """Judge cases with the dictionary read once: no case changes it."""
    read = functools.cache(load_dictionary)
    monkeypatch.setattr("zonereport.inputs.zone.load_dictionary", lambda _: read(root))
    monkeypatch.setattr("zonereport.inputs.workbook.context.load_dictionary", lambda _: read(root))

    def judged(cases):
        return [(case, *judging.judged(case, root, tmp_path)) for case in cases]

    return judged


def wrong(results) -> list[str]:
    """The cases that came out wrong, with what was said."""
    return [f"{case.name}: {said}" for case, verdict, said, _ in results if verdict == "wrong"]


def counted(results) -> list[str]:
    """A line of the page for every kind of case."""
    kinds: dict[str, dict[str, int]] = {}
    for case, verdict, _, _ in results:
        counts = kinds.setdefault(case.kind or "sound", {"right": 0, "asked": 0, "wrong": 0})
        counts[verdict] += 1
    lines = []
    for kind, counts in sorted(kinds.items()):
        lines.append(f"| {kind} | {sum(counts.values())} | {counts['right']} | {counts['asked']} | {counts['wrong']} |")
    return lines


def one_by_one(results) -> list[str]:
    """A line of the page for every case: what it gives, and the first words of what is asked."""
    lines = []
    for case, verdict, said, _ in results:
        words = ""
        if verdict == "asked":
            words = said.split("\n")[0].partition("expected ")[2][:90].replace("|", "/")
        lines.append(f"| {case.kind or 'sound'} | {case.name} | {verdict} | {words} |")
    return lines


TABLE = ["| kind | books | right | asked | wrong |", "|---|---|---|---|---|"]


def page(offices, clerks, spellings, mutants, seconds: float) -> list[str]:
    """The lines of docs/imports.md."""
    layouts = [one for one in offices if one[0].kind == "layout"]
    slowest = max(took for *_, took in (*offices, *clerks, *spellings, *mutants))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    count = len(offices) + len(clerks) + len(spellings) + len(mutants)
    lines = HEAD.splitlines()
    lines += ["", f"## {len(offices)} books as offices make them", ""]
    lines += ["| kind | book | result | asked for |", "|---|---|---|---|", *one_by_one(offices)]
    lines += ["", f"## {len(clerks)} more, written before it was known how they are read", ""]
    lines += ["| kind | book | result | asked for |", "|---|---|---|---|", *one_by_one(clerks)]
    lines += ["", f"## {len(spellings)} spellings of a period in a title", "", *TABLE, *counted(spellings)]
    lines += ["", "Asked are the ones that cannot be read whole: a month 13, a range from February, two years, 2022.1."]
    lines += ["", f"## {len(mutants)} mutants of filled forms", ""]
    lines += ["One thing is changed in a form: a word of a header or a label, the period, a figure's cell, a unit."]
    lines += ["", *TABLE, *counted(mutants)]
    lines += ["", "## Layouts of real files, rebuilt", "", "| layout | imports | hand edits |", "|---|---|---|"]
    for case, verdict, _, _ in layouts:
        lines.append(f"| {case.name} | {'1' if verdict == 'right' else '2'} | 0 |")
    lines += ["", "## Time and memory", ""]
    lines += [f"{count} imports in {seconds:.0f} s on a loaded machine of two cores, the slowest {slowest:.1f} s;"]
    lines += [f"the process at most {memory} MB, Python, pandas and the tests included."]
    return lines


def test_every_book_and_every_mutant_is_right_or_asked(root, cases, clerks, judge):
    began = time.perf_counter()
    offices = judge(cases.office_cases())
    spellings = judge(cases.spelling_cases())
    of_clerks = judge(clerks.clerks_cases(cases))
    mutants = judge(cases.mutants())
    assert wrong([*offices, *of_clerks, *spellings, *mutants]) == []
    assert len(mutants) >= 300
    # what must come in is not asked for
    needless = [case.name for case, verdict, _, _ in (*offices, *spellings) if verdict == "asked" and not case.asks]
    assert needless == []
    asked = {case.name for case, verdict, _, _ in of_clerks if verdict == "asked" and not case.asks}
    assert asked == clerks.MAY_BE_ASKED
    path = root / "docs" / "imports.md"
    lines = page(offices, of_clerks, spellings, mutants, time.perf_counter() - began)
    if os.environ.get("ZONEREPORT_WRITE"):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    written = path.read_text(encoding="utf-8")
    stable = lines[: lines.index("## Time and memory")]
    assert [line for line in stable if line not in written] == []
