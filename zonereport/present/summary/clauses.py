"""How the summary says a figure, what a source states, and names that nothing else has said yet."""

import re
from collections.abc import Iterable

import pandas as pd

from zonereport.present.kit.changes import completed, direction, grown, on_year, size
from zonereport.present.kit.statements import KINDS
from zonereport.present.report import Report

# of so small counts a difference says more than a growth
COUNTED = ("家", "个", "件", "人", "起", "户")
# a part of a note that says what is not known of a figure, or what the sentence says itself: no matter of a summary
_CAVEAT = re.compile("未说明|未注明|未区分|未公布|未载|其中项|下限数|累计数|预计数|快报|迟报")
# phases that a sentence counts up: 产业社区B组团二期、三期
_PHASE = re.compile("(.+?)([一二三四五六]期)")


def season(report: Report) -> str:
    """Return the period as prose says it: 2022年 for a whole year, 2022年1—6月 for a part of one."""
    if whole_year(report):
        return f"{report.period.year}年"
    return report.period.name_zh


def whole_year(report: Report) -> bool:
    """Return whether the figures are of January to December."""
    return report.period.first == 1 and report.period.last == 12


def span(report: Report) -> str:
    """Return how a sentence names the period once its year is known: 全年, 1—6月, 三季度."""
    if whole_year(report):
        return "全年"
    return report.period.name_zh.partition("年")[2]


def figure(report: Report, code: str) -> str:
    """Return an indicator with its figure, scope, change, completion and place; empty where nothing is known.

    工业开票销售174.2亿元（全部工业），同比增长6.6%，完成年度目标的97.9%，位居同类开发区第1位.
    """
    name = report.label(code)
    value = report.text(code) if report.has(code) else ""
    if _nothing(report, code):
        return ""
    clauses = [_change(report, code), _completion(report, code), _place(report, code)]
    clauses = [clause for clause in clauses if clause]
    if value:
        return "，".join([f"{name}{value}{scope(report, code)}", *clauses])
    # published as a growth alone: 全社会固定资产投资同比增长8.0%
    if clauses:
        return name + "，".join(clauses)
    return ""


def _nothing(report: Report, code: str) -> bool:
    """Return whether a flow is nought that nobody has set a target for: a summary does not list what was not there."""
    wanted = report.label(code, "nature") == "flow_ytd" and int(report.label(code, "direction")) > 0
    return wanted and report.value(code) == 0 and bool(report.reason(code, "target"))


def _change(report: Report, code: str) -> str:
    if report.label(code, "unit") in COUNTED:
        # which of the two is measured depends on the field of the indicator
        return on_year(report, code) or on_year(report, code, "change")
    return grown(report, code)


def _completion(report: Report, code: str) -> str:
    """The year's target: how much of it is reached, or how growth and ceilings stand against it."""
    share = completed(report, code)
    if share:
        return share.replace("完成全年目标", "完成年度目标的")
    kind = report.basis(code, "target")
    if report.reason(code, "target_gap"):
        return ""
    gap = report.value(code, "target_gap")
    if kind == "growth":
        word = direction(gap, "高于年度目标", "低于年度目标", "与年度目标持平")
        return word if word.endswith("持平") else word + size(report, code, "target_gap")
    if kind == "ceiling" and gap >= 0:
        return f"控制在年度上限{report.text(code, 'target')}以内"
    return ""


def _place(report: Report, code: str) -> str:
    place = report.place_of(code)
    return f"位居同类开发区{place}" if place else ""


def scope(report: Report, code: str) -> str:
    """Return what a note says of the scope of a figure, in brackets; what it says of doubts belongs to the report."""
    if code in report.zone.dictionary.derived.index:
        return ""
    parts = []
    for part in filter(None, report.note(code).split("；")):
        # the name of a place may be a part of the name of the indicator
        if not _CAVEAT.search(part) and part not in report.label(code):
            parts.append(part)
    return f"（{'、'.join(parts)}）" if parts else ""


def joined(clauses: Iterable[str]) -> str:
    """Return figures as one sentence: by 、 where none of them has more than its figure, else by semicolons.

    >>> joined(["甲1家", "", "乙2家"]), joined(["甲1家，同比增长5.0%", "乙2家"])
    ('甲1家、乙2家。', '甲1家，同比增长5.0%；乙2家。')
    """
    filled = [clause for clause in clauses if clause]
    if not filled:
        return ""
    plain = not any("，" in re.sub("（.*?）", "", clause) for clause in filled)
    separator = "；"
    if plain:
        separator = "、"
    return separator.join(filled) + "。"


def stated(report: Report, section: str, *kinds: str) -> str:
    """Return the sentences of the sources for a section, what is done first; of all kinds unless some are named."""
    # what a source says is of the whole zone
    if report.park:
        return ""
    rows = report.table("statements", of_period=True)
    rows = rows[rows["section"] == section]
    sentences = []
    for kind in kinds or KINDS:
        sentences += rows.loc[rows["kind"] == kind, "sentence"].tolist()
    return "".join(sentences)


def is_said(name: str, text: str) -> bool:
    """Return whether a text names something, also where it counts up phases.

    >>> is_said("B组团三期", "B组团二期、三期开工。"), is_said("产业园三期", "产业园和B组团二期、三期开工。")
    (True, False)
    """
    if name in text:
        return True
    phase = _PHASE.fullmatch(name)
    if not phase:
        return False
    return bool(re.search(f"{re.escape(phase[1])}[一二三四五六期、和]*{phase[2]}", text))


def left_to_say(rows: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return the rows whose column ``name`` a text does not say."""
    told = rows["name"].map(lambda name: is_said(name, text)).astype(bool)
    return rows[~told]


def paragraphs(*texts: str) -> str:
    """Join the paragraphs that say something."""
    return "\n\n".join(text for text in texts if text)
