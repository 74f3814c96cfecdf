"""What the bureaus publish of the levels: indicators, targets, and the peers of the city's assessment."""

import datetime
from decimal import Decimal
from typing import Any

from tools.demo import names, shapes
from tools.demo.events import Row
from tools.demo.firms import Firm
from tools.demo.levels import COURSES, INVESTMENT_IN_FIXED_ASSETS, ZONE, Course, Levels, comparable_growth
from tools.demo.shapes import ALL_YEARS, MONTHS, WRITTEN, decimal, index_of, text_of

# the rows of the dictionary by code
Codes = dict[str, dict[str, Any]]
# ranked by growth among the zone and its peers: shape, shocks, noise; how far the peers' yearly growths are from
# each other, and how far ahead of the zone's on the whole
ASSESSED = {
    "invoiced_sales": (shapes.SALES, shapes.PANDEMIC, 0.03, 0.045, -0.03),
    "treasury_tax": (shapes.TAX, shapes.DEFERRED, 0.04, 0.05, -0.01),
    "industrial_output": (shapes.SALES, shapes.PANDEMIC, 0.03, 0.04, -0.005),
    "industrial_investment": (shapes.INVESTMENT, shapes.PANDEMIC, 0.04, 0.05, -0.005),
    "fixed_asset_investment": (shapes.INVESTMENT, shapes.PANDEMIC, 0.03, 0.035, 0.0),
    "budget_revenue": (shapes.BUDGET, shapes.DEFERRED, 0.03, 0.045, 0.03),
    "utilised_foreign_capital": (shapes.FOREIGN, {}, 0.10, 0.07, 0.0),
}
GROWTH_ONLY, LAGGED, TIED = "fixed_asset_investment", "technical_upgrades_completed", "industrial_output"
MISSING = ("utilised_foreign_capital", index_of(2021, 8))
REVISED = ("industrial_investment", index_of(2022, 9), Decimal("1.017"))
COMPARABLE, ADJUSTMENT = "可比口径", {2020: Decimal("0.6"), 2021: Decimal("-0.7"), 2022: Decimal("0.5")}
# day of the next month on which a source's figures come in
ARRIVAL = {"tax": 8, "finance": 10, "commerce": 15, "statistics": 18}
SOURCES = {
    **{"税务": "tax", "统计": "statistics", "财政": "finance", "商务": "commerce", "发展改革": "projects"},
    **{"工业和信息化": "industry", "科技": "science", "统计、科技": "science", "知识产权": "property"},
    **{"知识产权、银行": "property", "人才": "talent", "自然资源": "land", "生态环境": "governance"},
    **{"人力资源": "governance", "应急管理": "governance", "开发区": "zone"},
}
NOTES = {
    "invoiced_sales": "全部工业",
    "budget_revenue": "自然口径",
    "business_taxes": "含留抵退税",
    "projects_city_list": "不含列省项目",
    "firms_over_100m_new": "按全年开票销售划分，含20亿元企业",
    "firms_over_2bn_new": "按全年开票销售划分",
    "above_scale_industry_new": "未扣除退出企业",
    "rd_spend": "年度数，12月快报为预计",
    "technical_upgrades_completed": "迟报一个月",
}
QUALIFIERS = {"business_taxes": "including", "vat_credit_refund": "subset", "talents_overseas": "subset"}
# code: kind and the targets of 2020, 2021 and 2022
TARGETS = {
    "invoiced_sales": ("level", ("142", "156", "178")),
    "treasury_tax": ("level", ("2.85", "3.00", "3.40")),
    "industrial_output": ("growth", ("8", "10", "9")),
    "industrial_investment": ("level", ("34", "37", "42")),
    "fixed_asset_investment": ("growth", ("6", "8", "8")),
    "budget_revenue": ("level", ("1.68", "1.78", "1.98")),
    "utilised_foreign_capital": ("level", ("2000", "2100", "2600")),
    "projects_signed": ("level", ("7", "8", "9")),
    "projects_signed_investment": ("level", ("45", "60", "85")),
    "projects_provincial_list": ("net_increase", ("1", "0", "1")),
    "tech_smes_evaluated": ("level", ("38", "45", "50")),
    "hightech_recognised": ("level", ("5", "5", "6")),
    "above_scale_industry_new": ("level", ("9", "12", "13")),
    "above_scale_services_new": ("level", ("2", "3", "4")),
    "rd_spend": ("level", ("3.3", "3.7", "4.2")),
    "patents_in_force_net": ("net_increase", ("15", "18", "25")),
    "ip_pledge_finance": ("level", ("6000", "7000", "9000")),
    "talents_recruited": ("level", ("12", "16", "20")),
    "land_renewed": ("level", ("600", "750", "900")),
    "safety_accidents": ("ceiling", ("4", "4", "3")),
}
SET_ON = {2020: "2020-01-16", 2021: "2021-01-21", 2022: "2022-01-20"}
ADJUSTED = {"code": "utilised_foreign_capital", "year": 2022, "target": "2300", "set_on": "2022-07-28"}


