"""The typeface inside the page: only the characters used, as WOFF in the style sheet."""

import base64
import io
import logging
import unicodedata
from functools import lru_cache

from zonereport import fonts

# Layout tables carry vertical setting and variants no page of ours asks for; without them a face is a third.
_DROPPED = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
# what the style sheet puts before list items and in counters
_ALWAYS = "0123456789 .,-–%•◦▪▸▾"


def font_faces(text: str) -> str:
    """Return the @font-face rules, regular and bold, of a page that shows the characters of this text."""
    shown = ""
    for character in sorted(set(text + _ALWAYS)):
        # control characters have no glyph
        if unicodedata.category(character)[0] != "C":
            shown += character
    return f"{_rule(400, shown)}\n{_rule(700, shown)}"


def _rule(weight: int, characters: str) -> str:
    data = base64.b64encode(subset(weight, characters)).decode("ascii")
    return (
        f'@font-face{{font-family:"{fonts.FAMILY}";font-weight:{weight};font-style:normal;font-display:block;'
        f'src:url(data:font/woff;base64,{data}) format("woff")}}'
    )


@lru_cache(maxsize=8)
def subset(weight: int, characters: str) -> bytes:
    """Cut one face down to the characters given, as WOFF; the same characters give the same bytes."""
    from fontTools import subset as cutter
    from fontTools.ttLib import TTFont

    from zonereport.publish import outlines

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    # woff2 is a tenth smaller and takes twice the time, half of a page's
    options = cutter.Options(flavor="woff", desubroutinize=True, notdef_outline=True, recalc_timestamp=False)
    with TTFont(fonts.faces()[weight], lazy=True, recalcTimestamp=False) as font:
        for tag in _DROPPED:
            if tag in font:
                del font[tag]
        table = font["CFF "]
        # none of the glyphs is put together from others, so none is read to look for them; hints go with the rest
        table.closure_glyphs = lambda _: None
        table.cff.desubroutinize = lambda: outlines.flatten(table.cff)
        tool = cutter.Subsetter(options)
        tool.populate(text=characters)
        tool.subset(font)
        out = io.BytesIO()
        cutter.save_font(font, out, options)
    return out.getvalue()
