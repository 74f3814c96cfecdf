"""Words of renewed land: how much, what a mu brings, month by month and plot by plot."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.changes import completed, grown
from zonereport.present.kit.ledgers import amount, figure, known
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

AREA, TAX, PER_MU = "land_renewed", "land_renewed_tax", "tax_per_land_renewed"
MONTHS = "月"
MOST_PLOTS = 12


def renewed(report: "Report") -> str:
    """The published area and tax with growth and completion; of the ledger where nothing was published."""
    said = []
    for code in known(report, AREA, TAX):
        head = report.label(code) + report.text(code)
        said.append("，".join(filter(None, [head, grown(report, code), completed(report, code)])))
    if not said and report.has("land_plots"):
        said = [f"台账整治地块{_plots(report)}、{figure(report, 'land_area')}"]
    return "；".join(said) + "。" if said else ""


def _plots(report: "Report") -> str:
    return amount(report.value("land_plots"), "宗")


def worth(report: "Report") -> str:
    """The tax gained per mu, against last year, and where it is highest and lowest."""
    said = []
    if report.has(PER_MU):
        said.append(f"整治每亩净增税收{report.text(PER_MU)}".removesuffix("/亩"))
    elif report.has("land_tax_per_mu"):
        said.append(f"台账地块每亩净增税收{figure(report, 'land_tax_per_mu')}".removesuffix("/亩"))
    if said and not report.reason("land_tax_per_mu", "last_year"):
        said.append(f"上年同期{figure(report, 'land_tax_per_mu', 'last_year')}".removesuffix("/亩"))
    rows = report.detail("place_land_parks")
    rows = rows[rows["tax_per_mu_10k_yuan"].notna() & (rows["park"] != "")] if len(rows) else rows
    if said and len(rows) > 1:
        rows = rows.sort_values("tax_per_mu_10k_yuan")
        names = {park.id: park.name_zh for park in report.zone.about.parks}
        high, low = (
            f"{names[row.park]}{amount(row.tax_per_mu_10k_yuan, '万元/亩').removesuffix('/亩')}"
            for row in (rows.iloc[-1], rows.iloc[0])
        )
        said.append(f"各园区中{high}最高，{low}最低")
    return "，".join(said) + "。" if said else ""


def land_lines(report: "Report") -> pd.DataFrame:
    """The lines of the chart of renewed land: cumulative area by month, this year and last."""
    rows, year = report.detail("place_land_months"), report.period.year
    if rows.empty:
        return pd.DataFrame(columns=["at", "value", "series", "text"])
    words = rows["year"].map({year: f"{year}年", year - 1: f"{year - 1}年"})
    last = rows.groupby("year")["cumulative_area_mu"].transform("last")
    return pd.DataFrame(
        {
            **{"at": rows["month"], "value": rows["cumulative_area_mu"], "series": words},
            "text": words + [amount(value, "亩") for value in last],
        }
    )


def land_target(report: "Report") -> tuple[float, str] | None:
    """The year's target as a line to hold the area against."""
    if report.reason(AREA, "target") or report.park_name:
        return None
    return report.value(AREA, "target"), f"全年目标{report.text(AREA, 'target')}"


def land_chart(report: "Report") -> Caption:
    """What is said of the chart of renewed land."""
    caption, rows = "低效用地整治面积（自年初累计）", land_lines(report)
    if rows.empty:
        return Caption(caption, missing="没有地块台账，整治面积不分月份列示。")
    if not rows["value"].max() > 0:
        return Caption(caption, missing="本年和上年均没有完成整治的地块。")
    finding = f"{report.period.name_zh}整治{_plots(report)}地块{figure(report, 'land_area')}"
    if not report.reason("land_area", "change_on_year"):
        value = report.value("land_area", "change_on_year")
        size = amount(abs(value), "亩")
        finding += f"，比上年同期{'增加' if value > 0 else '减少'}{size}" if value else "，与上年同期持平"
    ends = "，".join(dict.fromkeys(rows["text"]))
    target = land_target(report)
    return Caption(
        caption,
        finding,
        f"阶梯线图，单位亩。{ends}{'，' + target[1] if target else ''}。",
        foot(report, ["land_plots"]),
    )


def plots(report: "Report") -> pd.DataFrame:
    """The plots of this year with a tax per mu, the best first."""
    rows = report.detail("place_land", year=report.period.year)
    if rows.empty:
        return rows
    rows = rows[rows["tax_per_mu_10k_yuan"].notna()]
    return rows.sort_values("tax_per_mu_10k_yuan", ascending=False, kind="stable")


def plot_bars(report: "Report") -> pd.DataFrame:
    """The bars of the chart of plots: the tax per mu, with the area behind."""
    rows = plots(report).head(MOST_PLOTS)
    made = [
        {
            **{"label": row.name, "value": row.tax_per_mu_10k_yuan, "estimate": row.qualifier == "estimate"},
            "text": f"{amount(row.tax_per_mu_10k_yuan, '万元/亩').removesuffix('/亩')}（{amount(row.area_mu, '亩')}）",
        }
        for row in rows.itertuples(index=False, name="Plot")
    ]
    return pd.DataFrame(made, columns=["label", "value", "text", "estimate"])


def plots_chart(report: "Report") -> Caption:
    """What is said of the chart of plots."""
    caption, rows = "本年整治地块每亩净增税收", plot_bars(report)
    if rows.empty:
        why = "本期没有可计算每亩税收的地块" if report.has("land_plots") else "没有地块台账"
        return Caption(caption, missing=f"{why}，每亩净增税收不分地块列示。")
    whole = figure(report, "land_tax_per_mu")
    best, worst = (rows.iloc[place]["text"].partition("（")[0] for place in (0, -1))
    count = len(plots(report))
    if count == 1:
        finding = f"整治地块1宗，每亩净增税收{best}"
    else:
        finding = f"整治地块每亩净增税收{worst}至{best}" + (f"，平均{whole.removesuffix('/亩')}" if whole else "")
    cut = f"其余{amount(count - MOST_PLOTS, '宗')}从略。" if count > MOST_PLOTS else ""
    alt = "横条图，单位万元/亩。" + "；".join(rows["label"] + rows["text"]) + "。"
    return Caption(caption, finding, alt, foot(report, ["land_plots"]) + f"括号内为整治面积。{cut}")


def below(report: "Report") -> pd.DataFrame:
    """The plots of this year that bring less per mu than all of them together, the least first."""
    rows = plots(report)
    if rows.empty or not report.has("land_tax_per_mu"):
        return rows.head(0)
    rows = rows[rows["tax_per_mu_10k_yuan"] < report.value("land_tax_per_mu")]
    return rows.sort_values("tax_per_mu_10k_yuan")