def figures(seed: int, firms: list[Firm], levels: Levels, codes: Codes) -> tuple[list[Row], list[Row]]:
    """indicators.csv and peers.csv; the ranks of both are one competition ranking of rounded growths."""
    growths = {code: _growths(code, levels, firms, codes, seed) for code in ASSESSED}
    peers = {code: _peer_levels(seed, code, levels, codes) for code in ASSESSED}
    rows, peer_rows = [], []
    for index in WRITTEN:
        month = MONTHS[index][1]
        for code in codes:
            if (code not in levels and code != GROWTH_ONLY) or (code == "rd_spend" and month < 12):
                continue
            if month == 1 and codes[code]["january_reported"] == "no":
                continue
            place: dict[str, object] = {}
            if code in ASSESSED:
                here = None if (code, index) == MISSING else growths[code][ZONE][index]
                ranked, others = _assess(code, index, here, peers[code], codes)
                peer_rows += others
                place = {"rank": ranked, "rank_of": len(others) + 1} if here is not None else {}
            if (code, index) != MISSING and (code, index) != (LAGGED, WRITTEN[-1]):
                rows += _rows(code, index, levels, growths.get(code), place, codes)
    return rows, peer_rows


def _rows(code, index, levels, growths, place, codes) -> list[Row]:
    """The rows of a code and month: the zone, then its parks; two vintages where the month was revised."""
    year = MONTHS[index][0]
    source = SOURCES[codes[code]["publisher"]]
    unit, places = codes[code]["unit"], codes[code]["decimals"]
    stem = {"period": text_of(index), "code": code, "unit": unit, "source": source}
    stem["qualifier"] = "estimate" if code == "rd_spend" and year == 2022 else QUALIFIERS.get(code, "")
    versions = [(_day(index + (code == LAGGED), source), 1)]
    if (code, index) == REVISED[:2]:
        versions = [(versions[0][0], REVISED[2]), (_day(index + 1, source), 1)]
    rows = []
    for vintage, factor in versions:
        first = factor != 1
        values = {}
        if code != GROWTH_ONLY:
            values = {park: levels[code][park][index] for park in names.PARKS}
            values = {park: int(value * factor) for park, value in values.items()}
            values = {ZONE: sum(values.values())} | values
        for park in values or {ZONE: None}:
            row = stem | {"park": park, "vintage": vintage}
            if values:
                row["value"] = decimal(Decimal(values[park]).scaleb(-places), places)
            rate = growths[park][index] if growths and park in growths else None
            if rate is not None and (park == ZONE or codes[code]["growth_from"] == "published"):
                row["growth_pct"] = decimal((100 + rate) * factor - 100, 1)
                row["growth_basis"] = COMPARABLE if codes[code]["growth_from"] == "published" else ""
            if park == ZONE:
                row |= {} if first else place
                row["note"] = "初报，后经修订" if first else NOTES.get(code, "")
            rows.append(row)
    return rows


def _growths(code, levels, firms, codes, seed) -> dict[str, list[Decimal | None]]:
    """Published growth by park and month, from published levels unless the bureau has a comparable basis."""
    if code == GROWTH_ONLY:
        hidden = _course(seed, code, INVESTMENT_IN_FIXED_ASSETS)
        return {ZONE: _of_levels({ZONE: hidden}, ZONE)}
    growths = {park: _of_levels(levels[code], park) for park in levels[code]}
    if code == "industrial_output":
        for park in growths:
            growths[park][12:] = [decimal(comparable_growth(firms, index, park), 1) for index in WRITTEN]
    elif codes[code]["growth_from"] == "published":
        for rates in growths.values():
            for index in WRITTEN:
                rates[index] += ADJUSTMENT[MONTHS[index][0]]
    return growths


