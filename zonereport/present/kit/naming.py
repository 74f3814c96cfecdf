"""Projects, carriers and works by name, as a source that names them has them."""

from collections.abc import Mapping

import pandas as pd

from zonereport.present.exhibit import Exhibit
from zonereport.present.kit.labels import TIERS, UNSAID
from zonereport.present.kit.ledgers import end_month, later
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.phrases import day
from zonereport.present.kit.sources import foot_of
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

# what a document may name, in the order of the table
NAMES = {"projects": "项目", "carriers": "载体", "works": "工程"}
# a ledger has the latest state only: of one reached later it does not say what it was before
UNKNOWN = "本期状态未载"
COLUMNS = ["name", "kind", "state", "date", "detail"]
HEADS = {"kind": "类别", "state": "阶段或状态", "name": "名称（时点；说明）"}


def named_table(report: Report, names: Mapping[str, pd.DataFrame]) -> Exhibit:
    """Return the table of what a source names, a row for the things of one kind and stage.

    ``names`` are the rows of ``projects``, ``carriers`` and ``works`` by the table that they are of.
    """
    filled = {table: rows for table, rows in names.items() if len(rows)}
    # a caption promises no kind that no row is of
    caption = f"来源点名的{'、'.join(NAMES[table] for table in filled or names)}"
    if not filled:
        return Exhibit(caption)
    data = pd.concat(filled.values(), ignore_index=True)
    entries = data.assign(name=data.apply(_entry, axis="columns"))
    grouped = entries.groupby(["kind", "state"], sort=False, as_index=False)["name"].agg("、".join)
    # kinds in the order in which they first appear, the stages of each together
    kinds = list(grouped["kind"].unique())
    grouped = grouped.sort_values("kind", key=lambda column: column.map(kinds.index), kind="stable")
    used = [source for table in filled for source in report.table(table)["source"]]
    note = f"{foot_of(report, used)}阶段和状态按来源的表述归类，括号内为进入该阶段的时点和来源的说明。"
    table = styled(grouped[list(HEADS)], "named", heads=HEADS, right=())
    return Exhibit(caption, data=data, draw=table, note=note)


def _entry(row: pd.Series) -> str:
    """A name with its month and what the source says of it: 郑煤机（2022年11月；11月底投产）."""
    more = "；".join(filter(None, [row["date"], row["detail"]]))
    return f"{row['name']}（{more}）" if more else row["name"]


def project_rows(report: Report) -> pd.DataFrame:
    """Return the projects of the list: name, kind, state, date, detail; columns of text."""
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
    return pd.DataFrame(rows, columns=COLUMNS)


def carrier_rows(report: Report) -> pd.DataFrame:
    """Return the carriers of the list: name, kind, state, date, detail; columns of text."""
    rows = []
    for row in report.table("carriers").itertuples(index=False, name="Carrier"):
        status, date = _by_the_end(report, report.word("carriers", "status", row.status), row.status_date)
        tenants = row.note
        if pd.notna(row.tenants) and status != UNKNOWN:
            # the note says which firms are counted where it is not all of them
            tenants = _capacity(row.note or "入驻", row.tenants, row.unit, row.qualifier)
        rows.append((row.name, "载体", status, date, tenants))
    return pd.DataFrame(rows, columns=COLUMNS)


def work_rows(report: Report) -> pd.DataFrame:
    """Return the works of the list: name, kind, state, date, detail; columns of text."""
    rows = []
    for row in report.table("works").itertuples(index=False, name="Work"):
        status, date = _by_the_end(report, report.word("works", "status", row.status) or UNSAID, row.status_date)
        rows.append((row.name, "工程", status, date, row.note))
    return pd.DataFrame(rows, columns=COLUMNS)


def _by_the_end(report: Report, state: str, date: str) -> tuple[str, str]:
    """The state and its month as prose prints it; neither where it was reached only after the report's period."""
    if later(date, end_month(report)):
        return UNKNOWN, ""
    return state, day(date)


def _both(capacity: str, note: str) -> str:
    """The capacity and the note of a project, as far as there are any."""
    return "；".join(filter(None, [capacity, note]))


def _capacity(item: str, value: float, unit: str, qualifier: str) -> str:
    """A capacity or a count with its unit; empty where the source has none."""
    return "" if pd.isna(value) else item + quantity(value, unit, 2, qualifier=qualifier)
