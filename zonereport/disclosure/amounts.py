"""Who makes the amounts of a detail frame: the contributors of each row, by the ledgers that the zone keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from zonereport.inputs import Period
from zonereport.metrics.enterprises.flows import ends
from zonereport.metrics.enterprises.frames import SIZES
from zonereport.metrics.enterprises.ledger import cumulative, open_ledger, trailing_year
from zonereport.metrics.enterprises.subject import CODES, open_subject, pair
from zonereport.metrics.enterprises.transition import states_at
from zonereport.metrics.projects.state import ledger
from zonereport.metrics.scope import Scope

SALES = "invoiced_sales_10k_yuan"
Frames = Mapping[str, pd.DataFrame]
# the amounts of the contributors of each row of a frame, by its index; rows of which nothing is known are left out
Contributors = dict[int, pd.Series]


@dataclass(frozen=True)
class Amounts:
    """A frame with amounts of firms, projects or plots, and how its rows are protected.

    ``total`` are the columns whose sum the contributors make, ``count`` the column of how many there are, ``columns``
    all that go with the amount. Rows alike in the column ``line`` add up to a published total; only rows for which
    ``only`` holds are cells. Of a table that compares parks all amounts go where one must (``whole``): a first place
    among those that are left would not be true.
    """

    frame: str
    count: str
    total: tuple[str, ...]
    columns: tuple[str, ...]
    contributors: Callable[[Scope, Frames], Contributors]
    line: str = ""
    only: Callable[[pd.DataFrame], pd.Series] = lambda rows: rows.index == rows.index
    whole: bool = False


def _sizes(scope: Scope, frames: Frames) -> Contributors:
    subject = open_subject(scope)
    if subject is None:
        return {}
    firms, rows = subject.ledger, frames["enterprise_sizes"]
    names = [f"from_{bound:.0f}" for bound in (0.0, *SIZES)]
    states = states_at(firms, firms.month, bounds=list(SIZES), names=names, among=subject.among)
    revenue = trailing_year(firms, column=SALES, month=firms.month).reindex(subject.among)
    return {place: revenue[states == name].dropna() for place, name in rows["class"].items()}


def _flows(scope: Scope, frames: Frames) -> Contributors:
    subject = open_subject(scope)
    if subject is None:
        return {}
    there, was_there = ends(subject.ledger)
    found = {}
    for place, row in frames["enterprise_flows"].iterrows():
        now, base = pair(subject.ledger, CODES[row["code"]], subject.ledger.month)
        both, complete = there & was_there, now.notna() & base.notna()
        members = {
            "entering": there & ~was_there,
            "continuing_up": both & complete & (now >= base),
            "continuing_down": both & complete & (now < base),
            "leaving": was_there & ~there,
            "unknown": both & ~complete,
        }
        # what the published total has beyond the ledger comes from nobody knows whom
        if row["group"] in members:
            found[place] = (now.fillna(0) + base.fillna(0))[members[row["group"]] & (now.notna() | base.notna())]
    return found


def _research(scope: Scope, frames: Frames) -> Contributors:
    rows, months, firms = frames["innovation_parks"], scope.table("enterprise_months"), scope.table("enterprises")
    if rows.empty or months.empty:
        return {}
    of = months.merge(firms[["enterprise", "park"]], on="enterprise")
    # an edition of a year stands for its December
    last = of["period"].map({text: Period.parse(text) for text in of["period"].unique()})
    at_end = last.map(lambda period: period.first == 1 and period.last == 12)
    of = of.assign(year=last.map(lambda period: period.year))[at_end & (of["rd_10k_yuan"] > 0)]
    found = {}
    for place, row in rows.iterrows():
        found[place] = of[(of["park"] == row["park"]) & (of["year"] == row["rd_year"])]["rd_10k_yuan"]
    return found


def _pledges(scope: Scope, frames: Frames) -> Contributors:
    rows, pledges = frames["innovation_parks"], _of_year(scope.table("ip_pledges"), scope)
    if rows.empty or pledges.empty:
        return {}
    of = pledges.merge(scope.table("enterprises")[["enterprise", "park"]], on="enterprise")
    by_firm = of.groupby(["park", "enterprise"])["amount"].sum()
    return {place: by_firm[by_firm.index.get_level_values("park") == row["park"]] for place, row in rows.iterrows()}


def _of_year(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows of events from the beginning of the edition's year to its end."""
    if frame.empty:
        return frame
    when = frame["period"].map(Period.parse)
    return frame[[p.year == scope.period.year and p.last <= scope.period.last for p in when]]


def _projects(frame: str, column: str) -> Callable[[Scope, Frames], Contributors]:
    def contributors(scope: Scope, frames: Frames) -> Contributors:
        book = ledger(scope)
        # lists and parks count what is under way or done, stages count what was withdrawn as well
        every = book.state if column == "stage" else book.live
        known = every[every["investment"].notna()].replace({"tier": {"": "none"}})
        found = {}
        for place, value in frames[frame][column].items():
            found[place] = known[known[column] == value]["investment"]
        return found

    return contributors


