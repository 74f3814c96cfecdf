"""Words of the lists of enterprises: near a threshold, on pace, falling, waiting for the register."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.inputs import Period
from zonereport.metrics.enterprises.near_threshold import FALLING, NEAR
from zonereport.present.kit.firms import CLASSES, at, count, foot, left_out, money, names, no_ledger
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import sentence
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

REGISTER = "above_scale_industry"
# how many bars the chart of the two clocks has, and the month after which no year is left
BARS, WHOLE_YEAR = 6, 12
# how many of those at risk are listed
AT_RISK = 5
CLOCKS = ("首次达标", "入库")
NEAR_SHARE, FALLING_SHARE = (f"{number(share * 100, 0)}%" for share in (NEAR, FALLING))


def near(report: "Report", kind: str = "") -> pd.DataFrame:
    """Enterprises near a threshold, of one class or of all, with ``rising``: whether sales did not fall."""
    rows = report.detail("enterprise_near_threshold", **({"class": kind} if kind else {}))
    return rows if rows.empty else rows.assign(rising=~(rows["growth_pct"] < 0))


def near_in_short(report: "Report") -> str:
    """How many are near the threshold or wait for the register, and who is nearest, in one sentence."""
    rows, said = near(report, REGISTER), []
    if len(rows):
        nearest = rows.iloc[0]
        gap = money(report, nearest["gap_10k_yuan"])
        total = report.text(REGISTER, "near_threshold_count")
        said = [
            f"{total}企业临近规模以上工业标准",
            f"差额最小的{at(report, nearest['name'], nearest['park'])}还差{gap}",
        ]
    if not report.reason(REGISTER, "waiting_count") and report.value(REGISTER, "waiting_count") > 0:
        said.append(f"另有{report.text(REGISTER, 'waiting_count')}已达标、尚未入库")
    return sentence(*said)


def fallers_in_short(report: "Report") -> str:
    """How many on the register are at risk, and how many are below the threshold already, in one sentence."""
    rows = report.detail("enterprise_fallers", **{"class": REGISTER})
    if rows.empty:
        return ""
    below = int((rows["ratio_pct"] < 100).sum())
    said = [f"在库规模以上工业企业中{report.text(REGISTER, 'fallers_count')}近12个月开票销售不足标准的{FALLING_SHARE}"]
    return sentence(*said, f"其中{count(below)}已低于标准" if below else "尚无低于标准的企业")


def near_note(report: "Report") -> str:
    """The sentence over the list of those near a threshold: how many of each class, and who is falling back."""
    rows = near(report)
    if rows.empty:
        return ""
    counts = rows["class"].value_counts(sort=False)
    said = "、".join(f"{CLASSES.get(kind, kind)}{count(n)}" for kind, n in counts.items())
    falling = rows[~rows["rising"]]
    back = f"其中{names(report, falling, place=False)}开票销售同比下降，属于回落，不列入升级培育。"
    return f"近12个月开票销售达到标准{NEAR_SHARE}而未达标的：{said}。" + (back if len(falling) else "")


def near_table(report: "Report") -> Caption:
    """What is said of the table of those near a threshold."""
    note = foot(report, *CLASSES) + "亿元、20亿元企业按工业企业近12个月开票销售划分。" + left_out(near(report))
    known = len(report.detail("enterprise_sizes")) > 0
    why = "没有临近达标的企业。" if known else no_ledger(report, "临近达标、在库预警和入库时滞")
    return Caption("临近达标企业", note=note, missing=why)


def on_pace_table(report: "Report") -> Caption:
    """What is said of the table of those that are below a threshold and on pace to reach it."""
    rows = report.detail("enterprise_on_pace")
    if rows.empty:
        known = len(report.detail("enterprise_sizes")) > 0
        whole = report.period.last == WHOLE_YEAR
        why = "按进度推算，没有其他全年可以达标的企业。"
        # at the end of the year there is nothing left to project
        return Caption("按进度可达标企业", missing=why if known and not whole else None)
    basis = "历年同期进度" if rows["schedule_basis"].iloc[0] == "history" else "时间进度"
    share = number(rows["schedule_pct"].iloc[0], 1, fixed=True)
    note = foot(report, *CLASSES) + f"按{basis}{share}%推算全年数，是推算不是预测。" + left_out(rows)
    return Caption("按进度可达标企业", note=note)


def _falling(rows: pd.DataFrame) -> str:
    """How many of those below the threshold sell less than a year ago."""
    below = rows[rows["ratio_pct"] < 100]
    falling = int((below["growth_pct"] < 0).sum())
    return f"已低于标准的{count(len(below))}中{count(falling)}开票销售同比下降。" if len(below) and falling else ""


def fallers_table(report: "Report") -> Caption:
    """What is said of the table of registered enterprises at risk."""
    rows = report.detail("enterprise_fallers")
    note = foot(report, REGISTER) + (_falling(rows) if len(rows) else "") + left_out(rows, AT_RISK)
    known = len(report.detail("enterprise_sizes")) > 0
    return Caption("在库预警企业", note=note, missing="在库企业均高于预警线。" if known else None)


def clocks(report: "Report") -> pd.DataFrame:
    """The lines of the two clocks: those that wait, and those that entered this year, with the months between."""
    rows = report.detail("enterprise_clocks")
    if rows.empty:
        return pd.DataFrame(columns=["label", "start", "end", "open", "text"])
    year = rows["entered"].str.startswith(f"{report.period.year:04d}")
    rows = rows[(rows["crossed"] != "") & (rows["waiting"] | (year & rows["crossed_known"]))]
    now = _number(str(report.period))
    rows = rows.assign(months=rows["waiting_months"].fillna(rows["lag_months"]))
    made = [
        {
            **{"label": row.name, "start": _number(row.crossed), "end": now if row.waiting else _number(row.entered)},
            **{"open": bool(row.waiting), "text": _clock(row)},
        }
        for row in rows.sort_values(["waiting", "months"], ascending=[False, False], kind="stable").itertuples()
    ]
    return pd.DataFrame(made, columns=["label", "start", "end", "open", "text"])


def _number(text: str) -> int:
    period = Period.parse(text)
    return period.year * 12 + period.last


def _clock(row: object) -> str:
    months = row.waiting_months if row.waiting else row.lag_months
    if not row.waiting and months < 0:
        return "先入库、后达标"
    return count(months, "个月") + ("" if row.crossed_known else "以上") + ("，未入库" if row.waiting else "")


def two_clocks(report: "Report") -> Caption:
    """What is said of the chart of the two clocks."""
    data = clocks(report).head(BARS)
    known = len(report.detail("enterprise_sizes")) > 0
    if data.empty:
        why = "没有达标未入库的企业，本年入库企业的达标时间也无从确定，不绘制入库时滞图。"
        return Caption("达标与入库两个时点", missing=why if known else None)
    open_, said = data[data["open"]], []
    if len(open_):
        longest = open_.iloc[0]["text"].removesuffix("，未入库")
        said.append(f"{report.text(REGISTER, 'waiting_count')}工业企业达标未入库，最长已{longest}")
    if not report.reason(REGISTER, "register_lag_months"):
        said.append(f"达标到入库中位间隔{report.text(REGISTER, 'register_lag_months')}")
    finding = "；".join(said) or f"本年入库且可确定达标时间的企业{count(len(data))}"
    alt = "区间图，横轴为月份。" + "；".join(data["label"] + data["text"]) + "。"
    note = foot(report, REGISTER) + "虚线为仍在等待，多数行业按年入库。"
    note += left_out(clocks(report), BARS)
    return Caption("达标与入库两个时点", finding, alt, note)
