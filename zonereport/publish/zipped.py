"""Zip files of office formats: same content, same bytes."""

import io
import re
import zipfile
from datetime import date

# a zip knows no earlier one
FIRST_DAY = "1980-01-01"
_CORE = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def settled(content: bytes, day: str = "") -> bytes:
    """Return a zip with all that is in it dated by ``day`` (YYYY-MM-DD), whenever it was written.

    A workbook inside it, behind a chart, is settled as well.
    """
    day = day or FIRST_DAY
    moment = (*date.fromisoformat(day).timetuple()[:3], 0, 0, 0)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            about = zipfile.ZipInfo(entry.filename, moment)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o600 << 16
            inside = old.read(entry.filename)
            if entry.filename.endswith(".png"):
                # a picture is compressed already
                about.compress_type = zipfile.ZIP_STORED
            elif entry.filename == _CORE:
                inside = _MOMENT.sub(rb"\g<1>%sT00:00:00Z\g<2>" % day.encode(), inside)
            elif entry.filename.endswith(".xlsx"):
                inside = settled(inside, day)
            new.writestr(about, inside)
    return made.getvalue()
