"""Words of the chapter on innovation: the verdict, R&D, patents, platforms, talents and finance."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.changes import clauses, completed, direction, grown, on_year, readings
from zonereport.present.kit.firms import count, foot
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import part_alt, sentence, stop
from zonereport.present.kit.prose import points
from zonereport.present.kit.sources import foot as published_foot
from zonereport.present.kit.titles import honoured as honours
from zonereport.present.words import innovation_firms as firms
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUPS = ("S8",)
INTENSITY = {"rd_per_sales": "工业开票销售", "rd_per_output": "规模以上工业产值"}
TALENT = {"talents_recruited": ("talents_overseas", "talents_domestic", "talents_overseas_share")}
PATENTS = ("patents_in_force", "patents_granted", "patents_in_force_net")
EFFORTS = ("rd_platforms_provincial_new", "talents_recruited", "ip_pledge_finance")
DENSITIES = ("patents_per_output", "patents_per_sales", "patents_per_1000_employees", "patents_per_rd_1")
# how many years a chart of columns shows
YEARS = 3


def verdict(report: "Report") -> str:
    """The chapter in a few lines: spend, patents, finance, platforms, talents, and the firms behind them."""
    lines = {
        "研发投入": spend_in_short(report),
        "发明专利": stop(readings(report, *PATENTS)),
        "质押融资": stop(readings(report, "ip_pledge_finance")),
        "平台与企业": sentence(
            readings(report, "rd_platforms_provincial_new"), *clauses(report, "innovation_leaders_provincial")
        ),
        "人才": stop("；".join(filter(None, [talents_in_short(report), readings(report, "talents_national")]))),
        "集中程度": firms.concentration_in_short(report),
    }
    return points(lines)


def core(report: "Report") -> Caption:
    """What is said of the table of innovation figures."""
    note = published_foot(report, report.codes("S8"))
    return Caption("改革创新主要指标", note=note, missing="来源没有给出创新指标，本期从缺。")


def intensities(report: "Report") -> pd.DataFrame:
    """R&D over each denominator in the latest full year, with the year before: label, value, base, text, estimate."""
    rows = report.detail("innovation_intensity")
    columns = ["label", "value", "base", "text", "estimate", "year", "short"]
    if rows.empty:
        return pd.DataFrame(columns=columns)
    made = []
    for _, mine in rows.groupby("code", sort=False):
        now, before = mine.iloc[-1], mine[mine["year"] == mine["year"].iloc[-1] - 1]
        base = float(before["intensity_pct"].iloc[0]) if len(before) else float("nan")
        last = f"（上年{_rate(before.iloc[0])}）" if len(before) else ""
        label, text = f"占{report.label(now['denominator'])}", _rate(now)
        estimate = now["qualifier"] == "estimate"
        short = text.removeprefix("预计")
        made.append((label, now["intensity_pct"], base, text + last, estimate, int(now["year"]), short))
    return pd.DataFrame(made, columns=columns)


def _rate(row: pd.Series) -> str:
    return quantity(row["intensity_pct"], "%", 2, qualifier=row["qualifier"], fixed=True)


def against(report: "Report") -> str:
    """R&D spend against each denominator there is, each named: 工业开票销售的2.30%、规模以上工业产值的2.81%."""
    rows = intensities(report)
    return "、".join(rows["label"].str.removeprefix("占") + "的" + rows["short"])


def spend_in_short(report: "Report") -> str:
    """R&D spend with growth and target, and its intensity; of the latest full year where the period has none."""
    ratio = f"相当于{against(report)}" if against(report) else ""
    if not report.has("rd_spend"):
        rows = intensities(report)
        return sentence(f"{rows['year'].iloc[0]}年（最近整年）研发投入{ratio}") if len(rows) else ""
    more = [grown(report, "rd_spend"), completed(report, "rd_spend"), ratio]
    return sentence(f"{report.label('rd_spend')}{report.text('rd_spend')}", *more)


def intensity(report: "Report") -> Caption:
    """What is said of the chart of R&D spend against its denominators."""
    data = intensities(report)
    if data.empty:
        return Caption("研发投入强度", missing="来源没有同一年的研发投入与分母，不计算研发投入强度。")
    estimate = "（预计）" if data["estimate"].any() else ""
    year = f"{data['year'].iloc[0]}年" if data["year"].iloc[0] != report.period.year else ""
    parts = "、".join(data["label"] + data["short"]).replace("、占", "、")
    finding = f"{year}研发投入{parts}{estimate}"
    alt = "横条图，单位%。" + sentence(*(data["label"] + data["text"]))
    marks = ["斜纹预计" if estimate else "", "菱形上年" if data["base"].notna().any() else ""]
    codes = report.detail("innovation_intensity")["code"].unique()
    note = foot(report, *codes, made_of=("annual",)) + sentence(*marks)
    return Caption("研发投入强度", finding, alt, note)


def spend(report: "Report") -> str:
    """The paragraph on R&D: what the ratio is not, its change taken apart, and the firms that do research."""
    data = intensities(report)
    if data.empty:
        return ""
    parts = []
    if data["estimate"].any():
        parts.append("研发投入为预计数，最终数以次年统计核定为准，届时比值随之修订。")
    parts.append(_change(report))
    if "rd_per_gdp" not in set(report.detail("innovation_intensity")["code"]):
        names = "和".join(data["label"].str.removeprefix("占"))
        parts.append(
            f"通行的研发投入强度以地区生产总值或企业营业收入为分母，来源没有给出；这里的分母是{names}，"
            "不能与国家、省、市公布的研发投入强度直接比较。"
        )
    return "".join(parts) + firms.research(report)


def _change(report: "Report") -> str:
    """The change of the ratio over sales, with what numerator and denominator did to it; empty where not known."""
    code = "rd_per_sales"
    if any(report.reason(code, name) for name in ("annual_change", "numerator_effect", "denominator_effect")):
        return ""
    change = report.value(code, "annual_change")
    word = direction(change, "提高", "降低", "持平", decimals=2)
    size = "" if word == "持平" else f"{number(abs(change), 2, fixed=True)}个百分点"
    effects = [
        f"{name}变动{direction(report.value(code, key), '拉高', '拉低', '影响为零', decimals=2)}"
        f"{number(abs(report.value(code, key)), 2, fixed=True)}个百分点"
        for name, key in (("研发投入", "numerator_effect"), ("开票销售", "denominator_effect"))
    ]
    return f"{report.label(code)}比上年{word}{size}，按算术分解，{'、'.join(effects)}。"


def years(report: "Report", codes: tuple[str, ...]) -> pd.DataFrame:
    """The same months of the last years of some codes as columns: panel, label, value, text, estimate."""
    made = []
    for code in codes:
        rows = report.detail("series", code=code, entity=report.measures["park"].iloc[0])
        if rows.empty:
            continue
        rows = rows[
            (rows["month"] == report.period.last) & (rows["year"] <= report.period.year) & rows["value"].notna()
        ]
        for row in rows.tail(YEARS).itertuples():
            text = number(row.value, int(report.label(code, "decimals")))
            panel = f"{report.label(code)}（{row.unit}）"
            made.append((panel, f"{row.year}年", row.value, text, row.qualifier == "estimate"))
    return pd.DataFrame(made, columns=["panel", "label", "value", "text", "estimate"])


def _columns_alt(data: pd.DataFrame) -> str:
    parts = [f"{name}：" + "、".join(rows["label"] + rows["text"]) for name, rows in data.groupby("panel", sort=False)]
    return f"并列柱图。{'；'.join(parts)}。"


def patents(report: "Report") -> Caption:
    """What is said of the chart of patents: in force, granted, net, side by side and never added."""
    finding = "；".join(f"{report.label(code)}{on_year(report, code)}" for code in PATENTS[:2] if on_year(report, code))
    note = published_foot(report, PATENTS) + "有效量是期末存量，授权和净增是本期流量，三者不相加。" + _months(report)
    alt, name = _columns_alt(years(report, PATENTS)), "发明专利有效量、授权量与净增量"
    missing = "来源未给出发明专利数，本期从缺。"
    if any(map(report.has, PATENTS)):
        missing = "发明专利、研发平台、人才和质押融资只有一期数据，不作逐年比较。"
    return Caption(name, finding or "发明专利逐年情况", alt, note, missing=missing)


def property_rights(report: "Report") -> str:
    """The paragraph on patents: what the net increase is, and what the densities are over."""
    if not report.has("patents_in_force_net"):
        return firms.holders(report)
    stock = (
        "" if report.has("patents_in_force") else "；有效发明专利总量来源未给出，不计算每亿元产值或每千名职工的拥有量"
    )
    return f"净增是期末有效量减期初有效量，不是当年授权量{stock}。" + firms.holders(report)


def density(report: "Report") -> Caption:
    """What is said of the table of patents per output, sales, employees and R&D."""
    note = foot(report, *PATENTS, made_of=DENSITIES)
    note += "有效量对应近12个月产值和销售，授权和净增对应同月份数；职工人数以企业台账为准。"
    if any(not report.reason(code, f"{name}_low") for code in PATENTS for name in DENSITIES):
        note += "括号内为件数少于30时的95%泊松区间。"
    return Caption("每单位产出、职工和研发投入的发明专利", note=note, missing=None)


def efforts(report: "Report") -> Caption:
    """What is said of the chart of platforms, talents and finance over the years."""
    parts = [f"{report.label(code)}{on_year(report, code)}" for code in EFFORTS if on_year(report, code)]
    data = years(report, EFFORTS)
    finding = "；".join(parts[:2]) or "平台、人才与质押融资逐年情况"
    note = published_foot(report, EFFORTS) + _months(report)
    return Caption("平台、人才与质押融资", finding, _columns_alt(data), note, missing=None)


def _months(report: "Report") -> str:
    """That the years of a chart are compared over the same months; nothing of whole years."""
    months = report.period.name_zh.removeprefix(f"{report.period.year}年")
    return f"各年均为{months}。" if report.period.last < 12 else ""


def honoured(report: "Report") -> pd.DataFrame:
    """The firms of the year's new platforms and leaders, those not named beside the figure already."""
    rows = honours(report, "platforms", "recognitions", groups=GROUPS)
    said = [row.name not in report.note(row.code) for row in rows.itertuples()]
    return rows[said] if len(rows) else rows


