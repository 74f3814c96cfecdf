"""Whether the rows of a period have changed since an edition of it was made."""

import csv
import hashlib
from pathlib import Path

from zonereport.inputs.period import Period


def rows_digest(folder: Path, period: Period) -> str:
    """Return the digest of all rows of a zone's tables that an edition of ``period`` speaks of.

    They are those of its year up to its last month: figures are cumulative, and a figure of June is part of what July
    says. Rows of other tables (targets, firms, names) do not count: they change for years that are long printed. A cell
    with a period that is none counts as it stands. ``folder`` is data/<zone>.
    """
    content = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            header = next(reader, [])
            if "period" not in header:
                continue
            place = header.index("period")
            content.update(repr((path.name, header)).encode())
            for row in reader:
                if len(row) > place and _counts(row[place], period):
                    content.update(repr(row).encode())
    return content.hexdigest()


def _counts(text: str, period: Period) -> bool:
    try:
        when = Period.parse(text)
    except ValueError:
        # check will say what is wrong with it
        return True
    return when.year == period.year and when.last <= period.last
