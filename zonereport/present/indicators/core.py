"""How large the core indicators are, how fast they grow, what they are made of, and what was revised."""

import math

import pandas as pd
from matplotlib.axes import Axes

from zonereport.inputs import Period
from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.changes import direction, grown, size
from zonereport.present.kit.figures import figure_values, published_rows
from zonereport.present.kit.gaps import measure_gaps, whole_gaps
from zonereport.present.kit.labels import HEADS, NO_VALUE
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.phrases import listed, part_alt, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

GROUP = "S2"
# whole: part, rest and share of the part, each of which must be known
STRUCTURE = {
    "fixed_asset_investment": ("industrial_investment", "other_investment", "industrial_investment_share"),
    "business_taxes": ("vat_credit_refund", "business_taxes_without_refund", "refund_share"),
}
# what the table shows beside the figure; targets and ranks have tables of their own
SHOWN = ("growth", "growth_change", "month")
CORE_HEADS = HEADS | {"growth_change": "增速较上月", "month": "当月"}
# of fewer growths neither a highest nor a lowest is worth naming
FEWEST_GROWTHS = 3
# how many figures that did not come, and how many revisions, are named
MOST_OVERDUE, MOST_REVISED = 5, 3


def judged_codes(report: Report) -> list[str]:
    """Return the core indicators of which more or less is better."""
    return [code for code in report.codes(GROUP) if int(report.label(code, "direction")) != 0]


def growing_codes(report: Report) -> list[str]:
    """Return the core indicators with a growth that says how fast: not what grows by the refunds inside it."""
    codes = []
    for code in judged_codes(report):
        # a month of large refunds makes the taxes that include them grow by themselves
        if not report.reason(code, "growth") and report.qualifier(code) != "including":
            codes.append(code)
    return codes


def with_change(report: Report, code: str) -> str:
    """Return an indicator with its figure and its growth, either where there is only one; else an empty text."""
    # some figures are published as a growth alone
    figure = ""
    if report.has(code):
        figure = report.text(code)
    words = [word for word in (figure, grown(report, code)) if word]
    if not words:
        return ""
    return report.label(code) + "，".join(words)


def speed(report: Report) -> str:
    """Return how many indicators grew, which grew most and least, and how many are above the peers' middle."""
    rows = report.detail("growths")
    rows = rows[rows["code"].isin(growing_codes(report))]
    if len(rows) < FEWEST_GROWTHS:
        return ""
    grew = int(rows["grew"].sum())
    counted = f"{len(rows)}项主要指标均同比增长"
    if grew < len(rows):
        fell = int(rows["fell"].sum())
        # those that stand still are neither
        counts = {"同比增长": grew, "持平": len(rows) - grew - fell, "下降": fell}
        counted = f"{len(rows)}项主要指标中{'、'.join(f'{count}项{word}' for word, count in counts.items() if count)}"
    ends = (rows.loc[rows["growth"].idxmax(), "code"], rows.loc[rows["growth"].idxmin(), "code"])
    named = listed(f"{report.label(code)}（{grown(report, code).removeprefix('同比')}）" for code in ends)
    clauses = [counted, f"增速最高和最低的分别是{named}"]
    # a growth that no peer reports cannot be held against a middle
    comparable = rows[rows["against_peers_pp"].notna()]
    if len(comparable):
        above = int(comparable["above_peers"].sum())
        clauses.append(f"与同类开发区可比的{len(comparable)}项中{above}项高于其中位数")
    return sentence(*clauses)


@exhibit
def core(report: Report) -> Exhibit:
    """Show every core indicator with its figure, growth, its change on the month before, the last month, its scope."""
    caption = f"{report.period.name_zh}主要指标"
    codes = report.codes(GROUP)
    if not codes:
        return Exhibit(caption, gaps=(Gap("主要指标", "未取得", "各项主要指标的累计数和同比增速", "统计"),))
    note = foot(report, codes)
    table = _with_months_alone(report, codes, published_rows(report, codes, SHOWN))
    note += _in_yuan(report, codes)
    # without the sentence it might be read as the growth of the month
    if "growth_change" in table:
        note += "增速较上月为累计增速之差。"
    return Exhibit(
        caption,
        speed(report),
        data=figure_values(report, codes, ("value", *SHOWN)),
        draw=styled(table, "core", heads=CORE_HEADS, right=("text", *SHOWN)),
        note=note,
        # in short where no indicator has a growth, else one by one
        gaps=whole_gaps(report, GROUP, ("growth",)) or measure_gaps(report, judged_codes(report), ("growth",)),
    )


