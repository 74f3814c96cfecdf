"""Projects, carriers and works by name, as a source that names them has them."""

from collections.abc import Mapping

import pandas as pd

from zonereport.present.exhibit import Exhibit
from zonereport.present.kit.labels import TIERS, UNSAID
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.phrases import day
from zonereport.present.kit.sources import foot_of
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

# what a document may name, in the order of the table
NAMES = {"projects": "项目", "carriers": "载体", "works": "工程"}
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
    """Return the projects known by the end of the period: name, kind, state, date, detail; columns of text."""
    stands = report.detail("project_lights").set_index("project")
    rows = []
    for row in report.table("projects").itertuples(index=False, name="Project"):
        # signed after the period: no edition of before knows of it
        if row.project not in stands.index:
            continue
        now = stands.loc[row.project]
        tier = TIERS[now["tier"]]
        kind = f"{tier}项目" if tier else "项目"
        stage = report.word("projects", "stage", now["stage"]) or UNSAID
        capacity = _capacity(row.capacity_item, row.capacity, row.capacity_unit, row.qualifier)
        if now["stage"] == row.stage:
            # the list may date its stage to the day, and its note speaks of that stage
            rows.append((row.name, kind, stage, _listed_date(row), _both(capacity, row.note)))
        else:
            rows.append((row.name, kind, stage, day(now["stage_since"]), capacity))
    return pd.DataFrame(rows, columns=COLUMNS)


def _listed_date(row) -> str:
    if not row.stage_date and row.planned_date:
        return f"计划{day(row.planned_date)}"
    return day(row.stage_date)


def carrier_rows(report: Report) -> pd.DataFrame:
    """Return the carriers known at the end of the period: name, kind, state, date, detail; columns of text."""
    rows = []
    for row in report.detail("place_carriers").itertuples(index=False, name="Carrier"):
        status, tenants = report.word("carriers", "status", row.status), row.note
        if pd.notna(row.tenants):
            # the note says which firms are counted where it is not all of them
            tenants = _capacity(row.note or "入驻", row.tenants, row.tenants_unit, row.qualifier)
        rows.append((row.name, "载体", status, day(row.status_date), tenants))
    return pd.DataFrame(rows, columns=COLUMNS)


def work_rows(report: Report) -> pd.DataFrame:
    """Return the works known at the end of the period: name, kind, state, date, detail; columns of text."""
    notes = report.table("works").set_index("work")["note"]
    rows = []
    for row in report.detail("place_works").itertuples(index=False, name="Work"):
        status = report.word("works", "status", row.status) or UNSAID
        rows.append((row.name, "工程", status, day(row.status_date), notes[row.work]))
    return pd.DataFrame(rows, columns=COLUMNS)


def _both(capacity: str, note: str) -> str:
    """The capacity and the note of a project, as far as there are any."""
    return "；".join(filter(None, [capacity, note]))


def _capacity(item: str, value: float, unit: str, qualifier: str) -> str:
    """A capacity or a count with its unit; empty where the source has none."""
    return "" if pd.isna(value) else item + quantity(value, unit, 2, qualifier=qualifier)
