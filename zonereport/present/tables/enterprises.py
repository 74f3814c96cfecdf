"""Tables of what enterprises were recognised for."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.firms import MOST
from zonereport.present.kit.tables import located, styled
from zonereport.present.report import Report


def honours(report: Report, rows: pd.DataFrame) -> Styler | None:
    """Enterprises with their recognitions, of the rows that ``words`` picked; no more than MOST are named."""
    rows = rows.head(MOST)
    if rows.empty:
        return None
    frame = pd.DataFrame(
        {
            "enterprise": rows["name"],
            "honours": [report.label(code) for code in rows["code"]],
            "level": [report.word("recognitions", "level", level) for level in rows["level"]],
            "origin": [located(report, *at) for at in rows[["source", "locator"]].itertuples(index=False)],
        }
    )
    return styled(frame, "-".join(rows["code"].unique()))
