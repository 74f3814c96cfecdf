"""An analyst's own words beside an exhibit: what they rest on, and whether that is still so."""

import hashlib
import re

from zonereport.inputs.analyst_words import CAUSE, NEXT, Words
from zonereport.present.kit.prose import prose_html

LABEL = "分析意见"
_NUMBER = re.compile(r"[-−]?\d[\d,.]*%?")


def fingerprint(claim: str, printed: str) -> str:
    """Return the fingerprint of what an exhibit says: its claim, and the figures of everything that it prints.

    Figures only: another wording of a table's head is no other finding.

    >>> fingerprint("增长", "一月 5.0%") == fingerprint("增长", "1月内 5.0%"), len(fingerprint("", ""))
    (False, 12)
    >>> fingerprint("增长", "各月 5.0%") == fingerprint("增长", "每月 5.0%")
    True
    """
    content = "\n".join([claim, *_NUMBER.findall(printed)])
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def has_changed(words: Words, claim: str, basis: str) -> bool:
    """Return whether what an exhibit says is no longer what it said when the words were written."""
    if words.basis:
        return words.basis != basis
    # somebody has noted the sentence by hand
    return bool(words.claim) and words.claim != claim


def words_text(words: Words, *, changed: bool) -> str:
    """Return the words in the small prose format, a head before each, and behind them that their figures changed."""
    lines = []
    for head, text in ((CAUSE, words.cause), (NEXT, words.next)):
        if not text:
            continue
        # a list stands below its head, a sentence behind it
        if text.startswith(("- ", "1. ", "**")):
            lines.append(f"**{head}**：\n{text}")
        else:
            lines.append(f"**{head}**：{text}")
    if changed and words.claim:
        lines.append(f"依据的数字已变：写作时为“{words.claim.rstrip('。')}”，请复核。")
    elif changed:
        lines.append("依据的数字已变，与写作时不同，请复核。")
    return "\n".join(lines)


def words_html(words: Words, *, changed: bool) -> str:
    """Return the words as HTML, every character of them escaped."""
    return prose_html(words_text(words, changed=changed))