def _in_yuan(report: Report, codes: list[str]) -> str:
    """What amounts in a foreign currency are in yuan, and at which rates."""
    sentences = []
    for code in codes:
        # a figure that came in yuan has no such measure
        if not math.isfinite(report.value(code, "value_cny")):
            continue
        growth = ""
        if not report.reason(code, "growth_cny"):
            word = direction(report.value(code, "growth_cny"), "增长", "下降", "持平")
            # what has not moved has no size
            amount = size(report, code, "growth_cny") if word != "持平" else ""
            growth = f"，以人民币计同比{word}{amount}"
        sentences.append(f"{report.label(code)}按各月平均汇率折合{report.text(code, 'value_cny')}{growth}。")
    if sentences:
        sentences.append("平均汇率由欧洲中央银行参考汇率套算，不是人民币汇率中间价。")
    return "".join(sentences)


def _with_months_alone(report: Report, codes: list[str], table: pd.DataFrame) -> pd.DataFrame:
    """Return the table without those figures of the last month that are of several: January comes with February."""
    if "month" not in table:
        return table
    last = f"{report.period.last:02d}"
    of_several = [report.basis(code, "month") != last for code in codes]
    table["month"] = table["month"].mask(of_several, NO_VALUE)
    return without_empty(table, ["month"])


@exhibit
def structure(report: Report) -> Exhibit:
    """Show the wholes among the indicators with their parts; a single one that ``taxes`` says as well is no chart."""
    caption = "投资与税收的构成"
    data = report.parts(STRUCTURE)
    if data.empty or (len(data) == 1 and report.has("business_taxes_without_refund")):
        return Exhibit(caption)
    shares = []
    for whole, (part, rest, share) in STRUCTURE.items():
        if report.has(whole, part, rest, share):
            shares.append(f"{report.label(part)}占{report.label(whole)}的{report.text(share)}")
    claim = "，".join(shares)

    def draw() -> Axes:
        return charts.part_of_whole(data, title=claim)

    return Exhibit(caption, claim, data=data, draw=draw, alt=part_alt(data), note=foot(report, STRUCTURE))


@exhibit
def taxes(report: Report) -> Exhibit:
    """Show business taxes on both bases with the ambiguity by name, and what the treasury's tax is against sales."""
    return Exhibit("税收的口径与效率", draw="\n".join(filter(None, [_two_bases(report), _per_sales(report)])))


def _two_bases(report: Report) -> str:
    if not report.has("business_taxes_without_refund"):
        return ""
    total, refund = report.text("business_taxes"), report.text("vat_credit_refund")
    without, share = report.text("business_taxes_without_refund"), report.text("refund_share")
    return (
        f"工商税收{total}，来源注明其中含留抵退税{refund}。扣除留抵退税后为{without}，留抵退税相当于公布数的{share}。"
        f"口径含糊之处：来源没有说明{total}是否为把已退税款加回后的还原口径，与其他年份或其他开发区比较之前，须先向税务部门确认。"
    )


def _per_sales(report: Report) -> str:
    if not report.has("tax_per_sales"):
        return ""
    share = "，".join(filter(None, [report.text("tax_per_sales"), grown(report, "tax_per_sales")]))
    return (
        f"工业入库税收相当于工业开票销售的{share}。税款按入库日期、销售按开票日期统计，此比值只用于同口径的纵向比较。"
    )


@exhibit
def revisions(report: Report) -> Exhibit:
    """Show the latest figures that were published anew; the gaps are those that should have come and did not."""
    codes = report.codes(GROUP)
    rows = report.detail("revisions", park=report.park)
    rows = rows[rows["code"].isin(codes)]
    clauses = []
    # the latest revisions are the ones that readers have not heard of
    for row in rows.tail(MOST_REVISED).itertuples():
        decimals = int(report.label(row.code, "decimals"))
        first, latest = quantity(row.first, row.unit, decimals), quantity(row.latest, row.unit, decimals)
        period = Period.parse(row.period).name_zh
        clauses.append(f"{period}{report.label(row.code)}由首次公布的{first}修订为{latest}")
    return Exhibit("修订的数据", data=rows, draw=sentence("；".join(clauses)), gaps=_overdue(report, codes))


def _overdue(report: Report, codes: list[str]) -> tuple[Gap, ...]:
    """Return the figures that the calendar of reports had and nobody sent, one gap an indicator."""
    rows = report.detail("availability", status="missing")
    rows = rows[rows["code"].isin(codes)]
    gaps = []
    for code, group in rows.groupby("code", sort=False):
        months = [f"{row.year}年{row.month}月" for row in group.itertuples()]
        named = "、".join(months[:MOST_OVERDUE])
        # who has to send them gets the number, and the first ones to begin with
        if len(months) > MOST_OVERDUE:
            named = f"{named}等{len(months)}期"
        label, office = report.label(code), report.label(code, "publisher")
        gaps.append(Gap(f"{label}：{named}", "按报送规律应有而未取得", f"{label}当期的累计数", office))
    return tuple(gaps)
