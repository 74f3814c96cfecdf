"""The year's targets: how far each is met, against which schedule, and what the rest of the year asks for."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.indicators.core import GROUP, judged_codes
from zonereport.present.kit.changes import adjusted, ahead, completed, size
from zonereport.present.kit.gaps import list_gap, measure_gaps
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.phrases import day, listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.report import Report

# three by three fill a page's width and still show their months
MOST_PANELS = 9
# how many of those behind the verdict names
MOST_NAMED = 3
NAMES = {
    "actual": "实际完成",
    "linear": "序时进度（按月均摊）",
    "mean": "历史同期平均",
    "range": "历史同期范围",
    "p50": "全年预测",
    "fan": "预测区间（80%）",
    "target": "全年目标",
}
# columns of the details by the names that the chart draws them under
SERIES = {
    "actual_pct": "actual",
    "linear_pct": "linear",
    "history_mean_pct": "mean",
    "history_min_pct": "low",
    "history_max_pct": "high",
    "p10_pct": "p10",
    "p50_pct": "p50",
    "p90_pct": "p90",
}
HISTORY, PP = "历史同期平均进度", "个百分点"


def is_over(report: Report) -> bool:
    """Return whether the period ends the year: what is left is then no schedule but a distance to the target."""
    return report.period.last == 12


def goals(report: Report) -> pd.DataFrame:
    """Return the rows of ``progress`` of the core indicators: those with a target in force."""
    rows = report.detail("progress")
    return rows[rows["code"].isin(report.codes(GROUP))].reset_index(drop=True)


def amounts(report: Report) -> pd.DataFrame:
    """Return the rows of the targets of an amount, of which a completion says how far they are met."""
    rows = goals(report)
    return rows[rows["completion_pct"].notna()].reset_index(drop=True)


def target_gaps(report: Report) -> tuple[Gap, ...]:
    """Return what is missing of the year's targets: all of them, or those of single indicators."""
    # targets are set for the zone, not for a park
    if report.park:
        return ()
    missing = list_gap(report, "targets")
    if missing:
        return missing
    return measure_gaps(report, judged_codes(report), ("completion",))


@exhibit
def schedule(report: Report) -> Exhibit:
    """Show the year of every target of an amount: actual against both schedules, the target and the forecast."""
    caption = "主要指标完成全年目标的进度"
    data = _panels(report)
    if data.empty:
        return Exhibit(caption, gaps=target_gaps(report))
    claim = _schedule_claim(report)

    def draw() -> Axes:
        return charts.schedule_panels(data, title=claim, unit="占全年目标%", names=NAMES)

    return Exhibit(caption, claim, data=data, draw=draw, alt=_alt(report, data), note=_note(report, data))


def _panels(report: Report) -> pd.DataFrame:
    """Return a row a code and month with the title of its panel."""
    frame = report.detail("schedule")
    codes = amounts(report)["code"]
    shown = codes[codes.isin(frame["code"])].head(MOST_PANELS)
    titles = {}
    for code in shown:
        titles[code] = f"{report.label(code)}\n{report.text(code, 'completion')}，目标{report.text(code, 'target')}"
    frame = frame[frame["code"].isin(shown)]
    # months that are over have no forecast: the lines of the future begin where the actual ones end
    path = report.detail("forecast_path")[["code", "month", "p10_pct", "p50_pct", "p90_pct"]]
    frame = frame.merge(path, how="left", on=["code", "month"])
    frame.insert(0, "panel", frame["code"].map(titles))
    return frame[["panel", "code", "month", *SERIES]].rename(columns=SERIES)


def _alt(report: Report, data: pd.DataFrame) -> str:
    codes = data["code"].unique()
    lines = [f"{len(codes)}幅折线图，横轴为月份，纵轴为占全年目标的百分比。"]
    for code in codes:
        clauses = [report.label(code) + completed(report, code)]
        # at the end of the year both schedules have arrived at the target
        if not is_over(report):
            clauses += [ahead(report, code), ahead(report, code, "gap_seasonal", HISTORY)]
        lines.append(sentence(*clauses))
    return "".join(lines)


