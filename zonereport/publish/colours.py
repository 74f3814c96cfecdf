"""Colours that can be read: the contrast of WCAG 2.2, and the smallest mending that reaches 4.5 to 1."""

from functools import lru_cache

import tinycss2.color3

RGB = tuple[float, float, float]
WHITE: RGB = (1.0, 1.0, 1.0)
BLACK: RGB = (0.0, 0.0, 0.0)
INK: RGB = (0.1, 0.1, 0.1)
# level AA of WCAG 2.2 for text of this size
ENOUGH = 4.5


@lru_cache(maxsize=1024)
def parse(text: str) -> RGB | None:
    """Read a CSS colour, laid on white where it is transparent; None where it is no colour.

    >>> hexadecimal(parse("rgba(255, 0, 0, 0.5)")), parse("none")
    ('#ff8080', None)
    """
    colour = tinycss2.color3.parse_color(text)
    # currentColor is a word, and no colour by itself
    if colour is None or isinstance(colour, str):
        return None
    red, green, blue, alpha = colour
    return mix((red, green, blue), WHITE, 1 - alpha)


def hexadecimal(colour: RGB) -> str:
    """Write a colour the way every format understands.

    >>> hexadecimal((0.0, 0.5, 1.0))
    '#0080ff'
    """
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """Blend ``share`` of the other colour into the first."""
    rest = 1 - share
    return one[0] * rest + other[0] * share, one[1] * rest + other[1] * share, one[2] * rest + other[2] * share


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21.

    >>> contrast(BLACK, WHITE)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def _luminance(colour: RGB) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@lru_cache(maxsize=1024)
def readable_text(text: RGB, ground: RGB) -> RGB:
    """Return the text colour itself where it can be read, else the nearest darker or lighter one that can.

    >>> hexadecimal(readable_text(parse("#f0b000"), WHITE))
    '#976f00'
    """
    end = BLACK if contrast(BLACK, ground) >= contrast(WHITE, ground) else WHITE
    # in small steps, to change no more than must be
    for step in range(101):
        candidate = mix(text, end, step / 100)
        if contrast(candidate, ground) >= ENOUGH:
            return candidate
    return end


@lru_cache(maxsize=1024)
def readable_ground(ground: RGB, text: RGB) -> RGB:
    """Pale a ground until the text on it can be read."""
    for step in range(101):
        candidate = mix(ground, WHITE, step / 100)
        if contrast(text, candidate) >= ENOUGH:
            return candidate
    return WHITE
