"""The glyphs of a cut typeface, read once: without subroutines and hints, and with the bounds of what they draw.

fontTools can do all of this, but it runs the program of every glyph six times over, which was nearly half of the
time that a page took. One run of its own interpreter tells the same.
"""

from collections.abc import Callable
from functools import lru_cache

from fontTools.cffLib import CFFFontSet, TopDict
from fontTools.misc.psCharStrings import T2CharString, T2OutlineExtractor, encodeFixed, encodeIntT2
from fontTools.pens.boundsPen import BoundsPen

_DRAWING = (
    "rmoveto", "hmoveto", "vmoveto", "rlineto", "hlineto", "vlineto", "rrcurveto", "rcurveline", "rlinecurve",
    "vvcurveto", "hhcurveto", "vhcurveto", "hvcurveto", "flex", "hflex", "hflex1", "flex1", "endchar",
)  # fmt: skip
_HINTING = (
    "BlueValues", "OtherBlues", "FamilyBlues", "FamilyOtherBlues", "BlueScale", "BlueShift", "BlueFuzz",
    "StemSnapH", "StemSnapV", "StdHW", "StdVW", "ForceBold", "LanguageGroup", "ExpansionFactor",
)  # fmt: skip


def flatten(cff: CFFFontSet) -> None:
    """Rewrite every glyph of a CID-keyed font in place; what is left is what it draws, in one piece.

    The bytes are those that fontTools' ``desubroutinize`` and ``remove_hints`` give.
    """
    font: TopDict = cff[cff.fontNames[0]]
    glyphs = font.CharStrings
    for charstring in glyphs.values():
        reader = _Reader(charstring, BoundsPen(glyphs))
        reader.execute(charstring)
        charstring.setBytecode(b"".join(map(_encode, reader.drawing())))
        # both the CFF table and hhea ask for the bounds when they are written
        charstring.calcBounds = _answer(reader.pen.bounds)
    for part in font.FDArray:
        part.Private.rawDict.pop("Subrs", None)
        vars(part.Private).pop("Subrs", None)
        for name in _HINTING:
            if hasattr(part.Private, name):
                setattr(part.Private, name, None)
    cff.GlobalSubrs.clear()


# typed, since 1 and 1.0 are equal, yet written differently
@lru_cache(maxsize=None, typed=True)
def _encode(token: int | float | str) -> bytes:
    if isinstance(token, str):
        return bytes(T2CharString.opcodes[token])
    if isinstance(token, int):
        return encodeIntT2(token)
    return encodeFixed(token)


def _answer(bounds: tuple[float, float, float, float] | None) -> Callable:
    return lambda _: bounds


class _Reader(T2OutlineExtractor):
    """Runs a glyph's program, draws it with a pen and notes each drawing operator with the numbers before it."""

    def __init__(self, charstring: T2CharString, pen: BoundsPen):
        private = charstring.private
        subroutines = getattr(private, "Subrs", [])
        super().__init__(
            pen, subroutines, charstring.globalSubrs, private.nominalWidthX, private.defaultWidthX, private
        )
        self.noted: list[int | float | str] = []
        self.hints_first = False

    def countHints(self) -> None:  # called at every hint
        self.hints_first = self.hints_first or not self.noted
        super().countHints()

    def drawing(self) -> list[int | float | str]:
        """The program without hints; the width, which stands before the first operator, would go with a first hint."""
        if self.hints_first and self.width != self.defaultWidthX:
            return [self.width - self.nominalWidthX, *self.noted]
        return self.noted


def _noting(name: str) -> Callable[[_Reader, int], None]:
    draw = getattr(T2OutlineExtractor, f"op_{name}")

    def operator(self: _Reader, index: int) -> None:
        self.noted += self.operandStack
        self.noted.append(name)
        draw(self, index)

    return operator


for _name in _DRAWING:
    setattr(_Reader, f"op_{_name}", _noting(_name))
