"""Workbooks: templates to fill in, hand-made sheets read into the tables of a zone, faults marked in a copy."""

from zonereport.inputs.workbook.book import Book, Sheet
from zonereport.inputs.workbook.importing import ImportResult, import_book
from zonereport.inputs.workbook.mapping import Mapping, dump_mapping, load_mapping
from zonereport.inputs.workbook.mark import mark_book
from zonereport.inputs.workbook.outcome import Change, Removal, Revision
from zonereport.inputs.workbook.propose import propose_mapping
from zonereport.inputs.workbook.reading import read_book
from zonereport.inputs.workbook.template import write_template

__all__ = [
    "Book",
    "Change",
    "ImportResult",
    "Mapping",
    "Removal",
    "Revision",
    "Sheet",
    "dump_mapping",
    "import_book",
    "load_mapping",
    "mark_book",
    "propose_mapping",
    "read_book",
    "write_template",
]
