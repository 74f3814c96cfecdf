"""The deck: cover, verdict, table, what goes well and what worries, charts, next steps."""

import io
from datetime import datetime

from bs4 import Tag
from nbformat import NotebookNode
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from zonereport.publish import styler, zipped
from zonereport.publish.document import Front
from zonereport.publish.docx.xml import clean
from zonereport.publish.outputs import shown
from zonereport.publish.pptx import charts, deck
from zonereport.publish.pptx.plan import Block, Slide, plan
from zonereport.publish.tables import Grid

_TINT = RGBColor(0xF1, 0xF5, 0xF9)
_WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_INK = RGBColor(0x1A, 0x1A, 0x1A)
_SIDES = {"number": "right", "text": "left", "long": "left"}
_ALIGNED = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
# the largest type of points where they stand alone and where they stand side by side, and the smallest
_ALONE, _BESIDE, _SMALL = 30, 22, 13
# the widest column of a table, in points for each full-width character of it
_WIDEST = 24


def render(notebook: NotebookNode, front: Front) -> bytes:
    """Return the deck; the same notebook gives the same bytes."""
    slides = plan(list(shown(notebook)), front)
    made = deck.blank()
    _cover(made, front)
    words = "　".join(filter(None, (front.title, front.subtitle, front.edition)))
    for number, slide in enumerate(slides, start=2):
        page = deck.add(made, slide.title)
        _rule(page)
        _fill(page, slide)
        page.notes_slide.notes_text_frame.text = clean("\n".join(filter(None, (*slide.notes, front.mark))))
        deck.foot(page, words, front.mark, number)
    _describe(made, front)
    out = io.BytesIO()
    made.save(out)
    return zipped.settled(out.getvalue(), front.day)


def _cover(made, front: Front) -> None:
    page = deck.add(made, front.title)
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = deck.ACCENT
    title = page.shapes.title
    title.top, title.height = Inches(2.3), Inches(1.4)
    size = max(deck.title_size(front.title), 40)
    deck.write(title.text_frame, front.title, size=size, colour=_WHITE, bold=True)
    deck.box(page, deck.LEFT, Inches(3.8), deck.ACROSS, Inches(0.6), front.subtitle, size=24, colour=_WHITE)
    about = "　".join(filter(None, (front.organisation, front.place, front.date, front.edition)))
    deck.box(page, deck.LEFT, Inches(5.6), deck.ACROSS, Inches(0.5), about, size=16, colour=_WHITE)
    if front.mark:
        deck.box(page, deck.LEFT, deck.FOOT, deck.ACROSS, Inches(0.3), front.mark, size=14, colour=_WHITE)
    about = "\n".join(filter(None, [front.title, *front.sources, front.mark, front.people, front.made]))
    page.notes_slide.notes_text_frame.text = clean(about.strip())


def _rule(page) -> None:
    line = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, deck.LEFT, Inches(1.44), deck.ACROSS, Emu(19050))
    line.fill.solid()
    line.fill.fore_color.rgb = deck.ACCENT
    line.line.fill.background()


def _fill(page, slide: Slide) -> None:
    if slide.chart is not None:
        charts.add(page, slide.chart, claim=slide.title, alt=slide.alt, caption=slide.caption)
    elif slide.table is not None:
        _table(page, slide.table, slide.caption)
    else:
        _blocks(page, slide.blocks)


def _blocks(page, blocks: tuple[Block, ...]) -> None:
    """Points in one column or two, all in the type that the fuller one allows."""
    gap = Inches(0.5)
    across = Emu((deck.ACROSS - gap * (len(blocks) - 1)) // len(blocks))
    largest = _BESIDE if len(blocks) > 1 else _ALONE
    size = min(_size(block, across.pt, largest) for block in blocks)
    for place, block in enumerate(blocks):
        left = Emu(deck.LEFT + place * (across + gap))
        shape = page.shapes.add_textbox(left, deck.BODY_TOP, across, deck.BODY_HEIGHT)
        frame = shape.text_frame
        frame.word_wrap = True
        if block.head:
            deck.look(frame.paragraphs[0].add_run(), block.head, size=size + 2, colour=deck.ACCENT, bold=True)
        for number, (head, said) in enumerate(block.points):
            paragraph = frame.paragraphs[0]
            if number or block.head:
                paragraph = frame.add_paragraph()
            paragraph.space_before = Pt(size * 0.6)
            if head:
                deck.look(paragraph.add_run(), f"{head}：", size=size, colour=deck.ACCENT, bold=True)
            elif len(block.points) > 1:
                deck.look(paragraph.add_run(), "■ ", size=size - 6, colour=deck.ACCENT)
            deck.look(paragraph.add_run(), said, size=size, colour=_INK)


def _size(block: Block, across: float, largest: int) -> int:
    """The largest type in which the points of a column fit the slide."""
    for size in range(largest, _SMALL, -1):
        lines = 1.4 * bool(block.head)
        for head, said in block.points:
            ems = deck.width(head + said) + 1.5
            lines += -(-ems * size // (0.95 * across)) * 1.25 + 0.6
        if lines * size <= deck.BODY_HEIGHT.pt:
            return size
    return _SMALL


def _table(page, grid: Grid, caption: str) -> None:
    rows, columns = grid.rows, len(grid.columns)
    height = min(Inches(0.5), Emu(deck.BODY_HEIGHT // rows))
    widths = [column.width + 2.0 for column in grid.columns]
    across = min(deck.ACROSS, Pt(round(sum(widths) * _WIDEST)))
    shape = page.shapes.add_table(rows, columns, deck.LEFT, deck.BODY_TOP, across, Emu(height * rows))
    shape._element.nvGraphicFramePr.cNvPr.set("name", clean(caption))
    table = shape.table
    table.first_row, table.horz_banding = True, False
    for place, wide in enumerate(widths):
        table.columns[place].width = Emu(round(across * wide / sum(widths)))
    size = max(min(16, int(Emu(height).pt / 1.75)), 9)
    for row in table.rows:
        row.height = height
    for cell in grid.cells:
        target = table.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            target.merge(table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
        _cell(target, cell.tag, in_head=cell.row < grid.header, kind=grid.columns[cell.column].kind, size=size)


def _cell(target, tag: Tag, *, in_head: bool, kind: str, size: int) -> None:
    style = styler.read(tag)
    target.margin_top = target.margin_bottom = Emu(0)
    target.vertical_anchor = MSO_ANCHOR.MIDDLE
    target.fill.solid()
    target.fill.fore_color.rgb = _TINT if in_head else _WHITE
    colour = deck.ACCENT if in_head else _INK
    written = style.get("color", "").lstrip("#")
    if len(written) == 6 and not in_head:
        colour = RGBColor.from_string(written.upper())
    deck.write(target.text_frame, tag.get_text(" ", strip=True), size=size, colour=colour, bold=in_head)
    side = style.get("text-align", _SIDES[kind])
    target.text_frame.paragraphs[0].alignment = _ALIGNED.get(side, PP_ALIGN.LEFT)


def _describe(made, front: Front) -> None:
    about = made.core_properties
    day = datetime.fromisoformat(front.day or zipped.FIRST_DAY)
    about.created = about.modified = about.last_printed = day
    about.title, about.subject = clean(front.title)[:255], clean(front.subtitle)[:255]
    about.author = about.last_modified_by = clean(front.organisation)[:255]
    about.keywords, about.comments = clean("，".join(front.keywords))[:255], clean(front.mark)[:255]
    about.language, about.revision = "zh-CN", 1
