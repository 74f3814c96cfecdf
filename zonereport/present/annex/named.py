"""The projects, carriers and works that a source names."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.labels import NO_VALUE, TIERS, UNSAID
from zonereport.present.kit.phrases import month
from zonereport.present.kit.sources import foot_of
from zonereport.present.kit.tables import amount, styled, without_empty
from zonereport.present.report import Report

TABLES = ("projects", "carriers", "works")
HEADS = {"name": "名称", "kind": "类别", "state": "阶段或状态", "date": "时点", "detail": "说明"}


@exhibit
def named(report: Report) -> Exhibit:
    """Show the projects, then the carriers and works, that a source names, with their stage and more."""
    rows = [*_projects(report), *_carriers(report), *_works(report)]
    caption = "来源点名的项目、载体与工程"
    if not rows:
        return Exhibit(caption)
    data = pd.DataFrame(rows, columns=list(HEADS))
    shown = without_empty(data, ("date", "detail"))
    used = [source for table in TABLES if len(report.table(table)) for source in report.table(table)["source"]]
    note = f"{foot_of(report, used)}阶段和状态按来源的表述归类。"
    return Exhibit(caption, data=data, draw=styled(shown, "named", heads=HEADS, right=()), note=note)


def _projects(report: Report) -> list[tuple[str, ...]]:
    rows = []
    for row in report.table("projects").itertuples(index=False, name="Project"):
        tier = TIERS[row.tier]
        kind = f"{tier}项目" if tier else "项目"
        stage = report.word("projects", "stage", row.stage) or UNSAID
        date = month(row.stage_date)
        if not date and row.planned_date:
            date = f"计划{month(row.planned_date)}"
        capacity = amount(row.capacity_item, row.capacity, row.capacity_unit, row.qualifier)
        rows.append((row.name, kind, stage, date or NO_VALUE, _both(capacity, row.note)))
    return rows


def _carriers(report: Report) -> list[tuple[str, ...]]:
    rows = []
    for row in report.table("carriers").itertuples(index=False, name="Carrier"):
        status = report.word("carriers", "status", row.status)
        tenants = row.note
        if pd.notna(row.tenants):
            # the note says which firms are counted where it is not all of them
            tenants = amount(row.note or "入驻", row.tenants, row.unit, row.qualifier)
        rows.append((row.name, "载体", status, month(row.status_date) or NO_VALUE, tenants))
    return rows


def _works(report: Report) -> list[tuple[str, ...]]:
    rows = []
    for row in report.table("works").itertuples(index=False, name="Work"):
        status = report.word("works", "status", row.status)
        rows.append((row.name, "工程", status, month(row.status_date) or NO_VALUE, row.note))
    return rows


def _both(capacity: str, note: str) -> str:
    """The capacity and the note of a project, as far as there are any."""
    return "；".join(filter(None, [capacity, note]))
