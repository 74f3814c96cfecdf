"""Rows of tables as texts: which say the same, what is different, how a figure is said in words."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from zonereport.inputs.faults import Refused
from zonereport.inputs.period import Period
from zonereport.inputs.units import Unit, convert

# cells that belong together: a new first one brings the others, empty or not
BUNDLES = (("value", "unit", "qualifier"), ("growth_pct",), ("rank", "rank_of"))
WORDS = ("growth_basis", "locator", "note")


def figure_key(cells: Mapping[str, str]) -> tuple[str, str, str]:
    """Return period, code and park: what a figure is of, whenever it was received."""
    return canonical(cells.get("period", ""), "period"), cells.get("code", ""), cells.get("park", "")


def canonical(text: str, column: str) -> str:
    """Return the text of a key as it is compared: a period in its own form, any other text as it is."""
    try:
        if column == "period":
            return str(Period.parse(text))
        return text
    except Refused:
        return text


def overlaid(old: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
    """The row that stands, with what the record says: an empty cell takes nothing away."""
    new = dict(old)
    for bundle in BUNDLES:
        if cells.get(bundle[0]):
            new |= {name: cells.get(name, "") for name in bundle}
    if cells.get("qualifier"):
        new["qualifier"] = cells["qualifier"]
    new |= {name: text for name, text in cells.items() if name in old and text and name not in sum(BUNDLES, ())}
    new["unit"] = new["unit"] or cells.get("unit", "")
    new["park"] = cells.get("park", "")
    return new


def same_figure(old: Mapping[str, str], new: Mapping[str, str], units) -> bool:
    """Whether two rows have one figure: value, growth and rank, whatever the unit."""
    return all(same(old, new, name, units) for name in ("value", "growth_pct", "rank", "rank_of", "qualifier"))


def same(one: Mapping[str, str], other: Mapping[str, str], name: str, units: dict[str, Unit]) -> bool:
    """Whether a column of two rows says one thing; values may be in two units."""
    a, b = one.get(name, ""), other.get(name, "")
    if same_text(a, b) and (name != "value" or not a or one.get("unit") == other.get("unit")):
        return True
    if name != "value" or not one.get("unit") or not other.get("unit"):
        return False
    try:
        return convert(float(b), other["unit"], one["unit"], units) == float(a)
    except (ValueError, OverflowError):
        return False


def alike(new: str, old: str, kind: str) -> bool:
    """Whether a cell says what stands: a name typed with brackets of another width is no change of the name."""
    if kind in ("number", "count"):
        return same_text(new, old)
    if kind in ("name", "text") and old:
        return unicodedata.normalize("NFKC", new) == unicodedata.normalize("NFKC", old)
    return new == old


def same_text(a: str, b: str) -> bool:
    """Whether two texts are equal, or are one number."""
    if a == b:
        return True
    try:
        return bool(a and b) and Decimal(a) == Decimal(b)
    except InvalidOperation:
        return False


def in_words(row: Mapping[str, str]) -> str:
    """Return the figure of a row in a few words."""
    words = ""
    if row.get("value"):
        words = f"{row.get('value', '')} {row.get('unit', '')}"
    more = [f"{name} {row[name]}" for name in ("growth_pct", "rank", "qualifier") if row.get(name)]
    return ", ".join(filter(None, [words, *more]))


def difference(old: Mapping[str, str], new: Mapping[str, str], units) -> tuple[str, str]:
    """Return what two rows of a figure have different, each in words."""
    names = [n for n in ("value", "growth_pct", "rank", "rank_of", "qualifier") if not same(old, new, n, units)]
    keep = {*names, "unit"}
    texts = [in_words({name: row[name] for name in keep}) for row in (old, new)]
    return texts[0], texts[1]
