"""The annex: every published figure, and the projects, carriers and works that a source names."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.labels import GROUPS, NO_VALUE, TIERS, UNSAID
from zonereport.present.kit.phrases import month
from zonereport.present.kit.tables import amount, origin, scope, styled
from zonereport.present.report import Report


def by_field(report: Report) -> Styler | None:
    """Every published figure of the edition, field by field, with scope and origin."""
    rows = [
        {
            **{"group": GROUPS[group], "name": report.label(code), "text": report.text(code)},
            **{"note": scope(report, code), "origin": origin(report, code)},
        }
        for group in GROUPS
        for code in report.codes(group)
    ]
    return styled(pd.DataFrame(rows), "fields")


def projects(report: Report) -> Styler | None:
    """The projects that the source names."""
    rows = []
    for row in report.table("projects").itertuples(index=False, name="Project"):
        planned = f"计划{month(row.planned_date)}" if row.planned_date else NO_VALUE
        capacity = amount(row.capacity_item, row.capacity, row.capacity_unit, row.qualifier)
        rows.append(
            {
                **{"project": row.name, "tier": TIERS[row.tier] or NO_VALUE},
                "stage": report.word("projects", "stage", row.stage) or UNSAID,
                **{"date": month(row.stage_date) or planned, "detail": "；".join(filter(None, [capacity, row.note]))},
            }
        )
    return styled(pd.DataFrame(rows), "projects")


def objects(report: Report) -> Styler | None:
    """The carriers and works that the source names."""
    rows = []
    for name in ("carriers", "works"):
        for row in report.table(name).itertuples(index=False, name="Thing"):
            tenants = amount("", row.tenants, row.unit, row.qualifier) if name == "carriers" else ""
            rows.append(
                {"object": row.name, "status": report.word(name, "status", row.status), "detail": row.note + tenants}
            )
    return styled(pd.DataFrame(rows), "objects")
