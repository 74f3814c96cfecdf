"""Tables of projects: by list and park, behind schedule, signing cohorts, what stands still, what is next."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.ledgers import amount, cell, parks
from zonereport.present.kit.phrases import month
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report
from zonereport.present.words.projects.answer import stage
from zonereport.present.words.projects.single import MOST_ROWS, MOST_STEPS, behind, steps, why
from zonereport.present.words.projects.stages import LETTERS, TIERS

HEADS = {
    **{
        "scope": "范围",
        "projects": "在册",
        "started": "已开工",
        "finished": "已投产",
        "plan": "总投资",
    },
    **{"spent": "已投资", "share": "完成率", "lights": "红/黄/绿灯", "project": "项目", "park": "园区"},
    **{"tier": "清单", "stage": "阶段", "expected": "应完成", "actual": "已完成", "behind": "落后"},
    **{"light": "灯号", "own": "本区节奏灯", "cohort": "批次", "signed": "签约", "old": "满龄"},
    **{"begun": "开工", "made": "投产", "gone": "退出", "begun_pct": "开工率"},
    **{"made_pct": "投产率", "spent_pct": "投资完成率", "why": "停滞表现", "first": "首次计划投产"},
    **{"now": "现行计划投产", "state": "现状", "todo": "下一步", "due": "计划时点"},
}
RIGHT = (
    *("projects", "started", "finished", "plan", "spent", "share", "expected", "actual", "behind"),
    *("signed", "old", "begun", "made", "gone", "begun_pct", "made_pct", "spent_pct"),
)
OUTSIDE = "未分园区"


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
                        "plan": amount(row["investment_100m_yuan"], "亿元") or NO_VALUE,
                        "spent": amount(row["invested_100m_yuan"], "亿元") or NO_VALUE,
                    },
                    "share": amount(row["investment_completion_pct"], "%") or NO_VALUE,
                    "lights": "/".join(lights) if judged else NO_VALUE,
                }
            )
    return styled(_full(rows), "project-tiers", heads=HEADS, right=RIGHT)


def project_behind(report: Report) -> Styler | None:
    """The projects with the worst light, the largest first."""
    rows = behind(report).head(MOST_ROWS)
    made = [
        {
            **{
                "project": row.name,
                "stage": stage(report, row.stage),
                "plan": amount(row.investment_100m_yuan, "亿元") or NO_VALUE,
            },
            **{
                "expected": amount(row.expected_pct, "%") or NO_VALUE,
                "actual": amount(row.actual_pct, "%") or NO_VALUE,
            },
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
            "cohort": f"{'各年' if row.cohort == 'all' else f'{row.cohort}年'}签约，满{cell(row.age_months, '个')}个月",
            **{"signed": cell(row.signed_projects, "个"), "old": cell(row.projects, "个")},
            **{"begun": cell(row.started, "个"), "made": cell(row.produced, "个"), "gone": cell(row.withdrawn, "个")},
            **{
                "begun_pct": amount(row.started_pct, "%") or NO_VALUE,
                "made_pct": amount(row.produced_pct, "%") or NO_VALUE,
            },
            "spent_pct": amount(row.invested_pct, "%") or NO_VALUE,
        }
        for row in rows.itertuples()
    ]
    return styled(_full(made), "project-cohorts", heads=HEADS, right=RIGHT)


def project_stalled(report: Report) -> Styler | None:
    """What stands still or has slipped far, with the reason that the ledger shows."""
    names = parks(report)
    made = [
        {
            **{"project": row.name, "park": names[row.park], "why": why(row)},
            "first": month(row.first_planned_production) or NO_VALUE,
            "now": month(row.planned_production) or NO_VALUE,
            "actual": amount(row.actual_pct, "%") or NO_VALUE,
        }
        for row in report.detail("project_stalled").head(MOST_ROWS).itertuples()
    ]
    return styled(_full(made), "project-stalled", heads=HEADS, right=RIGHT)


def project_next(report: Report) -> Styler | None:
    """The next step of each project, what stands still first, then by the date in force."""
    names = parks(report)
    made = [
        {
            **{"project": row.project, "park": names[row.park], "state": row.state},
            **{"actual": amount(row.actual, "%") or NO_VALUE, "todo": row.todo},
            "due": month(row.due) or NO_VALUE,
        }
        for row in steps(report).head(MOST_STEPS).itertuples()
    ]
    return styled(_full(made), "project-next", heads=HEADS, right=RIGHT)


def _full(rows: list[dict[str, str]]) -> pd.DataFrame:
    """The rows as a frame without the columns that say nothing in any of them."""
    frame = pd.DataFrame(rows)
    empty = [column for column in frame if (frame[column] == NO_VALUE).all()]
    return frame.drop(columns=empty)
