"""The growth of the core indicators, cumulative from January, month by month."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.labels import REASONS
from zonereport.present.kit.numbers import number
from zonereport.present.kit.phrases import listed, sentence
from zonereport.present.kit.sources import foot
from zonereport.present.overview.codes import core_codes
from zonereport.present.report import Report

CAPTION = "主要指标累计增速逐月变化"
# so many rows fit on half a page
MOST_ROWS = 12
COLUMNS = ["label", "column", "value", "text", "code"]


@exhibit
def months(report: Report) -> Exhibit:
    """Show the growth of the core indicators as a heat-map: who fell, who grows fastest in the latest month."""
    data = _growth_by_month(report)
    if data.empty:
        return Exhibit(CAPTION, gaps=(Gap("主要指标逐月增速", REASONS["no_history"], "本年各月的累计增速", "统计"),))
    latest = data.drop_duplicates("code", keep="last")
    claim = _claim(latest)

    def draw() -> Axes:
        return charts.heatmap(data, title=claim, unit="累计同比增速（%）")

    figures = sentence(*(latest["label"] + latest["text"] + "%"))
    alt = f"热力图，各行为指标、各列为月份，数为累计同比增速。最近一期：{figures}"
    note = "各格为一月起累计同比增速；无数字的月份免报或未报。" + foot(report, data["code"].unique())
    return Exhibit(CAPTION, claim, data, draw, alt, note)


def _claim(latest: pd.DataFrame) -> str:
    falling = latest.loc[latest["value"] < 0, "label"].tolist()
    # the latest month is what the reader can still act on
    best = latest.loc[latest["value"].idxmax()]
    head = f"{len(latest)}项指标累计均不低于上年同期"
    if falling:
        head = f"{listed(falling)}低于上年同期"
    if best["value"] > 0:
        return f"{head}，{best['label']}增长最快，为{best['text']}%"
    return head


def _growth_by_month(report: Report) -> pd.DataFrame:
    """Return the rows of the heat-map: label, column (month), value (%), text, code; none below two months."""
    codes = [code for code in core_codes(report) if not report.reason(code, "growth")]
    # of an indicator without a direction nobody can say whether growth is good
    codes = [code for code in codes if int(report.label(code, "direction"))][:MOST_ROWS]
    rows = report.detail("series", entity=report.park)
    rows = rows[rows["code"].isin(codes) & rows["growth_pct"].notna()]
    rows = rows[(rows["year"] == report.period.year) & (rows["month"] <= report.period.last)]
    if rows["month"].nunique() < 2:
        return pd.DataFrame(columns=COLUMNS)
    rows = rows.assign(place=rows["code"].map(codes.index))
    rows = rows.sort_values(["place", "month"], ignore_index=True)
    return pd.DataFrame(
        {
            "label": rows["code"].map(report.label),
            "column": rows["month"].astype("str") + "月",
            "value": rows["growth_pct"],
            "text": [number(value, 1, fixed=True) for value in rows["growth_pct"]],
            "code": rows["code"],
        }
    )
