"""Words of the chapter on enterprise cultivation."""

from typing import TYPE_CHECKING

from zonereport.present.words.front import foot
from zonereport.present.words.ladder import TRACKS
from zonereport.present.words.phrases import LONGEST_LIST, Caption, bullets, listed, sentence

if TYPE_CHECKING:
    import pandas as pd

    from zonereport.present.report import Report

INNOVATION, SCALE = TRACKS
NAMED = 3
GROUPS = ("S6", "S8")


def clauses(report: "Report", *codes: str) -> list[str]:
    """Each figure as a clause: name and figure."""
    return [f"{report.label(code)}{report.text(code)}" for code in codes if report.has(code)]


def verdict(report: "Report") -> str:
    """The chapter in a few lines, one a track, and the firms that stand on more than one rung."""
    innovation, scale = (clauses(report, *TRACKS[track]) for track in (INNOVATION, SCALE))
    return bullets(
        [
            f"**{INNOVATION}**：{sentence(*innovation)}" if innovation else "",
            f"**{SCALE}**：{sentence(*scale)}" if scale else "",
            f"**重点企业**：{several(report)}" if several(report) else "",
        ]
    )


def rungs(report: "Report") -> "pd.DataFrame":
    """The bars of the ladder chart, with the track as series."""
    track = {code: name for name, codes in TRACKS.items() for code in codes}
    data = report.bars(track)
    return data.assign(series=data["code"].map(track))


def ladder(report: "Report") -> Caption:
    """What is said of the ladder chart: the rungs of the innovation track, and that they are no funnel."""
    data = rungs(report)
    rung = data[data["series"] == INNOVATION]
    finding = "企业培育各梯级家数"
    if len(rung) > 1:
        counts = "、".join(text.removesuffix("家") for text in rung["text"])
        finding = f"{INNOVATION}{len(rung)}级依次为{counts}家，各级不是同一批企业"
    alt = "横条图，单位家。" + sentence(*(data["label"] + data["text"]))
    return Caption("企业培育梯队", finding, alt, foot(report, data["code"]))


def ladder_table(report: "Report") -> Caption:
    """What is said of the ladder table."""
    return Caption("企业培育各梯级", note=foot(report, report.codes("S6")))


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
    several = [
        f"{names[firm]}同时列入{listed(report.label(code) for code in codes)}"
        for firm, codes in held.items()
        if len(codes) > 1
    ]
    return "；".join(several[:NAMED]) + ("等。" if len(several) > NAMED else "。") if several else ""


def named(report: "Report") -> Caption:
    """What is said of the table of named firms."""
    return Caption(
        "来源点名的获认定企业",
        note=foot(report, report.codes("S6")) + f"来源未点名的企业不列；超过{LONGEST_LIST}家的称号只计数，不列名。",
    )


def scale_note(report: "Report") -> str:
    """The paragraph on the scale track."""
    said = sentence(*clauses(report, *TRACKS[SCALE]))
    if not said:
        return ""
    return said + "各数口径见上表；亿元企业与20亿元企业可能重叠，不相加。"
