"""Tables of projects: by list and park, behind schedule, signing cohorts, what stands still, what is next."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.report import Report
from zonereport.present.tables.base import styled
from zonereport.present.words.ledgers import cell, parks
from zonereport.present.words.phrases import NO_VALUE, month
from zonereport.present.words.projects.answer import stage
from zonereport.present.words.projects.single import MOST_ROWS, steps, why
from zonereport.present.words.projects.stages import LETTERS, TIERS
from zonereport.present.words.projects.timing import AGES

HEADS = {
    **{
        "scope": "范围",
        "projects": "在册（个）",
        "started": "已开工",
        "finished": "已投产",
        "plan": "计划总投资（亿元）",
    },
    **{"spent": "累计完成（亿元）", "share": "完成率（%）", "lights": "红/黄/绿灯", "project": "项目", "park": "园区"},
    **{"tier": "清单", "stage": "阶段", "expected": "应完成（%）", "actual": "已完成（%）", "behind": "落后"},
    **{"light": "灯号", "own": "本区节奏灯", "cohort": "签约年份", "age": "满龄（月）", "signed": "签约（个）"},
    **{"old": "满龄（个）", "begun": "开工", "made": "投产", "gone": "退出", "begun_pct": "开工率（%）"},
    **{"made_pct": "投产率（%）", "spent_pct": "投资完成率（%）", "why": "停滞表现", "first": "首次计划投产"},
    **{"now": "现行计划投产", "state": "现状", "todo": "下一步", "due": "现行计划时点"},
}
RIGHT = (
    *("projects", "started", "finished", "plan", "spent", "share", "lights", "expected", "actual", "behind", "age"),
    *("signed", "old", "begun", "made", "gone", "begun_pct", "made_pct", "spent_pct"),
)
ALL, OUTSIDE = "合计", "未分园区"


def project_tiers(report: Report) -> Styler | None:
    """How far the projects of each list and each park are."""
    names = parks(report)
    groups = [("project_tiers", "tier", TIERS)]
    # of one park there is nothing to set side by side
    groups += [("project_parks", "park", {**names, "": OUTSIDE})] if len(report.detail("project_parks")) > 1 else []
    rows = []
    for detail, column, words in groups:
        for row in report.detail(detail).to_dict("records"):
            lights = [cell(row[word], "个") for word in ("red", "yellow", "green")]
            judged = sum(row[word] for word in ("red", "yellow", "green")) > 0
            rows.append(
                {
                    **{"scope": words[row[column]], "projects": cell(row["projects"], "个")},
                    **{"started": cell(row["started"], "个"), "finished": cell(row["done"], "个")},
                    **{
                        "plan": cell(row["investment_100m_yuan"], "亿元"),
                        "spent": cell(row["invested_100m_yuan"], "亿元"),
                    },
                    "share": cell(row["investment_completion_pct"], "%"),
                    "lights": "/".join(lights) if judged else NO_VALUE,
                }
            )
    return styled(_full(rows), "project-tiers", heads=HEADS, right=RIGHT)


def project_behind(report: Report) -> Styler | None:
    """The projects with a red or yellow light, the reddest and largest first."""
    rows = report.detail("project_lights")
    rows = rows[rows["light"].isin(("red", "yellow"))].head(MOST_ROWS) if len(rows) else rows
    made = [
        {
            **{"project": row.name, "stage": stage(report, row.stage), "plan": cell(row.investment_100m_yuan, "亿元")},
            **{"expected": cell(row.expected_pct, "%"), "actual": cell(row.actual_pct, "%")},
            "behind": cell(row.behind_points, "个百分点"),
            **{"light": LETTERS[row.light], "own": LETTERS[row.light_history]},
        }
        for row in rows.itertuples()
    ]
    frame = _full(made)
    if len(frame) and not (rows["history_projects"] > 0).any():
        frame = frame.drop(columns="own")
    return styled(frame, "project-behind", heads=HEADS, right=RIGHT)


def project_cohorts(report: Report) -> Styler | None:
    """What became of the projects of each signing year when they were as old as the others."""
    rows = report.detail("project_conversion")
    rows = rows[rows["projects"] > 0] if len(rows) else rows
    made = [
        {
            "cohort": ALL if row.cohort == "all" else f"{row.cohort}年",
            **{"age": cell(row.age_months, "个"), "signed": cell(row.signed_projects, "个")},
            **{"old": cell(row.projects, "个"), "begun": cell(row.started, "个"), "made": cell(row.produced, "个")},
            **{"gone": cell(row.withdrawn, "个"), "begun_pct": cell(row.started_pct, "%")},
            **{"made_pct": cell(row.produced_pct, "%"), "spent_pct": cell(row.invested_pct, "%")},
        }
        for age in AGES
        for row in rows[rows["age_months"] == age].itertuples()
    ]
    return styled(_full(made), "project-cohorts", heads=HEADS, right=RIGHT)


def project_stalled(report: Report) -> Styler | None:
    """What stands still or has slipped far, with the reason that the ledger shows."""
    names = parks(report)
    made = [
        {
            **{"project": row.name, "park": names[row.park], "stage": stage(report, row.stage), "why": why(row)},
            "first": month(row.first_planned_production) or NO_VALUE,
            "now": month(row.planned_production) or NO_VALUE,
            "actual": cell(row.actual_pct, "%"),
        }
        for row in report.detail("project_stalled").head(MOST_ROWS).itertuples()
    ]
    return styled(_full(made), "project-stalled", heads=HEADS, right=RIGHT)


def project_next(report: Report) -> Styler | None:
    """The next step of each project, what stands still first, then by the date in force."""
    names = parks(report)
    made = [
        {
            **{"project": row.project, "park": names[row.park], "state": row.state, "todo": row.todo},
            "due": month(row.due) or NO_VALUE,
        }
        for row in steps(report).head(MOST_ROWS).itertuples()
    ]
    return styled(_full(made), "project-next", heads=HEADS, right=RIGHT)


def _full(rows: list[dict[str, str]]) -> pd.DataFrame:
    """The rows as a frame without the columns that say nothing in any of them."""
    frame = pd.DataFrame(rows)
    empty = [column for column in frame if (frame[column] == NO_VALUE).all()]
    return frame.drop(columns=empty)
