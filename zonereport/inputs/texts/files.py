"""A file of any kind as blocks: what it is, its content says, not its suffix."""

import shutil
import subprocess
import tempfile
import zipfile
import zlib
from pathlib import Path

from zonereport.inputs.faults import InputError
from zonereport.inputs.texts.blocks import MOST_BYTES, MOST_CHARACTERS, Block, refused
from zonereport.inputs.texts.docx import read_docx
from zonereport.inputs.texts.pdf import read_pdf
from zonereport.inputs.texts.web import decoded, is_markup, read_html, read_txt
from zonereport.inputs.workbook.guard import guarded

KINDS = "a text as .txt, .html, .docx or .pdf"
_STRANGERS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
)
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
# seconds for LibreOffice to turn an old document into one of today
_PATIENCE = 120


def read_file(path: Path) -> list[Block]:
    """Return the paragraphs and tables of a file in their order.

    Raises InputError with one fault where it is empty, no text, encrypted, a scan, or too large.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
    except OSError:
        raise refused(path, None, "a file") from None
    if size > MOST_BYTES:
        raise refused(path, f"{size // 1_000_000} MB", f"at most {MOST_BYTES // 1_000_000} MB")
    if size == 0:
        raise refused(path, "", KINDS)
    return guarded(_read, path)


def _read(path: Path) -> list[Block]:
    content = path.read_bytes()
    try:
        blocks = _of_kind(path, content)
    except (KeyboardInterrupt, SystemExit, InputError, MemoryError):
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        value = "a document with a password" if "password" in str(error) else "a damaged document"
        raise refused(path, value, KINDS) from None
    # libraries read files that anybody may have spoilt, and fail in ways of their own
    except Exception as error:
        reason = str(error).split("\n")[0] or type(error).__name__
        raise refused(path, f"a damaged document ({reason[:80]})", KINDS) from None
    if sum(len(block.text) for block in blocks) > MOST_CHARACTERS:
        raise refused(path, f"more than {MOST_CHARACTERS} characters", "one text")
    if not any(block.text.strip() or block.grid for block in blocks):
        raise refused(path, "no text", KINDS)
    return blocks


def _of_kind(path: Path, content: bytes) -> list[Block]:
    for begin, name in _STRANGERS:
        if content.startswith(begin):
            raise refused(path, name, KINDS)
    if content.startswith(b"PK"):
        return read_docx(path, content)
    if content[:1024].find(b"%PDF-") >= 0:
        return read_pdf(path, content)
    if content.startswith(_OLD):
        return _old(path, content)
    text = decoded(path, content)
    if not text.strip():
        raise refused(path, "an empty text", KINDS)
    if is_markup(text):
        return read_html(path, text)
    return read_txt(text)


def _old(path: Path, content: bytes) -> list[Block]:
    """Read a .doc or .wps through LibreOffice where it is installed."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refused(path, "a document with a password", "the same without password")
    if "Workbook".encode("utf-16-le") in content and "WordDocument".encode("utf-16-le") not in content:
        raise refused(path, "a workbook", "a text; a workbook is read by zonereport import")
    program = shutil.which("soffice") or shutil.which("libreoffice")
    expected = "a .docx: open it in Word or WPS and save it so"
    if program is None:
        raise refused(path, "an old Word or WPS document", expected)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "text.doc"
        source.write_bytes(content)
        # a profile of its own: nothing of the user's is opened, and no macro is trusted
        command = [program, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "docx", "--outdir", f"{folder}/out", str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired):
            raise refused(path, "an old Word or WPS document", expected) from None
        made = Path(folder) / "out" / "text.docx"
        if not made.exists():
            raise refused(path, "an old Word or WPS document", expected)
        return read_docx(path, made.read_bytes())
