"""The three classes of indicators (巩固优势、提升中游、补强落后), and the signals that they rest on."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.indicators.core import GROUP
from zonereport.present.kit.changes import direction
from zonereport.present.kit.labels import BANDS
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.report import Report

HEADS = {"progress": "进度", "position": "位次", "momentum": "势头", "band": "分类"}
# in the order of the grid, with the sign of their cell
CLASSES = {"advantaged": 1.0, "mid": 0.0, "lagging": -1.0}
# what the zone does with each class, in the words of its own reports
TASKS = {"advantaged": "巩固优势", "mid": "提升中游", "lagging": "补强落后"}


def classed(report: Report) -> pd.DataFrame:
    """Return the rows of ``bands`` of the core indicators that have a class, the advantaged first."""
    rows = report.detail("bands")
    rows = rows[rows["band"].isin(CLASSES) & rows["code"].isin(report.codes(GROUP))]
    return rows.sort_values("band", key=lambda band: -band.map(CLASSES), kind="stable").reset_index(drop=True)


@exhibit
def signals(report: Report) -> Exhibit:
    """Show the signals of each indicator with the figures that they rest on, and the class that they make."""
    caption = "三类指标的判断依据"
    rows = classed(report)
    if rows.empty and report.park:
        # a park has no targets and no peers of its own: nothing that could be sent is missing
        return Exhibit(caption)
    if rows.empty:
        gap = Gap("主要指标分类（优势、中游、落后）", "进度、位次、势头三项信号中不足两项")
        return Exhibit(caption, gaps=(gap,))
    data = _cells(report, rows)
    sizes = rows["band"].value_counts()
    counts = [f"{BANDS[band]}{sizes[band]}项" for band in CLASSES if band in sizes]
    claim = "，".join(["、".join(counts), *_changes(report, rows)])

    def draw() -> Axes:
        return charts.signals(data, title=claim)

    lines = []
    for label, cells in data[data["text"] != ""].groupby("label", sort=False):
        lines.append("，".join([label, *(cells["column"] + cells["text"])]))
    note = foot(report, rows["code"]) + (
        "进度为与进度线（增速目标为与目标）之差，位次看居前三分之一还是后三分之一，"
        "势头为增速与同类开发区中位数之差，三者合计得出类别；进度和势头的单位为个百分点，"
        "绿色▲为正向信号，红色▼为负向，黄色为居中。"
        "括号内为稳定度：容差、分界和参照单位变动时仍得出同一分类的比例。分类规则为本报告提出，不是考核规定。"
    )
    alt = f"信号方格图。{'；'.join(lines)}。"
    return Exhibit(caption, claim, data=data, draw=draw, alt=alt, note=note)


def _cells(report: Report, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of the grid: a row an indicator, a column a signal and the class."""
    cells = []
    for row in rows.itertuples():
        label = report.label(row.code)
        signs = {
            "progress": (row.progress, _apart(row.progress_gap_pp)),
            "position": (row.position, report.text(row.code, "rank")),
            "momentum": (row.momentum, _apart(row.momentum_gap_pp)),
            "band": (CLASSES[row.band], TASKS[row.band] + _stability(row)),
        }
        for name, (value, text) in signs.items():
            # a figure without a signal would look like a judgement
            if pd.isna(value):
                text = ""
            cells.append((label, HEADS[name], value, text))
    return pd.DataFrame(cells, columns=["label", "column", "value", "text"])


def _apart(gap: float) -> str:
    """Return 高2.3, 低2.3, 持平: a gap in percentage points.

    >>> _apart(2.31), _apart(-2.31), _apart(0.04), _apart(float("nan"))
    ('高2.3', '低2.3', '持平', '')
    """
    if pd.isna(gap):
        return ""
    word = direction(gap, "高", "低", "持平")
    if word == "持平":
        return word
    return word + number(abs(gap), 1, fixed=True)


def _stability(row) -> str:
    if pd.isna(row.stability_pct):
        return ""
    return f"（{quantity(row.stability_pct, '%', 0)}）"


def with_tie(report: Report, row) -> str:
    """Return the name of an indicator, and that only its shared place puts it into its class where that is so."""
    if row.by_tie:
        return f"{report.label(row.code)}（{report.place_of(row.code)}，仅因并列归入此类）"
    return report.label(row.code)


def _changes(report: Report, rows: pd.DataFrame) -> list[str]:
    """Return which indicators changed their class since the month before."""
    moves = rows[rows["has_changed"]].itertuples()
    return [f"{report.label(row.code)}由{BANDS[row.previous]}转为{BANDS[row.band]}" for row in moves]


@exhibit
def unsure_classes(report: Report) -> Exhibit:
    """Say which classes turn on a choice of the rule, and which are held against the signals of this month."""
    rows = classed(report)
    clauses = []
    shaky = rows[rows["is_shaky"]]
    if len(shaky):
        bound = report.detail("bounds", name="shaky").iloc[0]
        names = listed(report.label(row.code) + _stability(row) for row in shaky.itertuples())
        few = quantity(bound.value, bound.unit, 0)
        clauses.append(f"分类稳定度不足{few}的有{names}，容差或参照单位稍有变动即可能改列，结论宜审慎使用")
    held = rows.loc[rows["held"], "code"]
    # readers who see the signals wonder why the class is another
    if len(held):
        names = listed(map(report.label, held))
        clauses.append(f"{names}本月信号已变，因变化不大且未持续两期，暂按上期分类")
    return Exhibit("分类的稳定程度", data=rows, draw=sentence("；".join(clauses)))


def classes_point(report: Report) -> str:
    """Return the point of the verdict: the lagging and the advantaged by name, and the ones that changed."""
    rows = classed(report)
    if rows.empty:
        return ""
    clauses = ["没有补强落后类指标"]
    lagging = [with_tie(report, row) for row in rows[rows["band"] == "lagging"].itertuples()]
    if lagging:
        clauses = [f"补强落后类有{listed(lagging)}"]
    advantaged = [with_tie(report, row) for row in rows[rows["band"] == "advantaged"].itertuples()]
    if advantaged:
        clauses.append(f"巩固优势类有{listed(advantaged)}")
    changes = _changes(report, rows)
    if not changes:
        return sentence(*clauses)
    return sentence(*clauses) + sentence("与上期相比", *changes)