def named(report: "Report") -> Caption:
    """What is said of the table of new platforms and leaders."""
    note = published_foot(report, report.codes("S8")) + "来源未点名的企业不列。"
    return Caption("本年新设研发平台与创新企业", note=note, missing=None)


def talents_in_short(report: "Report") -> str:
    """Talents recruited with the overseas part and its share, as a clause."""
    if not report.has("talents_recruited"):
        return ""
    said = f"引进高层次人才{report.text('talents_recruited')}"
    more = [on_year(report, "talents_recruited"), completed(report, "talents_recruited")]
    said = "，".join(filter(None, [said, *more]))
    if report.has("talents_overseas", "talents_overseas_share"):
        said += f"，其中海外{report.bare('talents_overseas')}，占{report.text('talents_overseas_share')}"
    return said


def talents(report: "Report") -> Caption:
    """What is said of the chart of talents."""
    finding = f"引进的高层次人才中，海外人才占{report.text('talents_overseas_share')}"
    data = report.parts(TALENT)
    note = published_foot(report, [code for codes in TALENT.values() for code in codes])
    rows = report.detail("innovation_talents", code="talents_recruited")
    more = f"引进高层次人才的企业{count(rows['firms'].iloc[0])}。" if len(rows) else ""
    overlap = "国家级人才与引进人才是否重叠未说明，不相加。" if report.has("talents_national") else ""
    return Caption("引进高层次人才的构成", finding, part_alt(data), note + more + overlap)


def peers(report: "Report") -> str:
    """How the zone stands among its peers on innovation; or why nothing is said of it."""
    ranked = [code for code in report.codes("S8") if report.place_of(code)]
    if ranked:
        return sentence(*(f"{report.label(code)}居同类开发区{report.place_of(code)}" for code in ranked))
    why = "未取得同类开发区数据" if report.table("peers").empty else "同类开发区数据中没有创新指标"
    return f"{why}，本章不作横向比较。" if report.codes("S8") else ""
