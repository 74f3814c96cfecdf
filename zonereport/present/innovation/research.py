"""Research and development: over which denominator, how the ratio changed, and the firms that spend most."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.innovation.codes import SPEND
from zonereport.present.kit.changes import direction
from zonereport.present.kit.firms import (
    at,
    count,
    foot,
    has_ledger,
    leading,
    money,
    park,
    percent,
    several_parks,
)
from zonereport.present.kit.ledgers import figure
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

# how many firms the table names: those of most of the spending, in the room of half a page
LISTED = 6
# the only ratio whose change metrics takes apart
PER_SALES, PER_GDP = "rd_per_sales", "rd_per_gdp"
COLUMNS = ["code", "denominator", "label", "value", "base", "text", "short", "estimate", "year"]
HEADS = {
    "enterprise": "企业",
    "park": "园区",
    "rd": "研发投入",
    "share": "占比",
    "intensity": "研发强度",
    "change": "比上年增减",
    "held": "有效专利",
}


def intensities(report: Report) -> pd.DataFrame:
    """Return R&D over each denominator in the latest full year, with the year before as ``base``, both in %.

    Columns: code, denominator (its name), label, value, base, text (with last year's), short, estimate, year.
    """
    rows = []
    for code, of_code in report.detail("innovation_intensity").groupby("code", sort=False):
        # R&D is counted once a year: a month has but the latest full year
        now = of_code.iloc[-1]
        before = of_code[of_code["year"] == now["year"] - 1]
        name, text = report.label(now["denominator"]), _rate(now)
        row = {
            "code": code,
            "denominator": name,
            "label": f"占{name}",
            "value": now["intensity_pct"],
            "base": float("nan"),
            "text": text,
            # where the sentence says 预计 once for all
            "short": text.removeprefix("预计"),
            "estimate": now["qualifier"] == "estimate",
            "year": int(now["year"]),
        }
        if len(before):
            row["base"] = float(before["intensity_pct"].iloc[0])
            row["text"] = f"{text}（上年{_rate(before.iloc[0])}）"
        rows.append(row)
    return pd.DataFrame(rows, columns=COLUMNS)


def _rate(row: pd.Series) -> str:
    return quantity(row["intensity_pct"], "%", 2, qualifier=row["qualifier"], fixed=True)


@exhibit
def intensity(report: Report) -> Exhibit:
    """Show R&D spend against its denominators, each named, with the year before."""
    caption, rows = "研发投入强度", intensities(report)
    if rows.empty:
        remedy = "同一整年的研发投入、工业开票销售和规模以上工业产值"
        return Exhibit(caption, gaps=(Gap(caption, "没有同一年的研发投入与分母", remedy, _publisher(report)),))
    claim = _intensity_claim(report, rows)

    def draw() -> Axes:
        return charts.beside(rows, title=claim, unit="%")

    alt = "横条图，单位%。" + sentence(*(rows["label"] + rows["text"]))
    return Exhibit(caption, claim, rows, draw, alt, _intensity_note(report, rows))


def _publisher(report: Report) -> str:
    return report.label(SPEND, "publisher")


def _intensity_claim(report: Report, rows: pd.DataFrame) -> str:
    shares = "、".join(rows["denominator"] + rows["short"])
    year = rows["year"].iloc[0]
    # a month repeats the latest full year and says which
    when = "" if year == report.period.year else f"{year}年"
    if rows["estimate"].any():
        return f"{when}研发投入占{shares}（预计）"
    return f"{when}研发投入占{shares}"


def _intensity_note(report: Report, rows: pd.DataFrame) -> str:
    """The sources, the marks of the chart, and with what the ratio must not be compared."""
    note = foot(report, *rows["code"], made_of=("annual",))
    if rows["base"].notna().any():
        note += "菱形为上年。"
    if rows["estimate"].any():
        note += "斜纹为预计数，以次年统计核定为准，届时比值随之修订。"
    # readers know the ratio over GDP and would take this one for it
    if PER_GDP not in set(rows["code"]):
        note += (
            f"通行的研发投入强度以地区生产总值或企业营业收入为分母，这里的分母是{listed(rows['denominator'])}，"
            "不能与国家、省、市公布的研发投入强度直接比较。"
        )
    return note


@exhibit
def spend(report: Report) -> Exhibit:
    """Say what moved the ratio of R&D over sales, how many firms do research and how hard."""
    return Exhibit("研发投入的变动与企业", draw=_change(report) + _active_firms(report))


def _change(report: Report) -> str:
    """The change of the ratio over sales, with what numerator and denominator did to it; empty where not known."""
    # two of three do not add up to an explanation
    measures = ("annual_change", "numerator_effect", "denominator_effect")
    if any(report.reason(PER_SALES, measure) for measure in measures):
        return ""
    change = report.value(PER_SALES, "annual_change")
    word = direction(change, "提高", "降低", "持平", decimals=2)
    # 持平 says how much by itself
    points = "" if word == "持平" else _points(change)
    spent = _effect(report.value(PER_SALES, "numerator_effect"))
    sold = _effect(report.value(PER_SALES, "denominator_effect"))
    name = report.label(PER_SALES)
    return f"{name}比上年{word}{points}，按算术分解，研发投入变动{spent}、开票销售变动{sold}。"


def _points(value: float) -> str:
    return f"{number(abs(value), 2, fixed=True)}个百分点"


def _effect(value: float) -> str:
    return direction(value, "拉高", "拉低", "影响为", decimals=2) + _points(value)


def _active_firms(report: Report) -> str:
    """How many firms do research, and how hard: the ratio of sums and the typical firm."""
    if report.reason("rd_firms"):
        return ""
    firms, share = figure(report, "rd_firms"), figure(report, "rd_firms", "rd_firms_share")
    new, stopped = figure(report, "rd_firms", "rd_firms_new"), report.text("rd_firms", "rd_firms_stopped")
    if share and new:
        text = f"企业台账中有研发活动的企业{firms}，占{share}，比上年新增{new}、停止{stopped}。"
    elif share:
        text = f"企业台账中有研发活动的企业{firms}，占{share}。"
    elif new:
        text = f"企业台账中有研发活动的企业{firms}，比上年新增{new}、停止{stopped}。"
    else:
        text = f"企业台账中有研发活动的企业{firms}。"
    return text + _typical_firm(report)


def _typical_firm(report: Report) -> str:
    code = "rd_firms_intensity"
    if report.reason(code, "ratio_of_sums"):
        return ""
    ratio = report.text(code, "ratio_of_sums")
    if report.reason(code, "median_of_firms"):
        return f"这些企业的研发投入合计占其开票销售的{ratio}。"
    # the sum is that of the largest: the median says how hard the typical firm tries
    median = report.text(code, "median_of_firms")
    return f"这些企业的研发投入合计占其开票销售的{ratio}，企业中位数为{median}。"


def top_firms(report: Report) -> pd.DataFrame:
    """Return the firms with most R&D, the largest first."""
    return report.detail("innovation_firms", list="rd")


@exhibit
def research_firms(report: Report) -> Exhibit:
    """Show the firms with most R&D: how much, of all, how hard, against last year, and the patents they hold."""
    firms = top_firms(report)
    if firms.empty:
        return Exhibit("研发投入较大的企业", gaps=_no_firms(report))
    firms = leading(firms, LISTED)
    caption = f"{firms['year'].iloc[0]:.0f}年研发投入前{len(firms)}户"
    rows = []
    for firm in firms.itertuples():
        rows.append(
            {
                "enterprise": firm.name,
                "park": park(report, firm.park),
                "rd": money(report, firm.rd_10k_yuan),
                "share": percent(firm.rd_share_pct),
                "intensity": percent(firm.intensity_pct, 2),
                "change": money(report, firm.change_10k_yuan),
                "held": count(firm.patents_in_force, "件"),
            }
        )
    frame = without_empty(pd.DataFrame(rows))
    # the park that the report is about is not said in every row
    if not several_parks(report):
        frame = frame.drop(columns="park", errors="ignore")
    note = foot(report, "rd_firms", made_of=("value",))
    note += "强度为研发投入占本企业开票销售；占比以台账企业研发投入为分母。"
    right = ("rd", "share", "intensity", "change", "held")
    return Exhibit(
        caption, concentration(report), firms, styled(frame, "research", heads=HEADS, right=right), note=note
    )


def concentration(report: Report) -> str:
    """Return who spends most on R&D, and what share of all that is, as one sentence; empty where not known."""
    firms = top_firms(report)
    if firms.empty or pd.isna(firms["rd_share_pct"].iloc[0]):
        return ""
    first = firms.iloc[0]
    who, share = at(report, first["name"], first["park"]), percent(first["rd_share_pct"])
    # a month says of which full year its figure is
    if first["year"] == report.period.year:
        return f"研发投入最大一户{who}占台账企业的{share}。"
    return f"{first['year']:.0f}年研发投入最大一户{who}占台账企业的{share}。"


def _no_firms(report: Report) -> tuple[Gap, ...]:
    reason = "企业逐月数据没有完整年度的研发投入" if has_ledger(report) else "未取得"
    return (Gap("企业研发投入", reason, "各企业全年研发投入", _publisher(report)),)
