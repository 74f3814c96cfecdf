"""Words of the chapter on the core indicators."""

from typing import TYPE_CHECKING

from zonereport.present.words.changes import grown
from zonereport.present.words.front import foot
from zonereport.present.words.phrases import JUDGED, MEASURES, Caption, bullets, listed, part_alt, sentence

if TYPE_CHECKING:
    import pandas as pd

    from zonereport.present.report import Report

LARGE = 100.0
SCALE = ("invoiced_sales", "industrial_output", "fixed_asset_investment", "industrial_investment")
STRUCTURE = {
    "fixed_asset_investment": ("industrial_investment", "other_investment", "industrial_investment_share"),
    "business_taxes": ("vat_credit_refund", "business_taxes_without_refund", "refund_share"),
}


def verdict(report: "Report") -> str:
    """The chapter in a few lines: scale, investment, revenue, foreign capital, and what cannot be judged."""
    scale = [said(report, code) for code in ("invoiced_sales", "industrial_output")]
    revenue = [said(report, code) for code in ("treasury_tax", "budget_revenue")]
    lines = {
        "生产规模": sentence(*scale),
        "投资": investment(report),
        "财税": sentence(*revenue, taxes_in_short(report)),
        "开放": sentence(said(report, "utilised_foreign_capital")),
        "判断边界": boundary(report),
    }
    return bullets(f"**{head}**：{text}" for head, text in lines.items() if text)


def boundary(report: "Report") -> str:
    """One sentence on what no indicator of the chapter has, and what therefore is not judged."""
    codes = report.codes("S2")
    lacking = [measure for measure in MEASURES if all(report.reason(code, measure) for code in codes)]
    if not codes or not lacking:
        return ""
    rest = "，只陈述规模与结构" if len(lacking) == len(MEASURES) else ""
    names = listed(MEASURES[measure] for measure in lacking)
    return f"{names}无从取得，本期不评{listed(JUDGED[measure] for measure in lacking)}{rest}。"


def said(report: "Report", code: str) -> str:
    """An indicator and its figure, with its published or computed growth where there is one; else an empty text."""
    figure = report.text(code) if report.has(code) else ""
    change = grown(report, code)
    comma = "，" if figure and change else ""
    return f"{report.label(code)}{figure}{comma}{change}" if figure or change else ""


def scale_finding(data: "pd.DataFrame") -> str:
    """The title of the scale chart: which figures pass 100, else which is the largest."""
    large = data[data["value"] >= LARGE]
    if len(large):
        return f"{'、'.join(large['label'] + large['text'])}，{'均' if len(large) > 1 else ''}超过{LARGE:.0f}亿元"
    top = data.loc[data["value"].idxmax()]
    return f"{top['label']}规模最大，为{top['text']}"


def scale(report: "Report") -> Caption:
    """What is said of the scale chart."""
    data = report.bars(SCALE)
    alt = "横条图，单位亿元。" + sentence(*(data["label"] + data["text"]))
    return (
        Caption("生产与投资规模", scale_finding(data), alt, foot(report, SCALE))
        if len(data)
        else Caption("生产与投资规模")
    )


def investment(report: "Report") -> str:
    """One sentence on investment and its industrial share; on growth alone where only that is published."""
    whole, part = (said(report, code) for code in ("fixed_asset_investment", "industrial_investment"))
    if not report.has("industrial_investment_share"):
        return sentence(whole, part)
    return sentence(whole, f"其中{part}，占{report.text('industrial_investment_share')}")


def taxes_in_short(report: "Report") -> str:
    """Business taxes on both bases, as a clause."""
    if not report.has("business_taxes_without_refund"):
        return said(report, "business_taxes") if report.has("business_taxes") else ""
    with_refund, without = report.text("business_taxes"), report.text("business_taxes_without_refund")
    return f"工商税收含留抵退税为{with_refund}、扣除后为{without}"


def structure(report: "Report") -> Caption:
    """What is said of the chart of the wholes and their parts."""
    data = report.parts(STRUCTURE)
    shares = [
        f"{report.label(part)}占{report.label(whole)}的{report.text(share)}"
        for whole, (part, rest, share) in STRUCTURE.items()
        if report.has(whole, part, rest, share)
    ]
    return Caption("投资与税收的构成", "，".join(shares), part_alt(data), foot(report, STRUCTURE))


def taxes(report: "Report") -> str:
    """The paragraph on business taxes: both bases, and the ambiguity by name."""
    if not report.has("business_taxes_without_refund"):
        return ""
    total, refund = report.text("business_taxes"), report.text("vat_credit_refund")
    without, share = report.text("business_taxes_without_refund"), report.text("refund_share")
    return (
        f"工商税收{total}，来源注明其中含留抵退税{refund}。扣除留抵退税后为{without}，留抵退税相当于公布数的{share}。\n\n"
        f"口径含糊之处：来源没有说明{total}是把已退的税款加回后的还原口径，还是另有算法；两种口径在此并列，"
        "与其他年份或其他开发区比较之前，须先向税务部门确认口径。"
    )


def efficiency(report: "Report") -> str:
    """The sentence on tax against sales."""
    if not report.has("tax_per_sales"):
        return ""
    share = report.text("tax_per_sales")
    return (
        f"工业入库税收相当于工业开票销售的{share}。税款按入库日期、销售按开票日期统计，年末开票的税款可能次年入库，"
        "此比值只用于同口径的纵向比较。"
    )


def core(report: "Report") -> Caption:
    """What is said of the table of core indicators."""
    return Caption(f"{report.period.name_zh}主要指标", note=foot(report, report.codes("S2")))


def ratios(report: "Report") -> Caption:
    """What is said of the table of derived figures."""
    return Caption("由公布数推算的结构与比率", note="本报告推算；" + foot(report, report.codes("S2", derived=True)))


def missing(report: "Report") -> Caption:
    """What is said of the table of what is missing."""
    return Caption("尚缺的数据与补齐办法", note="空缺以“—”表示，不等于零。")
