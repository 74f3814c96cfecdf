"""An exhibit: one thing that a chapter shows, what is said of it, and what it is made of."""

import functools
import html
import io
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from pandas.io.formats.style import Styler

from zonereport.inputs.analyst_words import Words
from zonereport.present.charts.tips import mark_bars
from zonereport.present.kit.chart_data import chart_columns
from zonereport.present.kit.origins import origins
from zonereport.present.kit.prose import prose_html
from zonereport.present.kit.said import LABEL, fingerprint, has_changed, words_html
from zonereport.present.spoken import spoken

# the key of what an output says of itself to publishing
SPACE = "zonereport"
# set while `zonereport run` executes a chapter
RUN = "ZONEREPORT_EDITION"
WORDS = {"figure": "图", "table": "表"}
FAILED = "本项未生成，原因已记入日志。"
EXHIBITS: dict[str, Callable[..., "Exhibit"]] = {}


@dataclass(frozen=True)
class Gap:
    """Something that is missing: what it is, why, what to send so that it is there next time, which office to ask.

    All four are Chinese words as the table 缺什么、找谁要 prints them. An empty ``remedy`` says that nothing can be
    sent: such a gap explains an absence and is not asked for.
    """

    subject: str
    reason: str
    remedy: str = ""
    office: str = ""


@dataclass(frozen=True)
class Exhibit:
    """One thing that a chapter shows, what is said of it, and what it is made of.

    ``draw`` is what is shown: a function that draws a chart and returns its Axes, a Styler table, a text in the small
    format of ``kit.prose``, or None where there is nothing to show; then ``gaps`` say what is missing. ``claim`` is the
    finding: the title of a chart, a sentence of a brief. ``data`` is the tidy frame behind it, ``note`` its scope, unit
    and source, ``alt`` the text that stands for a chart. ``role`` is what a text is: prose, verdict, notice, or front
    for the cover, whose fields are in ``fields``.

    >>> Exhibit(draw="签约项目8个。").kind, Exhibit("年度目标", gaps=(Gap("年度目标", "未取得"),)).kind
    ('prose', 'gap')
    """

    caption: str = ""
    claim: str = ""
    data: pd.DataFrame = field(default_factory=pd.DataFrame)
    draw: Callable[[], Axes] | Styler | str | None = None
    alt: str = ""
    note: str = ""
    gaps: tuple[Gap, ...] = ()
    role: str = "prose"
    fields: dict[str, object] = field(default_factory=dict)
    # the function that made it, and how its report counts figures and tables; set by the decorator
    name: str = field(default="", repr=False, compare=False)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict, repr=False, compare=False)
    # what an analyst says of it; set by the decorator
    words: Words | None = field(default=None, repr=False, compare=False)
    # which source its figures are of, by their names; set by the decorator
    sources: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def kind(self) -> str:
        """What is shown: figure, table, gap where there is nothing, or the role of a text."""
        if self.draw is None or self.draw == "":
            return "gap"
        if isinstance(self.draw, str):
            return self.role
        return "table" if isinstance(self.draw, Styler) else "figure"

    @property
    def label(self) -> str:
        """The number in its chapter, 图1 or 表2: the same however often a cell runs. A book counts anew."""
        word = WORDS.get(self.kind, "")
        if not word:
            return ""
        of_kind = [key for key in self.numbers if key[0] == self.kind]
        place = self.numbers.setdefault((self.kind, self.name or self.caption), len(of_kind) + 1)
        return f"{word}{place}"

    @property
    def basis(self) -> str:
        """The fingerprint of what it says: its claim and every figure that it prints."""
        printed = self.alt
        if isinstance(self.draw, str):
            printed = self.draw
        elif isinstance(self.draw, Styler):
            printed = self.draw.data.to_csv(index=False)
        return fingerprint(self.claim, printed)

    def _words_html(self) -> str:
        """The analyst's words as HTML; empty where there are none, or nothing that they could stand beside."""
        if self.words is None or self.kind in ("gap", "front", "failed"):
            return ""
        return words_html(self.words, changed=has_changed(self.words, self.claim, self.basis))

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Return what JupyterLab, nbconvert and publishing show, and what the output says of itself."""
        try:
            return self._bundle()
        except Exception as error:
            return failed(self.name or self.caption, error)._bundle()

    def _bundle(self):
        about = {"role": self.kind, "name": self.name}
        if self.kind == "gap":
            about["gaps"] = [vars(gap) for gap in self.gaps]
            # in JupyterLab a gap is seen; publishing drops it and the annex lists it
            lines = [f"（{gap.subject}：{gap.reason}）" for gap in self.gaps]
            return _text_bundle("\n".join(lines)), {SPACE: about}
        said = self._words_html()
        if said:
            about["words"] = said
        if isinstance(self.draw, str):
            return _text_bundle(self.draw, said), {SPACE: about | self.fields}
        about |= {"caption": self.caption, "note": self.note, "claim": self.claim}
        if self.sources:
            about["sources"] = self.sources
        if self.kind == "table":
            inside = self.draw.to_html()
        else:
            about |= {"alt": spoken(self.alt, self.claim), "data": chart_columns(self.data)}
            inside = _picture(self.draw())
        return _figure_bundle(self, inside, said), {SPACE: about}


def exhibit(function: Callable[..., Exhibit]) -> Callable[..., Exhibit]:
    """Register a public function that makes one exhibit of a report.

    The name is that of its chapter and its own, ``projects.stages``. In a run an exhibit that fails becomes a framed
    note in its place and its traceback goes to the log; in JupyterLab the error is raised.
    """
    # two chapters may both have a `parks`: the chapter is part of the name
    chapter = function.__module__.removeprefix("zonereport.present.").partition(".")[0]
    name = f"{chapter}.{function.__name__}"

    @functools.wraps(function)
    def named(report, *arguments, **options) -> Exhibit:
        try:
            made = function(report, *arguments, **options)
        except Exception as error:
            if not os.environ.get(RUN):
                raise
            made = failed(name, error)
        # a brief shows an exhibit of a chapter with the words on it, unless it has words of its own
        words = report.words(name) or made.words
        # a frozen exhibit does not know which report numbers it
        return replace(
            made, name=name, numbers=report.numbers, words=words, sources=made.sources or _sources(report, made)
        )

    EXHIBITS[name] = named
    return named


def _sources(report, made: Exhibit) -> dict[str, str]:
    # a text cites its sources itself
    return origins(report, made.data) if made.kind in WORDS else {}


def failed(name: str, error: Exception) -> Exhibit:
    """Return the framed note in place of an exhibit that raised; the traceback is printed on stderr."""
    traceback.print_exception(error, file=sys.stderr)
    reason = f"{type(error).__name__}: {error}"
    return Exhibit(draw=FAILED, role="failed", fields={"error": reason, "exhibit": name})


def show(*exhibits: Exhibit) -> None:
    """Show several exhibits in one cell, in their order."""
    for each in exhibits:
        display(each)


def _text_bundle(text: str, said: str = "") -> dict[str, str]:
    return {"text/html": prose_html(text) + _said(said), "text/plain": text}


def _said(words: str) -> str:
    """The analyst's words as a reader of a notebook sees them."""
    # publishing takes the words from the metadata, and what stands before this mark as the text
    return f'<div class="words"><p><small>{LABEL}</small></p>{words}</div>' if words else ""


