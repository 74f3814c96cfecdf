"""Words of the chapter on governance: safety, environment, labour, visits."""

from typing import TYPE_CHECKING

from zonereport.present.kit.changes import direction, grown, on_year, size
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.prose import points
from zonereport.present.kit.sources import foot
from zonereport.present.words.governance_cases import case_name, cases, open_places
from zonereport.present.words.governance_safety import (
    ACCIDENTS,
    accidents_in_short,
    amount,
    known,
    month_name,
)
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    import pandas as pd

    from zonereport.present.report import Report

INSPECTION, LABOUR, VISITS = "inspection_cases_closed", "labour_disputes_mediated", "enterprise_visits"
WAGES, PAYMENTS, RECOVERED = "wages_recovered", "project_payments_recovered", "arrears_recovered"
# in the order of weight: life first, then the inspectors' letters, then pay
ORDER = (ACCIDENTS, INSPECTION, LABOUR, WAGES, PAYMENTS, VISITS)
AMOUNTS = (WAGES, PAYMENTS, RECOVERED)
# what piles up before the Spring Festival
PAY = (LABOUR, WAGES, PAYMENTS)
FEWEST_MONTHS = 3


def verdict(report: "Report") -> str:
    """The chapter in a few lines: safety, environment, labour, visits, and what cannot be judged."""
    lines = {
        "安全生产": sentence(*accidents_in_short(report)),
        "环保信访": sentence(*of_cases(report, INSPECTION)),
        "劳资欠薪": sentence(*of_cases(report, LABOUR)) + sentence(*recovered_in_short(report)),
        "企业走访": sentence(*counted(report, VISITS)),
        "判断边界": boundary(report),
    }
    return points(lines)


def counted(report: "Report", code: str) -> list[str]:
    """An indicator with its figure and its change on last year, as clauses; empty where there is no figure."""
    if not report.has(code):
        return []
    change = grown(report, code) if code in AMOUNTS else on_year(report, code)
    return [f"{report.label(code)}{report.text(code)}", change]


def of_cases(report: "Report", code: str) -> list[str]:
    """A count of cases with the change, the closing rate and what is open."""
    said = counted(report, code)
    if report.reason(code, "closing_rate"):
        return said
    rate = f"受理{report.text(code, 'reported')}，办结率{report.text(code, 'closing_rate')}"
    return [*said, rate + rate_change(report, code), still_open(report, code)]


def rate_change(report: "Report", code: str) -> str:
    """，比上年同期提高2.3个百分点; empty where there is nothing to compare with."""
    if report.reason(code, "closing_rate_change"):
        return ""
    value = report.value(code, "closing_rate_change")
    word = direction(value, "，比上年同期提高", "，比上年同期下降", "，与上年同期持平")
    return word if word.endswith("持平") else word + size(report, code, "closing_rate_change")


def still_open(report: "Report", code: str) -> str:
    """What is not settled yet, as a clause."""
    count = report.value(code, "open_cases")
    return f"尚有{report.text(code, 'open_cases')}未办结" if count > 0 else "已全部办结" if count == 0 else ""


def recovered_in_short(report: "Report") -> list[str]:
    """Wages and payments recovered: together where both are known, else what is known."""
    if not report.has(RECOVERED):
        return [*counted(report, WAGES), *counted(report, PAYMENTS)]
    parts = f"讨回欠薪{report.text(WAGES)}、工程款{report.text(PAYMENTS)}"
    return [parts, f"合计{report.text(RECOVERED)}", grown(report, RECOVERED)]


def boundary(report: "Report") -> str:
    """What no indicator of the chapter has and what therefore is not judged; empty where all can be."""
    codes = [code for code in ORDER if known(report, code)]
    if not codes:
        return ""
    lacking, unsaid = [], []
    if all(report.reason(code, "last_year") for code in codes):
        lacking, unsaid = ["上年同期数"], ["各项增减"]
    if all(report.reason(code, "closing_rate") for code in codes):
        lacking, unsaid = [*lacking, "受理与办结台账"], [*unsaid, "办结率"]
    return f"{listed(lacking)}未取得，本期不评{listed(unsaid)}。" if lacking else ""


def counts(report: "Report") -> Caption:
    """What is said of the table of counts."""
    note = foot(report, ORDER)
    if any(not report.reason(code, "closing_rate") for code in ORDER):
        note += "办结率为受理与办结台账的累计办结数除以累计受理数。"
    return Caption(f"{report.period.name_zh}综合治理主要数量", note=note)


