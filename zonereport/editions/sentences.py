"""What two editions say in words: sentences that only got other figures, and those whose words turned."""

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

# figures with what belongs to them; what is left of a sentence is its judgement
_FIGURE = re.compile(r"[-+−]?\d[\d,.]*(?:%|[—–-]\d+)?")
_END = re.compile(r"(?<=[。；！？\n])")
# two sentences that share so much are one that was reworded
ALIKE = 0.6
SAYING = ("verdict", "prose", "notice")
TURNED, FIGURES, NEW, GONE = "turned", "figures", "new", "gone"


@dataclass(frozen=True)
class Change:
    """A sentence that differs. ``kind``: turned, figures (the same words), new or gone; ``exhibit`` says where."""

    exhibit: str
    kind: str
    before: str
    after: str


def said(folder: Path, chapters: Iterable[str]) -> dict[str, list[str]]:
    """Return the sentences of each exhibit of an edition, from its executed notebooks."""
    found: dict[str, list[str]] = {}
    for stem in chapters:
        notebook = json.loads((folder / "notebooks" / f"{stem}.ipynb").read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            for output in cell.get("outputs", ()):
                about = output.get("metadata", {}).get("zonereport", {})
                if about.get("role") in SAYING:
                    text = "".join(output["data"].get("text/plain", ""))
                    found.setdefault(about.get("name") or stem, []).extend(sentences(text))
    return found


def sentences(text: str) -> list[str]:
    """Part a text into sentences and clauses that end with a semicolon.

    >>> sentences("**总体判断**：税收增长5%；位次第3位。")
    ['总体判断：税收增长5%；', '位次第3位。']
    """
    parts = (part.strip().removeprefix("- ") for part in _END.split(text.replace("**", "")))
    return [part for part in parts if part]


def changes(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> list[Change]:
    """Return the sentences that differ between two editions, exhibit by exhibit, in the order of the later one.

    >>> [(one.kind, one.after) for one in changes({"a": ["进度快于序时2点。"]}, {"a": ["进度慢于序时1点。"]})]
    [('turned', '进度慢于序时1点。')]
    >>> [one.kind for one in changes({"a": ["增长5%。"]}, {"a": ["增长6%。"]})]
    ['figures']
    """
    found = []
    for exhibit in dict.fromkeys([*after, *before]):
        old, new = before.get(exhibit, []), after.get(exhibit, [])
        masks = [[_FIGURE.sub("#", one) for one in side] for side in (old, new)]
        matcher = difflib.SequenceMatcher(None, masks[0], masks[1], autojunk=False)
        for tag, start, end, first, last in matcher.get_opcodes():
            if tag == "equal":
                pairs = zip(old[start:end], new[first:last], strict=True)
                found += [Change(exhibit, FIGURES, one, other) for one, other in pairs if one != other]
            else:
                found += _reworded(exhibit, old[start:end], new[first:last])
    return found


def _reworded(exhibit: str, old: list[str], new: list[str]) -> list[Change]:
    """Pair the sentences that are alike; of the others, some are gone and some are new."""
    found, left = [], list(old)
    for sentence in new:
        close = max(left, key=lambda one: _likeness(one, sentence), default="")
        if close and _likeness(close, sentence) >= ALIKE:
            left.remove(close)
            found.append(Change(exhibit, TURNED, close, sentence))
        else:
            found.append(Change(exhibit, NEW, "", sentence))
    return found + [Change(exhibit, GONE, sentence, "") for sentence in left]


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, _FIGURE.sub("#", one), _FIGURE.sub("#", other), autojunk=False).ratio()
