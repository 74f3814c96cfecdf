"""Words of the overview: the zone's month on one page, for whoever reads no further."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.inputs import Period
from zonereport.present.kit.changes import ahead, completed, direction, grown, moved
from zonereport.present.kit.labels import BANDS
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.prose import bullets, points
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUP = "S2"
SCALE = ("invoiced_sales", "industrial_output", "fixed_asset_investment")
FISCAL = ("treasury_tax", "budget_revenue", "utilised_foreign_capital")
# how many indicators the heat-map shows, and how many months
MOST_ROWS, MONTHS = 12, 12
NO_STEPS = "有目标的指标均已达到进度，没有须优先调度的指标。"
NO_TARGETS = "未取得年度目标，无法按进度排出优先调度的指标。"
KINDS = {"band": "类别变化", "rank": "位次变化", "target": "目标调整", "revision": "数据修订"}


def core_codes(report: "Report") -> list[str]:
    """The indicators of the leader's tables: the core ones, then those of other fields that have a target."""
    return [*report.codes(GROUP), *other_codes(report)]


def other_codes(report: "Report") -> list[str]:
    """The indicators outside the core that have a target for the year."""
    return [code for code in report.codes("S5", "S6", "S8", "S9", "S10") if not report.reason(code, "target")]


def verdict(report: "Report") -> str:
    """The edition in a few lines: scale, place, target, classes, what improved, what worries, what cannot be judged."""
    lines = {
        "总量": sentence(*(_said(report, code) for code in SCALE)),
        "财税与开放": sentence(*(_said(report, code) for code in FISCAL)),
        "位次": places(report),
        "目标": targets(report),
        "分类": classes(report),
        "考核测算": score(report),
        "判断边界": boundary(report),
    }
    return points(lines)


def places(report: "Report") -> str:
    """Which indicators stand in the first three places and which in the last three; the mean place is no figure."""
    ranked = [code for code in report.codes(GROUP) if not report.reason(code, "rank")]
    if not ranked:
        return ""
    of = {code: report.value(code, "rank_of") for code in ranked}
    first = [code for code in ranked if report.value(code, "rank") <= 3]
    last = [code for code in ranked if report.value(code, "rank") > max(of[code] - 3, 3)]
    clauses = [f"参加排名的{len(ranked)}项指标中"]
    clauses += [f"居前三位的有{_at(report, first)}"] if first else ["没有指标进入前三位"]
    clauses += [f"居后三位的有{_at(report, last)}"] if last else []
    return sentence(*clauses)


def targets(report: "Report") -> str:
    """How many of the indicators with a target of an amount are ahead of the year's schedule, and which are not."""
    codes = [code for code in core_codes(report) if not report.reason(code, "completion")]
    if not codes:
        return ""
    over = report.period.last == 12
    behind = [code for code in codes if _behind(report, code)]
    # each against its own course of past years, where there is one: much of a year comes in at its end
    name = "完成全年目标" if over else "达到应有进度"
    head = f"有总量目标的{len(codes)}项指标中，{len(codes) - len(behind)}项{name}"
    if not behind:
        return f"{head}。" if len(codes) > 1 else f"{report.label(codes[0])}{completed(report, codes[0])}。"
    said = [f"{report.label(code)}（{report.text(code, 'completion')}）" for code in behind]
    return f"{head}，尚未{'完成' if over else '达到'}的是{listed(said)}。"


def classes(report: "Report") -> str:
    """How many indicators are advantaged, mid and lagging, the lagging ones by name."""
    rows = report.detail("bands")
    rows = rows[rows["band"] != "insufficient"] if len(rows) else rows
    if rows.empty:
        return ""
    counts = [f"{BANDS[band]}{(rows['band'] == band).sum()}项" for band in ("advantaged", "mid", "lagging")]
    named = [report.label(code) for code in rows.loc[rows["band"] == "lagging", "code"]]
    tail = f"，落后的是{listed(named)}" if named else ""
    return f"可以分类的{len(rows)}项指标中，{'、'.join(counts)}{tail}。"


def score(report: "Report") -> str:
    """The points by the city's rules and the place of the composite index, with how sure that place is."""
    said = []
    if not report.reason("city_assessment", "score") and not report.reason("city_assessment", "score_full"):
        full = number(report.value("city_assessment", "score_full"), 2)
        said.append(f"按考核办法测算得{report.text('city_assessment', 'score')}（满分{full}分）")
    if not report.reason("composite_index", "index_rank"):
        low, high = (number(report.value("composite_index", f"index_rank_{p}"), 0) for p in ("p05", "p95"))
        sure = f"在第{low}至第{high}位" if low != high else "位次不变"
        place = number(report.value("composite_index", "index_rank"), 0)
        of = number(report.value("composite_index", "index_rank_of"), 0)
        said.append(f"综合指数在{of}个单位中列第{place}位，换用其他合理算法时九成情形{sure}")
    return sentence(*said)


