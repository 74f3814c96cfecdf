"""The core indicators by park, and by how much each park moves the growth of the whole."""

import pandas as pd
from matplotlib.axes import Axes
from pandas.io.formats.style import Styler

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.indicators.core import growing_codes, judged_codes
from zonereport.present.kit.changes import direction, size
from zonereport.present.kit.figures import figure_texts, figure_values
from zonereport.present.kit.firms import percent
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import listed
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import LEFT, RIGHT, styled, without_empty
from zonereport.present.report import Report

# what rounding to one decimal leaves between a sum and the growth of the whole
SUM_PP = 0.11
# what no park reports: rounding, the land between them, revisions of the whole
UNALLOCATED, REST = "unallocated", "未分项"
HEADS = {
    "name": "指标",
    "value": "数值",
    "growth": "同比",
    "share": "占全区比重",
    "contribution": "贡献率",
    "pull": "拉动",
}
OF_A_PARK = ("value", "growth", "share", "contribution", "pull")
# pulls are printed with two decimals: an indicator of 6 % divides among parks finer than it is published
PULL_DECIMALS = 2


def pull_in_words(value: float, is_about: bool = False) -> str:
    """Return a pull in percentage points as it is printed everywhere, with 约 where rounding may move it much."""
    # a figure that rounding may move by half a point has no second decimal
    if is_about:
        return f"约{number(value, 1, fixed=True)}"
    return number(value, PULL_DECIMALS, fixed=True)


def about(text: str, is_about: bool) -> str:
    """Return a figure with 约 before it where rounding may move it by more than half a point."""
    if not is_about:
        return text
    # 约0.0% would claim the digit that it says not to know
    return "约0%" if text == "0.0%" else f"约{text}"


def pull_rows(report: Report) -> pd.DataFrame:
    """Return code, park and pull of the indicators that parks add up to; of a park edition the park's own."""
    codes = growing_codes(report)
    if report.park:
        rows = figure_values(report, codes, ("pull",)).dropna(subset="pull").rename(columns={"pull": "pull_pp"})
        rows["pull_about"] = [report.text(code, "pull").startswith("约") for code in rows["code"]]
        # its pull is a figure of the park edition, no row of the details
        rows["park"] = report.park
    else:
        rows = report.detail("parks")
        rows = rows[rows["code"].isin(codes) & (rows["park"] != "") & rows["pull_pp"].notna()]
        rows = rows.sort_values("code", key=lambda column: column.map(codes.index), kind="stable")
    rows["name"] = rows["park"].map(report.park_names | {UNALLOCATED: REST})
    # a pull that prints as nothing is none
    rows["printed"] = rows["pull_pp"].map(lambda pull: float(number(pull, PULL_DECIMALS)))
    return rows.reset_index(drop=True)


def _park_gaps(report: Report) -> tuple[Gap, ...]:
    """Return the gap of figures by park: that there are none, or none of last year."""
    if report.park or len(pull_rows(report)):
        return ()
    # each office has the parks' figures of what it publishes
    offices = dict.fromkeys(report.label(code, "publisher") for code in judged_codes(report))
    office = "、".join(offices)
    # figures of this year do not help without those of last year
    if len(report.detail("parks")):
        return (Gap("各园区主要指标", "没有可比的分园区同期数", "各园区上年同期的主要指标", office),)
    return (Gap("各园区主要指标", "来源没有分园区数", "各园区主要指标的累计数和上年同期数", office),)


@exhibit
def parks(report: Report) -> Exhibit:
    """Show the core indicators by park: figure and growth; of a park edition its share, contribution and pull."""
    if report.park:
        return _one_park(report)
    caption = "分园区主要指标"
    names = report.park_names
    rows = report.detail("parks")
    rows = rows[rows["code"].isin(judged_codes(report)) & rows["park"].isin(names)]
    if rows.empty:
        return Exhibit(caption, gaps=_park_gaps(report))
    codes = rows["code"].unique()
    return Exhibit(caption, data=rows, draw=_by_park(report, rows, names), note=foot(report, codes))


def _by_park(report: Report, rows: pd.DataFrame, names: dict[str, str]) -> Styler:
    """Return a table with a row an indicator and two columns a park."""
    cells: dict[str, dict[tuple[str, str], str]] = {}
    order = judged_codes(report).index
    for row in rows.sort_values("code", key=lambda column: column.map(order), kind="stable").itertuples():
        line = cells.setdefault(report.label(row.code), {})
        line[names[row.park], HEADS["value"]] = _value(report, row)
        line[names[row.park], HEADS["growth"]] = _growth(report, row)
    # a park that does not report an indicator has no cell of it
    table = pd.DataFrame.from_dict(cells, orient="index").fillna(NO_VALUE)
    table = table.loc[:, (table != NO_VALUE).any()]
    table.columns = pd.MultiIndex.from_tuples(table.columns)
    table.insert(0, (HEADS["name"], ""), table.index)
    styler = table.reset_index(drop=True).style.hide(axis="index").set_uuid("parks")
    styler = styler.format(escape="html").format_index(escape="html", axis="columns")
    styler = styler.set_properties(subset=list(table.columns[1:]), **RIGHT)
    return styler.set_properties(subset=[table.columns[0]], **LEFT)


def _value(report: Report, row) -> str:
    if pd.isna(row.value):
        return NO_VALUE
    return quantity(row.value, row.unit, int(report.label(row.code, "decimals")), qualifier=row.qualifier)


def _growth(report: Report, row) -> str:
    if pd.isna(row.growth_pct):
        return NO_VALUE
    # the growth of a percentage is counted in its own points
    if row.unit == "%":
        return quantity(row.growth_pct, "个百分点", 1, fixed=True)
    return about(percent(row.growth_pct), row.growth_about)


