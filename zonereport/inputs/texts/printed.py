"""What ``read`` prints of a document: one object for programs, and an entry for the sources of zone.yml."""

import re

import yaml

from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.texts.document import Document
from zonereport.inputs.texts.rows import Row
from zonereport.inputs.workbook.context import Context


def as_object(document: Document) -> dict:
    """Return a document as one object: every fact in rows, every other number in numbers."""
    numbers = [{"text": one.text, "locator": one.locator, "reason": one.reason} for one in document.numbers]
    return {
        "period": document.period or document.said,
        "sha256": document.sha256,
        "rows": [_as_row(row) for row in document.rows],
        "numbers": numbers,
    }


def _as_row(row: Row) -> dict:
    return {
        "table": row.table,
        "code": row.code,
        "name": row.name,
        "value": row.value,
        "unit": row.unit,
        "qualifier": "|".join(row.qualifiers),
        "period": row.period,
        "growth_pct": row.growth,
        "rank": row.rank,
        "subject": row.subject,
        "locator": row.locator,
        "quote": row.quote,
        "confidence": row.confidence,
    }


def entry_of_source(document: Document, context: Context) -> str:
    """Return an entry for ``sources`` of zone.yml that names the document; its hash stands beside it."""
    covers = document.period
    entry = {
        "id": document.new_source,
        "title": re.sub(r"\s+", " ", document.title),
        "publisher": context.about.name_zh,
        "place": context.about.place_zh,
        "covers": covers,
    }
    text = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=120)
    lines = [f"  # {document.path.name} sha256 {document.sha256}"]
    lines += [f"  {line}" for line in text.rstrip().split("\n")]
    return "\n".join(lines)


def needs_period(document: Document) -> None:
    """Refuse a workbook for a text whose period nobody knows: its figures could be of any year."""
    if not document.period:
        value = document.said or None
        expected = "a text that names its year; name it with --period 2022 or --period 2022-11"
        raise InputError([Fault(document.path.name, None, "period", value, expected)])