def boundary(report: "Report") -> str:
    """What no core indicator has, and what therefore is not judged."""
    from zonereport.present.words import indicators

    return indicators.boundary(report)


def side(report: "Report", name: str) -> str:
    """The indicators that improved, or that worry, each with the comparisons that say so."""
    rows = report.detail("highlights", side=name)
    lines = [f"**{report.label(row.code)}**：{_evidence(report, row)}。" for row in rows.itertuples()]
    return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1))


def no_side(report: "Report", name: str) -> str:
    """Why no indicator is named on a side; empty where some are."""
    if len(report.detail("highlights", side=name)):
        return ""
    if report.detail("highlights").empty:
        return "位次、增速和目标进度均无可比的数据，不作比较。"
    word = "向好" if name == "improved" else "转弱"
    return f"没有一项指标在位次、增速、进度和同类比较中有两项以上净{word}。"


def _evidence(report: "Report", row) -> str:
    said = [_said_of(report, row.code)]
    if pd.notna(row.rank_change_year):
        place = report.place_of(row.code)
        steady = row.rank_change_year == 0
        said.append(f"{place}，与上年同期相同" if steady else f"较上年同期{moved(row.rank_change_year)}至{place}")
    if pd.notna(row.growth_change_year_pp):
        word = direction(row.growth_change_year_pp, "加快", "回落", "持平")
        size = number(abs(row.growth_change_year_pp), 1, fixed=True)
        said.append(f"增速比上年同期{word}" + ("" if word == "持平" else f"{size}个百分点"))
    if pd.notna(row.progress_gap_pp) and report.period.last < 12:
        said.append(ahead(report, row.code, *_pace(report, row.code)))
    elif not report.reason(row.code, "completion"):
        said.append(completed(report, row.code))
    if pd.notna(row.growth_against_peers_pp):
        word = direction(row.growth_against_peers_pp, "高于", "低于", "持平")
        size = number(abs(row.growth_against_peers_pp), 1, fixed=True)
        middle = "同类开发区中位数"
        said.append(f"增速与{middle}持平" if word == "持平" else f"增速{word}{middle}{size}个百分点")
    return "，".join(filter(None, said))


def core(report: "Report") -> Caption:
    """What is said of the leader's table of the core indicators."""
    codes = report.codes(GROUP)
    ranked = any(not report.reason(code, "rank") for code in codes)
    note = "位次为全市同类开发区排名，括号内为与上年同期相比的进退。" if ranked else ""
    return Caption(
        f"{report.period.name_zh}主要指标总览", note=note + _schedule_note(report, codes) + foot(report, codes)
    )


def others(report: "Report") -> Caption:
    """What is said of the leader's table of the other indicators with a target."""
    codes = other_codes(report)
    missing = "其他领域的指标没有年度目标，见各章。"
    return Caption("其他有年度目标的指标", note=_schedule_note(report, codes) + foot(report, codes), missing=missing)


def _schedule_note(report: "Report", codes: list[str]) -> str:
    shown = report.period.last < 12 and any(not report.reason(code, "gap_linear") for code in codes)
    return "较序时为完成率减按月均分的时间进度，单位个百分点。" if shown else ""


def months(report: "Report") -> pd.DataFrame:
    """The growth of the core indicators, cumulative from January, month by month: rows for the heat-map."""
    rows = report.detail("series")
    if rows.empty:
        return rows
    codes = [code for code in report.codes(GROUP) if not report.reason(code, "growth")]
    codes = [code for code in codes if int(report.label(code, "direction"))][:MOST_ROWS]
    rows = rows[(rows["entity"] == rows_entity(report)) & rows["code"].isin(codes) & rows["growth_pct"].notna()]
    rows = rows[(rows["year"] == report.period.year) & (rows["month"] <= report.period.last)]
    if rows["month"].nunique() < 2:
        return rows[:0]
    rows = rows.assign(place=rows["code"].map({code: place for place, code in enumerate(codes)}))
    rows = rows.sort_values(["place", "month"])
    return pd.DataFrame(
        {
            "label": [report.label(code) for code in rows["code"]],
            "column": [f"{month}月" for month in rows["month"]],
            "value": rows["growth_pct"],
            "text": [number(value, 1, fixed=True) for value in rows["growth_pct"]],
            "code": rows["code"],
        }
    ).reset_index(drop=True)


