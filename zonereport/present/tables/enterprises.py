"""Tables of enterprises and what they were recognised for."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.report import Report
from zonereport.present.tables.base import located, scope, styled
from zonereport.present.words.ladder import TRACKS
from zonereport.present.words.phrases import LONGEST_LIST


def ladder(report: Report) -> Styler | None:
    """The cultivation ladder, rung by rung as the source gives it."""
    rows = [
        {
            **{"track": track, "name": report.label(code), "text": report.text(code)},
            "note": scope(report, code) or report.label(code, "processing").rstrip("。"),
        }
        for track, codes in TRACKS.items()
        for code in codes
        if report.has(code)
    ]
    return styled(pd.DataFrame(rows), "ladder")


def honours(report: Report, *names: str, groups: tuple[str, ...]) -> Styler | None:
    """The enterprises of the tables ``names`` with their recognitions of the year, of the indicator groups named.

    A title that more than LONGEST_LIST enterprises received is counted elsewhere, not listed here.
    """
    found = [frame for frame in map(report.events, names) if len(frame)]
    if not found:
        return None
    known = report.table("enterprises").set_index("enterprise")["name"]
    rows = pd.concat(found)
    rows = rows[
        rows["enterprise"].isin(known.index) & rows["code"].map(lambda code: report.label(code, "group") in groups)
    ]
    rows = rows[rows.groupby("code")["code"].transform("size") <= LONGEST_LIST]
    frame = pd.DataFrame(
        {
            "enterprise": rows["enterprise"].map(known),
            "honours": [report.label(code) for code in rows["code"]],
            "level": [report.word(names[0], "level", level) for level in rows["level"]],
            "origin": [located(report, *at) for at in rows[["source", "locator"]].itertuples(index=False)],
        }
    )
    return styled(frame.sort_values("enterprise", kind="stable"), "-".join(names))
