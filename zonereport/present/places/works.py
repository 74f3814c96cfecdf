"""The public works of the zone: how far each kind is, and which they are."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.gaps import LISTS, list_gap
from zonereport.present.kit.ledgers import amount, known, named
from zonereport.present.kit.sources import foot
from zonereport.present.places.words import IN_SERVICE, STATUS, by_status, status
from zonereport.present.report import Report

CAPTION = "各类重点工程进展"
# how many works a sentence names at each status
NAMED = 6


@exhibit
def works(report: Report) -> Exhibit:
    """Show how many works of each kind are at which status; of a single kind their names say more."""
    kinds, every = report.detail("place_work_kinds"), report.detail("place_works")
    if every.empty:
        return Exhibit(CAPTION, gaps=list_gap(report, "works"))
    gaps = _gaps(report)
    # one bar, or bars of some works only, show less than the names
    if len(kinds) < 2 or report.value("works_unstated") > 0:
        return Exhibit(CAPTION, gaps=gaps)
    rows, totals = _bars(report, kinds), _totals(report, kinds)
    claim = f"{amount(report.value('works'), '项')}重点工程中，{by_status(report, 'works', '项')}"

    def draw() -> Axes:
        return charts.stacked(rows, totals, title=claim, unit="项")

    each = (rows["series"] + rows["count"]).groupby(rows["label"], sort=False).agg("、".join)
    alt = f"堆积横条图，单位项。{'；'.join(each.index + '：' + each)}。"
    note = foot(report, known(report, "works"))
    return Exhibit(CAPTION, claim, data=rows, draw=draw, alt=alt, note=note, gaps=gaps)


def _bars(report: Report, kinds: pd.DataFrame) -> pd.DataFrame:
    """The parts of the bars: works of each status and kind, those that there are."""
    parts = []
    # the finished at the left, as the eye reads a bar
    for word in STATUS["works"]:
        name = status(report, "works", word)
        parts.append(pd.DataFrame({"kind": kinds["kind"], "series": name, "value": kinds[word]}))
    rows = pd.concat(parts, ignore_index=True)
    # a part of no width would still stand in the legend
    rows = rows[rows["value"] > 0]
    rows = rows.assign(
        label=rows["kind"].map(lambda kind: report.word("works", "kind", kind)),
        count=rows["value"].map(lambda value: amount(value, "项")),
    )
    # the text behind a bar of one part says it already
    alone = rows.groupby("kind")["kind"].transform("size") == 1
    rows = rows.assign(text=rows["value"].astype("str").mask(alone, ""))
    return rows[["label", "series", "value", "text", "count"]].reset_index(drop=True)


def _totals(report: Report, kinds: pd.DataFrame) -> dict[str, str]:
    """The text behind the bar of each kind, the most frequent first."""
    # the longest bar at the top
    kinds = kinds.sort_values("works", ascending=False, kind="stable")
    labels = [report.word("works", "kind", kind) for kind in kinds["kind"]]
    return dict(zip(labels, kinds["works"].map(lambda count: amount(count, "项")), strict=True))


def _gaps(report: Report) -> tuple[Gap, ...]:
    if not report.value("works_later") > 0:
        return ()
    _, _, office = LISTS["works"]
    return (Gap("部分工程的本期状态", "台账只载最近一次状态，其时点晚于本期", "各工程截至本期的状态", office),)


@exhibit
def named_works(report: Report) -> Exhibit:
    """Name the works put into service this year and before, those nearly there, those being built."""
    groups = _groups(report)
    clauses = [f"{head}的有{named(part['name'], NAMED)}" for head, part in groups.items() if len(part)]
    if not clauses:
        return Exhibit("重点工程名单", gaps=list_gap(report, "works"))
    return Exhibit(draw="；".join(clauses) + "。")


def all_named(report: Report) -> bool:
    """Return whether the sentence that names the works leaves none out."""
    # one that is of a later day stands in no group
    sizes = [len(part) for part in _groups(report).values()]
    return sum(sizes) == len(report.detail("place_works")) and max(sizes) <= NAMED


def _groups(report: Report) -> dict[str, pd.DataFrame]:
    """The works by what is said of them, under the words of the sentence."""
    rows = report.detail("place_works")
    done, new = rows["status"] == IN_SERVICE, rows["new_this_year"] == "yes"
    return {
        "本年投用": rows[done & new],
        "此前投用": rows[done & ~new],
        "主线完成": rows[rows["status"] == "main_line_completed"],
        "在建": rows[rows["status"] == "construction"],
        "来源点名而未载进展": rows[rows["status"] == ""],
    }
