"""What a chapter hands to its reader, with the metadata that publishing goes by."""

import io

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from pandas.io.formats.style import Styler

from zonereport.present.words.phrases import NOTHING, Caption, nothing_for

SPACE = "zonereport"


def front(fields: dict[str, object]) -> None:
    """Hand over the cover: title, subtitle, organisation, place, date, keywords, mark, sources."""
    _markdown(f"**{fields['title']}** {fields['subtitle']}", {"role": "front", **fields})


def verdict(text: str) -> None:
    """Show the chapter's answer in short; publishing frames it and gathers all of them at the front."""
    _markdown(text or NOTHING, {"role": "verdict"})


def prose(text: str) -> None:
    """Show computed paragraphs; nothing where there is nothing to say."""
    if text:
        _markdown(text, {"role": "prose"})


def notice(text: str) -> None:
    """Show a framed note: what is missing, what to be careful with; nothing where there is nothing to say."""
    if text:
        _markdown(text, {"role": "notice"})


def figure(ax: Axes | None, said: Caption) -> None:
    """Show a chart as SVG whose text stays text, and close it; one sentence where there is no chart."""
    if ax is None:
        prose(_instead(said))
        return
    bundle = {"image/svg+xml": _svg(ax.figure), "text/plain": f"[图] {said.caption}"}
    plt.close(ax.figure)
    about = {"role": "figure", "caption": said.caption, "alt": said.alt, "note": said.note}
    display(bundle, raw=True, metadata={SPACE: about})


def _svg(figure: Figure) -> str:
    """The picture as SVG, byte for byte what ``savefig`` writes.

    That draws everything twice, the first time for the layout only, and measures every text twice, with a renderer for
    the layout and another for the picture. Here one renderer does both, once.
    """
    picture, figure.dpi = io.StringIO(), FigureCanvasSVG.fixed_dpi
    width, height = figure.get_size_inches() * figure.dpi
    renderer = RendererSVG(width, height, picture, metadata={"Date": None, "Creator": None})
    # where the layout asks for it
    FigureCanvasSVG(figure).get_renderer = lambda: renderer
    figure.draw(renderer)
    renderer.finalize()
    return picture.getvalue()


def table(styler: Styler | None, said: Caption) -> None:
    """Show a Styler table; one sentence where there is no table."""
    if styler is None:
        prose(_instead(said))
        return
    bundle = {"text/html": styler.to_html(), "text/plain": f"[表] {said.caption}"}
    display(bundle, raw=True, metadata={SPACE: {"role": "table", "caption": said.caption, "note": said.note}})


def _instead(said: Caption) -> str:
    """The sentence in place of what is not there; nothing where its reason has been given before."""
    return "" if said.missing is None else said.missing or nothing_for(said.caption)


def _markdown(text: str, about: dict[str, object]) -> None:
    display({"text/markdown": text, "text/plain": text}, raw=True, metadata={SPACE: about})
