"""Write docs/methodology.md: ``python -m tools.methodology``, or ``make docs``.

The frame of the page is tools/methodology.md. Every measure comes from data/dictionary/measures.csv, every reason from
the words that the report prints for it.
"""

import re
from pathlib import Path

import pandas as pd

from zonereport.inputs import load_dictionary
from zonereport.inputs.paths import find_root
from zonereport.present.kit.labels import REASONS

# a measure whose unit is that of its indicator
OWN, OWN_ZH, NO_UNIT = "own", "指标的单位", "—"


def page(root: Path) -> str:
    """Return the whole page. Raises ValueError for a topic of measures.csv that the frame has no place for."""
    measures = load_dictionary(root).measures
    frame = (root / "tools" / "methodology.md").read_text(encoding="utf-8")
    shown: set[str] = set()

    def filled(place: re.Match[str]) -> str:
        topics = place[1].split(", ")
        shown.update(topics)
        rows = measures[measures["topic"].isin(topics)]
        return "\n\n".join(entry(name, row) for name, row in rows.iterrows())

    text = re.sub(r"\{measures of ([\w, ]+)\}", filled, frame)
    left = set(measures["topic"]) - shown
    if left:
        raise ValueError(f"tools/methodology.md has no place for {', '.join(sorted(left))}")
    return text.replace("{reasons}", reasons())


def entry(name: str, row: pd.Series) -> str:
    """Return the paragraph of a measure: names, code and unit, formula, what it says in both languages."""
    unit = {OWN: OWN_ZH, "": NO_UNIT}.get(row["unit"], row["unit"])
    lines = [f"**{row['name_zh']} · {row['name_en']}** (`{name}`, {unit})"]
    lines += [f"<br>{row[column]}" for column in ("formula", "explain_zh", "explain_en") if row[column]]
    return "\n".join(lines)


def reasons() -> str:
    """Return a row of the table for every reason why a figure is missing, in the order of the codes."""
    return "\n".join(f"| `{code}` | {words} |" for code, words in sorted(REASONS.items()))


def main() -> None:
    """Write the page."""
    root = find_root()
    path = root / "docs" / "methodology.md"
    path.write_text(page(root), encoding="utf-8", newline="\n")
    print(path)


if __name__ == "__main__":
    main()
