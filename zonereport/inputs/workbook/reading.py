"""Opening a workbook of any kind by its content: values first, and what its format says of them as far as it can."""

import contextlib
import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.workbook.book import LIST_SHEET, Book, Sheet, Value
from zonereport.inputs.workbook.cells import number_text
from zonereport.inputs.workbook.guard import guarded
from zonereport.inputs.workbook.readers import ods, texts, xls, xlsx
from zonereport.inputs.workbook.readers.model import MOST_BYTES, MOST_UNPACKED, Bounds, RawSheet
from zonereport.language import noted, tr

# what other files begin with, and what to do about them
STRANGERS = (
    (b"%PDF", noted("a PDF"), noted("the workbook that it was printed from, as .xlsx")),
    (b"\x89PNG", noted("a picture"), noted("the workbook itself, as .xlsx")),
    (b"\xff\xd8\xff", noted("a picture"), noted("the workbook itself, as .xlsx")),
    (b"Rar!", noted("a RAR archive"), noted("the workbook inside it")),
    (b"7z\xbc\xaf", noted("a 7z archive"), noted("the workbook inside it")),
    (b"{\\rtf", noted("an RTF document"), noted("its table, saved as .xlsx")),
)
WORKBOOK = noted("an .xlsx or .xls workbook without password, an .ods, or a table as CSV text")
NO_STYLES = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
OLD = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".encode("latin-1")


def read_book(path: Path) -> Book:
    """Read an .xlsx, .xls, .et, .ods, CSV text, or a web page or XML named .xls; the content says which it is.

    Hidden sheets, rows and columns are left out, with a notice for each.
    Raises InputError with one fault where the file is none of these, or too large to be read within bounds.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
    except OSError:
        raise InputError([Fault(path.name, None, None, None, tr("a file"))]) from None
    if size > MOST_BYTES:
        raise _refused(path, tr("{size} bytes", size=size), tr("at most {most}", most=MOST_BYTES))
    # in a process of its own: the libraries below may take any time and memory
    return guarded(_read, path)


def is_xlsx(path: Path) -> bool:
    """Return whether a file is an .xlsx or .xlsm by its content."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep openpyxl from warning of extensions that it drops: only values are read here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _read(path: Path) -> Book:
    content = path.read_bytes()
    for begin, name, expected in STRANGERS:
        if content.startswith(begin):
            raise _refused(path, tr(name), tr(expected))
    try:
        if content.startswith(b"PK"):
            return _packed(path, content)
        if content.startswith(OLD):
            return _old(path, content)
        return _text(path, content)
    except (KeyboardInterrupt, SystemExit, InputError, MemoryError):
        raise
    # libraries, one in Rust whose panics are no Exception, read files that anybody may have spoilt
    except BaseException as error:
        reason = str(error).split("\n")[0] or type(error).__name__
        raise _refused(path, reason, tr(WORKBOOK)) from None


def _packed(path: Path, content: bytes) -> Book:
    """Read a ZIP archive: what is unpacked is measured before anything is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # the sizes in the directory of the archive, before a byte of it is unpacked
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise _refused(
                path,
                tr("{size} MB unpacked", size=unpacked // 1_000_000),
                tr("at most {most} MB", most=MOST_UNPACKED // 1_000_000),
            )
        names = set(archive.namelist())
        # offices send the table inside a letter: say so, instead of that no sheet was found
        if "word/document.xml" in names:
            raise _refused(path, tr("a Word document"), tr("its table, copied into a workbook and saved as .xlsx"))
        notices, ours = [], False
        if "xl/workbook.xml" in names:
            facts, reason = xlsx.read_facts(archive, path.name)
            ours = xlsx.is_ours(archive)
            if reason:
                note = tr("readable number formats; values were read, percent signs that only a format shows were not")
                notices.append(Fault(path.name, None, None, reason, note, severity="warning"))
        elif "content.xml" in names:
            facts = ods.read_facts(archive, path.name)
        elif "xl/workbook.bin" in names:
            # the binary kind of Excel: calamine reads its values, nobody here its formats
            facts = []
        else:
            raise _refused(path, tr("a ZIP archive"), tr("the workbook inside it: {workbook}", workbook=tr(WORKBOOK)))
        # entities can name each other until a kilobyte has become a gigabyte
        if any("<!DOCTYPE" in archive.open(name).read(200).decode("latin-1") for name in names if name.endswith("xml")):
            raise _refused(path, tr("markup with entities of its own"), tr(WORKBOOK))
    try:
        sheets = _with_values(content, facts)
    # calamine, too, wants a sound style sheet: without one the values are as sound as before
    except CalamineError:
        sheets = _with_values(_without_styles(content), facts)
    return _made(path, sheets, notices, ours)


def _without_styles(content: bytes) -> bytes:
    """Return an .xlsx with an empty style sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, NO_STYLES if name == "xl/styles.xml" else old.read(name))
    return made.getvalue()


