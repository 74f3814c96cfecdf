"""The two nbconvert exporters: one template makes the body, one page template each makes the format."""

from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from nbconvert.exporters.exporter import Exporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from traitlets import Bool, default
from traitlets.config import Config

from zonereport.publish import book, document, glyphs, linking, markdown, origins, page
from zonereport.publish.elastic import elastic
from zonereport.publish.errors import PublishError

TEMPLATES = Path(__file__).parent / "templates"


def warm() -> None:
    """Fill the caches that every report needs, so that processes forked from this one have them from the start.

    They are the characters and the files of the typeface, the compiled templates and the schema of notebooks.
    """
    # loads Typst, which a process that writes pages only does without
    from zonereport.publish import pdf

    glyphs.covered()
    pdf.typefaces()
    small = book.assemble([new_notebook(cells=[new_markdown_cell("# 报告")])])
    ReportHTMLExporter(embed_fonts=False).from_notebook_node(small)
    ReportPDFExporter().environment.get_template("main.typ.j2")


class _Compiled(BytecodeCache):
    """Keeps compiled templates as long as the process lives: nbconvert makes a new environment for each exporter."""

    def __init__(self):
        self.code: dict[str, bytes] = {}

    # the two names are jinja2's
    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class _ReportExporter(TemplateExporter):
    """What both formats share: the notebook as a checked document."""

    _charts: list[str]

    @default("template_name")
    def _template_name_default(self) -> str:
        return "zonereport"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".html.j2"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        # once after all preprocessors, not after each of them, most of which are not enabled
        return True

    @property
    def default_config(self) -> Config:
        # what an analyst tags so stays in the notebook
        config = Config({"TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": ["remove-cell"]}})
        config.merge(super().default_config)
        return config

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.bytecode_cache = _COMPILED
        return environment

    def default_filters(self):
        yield from super().default_filters()
        yield "report_markdown", markdown.render
        yield "report_role", document.role
        yield "report_chart", self._keep_chart
        yield "report_table", _table
        yield "report_sources", origins.attribute
        yield "report_values", self._values

    def _values(self, columns) -> str:
        """The values of a chart for a page, where they can be unfolded; other formats have charts only."""
        return ""

    def _keep_chart(self, page: str) -> int:
        """Put the picture of a figure aside, since an HTML parser would spoil its attributes; return its place."""
        self._charts.append(_between(page, "<svg", "</svg>"))
        return len(self._charts) - 1

    def _document(self, nb: NotebookNode, resources: dict[str, Any] | None, **kwargs: Any):
        _refuse_if_not_executed(nb)
        self._charts = []
        html, resources = super().from_notebook_node(elastic(nb), resources, **kwargs)
        return document.build(html, self._charts, document.front(nb)), resources


def _refuse_if_not_executed(nb: NotebookNode) -> None:
    """Raise PublishError for a notebook with a code cell that has neither run nor shown anything."""
    for number, cell in enumerate(nb.cells, 1):
        waiting = cell.cell_type == "code" and cell.source.strip() and not cell.outputs
        if waiting and cell.get("execution_count") is None:
            raise PublishError(
                f"cell {number} of the notebook was not executed: run it first, with papermill, with "
                "jupyter nbconvert --execute, or in JupyterLab, and save it"
            )


def _between(page: str, opening: str, closing: str) -> str:
    """The piece of a page from the first ``opening`` to the last ``closing``, both included; empty without them."""
    start, end = page.find(opening), page.rfind(closing)
    if not 0 <= start < end:
        return ""
    return page[start : end + len(closing)]


def _table(page: str) -> str:
    """The rules and the rows of a table, without the caption and the note that a notebook's reader sees with it."""
    inside = page.partition("</figcaption>")[2]
    return _between(inside, "<style", "</table>") or _between(inside, "<table", "</table>")


class ReportHTMLExporter(_ReportExporter):
    """One self-contained page: no network, fonts and charts inside, and one small script, named by its hash.

    Raises:
        PublishError: the report does not pass its checks; one line names the culprit.
    """

    export_from_notebook = "Report (HTML)"
    output_mimetype = "text/html"
    embed_fonts = Bool(True, help="embed the characters used as WOFF").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def _values(self, columns) -> str:
        return origins.values_of(columns)

    def from_notebook_node(self, nb, resources=None, **kwargs):
        report, resources = self._document(nb, resources, **kwargs)
        template = self.environment.get_template("page.html.j2")
        static = TEMPLATES / "zonereport" / "static"
        look = page.Look(
            css=(static / "report.css").read_text(encoding="utf-8"),
            script=(static / "report.js").read_text(encoding="utf-8").strip(),
            embed_fonts=self.embed_fonts,
        )
        # a chapter exported by itself has no files beside it
        files = nb.metadata.get(linking.KEY, {})
        others = linking.siblings(files.get("all", ()), files.get("own", ""))
        return page.render(report, template, look, others), resources


class ReportPDFExporter(_ReportExporter):
    """An A4 publication through Typst that is PDF/UA-1 and PDF/A-2a, or is not written at all.

    Raises:
        PublishError: the report does not pass its checks, or Typst refuses it; one line names the culprit.
    """

    export_from_notebook = "Report (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb, resources=None, **kwargs):
        # loads Typst: see ``warm``
        from zonereport.publish import pdf

        report, resources = self._document(nb, resources, **kwargs)
        style = TEMPLATES / "zonereport" / "report.typ"
        return pdf.render(report, self.environment.get_template("main.typ.j2"), style=style), resources


class _OutputsExporter(Exporter):
    """What formats of sheets and slides share: the outputs of the notebook, without its pages."""

    # the module that makes the file: loaded by whoever asks for it, pages do without
    _renderer: str

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        # as above
        return True

    @property
    def default_config(self) -> Config:
        config = Config({"TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": ["remove-cell"]}})
        config.merge(super().default_config)
        return config

    def from_notebook_node(self, nb, resources=None, **kwargs):
        _refuse_if_not_executed(nb)
        matter = document.front(nb) or document.Front("")
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        return import_module(self._renderer).render(nb, matter), resources


class AnnexExporter(_OutputsExporter):
    """The tables of a report as a workbook: a sheet a table, figures as numbers with their units.

    Raises:
        PublishError: there is no table.
    """

    _renderer = "zonereport.publish.xlsx.render"
    export_from_notebook = "Annex (Excel)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".xlsx"


class SlidesExporter(_OutputsExporter):
    """Eight to ten slides: a finding as the title of each, charts that can be edited, sources in the notes.

    Raises:
        PublishError: a part of them cannot be shown.
    """

    _renderer = "zonereport.publish.pptx.render"
    export_from_notebook = "Slides (PowerPoint)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pptx"


class ReportWordExporter(_ReportExporter):
    """A Word file that an office edits, on a page of GB/T 9704: styles, fields, native tables, charts as pictures.

    Raises:
        PublishError: the report does not pass its checks; one line names the culprit.
    """

    export_from_notebook = "Report (Word)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    def from_notebook_node(self, nb, resources=None, **kwargs):
        # loads python-docx, which no other format needs
        from zonereport.publish.docx.render import render

        report, resources = self._document(nb, resources, **kwargs)
        return render(report), resources
