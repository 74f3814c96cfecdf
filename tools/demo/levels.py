"""The cumulative level of every indicator by park, in whole steps of its last published digit."""

from collections.abc import Callable
from typing import NamedTuple

from tools.demo import names, places, shapes
from tools.demo.events import TITLES, Row
from tools.demo.firms import Firm, newly_over
from tools.demo.shapes import MONTHS

ZONE = ""
# by code and park (ZONE is all of them), a whole number for each month of shapes.MONTHS
Levels = dict[str, dict[str, list[int]]]


class Course(NamedTuple):
    """A yearly total in steps of the last published digit, 2019 to 2022, and how it runs through the year."""

    totals: tuple[int, int, int, int]
    shape: tuple[float, ...]
    shocks: dict[tuple[int, int], float]
    noise: float


COURSES = {
    "industrial_investment": Course((3_150, 3_290, 3_790, 4_120), shapes.INVESTMENT, shapes.PANDEMIC, 0.04),
    "budget_revenue": Course((158, 162, 182, 193), shapes.BUDGET, shapes.DEFERRED, 0.03),
    "business_taxes": Course((462, 470, 531, 592), shapes.TAX, {}, 0.05),
    "vat_credit_refund": Course((38, 44, 63, 224), shapes.EVEN, {}, 0.15),
    "utilised_foreign_capital": Course((1_930, 1_985, 2_180, 2_360), shapes.FOREIGN, {}, 0.10),
    "technical_upgrades_completed": Course((6, 7, 9, 10), shapes.EVEN, {}, 0.2),
    "relocated_households": Course((380, 415, 520, 642), shapes.EVEN, {}, 0.2),
    "inspection_cases_closed": Course((5, 7, 9, 12), shapes.EVEN, {}, 0.4),
    "enterprise_visits": Course((35, 40, 49, 58), shapes.EVEN, {}, 0.2),
    "labour_disputes_mediated": Course((30, 32, 33, 36), shapes.WINTER, {}, 0.1),
    "wages_recovered": Course((700, 760, 840, 915), shapes.WINTER, {}, 0.1),
    "project_payments_recovered": Course((1_050, 1_120, 1_260, 1_340), shapes.WINTER, {}, 0.1),
    "safety_accidents": Course((5, 4, 3, 2), shapes.EVEN, {}, 0.4),
}
# known to the bureau, published only as growth
INVESTMENT_IN_FIXED_ASSETS = Course((6_400, 6_640, 7_420, 8_010), shapes.INVESTMENT, shapes.PANDEMIC, 0.03)
# on the lists of the first two years, by park; those of 2022 are in projects.csv
LISTS = {
    "projects_provincial_list": ("provincial", {2020: (1, 1, 0), 2021: (1, 1, 0)}),
    "projects_city_list": ("city", {2020: (4, 2, 2), 2021: (4, 3, 2)}),
}
GOVERNANCE = ("inspection_cases_closed", "labour_disputes_mediated")


def all_levels(seed: int, firms: list[Firm], tables: dict[str, list[Row]]) -> Levels:
    """Every published level: summed from the ledger and the events where there are any, else run through the year."""
    levels = _of_ledger(firms) | _of_events(firms, tables) | _of_projects(tables)
    for code, course in COURSES.items():
        levels[code] = _run(seed, code, course)
    return levels


def _of_ledger(firms: list[Firm]) -> Levels:
    """Sales, tax, output and R&D in 0.01亿元, and the counts that follow from them."""
    industry = [firm for firm in firms if not firm.service]

    def summed(flows_of: Callable[[Firm], list[int]], steps: int) -> dict[str, list[int]]:
        parks = {park: _sums([flows_of(firm) for firm in industry if firm.park == park]) for park in names.PARKS}
        return _published(parks, steps)

    return {
        "invoiced_sales": summed(lambda firm: shapes.cumulate(firm.sales), 100),
        "treasury_tax": summed(lambda firm: shapes.cumulate(firm.tax), 1_000),
        "industrial_output": summed(_registered_output, 100),
        "rd_spend": summed(lambda firm: [firm.rd.get(year, 0) if m == 12 else 0 for year, m in MONTHS], 100),
        "enterprises_above_scale": summed(lambda firm: [int(firm.registered(n)) for n in range(len(MONTHS))], 1),
        "above_scale_industry_new": _counted(_entered(industry)),
        "above_scale_services_new": _counted(_entered([firm for firm in firms if firm.service])),
        "firms_over_100m_new": _passed(industry, 10_000),
        "firms_over_2bn_new": _passed(industry, 200_000),
    }


def _registered_output(firm: Firm) -> list[int]:
    sums = shapes.cumulate(firm.output)
    return [level if firm.registered(index) else 0 for index, level in enumerate(sums)]


def comparable_growth(firms: list[Firm], index: int, park: str) -> float:
    """Growth of output in %, of the firms on the register now that produced a year ago, too."""
    same = [firm for firm in firms if firm.registered(index) and park in (ZONE, firm.park) and not firm.service]
    start = index - index % 12
    now = before = 0
    for firm in same:
        base = sum(firm.output[start - 12 : index - 11])
        if base:
            now, before = now + sum(firm.output[start : index + 1]), before + base
    return (now / before - 1) * 100


