"""Enterprises near a threshold, on pace for one, about to fall off the register, or waiting to be taken in."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.inputs import Period
from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.bounds import bound
from zonereport.present.kit.firms import (
    CLASSES,
    amounts,
    class_name,
    count,
    firms_table,
    foot,
    leading,
    ledger_gaps,
    left_out,
    names,
    park,
    percent,
    span,
)
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number
from zonereport.present.report import Report

REGISTER = "above_scale_industry"
# how many of those at risk a table lists, and how many bars the chart of the two moments has
AT_RISK, BARS = 5, 6
MOMENTS = ("首次达标", "入库")
# how the wait of an enterprise is called that reached the size in the edition's last month
THIS_MONTH = "当月达标"
HEADS = {
    "kind": "标准",
    "enterprise": "企业",
    "park": "园区",
    "revenue": "近12个月开票",
    "ratio": "达标程度",
    "gap": "差额",
    "growth": "同比",
    "ytd": "累计开票",
    "projected": "推算全年",
    "range": "推算区间",
    "state": "状态",
}
RIGHT = ("revenue", "ratio", "gap", "growth", "ytd", "projected", "range")
KEYS = ["class", "enterprise"]


@exhibit
def reserve(report: Report) -> Exhibit:
    """Say how many enterprises are near each threshold, and which of them are falling back."""
    rows = report.detail("enterprise_near_threshold")
    near = f"近12个月开票销售达到标准{bound(report, 'near_threshold')}而未达标的"
    if "enterprise_near_threshold" in report.zone.withheld:
        return Exhibit("升规后备企业")
    if rows.empty:
        missing = ledger_gaps(report)
        if missing:
            return Exhibit("升规后备企业", gaps=missing)
        return Exhibit(draw=f"没有{near}企业。")
    # in the order in which the table below has the classes
    counts = rows["class"].value_counts(sort=False)
    each = "、".join(f"{class_name(kind)}{count(n)}" for kind, n in counts.items())
    text = f"{near}：{each}。"
    falling = rows[~rows["is_rising"]]
    if len(falling):
        text += f"其中{names(report, falling, place=False)}开票销售同比下降，属于回落，不列入升级培育。"
    return Exhibit(draw=text, data=rows)


@exhibit
def near_threshold(report: Report) -> Exhibit:
    """Show the enterprises near a threshold, the nearest of each class first, and what the year may come to."""
    caption = "临近达标企业"
    every = report.detail("enterprise_near_threshold")
    if every.empty:
        return Exhibit(caption, gaps=ledger_gaps(report))
    # at the end of the year nobody is on pace any more, and the column goes
    pace = report.detail("enterprise_on_pace")
    rows = leading(every).merge(pace[[*KEYS, "projected_10k_yuan"]], on=KEYS, how="left")
    frame = pd.DataFrame(
        {
            "kind": rows["class"].map(class_name),
            "enterprise": rows["name"],
            "park": rows["park"].map(lambda name: park(report, name)),
            "revenue": amounts(report, rows["revenue_12m_10k_yuan"]),
            "ratio": rows["ratio_pct"].map(_short_of_all),
            "gap": amounts(report, rows["gap_10k_yuan"]),
            "growth": rows["growth_pct"].map(percent),
            "projected": amounts(report, rows["projected_10k_yuan"]),
        }
    )
    note = foot(report, *CLASSES) + "亿元、20亿元企业按工业企业近12个月开票销售划分。" + left_out(every)
    if (frame["projected"] != NO_VALUE).any():
        note += f"推算全年只列可达标的。{_schedule(pace)}"
    first = rows.iloc[0]
    return Exhibit(
        caption,
        f"{first['name']}距{class_name(first['class'])}标准还差{frame['gap'].iloc[0]}",
        data=every,
        draw=firms_table(report, frame, "near", heads=HEADS, right=RIGHT),
        note=note,
    )


def _short_of_all(ratio: float) -> str:
    """How much of a threshold is reached; what is short of all is not rounded to all of it.

    >>> _short_of_all(94.31), _short_of_all(99.97)
    ('94.3%', '99.97%')
    """
    text = percent(ratio)
    return percent(ratio, 2) if text == percent(100) else text


def _schedule(pace: pd.DataFrame) -> str:
    """By which part of a year the projections are made."""
    # one schedule for all: the first row stands for every row
    share = number(pace["schedule_pct"].iloc[0], 1, fixed=True)
    if pace["schedule_basis"].iloc[0] == "history":
        return f"按历年同期进度{share}%推算全年数，是推算不是预测。"
    return f"按时间进度{share}%推算全年数，是推算不是预测。"


@exhibit
def on_pace(report: Report) -> Exhibit:
    """Show the other enterprises below a threshold that reach it if the year goes on as years do."""
    caption = "按进度可达标的其他企业"
    pace = report.detail("enterprise_on_pace")
    # those that the table of the near ones lists have their projection there
    near = leading(report.detail("enterprise_near_threshold"))[KEYS]
    rows = pace.merge(near, on=KEYS, how="left", indicator="found")
    every = rows[rows["found"] == "left_only"].drop(columns="found")
    if every.empty:
        return Exhibit(caption, gaps=ledger_gaps(report))
    rows = leading(every)
    ends = zip(rows["projected_low_10k_yuan"], rows["projected_high_10k_yuan"], strict=True)
    frame = pd.DataFrame(
        {
            "kind": rows["class"].map(class_name),
            "enterprise": rows["name"],
            "park": rows["park"].map(lambda name: park(report, name)),
            "ytd": amounts(report, rows["ytd_10k_yuan"]),
            "projected": amounts(report, rows["projected_10k_yuan"]),
            "range": [span(report, low, high) for low, high in ends],
            "ratio": rows["ratio_pct"].map(percent),
        }
    )
    return Exhibit(
        caption,
        f"按进度推算，另有{count(len(every))}企业全年可以达标",
        data=every,
        draw=firms_table(report, frame, "pace", heads=HEADS, right=RIGHT),
        note=foot(report, *CLASSES) + _schedule(pace) + left_out(every),
    )


@exhibit
def at_risk(report: Report) -> Exhibit:
    """Show the registered enterprises with little room above the threshold, the lowest first."""
    caption = "在库预警企业"
    every = report.detail("enterprise_fallers")
    if "enterprise_fallers" in report.zone.withheld:
        return Exhibit(caption)
    if every.empty:
        # without a register nobody is on it, which does not mean that nobody is at risk
        if report.reason(REGISTER, "fallers_count"):
            return Exhibit(caption, gaps=ledger_gaps(report))
        line = bound(report, "falling")
        return Exhibit(draw=f"在库规模以上工业企业近12个月开票销售均不低于标准的{line}。")
    rows = leading(every, AT_RISK)
    frame = pd.DataFrame(
        {
            "enterprise": rows["name"],
            "park": rows["park"].map(lambda name: park(report, name)),
            "revenue": amounts(report, rows["revenue_12m_10k_yuan"]),
            "ratio": rows["ratio_pct"].map(percent),
            "growth": rows["growth_pct"].map(percent),
            "state": rows["is_below"].map({True: "低于标准", False: "接近标准"}),
        }
    )
    # counted over all, for the table lists only the first ones
    below = int(every["is_below"].sum())
    return Exhibit(
        caption,
        f"在库预警企业{count(len(every))}，其中{count(below)}已低于标准",
        data=every,
        draw=firms_table(report, frame, "fallers", heads=HEADS, right=RIGHT),
        note=foot(report, REGISTER) + _falling(every) + left_out(every, AT_RISK),
    )


def _falling(rows: pd.DataFrame) -> str:
    """How many of those below the threshold sell less than a year ago."""
    below = rows[rows["is_below"]]
    falling = int(below["is_falling"].sum())
    # below and growing is on the way back up: nothing to warn of
    if not falling:
        return ""
    return f"已低于标准的{count(len(below))}中{count(falling)}开票销售同比下降。"


@exhibit
def clocks(report: Report) -> Exhibit:
    """Show when enterprises reached the size and when the register took them in: those that wait, and this year's."""
    caption = "达标与入库两个时点"
    rows = _waits(report)
    if rows.empty:
        return Exhibit(caption, gaps=ledger_gaps(report))
    bars = rows.head(BARS)
    claim = _clocks_claim(report, rows)

    def draw() -> Axes:
        return charts.spans(bars, title=claim, unit="月份", names=MOMENTS)

    note = foot(report, REGISTER)
    if bars["open"].any():
        note += "虚线为仍在等待，多数行业按年入库。"
    return Exhibit(
        caption,
        claim,
        data=rows,
        draw=draw,
        alt="区间图，横轴为月份。" + "；".join(bars["label"] + bars["text"]) + "。",
        note=note + left_out(rows, BARS),
    )


