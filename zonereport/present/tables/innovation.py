"""Tables of innovation: the indicators, densities of patents, firms and parks."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.kit.firms import count, leading, money, park, percent, several_parks
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.tables import scope, styled
from zonereport.present.report import Report
from zonereport.present.words.innovation import DENSITIES, PATENTS
from zonereport.present.words.innovation_firms import LISTED, top

HEADS = {
    **{
        "name": "指标",
        "text": "本期",
        "last_year": "上年同期",
        "change_on_year": "比上年增减",
        "completion": "完成目标",
    },
    **{"rank": "位次", "note": "口径与说明", "enterprise": "企业", "park": "园区"},
    **{"rd": "研发投入", "share": "占比", "change": "比上年增减", "intensity": "研发强度", "held": "有效专利"},
    **{"platforms": "新设平台", "talents": "引进人才", "pledged": "质押融资"},
    **{"patents_per_output": "每亿元产值", "patents_per_sales": "每亿元开票"},
    **{"patents_per_1000_employees": "每千名职工", "patents_per_rd_1": "每亿元上年研发"},
}
WORDS = ("name", "note", "enterprise", "park")
RIGHT = tuple(head for head in HEADS if head not in WORDS)
COMPARED = ("last_year", "change_on_year", "completion", "rank")


def innovation(report: Report, codes: list[str]) -> Styler | None:
    """The published figures with last year's, the change, target and rank as far as any has one; else their scope."""
    rows = [
        {
            **{"name": report.label(code), "text": report.text(code)},
            **{name: report.text(code, name) for name in COMPARED},
            "note": scope(report, code),
        }
        for code in codes
    ]
    frame = pd.DataFrame(rows, columns=["name", "text", *COMPARED, "note"])
    known = [name for name in COMPARED if (frame[name] != NO_VALUE).any()]
    return styled(frame[["name", "text", *(known or ["note"])]], "innovation", heads=HEADS, right=RIGHT)


def density(report: Report) -> Styler | None:
    """Patents per output, sales, employees and R&D; the interval of a small count in brackets.

    None where only the net increase is known: a difference is no density.
    """
    if not any(map(report.has, PATENTS[:2])):
        return None
    known = [code for code in PATENTS if any(not report.reason(code, name) for name in DENSITIES)]
    frame = pd.DataFrame([{"name": report.label(c), **{n: _rate(report, c, n) for n in DENSITIES}} for c in known])
    if frame.empty:
        return None
    silent = [name for name in DENSITIES if (frame[name] == NO_VALUE).all()]
    return styled(frame.drop(columns=silent), "density", heads=HEADS, right=RIGHT)


def _rate(report: Report, code: str, measure: str) -> str:
    """A density without its unit: 件 is in every cell."""
    if report.reason(code, measure):
        return NO_VALUE
    text, low, high = (report.text(code, f"{measure}{end}").partition("件")[0] for end in ("", "_low", "_high"))
    return f"{text}件" if report.reason(code, f"{measure}_low") else f"{text}件（{low}—{high}）"


def research(report: Report) -> Styler | None:
    """The firms with most R&D: how much, of all, how hard, against last year, and the patents they hold."""
    rows = [
        {
            **{"enterprise": row["name"], "park": park(report, row["park"]), "rd": money(report, row["rd_10k_yuan"])},
            **{"share": percent(row["rd_share_pct"]), "intensity": percent(row["intensity_pct"], 2)},
            "change": money(report, row["change_10k_yuan"]),
            "held": count(row["patents_in_force"], "件"),
        }
        for row in leading(top(report, "rd"), LISTED).to_dict("records")
    ]
    frame = pd.DataFrame(rows)
    if frame.empty:
        return None
    silent = [] if several_parks(report) else ["park"]
    return styled(frame.drop(columns=silent), "research", heads=HEADS, right=RIGHT)


def innovation_parks(report: Report) -> Styler | None:
    """The parks side by side; None in the report of one of them, or where nothing is known of any."""
    rows = report.detail("innovation_parks")
    if len(rows) < 2:
        return None
    frame = pd.DataFrame(
        [
            {
                **{"park": park(report, row["park"]), "rd": money(report, row["rd_10k_yuan"])},
                **{"intensity": percent(row["intensity_pct"], 2), "held": count(row["patents_in_force"], "件")},
                **{"platforms": count(row["platforms_new"]), "talents": count(row["talents_recruited"], "人")},
                "pledged": money(report, row["pledge_10k_yuan"]),
            }
            for row in rows.to_dict("records")
        ]
    )
    tables = {"platforms": "platforms", "talents": "talents", "pledged": "ip_pledges"}
    silent = [name for name, table in tables.items() if report.table(table).empty]
    silent += [name for name in frame if (frame[name] == NO_VALUE).all()]
    kept = frame.drop(columns=list(dict.fromkeys(silent)))
    return styled(kept, "parks", heads=HEADS, right=RIGHT) if len(kept.columns) > 1 else None
