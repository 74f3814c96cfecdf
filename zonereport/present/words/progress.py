"""Words of the chapter on the core indicators: the year's targets, the schedules, and where the year is heading."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.changes import ahead, completed, size
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUP = "S2"
MOST_PANELS = 9
NAMES = {
    **{"actual": "实际完成", "linear": "序时进度（按月均摊）", "mean": "历史同期平均", "range": "历史同期范围"},
    **{"p50": "全年预测中值", "fan": "预测区间（80%）", "target": "全年目标"},
}
SERIES = {"actual_pct": "actual", "linear_pct": "linear", "history_mean_pct": "mean"} | {
    **{"history_min_pct": "low", "history_max_pct": "high"},
    **{"p10_pct": "p10", "p50_pct": "p50", "p90_pct": "p90"},
}
HISTORY, PP = "历史同期平均进度", "个百分点"


def over(report: "Report") -> bool:
    """Whether the period ends the year: what is left is then no schedule but a distance to the target."""
    return report.period.last == 12


def with_target(report: "Report") -> list[str]:
    """The core indicators that have a target in force."""
    return [code for code in report.codes(GROUP) if not report.reason(code, "target")]


def completions(report: "Report") -> list[str]:
    """The core indicators whose target has a completion."""
    return [code for code in with_target(report) if not report.reason(code, "completion")]


def behind(report: "Report", code: str, measure: str = "gap_linear") -> bool:
    """Whether an indicator is behind a schedule, as printed."""
    return not report.reason(code, measure) and float(number(report.value(code, measure), 1)) < 0


def panel_rows(report: "Report") -> pd.DataFrame:
    """The rows of the schedule chart: one a code and month, with the title of its panel."""
    frame = report.detail("schedule")
    nothing = pd.DataFrame(columns=["panel", "code", "month", *SERIES.values()])
    codes = [code for code in completions(report) if len(frame) and (frame["code"] == code).any()]
    if not codes:
        return nothing
    frame = frame[frame["code"].isin(codes[:MOST_PANELS])]
    path = report.detail("forecast_path")
    names = ["p10_pct", "p50_pct", "p90_pct"]
    if len(path):
        frame = frame.merge(path[["code", "month", *names]], how="left", on=["code", "month"])
    titles = {code: _title(report, code) for code in codes}
    frame = frame.assign(panel=frame["code"].map(titles)).reindex(columns=["panel", "code", "month", *SERIES])
    return frame.rename(columns=SERIES)


def _title(report: "Report", code: str) -> str:
    return f"{report.label(code)}\n{report.text(code, 'completion')}，目标{report.text(code, 'target')}"


def schedule(report: "Report") -> Caption:
    """What is said of the schedule chart."""
    rows = panel_rows(report)
    caption = "主要指标完成全年目标的进度"
    if rows.empty:
        some = "总量目标" if with_target(report) else "年度目标"
        return Caption(caption, missing=f"（{caption}：各主要指标均未取得{some}，不比较序时进度。）")
    codes = completions(report)
    shown = rows["code"].unique()
    said = [sentence(report.label(code) + completed(report, code), *_gaps(report, code)) for code in shown]
    alt = f"{len(shown)}幅折线图，横轴为月份，纵轴为占全年目标的百分比。" + "".join(said)
    left = [report.label(code) for code in codes if code not in shown]
    note = foot(report, codes) + "历史同期为本指标以往完整年度同期占全年的比重，不等于应有进度。"
    note += f"{listed(left)}未列入图中。" if left else ""
    return Caption(caption, finding(report), alt, note)


def _gaps(report: "Report", code: str) -> list[str]:
    if over(report):
        return []
    return [ahead(report, code), ahead(report, code, "gap_seasonal", HISTORY)]


def finding(report: "Report") -> str:
    """The title of the schedule chart: how many are ahead, and how the indicator's own history sees the others."""
    codes = completions(report)
    late = [code for code in codes if behind(report, code)]
    if over(report):
        if not late:
            return f"{len(codes)}项总量目标全部完成"
        worst = min(late, key=lambda code: report.value(code, "gap_linear"))
        done = f"完成{len(codes) - len(late)}项" if len(late) < len(codes) else "均未完成"
        most = f"缺口最大的是{report.label(worst)}，差{size(report, worst, 'gap_linear')}"
        return f"{len(codes)}项总量目标{done}，{most}"
    if not late:
        return f"{len(codes)}项总量目标均不低于序时进度"
    known = [code for code in late if not report.reason(code, "gap_seasonal")]
    slow = [code for code in known if behind(report, code, "gap_seasonal")]
    head = f"{len(codes)}项总量目标中{len(late)}项低于序时进度"
    if not known:
        return head
    if len(slow) == len(late):
        return f"{head}，也都低于历史同期"
    return f"{head}，其中{len(slow)}项也低于历史同期" if slow else f"{head}，但都不低于历史同期"


