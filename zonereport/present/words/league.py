"""Words of the league: the places of a zone among the zones that one batch has ranked."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.labels import GROUPS
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

CORE = "S2"
BASES = {"growth": "增速", "level": "水平"}
# figures that are ranked as they are printed although they are not exact
SOFT = ("estimate", "approximate", "lower_bound", "upper_bound")
# of other fields than the core only so many places at either end are listed; how many indicators a sentence names
EDGE, NAMED = 3, 5


def ranked(report: "Report") -> pd.DataFrame:
    """The rows of the league in which two zones or more are ranked, this one among them, field by field.

    Empty where the edition has no league or the zone was ranked alone.
    """
    rows = report.detail("league")
    if rows.empty:
        return rows
    codes = report.zone.dictionary.indicators
    order = [code for group in GROUPS for code in codes.index[codes["group"] == group]]
    rows = rows[rows["rank"].notna() & (rows["rank_of"] > 1)]
    return rows.sort_values("code", key=lambda column: column.map(order.index), kind="stable", ignore_index=True)


def shown(report: "Report") -> pd.DataFrame:
    """The rows that the table lists: the core indicators, and others near an end; none in which all zones are equal."""
    rows = _differ(ranked(report))
    return rows[_core(report, rows) | _near_an_end(rows)] if len(rows) else rows


def place(row) -> str:
    """A place with how many are ranked and how many share it: 第3位（共20个，并列2个）."""
    tied = f"，并列{number(row.tied, 0)}个" if row.tied > 1 else ""
    return f"第{number(row.rank, 0)}位（共{number(row.rank_of, 0)}个{tied}）"


def said(report: "Report") -> str:
    """The paragraph on the league: what the zone leads in, what it trails in, whom it was ranked with."""
    rows = ranked(report)
    if rows.empty:
        return ""
    differ = _differ(rows)
    ends = [_best(report, differ), _at_end(report, _last(rows), "末位") or "没有指标居末位"]
    synthetic = (rows["origin"] == "synthetic").all()
    whom = "参加排名的均为模拟开发区，不与真实开发区相比" if synthetic else "模拟开发区不参加排名"
    rule = f"这一位次只在本批开发区之间排列，不是来源公布的位次；{whom}；数值相同的位次并列"
    found = ends if len(differ) else [f"{len(rows)}项指标的数值均相同，不分先后"]
    return sentence(f"在本批{_of(rows)}个开发区中", *found) + sentence(rule)


def table(report: "Report") -> Caption:
    """What is said of the table of the league; nothing at all where there is none."""
    all_of_them, rows = ranked(report), shown(report)
    if rows.empty:
        return Caption("本批开发区中的位次", missing=None)
    counts = {"首位": len(_first(all_of_them)), "末位": len(_last(all_of_them))}
    found = [f"{count}项居{end}" if count else f"没有指标居{end}" for end, count in counts.items()]
    finding = "，".join(found) if any(counts.values()) else "没有指标居首位或末位"
    note = foot(report, rows["code"]) + "位次从优到劣排列。"
    if (rows["on"] == "level").any():
        note += "按水平排列的位次受开发区规模影响，不说明快慢。"
    if rows["qualifier"].isin(SOFT).any():
        note += "预计数、约数和界限数按所列数值排列。"
    return Caption(f"本批{_of(all_of_them)}个开发区中的位次：{finding}", note=note + _left_out(report))


def _core(report: "Report", rows: pd.DataFrame) -> pd.Series:
    return rows["code"].map(lambda code: report.label(code, "group") == CORE)


def _differ(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in which not all zones have the same figure."""
    return rows[rows["tied"] < rows["rank_of"]] if len(rows) else rows


def _near_an_end(rows: pd.DataFrame) -> pd.Series:
    return (rows["rank"] <= EDGE) | (rows["rank"] + rows["tied"] - 1 > rows["rank_of"] - EDGE)


def _first(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in which nobody is better, and somebody worse."""
    return rows[(rows["rank"] == 1) & (rows["tied"] < rows["rank_of"])]


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in which nobody is worse, and somebody better."""
    return rows[(rows["rank"] > 1) & (rows["rank"] + rows["tied"] - 1 == rows["rank_of"])]


def _best(report: "Report", differ: pd.DataFrame) -> str:
    """What the zone leads in; where it leads in nothing, what it stands best in, short of the last place."""
    if len(_first(differ)):
        return _at_end(report, _first(differ), "首位")
    others = differ.drop(_last(differ).index)
    best = others[others["rank"] == others["rank"].min()]
    if best.empty:
        return "没有指标居首位"
    return f"没有指标居首位，位次最前的是{_names(report, best['code'])}（第{number(best['rank'].iloc[0], 0)}位）"


def _at_end(report: "Report", rows: pd.DataFrame, end: str) -> str:
    """居首位的有工业投资和研发投入，并列首位的有完成技改项目: the indicators at an end of the league by name."""
    shared = rows["tied"] > 1
    parts = {"居": rows.loc[~shared, "code"], "并列": rows.loc[shared, "code"]}
    return "，".join(f"{word}{end}的有{_names(report, codes)}" for word, codes in parts.items() if len(codes))


def _names(report: "Report", codes: pd.Series) -> str:
    """The indicators by name, the first ones of many."""
    names = [report.label(code) for code in codes]
    return listed(names) if len(names) <= NAMED else f"{'、'.join(names[:NAMED])}等{len(names)}项"


def _of(rows: pd.DataFrame) -> str:
    """How many zones are ranked, which differs where some have not reported: 20, 18至20."""
    low, high = (number(end, 0) for end in (rows["rank_of"].min(), rows["rank_of"].max()))
    return low if low == high else f"{low}至{high}"


def _left_out(report: "Report") -> str:
    """How many indicators of the league the table does not list, and why."""
    league, rows = report.detail("league"), ranked(report)
    differ = _differ(rows)
    counts = {
        "各开发区数值相同": len(rows) - len(differ),
        f"主要指标以外不在前{EDGE}位和后{EDGE}位": len(differ) - len(shown(report)),
        "只有本开发区报数": (league["rank"].notna() & (league["rank_of"] == 1)).sum(),
        "本开发区没有可比数": (league["rank"].isna() & (league["rank_of"] > 0)).sum(),
    }
    said = [f"{reason}的{count}项" for reason, count in counts.items() if count]
    return f"未列的有{listed(said)}。" if said else ""