def _plots(scope: Scope, frames: Frames) -> Contributors:
    plots = frames["place_land"]
    plots = plots[(plots["year"] == scope.period.year) & plots["tax_gained_10k_yuan"].notna()]
    parks = frames["place_land_parks"]["park"]
    return {place: plots[plots["park"] == park]["tax_gained_10k_yuan"] for place, park in parks.items()}


MONEY = ("investment_100m_yuan", "invested_100m_yuan", "investment_completion_pct")
TABLES = (
    Amounts(
        "enterprise_sizes", "enterprises", ("revenue_12m_10k_yuan",), ("revenue_12m_10k_yuan", "share_pct"), _sizes
    ),
    Amounts(
        "enterprise_flows",
        "enterprises",
        ("now_10k_yuan", "base_10k_yuan"),
        ("now_10k_yuan", "base_10k_yuan", "change_10k_yuan", "contribution_pp", "share_pct"),
        _flows,
        line="code",
    ),
    Amounts(
        "innovation_parks",
        "rd_firms",
        ("rd_10k_yuan",),
        ("rd_10k_yuan", "invoiced_sales_10k_yuan", "intensity_pct", "last_year_rd_10k_yuan"),
        _research,
        whole=True,
    ),
    Amounts("innovation_parks", "pledges", ("pledge_10k_yuan",), ("pledge_10k_yuan",), _pledges, whole=True),
    Amounts("project_tiers", "projects", MONEY[:1], MONEY, _projects("project_tiers", "tier")),
    Amounts("project_parks", "projects", MONEY[:1], MONEY, _projects("project_parks", "park")),
    Amounts(
        "project_pipeline",
        "projects",
        MONEY[:1],
        MONEY,
        _projects("project_pipeline", "stage"),
        only=lambda rows: rows["tier"] == "all",
    ),
    Amounts(
        "place_land_parks",
        "plots",
        ("tax_gained_10k_yuan",),
        ("tax_gained_10k_yuan", "tax_per_mu_10k_yuan", "last_year_tax_gained_10k_yuan"),
        _plots,
        whole=True,
    ),
)


def _of_months(column: str) -> Callable[[Scope], pd.DataFrame]:
    """What firms made from January to the period by the ledger: park and amount, a row a firm."""

    def rows(scope: Scope) -> pd.DataFrame:
        months = scope.table("enterprise_months")
        if months.empty:
            return _of_ledger(scope, column)
        periods = {text: Period.parse(text) for text in months["period"].unique()}
        # a year stands for its December
        alike = [text for text, when in periods.items() if when.first == 1 and _end(when) == _end(scope.period)]
        return _placed(months[months["period"].isin(alike)], column, scope)

    return rows


def _of_ledger(scope: Scope, column: str) -> pd.DataFrame:
    """The same of a ledger that is too large for a table."""
    firms = open_ledger(scope)
    if firms is None or column not in firms.amounts:
        return NOBODY
    amounts = cumulative(firms, column, firms.month)
    return pd.DataFrame({"park": firms.firms["park"].reindex(amounts.index).fillna(""), "amount": amounts})


def _of_events(table: str, column: str) -> Callable[[Scope], pd.DataFrame]:
    """What the rows of a ledger of events bring from January to the period: park and amount, a row a firm or plot."""

    def rows(scope: Scope) -> pd.DataFrame:
        return _placed(_of_year(scope.table(table), scope), column, scope)

    return rows


def _signed(scope: Scope) -> pd.DataFrame:
    """What each project signed in the year is to cost."""
    state = ledger(scope).state
    this_year = state[(state["signed"] > 12 * scope.period.year) & state["investment"].notna()]
    return this_year.rename(columns={"investment": "amount"})[["park", "amount"]]


def _placed(rows: pd.DataFrame, column: str, scope: Scope) -> pd.DataFrame:
    """Rows of firms or plots with their park, those of one firm added up."""
    if rows.empty:
        return NOBODY
    if "enterprise" in rows:
        rows = rows[["enterprise", column]].groupby("enterprise", as_index=False).sum()
        homes = scope.table("enterprises").set_index("enterprise")["park"]
        rows = rows.assign(park=rows["enterprise"].map(homes).fillna(""))
    return rows.rename(columns={column: "amount"})[["park", "amount"]]


def _end(period: Period) -> tuple[int, int]:
    return period.year, period.last


NOBODY = pd.DataFrame({"park": pd.Series(dtype="str"), "amount": pd.Series(dtype="float64")})
# published figures that firms, projects or plots of the zone's ledgers make: who makes them, with park and amount
PUBLISHED: Mapping[str, Callable[[Scope], pd.DataFrame]] = {
    "invoiced_sales": _of_months("invoiced_sales_10k_yuan"),
    "industrial_output": _of_months("output_10k_yuan"),
    "treasury_tax": _of_months("tax_10k_yuan"),
    "rd_spend": _of_months("rd_10k_yuan"),
    "ip_pledge_finance": _of_events("ip_pledges", "amount"),
    "land_renewed_tax": _of_events("land", "tax_gained_10k_yuan"),
    "projects_signed_investment": _signed,
}
# how many make a figure, where that is published too
COUNTS = {"projects_signed_investment": "projects_signed"}