def shorthand(report: "Report") -> str:
    """The point of the verdict: the targets that are not on schedule with their distance."""
    codes = completions(report)
    late = sorted((c for c in codes if behind(report, c)), key=lambda code: report.value(code, "gap_linear"))
    if not codes:
        return ""
    if over(report):
        return sentence(finding(report)) + sentence(_growth_met(report))
    named = listed(f"{report.label(c)}{ahead(report, c)}" for c in late[:3]) if late else ""
    more = f"等{len(late)}项" if len(late) > 3 else ""
    history = [c for c in late if behind(report, c, "gap_seasonal")]
    own = f"低于{HISTORY}的有{len(history)}项" if history else ""
    return sentence(named + more or f"{len(codes)}项总量目标均不低于序时进度", own)


def _growth_met(report: "Report") -> str:
    """2项增速目标达到1项，规模以上工业产值差2.8个百分点: how many of the growth targets are met."""
    codes = [c for c in with_target(report) if _kind(report, c) == "growth" and not report.reason(c, "target_gap")]
    late = [code for code in codes if behind(report, code, "target_gap")]
    named = [f"{report.label(code)}差{size(report, code, 'target_gap')}" for code in late]
    return "，".join([f"{len(codes)}项增速目标达到{len(codes) - len(late)}项", *named]) if codes else ""


def _kind(report: "Report", code: str) -> str:
    rows = report.detail("targets", code=code)
    rows = rows[rows["in_force"]] if len(rows) else rows
    return rows["kind"].iloc[0] if len(rows) else ""


def kinds(report: "Report") -> dict[str, str]:
    """The kind of the target in force by code: level, growth, ceiling or net_increase."""
    return {code: _kind(report, code) for code in with_target(report)}


def evidence(report: "Report") -> str:
    """The paragraphs on targets: those that were changed, and where the two schedules disagree."""
    lines = [adjusted(report), "" if over(report) else _two_schedules(report)]
    return "\n\n".join(line for line in lines if line)


def _two_schedules(report: "Report") -> str:
    """Where the two schedules disagree: the ones that look late only because months are not even, and the others."""
    known = [code for code in completions(report) if not report.reason(code, "gap_seasonal")]
    only = [code for code in known if behind(report, code) and not behind(report, code, "gap_seasonal")]
    both = [code for code in known if behind(report, code, "gap_seasonal")]
    said = []
    if only:
        said.append(f"{_with_gap(report, only, '高')}，虽低于序时进度而并不滞后，差距主要来自各月分布不均")
    if both:
        slowest = max(both, key=lambda code: report.value(code, "lag_months"))
        lag = report.text(slowest, "lag_months") if not report.reason(slowest, "lag_months") else ""
        tail = f"，其中{report.label(slowest)}相当于滞后{lag}" if lag and len(both) > 1 else ""
        said.append(f"{_with_gap(report, both, '低')}{tail}，应作为后续调度重点")
    return "".join(sentence(clause) for clause in said)


