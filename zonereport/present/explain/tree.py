"""The tree of a figure: its formula, the figures that go into it, and the rows and cells that those come from."""

from zonereport.inputs import Period
from zonereport.present.explain.node import Node
from zonereport.present.explain.rows import figure_rows, peer_rows, table_rows, target_rows
from zonereport.present.kit.labels import REASONS
from zonereport.present.known import require

# what a measure is made of, beside its formula: other measures of the code now, and figures of other periods
MEASURES = {
    "completion": ("value", "target"),
    "gap_linear": ("completion",),
    "gap_seasonal": ("completion",),
    "lag_months": ("completion",),
    "required_rate": ("value", "target"),
    "required_growth": ("value", "target"),
    "target_gap": ("value", "growth", "target"),
    "month": ("value",),
    "growth_change": ("growth",),
    "forecast_completion": ("forecast_p50", "target"),
    "forecast_gap": ("forecast_p50", "target"),
    "forecast_growth": ("forecast_p50",),
    "target_probability": ("forecast_p50", "target"),
    "run_rate": ("value",),
}
SAME_LAST_YEAR, MONTH_BEFORE = ("growth", "change"), ("month", "growth_change")
# what a source may give beside the figure
PUBLISHED = ("growth", "rank", "rank_of")
# of these a rank or a distance is made
AMONG_PEERS = ("rank", "rank_of", "rank_tied", "rank_missing", "gap_to_next", "gap_to_next_amount", "gap_below")
AMONG_PEERS += ("tier_gap", "tier_places", "growth_against_peers")
OF_HISTORY = ("forecast_p50", "forecast_p10", "forecast_p90", "gap_seasonal", "best_rate")
OF_PARKS = ("share", "contribution", "pull")
# the lists that the measures of a topic are counted from
LISTS = {
    "enterprises": ("enterprise_months", "enterprises"),
    "innovation": ("enterprise_months", "patents", "recognitions", "platforms", "talents", "ip_pledges"),
    "projects": ("projects", "project_progress"),
    "places": ("carriers", "works", "land"),
    "governance": ("governance",),
    "goals": ("criteria", "tasks"),
    "composite": ("assessment", "peers"),
    "scoring": ("assessment", "peers"),
}
YEARS = 5


def explain(report, code: str, measure: str = "value") -> Node:
    """Return how a figure of a report came to be: formula, inputs, cells, days received, books and who sent them.

    Raises UnknownName for a code or a measure that nothing is called.
    """
    require(code, report.completions("code"), "code")
    require(measure, report.completions("measure"), "measure")
    dictionary = report.zone.dictionary
    name, figure = _name(report, code, measure), _figure(report, code, measure)
    rows = figure_rows(report, code, report.period, report.park)
    if measure == "value" and code in dictionary.derived.index:
        return Node(name, figure, _operation(report, code), parts=_derived(report, code))
    published = report.basis(code, measure).startswith("published")
    # what a source gives is made of nothing else
    if rows and (measure == "value" or (published and measure in PUBLISHED)):
        return Node(name, figure, parts=tuple(rows))
    if measure == "target":
        return Node(name, figure, parts=tuple(target_rows(report, code)))
    if code not in dictionary.indicators.index or report.basis(code, measure) == "ledger":
        about = dictionary.measures.loc[code if code in dictionary.measures.index else measure]
        formula = dictionary.measures.at[measure, "formula"] if measure != "value" else about["formula"]
        return Node(name, figure, formula, parts=tuple(table_rows(report, LISTS.get(about["topic"], ()))))
    return Node(name, figure, dictionary.measures.at[measure, "formula"], parts=_parts(report, code, measure, rows))


def _name(report, code: str, measure: str) -> str:
    """What a figure is called: the indicator, and the measure where it is not the figure itself."""
    dictionary = report.zone.dictionary
    subject = code
    if code in dictionary.indicators.index:
        subject = report.label(code)
    elif code in dictionary.measures.index:
        subject = dictionary.measures.at[code, "name_zh"]
    words = [f"{report.place}{report.period.name_zh}{subject}"]
    if measure != "value":
        words.append(dictionary.measures.at[measure, "name_zh"])
    return " ".join(words)


def _figure(report, code: str, measure: str) -> str:
    reason = report.reason(code, measure)
    if reason:
        return f"没有（{REASONS.get(reason, reason)}）"
    return report.text(code, measure)


def _operation(report, code: str) -> str:
    """The formula of a derived figure with the names of its two parts."""
    row = report.zone.dictionary.derived.loc[code]
    sign = {"ratio": " ÷ ", "difference": " − ", "sum": " ＋ "}[row["operation"]]
    return f"{report.label(row['left'])}{sign}{report.label(row['right'])}"


def _derived(report, code: str) -> tuple[Node, ...]:
    row = report.zone.dictionary.derived.loc[code]
    return tuple(explain(report, part) for part in (row["left"], row["right"]))


def _parts(report, code: str, measure: str, rows: list[Node]) -> tuple[Node, ...]:
    """What a measure of an indicator is made of; ``rows`` are those of the figure itself."""
    parts: list[Node] = []
    if measure in AMONG_PEERS:
        parts += [*rows, *peer_rows(report, code)]
    for inner in MEASURES.get(measure, ()):
        parts.append(explain(report, code, inner))
    if measure in SAME_LAST_YEAR:
        parts += [*rows, *_of_period(report, code, report.period.same_last_year)]
    # the first figure of a year has none before it
    if measure in MONTH_BEFORE and report.period.previous.year == report.period.year:
        parts += _of_period(report, code, report.period.previous)
    if measure in OF_HISTORY:
        parts += rows
        parts += _of_years(report, code)
    if measure in OF_PARKS:
        parts += _of_parks(report, code)
    return tuple(parts or rows)


def _of_period(report, code: str, period: Period) -> list[Node]:
    """The figure of another period, with the rows that it comes from."""
    rows = figure_rows(report, code, period, report.park)
    name = f"{period.name_zh}{report.label(code)}"
    if not rows:
        return [Node(name, "没有")]
    return [Node(name, rows[0].figure, parts=tuple(rows))]


def _of_years(report, code: str) -> list[Node]:
    """The same months and the whole years before, which a forecast or a pace of earlier years is made of."""
    nodes = []
    same = report.period
    for _ in range(YEARS):
        same = same.same_last_year
        year = same.year
        for period in dict.fromkeys((same, Period(year, 12, "month"), Period(year))):
            found = _of_period(report, code, period)
            if found[0].parts:
                nodes += found
    return nodes


def _of_parks(report, code: str) -> list[Node]:
    """The figures of the parks, now."""
    nodes = []
    for park, name in report.park_names.items():
        rows = figure_rows(report, code, report.period, park)
        if rows:
            nodes.append(Node(name, rows[0].figure, parts=tuple(rows)))
    return nodes
