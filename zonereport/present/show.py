"""What a chapter hands to its reader, with the metadata that publishing goes by."""

import io

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.axes import Axes
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
    picture = io.StringIO()
    ax.figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(ax.figure)
    bundle = {"image/svg+xml": picture.getvalue(), "text/plain": f"[图] {said.caption}"}
    about = {"role": "figure", "caption": said.caption, "alt": said.alt, "note": said.note}
    display(bundle, raw=True, metadata={SPACE: about})


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
