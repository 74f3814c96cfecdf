"""What the exhibits of a period say: where presenting meets the commands that work on an analyst's words."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from zonereport.inputs.analyst_words import FOLDER, Words
from zonereport.inputs.faults import Fault, Refused
from zonereport.inputs.period import Period
from zonereport.inputs.zone import Zone
from zonereport.metrics import measures_and_details
from zonereport.present.exhibit import EXHIBITS
from zonereport.present.explain import Node
from zonereport.present.kit.said import has_changed
from zonereport.present.known import UnknownName, what_is_shown
from zonereport.present.opening import open_report
from zonereport.present.report import Report

# texts that say nothing which an analyst would comment on: what sources state, what limits figures, what is to be done
_PLAIN = ("prose", "notice", "front", "failed", "gap")
# a brief and a summary show again what the chapters show; the annex walks all of them
_WITHOUT = ("brief.", "summary.", "annex.")
_CALL = re.compile(r"\b([a-z_]+\.[a-z_]+)\(report")


@dataclass(frozen=True)
class Shown:
    """What an exhibit says in a period: its caption, its claim, the fingerprint of its figures, and what it is."""

    name: str
    caption: str
    claim: str
    basis: str
    kind: str


def names() -> list[str]:
    """Return the names of all exhibits."""
    return what_is_shown()["name"].tolist()


def names_of_chapters() -> list[str]:
    """Return the names of the exhibits that an analyst may have something to say on."""
    return [name for name in names() if not name.startswith(_WITHOUT)]


def shown_of(source: Zone, period: str, wanted: Collection[str]) -> dict[str, Shown]:
    """Return what the exhibits ``wanted`` say of a period, by name; charts are not drawn.

    One that fails is left out. Raises Refused for a period without figures.
    """
    report = Report(source, *measures_and_details(source, period=period, park=""))
    found = {}
    for name in wanted:
        try:
            # without the decorator, which would write the traceback into a log
            made = EXHIBITS[name].__wrapped__(report)
        except Exception:
            # its chapter shows and logs that it failed
            continue
        caption = made.caption
        if not caption and made.kind == "verdict":
            caption = "本章要点"
        found[name] = Shown(name, caption, made.claim, made.basis, made.kind)
    return found


def with_skeleton(
    entries: tuple[Words, ...], shown: dict[str, Shown], order: list[str], accepted: set[str]
) -> tuple[list[Words], list[Words]]:
    """Return the entries of a file of words, with one for every chart, table and verdict, and those that have changed.

    What an analyst has written stays as it is, and so does the claim beneath it, unless its name is in ``accepted``:
    only then the words rest on the figures of today. Entries come in the order of ``order``, all others at the end.
    """
    known = {entry.name: entry for entry in entries}
    wanted = [name for name in order if name in shown and not name.startswith(_WITHOUT)]
    wanted = [name for name in wanted if shown[name].kind not in _PLAIN]
    made, changed = [], []
    for name in dict.fromkeys([*wanted, *known]):
        entry = known.get(name, Words(name))
        now = shown.get(name)
        # of an exhibit that is gone, or has nothing to show, the words stay all the same
        if now is None or now.kind == "gap":
            if entry.written:
                made.append(entry)
            continue
        first = entry.written and not (entry.claim or entry.basis)
        if not entry.written or first or name in accepted:
            entry = Words(name, now.caption, _one_line(now.claim), now.basis, entry.cause, entry.next)
        elif has_changed(entry, now.claim, now.basis):
            changed.append(entry)
        made.append(entry)
    return made, changed


def order_in(folder: Path) -> list[str]:
    """Return the names of exhibits in the order in which the notebooks of a folder show them."""
    found: dict[str, None] = {}
    for path in sorted(folder.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            found |= dict.fromkeys(_CALL.findall("".join(cell["source"])))
    return list(found)


def faults_of_words(source: Zone) -> list[Fault]:
    """Return the faults of a zone's words: names of no exhibit, and warnings of the latest period that has any.

    A warning says that the figures beneath some words have changed, or that their exhibit shows nothing.
    """
    written = {period: [entry for entry in entries if entry.written] for period, entries in source.words.items()}
    known = names() if source.words else []
    faults = []
    for period, entries in source.words.items():
        for entry in entries:
            if entry.name not in known:
                close = get_close_matches(entry.name, known, n=1, cutoff=0.5)
                expected = f"the name of an exhibit; did you mean {close[0]}?" if close else "the name of an exhibit"
                faults.append(Fault(f"{FOLDER}/{period}.md", entry.row, None, entry.name, expected))
    periods = [Period.parse(period) for period, entries in written.items() if entries]
    periods = [period for period in periods if period in source.periods]
    if periods:
        latest = str(max(periods))
        wanted = [entry.name for entry in written[latest] if entry.name in known]
        faults += _warnings(written[latest], shown_of(source, latest, wanted), f"{FOLDER}/{latest}.md")
    return faults


def _warnings(entries: list[Words], shown: dict[str, Shown], file: str) -> list[Fault]:
    warnings = []
    for entry in entries:
        now = shown.get(entry.name)
        if now is None:
            continue
        if now.kind == "gap":
            expected = "an exhibit that has something to show in this period: these words are printed nowhere"
        elif has_changed(entry, now.claim, now.basis):
            expected = f"words on the figures of today ({_one_line(now.claim) or now.caption}): 依据的数字已变"
        else:
            continue
        warnings.append(Fault(file, entry.row, None, entry.name, expected, severity="warning"))
    return warnings


def _one_line(claim: str) -> str:
    """A claim as a quotation holds it, without the marks of a list."""
    return " ".join(claim.replace("**", "").split())


def explained(zone: str, period: str, park: str, code: str, measure: str, rank: int | None) -> Node:
    """Return how a figure came to be as a tree, or what a place takes; ``code`` may be the Chinese name of one.

    Raises Refused for a code, a measure, a period or a park that is none.
    """
    report = open_report(zone, period=period, park=park)
    codes = {name: one for one, name in report.zone.dictionary.indicators["name_zh"].items()}
    try:
        return report.explain(codes.get(code, code), measure, rank=rank)
    except UnknownName as error:
        raise Refused(str(error)) from None
