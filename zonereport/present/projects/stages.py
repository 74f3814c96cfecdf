"""Where the projects of the ledger stand: by stage and list, and how far those of each list and park are."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.gaps import LISTS
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.ledgers import amount, amounts, figure, known, parks, partial
from zonereport.present.kit.phrases import stop
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.projects.words import WITHDRAWN, stage, without_ledger
from zonereport.present.report import Report

TIERS = {"national": "国家重大", "provincial": "列省", "city": "列市", "none": "未列清单"}
# the lists whose length is published too
PUBLISHED = {"provincial": "列省", "city": "列市"}
OUTSIDE = "未分园区"
EVERY = "全部在册"
HEADS = {
    "scope": "范围",
    "projects": "在册",
    "started": "已开工",
    "finished": "已投产",
    "plan": "总投资",
    "spent": "已投资",
    "share": "完成率",
    "lights": "红/黄/绿灯",
}
RIGHT = ("projects", "started", "finished", "plan", "spent", "share")


@exhibit
def stages(report: Report) -> Exhibit:
    """Show at which stage the projects are, by list, with the planned investment of each stage where it is known."""
    rows = report.detail("project_pipeline", tier="all")
    if not rows["projects"].sum():
        return without_ledger(report, "各阶段项目数")
    priced = bool(rows["investment_100m_yuan"].notna().any())
    # bars of those that a document happens to name would read as bars of all
    if partial(report) and not priced:
        return Exhibit("各阶段项目数", gaps=_unpriced("来源未载"))
    bars, totals = _bars(report), _totals(report, rows)
    claim = _claim(report, rows)

    def draw() -> Axes:
        return charts.stacked(bars, totals, title=claim, unit="个")

    each = "；".join(name + text for name, text in totals.items())
    note = foot(report, known(report, "project_ledger"))
    # a caption promises no investment that no stage has
    if priced:
        caption, gaps = "各阶段项目数与计划总投资", ()
        note += "条后为项目数和计划总投资，没有项目的阶段不列。"
    else:
        caption = "各阶段项目数"
        note += "没有项目的阶段不列。"
        gaps = _unpriced("项目台账未载")
    alt = f"堆积横条图，单位个。{each}。"
    # who draws it anew has the stages in their order as well
    ordered = bars.assign(label=pd.Categorical(bars["label"], list(totals)))
    return Exhibit(caption, claim, data=ordered, draw=draw, alt=alt, note=note, gaps=gaps)


def _unpriced(reason: str) -> tuple[Gap, ...]:
    _, _, office = LISTS["projects"]
    return (Gap("项目计划总投资", reason, "各项目的计划总投资", office),)


def _bars(report: Report) -> pd.DataFrame:
    """The parts of the bars: projects by stage and list, in the order of the lists."""
    rows = report.detail("project_pipeline")
    rows = rows[rows["tier"] != "all"]
    rows = rows.sort_values("tier", key=lambda tiers: tiers.map(list(TIERS).index), kind="stable")
    # the text behind a bar of one part says it already
    alone = rows.groupby("stage")["tier"].transform("size") == 1
    counts = rows["projects"].astype("str").mask(alone, "")
    labels = rows["stage"].map(lambda word: stage(report, word))
    columns = {"label": labels, "series": rows["tier"].map(TIERS), "value": rows["projects"], "text": counts}
    return pd.DataFrame(columns).reset_index(drop=True)


def _totals(report: Report, rows: pd.DataFrame) -> dict[str, str]:
    """The text behind each bar: projects and planned investment of each stage that has any."""
    totals = {}
    for row in rows[rows["projects"] > 0].itertuples():
        text = amount(row.projects, "个")
        # a project without its investment makes the sum a lower bound
        qualifier = "lower_bound" if row.investment_missing else ""
        money = amount(row.investment_100m_yuan, "亿元", qualifier)
        if money:
            text += f"，{money}"
        totals[stage(report, row.stage)] = text
    return totals


def _claim(report: Report, rows: pd.DataFrame) -> str:
    live = rows[rows["stage"] != WITHDRAWN]
    top = live[live["projects"] == live["projects"].max()]
    names = "、".join(stage(report, word) for word in top["stage"])
    count = amount(top.iloc[0]["projects"], "个")
    # of several stages one sum would belong to none of them
    if len(top) > 1:
        return f"{names}项目最多，各{count}"
    money = amount(top.iloc[0]["investment_100m_yuan"], "亿元")
    if not money:
        return f"{names}项目最多，有{count}"
    return f"{names}项目最多，有{count}，计划总投资{money}"


@exhibit
def lists(report: Report) -> Exhibit:
    """Show how far the projects of each list and each park are."""
    caption, rows = "各清单项目推进情况", report.detail("project_tiers")
    if rows.empty:
        return without_ledger(report, caption)
    rows = rows.assign(scope=rows["tier"].map(TIERS))
    if (rows["tier"] == "none").all():
        # which projects were on a list on this day is not known: then none is on none
        rows = rows.assign(scope=EVERY)
    # a document that names some projects is no register of them: how many of those are at work says little
    if partial(report):
        return Exhibit(caption)
    note = foot(report, known(report, "project_ledger")) + "在册不含已退出项目。"
    if report.has("project_light_red"):
        note += "灯数只计尚未投产的项目。"
    by_park = report.detail("project_parks")
    # of one park there is nothing to set side by side
    if len(by_park) > 1:
        caption = "各清单、各园区项目推进情况"
        by_park = by_park.assign(scope=by_park["park"].map(parks(report) | {"": OUTSIDE}))
        rows = pd.concat([rows, by_park], ignore_index=True)
        note += "项目既属清单又属园区，两组不相加。"
    if figure(report, "project_ledger", "investment_completion"):
        note += "完成率为两数均有的项目已投资占总投资的比重。"
    table = styled(without_empty(_printed(rows)), "project-tiers", heads=HEADS, right=RIGHT)
    return Exhibit(caption, data=rows, draw=table, note=note)


def _printed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table of lists and parks as they are printed."""
    red, yellow, green = (rows[word].astype("str") for word in ("red", "yellow", "green"))
    # without any light a dash, not three zeros
    judged = rows[["red", "yellow", "green"]].sum(axis="columns") > 0
    columns = {
        "scope": rows["scope"],
        "projects": rows["projects"].astype("str"),
        "started": rows["started"].astype("str"),
        "finished": rows["done"].astype("str"),
        "plan": amounts(rows["investment_100m_yuan"], "亿元"),
        "spent": amounts(rows["invested_100m_yuan"], "亿元"),
        "share": amounts(rows["investment_completion_pct"], "%"),
        "lights": (red + "/" + yellow + "/" + green).where(judged, NO_VALUE),
    }
    return pd.DataFrame(columns)