def _one_park(report: Report) -> Exhibit:
    codes = [code for code in judged_codes(report) if not report.reason(code, "share")]
    if not codes:
        return Exhibit("本园区主要指标")
    table = without_empty(figure_texts(report, codes, OF_A_PARK))
    note = foot(report, codes)
    # two shares side by side are taken for each other
    if "contribution" in table:
        note += "拉动为本园区使全区增速提高或降低的百分点，贡献率为本园区占全区增量的份额，二者不是一个概念。"
    return Exhibit(
        "本园区主要指标",
        data=figure_values(report, codes, OF_A_PARK),
        draw=styled(table, "park", heads=HEADS, right=OF_A_PARK),
        note=note,
    )


@exhibit
def pulls(report: Report) -> Exhibit:
    """Show by how many percentage points each park moves the growth of each indicator."""
    rows = pull_rows(report)
    caption = "各园区对主要指标增长的拉动"
    if report.park:
        caption = "本园区对全区增长的拉动"
    if rows.empty:
        return Exhibit(caption, gaps=_park_gaps(report))
    data = pd.DataFrame(
        {
            "label": rows["code"].map(lambda code: _row_label(report, code)),
            "series": rows["name"],
            "value": rows["pull_pp"],
            "text": [pull_in_words(row.pull_pp, row.pull_about) for row in rows.itertuples()],
        }
    )
    claim = pull_claim(report, rows)

    def draw() -> Axes:
        return charts.grouped(data, title=claim, unit="个百分点")

    bars = data["label"].str.replace("\n", "") + "，" + data["series"] + data["text"]
    alt = f"分组横条图，单位个百分点。{'；'.join(bars)}。"
    note = foot(report, rows["code"].unique()) + "拉动为部分的增减额与全区上年同期数之比。" + _sums(report, rows)
    return Exhibit(caption, claim, data=data, draw=draw, alt=alt, note=note)


def _sums(report: Report, rows: pd.DataFrame) -> str:
    """Return whether the pulls of the parts add up to the growth of the whole, and of which indicators they do not."""
    if report.park:
        return ""
    off, missing = [], []
    parks = len(report.park_names)
    for code, group in rows.groupby("code", sort=False):
        if (group["park"] != UNALLOCATED).sum() < parks:
            missing.append(report.label(code))
            continue
        total = float(number(group["pull_pp"].sum(), 1))
        if abs(total - report.value(code, "growth")) > SUM_PP:
            off.append(f"{report.label(code)}按两年水平值为{number(total, 1, fixed=True)}%")
    text = "各部分之和等于全区增速。"
    if off:
        text = f"{listed(off)}，与公布的可比口径增速不同；其余各部分之和等于全区增速。"
    if missing:
        text += f"{listed(missing)}有园区因四舍五入误差过大不列拉动。"
    return text


def _row_label(report: Report, code: str) -> str:
    # its bars are of one series: no growth of the whole to compare with
    if report.park:
        return report.label(code)
    return f"{report.label(code)}\n全区{moved_by(report, code)}"


def moved_by(report: Report, code: str) -> str:
    """Return 增长3.2%, 下降0.4%, 持平 of the growth of an indicator."""
    word = direction(report.value(code, "growth"), "增长", "下降", "持平")
    if word == "持平":
        return word
    return word + size(report, code, "growth")


def pull_claim(report: Report, rows: pd.DataFrame) -> str:
    """Return whose pull is the greatest how often, and whose is furthest below zero."""
    if report.park:
        return own_pull(report, rows)
    clauses = [leader(report, rows)]
    drags = drags_of(rows)
    if len(drags):
        worst = drags.loc[drags["pull_pp"].idxmin()]
        pull = pull_in_words(abs(worst.pull_pp), worst.pull_about)
        clauses.append(f"{worst['name']}下拉{report.label(worst.code)}{pull}个百分点")
    claim = "，".join(filter(None, clauses))
    if claim:
        return claim
    return f"{rows['code'].nunique()}项主要指标与上年同期持平"


def drags_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the pulls of parks below zero; what the parks leave is no park that anyone could look into."""
    return rows[(rows["printed"] < 0) & (rows["park"] != UNALLOCATED)]


def own_pull(report: Report, rows: pd.DataFrame) -> str:
    """Return by how much a park moves the indicator of the zone that it moves most."""
    best = rows.loc[rows["pull_pp"].idxmax()]
    label = report.label(best.code)
    if best.printed > 0:
        return f"{report.park_name}拉动全区{label}增速{pull_in_words(best.pull_pp, best.pull_about)}个百分点"
    if best.printed < 0:
        return f"{report.park_name}下拉全区{label}增速{pull_in_words(abs(best.pull_pp), best.pull_about)}个百分点"
    return f"{report.park_name}未拉动全区{label}增速"


def leader(report: Report, rows: pd.DataFrame) -> str:
    """Return whose pull is the greatest in how many of the indicators that grew."""
    # of what fell the greatest pull is only the smallest loss
    growths = report.detail("growths", grew=True)
    rising = rows[rows["code"].isin(growths["code"])]
    if rising.empty:
        return ""
    first = rising.loc[rising.groupby("code", sort=False)["pull_pp"].idxmax()]
    # one sentence for the park that leads most often; the chart has the others
    most = first["name"].value_counts()
    name, count = most.index[0], len(first)
    if count == 1:
        return f"{name}对{report.label(first['code'].iloc[0])}拉动最大"
    if most.iloc[0] == count:
        return f"{name}对{count}项增长的主要指标的拉动均最大"
    return f"{name}对{count}项增长的主要指标中的{most.iloc[0]}项拉动最大"
