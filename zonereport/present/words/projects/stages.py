"""Words of the project pipeline and of the Gantt chart."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.ledgers import amount, end_month, figure, known
from zonereport.present.kit.phrases import month
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption
from zonereport.present.words.projects.answer import LIGHTS, NO_PROGRESS, WITHDRAWN, stage

if TYPE_CHECKING:
    from zonereport.present.report import Report

TIERS = {"national": "国家重大", "provincial": "列省", "city": "列市", "none": "未列清单"}
LISTED = ("national", "provincial", "city")
LETTERS = {"red": "红", "yellow": "黄", "green": "绿", "done": "竣", "not_judged": "未"}
BARS = {
    **{"first_plan": "首次计划建设期", "preparing": "签约至开工", "building": "建设（实际）"},
    **{"ahead": "至现行计划投产", "now": "数据时点"},
}
MOST_ROWS = 20


def pipeline(report: "Report") -> pd.DataFrame:
    """The bars of the pipeline chart: projects by stage and list."""
    rows = report.detail("project_pipeline")
    if rows.empty:
        return pd.DataFrame(columns=["label", "series", "value", "text"])
    rows = rows[rows["tier"] != "all"]
    order = [word for word in TIERS if word in set(rows["tier"])]
    rows = rows.sort_values("tier", key=lambda tiers: tiers.map(order.index), kind="stable")
    return pd.DataFrame(
        {
            "label": [stage(report, word) for word in rows["stage"]],
            "series": rows["tier"].map(TIERS),
            "value": rows["projects"],
            "text": [amount(n, "个").removesuffix("个") for n in rows["projects"]],
        }
    )


def stage_totals(report: "Report") -> dict[str, str]:
    """The text behind each bar: projects and planned investment of each stage that has any."""
    rows = report.detail("project_pipeline", tier="all")
    made = {}
    for row in rows[rows["projects"] > 0].itertuples() if len(rows) else ():
        money = amount(row.investment_100m_yuan, "亿元", "lower_bound" if row.investment_missing else "")
        made[stage(report, row.stage)] = "，".join(filter(None, [amount(row.projects, "个"), money]))
    return made


def pipeline_said(report: "Report") -> Caption:
    """What is said of the pipeline chart."""
    caption, missing = "各阶段项目数与计划总投资", "没有项目台账，不列项目阶段。"
    rows = report.detail("project_pipeline", tier="all")
    if rows.empty or not rows["projects"].sum():
        return Caption(caption, missing=missing)
    live = rows[rows["stage"] != WITHDRAWN]
    top = live[live["projects"] == live["projects"].max()]
    names = "、".join(stage(report, word) for word in top["stage"])
    finding = f"{names}项目最多，{'各' if len(top) > 1 else '有'}{amount(top.iloc[0]['projects'], '个')}"
    money = amount(top.iloc[0]["investment_100m_yuan"], "亿元")
    finding += f"，计划总投资{money}" if money and len(top) == 1 else ""
    totals = "；".join(f"{name}{text}" for name, text in stage_totals(report).items())
    note = foot(report, known(report, "project_ledger"))
    tail = (
        "条后为项目数和计划总投资，没有项目的阶段不列。"
        if rows["investment_100m_yuan"].notna().any()
        else "台账未载计划总投资，没有项目的阶段不列。"
    )
    return Caption(caption, finding, f"堆积横条图，单位个。{totals}。", note + tail)


def tiers_said(report: "Report") -> Caption:
    """What is said of the table by list and park."""
    note = foot(report, known(report, "project_ledger")) + "在册不含已退出项目。"
    note += "灯数只计尚未投产的项目。" if report.has("project_light_red") else ""
    note += "项目既属清单又属园区，两组不相加。" if len(report.detail("project_parks")) > 1 else ""
    if figure(report, "project_ledger", "investment_completion"):
        note += "完成率为两数均有的项目已投资占总投资的比重。"
    return Caption("各清单、各园区项目推进情况", note=note, missing="没有项目台账，不分清单、分园区。")


def now(report: "Report") -> str:
    """The month to which the data goes, as the Gantt chart takes it."""
    return end_month(report)


def gantt_rows(report: "Report") -> pd.DataFrame:
    """The rows of the Gantt chart: the projects of the lists with their light and how late they are."""
    bars, rows = report.detail("project_gantt"), report.detail("project_lights")
    if bars.empty or rows.empty:
        return pd.DataFrame(columns=["project", "label", "light", "letter", "text"])
    rows = rows[rows["tier"].isin(LISTED) & (rows["light"] != WITHDRAWN) & rows["project"].isin(bars["project"])]
    rows = rows.head(MOST_ROWS)
    return pd.DataFrame(
        {
            **{"project": rows["project"], "label": rows["name"], "light": rows["light"]},
            "letter": rows["light"].map(LETTERS),
            "text": [slipped(value) for value in rows["slip_months"]],
        }
    ).reset_index(drop=True)


def slipped(months: float) -> str:
    """How far a project is off its first plan: 晚4个月, 早1个月, 按期; empty where it cannot be said."""
    if pd.isna(months):
        return ""
    return f"{'晚' if months > 0 else '早'}{amount(abs(months), '个月')}" if months else "按期"


def gantt_bars(report: "Report") -> pd.DataFrame:
    """The bars of the Gantt chart: first plan, what was done, and from now to the date in force."""
    bars = report.detail("project_gantt")
    if bars.empty:
        return pd.DataFrame(columns=["project", "bar", "from_month", "to_month"])
    now = end_month(report)
    ahead = bars[(bars["bar"] == "present_plan") & (bars["to_month"] > now)]
    # what lies ahead begins behind the data, or where the work is planned to begin
    begun = set(bars.loc[bars["bar"] == "building", "project"])
    follows = str(pd.Period(now, "M") + 1)
    starts = [
        follows if row.project in begun or row.from_month < follows else row.from_month for row in ahead.itertuples()
    ]
    ahead = ahead.assign(bar="ahead", from_month=starts)
    columns = ["project", "bar", "from_month", "to_month"]
    return pd.concat([bars[bars["bar"] != "present_plan"], ahead])[columns].reset_index(drop=True)


def gantt_said(report: "Report") -> Caption:
    """What is said of the Gantt chart."""
    caption, rows = "列省、列市项目计划与实际进度", gantt_rows(report)
    if rows.empty:
        why = "列省、列市项目没有进度记录" if report.has("project_light_red") else NO_PROGRESS
        return Caption(caption, missing=f"{why if report.has('project_ledger') else '没有项目台账'}，不绘制进度图。")
    counts = rows["light"].value_counts()
    said = "、".join(f"{LIGHTS[word]}{amount(counts[word], '个')}" for word in LIGHTS if word in counts)
    done = f"已投产{amount(counts['done'], '个')}" if "done" in counts else ""
    finding = f"列省、列市{amount(len(rows), '个')}项目中，{'，'.join(filter(None, [said, done]))}"
    each = "；".join(f"{row.label}（{row.letter}）{row.text}" for row in rows.itertuples())
    more = report.detail("project_lights")
    cut = (more["tier"].isin(LISTED) & (more["light"] != WITHDRAWN)).sum() - len(rows)
    note = foot(report, known(report, "project_ledger"))
    note += "灯号按首次计划的线性进度评定，方形为红灯、菱形为黄灯、空心圆为绿灯、实心圆为已投产；"
    note += "条后为投产（未定投产计划者为开工）时间比首次计划早晚的月数。"
    note += f"其余{amount(cut, '个')}项目从略。" if cut else ""
    return Caption(caption, finding, f"甘特图，截至{month(end_month(report))}。{each}。", note)