def _old(path: Path, content: bytes) -> Book:
    """Read an .xls; Word files and encrypted books have the same shell."""
    # an encrypted .xlsx is packed into the shell of an .xls
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _refused(path, tr("a workbook with a password"), tr("the same without password"))
    if "WordDocument".encode("utf-16-le") in content:
        raise _refused(path, tr("a Word document"), tr("its table, copied into a workbook and saved as .xlsx"))
    notices: list[Fault] = []
    try:
        facts = xls.read_facts(path)
    except InputError:
        raise
    # xlrd fails in many ways on books that other programs have written; the values do not need it
    except Exception as error:
        facts = []
        reason = str(error).split("\n")[0] or type(error).__name__
        note = tr("readable number formats; values were read, save it as .xlsx to have the formats, too")
        notices.append(Fault(path.name, None, None, reason, note, severity="warning"))
    return _made(path, _with_values(content, facts), notices)


def _text(path: Path, content: bytes) -> Book:
    text = texts.decoded(content)
    if text is None or not text.strip():
        if not content.strip():
            raise _refused(path, tr("an empty file"), tr(WORKBOOK))
        raise _refused(path, tr("no table"), tr(WORKBOOK))
    head = text[:2000].lstrip().lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        sheets, kind = texts.read_spreadsheetml(content, path.name), tr("an XML spreadsheet of 2003")
    elif head.startswith("mime-version") or "content-type: multipart/related" in head:
        raise _refused(path, tr("a web archive (.mht)"), tr("the same, opened in Excel or WPS and saved as .xlsx"))
    elif _is_markup(head):
        sheets, kind = texts.read_web_page(text, path.name), tr("a web page")
        if not sheets:
            raise _refused(
                path, tr("a web page without a table"), tr("the same, opened in Excel or WPS and saved as .xlsx")
            )
    else:
        sheets, kind = texts.read_separated(text, path.stem, path.name), ""
        if not _is_table(sheets[0].grid):
            raise _refused(path, tr("a text that is no table"), tr(WORKBOOK))
    return _made(path, sheets, _misnamed(path, kind, len(sheets)))


def _is_table(grid: list[list[Value]]) -> bool:
    """Whether a text cut at its separators has two rows and two columns."""
    rows = [row for row in grid if any(row)]
    return len(rows) >= 2 and max(map(len, rows)) >= 2


def _misnamed(path: Path, kind: str, count: int) -> list[Fault]:
    """Return the notice that a web page or XML is named .xls; an empty list where the name says what it is."""
    if not kind or path.suffix.lower() in (".xml", ".html", ".htm"):
        return []
    tables = tr("one table")
    if count > 1:
        tables = tr("{count} tables", count=count)
    note = tr(
        "an .xlsx; this is {kind} saved as {suffix}; it holds {tables}, which was read",
        kind=kind, suffix=path.suffix, tables=tables,
    )  # fmt: skip
    return [Fault(path.name, None, None, kind, note, severity="warning")]


def _is_markup(head: str) -> bool:
    """Return whether the beginning of a text is that of a web page."""
    return head.startswith(("<!doctype html", "<html", "<table", "<meta", "<head", "<body")) or "<table" in head


