"""The table of the league: places among the zones of a batch."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.tables import styled
from zonereport.present.report import Report
from zonereport.present.words.league import BASES, place, shown

HEADS = {"name": "指标", "on": "比较口径", "text": "数值", "place": "位次"}
MEASURES = {"growth": "growth", "level": "value"}


def league(report: Report) -> Styler | None:
    """The places in the league that are to be listed: on what, the figure, the place; None where there are none."""
    rows = [
        {"name": report.label(row.code), "on": BASES[row.on]}
        | {"text": report.text(row.code, MEASURES[row.on]), "place": place(row)}
        for row in shown(report).itertuples()
    ]
    return styled(pd.DataFrame(rows), "league", heads=HEADS, right=("text",))
