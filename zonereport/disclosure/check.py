"""The check of a public edition: no withheld name and no withheld amount in any file, or nothing is published."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from zonereport.disclosure.texts import UnreadableFile, squeezed, text_of

# fewer figures than these are found anywhere by chance
FEWEST_FIGURES = 4
# what amounts are printed in, by the unit that a frame keeps them in, and with how many decimals at most
SCALES = {
    "万元": {"万元": Decimal(1), "亿元": Decimal("0.0001")},
    "亿元": {"亿元": Decimal(1), "万元": Decimal(10_000)},
}
DECIMALS = (0, 1, 2)
# an amount where a number ends: 1886万元 is not the end of 21886万元
NUMBER = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+(?!\d)|\d+)(\.\d+)?\s?(万元|亿元)?")


@dataclass(frozen=True)
class Checked:
    """What was looked for, and where any of it was found: ``leaks`` has a line each, file and what is in it."""

    files: int
    names: int
    amounts: int
    leaks: tuple[str, ...]


def checked(
    folder: Path, *, names: Collection[str], amounts: Sequence[tuple[float, str]], printed: Collection[float]
) -> Checked:
    """Read every file below ``folder`` and look for withheld ``names`` and ``amounts`` (value and unit).

    An amount is looked for as it would be printed (万元 and 亿元, up to two decimals) and as it would stand in a table
    of numbers; forms with fewer than four figures, and those that a figure of ``printed`` has too, prove nothing and
    are left out. A file that cannot be read is a leak: nobody knows what is in it.
    """
    wanted = {squeezed(name): name for name in names}
    forms = _forms(amounts) - _forms_of(printed)
    leaks, files = [], sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        place = path.relative_to(folder).as_posix()
        try:
            text = f"{path.name}\n{text_of(path)}"
        except UnreadableFile as error:
            leaks.append(str(error))
            continue
        whole = squeezed(text)
        found = [name for plain, name in wanted.items() if plain in whole]
        found += sorted(forms & numbers(text))
        leaks += [f"{place}: {what}" for what in found]
    return Checked(len(files), len(names), len(amounts), tuple(leaks))


def numbers(text: str) -> set[str]:
    """Return the numbers of a text with their units of money, without the comma of thousands.

    >>> sorted(numbers("1,886万元、38.56 亿元，22.1%"))
    ['1886万元', '22.1', '38.56亿元']
    """
    return {"".join(parts).replace(",", "") for parts in NUMBER.findall(unicodedata.normalize("NFKC", text))}


def _forms(amounts: Sequence[tuple[float, str]]) -> set[str]:
    """The texts by which amounts would be recognised.

    >>> sorted(_forms([(385600.0, "万元")]))
    ['38.56亿元', '385600.00万元', '385600.0万元', '385600万元']
    """
    found = set()
    for value, unit in amounts:
        exact = Decimal(repr(value))
        for printed, scale in SCALES[unit].items():
            for decimals in DECIMALS:
                found |= {f"{text}{printed}" for text in _texts(exact * scale, decimals)}
        # a cell of a workbook or of a CSV has no unit
        raw = _plain(exact)
        if _figures(raw) > FEWEST_FIGURES:
            found.add(raw)
    return found


def _forms_of(printed: Collection[float]) -> set[str]:
    """The same forms of what is printed on purpose, whatever its unit."""
    found = set()
    for value in printed:
        exact = Decimal(repr(float(value)))
        found.add(_plain(exact))
        for scale in (Decimal(1), Decimal("0.0001"), Decimal(10_000)):
            for decimals in DECIMALS:
                for text in _texts(exact * scale, decimals):
                    found |= {f"{text}万元", f"{text}亿元"}
    return found


def _texts(value: Decimal, decimals: int) -> set[str]:
    """A number as reports print it, with and without its last zeros; nothing of so few figures that it is anybody's."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP")
    texts = {f"{rounded:f}", _plain(rounded)}
    return {text for text in texts if _figures(text) >= FEWEST_FIGURES}


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def _figures(text: str) -> int:
    """How many significant figures a number has; zeros at either end say nothing.

    >>> _figures("385600"), _figures("0.0400"), _figures("38.56")
    (4, 1, 4)
    """
    return len(text.replace(".", "").replace(",", "").strip("0"))
