"""Tables of parks and peers: figures by park, and who is just ahead and just behind."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report
from zonereport.present.words.contribution import GROUP, UNALLOCATED, park_names
from zonereport.present.words.standing import chased, ranked

HEADS = {
    **{
        "name": "指标",
        "value": "数值",
        "growth": "同比",
        "share": "占全区比重",
        "contribution": "贡献率",
        "pull": "拉动",
    },
    **{"rank": "位次", "rank_change": "较上月", "next": "前一位", "gap": "相差"},
    **{"gap_below": "领先后一位", "tier": "距第一方阵"},
}
WORDS = ("name", "next")


def park_figures(report: Report) -> Styler | None:
    """The core indicators by park: figure and growth of each; of a park edition its share, contribution and pull."""
    if report.park_name:
        return _one_park(report)
    frame, names = report.detail("parks"), park_names(report)
    if len(frame):
        frame = frame[frame["code"].isin(_judged(report)) & ~frame["park"].isin(["", UNALLOCATED])]
    if frame.empty:
        return None
    order = {code: place for place, code in enumerate(report.codes(GROUP))}
    rows = {}
    for row in frame.sort_values("code", key=lambda codes: codes.map(order), kind="stable").itertuples():
        digits = int(report.label(row.code, "decimals"))
        percent = "个百分点" if report.label(row.code, "nature") in ("ratio", "growth") else "%"
        value = NO_VALUE if pd.isna(row.value) else quantity(row.value, row.unit, digits, qualifier=row.qualifier)
        growth = NO_VALUE if pd.isna(row.growth_pct) else quantity(row.growth_pct, percent, 1, fixed=True)
        line = rows.setdefault(report.label(row.code), {})
        line |= {(names[row.park], HEADS["value"]): value, (names[row.park], HEADS["growth"]): growth}
    table = pd.DataFrame.from_dict(rows, orient="index").fillna(NO_VALUE)
    table = table.loc[:, (table != NO_VALUE).any()]
    table.columns = pd.MultiIndex.from_tuples(table.columns)
    table.insert(0, (HEADS["name"], ""), table.index)
    styler = table.reset_index(drop=True).style.hide(axis="index").set_uuid("parks")
    figures = list(table.columns[1:])
    return styler.set_properties(subset=figures, **{"text-align": "right"}).set_properties(
        subset=[table.columns[0]], **{"text-align": "left"}
    )


def _judged(report: Report) -> list[str]:
    """The core indicators of which more or less is better."""
    return [code for code in report.codes(GROUP) if int(report.label(code, "direction")) != 0]


def _one_park(report: Report) -> Styler | None:
    codes = [code for code in _judged(report) if not report.reason(code, "share")]
    measures = ("value", "growth", "share", "contribution", "pull")
    rows = [{"name": report.label(code)} | {m: report.text(code, m) for m in measures} for code in codes]
    return _filled(rows, "park")


def peer_ranks(report: Report) -> Styler | None:
    """Every core indicator that is ranked: place, change, the peer just ahead and how far, the lead over the next."""
    rows = []
    for code in ranked(report):
        row = {"name": report.label(code), "rank": report.text(code, "rank"), "rank_change": _moved(report, code)}
        row |= {"next": chased(report, code) or NO_VALUE, "gap": _apart(report, code, "gap_to_next")}
        rows.append(row | {"gap_below": _apart(report, code, "gap_below"), "tier": _tier(report, code)})
    return _filled(rows, "ranks")


def _apart(report: Report, code: str, measure: str) -> str:
    """A distance as printed, without the unit that the note gives for all."""
    return report.text(code, measure).removesuffix("个百分点")


def _moved(report: Report, code: str) -> str:
    if report.reason(code, "rank_change"):
        return NO_VALUE
    places = report.value(code, "rank_change")
    return f"{'前移' if places > 0 else '后移'}{abs(places):.0f}位" if places else "不变"


def _tier(report: Report, code: str) -> str:
    if report.reason(code, "tier_gap"):
        return NO_VALUE
    return _apart(report, code, "tier_gap") if report.value(code, "tier_gap") > 0 else "已在其中"


def _filled(rows: list[dict[str, str]], key: str) -> Styler | None:
    """A table without the columns that nothing has."""
    frame = pd.DataFrame(rows)
    empty = [column for column in frame if (frame[column] == NO_VALUE).all()]
    return styled(frame.drop(columns=empty), key, heads=HEADS, right=[c for c in HEADS if c not in WORDS])
