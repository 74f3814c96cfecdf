"""The two tracks of enterprise cultivation: the year's counts, and how many of the same enterprises rose a step."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.bounds import bound
from zonereport.present.kit.changes import completed, direction
from zonereport.present.kit.firms import HELD, count, foot, percent
from zonereport.present.kit.gaps import LISTS, figure_gaps, list_gap, measure_gaps
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.sources import foot as published_foot
from zonereport.present.kit.titles import short
from zonereport.present.report import Report

# which codes make a track, from the lowest step up
INNOVATION, SCALE = "创新梯队", "规模梯队"
TRACKS = {
    INNOVATION: (
        "tech_smes_evaluated",
        "hightech_pipeline_new",
        "hightech_recognised",
        "little_giants_new",
        "listing_pipeline_new",
    ),
    SCALE: (
        "above_scale_industry_new",
        "above_scale_services_new",
        "firms_over_100m_new",
        "firms_over_2bn_new",
    ),
}


@exhibit
def ladder(report: Report) -> Exhibit:
    """Show the year's count on each step of both tracks beside last year's."""
    caption = "企业培育梯队"
    rows = _steps(report)
    gaps = _ladder_gaps(report, list(rows["code"]))
    # in the first months of a year every count may be zero: the answer in short says so, bars cannot
    if not rows[["value", "base"]].max().max() > 0:
        return Exhibit(caption, gaps=gaps)
    claim = _ladder_claim(report, rows)

    def draw() -> Axes:
        return charts.beside(rows, title=claim, unit="家")

    note = published_foot(report, rows["code"])
    # the diamond is drawn only where last year is known
    if rows["base"].notna().any():
        note += "深色为创新梯队，浅色为规模梯队，菱形为上年同期。"
    else:
        note += "深色为创新梯队，浅色为规模梯队。"
    return Exhibit(
        caption,
        claim,
        data=rows,
        draw=draw,
        alt="横条图，单位家。" + sentence(*(rows["label"] + rows["text"])),
        note=note,
        gaps=gaps,
    )


def _ladder_gaps(report: Report, codes: list[str]) -> tuple[Gap, ...]:
    """The counts that the edition lacks, and what the chart can show beside none of the others."""
    gaps = figure_gaps(report, *TRACKS[INNOVATION], *TRACKS[SCALE])
    # one that only some have is no gap of the chapter: those have it beside their bar
    for measure in ("growth", "completion"):
        if codes and all(report.reason(code, measure) for code in codes):
            gaps += measure_gaps(report, codes, [measure])
    return gaps


def _steps(report: Report) -> pd.DataFrame:
    """The bars: the year's counts with last year's beside them, the track as series."""
    # the chart groups by track, the rows come by code
    track = {code: name for name, codes in TRACKS.items() for code in codes}
    rows = report.bars(track)
    rows["series"] = rows["code"].map(track)
    rows["base"] = rows["code"].map(lambda code: _last_year(report, code)).astype("float64")
    beside = [_beside(report, row.code, row.base) for row in rows.itertuples()]
    return rows.assign(text=rows["text"] + pd.Series(beside, index=rows.index, dtype="str"))


def _beside(report: Report, code: str, base: float) -> str:
    """What stands behind a figure: last year's, and how far the target is reached; else what the source says of it."""
    # behind a bar there is room for few words: 完成目标 is of the year anyway
    parts = [completed(report, code).replace("全年", "")]
    if pd.notna(base):
        parts.insert(0, f"上年{count(base)}")
    known = "，".join(filter(None, parts)) or report.note(code).rstrip("。")
    return f"（{known}）" if known else ""


def _last_year(report: Report, code: str) -> float:
    """The figure of the same months of last year; NaN where there is none."""
    rows = report.detail("series", code=code, entity=report.park)
    rows = rows[(rows["year"] == report.period.year - 1) & (rows["month"] == report.period.last)]
    return float(rows["value"].iloc[-1]) if len(rows) else float("nan")


