"""Which slides there are, and what stands on each: from the brief, and where that is thin from the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zonereport.publish.document import Front
from zonereport.publish.outputs import Shown
from zonereport.publish.pptx import wording
from zonereport.publish.series import SideBySide, side_by_side
from zonereport.publish.tables import Grid
from zonereport.publish.xlsx.sheets import grid

# with the cover
LEAST, MOST = 8, 10
# what a slide holds of a table
_ROWS, _COLUMNS = 18, 8
_SIDES = 2


@dataclass(frozen=True)
class Block:
    """Points under a head, one column of a slide."""

    head: str
    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Slide:
    """A slide: its finding, and one of blocks, a table, a chart; ``notes`` are for who speaks."""

    title: str
    blocks: tuple[Block, ...] = ()
    table: Grid | None = None
    chart: SideBySide | None = None
    caption: str = ""
    alt: str = ""
    notes: tuple[str, ...] = ()
    last: bool = field(default=False)


def plan(outputs: Sequence[Shown], front: Front) -> list[Slide]:
    """Return the slides behind the cover."""
    brief, more = _split(outputs)
    sources = _sources(brief)
    parts: list[str] = []
    slides: list[Slide] = []
    sides: list[Shown] = []
    for one in brief:
        if one.role == "verdict" and not parts:
            parts = wording.clauses(one.plain, front.subtitle)
            points = tuple(("", part) for part in parts)
            slides.append(Slide(wording.title(parts[0]), (Block("", points),), notes=sources))
        elif one.role == "prose" and not one.small and wording.items(one.plain):
            sides.append(one)
        elif one.role in ("figure", "table"):
            slides += _exhibit(one, front.origins, sources)
    slides += _of_sides(sides, parts, sources)
    slides = _with_claims(slides, parts)
    slides += _more(more, front, slides, sources)
    # what is to be done is said last
    slides = sorted(slides, key=lambda slide: slide.last)
    return slides[: MOST - 2] + slides[MOST - 2 :][-1:]


def _split(outputs: Sequence[Shown]) -> tuple[list[Shown], list[Shown]]:
    """The outputs of the first chapter, and those of all others."""
    first = next((one.chapter for one in outputs if one.role in ("verdict", "table", "figure")), "")
    brief = [one for one in outputs if one.chapter == first]
    return brief, [one for one in outputs if one.chapter != first]


def _more(outputs: Sequence[Shown], front: Front, slides: Sequence[Slide], sources: Sequence[str]) -> list[Slide]:
    """What the chapters show besides: first their exhibits with a finding, then what each says in short."""
    wanted = LEAST - 1 - len(slides)
    known = {slide.caption for slide in slides}
    titles = [slide.title for slide in slides]
    found: list[tuple[int, Slide]] = []
    for kind in ("figure", "table", "verdict"):
        for place, one in enumerate(outputs):
            if len(found) >= wanted:
                break
            if one.role != kind or (one.caption or one.chapter) in known:
                continue
            slides = _chapter(one, sources) if kind == "verdict" else _exhibit(one, front.origins, ())
            if slides and (one.claim or kind == "verdict") and _is_news(slides[0].title, titles):
                found.append((place, slides[0]))
                titles.append(slides[0].title)
                known.add(one.caption or one.chapter)
    # in the order of the report
    return [slide for _, slide in sorted(found, key=lambda pair: pair[0])]


def _is_news(title: str, titles: Sequence[str]) -> bool:
    """Whether no slide says the same, or a part of it."""
    return not any(known in title or title in known for known in titles)


def _chapter(one: Shown, sources: Sequence[str]) -> list[Slide]:
    """The slide of what a chapter says in short: its first point is the finding."""
    points = wording.items(one.plain)
    if len(points) < _SIDES:
        return []
    _, said = points[0]
    first = said.partition("。")[0]
    notes = (f"据分析报告“{one.chapter}”一章。", *sources)
    return [Slide(wording.title(first), (Block(one.chapter, tuple(points)),), notes=notes)]


def _sources(outputs: Sequence[Shown]) -> tuple[str, ...]:
    return tuple(wording.plain(one.plain) for one in outputs if one.small and one.role == "prose")


def _exhibit(one: Shown, origins: Mapping[str, str], sources: Sequence[str]) -> list[Slide]:
    """The slide of a chart or a table; none for a chart that has no native form."""
    notes = [f"{one.caption}。{one.note}".strip("。") + "。"]
    # charts that are drawn as points and bands alone have no native form
    if one.role == "figure":
        data = side_by_side(one.about.get("data") or [])
        if data is None:
            return []
        notes += [_cells(data, origins), *sources]
        alt = str(one.about.get("alt") or "")
        title = wording.title(one.claim or one.caption)
        return [Slide(title, chart=data, caption=one.caption, alt=alt, notes=tuple(filter(None, notes)))]
    table = grid(one)
    if table is None or len(table.columns) > _COLUMNS or table.rows > _ROWS + table.header:
        return []
    title = wording.title(one.claim) or _first_of(one, table)
    # a list of things to do has no figures
    last = not any(column.kind == "number" for column in table.columns)
    return [Slide(title, table=table, caption=one.caption, notes=tuple(filter(None, [*notes, *sources])), last=last)]


def _first_of(one: Shown, table: Grid) -> str:
    """A title for a list that has no finding: its first row, and how many there are."""
    rows = table.rows - table.header
    firsts = [cell.tag.get_text(strip=True) for cell in table.cells if cell.row == table.header and cell.column == 0]
    name = one.section or one.caption
    if rows > 1 and firsts and not any(column.kind == "number" for column in table.columns):
        return f"{name}{rows}项，首先是{firsts[0]}"
    return ""


def _cells(data: SideBySide, origins: Mapping[str, str]) -> str:
    """Where the figures of a chart stand in their sources."""
    found = []
    for name in dict.fromkeys([*data.rows, *(one.name for one in data.series)]):
        label = name.partition("\n")[0]
        if origins.get(label):
            found.append(f"{label}，{origins[label]}")
    if not found:
        return ""
    return f"出处：{'；'.join(found)}。"


def _of_sides(sides: Sequence[Shown], parts: Sequence[str], sources: Sequence[str]) -> list[Slide]:
    """Two lists side by side on one slide, under what worries most."""
    blocks = []
    for one in sides[:_SIDES]:
        blocks.append(Block(one.section, tuple(wording.items(one.plain))))
    if not blocks:
        return []
    heads = "、".join(head for head, _ in blocks[-1].points if head)
    said = f"{blocks[-1].head}：{heads}"
    if len(parts) > 2:
        said = parts[-1]
    return [Slide(wording.title(said), tuple(blocks), notes=tuple(sources))]


def _with_claims(slides: Sequence[Slide], parts: Sequence[str]) -> list[Slide]:
    """Give a table that says nothing by itself what the verdict says next, and put the lists behind the first table."""
    made, later = [], []
    spare = list(parts[1:])
    for slide in slides:
        if slide.title:
            later.append(slide)
            continue
        title = slide.caption
        if spare:
            title = spare.pop(0)
        made.append(Slide(wording.title(title), table=slide.table, caption=slide.caption, notes=slide.notes))
    lists = [slide for slide in later if slide.blocks]
    others = [slide for slide in later if not slide.blocks]
    return [*lists[:1], *made, *lists[1:], *others]
