"""Words on the year: how it ended against its targets, or where it is heading, and how sure that is."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.changes import completed, direction, grown, size, wanted
from zonereport.present.kit.labels import GROUPS, NO_VALUE
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

FULL = 100
UNIT = "与年度目标之差（个百分点）"
# the indicators that are forecast for the reader; the others are small counts
GROUP = "S2"
# how many are named in a sentence
NAMED = 4
# how many bars the chart has: those that miss their target and those that come nearest to it
LONGEST = 8
CHART_NOTES = {
    True: "横条为完成率与百分之百之差，条旁为完成率；增速目标和上限目标不计算完成率，见下表。",
    False: "横条为预计完成率与百分之百之差，条旁为预计完成率，括号内为全年预测中值。",
}


def over(report: "Report") -> bool:
    """Whether the edition is of a whole year, which needs no forecast."""
    return report.period.last == 12


def targets(report: "Report") -> pd.DataFrame:
    """The targets in force with what became of them, those missed first.

    Columns: code, kind, label, target, actual, result, met, value, estimate. ``met`` is None where the figure is
    missing; ``value`` the completion in %, NaN where a target has none.
    """
    rows = report.detail("targets")
    rows = rows[rows["in_force"]] if len(rows) else rows
    known = report.codes(*GROUPS)
    made = [
        {
            **{"code": row.code, "kind": row.kind, "label": report.label(row.code)},
            **{"target": wanted(report, row.code), "actual": actual(report, row.code, row.kind)},
            **{"result": result(report, row.code, row.kind), "met": met(report, row.code)},
            **{"value": report.value(row.code, "completion"), "estimate": report.qualifier(row.code) == "estimate"},
        }
        for row in rows.itertuples()
        if row.code in known
    ]
    columns = ["code", "kind", "label", "target", "actual", "result", "met", "value", "estimate"]
    frame = pd.DataFrame(made, columns=columns)
    order = frame["met"].map(lambda known: {False: 0, True: 1}.get(known, 2))
    keys = pd.DataFrame({"order": order, "value": frame["value"].astype("float64")})
    return frame.loc[keys.sort_values(["order", "value"], kind="stable").index].reset_index(drop=True)


def actual(report: "Report", code: str, kind: str) -> str:
    """What is held against the target: the growth where the target is one, else the figure."""
    if kind == "growth":
        return grown(report, code) or NO_VALUE
    stock = kind == "net_increase" and report.label(code, "nature") == "stock"
    return f"{'期末' if stock and report.has(code) else ''}{report.text(code)}"


def result(report: "Report", code: str, kind: str) -> str:
    """The figure against its target: 完成97.9%, 低于目标2.8个百分点, 低于上限1起."""
    if not report.reason(code, "completion"):
        return completed(report, code).replace("全年目标", "")
    if report.reason(code, "target_gap"):
        return NO_VALUE
    gap, digits = report.value(code, "target_gap"), report.digits(code, "target_gap")[0]
    if kind == "ceiling":
        word = direction(-gap, "超过上限", "低于上限", "达到上限", decimals=digits)
    else:
        word = direction(gap, "超目标", "低于目标", "与目标持平", decimals=digits)
    return word if word in ("达到上限", "与目标持平") else word + size(report, code, "target_gap")


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
    hedged = list(rows[rows["estimate"] & rows["met"].notna()]["label"])
    hedge = f"；{listed(hedged)}按预计数判断" if hedged else ""
    return f"{report.period.year}年有年度目标的{len(missed) + len(done)}项指标中，{len(done)}项完成{clause}{hedge}。"


def expected(report: "Report") -> pd.DataFrame:
    """The main indicators with an expected completion, the lowest first: code, label, value, text, met."""
    rows = [
        {
            **{"code": code, "label": report.label(code), "value": report.value(code, "forecast_completion")},
            **{"text": f"{report.text(code, 'forecast_completion')}（{report.text(code, 'forecast_p50')}）"},
            "gap": report.value(code, "forecast_gap"),
        }
        for code in report.codes(GROUP)
        if not report.reason(code, "forecast_completion")
    ]
    frame = pd.DataFrame(rows, columns=["code", "label", "value", "text", "gap"])
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
    said = f"按往年同期占全年的比重推算，{of_them(len(short), len(rows), '预计达不到年度目标', '预计都能完成年度目标')}"
    return sentence(said + (lowest if len(short) else ""), unsure(report))


def of_them(short: int, known: int, missed: str, well: str) -> str:
    """How many of the main indicators with a target fall short: none, some, all."""
    if short in (0, known):
        return f"有目标的{known}项主要指标{missed.replace('预计', '预计都', 1) if short else well}"
    return f"有目标的{known}项主要指标中，{short}项{missed}"


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
            return ""
        open_ones = rows[rows["met"].isna()]["label"]
        rest = f"{listed(open_ones)}缺少可比数据，未列入判断。" if len(open_ones) else ""
        return f"{report.period.year}年已经结束，不再预测，只对照年度目标。{rest}"
    rows = report.detail("forecast", is_headline=True)
    if rows.empty:
        few = any(report.reason(code, "forecast_p50") == "too_few" for code in report.codes(GROUP))
        return "历史不足两个完整年度，不作全年预测，只列按月均推算的全年数，未考虑季节因素。" if few else ""
    others = [code for code in rows["code"].unique() if report.label(code, "group") != GROUP]
    left = f"{listed(report.label(code) for code in others[:NAMED])}等数额较小、起伏较大，不列预测。" if others else ""
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
    """The rows of the chart of completions, the lowest of them where there are many."""
    return all_of_chart(report)[:LONGEST]


def all_of_chart(report: "Report") -> pd.DataFrame:
    """The rows of the chart of completions: reached where the year is over, else expected, less 100."""
    if not over(report):
        return expected(report).assign(value=lambda rows: rows["gap"])
    rows = targets(report)
    rows = rows[rows["value"].notna()].sort_values("value", kind="stable")
    rows = rows.assign(text=[report.text(code, "completion") for code in rows["code"]])
    # at the end of the year the linear schedule is the target itself
    rows = rows.assign(met=rows["met"] == True, value=[report.value(c, "gap_linear") for c in rows["code"]])  # noqa: E712
    return rows.reset_index(drop=True)


def chart(report: "Report") -> Caption:
    """What is said of the chart of completions."""
    every, done = all_of_chart(report), over(report)
    data = chart_data(report)
    measure = "completion" if done else "forecast_completion"
    name = "年度目标完成程度" if done else "预计完成年度目标的程度"
    if data.empty:
        return Caption(name, missing=f"没有可以{'计算完成率' if done else '与预测比较'}的年度目标，不作完成程度图。")
    short = every[~every["met"].astype(bool)]
    if done:
        finding = (
            f"计算完成率的{len(every)}项指标中，{len(short) or '没有指标'}{'项' if len(short) else ''}未完成年度目标"
        )
    else:
        finding = of_them(len(short), len(every), "预计完不成年度目标", "预计都能完成年度目标")
    if len(short):
        finding += f"，{short['label'].iloc[0]}最低，为{report.text(short['code'].iloc[0], measure)}"
    alt = "横条图，零线为年度目标。" + sentence(*(data["label"] + data["text"]))
    left = len(every) - len(data)
    note = foot(report, data["code"]) + CHART_NOTES[done] + (f"完成率更高的{left}项见下表。" if left else "")
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
    why = "年度目标按全区下达，园区不评完成情况" if report.park_name else "未取得年度目标，不评完成情况"
    return f"{report.period.year}年已经结束，不再预测；{why}。"
