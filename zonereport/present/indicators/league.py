"""The league: the places of a zone among the zones that one batch has ranked."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.indicators.core import GROUP
from zonereport.present.kit.labels import GROUPS
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

BASES = {"growth": "增速", "level": "水平"}
MEASURES = {"growth": "growth", "level": "value"}
HEADS = {"name": "指标", "on": "比较口径", "text": "数值", "place": "位次"}
# figures that are ranked as they are printed although they are not exact
SOFT = ("estimate", "approximate", "lower_bound", "upper_bound")
# how many indicators a sentence names
MOST_NAMED = 5


def ranked(report: Report) -> pd.DataFrame:
    """Return the rows of the league in which two zones or more are ranked, this one among them, field by field."""
    rows = report.detail("league")
    rows = rows[rows["rank"].notna() & (rows["rank_of"] > 1)]
    groups = report.zone.dictionary.indicators["group"]
    # as the book has its chapters, not as the batch counts them
    order = [code for group in GROUPS for code in groups.index[groups == group]]
    return rows.sort_values("code", key=lambda column: column.map(order.index), kind="stable", ignore_index=True)


def _differing(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in which not all zones have the same figure."""
    return rows[rows["tied"] < rows["rank_of"]]


def _listed_rows(report: Report) -> pd.DataFrame:
    """Return the rows that the table lists: the core indicators, and others near an end."""
    rows = _differing(ranked(report))
    is_core = rows["code"].map(lambda code: report.label(code, "group")) == GROUP
    return rows[is_core | rows["in_first_three"] | rows["in_last_three"]].reset_index(drop=True)


@exhibit
def league(report: Report) -> Exhibit:
    """Show the places of the zone among the zones of its batch: on what, the figure, the place."""
    ranked_rows, rows = ranked(report), _listed_rows(report)
    if rows.empty:
        return Exhibit("本批开发区中的位次")
    table = pd.DataFrame(
        {
            "name": rows["code"].map(report.label),
            "on": rows["on"].map(BASES),
            "text": [report.text(row.code, MEASURES[row.on]) for row in rows.itertuples()],
            "place": [_place(row) for row in rows.itertuples()],
        }
    )
    claim = _ends(int(ranked_rows["is_first"].sum()), int(ranked_rows["is_last"].sum()))
    note = foot(report, rows["code"]) + "位次从优到劣排列。"
    # a large zone leads in amounts by its size alone
    if (rows["on"] == "level").any():
        note += "按水平排列的位次受开发区规模影响，不说明快慢。"
    if rows["qualifier"].isin(SOFT).any():
        note += "预计数、约数和界限数按所列数值排列。"
    return Exhibit(
        f"本批{_how_many(ranked_rows)}个开发区中的位次：{claim}",
        claim,
        data=rows,
        draw=styled(table, "league", heads=HEADS, right=("text",)),
        note=note + _left_out(report),
    )


def _ends(first: int, last: int) -> str:
    if not first and not last:
        return "没有指标居首位或末位"
    if not last:
        return f"{first}项居首位，没有指标居末位"
    if not first:
        return f"没有指标居首位，{last}项居末位"
    return f"{first}项居首位，{last}项居末位"


def _place(row) -> str:
    """Return a place with how many are ranked and how many share it: 第3位（共20个，并列2个）."""
    place, count = number(row.rank, 0), number(row.rank_of, 0)
    if row.tied > 1:
        return f"第{place}位（共{count}个，并列{number(row.tied, 0)}个）"
    return f"第{place}位（共{count}个）"


def _how_many(rows: pd.DataFrame) -> str:
    """Return how many zones are ranked, which differs where some have not reported: 20, 18至20."""
    low, high = number(rows["rank_of"].min(), 0), number(rows["rank_of"].max(), 0)
    if low == high:
        return low
    return f"{low}至{high}"


def _left_out(report: Report) -> str:
    """Return how many indicators of the league the table does not list, and why."""
    batch, rows = report.detail("league"), ranked(report)
    differing = _differing(rows)
    edge = number(report.detail("bounds", name="edge")["value"].iloc[0], 0)
    counts = {
        "各开发区数值相同": len(rows) - len(differing),
        f"主要指标以外不在前{edge}位和后{edge}位": len(differing) - len(_listed_rows(report)),
        "只有本开发区报数": (batch["rank"].notna() & (batch["rank_of"] == 1)).sum(),
        "本开发区没有可比数": (batch["rank"].isna() & (batch["rank_of"] > 0)).sum(),
    }
    clauses = [f"{reason}的{count}项" for reason, count in counts.items() if count]
    if not clauses:
        return ""
    return f"未列的有{listed(clauses)}。"


@exhibit
def league_places(report: Report) -> Exhibit:
    """Say what the zone leads in, what it trails in, and whom it was ranked with."""
    rows = ranked(report)
    caption = "本批开发区中的首位与末位"
    if rows.empty:
        return Exhibit(caption)
    differing = _differing(rows)
    if differing.empty:
        clauses = [f"{len(rows)}项指标的数值均相同，不分先后"]
    else:
        clauses = [_best(report, differing), _at_end(report, rows[rows["is_last"]], "末位") or "没有指标居末位"]
    text = sentence(f"在本批{_how_many(rows)}个开发区中", *clauses)
    return Exhibit(caption, data=rows, draw=text + _rule(rows))


def _rule(rows: pd.DataFrame) -> str:
    # invented zones are never ranked beside real ones
    if (rows["origin"] == "synthetic").all():
        return (
            "这一位次只在本批开发区之间排列，不是来源公布的位次；参加排名的均为模拟开发区，不与真实开发区相比；"
            "数值相同的位次并列。"
        )
    return "这一位次只在本批开发区之间排列，不是来源公布的位次；模拟开发区不参加排名；数值相同的位次并列。"


def _best(report: Report, rows: pd.DataFrame) -> str:
    """Return what the zone leads in; where it leads in nothing, what it stands best in, short of the last place."""
    first = rows[rows["is_first"]]
    if len(first):
        return _at_end(report, first, "首位")
    # last among all is no best place
    others = rows[~rows["is_last"]]
    if others.empty:
        return "没有指标居首位"
    best = others[others["rank"] == others["rank"].min()]
    place = number(best["rank"].iloc[0], 0)
    return f"没有指标居首位，位次最前的是{_names(report, best['code'])}（第{place}位）"


def _at_end(report: Report, rows: pd.DataFrame, end: str) -> str:
    """Return 居首位的有工业投资和研发投入，并列首位的有完成技改项目: the indicators at an end of the league by name."""
    alone, shared = rows.loc[rows["tied"] <= 1, "code"], rows.loc[rows["tied"] > 1, "code"]
    clauses = []
    if len(alone):
        clauses.append(f"居{end}的有{_names(report, alone)}")
    if len(shared):
        clauses.append(f"并列{end}的有{_names(report, shared)}")
    return "，".join(clauses)


def _names(report: Report, codes: pd.Series) -> str:
    """Return the indicators by name, the first ones of many."""
    names = codes.map(report.label).tolist()
    if len(names) > MOST_NAMED:
        return f"{'、'.join(names[:MOST_NAMED])}等{len(names)}项"
    return listed(names)
