"""Tables of enterprises by name: near a threshold, on pace, falling, the largest, titles that end."""

import pandas as pd
from pandas.io.formats.style import Styler

from zonereport.inputs import Period
from zonereport.present.kit.firms import (
    CLASSES,
    MOST,
    count,
    leading,
    money,
    park,
    percent,
    several_parks,
    signed,
    span,
)
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import month
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report
from zonereport.present.theme import PALE
from zonereport.present.words.enterprises.growth import LARGEST, SALES
from zonereport.present.words.enterprises.standing import AT_RISK
from zonereport.present.words.enterprises.titles import WHOLE, due, honoured, short

# how many years the table of concentration has
YEARS = 2
HEADS = {
    **{"kind": "标准", "enterprise": "企业", "park": "园区", "revenue": "近12个月开票", "ratio": "达标程度"},
    **{"gap": "差额", "growth": "同比", "ytd": "累计开票", "projected": "推算全年", "range": "推算区间"},
    **{"state": "状态", "place": "位次", "before": "上年位次", "amount": "开票销售", "share": "占比", "pull": "拉动"},
    **{"title": "称号", "won": "认定时间", "until": "有效期至", "left": "剩余", "rules": "规则版本"},
    **{"period": "期间", "top1": "最大一户", "top3": "前三户", "top10": "前十户", "hhi": "赫芬达尔指数"},
    **{"equal": "等规模户数", "rate": "增速", "without": "不含最大一户"},
}
RIGHT = (
    *("revenue", "ratio", "gap", "growth", "ytd", "projected", "range", "place", "before", "amount", "share", "pull"),
    *("left", "top1", "top3", "top10", "hhi", "equal", "rate", "without"),
)


def near_threshold(report: Report) -> Styler | None:
    """Enterprises near a threshold, the nearest of each class first."""
    rows = [
        {
            **{"kind": CLASSES.get(row["class"], row["class"]), **_who(report, row)},
            **{"revenue": money(report, row["revenue_12m_10k_yuan"]), "ratio": percent(row["ratio_pct"])},
            **{"gap": money(report, row["gap_10k_yuan"]), "growth": percent(row["growth_pct"])},
        }
        for row in _rows(report, "enterprise_near_threshold")
    ]
    return _table(report, rows, "near")


def on_pace(report: Report) -> Styler | None:
    """Enterprises below a threshold that reach it if the year goes on as years do."""
    rows = [
        {
            **{"kind": CLASSES.get(row["class"], row["class"]), **_who(report, row)},
            **{"ytd": money(report, row["ytd_10k_yuan"]), "projected": money(report, row["projected_10k_yuan"])},
            "range": span(report, row["projected_low_10k_yuan"], row["projected_high_10k_yuan"]),
            "ratio": percent(row["ratio_pct"]),
        }
        for row in _rows(report, "enterprise_on_pace")
    ]
    return _table(report, rows, "pace")


def fallers(report: Report) -> Styler | None:
    """Enterprises on the register with little room above the threshold, the lowest first."""
    rows = [
        {
            **_who(report, row),
            **{"revenue": money(report, row["revenue_12m_10k_yuan"]), "ratio": percent(row["ratio_pct"])},
            **{"growth": percent(row["growth_pct"]), "state": "低于标准" if row["ratio_pct"] < 100 else "接近标准"},
        }
        for row in _rows(report, "enterprise_fallers", AT_RISK)
    ]
    return _table(report, rows, "fallers")


def largest(report: Report) -> Styler | None:
    """The largest enterprises by sales, with what each did to the growth of all."""
    rows = [
        {
            **{"place": count(row["place"], ""), "before": count(row["base_place"], ""), **_who(report, row)},
            **{"amount": money(report, row["amount_10k_yuan"]), "share": percent(row["share_pct"])},
            **{"growth": percent(row["growth_pct"]), "pull": _points(row["contribution_pp"])},
        }
        for row in leading(report.detail("enterprise_top", code=SALES), LARGEST).to_dict("records")
    ]
    return _table(report, rows, "largest")


def concentration(report: Report) -> Styler | None:
    """How much of the sales depends on few, year by year."""
    rows = [
        {
            **{"period": Period.parse(row["period"]).name_zh, "top1": percent(row["top1_share_pct"])},
            **{"top3": percent(row["top3_share_pct"]), "top10": percent(row["top10_share_pct"])},
            **{"hhi": _index(row), "rate": percent(row["growth_pct"])},
            "without": percent(row["growth_without_top1_pct"]),
        }
        for row in report.detail("enterprise_concentration", code=SALES).tail(YEARS).to_dict("records")
    ]
    return _table(report, rows, "concentration")


def titles(report: Report) -> Styler | None:
    """Titles in force by park and by industry, the most of each block shaded; the first line is of all."""
    rows = honoured(report)
    if rows.empty:
        return None
    codes = list(rows.columns[2:])
    whole = {code: report.text(code, "in_force").replace("家", "") for code in codes}
    body = {code: [count(value, "") if value == value else "" for value in rows[code]] for code in codes}
    frame = pd.concat([pd.DataFrame([{"label": WHOLE, **whole}]), pd.DataFrame({"label": rows["label"], **body})])
    most = rows.groupby("block")[codes].transform("max") == rows[codes]
    shades = most.map(lambda is_most: f"background-color: {PALE}" if is_most else "")
    heads = {"label": "范围", **{code: short(report, code) for code in codes}}
    styler = styled(frame, "titles", heads=heads, right=codes)
    shades = pd.concat([pd.DataFrame([dict.fromkeys(codes, "")]), shades], ignore_index=True).rename(columns=heads)
    return styler.apply(lambda _: shades, axis=None, subset=[heads[code] for code in codes])


def renewals(report: Report) -> Styler | None:
    """Titles that end within twelve months, those evaluated each year left out."""
    rows = [
        {
            **{**_who(report, row), "title": short(report, row["code"]), "won": month(row["period"])},
            **{"until": month(row["valid_until"][:7]), "left": count(row["months_left"], "个月")},
            "rules": row["rule_version"] or NO_VALUE,
        }
        for row in leading(due(report)).to_dict("records")
    ]
    return _table(report, rows, "renewals")


def _rows(report: Report, name: str, most: int = MOST) -> list[dict]:
    return leading(report.detail(name), most).to_dict("records")


def _who(report: Report, row: dict) -> dict[str, str]:
    return {"enterprise": row["name"], "park": park(report, row["park"])}


def _table(report: Report, rows: list[dict], key: str) -> Styler | None:
    """A table of the rows; without the parks in the report of one of them, without columns that say nothing."""
    frame = pd.DataFrame(rows)
    if frame.empty:
        return None
    silent = [column for column in frame if (frame[column] == NO_VALUE).all()]
    if "park" in frame and not several_parks(report):
        silent.append("park")
    return styled(frame.drop(columns=list(dict.fromkeys(silent))), key, heads=HEADS, right=RIGHT)


def _points(value: float) -> str:
    return NO_VALUE if pd.isna(value) else f"{signed(value, 2)}个百分点"


def _index(row: dict) -> str:
    """The index of Herfindahl and Hirschman: a number, or what it lies between where not all are known."""
    if pd.isna(row["hhi_low"]):
        return NO_VALUE
    low, high = number(row["hhi_low"], 0), number(row["hhi_high"], 0)
    return low if low == high else f"{low}—{high}"
