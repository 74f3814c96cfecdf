"""What a chapter that is not yet made of exhibits hands over: goes with the last of them."""

from matplotlib.axes import Axes
from pandas.io.formats.style import Styler

from zonereport.present.exhibit import Exhibit
from zonereport.present.exhibit import show as show_exhibits
from zonereport.present.words.phrases import NOTHING, Caption, nothing_for


def front(fields: dict[str, object]) -> None:
    """Hand over the cover: title, subtitle, organisation, place, date, keywords, mark, sources."""
    show_exhibits(Exhibit(draw=f"{fields['title']} {fields['subtitle']}", role="front", fields=fields))


def verdict(text: str) -> None:
    """Show the chapter's answer in short; publishing frames it and gathers all of them at the front."""
    show_exhibits(Exhibit(draw=text or NOTHING, role="verdict"))


def prose(text: str) -> None:
    """Show computed paragraphs; nothing where there is nothing to say."""
    if text:
        show_exhibits(Exhibit(draw=text))


def notice(text: str) -> None:
    """Show a framed note: what is missing, what to be careful with; nothing where there is nothing to say."""
    if text:
        show_exhibits(Exhibit(draw=text, role="notice"))


def figure(ax: Axes | None, said: Caption) -> None:
    """Show a chart as SVG whose text stays text, and close it; one sentence where there is no chart."""
    if ax is None:
        prose(_instead(said))
        return
    show_exhibits(Exhibit(said.caption, said.finding, draw=lambda: ax, alt=said.alt, note=said.note))


def table(styler: Styler | None, said: Caption) -> None:
    """Show a Styler table; one sentence where there is no table."""
    if styler is None:
        prose(_instead(said))
        return
    show_exhibits(Exhibit(said.caption, draw=styler, note=said.note))


def _instead(said: Caption) -> str:
    """The sentence in place of what is not there; nothing where its reason has been given before."""
    return "" if said.missing is None else said.missing or nothing_for(said.caption)


# chapters of both kinds call one name: show(exhibit) and, until the last is moved, show.figure(axes, said)
for _old in (front, verdict, prose, notice, figure, table):
    setattr(show_exhibits, _old.__name__, _old)
