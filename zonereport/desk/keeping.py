"""Keep a view for the next report: a row more in the table ``views`` of the zone."""

import csv
import io
from pathlib import Path

from zonereport.disk import journal, whole

NAME = "views.csv"
COLUMNS = ("panel", "code", "park")


def keep(root: Path, zone: str, view: tuple[str, str, str]) -> bool:
    """Add ``view``, a panel, a code and a park, to data/<zone>/views.csv; False where it is there already.

    Raises Busy while another command changes the zone, Changed where somebody edits the file meanwhile.
    """
    path = root / "data" / zone / NAME
    with journal.writing(root, zone) as staging:
        before, rows = journal.fingerprint(path), []
        if before is not None:
            rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))[1:]
        if list(view) in rows:
            return False
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows, view])
        made = staging / "made"
        made.mkdir()
        whole.write(made / NAME, text.getvalue().encode())
        journal.commit(root, zone, made, {NAME: before})
    return True
