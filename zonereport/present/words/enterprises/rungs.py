"""Words of the ladder: the year's counts, and how many of the same enterprises took the next step."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.metrics.enterprises.subject import FEWEST
from zonereport.present.kit.changes import completed, direction, on_year
from zonereport.present.kit.firms import HELD, MOST, count, foot, percent
from zonereport.present.kit.labels import LONGEST_LIST
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot as published_foot
from zonereport.present.words.enterprises.titles import short
from zonereport.present.words.ladder import TRACKS
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

INNOVATION, SCALE = TRACKS
NAMED = 3
GROUPS = ("S6",)


def clauses(report: "Report", *codes: str) -> list[str]:
    """Each figure as a clause: name and figure."""
    return [f"{report.label(code)}{report.text(code)}" for code in codes if report.has(code)]


def said(report: "Report", *codes: str) -> str:
    """Figures with their change on last year and their target, as far as there is one, parted by semicolons."""
    parts = []
    for code in codes:
        if report.has(code):
            more = [on_year(report, code, "change"), completed(report, code)]
            parts.append("，".join(filter(None, [f"{report.label(code)}{report.text(code)}", *more])))
    return "；".join(parts)


def reached(report: "Report", *codes: str) -> str:
    """Figures with how far their targets are reached, parted by commas and semicolons."""
    parts = [
        "，".join(filter(None, [f"{report.label(code)}{report.text(code)}", completed(report, code)]))
        for code in codes
        if report.has(code)
    ]
    return "；".join(parts)


def rungs(report: "Report") -> pd.DataFrame:
    """The bars of the ladder chart: the year's counts with last year's beside them, the track as series."""
    track = {code: name for name, codes in TRACKS.items() for code in codes}
    data = report.bars(track)
    base = pd.Series([last_year(report, code) for code in data["code"]], index=data.index, dtype="float64")
    more = [_beside(report, code, value) for code, value in zip(data["code"], base, strict=True)]
    return data.assign(series=data["code"].map(track), base=base, text=data["text"] + more)


def _beside(report: "Report", code: str, base: float) -> str:
    """What stands behind a figure: last year's, and how far the target is reached; else what the source says of it."""
    parts = [f"上年{count(base)}" if pd.notna(base) else "", completed(report, code).replace("全年", "")]
    parts = parts if any(parts) else [report.note(code).rstrip("。")]
    return f"（{'，'.join(filter(None, parts))}）" if any(parts) else ""


def last_year(report: "Report", code: str) -> float:
    """The figure of the same months of last year; NaN where there is none."""
    rows = report.detail("series", code=code, entity=report.measures["park"].iloc[0])
    if rows.empty:
        return float("nan")
    rows = rows[(rows["year"] == report.period.year - 1) & (rows["month"] == report.period.last)]
    return float(rows["value"].iloc[-1]) if len(rows) else float("nan")


def ladder(report: "Report") -> Caption:
    """What is said of the ladder chart: how many rungs rose; or the rungs of the innovation track, no funnel."""
    data = rungs(report)
    known = data[data["base"].notna()]
    finding = "企业培育各梯级家数"
    rung = data[data["series"] == INNOVATION]
    if len(known) > 1:
        change = [direction(v, "增加", "减少", "持平", decimals=0) for v in known["value"] - known["base"]]
        counts = "、".join(f"{change.count(word)}项{word}" for word in ("增加", "持平", "减少") if word in change)
        finding = f"{len(known)}项培育指标与上年同期相比，{counts}"
    elif len(rung) > 1:
        counts = "、".join(report.text(code).removesuffix("家") for code in rung["code"])
        finding = f"{INNOVATION}{len(rung)}级依次为{counts}家，各级不是同一批企业"
    alt = "横条图，单位家。" + sentence(*(data["label"] + data["text"]))
    mark = "，菱形为上年同期" if len(known) else ""
    note = published_foot(report, data["code"]) + f"深色为{INNOVATION}，浅色为{SCALE}{mark}。"
    return Caption("企业培育梯队", finding, alt, note)


def cohorts(report: "Report") -> pd.DataFrame:
    """The bars of the cohort chart: of the same enterprises, how many took the next step in time."""
    rows = report.detail("enterprise_ladder", cohort="all")
    if len(rows):
        # the steps that too few took are named in the foot
        known = rows["reason"] == ""
        rows = rows[known] if known.any() else rows[~rows.duplicated(["step", "next_step"])]
    made = [
        {
            "label": f"{short(report, row.step)}→{short(report, row.next_step)}，{row.horizon_months}个月",
            **{"whole": row.enterprises, "part": row.reached},
            "text": f"{row.enterprises}家中{row.reached}家" + (f"，{share(row)}" if not row.reason else ""),
        }
        for row in rows.itertuples()
    ]
    return pd.DataFrame(made, columns=["label", "whole", "part", "text"])


