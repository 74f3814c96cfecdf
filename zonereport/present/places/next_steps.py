"""What is to be done next with carriers, works and land, each by name."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.ledgers import amount, named
from zonereport.present.kit.prose import points
from zonereport.present.places.words import IN_SERVICE, NAMED
from zonereport.present.report import Report


@exhibit
def next_steps(report: Report) -> Exhibit:
    """List what the status and the figures of carriers, works and plots call for, with their names."""
    carriers, works = report.detail("place_carriers"), report.detail("place_works")
    # whoever may move in can be counted: a blank is a report that did not come
    unreported = carriers[(carriers["status"] == IN_SERVICE) & carriers["occupancy_pct"].isna()]
    if carriers["occupancy_pct"].isna().all():
        # a ledger that has no figure of this day is asked for its days, in the annex
        unreported = unreported.head(0)
    empty, poor = _below(report, "carriers"), _below(report, "land")
    # each sentence, and the things that it names
    steps = {
        "招商": ("使用率低于平均的载体，空置面积列入招商清单：{names}。", empty),
        "交付": ("载体已封顶，明确交付投用时间：{names}。", _at(carriers, "topped_out")),
        "建设": ("载体在建，按月核对形象进度：{names}。", _at(carriers, "construction")),
        "开工": ("载体已获批，落实开工时间：{names}。", _at(carriers, "approved")),
        "收尾": ("工程主线完成，办理收尾验收：{names}。", _at(works, "main_line_completed")),
        "续建": ("工程在建，排定投用时间：{names}。", _at(works, "construction")),
        "用地": ("每亩净增税收低于平均的地块，复核用途与税收测算：{names}。", poor),
        "补数": ("已投用载体未报面积或使用面积，须补报：{names}。", unreported["name"]),
    }
    # a head without names is no step
    lines = {head: text.format(names=named(names, NAMED)) for head, (text, names) in steps.items() if len(names)}
    return Exhibit("功能提升下一步", draw=points(lines))


def _at(rows: pd.DataFrame, word: str) -> pd.Series:
    """The names of those at a status."""
    return rows.loc[rows["status"] == word, "name"]


def _below(report: Report, table: str) -> pd.Series:
    """The names of those below the whole, with the figure that calls for the step behind each."""
    rows = report.detail("below", table=table)
    figures = [amount(row.value, row.unit) for row in rows.itertuples()]
    return rows["name"] + "（" + pd.Series(figures, rows.index, dtype="str") + "）"
