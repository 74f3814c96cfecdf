"""The colours of a page in the light and in the dark: each is named once, and has a counterpart of equal contrast."""

import colorsys
import re

from zonereport.publish.colours import BLACK, ENOUGH, RGB, WHITE, contrast, hexadecimal, luminance, parse

# the ground of a dark page
GROUND = "#14181d"
_STYLE = re.compile(r'(?<= style=")[^"]*(?=")')
_CELL_GROUND = re.compile("background-color: (#[0-9a-f]{6})")
_COLOUR = re.compile(r"#[0-9a-f]{6}\b")


def named(page: str) -> tuple[str, list[tuple[str, str]]]:
    """Put a name in the place of each colour that a ``style`` of the page sets.

    Return the page, and of each name its colour in the light and in the dark.

    >>> named('<td style="color: #000000">#000000</td>')
    ('<td style="color: var(--k1)">#000000</td>', [('#000000', '#ffffff')])
    """
    pairs: dict[tuple[str, str], str] = {}

    def name(colour: str, ground: str) -> str:
        # nothing is lighter than white: black loses contrast, which is felt on a coloured ground only
        dark = counterpart(colour)
        if ground and colour != ground:
            dark = _readable(dark, counterpart(ground))
        return f"var({pairs.setdefault((colour, dark), f'--k{len(pairs) + 1}')})"

    def renamed(style: re.Match) -> str:
        found = _CELL_GROUND.search(style[0])
        ground = found[1] if found else ""
        return _COLOUR.sub(lambda colour: name(colour[0], ground), style[0])

    page = _STYLE.sub(renamed, page)
    return page, list(pairs)


def _readable(text: str, ground: str) -> str:
    """The text colour itself where it can be read on a ground, else black or white, whichever can be read better."""
    on = parse(ground)
    if contrast(parse(text), on) >= ENOUGH:
        return text
    return hexadecimal(max(BLACK, WHITE, key=lambda end: contrast(end, on)))


def rules(pairs: list[tuple[str, str]]) -> str:
    """Return the style rules that give the names their colours, on a light screen, on a dark one and on paper."""
    if not pairs:
        return ""
    light, dark = [], []
    for place, (by_day, by_night) in enumerate(pairs, 1):
        light.append(f"--k{place}:{by_day}")
        dark.append(f"--k{place}:{by_night}")
    return f":root{{{';'.join(light)}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{';'.join(dark)}}}}}\n"


def counterpart(colour: str) -> str:
    """Return the colour of the same hue that stands out from the dark ground as this one does from white.

    Of two colours the contrast stays what it was, as far as the scale goes: Y' + 0.05 = 1.05 · (Y_ground + 0.05) /
    (Y + 0.05), where Y is the relative luminance of WCAG 2.2.

    >>> counterpart("#ffffff") == GROUND, counterpart("#000000")
    (True, '#ffffff')
    """
    if colour == "#ffffff":
        return GROUND
    source = parse(colour)
    wanted = 1.05 * (luminance(parse(GROUND)) + 0.05) / (luminance(source) + 0.05) - 0.05
    return hexadecimal(_with_luminance(source, min(max(wanted, 0.0), 1.0)))


def _with_luminance(colour: RGB, wanted: float) -> RGB:
    """The colour of the same hue and saturation that has a luminance, to a thousandth of lightness."""
    hue, _, saturation = colorsys.rgb_to_hls(*colour)
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        # of one hue and saturation the lighter colour is the more luminous one
        if luminance(colorsys.hls_to_rgb(hue, middle, saturation)) < wanted:
            low = middle
        else:
            high = middle
    return colorsys.hls_to_rgb(hue, high, saturation)