def _sums(courses: list[list[int]]) -> list[int]:
    return [sum(levels) for levels in zip(*courses, strict=True)]


def _published(parks: dict[str, list[int]], steps: int) -> dict[str, list[int]]:
    """Round the zone to whole steps, and the parks so that they add up to it."""
    zone = [int(shapes.decimal(level / steps, 0)) for level in _sums(list(parks.values()))]
    split = [shapes.shares(total, [levels[index] for levels in parks.values()]) for index, total in enumerate(zone)]
    return {ZONE: zone} | {park: [row[n] for row in split] for n, park in enumerate(parks)}


def _counted(flows: dict[str, list[int]]) -> dict[str, list[int]]:
    parks = {park: shapes.cumulate(flow) for park, flow in flows.items()}
    return {ZONE: _sums(list(parks.values()))} | parks


def _entered(firms: list[Firm]) -> dict[str, list[int]]:
    return {
        park: [sum(firm.enter == index for firm in firms if firm.park == park) for index in range(len(MONTHS))]
        for park in names.PARKS
    }


def _passed(firms: list[Firm], threshold: int) -> dict[str, list[int]]:
    found = [newly_over(firms, threshold, index) if index >= 12 else [] for index in range(len(MONTHS))]
    parks = {park: [sum(firm.park == park for firm in over) for over in found] for park in names.PARKS}
    return {ZONE: _sums(list(parks.values()))} | parks


def _of_events(firms: list[Firm], tables: dict[str, list[Row]]) -> Levels:
    parks = {firm.code: firm.park for firm in firms}
    titles, talents, land = tables["recognitions"], tables["talents"], tables["land"]

    def counted(rows: list[Row], column: str = "") -> dict[str, list[int]]:
        return _counted(places.by_month(rows, column, parks))

    levels = {code: counted([row for row in titles if row["code"] == code]) for code in TITLES}
    for code in ("talents_recruited", "talents_overseas", "talents_national"):
        levels[code] = counted([row for row in talents if row["code"] == code], "value")
    return levels | {
        **_of_patents(tables["patents"], parks),
        "rd_platforms_provincial_new": counted(tables["platforms"]),
        "ip_pledge_finance": counted(tables["ip_pledges"], "amount"),
        "land_renewed": counted(land, "area"),
        "land_renewed_tax": counted(land, "tax_gained_10k_yuan"),
    }


def _of_patents(rows: list[Row], parks: dict[str, str]) -> Levels:
    """In force at the end of the month, granted in the year, and the change since the end of the year before."""
    in_force = {park: [0] * len(MONTHS) for park in names.PARKS}
    granted = {park: [0] * len(MONTHS) for park in names.PARKS}
    for row in rows:
        park, index = parks[str(row["enterprise"])], shapes.index_in(str(row["period"]))
        in_force[park][index] += row["in_force"]
        granted[park][index] += row["granted"]
    # nothing lapses in January: what was in force before is what is in force then, less what was granted
    net = {
        park: [level - stock[n - n % 12] + granted[park][n - n % 12] for n, level in enumerate(stock)]
        for park, stock in in_force.items()
    }
    found = {"patents_in_force": in_force, "patents_granted": granted, "patents_in_force_net": net}
    return {code: {ZONE: _sums(list(levels.values()))} | levels for code, levels in found.items()}


def _of_projects(tables: dict[str, list[Row]]) -> Levels:
    flows = {park: places.signed_flows(tables["projects"], tables["project_progress"], park) for park in names.PARKS}
    levels = {
        "projects_signed": _counted({park: counts for park, (counts, _) in flows.items()}),
        "projects_signed_investment": _counted({park: amounts for park, (_, amounts) in flows.items()}),
    }
    listed = [(project.get("tier"), project["park"]) for project in tables["projects"]]
    for code, (tier, earlier) in LISTS.items():
        lists = earlier | {2022: tuple(listed.count((tier, park)) for park in names.PARKS)}
        # a list is published in February and holds to the January after
        years = [max(2020, year if month > 1 else year - 1) for year, month in MONTHS]
        stock = {park: [lists[year][n] for year in years] for n, park in enumerate(names.PARKS)}
        levels[code] = {ZONE: _sums(list(stock.values()))} | stock
    return levels


def _run(seed: int, code: str, course: Course) -> dict[str, list[int]]:
    rng = shapes.stream(seed, code)
    totals = dict(zip(shapes.ALL_YEARS, course.totals, strict=True))
    shape = course.shape
    flows = shapes.spread(rng, totals, shape, shocks=course.shocks, noise=course.noise)
    if code == "vat_credit_refund":
        flows[36:] = shapes.spread(rng, totals, shapes.REFUND, noise=course.noise)[36:]
    parks: dict[str, list[int]] = {park: [] for park in names.PARKS}
    for flow in flows:
        weights = [weight * rng.uniform(0.9, 1.1) for weight in names.PARK_WEIGHTS]
        if flow < 40:
            drawn = rng.choices(list(parks), weights, k=flow)
            split = [drawn.count(park) for park in parks]
        else:
            split = shapes.shares(flow, weights)
        for park, part in zip(parks, split, strict=True):
            parks[park].append(part)
    return _counted(parks)
