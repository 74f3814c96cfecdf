"""What the chapters on enterprises and innovation say of titles alike: short names, ends to come, who received one."""

import pandas as pd

from zonereport.present.kit.labels import LONGEST_LIST
from zonereport.present.report import Report


def short(report: Report, code: str) -> str:
    """Return the shortest of the names that the dictionary has for a title, for the labels of a chart."""
    aliases = report.label(code, "aliases").split("|")
    names = filter(None, [*aliases, report.label(code)])
    # 认定 is what happens in a year: not a name for those who hold the title
    return min(names, key=lambda name: ("认定" in name, len(name)))


def due(report: Report) -> pd.DataFrame:
    """Return the titles that end within twelve months, without those that are evaluated each year anyway."""
    rows = report.detail("enterprise_renewals", status="due")
    return rows[~rows["is_yearly"]].reset_index(drop=True)


def honoured(report: Report, *tables: str, groups: tuple[str, ...]) -> pd.DataFrame:
    """Return this year's rows of ``tables`` of the groups, with the enterprise's name, the rarest title first.

    A title that more than LONGEST_LIST enterprises received is left out.
    """
    frames = [frame for frame in map(report.events, tables) if len(frame)]
    if not frames:
        return pd.DataFrame()
    names = report.table("enterprises").set_index("enterprise")["name"]
    rows = pd.concat(frames)
    of_groups = rows["code"].map(lambda code: report.label(code, "group")).isin(groups)
    rows = rows[rows["enterprise"].isin(names.index) & of_groups]
    rows = rows.assign(held=rows.groupby("code")["code"].transform("size"), name=rows["enterprise"].map(names))
    # fifty names are no news; their number stands in the table
    rows = rows[rows["held"] <= LONGEST_LIST]
    return rows.sort_values(["held", "code", "enterprise"], kind="stable").reset_index(drop=True)
