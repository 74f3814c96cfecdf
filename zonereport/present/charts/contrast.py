"""Whether a text can be read on its ground: the contrast of two colours, and the ink for a coloured cell."""

from matplotlib.colors import to_rgb

from zonereport.present.theme import INK

# what WCAG asks for of text of normal size
LEAST = 4.5


def contrast(one: object, other: object) -> float:
    """Return the contrast of two colours as WCAG 2 has it, from 1 to 21.

    (L₁ + 0.05) / (L₂ + 0.05) of the relative luminances, the lighter one first.

    >>> contrast("black", "white"), round(contrast("white", "#6d97bf"), 2)
    (21.0, 3.08)
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(ground: object) -> str:
    """Return the colour of a text on a ground: ink where it can be read, else white, else black, which always can.

    >>> ink_on("#6d97bf") == INK, ink_on("#1f4e79"), ink_on("#7f7f7f")
    (True, 'white', 'black')
    """
    if contrast(INK, ground) >= LEAST:
        return INK
    if contrast("white", ground) >= LEAST:
        return "white"
    return "black"


def _luminance(colour: object) -> float:
    parts = []
    for part in to_rgb(colour):
        parts.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