def _note(report: Report, data: pd.DataFrame) -> str:
    rows = amounts(report)
    note = foot(report, rows["code"])
    # a year without history has no such line to explain
    if data["mean"].notna().any():
        note += "历史同期为本指标以往完整年度同期占全年的比重，不等于应有进度。"
    if (rows["pace"] == "seasonal").any() and not is_over(report):
        note += "两条进度线不一致时，以历史同期判断快慢，以序时进度对照考核要求。"
    left_out = rows.loc[~rows["code"].isin(data["code"]), "code"]
    if len(left_out):
        note += f"{listed(map(report.label, left_out))}未列入图中。"
    return note


def _schedule_claim(report: Report) -> str:
    """Return how many targets of an amount are on schedule, and how their own history sees the others."""
    rows = amounts(report)
    if is_over(report):
        return _claim_of_the_year(report, rows)
    late = int(rows["behind_linear"].sum())
    head = f"{len(rows)}项总量目标中{late}项低于序时进度"
    if late == 0:
        head = f"{len(rows)}项总量目标均不低于序时进度"
    return "，".join(filter(None, [head, _against_history(rows)]))


def _against_history(rows: pd.DataFrame) -> str:
    """Return how many targets are behind their own past years, of all that have any; empty where none has.

    Key point, title and paragraph count the same rows: late by the calendar or not.
    """
    with_history = int((rows["pace"] == "seasonal").sum())
    slow = int(rows["behind_seasonal"].sum())
    if with_history == 0:
        return ""
    if slow:
        return f"低于{HISTORY}的有{slow}项"
    if with_history == len(rows):
        return f"但都不低于{HISTORY}" if rows["behind_linear"].any() else f"也都不低于{HISTORY}"
    return f"有历史可比的{with_history}项都不低于{HISTORY}"


def _claim_of_the_year(report: Report, rows: pd.DataFrame) -> str:
    count, late = len(rows), rows[rows["behind"]]
    if late.empty:
        return f"{count}项总量目标全部完成{lowered(report, rows)}"
    worst = late.loc[late["completion_pct"].idxmin(), "code"]
    short = f"{report.label(worst)}，{missing(report, worst)}"
    if len(late) == count:
        return f"{count}项总量目标均未完成，缺口最大的是{short}"
    return f"{count}项总量目标完成{count - len(late)}项{lowered(report, rows)}，缺口最大的是{short}"


def lowered(report: Report, rows: pd.DataFrame) -> str:
    """Return in brackets which of the rows of ``progress`` meet a target that was changed; empty for none."""
    met = rows[~rows["behind"] & rows["first_target"].notna()]
    clauses = [f"{report.label(code)}为调整后目标，{adjusted(report, code)}" for code in met["code"]]
    return f"（{'；'.join(clauses)}）" if clauses else ""


def missing(report: Report, code: str) -> str:
    """Return 完成97.4%，差0.09亿元: how far an indicator is from the amount of its target."""
    row = report.detail("progress", code=code).iloc[0]
    short = quantity(row["shortfall"], row["unit"], int(report.label(code, "decimals")))
    return f"完成{report.text(code, 'completion')}，差{short}"


def targets_point(report: Report) -> str:
    """Return the point of the verdict: the targets that are not on schedule, with their distance."""
    rows = amounts(report)
    if is_over(report):
        return sentence(_schedule_claim(report) if len(rows) else "") + sentence(_growth_met(report))
    if rows.empty:
        return ""
    gaps = rows["code"].map(lambda code: report.value(code, "gap_linear"))
    late = rows.assign(gap=gaps)[rows["behind_linear"]].sort_values("gap", kind="stable")
    if late.empty:
        return sentence(_schedule_claim(report))
    named = listed(f"{report.label(code)}{ahead(report, code)}" for code in late["code"].head(MOST_NAMED))
    if len(late) > MOST_NAMED:
        named = f"{named}等{len(late)}项"
    # the calendar alone makes an uneven year look late: what its own history says belongs into the same sentence
    return sentence(named, _against_history(rows))


