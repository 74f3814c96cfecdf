"""The official phrases of change: 增长, 下降, 持平, 位次前移, 超序时进度, 个百分点; signs and words always agree."""

from collections.abc import Iterable

import pandas as pd

from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import stop
from zonereport.present.report import Report

# what the growth of an amount is called where no percentage makes sense, by the word in its basis
TURNS = {
    "turned_profit": "由亏转盈",
    "turned_loss": "由盈转亏",
    "loss_narrowed": "亏损减少",
    "loss_widened": "亏损增加",
    "flat": "同比持平",
    "from_zero": "上年同期为零",
}


def direction(value: float, up: str, down: str, level: str, *, decimals: int = 1) -> str:
    """The word for a change, chosen by what is printed: a change that rounds to zero is none.

    >>> [direction(v, "增长", "下降", "持平") for v in (3.2, -3.2, 0.04)]
    ['增长', '下降', '持平']
    """
    printed = float(number(value, decimals))
    return up if printed > 0 else down if printed < 0 else level


def size(report: Report, code: str, measure: str) -> str:
    """A change without its sign, as its direction word carries it: 3.2%, 2.1个百分点."""
    return report.text(code, measure).replace("-", "")


def grown(report: Report, code: str) -> str:
    """同比增长3.2%, 同比提高0.4个百分点, 同比持平, 由亏转盈, 比上年同期增加2个; empty where nothing can be said."""
    if report.reason(code, "growth") == "few":
        return _few_more(report, code)
    if report.reason(code, "growth"):
        return TURNS.get(report.basis(code, "growth"), "")
    if report.value(code) == 0 and not report.reason(code, "change"):
        # a fall by all there was is no rate of growth
        return f"上年同期为{size(report, code, 'change')}"
    # 预计 belongs before 同比, and the figure carries it
    text = size(report, code, "growth")
    hedge = "预计" if text.startswith("预计") else ""
    word = direction(report.value(code, "growth"), rise(report, code), "下降", "持平")
    return f"{hedge}同比{word}{'' if word == '持平' else text.removeprefix(hedge)}"


def rise(report: Report, code: str) -> str:
    """Return what a growth above zero is called: a rate goes up, an amount grows."""
    return "提高" if report.unit(code, "growth") == "个百分点" else "增长"


def _few_more(report: Report, code: str) -> str:
    """The change of a small count on last year, of which a percentage would say more than there is."""
    before = report.value(code) - report.value(code, "change")
    if report.value(code) == 0 and before > 0:
        return f"尚无新增（上年同期{quantity(before, report.label(code, 'unit'), 0)}）"
    return on_year(report, code, "change")


def ahead(report: Report, code: str, measure: str = "gap_linear", than: str = "序时进度") -> str:
    """超序时进度2.3个百分点, 低于序时进度2.3个百分点, 与序时进度持平; empty where there is no figure."""
    if report.reason(code, measure):
        return ""
    word = direction(report.value(code, measure), f"超{than}", f"低于{than}", f"与{than}持平")
    return word if word.endswith("持平") else word + size(report, code, measure)


def moved(places: float) -> str:
    """A change of rank; more places are better.

    >>> moved(2), moved(-1), moved(0)
    ('前移2位', '后移1位', '位次不变')
    """
    if places == 0:
        return "位次不变"
    return f"{'前移' if places > 0 else '后移'}{number(abs(places), 0)}位"


def completed(report: Report, code: str) -> str:
    """完成全年目标97.6%, with the qualifier before it; empty where there is no target to hold it against."""
    if report.reason(code, "completion"):
        return ""
    text = report.text(code, "completion")
    hedge = "预计" if text.startswith("预计") else ""
    first = adjusted(report, code)
    if first:
        return f"{hedge}完成调整后目标的{text.removeprefix(hedge)}（{first}）"
    return f"{hedge}完成全年目标{text.removeprefix(hedge)}"


def adjusted(report: Report, code: str) -> str:
    """年初目标2600万美元，完成90.8%: of a target that was changed during the year; empty for one that was not."""
    rows = report.detail("progress", code=code)
    if rows.empty or pd.isna(rows["first_target"].iloc[0]):
        return ""
    row = rows.iloc[0]
    target = quantity(row["first_target"], row["unit"], int(report.label(code, "decimals")))
    done = quantity(row["first_completion_pct"], "%", 1, fixed=True)
    return f"年初目标{target}，完成{done}"


def adjusted_note(report: Report, codes: Iterable[str]) -> str:
    """Return what a table says of the targets of its rows that were changed during the year; empty for none."""
    clauses = [
        f"{report.label(code)}的完成率按调整后目标计算，{adjusted(report, code)}"
        for code in codes
        if adjusted(report, code)
    ]
    return stop("；".join(clauses))


def wanted(report: Report, code: str) -> str:
    """The year's target as it is said, by its kind: 178亿元, 增长9.0%, 不超过3起, 净增25件; a dash without one."""
    text = report.text(code, "target")
    if report.reason(code, "target"):
        return text
    return {"growth": "增长", "ceiling": "不超过", "net_increase": "净增"}.get(report.basis(code, "target"), "") + text


def on_year(report: Report, code: str, measure: str = "change_on_year") -> str:
    """比上年同期增加3件, 比上年同期减少1起, 与上年同期持平: of counts, whose differences say more than their growth."""
    if report.reason(code, measure):
        return ""
    text = size(report, code, measure)
    # rounded as it is printed, so that the word never contradicts the figure
    decimals, _ = report.digits(code, measure)
    than = "上年同期"
    word = direction(report.value(code, measure), f"比{than}增加", f"比{than}减少", f"与{than}持平", decimals=decimals)
    return word if word.endswith("持平") else word + text


def clauses(report: Report, *codes: str) -> list[str]:
    """Return each figure that there is as a clause: name and figure."""
    return [f"{report.label(code)}{report.text(code)}" for code in codes if report.has(code)]


def readings(report: Report, *codes: str, change: str = "change_on_year") -> str:
    """Return figures with their change on last year (a measure) and their target, as far as known, by semicolons."""
    parts = []
    for code in codes:
        if report.has(code):
            clause = [*clauses(report, code), on_year(report, code, change), completed(report, code)]
            parts.append("，".join(filter(None, clause)))
    return "；".join(parts)
