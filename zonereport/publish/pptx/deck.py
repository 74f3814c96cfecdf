"""A blank deck of ours: wide slides, our colours, Chinese faces by name, and the places of titles."""

import re

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Emu, Inches, Pt

from zonereport.publish.docx.xml import clean
from zonereport.publish.tables import width

ACCENT, SOFT, MARK = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x55, 0x5F, 0x6B), RGBColor(0x8A, 0x4B, 0x00)
PALETTE = ("1F4E79", "6F9BC8", "B9CDE4", "B26B00", "1A7F37", "8A6FB0", "7F7F7F", "4F4F4F")
FACE = "微软雅黑"
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, TOP = Inches(0.6), Inches(0.4)
ACROSS = Emu(WIDTH - 2 * LEFT)
# under the title
BODY_TOP, BODY_HEIGHT = Inches(1.55), Inches(5.2)
FOOT = Inches(6.98)
_TITLE_HEIGHT = Inches(1.0)
# sizes of a title in points, and on how many lines each may stand
_SIZES = ((28, 1), (24, 2), (20, 2))
# the layout of the blank deck that has a title and nothing else
TITLE_ONLY = 5
_AT_THE_FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


def blank():
    """Return an empty deck."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for master in deck.slide_masters:
        theme = master.part.part_related_by(RT.THEME)
        theme._blob = _our_theme(theme.blob)
        for layout in master.slide_layouts:
            # where a slide is that has no place of its own for date, foot and number
            for shape in list(layout.placeholders):
                if shape.placeholder_format.type in _AT_THE_FOOT:
                    shape._element.getparent().remove(shape._element)
    return deck


def _our_theme(theme: bytes) -> bytes:
    """Name our faces in the theme, for Latin and Chinese alike, and our colours."""
    text = theme.decode()
    text = re.sub(r'<a:latin typeface="[^"]*"[^>]*/><a:ea typeface="[^"]*"[^>]*/>', _faces(), text)
    text = re.sub(r'<a:latin typeface="[^"]*"\s*/>\s*<a:ea typeface="[^"]*"\s*/>', _faces(), text)
    for place, colour in enumerate(PALETTE[:6], start=1):
        text = re.sub(
            rf"(<a:accent{place}>)\s*<a:srgbClr val=\"[0-9A-Fa-f]+\"\s*/>", rf'\g<1><a:srgbClr val="{colour}"/>', text
        )
    return text.encode()


def _faces() -> str:
    return f'<a:latin typeface="{FACE}"/><a:ea typeface="{FACE}"/>'


def add(deck, title: str, layout: int = TITLE_ONLY):
    """Add a slide under a title, set as large as two lines allow."""
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = LEFT, TOP, ACROSS, _TITLE_HEIGHT
    frame = shape.text_frame
    frame.word_wrap = True
    write(frame, title, size=title_size(title), colour=ACCENT, bold=True)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    return slide


def title_size(title: str) -> int:
    """Return the largest size in points at which a title stands on its lines.

    >>> title_size("全部增长"), title_size("增" * 50)
    (28, 24)
    """
    for size, lines in _SIZES:
        # a little is lost where a line ends early
        if width(title) * size <= lines * 0.94 * ACROSS.pt:
            return size
    return _SIZES[-1][0]


def write(frame, text: str, *, size: int, colour=None, bold: bool = False) -> None:
    """Put one paragraph of text into a frame."""
    frame.clear()
    run = frame.paragraphs[0].add_run()
    look(run, text, size=size, colour=colour, bold=bold)


def look(run, text: str, *, size: int, colour=None, bold: bool = False) -> None:
    """Write a run and say how it looks."""
    run.text = clean(text)
    run.font.size, run.font.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = colour


def box(slide, left, top, across, height, text: str, *, size: int, colour=None, right: bool = False):
    """Add a line of text of its own."""
    shape = slide.shapes.add_textbox(left, top, across, height)
    shape.text_frame.word_wrap = True
    write(shape.text_frame, text, size=size, colour=colour)
    if right:
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    return shape


def foot(slide, words: str, mark: str, number: int) -> None:
    """Write what stands at the foot of every slide: whose it is, the mark of made-up data, its number."""
    third = Emu(ACROSS // 3)
    box(slide, LEFT, FOOT, third, Inches(0.3), words, size=10, colour=SOFT)
    if mark:
        made = box(slide, Emu(LEFT + third), FOOT, third, Inches(0.3), mark, size=11, colour=MARK)
        made.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    box(slide, Emu(LEFT + 2 * third), FOOT, third, Inches(0.3), str(number), size=10, colour=SOFT, right=True)