def _growth_met(report: Report) -> str:
    """Return how many of the growth targets are met, and how far the others are off."""
    rows = goals(report)
    rows = rows[(rows["kind"] == "growth") & rows["met"].notna()]
    if rows.empty:
        return ""
    # those that are met are counted, those that are not are named
    late = rows.loc[~rows["met"].astype(bool), "code"]
    if late.empty:
        return f"{len(rows)}项增速目标均达到" if len(rows) > 1 else f"{report.label(rows['code'].iloc[0])}达到增速目标"
    clauses = [f"{len(rows)}项增速目标达到{len(rows) - len(late)}项"]
    for code in late:
        clauses.append(f"{report.label(code)}差{size(report, code, 'target_gap')}")
    return "，".join(clauses)


@exhibit
def pace(report: Report) -> Exhibit:
    """Show the targets that were changed during the year, and where the two schedules disagree."""
    lines = [_adjusted(report)]
    if not is_over(report):
        lines.append(_two_schedules(report))
    return Exhibit("目标调整与两种进度", draw="\n".join(filter(None, lines)))


def _two_schedules(report: Report) -> str:
    """Return which look late only because months are not even, and which are late by their own history as well."""
    rows = amounts(report)
    # without past years there are no two schedules that could disagree
    rows = rows[rows["pace"] == "seasonal"]
    uneven = rows.loc[rows["behind_linear"] & ~rows["behind_seasonal"], "code"]
    late = rows.loc[rows["behind_seasonal"], "code"]
    sentences = []
    if len(uneven):
        apart = _apart(report, uneven)
        sentences.append(f"{_each(report, uneven, '高')}{apart}，虽低于序时进度而并不滞后，差距主要来自各月分布不均。")
    if len(late):
        apart = _apart(report, late)
        sentences.append(f"{_each(report, late, '低')}{apart}{_slowest(report, late)}，应作为后续调度重点。")
    return "".join(sentences)


def _each(report: Report, codes: pd.Series, word: str) -> str:
    """Return A、B和C比历史同期平均进度分别低: the same word for all; 持平 counts as high."""
    names = listed(map(report.label, codes))
    if len(codes) > 1:
        return f"{names}比{HISTORY}分别{word}"
    return f"{names}比{HISTORY}{word}"


def _apart(report: Report, codes: pd.Series) -> str:
    sizes = [size(report, code, "gap_seasonal").removesuffix(PP) for code in codes]
    return listed(sizes) + PP


def _slowest(report: Report, codes: pd.Series) -> str:
    """Return how many months the slowest of several is late."""
    lags = {code: report.value(code, "lag_months") for code in codes if not report.reason(code, "lag_months")}
    # of a single one the sentence says by how much already
    if len(codes) < 2 or not lags:
        return ""
    slowest = max(lags, key=lags.__getitem__)
    return f"，其中{report.label(slowest)}相当于滞后{report.text(slowest, 'lag_months')}"


def _adjusted(report: Report) -> str:
    """Return the targets that were changed during the year, from what to what and when."""
    rows = report.detail("targets")
    clauses = []
    for code in goals(report)["code"]:
        own = rows[rows["code"] == code]
        # a growth that became an amount is another target, not a changed one
        if len(own) > 1 and own["kind"].nunique() == 1:
            first, last = own.iloc[0], own.iloc[-1]
            decimals = int(report.label(code, "decimals"))
            before = quantity(first["target"], first["unit"], decimals)
            now = quantity(last["target"], last["unit"], decimals)
            since = day(last["set_on"])
            clauses.append(f"{report.label(code)}年度目标于{since}由{before}调整为{now}，{completed(report, code)}")
    return sentence("；".join(clauses))
