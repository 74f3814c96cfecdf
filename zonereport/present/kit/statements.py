"""What a source says in words: reform, organisation, measures, aims; printed as the source's, never as ours."""

import pandas as pd

from zonereport.inputs.history.log import ARROW
from zonereport.present.exhibit import Exhibit
from zonereport.present.kit.prose import bullets
from zonereport.present.report import Report

# what happened stands before what is being done, and that before what is meant to be done
KINDS = ("done", "measure", "plan")


def stated(report: Report, section: str) -> Exhibit:
    """Return what the sources of the period say in words for a chapter (``section``), each with its source.

    A zone without such rows prints nothing and asks for nothing: not every zone has a text beside its figures. What a
    source says is of its own period and of the whole zone; other editions and those of a park do not repeat it.
    """
    rows = report.table("statements", of_period=True)
    rows = rows[rows["section"] == section]
    caption = "来源所述"
    if rows.empty or report.park:
        return Exhibit(caption)
    points = []
    for source in report.zone.about.sources:
        for kind in KINDS:
            part = rows[(rows["source"] == source.id) & (rows["kind"] == kind)]
            points += _points(part, source, report.word("statements", "kind", kind))
    return Exhibit(caption, data=rows.reset_index(drop=True), draw=bullets(points))


def _points(rows: pd.DataFrame, source, kind: str) -> list[str]:
    """A point for each place in the source: what kind of statement, the sentences, where they stand."""
    points = []
    # not every statement has a place of its own in the source, and the cell of a book is none
    places = rows["locator"].mask(rows["locator"].str.contains(ARROW, regex=False), "")
    for locator, part in rows.groupby(places, sort=False):
        place = f"{source.locator}{locator}" if locator else ""
        points.append(f"**来源所述{kind}**：{''.join(part['sentence'])}（{source.title}{place}）")
    return points