def _with_gap(report: "Report", codes: list[str], word: str) -> str:
    """A、B和C比历史同期平均进度分别低1.1、2.8和5.1个百分点: the same word for all; 持平 counts as high."""
    sizes = [size(report, code, "gap_seasonal").removesuffix(PP) for code in codes]
    each = "分别" if len(codes) > 1 else ""
    return f"{listed(report.label(code) for code in codes)}比{HISTORY}{each}{word}{listed(sizes)}{PP}"


def adjusted(report: "Report") -> str:
    """The targets that were changed during the year, from what to what and when."""
    rows = report.detail("targets")
    said = []
    for code in with_target(report):
        own = rows[rows["code"] == code]
        if len(own) > 1 and own["kind"].nunique() == 1:
            first, last = own.iloc[0], own.iloc[-1]
            before = _amount(report, code, first["target"], first["unit"])
            now = _amount(report, code, last["target"], last["unit"])
            said.append(
                f"{report.label(code)}年度目标于{day(last['set_on'])}由{before}调整为{now}，完成率按调整后的目标计算"
            )
    return sentence("；".join(said))


def day(date: str) -> str:
    """A date of a table as prose prints it.

    >>> day("2022-07-28"), day("2022-07")
    ('2022年7月28日', '2022年7月')
    """
    year, month, *rest = date.split("-")
    return f"{year}年{int(month)}月" + (f"{int(rest[0])}日" if rest else "")


def _amount(report: "Report", code: str, value: float, unit: str) -> str:
    return quantity(value, unit, int(report.label(code, "decimals")))


def targets(report: "Report") -> Caption:
    """What is said of the table of targets; without any the schedule chart has said so."""
    if not with_target(report):
        return Caption("年度目标完成情况", missing=None)
    note = foot(report, with_target(report)) + "增速目标不计算完成率，列与目标之差；各项差距的单位为百分点。"
    return Caption("年度目标完成情况", note=note)


def outlook(report: "Report") -> Caption:
    """What is said of the table of what the rest of the year asks for and where it is heading."""
    if not with_target(report):
        return Caption("后续任务与全年走势", missing=None)
    caption = "后续任务与全年走势"
    reason = "全年数已知，不再预测" if over(report) else "没有两个以上完整年度的分月历史，不测算全年走势"
    years = report.detail("forecast", is_headline=True)
    told = f"预测以以往{number(years['years'].max(), 0)}个完整年度的同期比重为依据，" if len(years) else ""
    short = "历史不足三个完整年度的不给区间和可能性；" if len(years) and years["p10"].isna().any() else ""
    note = foot(report, with_target(report)) + f"{told}{short}为本报告测算，未考虑政策和重大项目变化。"
    return Caption(caption, note=note, missing=f"（{caption}：{reason}。）")


def ahead_of_year(report: "Report") -> str:
    """The paragraph on the rest of the year: what is asked for against the best there was, and what is forecast."""
    if over(report):
        return ""
    pairs = [
        c for c in completions(report) if not report.reason(c, "required_rate") and not report.reason(c, "best_rate")
    ]
    hard = [c for c in pairs if report.value(c, "required_rate") > report.value(c, "best_rate")]
    said = []
    if hard:
        first = max(hard, key=lambda c: report.value(c, "required_rate") / report.value(c, "best_rate"))
        rates = f"月均需{report.text(first, 'required_rate')}，历史同期最高月均为{report.text(first, 'best_rate')}"
        share = f"有历史可比的{len(pairs)}项后续任务{'均' if len(hard) == len(pairs) else f'中{len(hard)}项'}"
        said.append(f"{share}高于历史同期最高水平，难度最大的是{report.label(first)}，{rates}")
    known = [c for c in completions(report) if not report.reason(c, "forecast_p50")]
    short = [c for c in known if report.value(c, "forecast_p50") < report.value(c, "target")]
    if short:
        named = listed(f"{report.label(c)}（{report.text(c, 'forecast_p50')}）" for c in short)
        said.append(f"按历史走势测算，{named}全年将低于目标")
    elif known:
        said.append("按历史走势测算，有预测的各项全年均不低于目标")
    return "".join(sentence(clause) for clause in said)
