"""Titles of enterprises: who holds them where, which end soon, and who received one this year."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.firms import (
    HELD,
    MOST,
    count,
    firms_table,
    foot,
    leading,
    left_out,
    park,
    several_parks,
)
from zonereport.present.kit.gaps import LISTS, list_gap
from zonereport.present.kit.industries import industry
from zonereport.present.kit.phrases import day, listed, sentence
from zonereport.present.kit.sources import foot as published_foot
from zonereport.present.kit.tables import located, styled
from zonereport.present.kit.titles import due, honoured, short
from zonereport.present.report import Report
from zonereport.present.theme import PALE

GROUP = "S6"
KINDS = {"park": "园区", "industry": "行业"}
# how many parks and how many industries have a line in the table, and what the line of all is called
LINES, WHOLE = 5, "全部"
# the title whose place is said first
CHOSEN = "hightech_recognised"
HEADS = {
    "enterprise": "企业",
    "park": "园区",
    "title": "称号",
    "won": "认定时间",
    "until": "有效期至",
    "left": "剩余",
    "rules": "规则版本",
}


@exhibit
def titles(report: Report) -> Exhibit:
    """Show the titles in force by park and by industry, the most of each block shaded."""
    caption = "有效称号的园区与行业分布"
    rows = report.detail("enterprise_titles")
    blocks = _blocks(report, rows)
    if blocks.empty:
        return Exhibit(caption, gaps=list_gap(report, "recognitions") or _no_places())
    note = foot(report, *rows["code"].unique(), made_of=HELD)
    claim = _titles_claim(report, rows)
    rest = rows.loc[rows["by"] == "industry", "key"].nunique() - LINES
    note += f"{claim}一户可有几项称号，不相加；底色为最多者。"
    if rest > 0:
        note += f"余{rest}个行业从略。"
    return Exhibit(caption, claim.rstrip("。"), data=blocks, draw=_titles_table(report, blocks), note=note)


def _no_places() -> tuple[Gap, ...]:
    return (Gap("企业的园区和行业", "称号名单中的企业未载明园区和行业", "企业的园区和行业", LISTS["enterprises"][2]),)


def _blocks(report: Report, rows: pd.DataFrame) -> pd.DataFrame:
    """A line for each park and each industry: label, block, then a count for each title, missing where nobody has it.

    Of all of them it may be a bound and stands in no column.
    """
    codes = report.codes(GROUP)
    rows = rows[rows["code"].isin(codes)]
    if rows.empty:
        return pd.DataFrame()
    blocks = []
    for kind in KINDS:
        # the report of one park has no other to compare it with
        if kind == "park" and not several_parks(report):
            continue
        mine = rows[rows["by"] == kind]
        wide = mine.pivot(index="key", columns="code", values="in_force").reindex(mine["key"].unique()[:LINES])
        labels = wide.index.map(lambda key, kind=kind: _who(report, kind, key))
        blocks.append(wide.assign(label=labels, block=kind))
    # the columns in the order of the dictionary, the titles that nobody holds left out
    order = [code for code in codes if (rows["code"] == code).any()]
    return pd.concat(blocks, ignore_index=True).reindex(columns=["label", "block", *order])


def _who(report: Report, kind: str, key: str) -> str:
    return park(report, key) if kind == "park" else industry(key)


def _titles_claim(report: Report, rows: pd.DataFrame) -> str:
    """Where most high-tech enterprises are, or of the first title in the list; no place where all have the same."""
    codes = rows["code"].unique()
    chosen = CHOSEN if CHOSEN in codes else codes[0]
    clauses = [f"有效{short(report, chosen)}{report.text(chosen, 'in_force')}"]
    for kind, name in KINDS.items():
        if kind == "park" and not several_parks(report):
            continue
        part = rows[(rows["code"] == chosen) & (rows["by"] == kind)]
        best = part[part["in_force"] == part["in_force"].max()]
        # where all have the same there is no most
        if len(best) == 0 or len(best) >= max(len(part), 2):
            continue
        who = listed(_who(report, kind, key) for key in best["key"])
        most = count(best["in_force"].iloc[0])
        if len(best) == 1:
            clauses.append(f"{name}中{who}{most}最多")
        else:
            clauses.append(f"{name}中{who}各{most}最多")
    return sentence(*clauses)


def _titles_table(report: Report, blocks: pd.DataFrame) -> Styler:
    """The table with a first line of all; the shades are of the most in each block."""
    codes = list(blocks.columns[2:])
    # the first line is of the measures: a sum of parks would lose the bound that 以上 says
    whole = pd.DataFrame([{"label": WHOLE}])
    body = blocks[["label"]].copy()
    for code in codes:
        whole[code] = report.text(code, "in_force").replace("家", "")
        body[code] = blocks[code].map(lambda value: count(value, "") if pd.notna(value) else "")
    heads = {"label": "范围"}
    heads.update({code: short(report, code) for code in codes})
    styler = styled(pd.concat([whole, body]), "titles", heads=heads, right=codes)
    most = blocks.groupby("block")[codes].transform("max") == blocks[codes]
    shades = most.replace({True: f"background-color: {PALE}", False: ""}).astype("str")
    first = pd.DataFrame("", index=[0], columns=codes)
    shades = pd.concat([first, shades], ignore_index=True).rename(columns=heads)
    return styler.apply(lambda _: shades, axis=None, subset=list(shades))


@exhibit
def renewals(report: Report) -> Exhibit:
    """Show the titles that end within twelve months, those evaluated each year only counted."""
    caption = "12个月内到期的称号"
    every = due(report)
    others = _not_listed(report)
    if "enterprise_renewals" in report.zone.withheld:
        return Exhibit(caption)
    if every.empty:
        missing = _no_dates(report)
        if missing:
            return Exhibit(caption, gaps=missing)
        return Exhibit(draw=f"{others}12个月内没有须重新认定的称号到期。")
    rows = leading(every)
    frame = pd.DataFrame(
        {
            "enterprise": rows["name"],
            "park": rows["park"].map(lambda name: park(report, name)),
            "title": rows["code"].map(lambda code: short(report, code)),
            "won": rows["period"].map(day),
            "until": rows["valid_until"].str[:7].map(day),
            "left": rows["months_left"].map(lambda months: count(months, "个月")),
            "rules": rows["rule_version"],
        }
    )
    # the sources are those of the whole list, whoever of it is due
    codes = report.detail("enterprise_recognitions")["code"].unique()
    return Exhibit(
        caption,
        f"12个月内到期须重新认定的称号{len(every)}项",
        data=every,
        draw=firms_table(report, frame, "renewals", heads=HEADS, right=("left",)),
        note=foot(report, *codes, made_of=HELD) + "剩余月数自期末起算。" + left_out(every) + others,
    )


def _no_dates(report: Report) -> tuple[Gap, ...]:
    """The gap of a list of titles that is missing or that has no day on which any ends."""
    missing = list_gap(report, "recognitions")
    if missing or report.table("recognitions")["valid_until"].fillna("").ne("").any():
        return missing
    return (Gap("企业称号的有效期", "称号名单没有载明有效期", "各项称号的有效期", LISTS["recognitions"][2]),)


def _not_listed(report: Report) -> str:
    """The titles that the table leaves out: those evaluated each year, and those that lapsed."""
    rows = report.detail("enterprise_renewals")
    yearly = rows[(rows["status"] == "due") & rows["is_yearly"]]["code"].value_counts(sort=False)
    lapsed = rows[rows["status"] == "lapsed"]["code"].value_counts(sort=False)
    parts = [f"{short(report, code)}{count(n)}逐年评价，不计在内" for code, n in yearly.items()]
    parts += [f"{short(report, code)}{count(n)}上年有效、期末已失效" for code, n in lapsed.items()]
    return "；".join(parts) + "。" if parts else ""


@exhibit
def honours(report: Report) -> Exhibit:
    """Show the enterprises that received a title this year, where they are few and not named elsewhere."""
    caption = "本年获认定的企业"
    every = report.events("recognitions")
    rows = honoured(report, "recognitions", groups=(GROUP,))
    if rows.empty or len(every) > MOST:
        # a long list stays in the ledger
        return Exhibit(caption)
    # the source's note on a figure may name its enterprise already, and the chart prints that note
    beside = [row.name in report.note(row.code) for row in rows.itertuples()]
    rows = rows[~pd.Series(beside, index=rows.index)]
    note = published_foot(report, report.codes(GROUP)) + "来源未点名的企业不列。"
    return Exhibit(caption, data=rows, draw=_honours_table(report, rows), note=note)


def _honours_table(report: Report, rows: pd.DataFrame) -> Styler | None:
    """The enterprises with their titles, and where the source prints them."""
    if rows.empty:
        return None
    places = zip(rows["source"], rows["locator"], strict=True)
    frame = pd.DataFrame(
        {
            "enterprise": rows["name"],
            "honours": rows["code"].map(report.label),
            "level": rows["level"].map(lambda level: report.word("recognitions", "level", level)),
            "origin": [located(report, source, place) for source, place in places],
        }
    )
    return styled(frame, "-".join(rows["code"].unique()))