def _waits(report: Report) -> pd.DataFrame:
    """The lines of the chart, the longest wait first: class, label, start and end (month numbers), open, text."""
    # entries of earlier years are no news, and a first month that nobody saw gives no length
    rows = report.detail("enterprise_clocks")
    this_year = rows["entered"].str.startswith(f"{report.period.year:04d}")
    rows = rows[(rows["crossed"] != "") & (rows["waiting"] | (this_year & rows["crossed_known"]))]
    rows = rows.assign(months=rows["waiting_months"].fillna(rows["lag_months"]))
    rows = rows.sort_values(["waiting", "months"], ascending=[False, False], kind="stable", ignore_index=True)
    # who waits has no end yet: the line goes as far as the edition
    ends = rows["entered"].mask(rows["waiting"], str(report.period))
    return pd.DataFrame(
        {
            "class": rows["class"],
            "label": rows["name"],
            "start": rows["crossed"].map(_month_number),
            "end": ends.map(_month_number),
            "open": rows["waiting"],
            "text": pd.Series([_wait(row) for row in rows.itertuples()], dtype="str"),
        }
    )


def _month_number(text: str) -> int:
    """A month as the chart counts them: year x 12 + month."""
    period = Period.parse(text)
    return period.year * 12 + period.last


def _wait(row: object) -> str:
    """How long it took or takes: 9个月, 25个月以上，未入库."""
    months = row.waiting_months if row.waiting else row.lag_months
    if not row.waiting and months < 0:
        # a new plant may be taken in before its first twelve months are full
        return "先入库、后达标"
    if months == 0:
        return f"{THIS_MONTH}，未入库" if row.waiting else "当月达标、当月入库"
    text = count(months, "个月")
    # the ledger begins later than the enterprise reached the size
    if not row.crossed_known:
        text += "以上"
    return f"{text}，未入库" if row.waiting else text


def _clocks_claim(report: Report, rows: pd.DataFrame) -> str:
    """How many wait and how long, and how long it usually takes."""
    waiting = rows[rows["open"]]
    parts = []
    if len(waiting):
        longest = waiting["text"].iloc[0].removesuffix("，未入库")
        # services and trade have registers of their own
        kind = "工业企业" if (waiting["class"] == REGISTER).all() else "企业"
        if longest == THIS_MONTH:
            parts.append(f"{count(len(waiting))}{kind}当月达标、尚未入库")
        else:
            parts.append(f"{count(len(waiting))}{kind}达标未入库，最长已{longest}")
    if not report.reason(REGISTER, "register_lag_months"):
        parts.append(f"达标到入库中位间隔{report.text(REGISTER, 'register_lag_months')}")
    return "；".join(parts) or f"本年入库且可确定达标时间的企业{count(len(rows))}"
