"""缺什么、找谁要: what the exhibits of all chapters lack, why, which office has it and what it should send."""

from collections.abc import Iterable

import pandas as pd

from zonereport.present.annex.chapters import exhibits
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.gaps import LISTS, REMEDIES, figure_gaps
from zonereport.present.kit.labels import GROUPS, MEASURES
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

HEADS = {"office": "找谁要", "subject": "缺什么（原因）", "remedy": "请提供"}
# the zone itself sends what no other office keeps
OWN_OFFICE = "开发区"
# how many names, of them indicators of one measure, and offices a row has
NAMED, NAMED_OF_MEASURE, NAMED_OFFICES = 6, 3, 3


@exhibit
def missing(report: Report) -> Exhibit:
    """Show what is missing, one row for what one office can send; the office with most rows first."""
    # whom the zone asks for what is its own affair, and what is off by rule is not missing
    if report.zone.is_public:
        return Exhibit("缺什么、找谁要")
    gaps = [gap for shown in exhibits(report) for gap in shown.gaps]
    # a figure that is printed as a dash is asked for, whether or not an exhibit does
    gaps += figure_gaps(report, *report.codes(*GROUPS))
    data = asked_for(gaps)
    claim = f"补齐{len(data)}类资料后，可以作出目前作不出的判断"
    shown = data.assign(subject=data["subject"] + "（" + data["reason"] + "）")
    table = styled(shown[list(HEADS)], "missing", heads=HEADS, right=())
    return Exhibit("缺什么、找谁要", claim, data, table)


def asked_for(gaps: Iterable[Gap]) -> pd.DataFrame:
    """Return the gaps that something can be sent for, those alike as one row: office, subject, reason, remedy.

    >>> growth = [Gap(f"同比增速：{names}", "无基数", "上年数", "税务") for names in ("甲、乙", "乙、丙")]
    >>> asked_for([*growth, Gap("预测", "年度已结束")]).loc[0].tolist()
    ['税务', '同比增速：甲、乙、丙', '无基数', '上年数']
    """
    rows: dict[tuple[str, ...], list[Gap]] = {}
    for gap in gaps:
        if gap.remedy:
            rows.setdefault(_alike(gap), []).append(gap)
    lines = [
        (_offices(alike), _joined(gap.subject for gap in alike), _reasons(alike), alike[0].remedy)
        for alike in rows.values()
    ]
    columns = ["office", "subject", "reason", "remedy"]
    frame = pd.DataFrame(lines, columns=columns, dtype="str")
    frame = _without_covered(frame)
    alike = frame.groupby(["office", "reason"], sort=False, as_index=False)
    frame = alike.agg({"subject": "；".join, "remedy": "；".join})[columns]
    # what one office is asked for stands together, the longest letter first
    offices = frame.groupby("office", sort=False)["subject"]
    order = pd.DataFrame({"rows": -offices.transform("size"), "first": offices.ngroup()})
    return frame.loc[order.sort_values(["rows", "first"], kind="stable").index].reset_index(drop=True)


def _alike(gap: Gap) -> tuple[str, ...]:
    """What gaps of one row have in common: a measure is asked for in one row, whoever publishes the figures."""
    if gap.subject.partition("：")[0] in MEASURES.values():
        return (gap.remedy,)
    return (gap.remedy, gap.office or OWN_OFFICE)


def _offices(gaps: Iterable[Gap]) -> str:
    """The offices of a row, each once; of many the first and how many."""
    names = list(dict.fromkeys(name for gap in gaps for name in (gap.office or OWN_OFFICE).split("、")))
    if len(names) > NAMED_OFFICES:
        return f"{names[0]}等{len(names)}个部门"
    return "、".join(names)


def _reasons(gaps: Iterable[Gap]) -> str:
    """The reasons of a row, each once, those that begin another left out."""
    reasons = list(dict.fromkeys(reason for gap in gaps for reason in gap.reason.split("；")))
    longest = [
        reason for reason in reasons if not any(other != reason and other.startswith(reason) for other in reasons)
    ]
    return "；".join(longest)


def _without_covered(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows without that of the targets of single indicators, where the whole list of targets is asked for."""
    _, targets, _ = LISTS["targets"]
    if not (frame["remedy"] == targets).any():
        return frame
    return frame[frame["remedy"] != REMEDIES["completion"]].reset_index(drop=True)


def _joined(subjects: Iterable[str]) -> str:
    """Subjects of one row, those under one head (同比增速：…) with their names once each."""
    names: dict[str, list[str]] = {}
    for subject in subjects:
        head, colon, rest = subject.partition("：")
        if not colon:
            head, rest = "", subject
        # the same indicator lacks the same in several exhibits
        known = names.setdefault(head, [])
        known += [name for name in rest.split("、") if name not in known]
    parts = []
    for head, listed in names.items():
        most = NAMED_OF_MEASURE if head in MEASURES.values() else NAMED
        text = "、".join(listed[:most])
        if len(listed) > most:
            text += f"等{len(listed)}项"
        parts.append(f"{head}：{text}" if head else text)
    return "；".join(parts)
