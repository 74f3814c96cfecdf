"""Colours that can be read: the contrast of WCAG 2.2, and the smallest mending that reaches 4.5 to 1."""

from functools import lru_cache

import tinycss2.color3

RGB = tuple[float, float, float]
WHITE: RGB = (1.0, 1.0, 1.0)
BLACK: RGB = (0.0, 0.0, 0.0)
# the text of both formats
INK: RGB = (0.1, 0.1, 0.1)
# WCAG 2.2, level AA, text of any size
ENOUGH = 4.5


@lru_cache(maxsize=1024)
def parse(text: str) -> RGB | None:
    """Read a CSS colour, laid on white where it is transparent; None where it is no colour.

    >>> hexadecimal(parse("rgba(255, 0, 0, 0.5)")), parse("none")
    ('#ff8080', None)
    """
    colour = tinycss2.color3.parse_color(text)
    if colour is None or isinstance(colour, str):
        return None
    red, green, blue, alpha = colour
    return mix((red, green, blue), WHITE, 1 - alpha)


def hexadecimal(colour: RGB) -> str:
    """Write a colour the way every format understands.

    >>> hexadecimal((0.0, 0.5, 1.0))
    '#0080ff'
    """
    red, green, blue = (round(255 * part) for part in colour)
    return f"#{red:02x}{green:02x}{blue:02x}"


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """Blend ``share`` of the other colour into the first."""
    red, green, blue = one
    other_red, other_green, other_blue = other
    return (
        red + (other_red - red) * share,
        green + (other_green - green) * share,
        blue + (other_blue - blue) * share,
    )


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21.

    >>> contrast(BLACK, WHITE)
    21.0
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def luminance(colour: RGB) -> float:
    """Return the relative luminance of WCAG 2.2, 0 for black to 1 for white."""
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    """What a screen makes of a channel of sRGB; the constants are those of the standard."""
    if part <= 0.04045:
        return part / 12.92
    return ((part + 0.055) / 1.055) ** 2.4


@lru_cache(maxsize=1024)
def readable_text(text: RGB, ground: RGB) -> RGB:
    """Return the text colour itself where it can be read, else the nearest darker or lighter one that can.

    >>> hexadecimal(readable_text(parse("#f0b000"), WHITE))
    '#976f00'
    """
    # towards the end of the scale that is farther away; a hundredth at a time, so that the hue stays
    end = max(BLACK, WHITE, key=lambda extreme: contrast(extreme, ground))
    for step in range(101):
        candidate = mix(text, end, step / 100)
        if contrast(candidate, ground) >= ENOUGH:
            return candidate
    return end
