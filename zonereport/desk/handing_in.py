"""The door without a command line: hand in files, answer questions, import, undo, see what is missing, build.

What happens is what the commands do: ``import``, ``read``, ``undo`` and ``status`` by the same functions, ``run`` by
the command itself, since a report is built by processes of its own.
"""

import datetime
import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import ipywidgets as widgets
import pandas as pd
from IPython.display import HTML, FileLinks, display

from zonereport.desk.choosing import Edition
from zonereport.inputs import InputError, Refused
from zonereport.inputs.faultlist import condensed, severity_text, value_text
from zonereport.inputs.faults import Fault
from zonereport.inputs.history.undo import undo
from zonereport.inputs.period import Period
from zonereport.inputs.readiness import readiness
from zonereport.inputs.texts.document import read_document
from zonereport.inputs.texts.printed import needs_period
from zonereport.inputs.texts.review import write_review
from zonereport.inputs.workbook import import_book, mark_book
from zonereport.inputs.workbook.context import of_folder

TEXTS = (".docx", ".pdf", ".txt", ".html", ".htm")
BOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv")
# rows that an import would write, shown before they are confirmed
SHOWN = 20
HEADS = {"where": "位置", "value": "内容", "expected": "应为", "severity": "类别"}
STATE_HEADS = {
    "source_zh": "来源",
    "table_zh": "表",
    "office": "单位",
    "expected": "应有",
    "found": "已有",
    "state": "状态",
}
STATES = {"in": "齐", "partial": "不全", "missing": "缺"}


