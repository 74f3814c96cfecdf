"""到报情况: which tables of the period have come in, which are missing or partial, by office."""

import pandas as pd

from zonereport.inputs.readiness import IN, MISSING, PARTIAL, readiness
from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

HEADS = {
    "office": "报送单位",
    "source_zh": "资料",
    "table_zh": "表",
    "expected": "应报项",
    "found": "已报项",
    "words": "情况",
}
STATES = {IN: "已报齐", PARTIAL: "部分未报", MISSING: "未报"}
# indicators that a row names
NAMED = 3


@exhibit
def received(report: Report) -> Exhibit:
    """Show which tables of the period have come in, against the period before and the zone's own list."""
    caption = "到报情况"
    rows = pd.DataFrame()
    # a park has no offices of its own
    if not report.park:
        rows = readiness(report.zone, report.period)
        rows = rows[(rows["expected"] > 0) | rows["must"]]
    if rows.empty:
        return Exhibit(caption)
    words = [_words(report, row) for row in rows.itertuples(index=False)]
    shown = rows.assign(words=words)[list(HEADS)]
    missing = int((rows["state"] != IN).sum())
    claim = f"应报的{len(rows)}项资料已全部报齐"
    if missing:
        claim = f"应报的{len(rows)}项资料中有{missing}项未报齐"
    note = "应报项按上一期报过的项计，一年中只在固定月份报送的按上年同期计。"
    return Exhibit(caption, claim, data=rows, draw=styled(shown, "received", heads=HEADS), note=note)


def _words(report: Report, row) -> str:
    """The state of a table in words, with the first indicators that are not there."""
    text = STATES[row.state]
    names = [report.label(code) for code in row.absent]
    if names:
        text += f"：缺{'、'.join(names[:NAMED])}"
        if len(names) > NAMED:
            text += f"等{len(names)}项"
    return text
