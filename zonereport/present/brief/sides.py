"""Three things that go well and three that worry, each with its number and its cause."""

from zonereport.present.brief.causes import (
    drag_of_firm,
    drag_of_parks,
    lowest_month,
    most_of_parks,
    pull_of_firm,
    pull_of_parks,
)
from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.changes import moved, on_year
from zonereport.present.kit.prose import numbered
from zonereport.present.overview.codes import figure_and_growth, target_clause
from zonereport.present.report import Report

MOST = 3
COUNTED = ("家", "个", "人", "件")


@exhibit
def strengths(report: Report) -> Exhibit:
    """Name three indicators that go well: first those better in most comparisons, then targets that are exceeded."""
    codes = _ordered(report, "improved")
    lines = [_line(report, code, _good_cause(report, code)) for code in codes]
    return _list("做得好的", codes, lines)


@exhibit
def worries(report: Report) -> Exhibit:
    """Name three things that worry: indicators worse in most comparisons, targets behind, projects with a red light."""
    codes = _ordered(report, "worry")
    lines = [_line(report, code, _bad_cause(report, code)) for code in codes]
    red = _red_lights(report)
    if red:
        # projects are always among the three: nothing else says what can still be done on the ground
        lines = [*lines[: MOST - 1], red]
    return _list("要盯住的", codes, lines)


def _list(caption: str, codes: list[str], lines: list[str]) -> Exhibit:
    if not lines:
        return Exhibit(caption)
    text = numbered(lines[:MOST])
    return Exhibit(caption, claim=text, draw=text)


def _ordered(report: Report, side: str) -> list[str]:
    """The codes of a side: those that most comparisons name, then by how far they are from their target."""
    progress = report.detail("progress")
    named = report.detail("highlights", side=side).sort_values("place")["code"]
    if side == "improved":
        # what is behind its schedule is nothing that goes well
        named = named[~named.isin(progress.loc[progress["behind"], "code"])]
    named = named.tolist()
    rows = progress[progress["completion_pct"].notna() & ~progress["code"].isin(named)]
    if side == "worry":
        rows = rows[rows["behind"]].sort_values("priority")
    else:
        worse = report.detail("highlights", side="worry")["code"]
        rows = rows[(rows["gap_pp"] > 0) & ~rows["code"].isin(worse)]
        rows = rows.sort_values("gap_pp", ascending=False, kind="stable")
    return [*named, *rows["code"]][:MOST]


def _line(report: Report, code: str, cause: str) -> str:
    pace = report.detail("progress", code=code)["pace"]
    clauses = [figure_and_growth(report, code)]
    if report.label(code, "unit") in COUNTED:
        # of small counts a growth in % says too much
        # which of the two is measured depends on the field of the indicator
        change = on_year(report, code) or on_year(report, code, "change")
        clauses = [report.text(code), change]
    if len(pace):
        clauses.append(target_clause(report, code, pace.iloc[0]))
    clauses.append(_place(report, code))
    facts = "，".join(filter(None, clauses))
    if cause:
        return f"**{report.label(code)}**：{facts}；{cause}。"
    return f"**{report.label(code)}**：{facts}。"


def _place(report: Report, code: str) -> str:
    if report.reason(code, "rank") or report.reason(code, "rank_change_year"):
        return ""
    change = report.value(code, "rank_change_year")
    if change == 0:
        return f"列{report.place_of(code)}"
    return f"位次{moved(change)}至{report.place_of(code)}"


def _good_cause(report: Report, code: str) -> str:
    # of counts a pull in percentage points says little
    if report.label(code, "unit") in COUNTED:
        return most_of_parks(report, code)
    return "，".join(filter(None, [pull_of_parks(report, code), pull_of_firm(report, code)]))


def _bad_cause(report: Report, code: str) -> str:
    if report.label(code, "unit") in COUNTED:
        return ""
    known = filter(None, [drag_of_parks(report, code), drag_of_firm(report, code)])
    return "，".join(known) or lowest_month(report, code)


def _red_lights(report: Report) -> str:
    """How many projects that are not finished have a red light, and in which park most of them are."""
    rows = report.detail("project_lights")
    judged = rows[rows["light"].isin(["red", "yellow", "green"])]
    red = judged[judged["light"] == "red"]
    if red.empty:
        return ""
    head = f"**项目**：{len(judged)}个未投产项目中{len(red)}个亮红灯"
    names = report.park_names
    by_park = red.loc[red["park"] != "", "park"].value_counts()
    late = int((red["slip_months"] >= 3).sum())
    facts = []
    if len(by_park) and not report.park:
        facts.append(f"{names.get(by_park.index[0], '')}最多，为{by_park.iloc[0]}个")
    if late:
        facts.append(f"其中{late}个比首次计划推迟三个月以上")
    return f"{'，'.join([head, *facts])}。"