class Door:
    """The widgets of the door. ``folder`` is where marked copies, review workbooks and built documents are put."""

    def __init__(self, zone: str = "", period: str = "", folder: Path | None = None):
        self.folder = folder or Path.cwd()
        self.edition = Edition(zone, period)
        self.upload = widgets.FileUpload(description="选表格或文字材料", multiple=True, accept=",".join(BOOKS + TEXTS))
        self.when = widgets.Text(description="期间", placeholder="文件里没写才填，如 2023-06")
        self.source = widgets.Dropdown(description="来源", layout=widgets.Layout(width="30em"))
        self._offer_sources()
        self.edition.on_change(self._offer_sources)
        self.yes = widgets.Checkbox(description="按建议回答全部疑问", indent=False)
        self.correct = widgets.Checkbox(description="更正录入错误，不是修订", indent=False)
        self.accepted = widgets.SelectMultiple(
            description="认可", rows=4, layout=widgets.Layout(width="40em", display="none")
        )
        self.output = widgets.Output()
        self.buttons = {
            "导入": self._import,
            "撤销上一次导入": self._undo,
            "看缺什么": self._status,
            "生成报告": self._build,
        }
        row = []
        for name, action in self.buttons.items():
            button = widgets.Button(description=name)
            button.on_click(self._within(action))
            row.append(button)
        self.widget = widgets.VBox(
            [
                self.edition.widget,
                widgets.HBox([self.upload, self.when, self.source]),
                widgets.HBox([self.yes, self.correct]),
                self.accepted,
                widgets.HBox(row),
                self.output,
            ]
        )

    def _offer_sources(self) -> None:
        """Offer the sources of the zone; a workbook that names its own, or the only one of a year, needs none."""
        own = [("按文件所载，或当年唯一的来源", "")]
        self.source.options = own + [(source.title, source.id) for source in self.edition.loaded().about.sources]
        self.source.value = ""

    def _within(self, action):
        """Let a button show what its action prints, or the one line of what it refuses."""

        def clicked(button) -> None:
            self.output.clear_output()
            with self.output:
                try:
                    action()
                except Refused as error:
                    say(str(error))

        return clicked

    def files(self) -> list[tuple[str, bytes]]:
        """The names and contents that were handed in."""
        return [(Path(each["name"]).name, bytes(each["content"])) for each in self.upload.value]

    def _import(self) -> None:
        if not self.upload.value:
            say("先选文件：表格直接导入，文字材料先读成待核对的表格。")
        doubts: list[str] = []
        for name, content in self.files():
            with tempfile.TemporaryDirectory() as place:
                # its name says its office and its period
                path = Path(place) / name
                path.write_bytes(content)
                if path.suffix.lower() in TEXTS:
                    self._read(path)
                else:
                    doubts += self._take(path)
        self.accepted.options = list(dict.fromkeys(doubts))
        self.accepted.layout.display = "" if doubts else "none"

    def _take(self, path: Path) -> list[str]:
        """Import a workbook; return the doubts that may be accepted."""
        done = import_book(
            path,
            self.edition.zone.value,
            self.edition.root,
            period=self.when.value.strip() or None,
            received=datetime.date.today(),
            source=self.source.value,
            yes=self.yes.value,
            accept=tuple(self.accepted.value),
            correct=self.correct.value,
        )
        found = [*done.faults, *done.warnings]
        say(path.name)
        if found:
            display(HTML(faults_table(found)))
        if not done.faults:
            listed(done.done(path.name))
            self.edition.forget()
            return []
        listed(done.preview[:SHOWN])
        if done.mapping:
            marked = self.folder / f"{path.stem}.marked.xlsx"
            mark_book(path, found, marked)
            say(
                f"没有写入。标红的副本：{marked.name}。改好再选，或勾选“按建议回答全部疑问”、在“认可”中选出无误的项，再点“导入”。"
            )
        else:
            say("没有写入。")
        return [fault.answer for fault in done.faults if fault.answer]

    def _read(self, path: Path) -> None:
        """Read a text into a workbook that somebody looks through and then imports."""
        context = of_folder(self.edition.zone.value, self.edition.root)
        review = self.folder / f"{path.stem}.review.xlsx"
        try:
            document = read_document(
                path, context, self.edition.root, period=self.when.value.strip(), source=self.source.value
            )
            needs_period(document)
            write_review(document, context, review)
        except InputError as error:
            display(HTML(faults_table(error.faults)))
            return
        say(
            f"{path.name}：读出{len(document.rows)}条，其中{len(document.ready)}条已有编码。"
            f"请核对 {review.name}，再作为表格导入。"
        )

    def _undo(self) -> None:
        done = undo(self.edition.zone.value, self.edition.root, "")
        entry = done.entry
        say(
            f"已撤销第{entry.number}次导入（{entry.file}）：新增{entry.added}行、改动{entry.changed}行、删除{entry.removed}行均已复原。"
        )

    def _status(self) -> None:
        when = Period.parse(self.when.value.strip() or self.edition.period.value)
        frame = readiness(self.edition.loaded(), when)
        table = frame[list(STATE_HEADS)].assign(state=frame["state"].map(STATES)).rename(columns=STATE_HEADS)
        say(f"{when.name_zh}：")
        display(HTML(table.to_html(index=False, escape=True)))

    def _build(self) -> None:
        zone, period, park = self.edition.zone.value, self.edition.period.value, self.edition.park.value
        command = [sys.executable, "-m", "zonereport", "run", zone, "--period", period]
        if park:
            command += ["-p", f"park={park}"]
        say("正在生成……")
        done = subprocess.run(command, cwd=self.edition.root, capture_output=True, text=True, encoding="utf-8")
        listed(filter(None, done.stderr.splitlines()))
        built = [self.edition.root / line for line in done.stdout.splitlines() if line.startswith("reports/")]
        # JupyterLab serves what lies below the desk only
        shown = self.folder / "reports" / period
        shown.mkdir(parents=True, exist_ok=True)
        for path in built:
            shutil.copy(path, shown / path.name)
        if built:
            display(FileLinks(shown.relative_to(self.folder) if self.folder == Path.cwd() else shown))
        else:
            say("没有生成；原有的报告没有变。")


def say(text: str) -> None:
    """Show a sentence as text, whatever is in it."""
    display(HTML(f"<p>{html.escape(text)}</p>"))


def listed(lines: Iterable[str]) -> None:
    """Show lines as a list, each as text."""
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    if items:
        display(HTML(f"<ul>{items}</ul>"))


def faults_table(faults: Sequence[Fault]) -> str:
    """Return faults as a table in HTML, those of one kind in one line: where, what stands there, what was expected."""
    rows = []
    for fault in condensed(faults):
        place = " ".join(filter(None, [fault.file, f"第{fault.row}行" if fault.row else "", fault.column or ""]))
        rows.append(
            {
                "where": place,
                "value": value_text(fault.value),
                "expected": " ".join(filter(None, [fault.expected, fault.where])),
                "severity": severity_text(fault.severity),
            }
        )
    return pd.DataFrame(rows, columns=list(HEADS)).rename(columns=HEADS).to_html(index=False, escape=True)


def door(zone: str = "", period: str = "") -> widgets.Widget:
    """Return the door: hand in files, answer, import, undo, see what is missing, build and open the documents."""
    return Door(zone, period).widget
