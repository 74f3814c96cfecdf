"""Renewed land: how much, month by month, and what a mu of each plot brings."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.changes import completed, grown
from zonereport.present.kit.gaps import list_gap, measure_gaps
from zonereport.present.kit.labels import REASONS
from zonereport.present.kit.ledgers import amount, amounts, figure, known
from zonereport.present.kit.sources import foot
from zonereport.present.places.words import per_mu, valued_plots
from zonereport.present.report import Report

AREA, TAX, PER_MU = "land_renewed", "land_renewed_tax", "tax_per_land_renewed"
CAPTION = "低效用地整治面积（自年初累计）"
AXIS = "月"
# more plots than a chart can name
MOST_PLOTS = 12


@exhibit
def land(report: Report) -> Exhibit:
    """Show how much land was renewed month by month; without a ledger of plots what is published of it."""
    gaps, rows = _gaps(report), _lines(report)
    if not rows["value"].max() > 0:
        return Exhibit(CAPTION, draw=renewed(report), gaps=gaps + list_gap(report, "land"))
    claim, target = _claim(report), _target(report)

    def draw() -> Axes:
        return charts.steps(rows, title=claim, unit="亩", axis=AXIS, level=target)

    ends = list(dict.fromkeys(rows["text"]))
    if target:
        ends.append(target[1])
    alt = f"阶梯线图，单位亩。{'，'.join(ends)}。"
    note = foot(report, ["land_plots"]) + "整治面积按完成月份自年初累计。"
    return Exhibit(CAPTION, claim, data=rows, draw=draw, alt=alt, note=note, gaps=gaps)


def _gaps(report: Report) -> tuple[Gap, ...]:
    """What is asked for: growth and completion, where neither figure has any."""
    codes = known(report, AREA, TAX)
    # where one figure has it, the other is not asked for
    silent = [name for name in ("growth", "completion") if all(report.reason(code, name) for code in codes)]
    return measure_gaps(report, codes, silent)


def renewed(report: Report) -> str:
    """Return the published area and tax with growth and completion; nothing where neither is published."""
    clauses = []
    for code in known(report, AREA, TAX):
        clause = report.label(code) + report.text(code)
        for part in (grown(report, code), completed(report, code)):
            if part:
                clause += f"，{part}"
        clauses.append(clause)
    return "；".join(clauses) + "。" if clauses else ""


def _lines(report: Report) -> pd.DataFrame:
    """The lines of the chart: cumulative area by month, this year and last."""
    rows = report.detail("place_land_months")
    # the year stands at the end of its line, with what it came to
    words = rows["year"].astype("str") + "年"
    last = rows.groupby("year")["cumulative_area_mu"].transform("last")
    columns = {
        "at": rows["month"],
        "value": rows["cumulative_area_mu"],
        "series": words,
        "text": words + amounts(last, "亩"),
    }
    return pd.DataFrame(columns)


def _target(report: Report) -> tuple[float, str] | None:
    """The year's target as a line to hold the area against; a target is the whole zone's."""
    # the line of the zone would lie far above the area of a park
    if report.park or report.reason(AREA, "target"):
        return None
    return report.value(AREA, "target"), f"全年目标{report.text(AREA, 'target')}"


def _claim(report: Report) -> str:
    count, area = amount(report.value("land_plots"), "宗"), figure(report, "land_area")
    claim = f"{report.period.name_zh}整治{count}地块{area}"
    if report.reason("land_area", "change_on_year"):
        return claim
    change = report.value("land_area", "change_on_year")
    size = amount(abs(change), "亩")
    if change > 0:
        return f"{claim}，比上年同期增加{size}"
    if change < 0:
        return f"{claim}，比上年同期减少{size}"
    return f"{claim}，与上年同期持平"


@exhibit
def plots(report: Report) -> Exhibit:
    """Show the tax that a mu of each plot of this year brings, the best first, with the area behind."""
    caption, every = "本年整治地块每亩净增税收", valued_plots(report)
    if every.empty:
        if report.has("land_plots"):
            return Exhibit(caption)
        return Exhibit(caption, gaps=list_gap(report, "land") + _per_mu_gap(report))
    rows = every.head(MOST_PLOTS)
    values = rows["tax_per_mu_10k_yuan"]
    columns = {
        "label": rows["name"],
        "value": values,
        "text": values.map(per_mu) + "（" + amounts(rows["area_mu"], "亩") + "）",
        "estimate": rows["qualifier"] == "estimate",
    }
    bars = pd.DataFrame(columns).reset_index(drop=True)
    claim = _spread(report, every)

    def draw() -> Axes:
        return charts.bars(bars, title=claim, unit="万元/亩")

    note = foot(report, ["land_plots"]) + "括号内为整治面积。"
    if len(every) > MOST_PLOTS:
        note += f"其余{amount(len(every) - MOST_PLOTS, '宗')}从略。"
    alt = f"横条图，单位万元/亩。{'；'.join(bars['label'] + bars['text'])}。"
    return Exhibit(caption, claim, data=bars, draw=draw, alt=alt, note=note)


def _per_mu_gap(report: Report) -> tuple[Gap, ...]:
    """Why area and tax, which are both published, give no tax per mu."""
    if report.has(PER_MU) or not report.has(AREA, TAX):
        return ()
    reason, office = REASONS[report.reason(PER_MU)], report.label(AREA, "publisher")
    return (Gap(report.label(PER_MU), reason, "整治面积和净增税收的确数", office),)


def _spread(report: Report, rows: pd.DataFrame) -> str:
    best, worst = per_mu(rows.iloc[0]["tax_per_mu_10k_yuan"]), per_mu(rows.iloc[-1]["tax_per_mu_10k_yuan"])
    # one plot has no range and is its own mean
    if len(rows) == 1:
        return f"整治地块1宗，每亩净增税收{best}"
    if not report.has("land_tax_per_mu"):
        return f"整治地块每亩净增税收{worst}至{best}"
    return f"整治地块每亩净增税收{worst}至{best}，平均{per_mu(report.value('land_tax_per_mu'))}"
