"""Where the zone stands among its peers: places, whom it chases and by how much it leads."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.indicators.core import GROUP, judged_codes
from zonereport.present.kit.changes import moved
from zonereport.present.kit.figures import figure_texts
from zonereport.present.kit.gaps import list_gap, measure_gaps, whole_gaps
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

KINDS = {"zone": "本开发区", "peer": "同类开发区", "median": "同类中位数"}
HEADS = {
    "name": "指标",
    "rank": "位次",
    "rank_change": "较上月",
    "next": "前一位",
    "gap_to_next": "相差",
    "gap_below": "领先后一位",
    "tier_gap": "距第一方阵",
}
FIGURES = ("rank", "rank_change", "gap_to_next", "gap_below", "tier_gap")
DISTANCES = ("gap_to_next", "gap_below", "tier_gap")


def ranked(report: Report) -> pd.DataFrame:
    """Return the rows of ``places`` of the core indicators: those with a place among the peers."""
    rows = report.detail("places")
    return rows[rows["code"].isin(report.codes(GROUP))].reset_index(drop=True)


def chased(report: Report, code: str) -> str:
    """Return who is just ahead; empty where there is none or the peers are not known."""
    rows = report.detail("ranks", code=code, is_next=True)
    return "、".join(rows["entity"])


@exhibit
def ranks(report: Report) -> Exhibit:
    """Show the place of every core indicator, its change on the month before, and the distances up and down."""
    caption = "位次、追赶对象与距离"
    rows = ranked(report)
    # a park has no peers of its own kind in the city
    gaps: tuple[Gap, ...] = ()
    if not report.park:
        gaps = whole_gaps(report, GROUP, ("rank",)) or measure_gaps(report, judged_codes(report), ("rank",))
    if rows.empty:
        return Exhibit(caption, gaps=gaps)
    table = figure_texts(report, rows["code"], ("rank", *DISTANCES))
    # the note names the unit once for all
    for name in DISTANCES:
        table[name] = table[name].str.removesuffix("个百分点")
    table.insert(2, "rank_change", rows["rank_change"].map(_month_change))
    table.insert(3, "next", rows["code"].map(lambda code: chased(report, code) or NO_VALUE))
    # who is in has no distance to it
    table["tier_gap"] = table["tier_gap"].mask(rows["in_first_tier"].fillna(value=False), "已在其中")
    table = without_empty(table)
    note = foot(report, rows["code"])
    # without peers there are places, but no distances
    if not table.columns.intersection(DISTANCES).empty:
        note += "各项距离按排名所用的数计算，未注明单位的为百分点。"
    draw = styled(table, "ranks", heads=HEADS, right=FIGURES)
    return Exhibit(caption, _neighbours(report, rows["code"]), data=rows, draw=draw, note=note, gaps=gaps)


def _month_change(places: float) -> str:
    if pd.isna(places):
        return NO_VALUE
    if places == 0:
        return "不变"
    return moved(places)


@exhibit
def ladder(report: Report) -> Exhibit:
    """Show the growth of each ranked indicator among that of the peers and their median."""
    caption = "主要指标增速与位次"
    data = _dots(report)
    if data.empty:
        gaps: tuple[Gap, ...] = ()
        if not report.park:
            gaps = list_gap(report, "peers")
        return Exhibit(caption, gaps=gaps)
    codes = list(dict.fromkeys(data["code"]))
    claim = _neighbours(report, codes) or f"{len(codes)}项指标的增速在同类开发区中的位置"

    def draw() -> Axes:
        return charts.ladder(data, title=claim, unit="同比增速（%）", names=KINDS)

    lines = [f"{report.label(code)}{report.text(code, 'growth')}，{_place(report, code)}" for code in codes]
    alt = f"点图，横轴为同比增速（%），每行一项指标。{'；'.join(lines)}。"
    note = foot(report, codes) + "位次按增速排列，并列取较前位次；前移、后移为与上年同期相比。"
    return Exhibit(caption, claim, data=data, draw=draw, alt=alt, note=note + _unreported(report, codes))


def _dots(report: Report) -> pd.DataFrame:
    """Return a row a dot: zone, peers and their median, of the indicators that are ranked on growth."""
    peers, medians = report.detail("ranks", on="growth"), report.detail("bands")
    rows = []
    for code in ranked(report)["code"]:
        own = peers[(peers["code"] == code) & peers["value"].notna()]
        # alone on its line the zone stands nowhere
        if len(own) < 2 or not own["is_zone"].any():
            continue
        label = f"{report.label(code)}\n{_place(report, code)}"
        for value in own.loc[~own["is_zone"], "printed"]:
            rows.append((code, label, "peer", value, ""))
        for value in medians.loc[medians["code"] == code, "peer_median_pct"].dropna():
            rows.append((code, label, "median", value, ""))
        value = own.loc[own["is_zone"], "printed"].iloc[0]
        rows.append((code, label, "zone", value, report.text(code, "growth")))
    return pd.DataFrame(rows, columns=["code", "label", "kind", "value", "text"])


def _place(report: Report, code: str) -> str:
    """Return 第9位，后移2位: the place, and its change on the same month of last year."""
    place = report.place_of(code)
    change = report.value(code, "rank_change_year")
    # no change needs no word under every label
    if pd.isna(change) or change == 0:
        return place
    return f"{place}，{moved(change)}"


def _unreported(report: Report, codes: list[str]) -> str:
    clauses = []
    for code in codes:
        missing = report.value(code, "rank_missing")
        if missing > 0:
            clauses.append(f"{report.label(code)}有{number(missing, 0)}家未报数")
    if not clauses:
        return ""
    return f"{listed(clauses)}，不参加排名。"


def _neighbours(report: Report, codes: Iterable[str]) -> str:
    """Return the smallest distance up and the smallest lead."""
    codes = list(codes)
    up, down = _closest(report, codes, "gap_to_next"), _closest(report, codes, "gap_below")
    # the first of all has nobody above, the last nobody below
    if not up and not down:
        return ""
    if not up:
        return f"{report.label(down)}领先后一位{report.text(down, 'gap_below')}，优势最小"
    first, above = report.label(up), report.text(up, "gap_to_next")
    if not down:
        return f"{first}距前一位{above}，差距最小"
    below = report.text(down, "gap_below")
    # the same indicator twice is named once
    if down == up:
        return f"{first}距前一位{above}，差距最小，其领先后一位{below}，优势最小"
    return f"{first}距前一位{above}，差距最小，{report.label(down)}领先后一位{below}，优势最小"


def _closest(report: Report, codes: list[str], measure: str) -> str:
    distances = pd.Series({code: report.value(code, measure) for code in codes}, dtype="float64").dropna()
    if distances.empty:
        return ""
    return str(distances.idxmin())


@exhibit
def distances(report: Report) -> Exhibit:
    """Say what moved up and down most in a year, and what is in the first tier of the assessment."""
    rows = ranked(report)
    return Exhibit("位次变化", data=rows, draw=_moves(report, rows) + _first_tier(report, rows))


def _moves(report: Report, rows: pd.DataFrame) -> str:
    rows = rows[rows["rank_change_year"].notna()]
    if rows.empty:
        return ""
    best, worst = (rows.loc[place] for place in (rows["rank_change_year"].idxmax(), rows["rank_change_year"].idxmin()))
    clauses = []
    # the best of a bad year may have moved down as well
    if best.rank_change_year > 0:
        clauses.append(f"{report.label(best.code)}{moved(best.rank_change_year)}，前移最多")
    if worst.rank_change_year < 0:
        clauses.append(f"{report.label(worst.code)}{moved(worst.rank_change_year)}，后移最多")
    if not clauses:
        return "各项位次与上年同期相比没有变化。"
    return sentence("与上年同期相比", *clauses)


def _first_tier(report: Report, rows: pd.DataFrame) -> str:
    # without a scheme of assessment there is no first tier
    known = rows[rows["in_first_tier"].notna()]
    if known.empty:
        return ""
    inside = known.loc[known["in_first_tier"].astype(bool), "code"].map(report.label)
    if inside.empty:
        return "没有指标进入考核第一方阵。"
    if len(inside) == 1:
        return f"{inside.iloc[0]}在考核第一方阵之内。"
    return f"{listed(inside)}均在考核第一方阵之内。"


def places_point(report: Report) -> str:
    """Return the point of the verdict: the changes on last year, and the smallest distances."""
    rows = ranked(report)
    if rows.empty:
        return ""
    # a zone ranked for the first time has nothing to be compared with
    moves = rows["rank_change_year"].dropna()
    distances = sentence(_neighbours(report, rows["code"]))
    if moves.empty:
        return f"{len(rows)}项指标有位次。{distances}"
    return f"与上年同期相比{(moves > 0).sum()}项前移、{(moves < 0).sum()}项后移。{distances}"