def _figure_bundle(shown: Exhibit, inside: str, said: str) -> dict[str, str]:
    """A figure element as a reader of a notebook sees it: the caption over a table and under a chart, then the note."""
    caption = f"<figcaption>{html.escape(f'{shown.label}　{shown.caption}')}</figcaption>"
    note = f"<p><small>{html.escape(shown.note)}</small></p>" if shown.note else ""
    if shown.kind == "table":
        page = f"<figure>{caption}{inside}{note}</figure>"
    else:
        alt = html.escape(spoken(shown.alt, shown.claim), quote=True)
        page = f'<figure role="img" aria-label="{alt}">{inside}{caption}{note}</figure>'
    page += _said(said)
    return {"text/html": page, "text/plain": f"[{WORDS[shown.kind]}] {shown.caption}：{shown.claim}"}


def _picture(axes: Axes) -> str:
    """The chart as an svg element whose text stays text; the figure is closed."""
    mark_bars(axes.figure)
    picture = svg_of(axes.figure)
    # a chapter of many charts would keep them all in memory
    plt.close(axes.figure)
    # the declaration and the doctype have no place inside a page
    return picture[picture.index("<svg") :].rstrip()


def svg_of(figure: Figure) -> str:
    """Return the picture as SVG, byte for byte what ``savefig`` writes.

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
