"""Identifiers with rules of their own: the unified social credit code and the industry code."""

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# GB/T 4754-2017: the two-digit divisions of each section
_DIVISIONS = {
    "A": (1, 5),
    "B": (6, 12),
    "C": (13, 43),
    "D": (44, 46),
    "E": (47, 50),
    "F": (51, 52),
    "G": (53, 60),
    "H": (61, 62),
    "I": (63, 65),
    "J": (66, 69),
    "K": (70, 70),
    "L": (71, 72),
    "M": (73, 75),
    "N": (76, 79),
    "O": (80, 82),
    "P": (83, 83),
    "Q": (84, 85),
    "R": (86, 90),
    "S": (91, 96),
    "T": (97, 97),
}


def is_uscc(text: str) -> bool:
    """Whether ``text`` is a unified social credit code whose check character fits (GB 32100-2015).

    The check character stands for 31 - (sum of c_i x 3^i over i = 0..16, mod 31), 31 counting as 0; the letters
    I, O, S, V and Z are not used.

    >>> is_uscc("91350100M000100Y43"), is_uscc("91350100M000100Y44"), is_uscc("91350100M0001O0Y43")
    (True, False, False)
    """
    if len(text) != 18 or any(character not in _ALPHABET for character in text):
        return False
    return text[-1] == uscc_check(text[:-1])


def uscc_check(body: str) -> str:
    """The check character of the first 17 characters of a unified social credit code.

    >>> uscc_check("91350100M000100Y4")
    '3'
    """
    total = sum(_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return _ALPHABET[-total % 31]


def is_industry(text: str) -> bool:
    """Whether ``text`` is a section letter of GB/T 4754-2017, with a division of that section if it has digits.

    >>> is_industry("C3971"), is_industry("C39"), is_industry("C"), is_industry("C65"), is_industry("39")
    (True, True, True, False, False)
    """
    match = re.fullmatch(r"([A-T])(?:(\d\d)\d{0,2})?", text)
    if not match:
        return False
    first, last = _DIVISIONS[match[1]]
    return match[2] is None or first <= int(match[2]) <= last
