"""Words of time in the chapter on projects: what became of the signed, how long it takes, how late it is."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.ledgers import amount, figure, known
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

AGES = (12, 24)
MILESTONES = {"start": "开工", "production": "投产"}
STEPS = {"signing_to_start": "签约至开工", "start_to_production": "开工至投产", "signing_to_production": "签约至投产"}
# the two that begin at the same point and can share an axis
CURVES = {"signing_to_start": "已开工", "signing_to_production": "已投产"}
AXIS, LATE = "签约后月数", "比首次计划推迟的月数（负数为提前）"
# so many projects must be left to watch where a curve or a median is to say something
WATCHED = 5
CODES = ("project_ledger", "project_slip_production")


def converted(report: "Report") -> str:
    """What became of the projects old enough, at the first age that has enough of them."""
    for age in AGES:
        code = f"project_conversion_{age}"
        if report.has(code) and not report.reason(code, "conversion_started"):
            started, produced, spent = (
                figure(report, code, f"conversion_{name}") for name in ("started", "produced", "invested")
            )
            money = f"，投资完成率{spent}" if spent else ""
            rates = f"开工率{started}、投产率{produced}{money}"
            return f"签约已满{age}个月的{figure(report, code)}项目，满{age}个月时{rates}。"
    return ""


def late(report: "Report") -> str:
    """How late production is against the first plan: the share, the middle, what eight in ten stay within."""
    code = "project_slip_production"
    if not report.has(code) or report.reason(code, "slip_median"):
        return ""
    share, middle, most = (figure(report, code, name) for name in ("slip_late_share", "slip_median", "slip_p80"))
    tail = f"投产（含预计投产）晚于首次计划的占{share}"
    return f"有首次计划的{figure(report, code)}项目中，{tail}，推迟月数的中位数为{middle}，八成分位数为{most}。"


def conversion_said(report: "Report") -> Caption:
    """What is said of the table of signing cohorts."""
    caption = "各年签约项目满龄转化情况"
    rows = report.detail("project_conversion")
    if rows.empty or not (rows["projects"] > 0).any():
        why = "没有签约满十二个月的项目" if len(rows) else "没有可确定签约月份的进度记录"
        return Caption(caption, missing=f"{why}，转化率从缺。")
    note = foot(report, known(report, "project_ledger"))
    note += "签约、满龄、开工、投产、退出的单位为个。同一批项目在签约满相同月数时比较，已退出的项目计入分母；"
    note += "满龄项目不足十个的批次只列个数，不计算比率。"
    return Caption(caption, note=note)


def curves(report: "Report") -> pd.DataFrame:
    """The lines of the chart of durations: the share of the signed that has started, or produces, by month."""
    rows = report.detail("project_duration_curve")
    # behind the month in which fewer than five are left to watch, one project moves the curve by a fifth and more
    rows = rows[rows["step"].isin(CURVES) & (rows["at_risk"] >= WATCHED)] if len(rows) else rows
    if rows.empty:
        return pd.DataFrame(columns=["at", "value", "series", "text"])
    # a line begins at nothing in the month of signing, whether or not something happened then
    begin = pd.DataFrame({"step": list(dict.fromkeys(rows["step"])), "month": 0.0, "reached_pct": 0.0})
    rows = pd.concat([begin, rows]).drop_duplicates(["step", "month"], keep="last")
    rows = rows.sort_values(["step", "month"], key=lambda c: c.map(list(CURVES).index) if c.name == "step" else c)
    last = rows.groupby("step")["reached_pct"].transform("last")
    words = rows["step"].map(CURVES)
    return pd.DataFrame(
        {
            **{"at": rows["month"], "value": rows["reached_pct"], "series": words},
            **{"low": rows["low_pct"], "high": rows["high_pct"]},
            "text": words + [amount(value, "%") for value in last],
        }
    ).reset_index(drop=True)


def curves_said(report: "Report") -> Caption:
    """What is said of the chart of durations."""
    caption, rows = "签约后各月累计开工、投产的比例", curves(report)
    if rows.empty:
        return Caption(caption, missing="有签约月份记录的项目不足十个，用时曲线从缺。")
    ends = {name: part.iloc[-1] for name, part in rows.groupby("series", sort=False)}
    said = [_reached(report, step, ends[word]) for step, word in CURVES.items() if word in ends]
    finding = f"签约项目{'，'.join(said)}"
    note = foot(report, known(report, "project_ledger"))
    note += "未到达的项目观察至数据时点，退出按竞争事件处理；在观察的项目不足五个之后不再延伸；浅色带为95%置信区间。"
    return Caption(caption, finding, f"阶梯线图，单位%。{'，'.join(row['text'] for row in ends.values())}。", note)


def _reached(report: "Report", step: str, end: pd.Series) -> str:
    """半数在6个月内开工, or how many had got there by the end of the curve."""
    word = CURVES[step].removeprefix("已")
    middle = figure(report, f"project_time_{step}", "duration_median")
    if middle and _watched(report, step, report.value(f"project_time_{step}", "duration_median")):
        return f"半数在{middle}内{word}"
    months = amount(end["at"], "个月")
    return f"满{months}{word}比例为{amount(end['value'], '%')}" if end["value"] > 0 else f"{months}内尚无项目{word}"


def _watched(report: "Report", step: str, month: float) -> bool:
    """Whether enough projects were left to watch in a month of the curve."""
    rows = report.detail("project_duration_curve", step=step)
    return bool(len(rows) and (rows.loc[rows["month"] == month, "at_risk"] >= WATCHED).any())


def durations_note(report: "Report") -> str:
    """From start to production, what the curves do not reach, and whom they leave out."""
    rows = report.detail("project_durations")
    rows = rows[rows["reason"] == ""] if len(rows) else rows
    if rows.empty:
        return ""
    said = []
    for row in rows.itertuples():
        middle, rest = (amount(months, "个月") for months in (row.median_months, row.p75_months))
        if not middle:
            said.append(f"{STEPS[row.step]}到达者不足半数，中位用时从缺")
        elif not _watched(report, row.step, row.median_months):
            said.append(f"{STEPS[row.step]}过半时在观察的项目不足五个，中位用时不作结论")
        else:
            more = f"，四分之三在{rest}以内" if rest and _watched(report, row.step, row.p75_months) else ""
            said.append(f"{STEPS[row.step]}中位用时{middle}{more}")
    out = amount(rows.iloc[0]["left_out"], "个")
    left = f"签约时点不明的{out}项目不计入。" if rows.iloc[0]["left_out"] else ""
    return "；".join(said) + f"。{left}"


def slips(report: "Report") -> pd.DataFrame:
    """The rows of the chart of slippage: months behind the first plan, a row a project and milestone."""
    rows = report.detail("project_slippage")
    if rows.empty:
        return pd.DataFrame(columns=["at", "series"])
    words = rows["milestone"].map(MILESTONES)
    order = rows["milestone"].map({"production": 0, "start": 1})
    made = pd.DataFrame({"at": rows["slip_months"], "series": words, "order": order})
    return made.sort_values("order", kind="stable").drop(columns="order").reset_index(drop=True)


def slips_said(report: "Report") -> Caption:
    """What is said of the chart of slippage."""
    caption, rows = "开工、投产时间与首次计划之差", slips(report)
    if rows.empty:
        return Caption(caption, missing="没有可与首次计划比较的项目，推迟分布从缺。")
    said = []
    for milestone in MILESTONES:
        share = figure(report, f"project_slip_{milestone}", "slip_late_share")
        said += [f"{MILESTONES[milestone]}晚于首次计划的占{share}"] if share else []
    held = rows.groupby("series", sort=False)["at"]
    counts = [
        f"{name}：" + "、".join(f"{_months(at)}{n}个" for at, n in values.value_counts().sort_index().items())
        for name, values in held
    ]
    bound = (report.detail("project_slippage")["qualifier"] == "lower_bound").sum()
    note = foot(report, known(report, *CODES))
    note += (
        "未到达的按现行计划时点计"
        + (f"；其中{bound}项时点已过而未报新时点，按数据时点计，为下限" if bound else "")
        + "。"
    )
    finding = "，".join(said) if said else "有首次计划可比的项目不足十个，只列分布"
    return Caption(caption, finding, "柱状图，横轴为推迟月数，纵轴为项目个数。" + sentence(*counts), note)


def _months(value: float) -> str:
    return f"晚{value:.0f}个月" if value > 0 else f"早{-value:.0f}个月" if value < 0 else "按期"