def _of_levels(parks: dict[str, list[int]], park: str) -> list[Decimal | None]:
    series = [Decimal(level) for level in parks[park]]
    return [
        shapes.growth(series[n], series[n - 12]) if n >= 12 and series[n - 12] else None for n in range(len(series))
    ]


def _course(seed: int, name: str, course: Course) -> list[int]:
    totals = dict(zip(ALL_YEARS, course.totals, strict=True))
    rng = shapes.stream(seed, name)
    return shapes.cumulate(shapes.spread(rng, totals, course.shape, shocks=course.shocks, noise=course.noise))


def _peer_levels(seed: int, code: str, levels: Levels, codes: Codes) -> dict[str, tuple[list[int], list]]:
    """Cumulative levels of each peer, in steps of the last digit, and their published growths."""
    rng = shapes.stream(seed, f"peers {code}")
    shape, shocks, noise, difference, lead = ASSESSED[code]
    ends = [index_of(year, 12) for year in ALL_YEARS]
    own = (
        INVESTMENT_IN_FIXED_ASSETS.totals
        if code == GROWTH_ONLY
        else COURSES[code].totals
        if code in COURSES
        else [levels[code][ZONE][end] for end in ends]
    )
    found = {}
    for peer in names.PEERS:
        size, pace, totals = rng.uniform(0.45, 1.9), 1.0, {}
        for year, total in zip(ALL_YEARS, own, strict=True):
            totals[year] = total * size * pace
            pace *= 1 + rng.gauss(lead, difference)
        course = shapes.cumulate(shapes.spread(rng, totals, shape, shocks=shocks, noise=noise))
        rates = _of_levels({ZONE: course}, ZONE)
        if code in (TIED, REVISED[0]):
            rates = [rate if rate is None else rate + decimal(rng.gauss(0, 0.3), 1) for rate in rates]
        found[peer] = (course, rates)
    return found


def _assess(code, index, own: Decimal | None, peers, codes) -> tuple[int, list[Row]]:
    """The zone's rank and the rows of its peers in a month: 1 + the number of those that grew more."""
    rates = {peer: rates[index] for peer, (_, rates) in peers.items()}
    if (code, index) == (TIED, WRITTEN[-1]):
        rates[min(rates, key=lambda peer: (abs(rates[peer] - own), peer))] = own
    everyone = [*rates.values(), *([] if own is None else [own])]
    unit, places = codes[code]["unit"], codes[code]["decimals"]
    rows = []
    for peer, (course, _) in peers.items():
        row = {"period": text_of(index), "peer": peer, "code": code, "unit": unit, "source": "assessment"}
        row |= {} if code == GROWTH_ONLY else {"value": decimal(Decimal(course[index]).scaleb(-places), places)}
        rows.append(row | {"growth_pct": rates[peer], "rank": _place(rates[peer], everyone)})
    return (0 if own is None else _place(own, everyone)), rows


def _place(rate: Decimal, everyone: list[Decimal]) -> int:
    return 1 + sum(other > rate for other in everyone)


def _day(index: int, source: str) -> str:
    """The day on which a source's figures of a month come in: in the month after it."""
    year, month = divmod(index + 1, 12)
    return datetime.date(shapes.BASE + year, month + 1, ARRIVAL.get(source, 20)).isoformat()


def targets(codes: Codes) -> list[Row]:
    """targets.csv: one row a year and code, and one more for the target that was lowered in mid-year."""
    rows = []
    for number, (year, day) in enumerate(SET_ON.items()):
        for code, (kind, values) in TARGETS.items():
            unit = "%" if kind == "growth" else codes[code]["unit"]
            row = {"year": year, "code": code, "target": values[number], "unit": unit, "kind": kind}
            rows.append(row | {"set_on": day, "source": "targets"})
            if (code, year) == (ADJUSTED["code"], ADJUSTED["year"]):
                rows.append(rows[-1] | ADJUSTED)
    return rows
