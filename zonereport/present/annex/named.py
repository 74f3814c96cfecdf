"""The projects, carriers and works that a source names."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.labels import TIERS, UNSAID
from zonereport.present.kit.ledgers import end_month, later
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.phrases import day
from zonereport.present.kit.sources import foot_of
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

TABLES = ("projects", "carriers", "works")
# a ledger has the latest state only: of one reached later it does not say what it was before
UNKNOWN = "本期状态未载"
COLUMNS = ["name", "kind", "state", "date", "detail"]
HEADS = {"kind": "类别", "state": "阶段或状态", "name": "名称（时点；说明）"}


@exhibit
def named(report: Report) -> Exhibit:
    """Show the projects, then the carriers and works, that a source names, a row for those of one kind and stage."""
    data = pd.DataFrame([*_projects(report), *_carriers(report), *_works(report)], columns=COLUMNS)
    caption = "来源点名的项目、载体与工程"
    if data.empty:
        return Exhibit(caption)
    entries = data.assign(name=data.apply(_entry, axis="columns"))
    # a row for each name would take pages
    grouped = entries.groupby(["kind", "state"], sort=False, as_index=False)["name"].agg("、".join)
    # kinds in the order in which they first appear, the stages of each together
    kinds = list(grouped["kind"].unique())
    grouped = grouped.sort_values("kind", key=lambda column: column.map(kinds.index), kind="stable")
    used = [source for table in TABLES if len(report.table(table)) for source in report.table(table)["source"]]
    note = f"{foot_of(report, used)}阶段和状态按来源的表述归类，括号内为进入该阶段的时点和来源的说明。"
    table = styled(grouped[list(HEADS)], "named", heads=HEADS, right=())
    return Exhibit(caption, data=data, draw=table, note=note)


def _entry(row: pd.Series) -> str:
    """A name with its month and what the source says of it: 郑煤机（2022年11月；11月底投产）."""
    more = "；".join(filter(None, [row["date"], row["detail"]]))
    return f"{row['name']}（{more}）" if more else row["name"]


def _capacity(item: str, value: float, unit: str, qualifier: str) -> str:
    """A capacity or a count with its unit; empty where the source has none."""
    return "" if pd.isna(value) else item + quantity(value, unit, 2, qualifier=qualifier)


def _projects(report: Report) -> list[tuple[str, ...]]:
    rows = []
    for row in report.table("projects").itertuples(index=False, name="Project"):
        tier = TIERS[row.tier]
        kind = f"{tier}项目" if tier else "项目"
        stage = report.word("projects", "stage", row.stage) or UNSAID
        stage, date = _by_the_end(report, stage, row.stage_date)
        if not row.stage_date and row.planned_date:
            date = f"计划{day(row.planned_date)}"
        capacity = _capacity(row.capacity_item, row.capacity, row.capacity_unit, row.qualifier)
        rows.append((row.name, kind, stage, date, _both(capacity, row.note)))
    return rows


def _carriers(report: Report) -> list[tuple[str, ...]]:
    rows = []
    for row in report.table("carriers").itertuples(index=False, name="Carrier"):
        status, date = _by_the_end(report, report.word("carriers", "status", row.status), row.status_date)
        tenants = row.note
        if pd.notna(row.tenants) and status != UNKNOWN:
            # the note says which firms are counted where it is not all of them
            tenants = _capacity(row.note or "入驻", row.tenants, row.unit, row.qualifier)
        rows.append((row.name, "载体", status, date, tenants))
    return rows


def _works(report: Report) -> list[tuple[str, ...]]:
    rows = []
    for row in report.table("works").itertuples(index=False, name="Work"):
        status, date = _by_the_end(report, report.word("works", "status", row.status), row.status_date)
        rows.append((row.name, "工程", status, date, row.note))
    return rows


def _by_the_end(report: Report, state: str, date: str) -> tuple[str, str]:
    """The state and its month as prose prints it; neither where it was reached only after the report's period."""
    if later(date, end_month(report)):
        return UNKNOWN, ""
    return state, day(date)


def _both(capacity: str, note: str) -> str:
    """The capacity and the note of a project, as far as there are any."""
    return "；".join(filter(None, [capacity, note]))