def _ladder_claim(report: Report, rows: pd.DataFrame) -> str:
    """How many steps rose; without last year the steps of the innovation track, which are no funnel."""
    known = rows[rows["base"].notna()]
    # of a single step nothing can be counted
    if len(known) > 1:
        change = (known["value"] - known["base"]).map(lambda v: direction(v, "增加", "减少", "持平", decimals=0))
        numbers = change.value_counts()
        counts = "、".join(f"{numbers[word]}项{word}" for word in ("增加", "持平", "减少") if word in numbers)
        return f"{len(known)}项培育指标与上年同期相比，{counts}"
    # the steps of the other track follow from sales, not from one another
    steps = rows[rows["series"] == INNOVATION]
    if len(steps) > 1:
        counts = "、".join(steps["code"].map(report.text).str.removesuffix("家"))
        return f"{INNOVATION}{len(steps)}级依次为{counts}家，各级不是同一批企业"
    return "企业培育各梯级家数"


@exhibit
def conversion(report: Report) -> Exhibit:
    """Show of the same enterprises how many took the next step of the innovation track in time."""
    caption = "同批企业的梯级晋升"
    rows = report.detail("enterprise_ladder", cohort="all")
    if rows.empty:
        return Exhibit(caption, gaps=_no_cohorts(report))
    bars = _cohorts(report, rows)
    claim = _conversion_claim(report, rows)

    def draw() -> Axes:
        return charts.beside(bars.rename(columns={"part": "value"}), title=claim, unit="家")

    note = foot(report, *rows["step"].unique(), *rows["next_step"].unique(), made_of=HELD)
    # two stocks divided by each other are no share of anybody who rose
    note += "晋升比例只按同一批企业跟踪计算，不以两个存量相除。"
    note += "浅色为跟踪期满的同批企业，深色为期内进入下一级的企业，已先有下一级称号的除外；括号内为95%区间。"
    return Exhibit(
        caption,
        claim,
        data=bars,
        draw=draw,
        alt="横条图，单位家。" + "；".join(bars["label"] + "，" + bars["text"]) + "。",
        note=note + _too_small(report, rows),
    )


def _no_cohorts(report: Report) -> tuple[Gap, ...]:
    missing = list_gap(report, "recognitions")
    if missing:
        return missing
    # a list of one year names nobody who could have risen since
    subject, remedy, office = LISTS["recognitions"]
    return (Gap(subject, "没有可以连续跟踪的同批企业", f"历年{remedy}", office),)


def _cohorts(report: Report, rows: pd.DataFrame) -> pd.DataFrame:
    """The bars: label, whole (the cohort), part (those who rose), text."""
    # cohorts too small for a share are named in the note, unless there is none but them
    large = rows[rows["reason"] == ""]
    if large.empty:
        large = rows[~rows.duplicated(["step", "next_step"])]
    bars = []
    for row in large.itertuples():
        text = f"{row.enterprises}家中{row.reached}家"
        if not row.reason:
            text += f"，{_share(row)}"
        label = f"{short(report, row.step)}→{short(report, row.next_step)}，{row.horizon_months}个月"
        bars.append({"label": label, "whole": row.enterprises, "part": row.reached, "text": text})
    return pd.DataFrame(bars)


def _share(row: object) -> str:
    """The share of a cohort with its interval: 4.5%（1.3—11.6%）."""
    low = number(row.low_pct, 1, fixed=True)
    return f"{percent(row.share_pct)}（{low}—{percent(row.high_pct)}）"


def _conversion_claim(report: Report, rows: pd.DataFrame) -> str:
    """The share of the lowest step that can be followed, over the longest time."""
    known = rows[rows["reason"] == ""]
    if known.empty:
        return f"各级可跟踪的同批企业均不足{bound(report, 'fewest_enterprises')}，只列家数"
    # the lowest step has the largest cohort, and its longest time is its last row
    row = known[known["step"] == known["step"].iloc[0]].iloc[-1]
    step, next_step = short(report, row["step"]), short(report, row["next_step"])
    within = f"{row['horizon_months']}个月内{row['reached']}家"
    return f"{row['enterprises']}家{step}中，{within}进入{next_step}，占{percent(row['share_pct'])}"


def _too_small(report: Report, rows: pd.DataFrame) -> str:
    """The cohorts too small for a share, with how many rose; nothing where none is or all are."""
    small = rows[(rows["reason"] != "") & ~rows.duplicated(["step", "next_step"])]
    # where all are too small the bars show them
    if small.empty or (rows["reason"] != "").all():
        return ""
    steps = []
    for row in small.itertuples():
        names = f"{short(report, row.step)}→{short(report, row.next_step)}"
        steps.append(f"{names}{row.enterprises}家中{row.reached}家")
    return f"同批不足{bound(report, 'fewest_enterprises')}的不计算比例：{'；'.join(steps)}。"
