"""Identifiers with rules of their own: the unified social credit code and the industry code."""

import re

# without I, O, S, V and Z, which are read as digits or as each other
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# GB/T 4754-2017: the last two-digit division of each section, whose first one follows the last of the section before
_SECTIONS = "ABCDEFGHIJKLMNOPQRST"
_LAST = (0, 5, 12, 43, 46, 50, 52, 60, 62, 65, 69, 70, 72, 75, 79, 82, 83, 85, 90, 96, 97)


def is_uscc(text: str) -> bool:
    """Whether ``text`` is a unified social credit code whose check character fits (GB 32100-2015).

    The check character stands for 31 - (sum of c_i x 3^i over i = 0..16, mod 31), 31 counting as 0; the letters
    I, O, S, V and Z are not used.

    >>> is_uscc("91350100M000100Y43"), is_uscc("91350100M000100Y44"), is_uscc("91350100M0001O0Y43")
    (True, False, False)
    """
    if len(text) != 18 or not set(text) <= set(_ALPHABET):
        return False
    return text[-1] == uscc_check(text[:-1])


def uscc_check(body: str) -> str:
    """Return the check character of the first 17 characters of a unified social credit code.

    >>> uscc_check("91350100M000100Y4")
    '3'
    """
    total = 0
    for place, character in enumerate(body):
        total += _ALPHABET.index(character) * pow(3, place, 31)
    return _ALPHABET[-total % 31]


def is_industry(text: str) -> bool:
    """Whether ``text`` is a section letter of GB/T 4754-2017, with a division of that section if it has digits.

    >>> is_industry("C3971"), is_industry("C39"), is_industry("C"), is_industry("C65"), is_industry("39")
    (True, True, True, False, False)
    """
    match = re.fullmatch(r"([A-T])(?:(\d\d)\d{0,2})?", text)
    if not match:
        return False
    section = _SECTIONS.index(match[1])
    return match[2] is None or _LAST[section] < int(match[2]) <= _LAST[section + 1]
