"""The document as a PDF, through Typst: written to a folder, compiled with the standards enforced."""

import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bs4 import BeautifulSoup
from jinja2 import Template

from zonereport import fonts
from zonereport.publish import row_heads, tables
from zonereport.publish.document import Document
from zonereport.publish.errors import PublishError
from zonereport.publish.tables import width
from zonereport.publish.typst_body import chart_file, convert
from zonereport.publish.typst_markup import array, string, text

# full-width characters of a title that stands on one line of the cover
_COVER_LINE = 10
# for readers of screens, and for archives
STANDARDS = ["ua-1", "a-2a"]


def render(report: Document, template: Template, *, style: Path) -> bytes:
    """Return the PDF; the same document gives the same bytes.

    Raises:
        PublishError: Typst refuses the document, or warns of anything at all.
    """
    lines = title_lines(report.front.title)
    source = template.render(
        report=report,
        body=convert(report.body),
        keywords=array(map(string, report.front.keywords)),
        sources=array(map(string, report.front.sources)),
        title_lines=array(map(string, lines)),
        title_width=max(map(width, lines)),
        convert=convert,
        string=string,
        text=text,
    )
    with TemporaryDirectory(prefix="zonereport-") as name:
        folder = Path(name)
        # Typst reads below this folder only
        shutil.copy(style, folder / style.name)
        for place, chart in enumerate(report.charts):
            (folder / chart_file(place)).write_text(chart, encoding="utf-8")
        # paths are relative to the folder, which Typst may not leave
        (folder / "main.typ").write_text(source, encoding="utf-8")
        pdf = compile_folder(folder, timestamp=_timestamp(report.front.day))
    return row_heads.tag(pdf, _row_heads(report))


def _row_heads(report: Document) -> list[list[list[int]]]:
    """What heads the rows of each table, in the order in which the tables are printed."""
    trees = []
    for points in report.key_points:
        trees.append(BeautifulSoup(points.html, "html.parser"))
    heads = []
    for tree in [*trees, report.body]:
        heads += map(tables.row_heads, map(tables.tidy, tree.find_all("table")))
    return heads


def compile_folder(folder: Path, *, timestamp: int = 0) -> bytes:
    """Compile ``main.typ`` of a folder with our typeface alone.

    Raises:
        PublishError: an error, or a warning, which in a publication is one too.
    """
    # slow, and a page in HTML needs none
    import typst

    try:
        compiler = typst.Compiler(folder / "main.typ", root=folder, font_paths=typefaces())
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=timestamp)
    except typst.TypstError as error:
        raise PublishError(f"the PDF is not written: {one_line(error)}") from None
    # a typeface that was not found is a warning only, and a page full of boxes
    if warnings:
        raise PublishError(f"the PDF is not written: {one_line(warnings[0])}")
    return pdf


@cache
def typefaces():
    """Return the typeface for Typst; its files are read once in the life of a process."""
    # as above
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.folder()])


def title_lines(title: str) -> list[str]:
    """Break a title for the cover where it must: after a word that ends a name, near the middle.

    >>> title_lines("经济运行分析报告"), title_lines("仪征经济开发区经济运行分析报告")
    (['经济运行分析报告'], ['仪征经济开发区', '经济运行分析报告'])
    >>> title_lines("江苏仪征经济开发区2022年1—12月经济运行分析报告")
    ['江苏仪征经济开发区', '2022年1—12月经济运行分析报告']
    """
    if width(title) <= _COVER_LINE:
        return [title]
    middle = width(title) / 2
    places, near = [], []
    for place in range(1, len(title)):
        # never inside a word or a number
        if title[place - 1 : place + 1].isascii():
            continue
        places.append(place)
        ends_a_name = title[place - 1] in "区市县省州园度月季：》 　" or title[place] in "《（("
        # a first line of two characters is worse than a break inside a name
        if ends_a_name and abs(width(title[:place]) - middle) <= 0.35 * width(title):
            near.append(place)
    place = min(near or places or [len(title) // 2], key=lambda p: abs(width(title[:p]) - middle))
    return [title[:place].strip(), title[place:].strip()]


def one_line(error) -> str:
    """Return what Typst says of an error, with its hints, on one line."""
    parts = [error.message, *error.hints]
    return " ".join("; ".join(parts).split())


def _timestamp(day: str) -> int:
    """Date the file by the last day of its data, not by the clock; without a day the epoch.

    >>> _timestamp("2022-12-31"), _timestamp("")
    (1672444800, 0)
    """
    if not day:
        return 0
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
