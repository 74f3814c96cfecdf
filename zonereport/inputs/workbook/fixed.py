"""Saving a workbook so that the same content gives the same bytes."""

import datetime
import io
import os
import re
import tempfile
import zipfile
from pathlib import Path

import openpyxl

# the first day that a ZIP archive can name
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def save(book: openpyxl.Workbook, path: Path) -> None:
    """Write ``book`` to ``path``, whole or not at all, without the time of day that openpyxl puts in."""
    raw = io.BytesIO()
    book.save(raw)
    moment = book.properties.created or datetime.datetime(*FIRST_DAY)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    path = Path(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".xlsx", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream, zipfile.ZipFile(raw) as old, zipfile.ZipFile(stream, "w") as new:
            for entry in old.infolist():
                content = old.read(entry)
                if entry.filename == "docProps/core.xml":
                    content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
                about = zipfile.ZipInfo(entry.filename, FIRST_DAY)
                about.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(about, content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