def months_data(report: "Report") -> "pd.DataFrame":
    """The rows of the months chart: this year's months of every quantity; without rows below three months."""
    rows = report.detail("governance_months")
    rows = rows[rows["year"] == report.period.year] if len(rows) else rows
    rows = rows[rows["code"].isin(ORDER)] if len(rows) else rows
    if rows.empty or rows["month"].nunique() < FEWEST_MONTHS:
        return rows.iloc[:0]
    rows = rows.sort_values("code", key=lambda codes: codes.map(ORDER.index), kind="stable")
    highest = rows.groupby("code", sort=False)["value"].transform("max")
    texts = [amount(report, row.code, row.value, row.unit) for row in rows.itertuples()]
    made = rows.assign(
        panel=[f"{report.label(row.code)}（{row.unit}）" for row in rows.itertuples()],
        month=[month_name(row.first_month, row.month) for row in rows.itertuples()],
        full=texts,
        text=[amount(report, row.code, row.value, "") for row in rows.itertuples()],
        top=(rows["value"] == highest) & (highest > 0),
    )
    alone = made.groupby("code")["top"].transform("sum") == 1
    return made.assign(text=made["text"].where(made["top"], ""), alone=alone).reset_index(drop=True)


def years(report: "Report") -> tuple[str, str]:
    """The names of this year and the last in the months chart."""
    return f"{report.period.year}年", f"{report.period.year - 1}年同月"


def months(report: "Report") -> Caption:
    """What is said of the months chart: when labour disputes and recovered money peak."""
    data = months_data(report)
    compared = len(data) and data["last_year"].notna().any()
    name = "各月数量与上年同月对照" if compared else "各月数量"
    if data.empty:
        return Caption(name, missing="本年逐月数不足三个月，不作逐月对照图。")
    year = report.period.year
    panels = [
        f"{panel}{'、'.join(rows['month'] + '月' + rows['full'])}" for panel, rows in data.groupby("panel", sort=False)
    ]
    note = foot(report, ORDER) + "各月数由累计数相减得到。"
    if compared and data["last_year"].isna().any():
        note += "上年同月未单独公布的，不画浅色条。"
    return Caption(name, months_finding(report, data), f"逐月条图，{year}年。" + "；".join(panels) + "。", note)


def months_finding(report: "Report", data: "pd.DataFrame") -> str:
    """Which month is the heaviest of disputes and money recovered, or of whatever has one such month."""
    tops = data[data["top"] & data["alone"]]
    pay = tops[tops["code"].isin(PAY)]
    if len(pay) > 1 and pay["month"].nunique() == 1:
        figures = listed(f"{report.label(row.code)}{row.full}" for row in pay.itertuples())
        return f"{pay['month'].iloc[0]}月是劳资矛盾和讨回款项最集中的月份：{figures}"
    chosen = pay if len(pay) else tops
    if len(chosen):
        return "，".join(f"{report.label(row.code)}以{row.month}月最多，为{row.full}" for row in chosen.itertuples())
    last = data.drop_duplicates("code", keep="last")
    return "、".join(f"{row.month}月{report.label(row.code)}{row.full}" for row in last.itertuples())


def closing_data(report: "Report") -> "pd.DataFrame":
    """The rows of the chart of cases settled and open."""
    return cases(report, ORDER)


def closing(report: "Report") -> Caption:
    """What is said of the chart of cases settled and open."""
    data, name = closing_data(report), "受理案件的办结情况"
    if data.empty:
        return Caption(name, missing="受理与办结台账未取得，不计算办结率。")
    rates = "，".join(f"{row.name}办结率{row.rate}" for row in data.itertuples(index=False))
    whole = "；".join(
        f"{row.name}{row.count}，{row.part_text}、{row.rest_text}" for row in data.itertuples(index=False)
    )
    return Caption(name, rates, f"占比条图。{whole}。", foot(report, data["code"]))


def closing_note(report: "Report") -> str:
    """Where the open cases are, and what a closing rate does not say."""
    places = [f"{case_name(report, code)}{open_places(report, code)}" for code in ORDER if open_places(report, code)]
    where = f"未办结的，{'；'.join(places)}。" if places else ""
    if closing_data(report).empty:
        return ""
    return where + "期末刚受理的尚未到办结时限，也计入分母，办结率不等于按期办结率。"


def recovered(report: "Report") -> str:
    """The paragraph on wages and payments recovered: each, together, and the share."""
    clauses = ["，".join(filter(None, counted(report, code))) for code in (WAGES, PAYMENTS) if report.has(code)]
    if not clauses:
        return ""
    said = "；".join(clauses) + "。"
    if report.has(RECOVERED):
        share = "" if report.reason(WAGES, "share") else f"，其中欠薪占{report.text(WAGES, 'share')}"
        said += (
            sentence(f"两项合计{report.text(RECOVERED)}", grown(report, RECOVERED)).removesuffix("。") + share + "。"
        )
    return said + "讨回金额多，既可能是清欠力度大，也可能是欠款发生多，须与新发生的欠薪欠款一并判断。"
