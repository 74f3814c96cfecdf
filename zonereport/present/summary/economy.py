"""The core indicators and the enterprises, in prose."""

from collections.abc import Iterable

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.report import Report
from zonereport.present.summary.clauses import figure, joined, paragraphs, span, stated

INDICATORS, ENTERPRISES = "S2", "S6"
# the core indicators by what a paragraph says together
OUTPUT = (
    "gross_domestic_product",
    "invoiced_sales",
    "industrial_output",
    "industrial_value_added",
    "retail_sales",
)
INVESTMENT = ("fixed_asset_investment", "industrial_investment", "business_investment")
FINANCE = ("total_fiscal_revenue", "budget_revenue", "treasury_tax", "business_taxes", "vat_credit_refund")
OPENNESS = ("utilised_foreign_capital", "domestic_capital", "foreign_trade")
FAMILIES = (OUTPUT, INVESTMENT, FINANCE, OPENNESS)
# enterprises that grew, and those that were recognised
SIZES = (
    "above_scale_industry_new",
    "above_scale_services_new",
    "firms_over_2bn_new",
    "firms_over_100m_new",
    "enterprises_above_scale",
)


@exhibit
def indicators(report: Report) -> Exhibit:
    """Say every core indicator, by output, investment, finance and openness, and how the year was steered."""
    codes = report.codes(INDICATORS)
    known = {code for family in FAMILIES for code in family}
    rest = [code for code in codes if code not in known]
    sentences = [
        _opened(f"{span(report)}实现", _figures(report, OUTPUT, codes)),
        _opened("投资方面，", _figures(report, INVESTMENT, codes)) + _share(report),
        _opened("财税方面，", _figures(report, FINANCE, codes)),
        _opened("开放方面，", _figures(report, OPENNESS, codes)),
        _opened("此外，", _figures(report, rest, codes)),
    ]
    figures = paragraphs("".join(sentences[:2]), "".join(sentences[2:]))
    text = paragraphs(figures, _growths(report, codes) + _targets(report), stated(report, "indicators"))
    return Exhibit("主要指标", claim="".join(sentences), draw=text)


def _share(report: Report) -> str:
    if not report.has("industrial_investment_share"):
        return ""
    return f"工业投资占全社会固定资产投资的{report.text('industrial_investment_share')}。"


def _growths(report: Report, codes: list[str]) -> str:
    """How many of the core indicators grew."""
    rows = report.detail("growths")
    directed = [code for code in codes if int(report.label(code, "direction"))]
    rows = rows[rows["code"].isin(directed) & (rows["unit"] == "%")]
    # of one indicator its own clause says it
    if len(rows) < 2:
        return ""
    if rows["grew"].all():
        return f"{len(rows)}项主要指标全部同比增长。"
    return f"{len(rows)}项主要指标中，{int(rows['grew'].sum())}项同比增长。"


def _targets(report: Report) -> str:
    """How many of the targets are reached and how places moved, counted over all fields."""
    rows = report.detail("progress")
    rows = rows[rows["completion_pct"].notna()]
    if rows.empty:
        return ""
    late, total = int(rows["behind"].sum()), len(rows)
    if report.period.last == 12:
        done = f"有年度总量目标的{total}项指标中，完成{total - late}项"
        remaining = f"，{late}项未完成。"
    else:
        done = f"有年度总量目标的{total}项指标中，{total - late}项达到应有进度"
        remaining = f"，{late}项低于应有进度。"
    if not late:
        remaining = "。"
    return done + remaining


@exhibit
def enterprises(report: Report) -> Exhibit:
    """Say which enterprises came up in size and in title."""
    codes = report.codes(ENTERPRISES)
    titles = [code for code in codes if code not in SIZES]
    sizes = _opened(f"{span(report)}", _figures(report, SIZES, codes))
    innovative = _opened("创新型企业培育方面，", _figures(report, titles, codes))
    text = paragraphs(sizes, innovative, stated(report, "enterprises"))
    return Exhibit("企业培育", claim=sizes + innovative, draw=text)


def _figures(report: Report, wanted: Iterable[str], codes: Iterable[str]) -> str:
    """The figures of the codes that the edition has, as a sentence."""
    there = set(codes)
    return joined(figure(report, code) for code in wanted if code in there)


def _opened(words: str, sentence: str) -> str:
    """A sentence after its first words; nothing where there is no sentence."""
    return f"{words}{sentence}" if sentence else ""
