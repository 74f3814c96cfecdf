"""The projects of the lists against their plans: a Gantt chart with a traffic light before each."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.ledgers import amount, end_month, known
from zonereport.present.kit.phrases import day
from zonereport.present.kit.sources import foot
from zonereport.present.projects.words import LETTERS, LIGHTS, LISTED, WITHDRAWN, delay, rest, without_progress
from zonereport.present.report import Report

CAPTION = "列省、列市项目计划与实际进度"
# in the order in which the legend reads
BARS = {
    "first_plan": "首次计划建设期",
    "preparing": "签约至开工",
    "building": "建设（实际）",
    "ahead": "至现行计划投产",
    "now": "数据时点",
}
COLUMNS = ["project", "bar", "from_month", "to_month"]
LEGEND = (
    "灯号按首次计划的线性进度评定，红色方形为红灯、黄色菱形为黄灯、绿色实心圆为绿灯、蓝色空心圆为已投产；"
    "条后为投产（未定投产计划者为开工）时间比首次计划早晚的月数。"
)
# more rows do not fit on a page
MOST_ROWS = 20


@exhibit
def schedule(report: Report) -> Exhibit:
    """Show the projects of the lists month by month: the first plan, what was done, what the present plan leaves."""
    rows = _rows(report)
    if rows.empty:
        if report.has("project_light_red"):
            return Exhibit(CAPTION, gaps=(Gap(CAPTION, "列省、列市项目没有进度记录"),))
        return without_progress(report, CAPTION)
    bars, now = _bars(report), end_month(report)
    claim = _claim(rows)

    def draw() -> Axes:
        return charts.gantt(bars, rows, BARS, title=claim, now=now)

    # the light in words too, for those who hear the chart
    each = "；".join(rows["label"] + "（" + rows["letter"] + "）" + rows["text"])
    note = foot(report, known(report, "project_ledger"))
    note += LEGEND
    note += rest(len(_listed(report)) - len(rows))
    return Exhibit(CAPTION, claim, data=rows, draw=draw, alt=f"甘特图，截至{day(now)}。{each}。", note=note)


def _listed(report: Report) -> pd.DataFrame:
    rows = report.detail("project_lights")
    return rows[rows["tier"].isin(LISTED) & (rows["light"] != WITHDRAWN)]


def _rows(report: Report) -> pd.DataFrame:
    """The rows of the chart: the projects of the lists with their light and how late they are."""
    rows = _listed(report)
    # a project without any date has no bar to stand before
    rows = rows[rows["project"].isin(report.detail("project_gantt")["project"])].head(MOST_ROWS)
    columns = {
        "project": rows["project"],
        "label": rows["name"],
        "light": rows["light"],
        "letter": rows["light"].map(LETTERS),
        "text": rows["slip_months"].map(delay),
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def _bars(report: Report) -> pd.DataFrame:
    """The bars of the chart: first plan, what was done, and from now to the date in force."""
    bars, now = report.detail("project_gantt"), end_month(report)
    ahead = bars[(bars["bar"] == "present_plan") & (bars["to_month"] > now)]
    # what lies ahead begins behind the data, or where the work is planned to begin
    follows = str(pd.Period(now, "M") + 1)
    begun = ahead["project"].isin(bars.loc[bars["bar"] == "building", "project"])
    starts = ahead["from_month"].mask(begun | (ahead["from_month"] < follows), follows)
    ahead = ahead.assign(bar="ahead", from_month=starts)
    return pd.concat([bars[bars["bar"] != "present_plan"], ahead])[COLUMNS].reset_index(drop=True)


def _claim(rows: pd.DataFrame) -> str:
    counts = rows["light"].value_counts()
    clauses = []
    lit = "、".join(f"{LIGHTS[word]}{amount(counts[word], '个')}" for word in LIGHTS if word in counts)
    if lit:
        clauses.append(lit)
    if "done" in counts:
        clauses.append(f"已投产{amount(counts['done'], '个')}")
    return f"列省、列市{amount(len(rows), '个')}项目中，{'，'.join(clauses)}"
