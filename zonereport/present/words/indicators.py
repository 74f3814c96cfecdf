"""Words of the chapter on the core indicators: the verdict, scale and structure, what to do next, what came in late."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.inputs import Period
from zonereport.present.kit.changes import against_peers, direction, grown, size
from zonereport.present.kit.labels import JUDGED, MEASURES
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed, part_alt, sentence
from zonereport.present.kit.prose import points
from zonereport.present.kit.sources import foot
from zonereport.present.words import assessment, contribution, progress, standing
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

LARGE = 100.0
SCALE = ("invoiced_sales", "industrial_output", "fixed_asset_investment", "industrial_investment")
STRUCTURE = {
    "fixed_asset_investment": ("industrial_investment", "other_investment", "industrial_investment_share"),
    "business_taxes": ("vat_credit_refund", "business_taxes_without_refund", "refund_share"),
}
# what the core table of this chapter shows beside the figure; targets and ranks have tables of their own
SHOWN = ("growth", "growth_change", "month")
# so many of these points make a verdict; with fewer the verdict says how large things are
ENOUGH = 2


def verdict(report: "Report") -> str:
    """The chapter in a few lines: growth, targets, parks, places, classes, marks; else the scale of things."""
    judged = {
        "增速": speed(report),
        "目标": progress.shorthand(report),
        "来源": contribution.shorthand(report),
        "位次": standing.shorthand(report),
        "三类指标": standing.turned(report),
        "考核": assessment.shorthand(report),
    }
    judged = {head: text for head, text in judged.items() if text}
    lines = judged if len(judged) > ENOUGH else dimensions(report) | judged
    lines |= {"判断边界": boundary(report)}
    return points(lines)


def dimensions(report: "Report") -> dict[str, str]:
    """How large things are: output, investment, revenue, foreign capital."""
    scale = [said(report, code) for code in ("invoiced_sales", "industrial_output")]
    revenue = [said(report, code) for code in ("treasury_tax", "budget_revenue")]
    return {
        "生产规模": sentence(*scale),
        "投资": investment(report),
        "财税": sentence(*revenue, taxes_in_short(report)),
        "开放": sentence(said(report, "utilised_foreign_capital")),
    }


def speed(report: "Report") -> str:
    """How many indicators grew, which grew most and least, and how many are above the peers' middle."""
    codes = contribution.grown_codes(report)
    if len(codes) <= ENOUGH:
        return ""
    up = [code for code in codes if float(number(report.value(code, "growth"), 1)) > 0]
    ends = [pick(codes, key=lambda code: report.value(code, "growth")) for pick in (max, min)]
    named = [f"{report.label(code)}（{report.text(code, 'growth')}）" for code in dict.fromkeys(ends)]
    counted = f"{len(codes)}项主要指标{'均' if len(up) == len(codes) else f'有{len(up)}项'}同比增长"
    known = [code for code in codes if against_peers(report, code)]
    above = [code for code in known if against_peers(report, code).startswith("高于")]
    peers = f"与同类开发区可比的{len(known)}项中{len(above)}项高于其中位数" if known else ""
    return sentence(counted, f"增速最高和最低的分别是{listed(named)}", peers)


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


def scale_bars(report: "Report") -> pd.DataFrame:
    """The bars of the scale chart; none where growth is known: then the table says more than lengths do."""
    grows = any(not report.reason(code, "growth") for code in SCALE)
    data = report.bars(SCALE)
    return data.iloc[:0] if grows else data


def scale_finding(data: pd.DataFrame) -> str:
    """The title of the scale chart: which figures pass 100, else which is the largest."""
    large = data[data["value"] >= LARGE]
    if len(large):
        return f"{'、'.join(large['label'] + large['text'])}，{'均' if len(large) > 1 else ''}超过{LARGE:.0f}亿元"
    top = data.loc[data["value"].idxmax()]
    return f"{top['label']}规模最大，为{top['text']}"


def scale(report: "Report") -> Caption:
    """What is said of the scale chart; nothing where growth is known."""
    data = scale_bars(report)
    if data.empty:
        return Caption("生产与投资规模", missing=None)
    alt = "横条图，单位亿元。" + sentence(*(data["label"] + data["text"]))
    return Caption("生产与投资规模", scale_finding(data), alt, foot(report, SCALE))


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


def parts(report: "Report") -> pd.DataFrame:
    """The bars of wholes and parts; none for a single whole, which the paragraph on taxes says as well."""
    data = report.parts(STRUCTURE)
    return data if len(data) > 1 or not taxes(report) else data.iloc[:0]


def structure(report: "Report") -> Caption:
    """What is said of the chart of the wholes and their parts."""
    data = parts(report)
    if data.empty:
        return Caption("投资与税收的构成", missing=None if taxes(report) else "")
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
        f"工商税收{total}，来源注明其中含留抵退税{refund}。扣除留抵退税后为{without}，留抵退税相当于公布数的{share}。"
        f"口径含糊之处：来源没有说明{total}是否为把已退税款加回后的还原口径，与其他年份或其他开发区比较之前，须先向税务部门确认。"
    )


