"""Words of titles: who holds them where, and which end soon."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.firms import HELD, at, count, foot, left_out, park, several_parks
from zonereport.present.kit.industries import industry
from zonereport.present.kit.phrases import listed, month, sentence
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

# how many months a title that is evaluated anew each year holds at most
YEARLY = 12
KINDS = {"park": "园区", "industry": "行业"}
# how many parks and how many industries have a line in the table, and what the line of all is called
LINES, WHOLE = 5, "全部"
CHOSEN = "hightech_recognised"


def short(report: "Report", code: str) -> str:
    """The shortest of the names that the dictionary has for a title, for the labels of a chart."""
    names = filter(None, [*report.label(code, "aliases").split("|"), report.label(code)])
    # 认定 is what happens in a year: not a name for those who hold the title
    return min(names, key=lambda name: ("认定" in name, len(name)))


def has_titles(report: "Report") -> bool:
    """Whether there is a list of titles with dates to go by."""
    return len(report.detail("enterprise_recognitions")) > 0


def honoured(report: "Report") -> pd.DataFrame:
    """Titles in force by park and by industry: label, whole (the line of all), block, then a count a title.

    A count is missing where nobody there holds the title; of all it may be a bound and stands in no column.
    """
    rows = report.detail("enterprise_titles")
    rows = rows[rows["code"].isin(report.codes("S6"))] if len(rows) else rows
    if rows.empty:
        return pd.DataFrame()
    blocks = [by for by in KINDS if by != "park" or several_parks(report)]
    made = []
    for by in blocks:
        mine = rows[rows["by"] == by]
        wide = mine.pivot(index="key", columns="code", values="in_force").reindex(mine["key"].unique()[:LINES])
        made.append(wide.assign(label=[_who(report, by, key) for key in wide.index], block=by))
    order = [code for code in report.codes("S6") if (rows["code"] == code).any()]
    return pd.concat(made, ignore_index=True).reindex(columns=["label", "block", *order])


def _who(report: "Report", by: str, key: str) -> str:
    return park(report, key) if by == "park" else industry(key)


def titles_note(report: "Report") -> str:
    """Where most titles of high-tech enterprises are, or of the first kind in the list."""
    rows = report.detail("enterprise_titles")
    if rows.empty:
        return ""
    codes = rows["code"].unique()
    chosen = CHOSEN if CHOSEN in codes else codes[0]
    parts = [f"有效{short(report, chosen)}{report.text(chosen, 'in_force')}"]
    for by in KINDS if several_parks(report) else ("industry",):
        part = rows[(rows["code"] == chosen) & (rows["by"] == by)]
        best = part[part["in_force"] == part["in_force"].max()]
        # where all have the same there is no most
        if 0 < len(best) < max(len(part), 2):
            each = "各" if len(best) > 1 else ""
            who = listed(_who(report, by, key) for key in best["key"])
            parts.append(f"{KINDS[by]}中{who}{each}{count(best['in_force'].iloc[0])}最多")
    return sentence(*parts)


def titles_table(report: "Report") -> Caption:
    """What is said of the table of titles by park and industry."""
    rows = report.detail("enterprise_titles")
    if rows.empty:
        why = "称号名单没有企业的园区和行业，不作分园区、分行业分布。" if has_titles(report) else "未取得企业称号名单。"
        return Caption("有效称号的园区与行业分布", missing=why)
    note = foot(report, *rows["code"].unique(), made_of=HELD) + "一户可有几项称号，不相加；底色为最多者。"
    rest = rows.loc[rows["by"] == "industry", "key"].nunique() - LINES
    note += f"余{rest}个行业从略。" if rest > 0 else ""
    return Caption("有效称号的园区与行业分布", note=note)


def due(report: "Report") -> pd.DataFrame:
    """Titles that end within twelve months and are not evaluated each year anyway."""
    rows = report.detail("enterprise_renewals", status="due")
    return rows if rows.empty else rows[~(rows["validity_months"] <= YEARLY)].reset_index(drop=True)


def renewals_in_short(report: "Report") -> str:
    """How many titles end within twelve months, by kind, in one sentence."""
    rows = due(report)
    if rows.empty:
        return ""
    kinds = rows["code"].value_counts(sort=False)
    said = listed(f"{short(report, code)}{count(n)}" for code, n in kinds.items())
    first = rows.sort_values("valid_until", kind="stable").iloc[0]
    return sentence(
        f"12个月内到期须重新认定的有{said}",
        f"最早的{at(report, first['name'], first['park'])}{month(first['valid_until'])}到期",
    )


def renewals_note(report: "Report") -> str:
    """What is said over the list of renewals: titles evaluated each year, and those that lapsed."""
    rows = report.detail("enterprise_renewals")
    if rows.empty:
        return ""
    yearly = rows[(rows["status"] == "due") & (rows["validity_months"] <= YEARLY)]["code"].value_counts(sort=False)
    lapsed = rows[rows["status"] == "lapsed"]["code"].value_counts(sort=False)
    said = [f"{short(report, code)}{count(n)}逐年评价，不在下表" for code, n in yearly.items()]
    said += [f"{short(report, code)}{count(n)}上年有效、期末已失效" for code, n in lapsed.items()]
    return "；".join(said) + "。" if said else ""


def renewals(report: "Report") -> Caption:
    """What is said of the table of renewals."""
    rows = due(report)
    codes = report.detail("enterprise_recognitions")
    note = (
        foot(report, *(codes["code"].unique() if len(codes) else ()), made_of=HELD)
        + "剩余月数自期末起算。"
        + left_out(rows)
    )
    why = "称号名单中没有12个月内到期的称号。" if has_titles(report) else None
    if has_titles(report) and report.table("recognitions")["valid_until"].fillna("").eq("").all():
        why = "称号名单没有载明有效期，到期情况无从判断。"
    return Caption("12个月内到期的称号", note=note, missing=why)
