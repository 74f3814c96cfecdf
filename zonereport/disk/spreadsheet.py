"""Text that stays text in a spreadsheet: the one way by which cells of workbooks and CSV files are written."""

import re

# Excel, WPS and LibreOffice take what begins like this for a formula
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")


def acts(text: str) -> bool:
    """Tell whether a spreadsheet would take a text for something to compute.

    >>> [acts(text) for text in ("=1+1", "+A1", "-cmd|x", "@SUM(1)", "-5.1", "+3.2%", "甲=乙", "")]
    [True, True, True, True, False, False, False, False]
    """
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def csv_text(text: str) -> str:
    """Return a text for a cell of a CSV that is made to be looked at: an apostrophe keeps a formula from acting.

    >>> csv_text('=HYPERLINK("http://x")'), csv_text("-5.1"), csv_text("甲")
    ('\\'=HYPERLINK("http://x")', '-5.1', '甲')
    """
    return f"'{text}" if acts(text) else text


def put(cell, value: object) -> None:
    """Write a value into a cell of openpyxl; a text is stored as a text, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        # openpyxl makes a formula of what begins with =, and an error value of #N/A
        cell.data_type = "s"
        if acts(value):
            # and what somebody edits later stays a text, too
            cell.quotePrefix = True
