"""How long projects take from signing to start and production."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.ledgers import amount, amounts, figure, known
from zonereport.present.kit.sources import foot
from zonereport.present.projects.words import without_progress
from zonereport.present.report import Report

STEPS = {
    "signing_to_start": "签约至开工",
    "start_to_production": "开工至投产",
    "signing_to_production": "签约至投产",
}
# the two that begin at the same point and can share an axis
CURVES = {"signing_to_start": "已开工", "signing_to_production": "已投产"}
AXIS = "签约后月数"


@exhibit
def durations(report: Report) -> Exhibit:
    """Show which share of the signed projects has started, or produces, by the months since they were signed."""
    caption, rows = "签约后各月累计开工、投产的比例", _rows(report)
    if rows.empty:
        if not report.has("project_light_red"):
            return without_progress(report, caption)
        return Exhibit(caption, gaps=(Gap("签约至开工、投产用时", "有签约月份记录的项目不足十个"),))
    ends = rows.drop_duplicates("series", keep="last")
    steps = {word: step for step, word in CURVES.items()}
    reached = [_reached(report, steps[row.series], row) for row in ends.itertuples()]
    claim = f"签约项目{'，'.join(reached)}"

    def draw() -> Axes:
        return charts.steps(rows, title=claim, unit="%", axis=AXIS)

    note = foot(report, known(report, "project_ledger"))
    note += "未到达的项目观察至数据时点，退出按竞争事件处理；在观察的项目不足五个之后不再延伸；浅色带为95%置信区间。"
    alt = f"阶梯线图，单位%。{'，'.join(ends['text'])}。"
    return Exhibit(caption, claim, data=rows, draw=draw, alt=alt, note=note)


def _rows(report: Report) -> pd.DataFrame:
    """The lines of the chart: the share reached by month, from nothing in the month of signing."""
    rows = _followed(report)
    rows = rows[rows["step"].isin(CURVES)]
    # a line begins at nothing in the month of signing, whether or not something happened then
    begin = pd.DataFrame({"step": rows["step"].unique(), "month": 0.0, "reached_pct": 0.0})
    rows = pd.concat([begin, rows]).drop_duplicates(["step", "month"], keep="last")
    order = rows["step"].map(list(CURVES).index)
    rows = rows.assign(order=order).sort_values(["order", "month"], kind="stable")
    words = rows["step"].map(CURVES)
    last = rows.groupby("step")["reached_pct"].transform("last")
    columns = {
        "at": rows["month"],
        "value": rows["reached_pct"],
        "series": words,
        "low": rows["low_pct"],
        "high": rows["high_pct"],
        "text": words + amounts(last, "%"),
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def _reached(report: Report, step: str, end) -> str:
    """半数在6个月内开工, or how many had got there by the end of the curve."""
    word = CURVES[step].removeprefix("已")
    middle = figure(report, f"project_time_{step}", "duration_median")
    if middle and _watched(report, step, report.value(f"project_time_{step}", "duration_median")):
        return f"半数在{middle}内{word}"
    # less than half, or a half that too few projects make: say how far the curve goes
    months = amount(end.at, "个月")
    if end.value > 0:
        return f"满{months}{word}比例为{amount(end.value, '%')}"
    return f"{months}内尚无项目{word}"


def _followed(report: Report) -> pd.DataFrame:
    """The months of the curves in which enough projects were left to follow for the curve to say something."""
    rows = report.detail("project_duration_curve")
    return rows[rows["at_risk"] >= report.detail("bounds", name="watched")["value"].iloc[0]]


def _watched(report: Report, step: str, month: float) -> bool:
    """Whether enough projects were left to follow in a month of the curve."""
    rows = _followed(report)
    return bool(((rows["step"] == step) & (rows["month"] == month)).any())


@exhibit
def medians(report: Report) -> Exhibit:
    """Say how long each step takes in the middle, and how many projects the times leave out."""
    rows = report.detail("project_durations", reason="")
    if rows.empty:
        return Exhibit("各环节中位用时")
    clauses = [_median(report, row) for row in rows.itertuples()]
    text = "；".join(clauses) + "。"
    # the same for all steps: the signing is what they lack
    out = rows.iloc[0]["left_out"]
    if out:
        text += f"签约时点不明的{amount(out, '个')}项目不计入。"
    return Exhibit(draw=text)


def _median(report: Report, row) -> str:
    step, middle, rest = STEPS[row.step], amount(row.median_months, "个月"), amount(row.p75_months, "个月")
    if not middle:
        return f"{step}到达者不足半数"
    if not _watched(report, row.step, row.median_months):
        return f"{step}过半时在观察的项目不足五个，中位用时不作结论"
    if rest and _watched(report, row.step, row.p75_months):
        return f"{step}中位用时{middle}，四分之三在{rest}以内"
    return f"{step}中位用时{middle}"