def efficiency(report: "Report") -> str:
    """The sentence on tax against sales, with its change and what it is not."""
    if not report.has("tax_per_sales"):
        return ""
    change = grown(report, "tax_per_sales")
    share = report.text("tax_per_sales") + (f"，{change}" if change else "")
    caution = "税款按入库日期、销售按开票日期统计，此比值只用于同口径的纵向比较。"
    return f"工业入库税收相当于工业开票销售的{share}。{caution}"


def core(report: "Report") -> Caption:
    """What is said of the table of core indicators."""
    change = (
        "增速较上月为累计增速之差。" if any(not report.reason(c, "growth_change") for c in report.codes("S2")) else ""
    )
    return Caption(f"{report.period.name_zh}主要指标", note=foot(report, report.codes("S2")) + change)


def missing(report: "Report") -> Caption:
    """What is said of the table of what is missing."""
    caption = "尚缺的数据与补齐办法"
    return Caption(caption, note="空缺以“—”表示，不等于零。", missing="各主要指标的增速、目标完成率和位次齐全。")


def actions(report: "Report") -> Caption:
    """What is said of the table of what to do next."""
    caption = "下一步重点指标与着力点"
    note = foot(report, report.codes("S2")) + "所需增量以其他单位不变为前提，只说明差距，不代表可以实现。"
    return Caption(caption, note=note, missing=f"（{caption}：没有位次、目标和考核数据，先按下节所列补齐数据。）")


def action_rows(report: "Report") -> list[dict[str, str]]:
    """What to do next, the lagging first, then by what a percentage point brings: name, task, step, park."""
    gains = {row.code: row for row in assessment.cheapest(report).itertuples()}
    bands = standing.classed(report)
    classes = dict(zip(bands["code"], bands["band"], strict=True)) if len(bands) else {}
    late = [code for code in progress.with_target(report) if _short(report, code)]
    lagging = [code for code, band in classes.items() if band == "lagging"]
    codes = sorted(dict.fromkeys([*gains, *late, *lagging]), key=lambda code: classes.get(code) != "lagging")
    rows = []
    for code in codes:
        steps = [_catch_up(report, code), assessment.gain(report, gains[code]) if code in gains else ""]
        row = {"name": report.label(code), "task": standing.TASKS.get(classes.get(code, ""), "")}
        row |= {"step": "；".join(step for step in steps if step), "park": weakest(report, code)}
        rows.append(row)
    return [row for row in rows if row["step"]]


def _short(report: "Report", code: str) -> bool:
    return any(progress.behind(report, code, measure) for measure in ("gap_linear", "target_gap"))


def _catch_up(report: "Report", code: str) -> str:
    """What the target still asks for, as a clause."""
    if not report.reason(code, "required_rate") and _short(report, code):
        return f"后续月均完成{report.text(code, 'required_rate')}"
    if not report.reason(code, "target_gap") and _short(report, code):
        return f"增速距目标{size(report, code, 'target_gap')}"
    return f"全年目标差{size(report, code, 'gap_linear')}" if progress.behind(report, code) else ""


def weakest(report: "Report", code: str) -> str:
    """The park of the lowest growth of an indicator with that growth; empty where parks are not known."""
    rows = report.detail("parks", code=code)
    if rows.empty:
        return ""
    rows = rows[rows["park"].isin([park.id for park in report.zone.about.parks]) & rows["growth_pct"].notna()]
    if len(rows) < ENOUGH:
        return ""
    low = rows.loc[rows["growth_pct"].idxmin()]
    word = direction(low.growth_pct, "增长", "下降", "持平")
    change = "" if word == "持平" else quantity(abs(low.growth_pct), "%", 1, fixed=True)
    return f"{contribution.park_names(report)[low.park]}（{word}{change}）"


def received(report: "Report") -> str:
    """What came in late or not at all this year, and which figures were revised."""
    codes, park = report.codes("S2"), report.measures["park"].iloc[0]
    rows = report.detail("availability", status="missing")
    rows = rows[rows["code"].isin(codes)] if len(rows) else rows
    gaps = [f"{report.label(r.code)}{r.year}年{r.month}月" for r in rows.itertuples()]
    said = (
        [f"按报送规律应有而未取得的有{listed(gaps[:5])}{'等' if len(gaps) > 5 else ''}（共{len(gaps)}期）"]
        if gaps
        else []
    )
    changed = report.detail("revisions", park=park)
    changed = changed[changed["code"].isin(codes)] if len(changed) else changed
    for row in changed.tail(3).itertuples():
        first, latest = (
            quantity(v, row.unit, int(report.label(row.code, "decimals"))) for v in (row.first, row.latest)
        )
        said.append(f"{Period.parse(row.period).name_zh}{report.label(row.code)}由首次公布的{first}修订为{latest}")
    return sentence("；".join(said))
