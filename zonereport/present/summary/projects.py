"""Projects in prose: what was signed and listed, how far those of the list are, what the source says of them."""

import re

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.ledgers import amount, figure, named, partial
from zonereport.present.kit.naming import project_rows
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.phrases import day
from zonereport.present.report import Report
from zonereport.present.summary.clauses import figure as said
from zonereport.present.summary.clauses import joined, left_to_say, paragraphs, span, stated

GROUP = "S5"
# what a ledger's projects have reached in the year, the farthest first, as a sentence says it
REACHED = {"已投产": "投产", "已投用": "投用", "试生产": "进入试生产", "已封顶": "封顶"}
# the same of a document that names projects
STATES = {
    "signed": "签约",
    "permitting": "正在办理许可",
    "topped_out": "封顶",
    "in_production": "投产",
    "in_service": "投用",
}
# what a note says of a planned day: 计划时点为开工
_PLANNED = re.compile("计划时点为(.+)")
MOST = 3


@exhibit
def projects(report: Report) -> Exhibit:
    """Say how many projects were signed and listed, how the ledger stands, and what is known of single ones."""
    figures = joined(said(report, code) for code in report.codes(GROUP))
    words = stated(report, "projects")
    rows = project_rows(report)
    if partial(report):
        text = paragraphs(_signed(report, figures), _named(report, words), words)
    else:
        text = paragraphs(_signed(report, figures), _ledger(report) + _reached(report, rows), words)
    return Exhibit("产业项目", claim=figures, data=rows, draw=text)


def _signed(report: Report, figures: str) -> str:
    if not figures:
        return ""
    mean = ""
    if report.has("investment_per_signed_project"):
        each = report.text("investment_per_signed_project").removesuffix("/个")
        mean = f"新签约项目平均计划投资{each}。"
    return f"{span(report)}{figures}{mean}"


def _ledger(report: Report) -> str:
    """How many projects the ledger has, what they are to cost, what is invested, and at which stages they are."""
    if not report.has("project_ledger"):
        return ""
    text = f"在册项目{figure(report, 'project_ledger')}"
    money = {"计划总投资": "project_investment", "累计完成投资": "project_invested"}
    for name, measure in money.items():
        value = figure(report, "project_ledger", measure)
        if value:
            text += f"，{name}{value}"
    rows = report.detail("project_pipeline", tier="all")
    rows = rows[(rows["projects"] > 0) & (rows["stage"] != "withdrawn")]
    counts = []
    for row in rows.itertuples():
        counts.append(f"{report.word('projects', 'stage', row.stage) or '阶段不详'}{amount(row.projects, '个')}")
    if not counts:
        return f"{text}。"
    return f"{text}，其中{'、'.join(counts)}。"


def _reached(report: Report, rows: pd.DataFrame) -> str:
    """The projects that went into production or came near it in the year, by name, the first ones."""
    year = f"{report.period.year}年"
    rows = rows[rows["date"].str.startswith(year)]
    clauses = []
    for state, verb in REACHED.items():
        part = rows[rows["state"] == state]
        if len(part):
            clauses.append(f"{named(part['name'], MOST)}{verb}")
    return f"{'，'.join(clauses)}。" if clauses else ""


def _named(report: Report, words: str) -> str:
    """The projects of the list that no statement names: how large, at which stage, what is planned for when."""
    clauses = []
    for row in left_to_say(report.table("projects"), words).itertuples():
        size = ""
        if pd.notna(row.capacity):
            size = f"（{row.capacity_item}{quantity(row.capacity, row.capacity_unit, 2, qualifier=row.qualifier)}）"
        # what is planned for that day stands in the note
        planned = _PLANNED.fullmatch(row.note)
        note, step, plan = row.note, "", ""
        if planned:
            note, step = "", planned[1]
        if row.planned_date:
            plan = f"计划{day(row.planned_date)}{step}"
        state = STATES.get(row.stage, report.word("projects", "stage", row.stage))
        clauses.append(f"{row.name}{size}{'，'.join(filter(None, [state, plan, note]))}")
    return f"{'；'.join(clauses)}。" if clauses else ""
