"""The published figures of projects, and how far the technical upgrades have come."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.figures import published_rows
from zonereport.present.kit.gaps import figure_gaps, measure_gaps
from zonereport.present.kit.labels import MEASURES
from zonereport.present.kit.ledgers import amount
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

GROUP = "S5"
SIGNED = ("projects_signed", "projects_signed_investment")
LISTS = ("projects_provincial_list", "projects_city_list")


@exhibit
def published(report: Report) -> Exhibit:
    """Show the published figures of projects with what is known beside each."""
    caption, codes = "产业项目公布数", report.codes(GROUP)
    if not codes:
        return Exhibit(caption, gaps=figure_gaps(report, *SIGNED, *LISTS))
    rows = published_rows(report, codes)
    note = foot(report, codes)
    # a stock beside flows: the reader must not add them up
    if any(report.has(code) for code in LISTS):
        note += "列省、列市项目为期末在列数，其余为当期累计。"
    # a measure that no figure has is asked for
    gaps = measure_gaps(report, codes, [measure for measure in MEASURES if measure not in rows])
    figures = report.measures
    figures = figures[figures["code"].isin(codes) & figures["measure"].isin(["value", *MEASURES])]
    return Exhibit(caption, data=figures, draw=styled(rows, "core"), note=note, gaps=gaps)


@exhibit
def upgrades(report: Report) -> Exhibit:
    """Say how the technical upgrades stand against last year, or to the last month that has come in."""
    rows = report.detail("project_upgrades").dropna(subset="value")
    if rows.empty:
        return Exhibit("技术改造项目")
    last = rows.iloc[-1]
    value, change = amount(last["value"], last["unit"], last["qualifier"]), _change(last)
    # they may come in late: what is there is of another period than the title says
    if last["month"] < report.period.last:
        months = f"{report.period.year}年{last['month']}月"
        if last["month"] > 1:
            months = f"{report.period.year}年1—{last['month']}月"
        now = report.period.name_zh
        if change:
            return Exhibit(draw=f"{months}完成五百万元及以上技术改造项目{value}，{change}，{now}数尚未报送。")
        return Exhibit(draw=f"{months}完成五百万元及以上技术改造项目{value}，{now}数尚未报送。")
    if not change:
        # the table of published figures says it already
        return Exhibit("技术改造项目")
    return Exhibit(draw=f"完成五百万元及以上技术改造项目{value}，{change}。")


def _change(row: pd.Series) -> str:
    if pd.isna(row["change"]):
        return ""
    size = amount(abs(row["change"]), row["unit"])
    if row["change"] > 0:
        return f"比上年同期增加{size}"
    if row["change"] < 0:
        return f"比上年同期减少{size}"
    return "与上年同期持平"