@exhibit
def list_lengths(report: Report) -> Exhibit:
    """Say where the ledger and the published lists do not agree in length."""
    rows = report.detail("project_tiers")
    # only of two lists a length is published
    rows = rows[rows["published"].notna() & (rows["projects"] != rows["published"])]
    if rows.empty:
        return Exhibit("清单项目数核对")
    # a document need not name all that it counts: fewer names than its count contradict nothing
    few = partial(report) & (rows["projects"] < rows["published"])
    return Exhibit(draw=_not_all_named(rows[few]) + _not_alike(rows[~few]))


def _not_all_named(rows: pd.DataFrame) -> str:
    clauses = []
    for row in rows.itertuples():
        counted, published = amount(row.projects, "个"), amount(row.published, "个")
        clauses.append(f"{PUBLISHED[row.tier]}项目公布{published}，来源点名{counted}")
    return stop("；".join(clauses))


def _not_alike(rows: pd.DataFrame) -> str:
    clauses = []
    for row in rows.itertuples():
        counted, published = amount(row.projects, "个"), amount(row.published, "个")
        clauses.append(f"{PUBLISHED[row.tier]}项目台账{counted}、公布{published}")
    if not clauses:
        return ""
    return f"{'；'.join(clauses)}，两数不一致，须与发展改革部门逐项核对。"