def rows_entity(report: "Report") -> str:
    """The entity of the series that the edition is about: the park, or nothing for the zone."""
    return report.measures["park"].iloc[0]


def heat(report: "Report") -> Caption:
    """What is said of the heat-map: how many grow throughout, which fell in the latest month."""
    data = months(report)
    if data.empty:
        return Caption("主要指标累计增速逐月变化")
    latest = data.drop_duplicates("code", keep="last")
    falling = latest.loc[latest["value"] < 0, "label"].tolist()
    best = latest.loc[latest["value"].idxmax()]
    head = f"{listed(falling)}低于上年同期" if falling else f"{len(latest)}项指标累计均不低于上年同期"
    finding = f"{head}，{best['label']}增长最快，为{best['text']}%" if best["value"] > 0 else head
    said = sentence(*(latest["label"] + latest["text"] + "%"))
    alt = f"热力图，各行为指标、各列为月份，数为累计同比增速。最近一期：{said}"
    note = "各格为一月起累计同比增速；无数字的月份免报或未报。" + foot(report, data["code"].unique())
    return Caption("主要指标累计增速逐月变化", finding, alt, note)


def changed(report: "Report") -> Caption:
    """What is said of the table of changes; where there is none, whether nothing changed or nothing can be compared."""
    note = "与上月一期相比；位次以公布数为准，公布数缺时按同一办法推算。"
    compared = len(report.detail("rank_history")) or len(report.detail("bands"))
    missing = "与上一期相比，类别、位次、目标和以往数据均无变化。" if compared else "数据中没有上一期，不作两期比较。"
    codes = [*report.detail("changes").get("code", [])]
    return Caption("与上一期相比的变化", note=note + foot(report, codes), missing=missing)


def change(report: "Report", row) -> dict[str, str]:
    """A row of the table of changes in words: indicator, kind, before, now."""
    before, now = row.before, row.now
    kind = KINDS[row.kind]
    if row.kind == "band":
        before, now = BANDS[before], BANDS[now]
    elif row.kind == "rank":
        before, now = f"第{before}位", f"第{now}位"
    else:
        before, now = f"{before}{row.unit}", f"{now}{row.unit}"
    if row.kind == "revision":
        kind = f"{kind}（{Period.parse(row.period).name_zh}）"
    return {"name": report.label(row.code), "kind": kind, "before": before, "now": now}


def next_steps(report: "Report") -> str:
    """What the figures ask for: the indicators furthest behind their target, with what the rest of the year needs."""
    codes = [code for code in core_codes(report) if not report.reason(code, "completion") and _behind(report, code)]
    over = report.period.last == 12
    lines = []
    for code in sorted(codes, key=lambda code: report.value(code, "completion"))[:3]:
        rate = "" if over or report.reason(code, "required_rate") else report.text(code, "required_rate")
        need = f"其余各月平均每月须完成{rate}" if rate else ""
        said = sentence(completed(report, code), "" if over else ahead(report, code, *_pace(report, code)), need)
        lines.append(f"**{report.label(code)}**：{said}")
    if not lines:
        return NO_STEPS if any(not report.reason(code, "completion") for code in core_codes(report)) else NO_TARGETS
    head = "全年差距最大的指标如下，建议列为下年度首批调度事项：" if over else "进度差距最大的指标如下，建议优先调度："
    return f"{head}\n\n{bullets(lines)}"


def _behind(report: "Report", code: str) -> bool:
    if report.period.last == 12:
        return float(number(report.value(code, "completion"), 1)) < 100
    pace, _ = _pace(report, code)
    return not report.reason(code, pace) and float(number(report.value(code, pace), 1)) < 0


def _pace(report: "Report", code: str) -> tuple[str, str]:
    """The schedule to hold an indicator against: its own of past years where there is one, else the linear one."""
    if not report.reason(code, "gap_seasonal"):
        return "gap_seasonal", "历年同期平均进度"
    return "gap_linear", "序时进度"


def _at(report: "Report", codes: list[str]) -> str:
    return listed(f"{report.label(code)}（{report.place_of(code)}）" for code in codes)


def _said_of(report: "Report", code: str) -> str:
    return "，".join(filter(None, [report.text(code) if report.has(code) else "", grown(report, code)]))


def _said(report: "Report", code: str) -> str:
    said = _said_of(report, code)
    return report.label(code) + said if said else ""
