"""Words on the year: how it ended against its targets, or where it is heading, and how sure that is."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.numbers import number
from zonereport.present.words.changes import completed, direction, grown, size
from zonereport.present.words.front import foot
from zonereport.present.words.phrases import NO_VALUE, Caption, listed, sentence

if TYPE_CHECKING:
    from zonereport.present.report import Report

FULL = 100
# the indicators that are forecast for the reader; the others are small counts
GROUP = "S2"
# how many are named in a sentence
NAMED = 4
LONGEST = 20
MONTHS = {3: "三月末", 6: "六月末", 9: "九月末"}


def over(report: "Report") -> bool:
    """Whether the edition is of a whole year, which needs no forecast."""
    return report.period.last == 12


def targets(report: "Report") -> pd.DataFrame:
    """The targets in force with what became of them, those missed first.

    Columns: code, kind, label, target, actual, result, met, value. ``met`` is None where the figure is missing; ``value`` the completion in %, NaN where a target has none.
    """
    rows = report.detail("targets")
    rows = rows[rows["in_force"]] if len(rows) else rows
    made = [
        {
            **{"code": row.code, "kind": row.kind, "label": report.label(row.code)},
            **{"target": wanted(report, row.code, row.kind), "actual": actual(report, row.code, row.kind)},
            **{"result": result(report, row.code), "met": met(report, row.code)},
            "value": report.value(row.code, "completion"),
        }
        for row in rows.itertuples()
    ]
    columns = ["code", "kind", "label", "target", "actual", "result", "met", "value"]
    frame = pd.DataFrame(made, columns=columns)
    order = frame["met"].map(lambda known: {False: 0, True: 1}.get(known, 2))
    keys = pd.DataFrame({"order": order, "value": frame["value"].astype("float64")})
    return frame.loc[keys.sort_values(["order", "value"], kind="stable").index].reset_index(drop=True)


def wanted(report: "Report", code: str, kind: str) -> str:
    """The target as it is said: 178亿元, 增长9%, 不超过3起, 净增25件."""
    text = report.text(code, "target")
    return {"growth": f"增长{text}", "ceiling": f"不超过{text}", "net_increase": f"净增{text}"}.get(kind, text)


def actual(report: "Report", code: str, kind: str) -> str:
    """What is held against the target: the growth where the target is one, else the figure."""
    return grown(report, code) or NO_VALUE if kind == "growth" else report.text(code)


def result(report: "Report", code: str) -> str:
    """The figure against its target: 完成97.9%, 低于目标2.8个百分点, 控制在目标内."""
    if not report.reason(code, "completion"):
        return completed(report, code).replace("全年目标", "")
    if report.reason(code, "target_gap"):
        return NO_VALUE
    gap = report.value(code, "target_gap")
    word = direction(gap, "好于目标", "差于目标", "与目标持平", decimals=report.digits(code, "target_gap")[0])
    return word if word.endswith("持平") else word + size(report, code, "target_gap")


def met(report: "Report", code: str) -> bool | None:
    """Whether the target is met; None where that cannot be said."""
    if not report.reason(code, "completion"):
        return report.value(code, "completion") >= FULL
    return None if report.reason(code, "target_gap") else report.value(code, "target_gap") >= 0


def year_in_short(report: "Report") -> str:
    """One sentence for the verdict: how the year ended, or where it is heading."""
    if not over(report):
        return heading(report)
    rows = targets(report)
    missed, done = rows[rows["met"] == False], rows[rows["met"] == True]  # noqa: E712
    if rows.empty or not len(missed) + len(done):
        return ""
    named = "、".join(f"{row.label}（{row.result}）" for row in missed[:NAMED].itertuples())
    more = "等" if len(missed) > NAMED else ""
    clause = f"，{len(missed)}项未完成：{named}{more}" if len(missed) else "，没有未完成的"
    return f"{report.period.year}年有年度目标的{len(missed) + len(done)}项指标中，{len(done)}项完成{clause}。"


def expected(report: "Report") -> pd.DataFrame:
    """The main indicators with an expected completion, the lowest first: code, label, value, text, met."""
    rows = [
        {
            **{"code": code, "label": report.label(code), "value": report.value(code, "forecast_completion")},
            **{"text": f"{report.text(code, 'forecast_completion')}（{report.text(code, 'forecast_p50')}）"},
        }
        for code in report.codes(GROUP)
        if not report.reason(code, "forecast_completion")
    ]
    frame = pd.DataFrame(rows, columns=["code", "label", "value", "text"])
    frame = frame.assign(met=frame["value"] >= FULL)
    return frame.sort_values("value", kind="stable", ignore_index=True)


def heading(report: "Report") -> str:
    """Where the year is heading, of the main indicators that have a target."""
    rows = expected(report)
    if rows.empty:
        return ""
    short = rows[~rows["met"]]
    worst = rows.iloc[0]
    lowest = f"，最低的是{worst['label']}，预计完成目标的{report.text(worst['code'], 'forecast_completion')}"
    said = f"按往年同期占全年的比重推算，有目标的{len(rows)}项主要指标中，{len(short) or '没有'}项预计达不到年度目标"
    said = said.replace("没有项", "没有指标")
    return sentence(said + (lowest if len(short) else ""), unsure(report))


def unsure(report: "Report") -> str:
    """That there is no interval, and of how many years the forecast is, as a clause."""
    rows = report.detail("forecast", is_headline=True)
    if rows.empty or rows["p10"].notna().any():
        return ""
    return f"历史只有{int(rows['years'].max())}个完整年度，没有区间，只作参考"


def year(report: "Report") -> str:
    """The paragraph of the section: the year is over, or how the forecast is made and what it leaves out."""
    if over(report):
        rows = targets(report)
        if rows.empty:
            why = "年度目标按全区下达，园区不评完成情况" if report.park_name else "未取得年度目标，不评完成情况"
            return f"{report.period.year}年已经结束，不再预测；{why}。"
        open_ones = rows[rows["met"].isna()]["label"]
        rest = f"{listed(open_ones)}缺少可比数据，未列入判断。" if len(open_ones) else ""
        return f"{report.period.year}年已经结束，不再预测，只对照年度目标。{rest}"
    rows = report.detail("forecast", is_headline=True)
    if rows.empty:
        few = any(report.reason(code, "forecast_p50") == "too_few" for code in report.codes(GROUP))
        return "历史不足两个完整年度，不作全年预测，只列按月均推算的全年数，未考虑季节因素。" if few else ""
    others = [code for code in rows["code"].unique() if report.label(code, "group") != GROUP]
    left = f"{listed(report.label(code) for code in others[:NAMED])}等计数类指标起伏大，不列预测。" if others else ""
    outside = [report.label(row.code) for row in of_check(report).itertuples()]
    check = f"{listed(outside)}用上年余下月份推算的结果在区间之外，预测的把握更小。" if outside else ""
    return f"预测按往年同期占全年的比重推算，未考虑政策变化和重大项目。{sentence(unsure(report))}{check}{left}"


def of_check(report: "Report") -> pd.DataFrame:
    """The main indicators whose second method lies outside the interval of the first."""
    rows = report.detail("forecast")
    if rows.empty:
        return rows
    return rows[rows["is_outside"] & (rows["method"] == "carry") & rows["code"].isin(report.codes(GROUP))]


def chart_data(report: "Report") -> pd.DataFrame:
    """The rows of the chart of completions: reached where the year is over, expected before."""
    if not over(report):
        return expected(report)
    rows = targets(report)
    rows = rows[rows["value"].notna()].sort_values("value", kind="stable")
    rows = rows.assign(text=[report.text(code, "completion") for code in rows["code"]])
    return rows.assign(met=rows["met"] == True)[:LONGEST].reset_index(drop=True)  # noqa: E712


def chart(report: "Report") -> Caption:
    """What is said of the chart of completions."""
    data, done = chart_data(report), over(report)
    name = "年度目标完成程度" if done else "预计完成年度目标的程度"
    if data.empty:
        return Caption(name, missing=f"没有可以{'计算完成率' if done else '预测'}的年度目标，不作完成程度图。")
    short = data[~data["met"]]
    verb = "未完成年度目标" if done else "预计达不到年度目标"
    if len(short):
        names = listed(short["label"][:NAMED]) + ("等" if len(short) > NAMED else "")
        finding = f"{names}{len(short)}项{verb}，{short['label'].iloc[0]}最低，为{short['text'].iloc[0]}"
    else:
        finding = f"{len(data)}项指标{'均完成' if done else '均预计完成'}年度目标"
    alt = "横条图，单位%，竖线为目标。" + sentence(*(data["label"] + data["text"]))
    note = foot(report, data["code"]) + (
        "增速目标和上限目标不计算完成率，见下表。" if done else "括号内为全年预测中值。"
    )
    return Caption(name, finding, alt, note)


def table(report: "Report") -> Caption:
    """What is said of the table of targets, or of forecasts."""
    if over(report):
        return Caption(
            "年度目标与实绩", note=foot(report, targets(report)["code"]) + "未完成的在前。", missing=no_targets(report)
        )
    rows = report.detail("forecast", is_headline=True)
    sure = len(rows) and rows["p10"].notna().any()
    note = foot(report, report.codes(GROUP)) + "全年预测为本报告测算的中值，不是来源公布的预计数。"
    note += "区间为百分之八十预测区间。" if sure else ""
    return Caption("主要指标全年预测", note=note, missing="没有可以预测的主要指标，不作全年预测。")


def no_targets(report: "Report") -> str:
    """Why there is no table of targets."""
    return "年度目标按全区下达，园区不列。" if report.park_name else "未取得年度目标，不列目标与实绩。"


def review_data(report: "Report") -> pd.DataFrame:
    """The rows of the review chart: how far off forecasts of the last full year would have been."""
    rows = report.detail("forecast_review", kind="main")
    if rows.empty:
        return rows
    rows = rows.assign(
        label=[report.label(code) for code in rows["code"]],
        series=rows["month"].map(MONTHS),
        value=rows["error_pct"],
        text=[f"{number(value, 1, fixed=True)}%" for value in rows["error_pct"]],
    )
    return rows.sort_values("month", kind="stable", ignore_index=True)


def scored(report: "Report", kind: str) -> dict[str, pd.Series]:
    """The scores of a kind of indicators by the name of the month."""
    rows = report.detail("forecast_review_scores", kind=kind)
    return {MONTHS[row["month"]]: row for _, row in rows.iterrows()} if len(rows) else {}


def percent(value: float) -> str:
    """An error in %, as sentence and title print it."""
    return f"{number(value, 1, fixed=True)}%"


def review(report: "Report") -> str:
    """The paragraph on how the method would have done in the last full year, against the simplest way there is."""
    main, other = scored(report, "main"), scored(report, "other")
    if not main:
        return "完整年度不足，不能回算往年的预测误差，本期不评预测的准确程度。"
    year = int(next(iter(main.values()))["year"])
    errors = "、".join(f"{month}{percent(row['mape_pct'])}" for month, row in main.items())
    plain = "、".join(percent(row["naive_mape_pct"]) for row in main.values())
    better = [month for month, row in main.items() if row["mape_pct"] < row["naive_mape_pct"]]
    worse = [month for month in main if month not in better]
    judged = [f"{listed(better)}比简单办法准" if better else "", f"{listed(worse)}不比简单办法准" if worse else ""]
    small = "、".join(percent(row["mape_pct"]) for row in other.values())
    counts = f"计数类指标的平均误差为{small}，不宜预测。" if larger(main, other) else ""
    return (
        f"用同一方法回算{year}年（不是当时发布的预测），各时点只用当时和以前年份的数：主要指标平均误差为{errors}；"
        f"把上年余下月份照搬的简单办法依次为{plain}。{sentence(*filter(None, judged))}{counts}"
    )


def larger(main: dict[str, pd.Series], other: dict[str, pd.Series]) -> bool:
    """Whether the errors of small counts are the larger ones at every time."""
    both = [month for month in main if month in other]
    return bool(both) and all(other[month]["mape_pct"] > main[month]["mape_pct"] for month in both)


def review_chart(report: "Report") -> Caption:
    """What is said of the review chart."""
    data, name = review_data(report), "回算的全年预测与实际之差"
    if data.empty:
        return Caption(name, missing="没有可以回算的完整年度，不作预测误差图。")
    main = scored(report, "main")
    errors = "，".join(f"{month}平均误差{percent(row['mape_pct'])}" for month, row in main.items())
    year = int(data["year"].iloc[0])
    alt = "；".join(
        f"{label}{'、'.join(rows['series'] + rows['text'])}" for label, rows in data.groupby("label", sort=False)
    )
    note = foot(report, data["code"].unique()) + "零线右侧为预测高于实际；按现行数据回算，含事后修订。"
    return Caption(name, f"{year}年全年预测的回算：{errors}", f"点图，单位%。{alt}。", note)