def _few(report: "Report", rows: pd.DataFrame) -> str:
    """The steps that too few took for a share, with how many did."""
    first = rows[(rows["reason"] != "") & ~rows.duplicated(["step", "next_step"])]
    steps = [
        f"{short(report, row.step)}→{short(report, row.next_step)}{row.enterprises}家中{row.reached}家"
        for row in first.itertuples()
    ]
    return f"同批不足{FEWEST}家的不计算比例：{'；'.join(steps)}。" if steps else ""


def share(row: object) -> str:
    """The share of a cohort with its interval: 4.5%（1.3—11.6%）."""
    low = number(row.low_pct, 1, fixed=True)
    return f"{percent(row.share_pct)}（{low}—{percent(row.high_pct)}）"


def conversion(report: "Report") -> Caption:
    """What is said of the cohort chart."""
    rows = report.detail("enterprise_ladder", cohort="all")
    data = cohorts(report)
    known = rows[rows["reason"] == ""] if len(rows) else rows
    finding = f"各级可跟踪的同批企业均不足{FEWEST}家，只列家数"
    if len(known):
        first = known[known["step"] == known["step"].iloc[0]].iloc[-1]
        finding = (
            f"{first.enterprises}家{short(report, first.step)}中，{first.horizon_months}个月内"
            f"{first.reached}家进入{short(report, first.next_step)}的下一级，占{percent(first.share_pct)}"
        ).replace("的下一级", "")
    few = _few(report, rows) if len(known) else ""
    note = foot(report, *rows["step"].unique(), *rows["next_step"].unique(), made_of=HELD) if len(rows) else ""
    note += f"浅色为跟踪期满的同批企业，深色为期内进入下一级的企业，已先有下一级称号的除外；括号内为95%区间。{few}"
    alt = "横条图，单位家。" + "；".join(data["label"] + "，" + data["text"]) + "。"
    return Caption("同批企业的梯级晋升", finding, alt, note, missing=no_conversion(report))


def no_conversion(report: "Report") -> str:
    """Why the rungs are not divided by each other."""
    if not report.has("tech_smes_evaluated", "hightech_recognised"):
        return ""
    low, high = clauses(report, "tech_smes_evaluated", "hightech_recognised")
    return (
        f"各梯级是不同部门、不同程序在同一年的结果：{low}是逐年评价，{high}是当年认定。"
        "同一企业可以同时出现在几级，各级企业也不是同一批，因此本报告不以上一级除以下一级作为转化率，各级家数也不相加。"
    )


def several(report: "Report") -> str:
    """The firms that the source names on more than one rung."""
    rows = report.events("recognitions")
    if rows.empty:
        return ""
    names = report.table("enterprises").set_index("enterprise")["name"]
    held = rows[rows["enterprise"].isin(names.index)].groupby("enterprise", sort=False)["code"].agg(list)
    both = {names[firm]: codes for firm, codes in held.items() if len(codes) > 1}
    if not both:
        return ""
    if len(both) <= NAMED:
        said = [f"{name}同时列入{listed(report.label(code) for code in codes)}" for name, codes in both.items()]
        return "；".join(said) + "。"
    said = [f"{name}（{'、'.join(short(report, code) for code in codes)}）" for name, codes in both.items()]
    return f"本年取得两项及以上称号的企业{count(len(both))}，包括{'、'.join(said[:NAMED])}等。"


def honours(report: "Report", *tables: str, groups: tuple[str, ...]) -> pd.DataFrame:
    """This year's rows of ``tables`` of the indicator groups named, with the enterprise's name, the rarest title first.

    A title that more than LONGEST_LIST enterprises received is left out.
    """
    found = [frame for frame in map(report.events, tables) if len(frame)]
    if not found:
        return pd.DataFrame()
    known = report.table("enterprises").set_index("enterprise")["name"]
    rows = pd.concat(found)
    rows = rows[
        rows["enterprise"].isin(known.index) & rows["code"].map(lambda code: report.label(code, "group") in groups)
    ]
    rows = rows.assign(held=rows.groupby("code")["code"].transform("size"), name=rows["enterprise"].map(known))
    rows = rows[rows["held"] <= LONGEST_LIST]
    return rows.sort_values(["held", "code", "enterprise"], kind="stable").reset_index(drop=True)


def few_honoured(report: "Report") -> pd.DataFrame:
    """The rows of ``honours`` of enterprises, where they are all that there are: a long list stays in the ledger."""
    every, kept = report.events("recognitions"), honours(report, "recognitions", groups=GROUPS)
    return kept if len(every) <= MOST else kept[:0]


def named(report: "Report") -> Caption:
    """What is said of the table of named firms."""
    note = published_foot(report, report.codes("S6")) + "来源未点名的企业不列。"
    return Caption("本年获认定的企业", note=note, missing=None)
