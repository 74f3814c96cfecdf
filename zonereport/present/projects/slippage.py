"""How far start and production are from the first plan."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.ledgers import figure, known
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.sources import foot
from zonereport.present.projects.words import delay, without_progress
from zonereport.present.report import Report

CAPTION = "开工、投产时间与首次计划之差"
AXIS = "比首次计划推迟的月数（负数为提前）"
MILESTONES = {"start": "开工", "production": "投产"}
CODES = ("project_ledger", "project_slip_production")


@exhibit
def slippage(report: Report) -> Exhibit:
    """Show how many projects are how many months off their first plan, for start and production."""
    slips = report.detail("project_slippage")
    if slips.empty:
        if not report.has("project_light_red"):
            return without_progress(report, CAPTION)
        return Exhibit(CAPTION, gaps=(Gap(CAPTION, "没有可与首次计划比较的项目"),))
    # a project may be late with its start and on time with production: each counts by itself
    rows = _rows(slips)
    claim, gaps = _claim(report, rows)

    def draw() -> Axes:
        return charts.spread(rows, title=claim, unit="个", axis=AXIS)

    note = foot(report, known(report, *CODES))
    # a date that has passed without a new one says only that it was not kept
    bound = (slips["qualifier"] == "lower_bound").sum()
    if bound:
        note += f"未到达的按现行计划时点计；其中{bound}项时点已过而未报新时点，按数据时点计，为下限。"
    else:
        note += "未到达的按现行计划时点计。"
    alt = f"柱状图，横轴为推迟月数，纵轴为项目个数。{_counts(rows)}"
    return Exhibit(CAPTION, claim, data=rows, draw=draw, alt=alt, note=note, gaps=gaps)


def _rows(slips: pd.DataFrame) -> pd.DataFrame:
    """The rows of the chart, those of production first: months behind the first plan."""
    # production before start, in the alphabet as in weight
    slips = slips.sort_values("milestone", kind="stable")
    columns = {"at": slips["slip_months"], "series": slips["milestone"].map(MILESTONES)}
    return pd.DataFrame(columns).reset_index(drop=True)


def _claim(report: Report, rows: pd.DataFrame) -> tuple[str, tuple[Gap, ...]]:
    shares = []
    for milestone, word in MILESTONES.items():
        share = figure(report, f"project_slip_{milestone}", "slip_late_share")
        if share:
            shares.append(f"{word}晚于首次计划的占{share}")
    if shares:
        return "，".join(shares), ()
    # of fewer than ten projects a share would say too much
    late = (rows["at"] > 0).groupby(rows["series"]).sum()
    counts = [f"{word}晚于首次计划的有{late[word]}个" for word in MILESTONES.values() if word in late]
    return "，".join(counts), (Gap("推迟月数的中位数", "有首次计划可比的项目不足十个"),)


def _counts(rows: pd.DataFrame) -> str:
    clauses = []
    for name, months in rows.groupby("series", sort=False)["at"]:
        counts = "、".join(f"{delay(at)}{number}个" for at, number in months.value_counts().sort_index().items())
        clauses.append(f"{name}：{counts}")
    return sentence(*clauses)
