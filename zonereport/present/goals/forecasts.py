"""The year under way: where the main indicators are heading, against their targets."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.goals.targets import off_target, over
from zonereport.present.kit.changes import direction, size, wanted
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

# the indicators that are forecast for the reader; the others are small counts
GROUP = "S2"
HEADS = {
    "label": "指标",
    "known": "已完成",
    "p50": "全年预测",
    "range": "预测区间",
    "naive": "沿用上年余数",
    "run_rate": "按月均推算",
    "target": "年度目标",
    "against": "预计对照目标",
    "probability": "完成可能性",
}
HISTORY = Gap("全年预测", "没有上年同月和全年的累计数", "上年各月的累计数", "统计")
# what is as it is whoever sends what, and no gap of the data
BY_RULE = ("too_early", "unsteady", "unproven")


def forecast_rows(report: Report) -> pd.DataFrame:
    """Return the forecasts that the report shows, of all indicators."""
    return report.detail("forecast")


def heading(report: Report) -> str:
    """Return one sentence on where the year is heading, of the main indicators that have a target; empty for none."""
    rows = _with_target(report)
    if rows.empty:
        return ""
    clause = f"按上年余下月份和今年增速推算，{_how_many(rows)}"
    if rows["falls_short"].any():
        lowest = report.text(rows["code"].iloc[0], "forecast_completion")
        clause += f"，最低的是{rows['label'].iloc[0]}，预计完成目标的{lowest}"
    return sentence(clause) + _open(report, rows)


def _open(report: Report, rows: pd.DataFrame) -> str:
    """Which of the targets that the forecast misses lie within its interval; empty for none."""
    forecast = forecast_rows(report)
    still = forecast[forecast["is_open"] & forecast["code"].isin(rows["code"][rows["falls_short"]])]
    if still.empty:
        return ""
    return f"{listed(still['code'].map(report.label))}的目标仍在预测区间之内，不能断定完不成。"


@exhibit
def expected(report: Report) -> Exhibit:
    """Draw how far the expected completion of each target is from 100 %, the lowest first, before the year is over."""
    caption = "预计完成年度目标的程度"
    rows = _with_target(report)
    if over(report) or rows.empty:
        return Exhibit(caption)
    claim = _how_many(rows)
    if rows["falls_short"].any():
        lowest = report.text(rows["code"].iloc[0], "forecast_completion")
        claim += f"，{rows['label'].iloc[0]}最低，为{lowest}"
    note = "横条为预计完成率与百分之百之差，条旁为预计完成率，括号内为全年预测数。"
    return off_target(report, caption, claim, rows, note)


@exhibit
def forecasts(report: Report) -> Exhibit:
    """Show the forecasts of the main indicators beside their targets, before the year is over."""
    caption = "主要指标全年预测"
    if over(report):
        return Exhibit(caption)
    codes = [code for code in report.codes(GROUP) if _is_forecast(report, code)]
    gaps: tuple[Gap, ...] = ()
    # what the rule itself leaves out is nobody's to send
    if any(report.reason(code, "forecast_p50") not in ("", *BY_RULE) for code in codes) or not codes:
        gaps = (HISTORY,)
    if not codes:
        return Exhibit(caption, gaps=gaps)
    data = pd.DataFrame([_row(report, code) for code in codes])
    shown = without_empty(data, ("p50", "range", "naive", "run_rate", "target", "against", "probability"))
    right = list(shown)[1:]
    note = foot(report, codes) + _note(report, codes)
    table = styled(shown, "forecasts", heads=HEADS, right=right)
    return Exhibit(caption, heading(report), data, table, note=note, gaps=gaps)


def _note(report: Report, codes: list[str]) -> str:
    """What the columns of the table are, and why some indicators have no forecast."""
    rows = forecast_rows(report)
    note = ""
    if len(rows):
        note += "全年预测为本报告测算，不是来源公布的预计数；沿用上年余数是把上年余下月份原样相加，供对照。"
    if rows["p10"].notna().any():
        note += "区间为百分之八十预测区间。"
    reasons = pd.Series([report.reason(code, "forecast_p50") for code in codes], codes)
    if (reasons == "too_early").any():
        note += "三月以前不作全年预测。"
    if (reasons == "no_history").any():
        note += "没有上年同月和全年累计数的，不作全年预测。"
    unsteady = reasons.index[reasons == "unsteady"]
    if len(unsteady):
        note += f"{listed(map(report.label, unsteady))}起伏过大，不作全年预测。"
    if (reasons != "").any():
        note += "按月均推算未考虑季节因素，不是预测。"
    return note


def _with_target(report: Report) -> pd.DataFrame:
    """The main indicators with an expected completion, the lowest first: code, label, value, text, falls_short."""
    rows = report.detail("progress")
    rows = rows[rows["forecast_completion_pct"].notna() & rows["code"].isin(report.codes(GROUP))]
    rows = rows.sort_values("forecast_completion_pct", kind="stable", ignore_index=True)
    codes = rows["code"]
    return rows.assign(
        label=codes.map(report.label),
        value=codes.map(lambda code: report.value(code, "forecast_gap")),
        text=codes.map(lambda code: report.text(code, "forecast_completion"))
        + "（"
        + codes.map(lambda code: report.text(code, "forecast_p50"))
        + "）",
    )


def _how_many(rows: pd.DataFrame) -> str:
    """How many of the main indicators with a target fall short: none, some, all."""
    short = int(rows["falls_short"].sum())
    if short == 0:
        return f"有目标的{len(rows)}项主要指标预计都能完成年度目标"
    if short == len(rows):
        return f"有目标的{len(rows)}项主要指标预计都达不到年度目标"
    return f"有目标的{len(rows)}项主要指标中，{short}项预计达不到年度目标"


def _is_forecast(report: Report, code: str) -> bool:
    return not (report.reason(code, "forecast_p50") and report.reason(code, "run_rate"))


def _row(report: Report, code: str) -> dict[str, str]:
    """A row of the table, every cell as it is printed."""
    interval = NO_VALUE
    if not report.reason(code, "forecast_p10"):
        interval = f"{report.text(code, 'forecast_p10')}至{report.text(code, 'forecast_p90')}"
    return {
        "label": report.label(code),
        "known": report.text(code),
        "p50": report.text(code, "forecast_p50"),
        "range": interval,
        "naive": report.text(code, "forecast_naive"),
        "run_rate": report.text(code, "run_rate"),
        "target": wanted(report, code),
        "against": _against(report, code),
        "probability": report.text(code, "target_probability"),
    }


def _against(report: Report, code: str) -> str:
    """The forecast against the target, in % of it or as a distance to a growth."""
    if not report.reason(code, "forecast_completion"):
        return report.text(code, "forecast_completion")
    if report.reason(code, "forecast_gap"):
        return NO_VALUE
    word = direction(report.value(code, "forecast_gap"), "超目标", "低于目标", "与目标持平")
    if word == "与目标持平":
        return word
    return f"{word}{size(report, code, 'forecast_gap')}"