def _with_values(content: bytes, facts: list[RawSheet]) -> list[RawSheet]:
    """Add the values that calamine reads to what is known of the sheets; without facts, values alone."""
    # formats and values come from two readers: sheets of one name belong together
    known = {sheet.name: sheet for sheet in facts}
    sheets = []
    with quiet(), CalamineWorkbook.from_filelike(io.BytesIO(content)) as opened:
        for about in opened.sheets_metadata:
            # charts and macros have sheets of their own, without cells
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = known.get(about.name) or RawSheet(about.name, formats_known=False)
            sheet.visible = about.visible == SheetVisibleEnum.Visible
            if sheet.visible and about.name != LIST_SHEET:
                raw = opened.get_sheet_by_name(about.name)
                sheet.grid = raw.to_python(skip_empty_area=False)
                if not facts:
                    merged = raw.merged_cell_ranges or []
                    sheet.ranges = [(top, left, bottom, right) for (top, left), (bottom, right) in merged]
            sheets.append(sheet)
    return sheets


def _made(path: Path, raws: list[RawSheet], notices: list[Fault], ours: bool = False) -> Book:
    sheets = []
    for raw in raws:
        if raw.name == LIST_SHEET:
            continue
        file = f"{path.name}[{raw.name}]"
        if not raw.visible:
            notices.append(_notice(file, None, None, tr("a hidden sheet"), tr("a visible one; it was skipped")))
            continue
        # formats cost nothing, figures do: what is counted is what holds something
        Bounds(file).filled(raw.grid)
        _show(raw)
        for column in _hidden_columns(raw):
            letter = _letter(column)
            notices.append(_notice(file, None, letter, tr("a hidden column"), tr("a visible one; it was skipped")))
        hidden = sorted(row for row in raw.hidden_rows if row < len(raw.grid) and any(v != "" for v in raw.grid[row]))
        # each by itself: whoever hid them knows which they were
        for row in hidden:
            notices.append(_notice(file, row + 1, None, tr("a hidden row"), tr("a visible one; it was skipped")))
        ranges = _clipped(raw.ranges, raw.grid)
        sheets.append(
            Sheet(raw.name, raw.grid, ranges, raw.troubles, frozenset(hidden), raw.indents, raw.formats_known)
        )
    return Book(path, tuple(sheets), tuple(notices), ours)


def _show(raw: RawSheet) -> None:
    """Put what the format shows into the cells whose number alone would be another figure."""
    for spot in raw.percents | raw.suffixes.keys():
        row, column = spot
        if row >= len(raw.grid) or column >= len(raw.grid[row]):
            continue
        value: Value = raw.grid[row][column]
        # a text shows what it says, whatever the format of its cell
        if type(value) not in (int, float):
            continue
        if spot in raw.percents:
            raw.grid[row][column] = number_text(value * 100) + "%"
        else:
            raw.grid[row][column] = number_text(value) + raw.suffixes[spot]


def _hidden_columns(raw: RawSheet) -> list[int]:
    """Empty the hidden columns and return those that held something."""
    emptied = []
    for column in sorted(raw.hidden_columns):
        filled = [row for row in raw.grid if column < len(row) and row[column] != ""]
        for row in filled:
            row[column] = ""
        if filled:
            emptied.append(column)
    for spot in [spot for spot in raw.troubles if spot[1] in raw.hidden_columns]:
        del raw.troubles[spot]
    return emptied


def _clipped(ranges: list[tuple[int, int, int, int]], grid: list[list[Value]]) -> tuple[tuple[int, int, int, int], ...]:
    """Return the merged ranges within the grid; overlapping ones, which no program writes, stop where they are many."""
    high, wide = len(grid) - 1, max(map(len, grid), default=0) - 1
    # a sheet of 4 kB can declare three merged ranges over all its cells
    clipped, area = [], 0
    for top, left, bottom, right in sorted(ranges):
        bottom, right = min(bottom, high), min(right, wide)
        area += max(0, bottom - top + 1) * max(0, right - left + 1)
        if top <= bottom and left <= right and area <= 4 * (high + 1) * (wide + 1):
            clipped.append((top, left, bottom, right))
    return tuple(clipped)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column + 1)


def _notice(file: str, row: int | None, column: str | None, value: str, expected: str) -> Fault:
    return Fault(file, row, column, value, expected, severity="warning")


def _refused(path: Path, value: str, expected: str) -> InputError:
    return InputError([Fault(path.name, None, None, value, expected)])
