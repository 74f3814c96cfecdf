"""``reports/runs.jsonl``: a line for every call of ``month`` and every zone; none is ever changed."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from zonereport.disk.locks import locked

FILE = "runs.jsonl"
# seconds to wait for another call that writes its line
PATIENCE = 60
# whether a run was begun that never told how it ended
BEGUN = ".begun"


def append(reports: Path, record: Mapping[str, object]) -> None:
    """Add a line to the records, whole or not at all."""
    reports.mkdir(exist_ok=True)
    line = json.dumps(record, ensure_ascii=False) + "\n"
    with locked(reports / f".{FILE}.lock", patience=PATIENCE):
        path = reports / FILE
        # a line that a full disk or a kill cut short must not swallow the next one
        if path.exists() and not _ends_whole(path):
            line = "\n" + line
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)


def read(reports: Path, zone: str = "") -> list[dict]:
    """Return the records, oldest first, of one zone or all; a line that is no record is passed over."""
    found = []
    try:
        text = (reports / FILE).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return found
    for line in text.splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and zone in ("", record.get("zone")):
            found.append(record)
    return found


def begin(folder: Path, zone: str, began: str) -> str:
    """Note that a run has begun, and return when the one before did, if it never told how it ended."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / f"{zone}{BEGUN}"
    before = ""
    if note.exists():
        before = note.read_text(encoding="utf-8")
    note.write_text(began, encoding="utf-8")
    return before


def end(folder: Path, zone: str) -> None:
    """Note that a run has told how it ended."""
    (folder / f"{zone}{BEGUN}").unlink(missing_ok=True)


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        if not stream.tell():
            return True
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"
