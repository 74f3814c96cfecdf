"""What became of the projects of each signing year, compared at the same age."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.gaps import LISTS
from zonereport.present.kit.ledgers import amount, amounts, known
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.projects.words import without_progress
from zonereport.present.report import Report

CAPTION = "各年签约项目满龄转化情况"
HEADS = {
    "cohort": "批次",
    "signed": "签约",
    "old": "满龄",
    "begun": "开工",
    "made": "投产",
    "gone": "退出",
    "begun_pct": "开工率",
    "made_pct": "投产率",
    "spent_pct": "投资完成率",
}
RIGHT = ("signed", "old", "begun", "made", "gone", "begun_pct", "made_pct", "spent_pct")


@exhibit
def cohorts(report: Report) -> Exhibit:
    """List how many projects of each signing year had started, produced or withdrawn at 12 and at 24 months."""
    every = report.detail("project_conversion")
    # a cohort in which nobody is old enough has no rate yet
    rows = every[every["projects"] > 0]
    if rows.empty:
        return _nothing(report, every)
    columns = {
        "cohort": [_cohort(row) for row in rows.itertuples()],
        "signed": rows["signed_projects"].astype("str"),
        "old": rows["projects"].astype("str"),
        "begun": rows["started"].astype("str"),
        "made": rows["produced"].astype("str"),
        "gone": rows["withdrawn"].astype("str"),
        "begun_pct": amounts(rows["started_pct"], "%"),
        "made_pct": amounts(rows["produced_pct"], "%"),
        "spent_pct": amounts(rows["invested_pct"], "%"),
    }
    note = foot(report, known(report, "project_ledger"))
    # heads of two characters leave no room for units
    note += "签约、满龄、开工、投产、退出的单位为个。"
    note += "同一批项目在签约满相同月数时比较，已退出的项目计入分母；满龄项目不足十个的批次只列个数，不计算比率。"
    table = styled(without_empty(pd.DataFrame(columns)), "project-cohorts", heads=HEADS, right=RIGHT)
    return Exhibit(CAPTION, data=rows, draw=table, note=note)


def _cohort(row) -> str:
    age = amount(row.age_months, "个月")
    if row.cohort == "all":
        return f"各年签约，满{age}"
    return f"{row.cohort}年签约，满{age}"


def _nothing(report: Report, every: pd.DataFrame) -> Exhibit:
    if not report.has("project_light_red"):
        return without_progress(report, CAPTION)
    # a young ledger only needs time, nobody can send more
    if len(every):
        return Exhibit(CAPTION, gaps=(Gap("签约项目转化率", "没有签约满十二个月的项目"),))
    _, _, office = LISTS["project_progress"]
    gap = Gap("签约项目转化率", "进度记录不能确定签约月份", "各项目签约月份起的逐月进度", office)
    return Exhibit(CAPTION, gaps=(gap,))
