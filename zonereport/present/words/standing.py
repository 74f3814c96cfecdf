"""Words of the chapter on the core indicators: places among the peers, and the three classes with their evidence."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.changes import direction, moved
from zonereport.present.kit.labels import BANDS
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUP = "S2"
KINDS = {"zone": "本开发区", "peer": "同类开发区", "median": "同类中位数"}
COLUMNS = {"progress": "进度", "position": "位次", "momentum": "势头", "band": "分类"}
CLASSES = {"advantaged": 1.0, "mid": 0.0, "lagging": -1.0}
# what the zone does with each class, in the words of its own reports
TASKS = {"advantaged": "巩固优势", "mid": "提升中游", "lagging": "补强落后"}
# a class that fewer than so many in a hundred runs agree with is said to be unsure
SHAKY = 70


def ranked(report: "Report") -> list[str]:
    """The core indicators that have a place among the peers."""
    return [code for code in report.codes(GROUP) if not report.reason(code, "rank")]


def chased(report: "Report", code: str) -> str:
    """Who is just ahead: the peers of the next better figure; empty where there is none or they are not known."""
    rows = report.detail("ranks", code=code)
    own = rows[rows["is_zone"]] if len(rows) else rows
    if own.empty or pd.isna(own["rank"].iloc[0]):
        return ""
    better = rows[(rows["rank"] < own["rank"].iloc[0]) & (rows["printed"] != own["printed"].iloc[0])]
    last = better[better["rank"] == better["rank"].max()]
    return "、".join(last["entity"])


def placed(report: "Report") -> pd.DataFrame:
    """The dots of the ladder: zone, peers and their median, of the indicators that are ranked on growth."""
    frame, bands = report.detail("ranks", on="growth"), report.detail("bands")
    rows = []
    for code in ranked(report):
        own = frame[(frame["code"] == code) & frame["value"].notna()] if len(frame) else frame
        if own.empty or not own["is_zone"].any() or len(own) < 2:
            continue
        label = {"code": code, "label": f"{report.label(code)}\n{_place(report, code)}"}
        rows += [{**label, "kind": "peer", "value": value, "text": ""} for value in own.loc[~own["is_zone"], "printed"]]
        middle = bands.loc[bands["code"] == code, "peer_median_pct"] if len(bands) else []
        rows += [{**label, "kind": "median", "value": value, "text": ""} for value in middle if pd.notna(value)]
        text = report.text(code, "growth")
        rows.append({**label, "kind": "zone", "value": own.loc[own["is_zone"], "printed"].iloc[0], "text": text})
    return pd.DataFrame(rows, columns=["code", "label", "kind", "value", "text"])


def _place(report: "Report", code: str) -> str:
    """第9位，后移2位: the place, and its change on the same month of last year."""
    change = "" if report.reason(code, "rank_change_year") else moved(report.value(code, "rank_change_year"))
    return report.place_of(code) + (f"，{change}" if change and change != "位次不变" else "")


def _closest(report: "Report", codes: list[str], measure: str) -> str:
    known = [code for code in codes if not report.reason(code, measure)]
    return min(known, key=lambda code: report.value(code, measure)) if known else ""


def _neighbours(report: "Report", codes: list[str]) -> list[str]:
    """The smallest distance up and the smallest lead, as clauses."""
    up, down = _closest(report, codes, "gap_to_next"), _closest(report, codes, "gap_below")
    clauses = [f"{report.label(up)}距前一位{report.text(up, 'gap_to_next')}，差距最小"] if up else []
    name = "其" if up and up == down else report.label(down) if down else ""
    return clauses + ([f"{name}领先后一位{report.text(down, 'gap_below')}，优势最小"] if down else [])


def ladder(report: "Report") -> Caption:
    """What is said of the ladder among the peers: the smallest distance up, and the smallest lead."""
    caption = "主要指标增速与位次"
    rows = placed(report)
    if rows.empty:
        reason = (
            "没有同类开发区同期数，只列来源公布的位次" if ranked(report) else "来源没有位次，也没有同类开发区同期数"
        )
        return Caption(caption, missing=f"（{caption}：{reason}。）")
    codes = list(dict.fromkeys(rows["code"]))
    clauses = _neighbours(report, codes)
    said = [f"{report.label(c)}{report.text(c, 'growth')}，{_place(report, c)}" for c in codes]
    silent = [c for c in codes if not report.reason(c, "rank_missing") and report.value(c, "rank_missing") > 0]
    lacking = f"{_unreported(report, silent)}，不参加排名。" if silent else ""
    note = foot(report, codes) + "位次按增速排列，并列取较前位次；前移、后移为与上年同期相比。" + lacking
    alt = f"点图，横轴为同比增速（%），每行一项指标。{'；'.join(said)}。"
    return Caption(caption, "，".join(clauses) or f"{len(codes)}项指标的增速在同类开发区中的位置", alt, note)


def _unreported(report: "Report", codes: list[str]) -> str:
    return listed(f"{report.label(c)}有{number(report.value(c, 'rank_missing'), 0)}家未报数" for c in codes)


def ranks(report: "Report") -> Caption:
    """What is said of the table of places; without any the ladder has said so."""
    if not ranked(report):
        return Caption("位次、追赶对象与距离", missing=None)
    note = foot(report, ranked(report)) + "相差、领先后一位和距第一方阵按排名所用的数计算，未注明单位的为百分点。"
    return Caption("位次、追赶对象与距离", note=note)


def distances(report: "Report") -> str:
    """The paragraph on places: what moved up and down most in a year, and what is in the first tier."""
    codes = ranked(report)
    years = [c for c in codes if not report.reason(c, "rank_change_year")]
    said = []
    if years:
        best, worst = (pick(years, key=lambda c: report.value(c, "rank_change_year")) for pick in (max, min))
        clauses = []
        if report.value(best, "rank_change_year") > 0:
            clauses.append(f"{report.label(best)}{moved(report.value(best, 'rank_change_year'))}，前移最多")
        if report.value(worst, "rank_change_year") < 0:
            clauses.append(f"{report.label(worst)}{moved(report.value(worst, 'rank_change_year'))}，后移最多")
        said.append(sentence("与上年同期相比", *clauses) if clauses else "各项位次与上年同期相比没有变化。")
    in_tier = [code for code in codes if not report.reason(code, "tier_places")]
    inside = [report.label(code) for code in in_tier if report.value(code, "tier_places") == 0]
    if in_tier:
        there = (
            f"{listed(inside)}{'均' if len(inside) > 1 else ''}在考核第一方阵之内"
            if inside
            else "没有指标进入考核第一方阵"
        )
        said.append(f"{there}。")
    return "".join(said)


def shorthand(report: "Report") -> str:
    """The point of the verdict on places: the change on last year, and the smallest distances."""
    codes = ranked(report)
    if not codes:
        return ""
    years = [c for c in codes if not report.reason(c, "rank_change_year")]
    up = sum(report.value(c, "rank_change_year") > 0 for c in years)
    down = sum(report.value(c, "rank_change_year") < 0 for c in years)
    change = f"与上年同期相比{up}项前移、{down}项后移" if years else f"{len(codes)}项指标有位次"
    return sentence(change) + sentence("，".join(_neighbours(report, codes)))


def classed(report: "Report") -> pd.DataFrame:
    """The rows of ``bands`` of the core indicators that have a class, the advantaged first."""
    frame = report.detail("bands")
    if frame.empty:
        return frame
    frame = frame[frame["band"].isin(CLASSES) & frame["code"].isin(report.codes(GROUP))]
    return frame.sort_values("band", key=lambda band: -band.map(CLASSES), kind="stable").reset_index(drop=True)


def signals(report: "Report") -> pd.DataFrame:
    """The cells of the grid of signals: a row an indicator, a column a signal and the class."""
    rows = []
    for row in classed(report).itertuples():
        label = report.label(row.code)
        texts = {
            "progress": apart(row.progress_gap_pp),
            "position": report.text(row.code, "rank"),
            "momentum": apart(row.momentum_gap_pp),
            "band": TASKS[row.band] + _sure(row),
        }
        values = {"progress": row.progress, "position": row.position, "momentum": row.momentum}
        values["band"] = CLASSES[row.band]
        rows += [
            {
                "label": label,
                "column": head,
                "value": values[name],
                "text": "" if pd.isna(values[name]) else texts[name],
            }
            for name, head in COLUMNS.items()
        ]
    return pd.DataFrame(rows, columns=["label", "column", "value", "text"])


def apart(gap: float) -> str:
    """高2.3, 低2.3, 持平: a gap in percentage points."""
    if pd.isna(gap):
        return ""
    word = direction(gap, "高", "低", "持平")
    return word if word == "持平" else word + number(abs(gap), 1, fixed=True)


def _sure(row) -> str:
    return "" if pd.isna(row.stability_pct) else f"（{quantity(row.stability_pct, '%', 0)}）"


def grid(report: "Report") -> Caption:
    """What is said of the grid of signals: the counts of the classes and what changed."""
    caption = "三类指标的判断依据"
    rows = classed(report)
    if rows.empty:
        reason = "进度、位次、势头三项信号中不足两项，不作分类"
        return Caption(caption, missing=f"（{caption}：{reason}。）")
    sizes = rows["band"].value_counts()
    counts = "、".join(f"{BANDS[band]}{sizes[band]}项" for band in CLASSES if band in sizes)
    said = []
    for label, cells in signals(report).groupby("label", sort=False):
        known = cells[cells["text"] != ""]
        said.append(label + "，" + "，".join(known["column"] + known["text"]))
    note = foot(report, rows["code"]) + (
        "进度为与进度线（增速目标为与目标）之差，势头为增速与同类开发区中位数之差，单位均为个百分点；"
        "深蓝为正向信号，橙色为负向，浅色为居中。括号内为稳定度：容差、分界和参照单位变动时仍得出同一分类的比例。"
        "分类规则为本报告提出，不是考核规定。"
    )
    title = f"{counts}" + (f"，{_turned(report, rows)}" if _turned(report, rows) else "")
    return Caption(caption, title, f"信号方格图。{'；'.join(said)}。", note)


def _turned(report: "Report", rows: pd.DataFrame) -> str:
    """Which indicators changed their class since the month before."""
    moves = rows[rows["previous"].isin(CLASSES) & (rows["previous"] != rows["band"])]
    return "，".join(f"{report.label(r.code)}由{BANDS[r.previous]}转为{BANDS[r.band]}" for r in moves.itertuples())


def classes(report: "Report") -> str:
    """The paragraph under the grid: which classes are unsure, which are held by their memory."""
    rows = classed(report)
    unsure = rows[rows["stability_pct"] < SHAKY] if len(rows) else rows
    held = rows[rows["held"]] if len(rows) else rows
    said = []
    if len(unsure):
        sure = listed(f"{report.label(r.code)}（{quantity(r.stability_pct, '%', 0)}）" for r in unsure.itertuples())
        said.append(f"分类稳定度不足{SHAKY}%的有{sure}，容差或参照单位稍有变动即可能改列，结论宜审慎使用")
    if len(held):
        kept = listed(report.label(r.code) for r in held.itertuples())
        said.append(f"{kept}本月信号已变，因变化不大且未持续两期，暂按上期分类")
    return sentence("；".join(said))


def turned(report: "Report") -> str:
    """The point of the verdict on classes: the lagging by name, and the ones that changed."""
    rows = classed(report)
    if rows.empty:
        return ""
    lagging = [report.label(code) for code in rows.loc[rows["band"] == "lagging", "code"]]
    first = f"补强落后类有{listed(lagging)}" if lagging else "没有补强落后类指标"
    advantaged = [report.label(code) for code in rows.loc[rows["band"] == "advantaged", "code"]]
    best = f"巩固优势类有{listed(advantaged)}" if advantaged else ""
    change = _turned(report, rows)
    return sentence(first, best) + (sentence(f"与上期相比，{change}") if change else "")
