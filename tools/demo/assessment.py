"""The city's rules of the made-up assessment: what counts how much, and how it is scored."""

from tools.demo.events import Row
from tools.demo.figures import ASSESSED
from tools.demo.shapes import YEARS

FIRST_TIER = 3
# code: pillar, weight (the points too), rule, and the goalposts of its growth in %, the same in every year
RULES = {
    "invoiced_sales": ("工业经济", 20, "rank_step", (-10, 25)),
    "industrial_output": ("工业经济", 15, "efficacy", (-10, 20)),
    "treasury_tax": ("财税贡献", 15, "level_growth", (-15, 25)),
    "budget_revenue": ("财税贡献", 10, "rank_step", (-15, 30)),
    "industrial_investment": ("有效投入", 15, "rank_step", (-15, 30)),
    "fixed_asset_investment": ("有效投入", 10, "target", (-10, 25)),
    "utilised_foreign_capital": ("对外开放", 15, "efficacy", (-30, 40)),
}


def assessment() -> list[Row]:
    """assessment.csv: a row a year and assessed code; everything is measured on growth, which peers publish, too."""
    rows = []
    for year in YEARS:
        for code in ASSESSED:
            pillar, weight, rule, (lower, upper) = RULES[code]
            row = {"year": year, "code": code, "pillar": pillar, "weight": weight, "rule": rule, "points": weight}
            row |= {"measured_on": "growth", "lower": lower, "upper": upper, "first_tier": FIRST_TIER}
            rows.append(row | {"source": "assessment"})
    return rows
