"""The firms of the zone and what each of them does in every month: the ledger that all totals are summed from."""

import random
from dataclasses import dataclass, field

from tools.demo import names, shapes
from tools.demo.shapes import ALL_YEARS, MONTHS, WRITTEN, YEARS, index_of

INDUSTRIAL, SERVICES = 380, 40
# sales of 2022 in 万元: the dominant firm, the one that passes 20亿元, the one just below
GIANTS = (385_627.0, 206_814.0, 189_352.0)
TAIL, SLOPE = 108_000.0, 0.9
# firms that pass a threshold (万元) for the first time, by year; the rest are moved to the year before
FIRST_TIME = {
    200_000: {2020: 0, 2021: 0, 2022: 1},
    10_000: {2020: 2, 2021: 3, 2022: 4},
    2_000: {2020: 10, 2021: 13, 2022: 16},
}
# of the firms above 2000万元 for the first time, these many have not been put on the register
UNREGISTERED = {2020: 1, 2021: 1, 2022: 2}
NEW_SERVICES = {2020: 2, 2021: 3, 2022: 4}
TREASURY_TAX, RD_SPEND = 33_100, {2019: 30_500, 2020: 32_600, 2021: 37_400, 2022: 41_300}


@dataclass
class Firm:
    """One firm; flows are by month of shapes.MONTHS: sales, output and R&D in 万元, tax in tenths of it.

    It is there from month ``first`` up to, not including, ``gone``, and on the register from ``enter`` to ``leave``.
    """

    name: str
    park: str
    industry: str
    founded: str
    annual: dict[int, float]
    service: bool = False
    first: int = 0
    gone: int = len(MONTHS)
    enter: int = len(MONTHS)
    leave: int = len(MONTHS)
    code: str = ""
    uscc: str = ""
    sales: list[int] = field(default_factory=list)
    output: list[int] = field(default_factory=list)
    tax: list[int] = field(default_factory=list)
    staff: list[int] = field(default_factory=list)
    rd: dict[int, int] = field(default_factory=dict)

    def active(self, index: int) -> bool:
        """Whether the firm is in the ledger of month ``index``."""
        return self.first <= index < self.gone

    def registered(self, index: int) -> bool:
        """Whether the firm is on the register of those above scale."""
        return self.enter <= index < self.leave and self.active(index)


def found_firms(seed: int) -> list[Firm]:
    """All firms of the zone with their months, in the order of their codes."""
    rng = shapes.stream(seed, "firms")
    brands = names.brands(rng, INDUSTRIAL + SERVICES)
    industry = _industrial(rng, brands[:INDUSTRIAL])
    for threshold, plan in FIRST_TIME.items():
        _settle(rng, industry, threshold, plan)
    _register(rng, industry)
    _months(rng, industry)
    _taxes(rng, industry)
    _research(rng, industry)
    firms = industry + _services(rng, brands[INDUSTRIAL:])
    rng.shuffle(firms)
    for number, firm in enumerate(firms, 1):
        firm.code, firm.uscc = f"e{number:03d}", names.credit_code(number)
    return firms


def newly_over(firms: list[Firm], threshold: int, index: int) -> list[Firm]:
    """The firms whose sales of the year to date pass ``threshold`` (万元), and did in no year before."""
    year = MONTHS[index][0]
    start = index_of(year, 1)
    return [
        firm
        for firm in firms
        if sum(firm.sales[start : index + 1]) >= threshold
        and all(sum(firm.sales[s : s + 12]) < threshold for s in range(0, start, 12))
    ]


def _industrial(rng: random.Random, brands: list[str]) -> list[Firm]:
    sizes = list(GIANTS) + [
        TAIL * rank**-SLOPE * rng.uniform(0.92, 1.08) for rank in range(1, INDUSTRIAL - len(GIANTS) + 1)
    ]
    firms = []
    for rank, (brand, size) in enumerate(zip(brands, sizes, strict=True)):
        park = "yunjin" if rank == 0 else rng.choices(list(names.PARKS), names.PARK_WEIGHTS)[0]
        trade, word = rng.choice(names.TRADES[park])
        rates = {
            year: min(0.6, max(-0.3, rng.gauss(mean, 0.10)))
            for year, mean in {2020: 0.03, 2021: 0.13, 2022: 0.06}.items()
        }
        if rank < len(GIANTS):
            rates = {2020: 0.055, 2021: 0.17, 2022: (0.092, 0.118, 0.041)[rank]}
        annual = {2022: size}
        for year in reversed(YEARS):
            annual[year - 1] = annual[year] / (1 + rates[year])
        founded = f"{rng.randint(1998, 2018)}-{rng.randint(1, 12):02d}"
        firms.append(Firm(brand + word, park, trade, founded, annual))
    _newcomers(rng, firms)
    _leavers(rng, firms)
    return firms


def _newcomers(rng: random.Random, firms: list[Firm]) -> None:
    """Firms founded in the three years; one plant a year is above scale from its start."""
    for year, count in {2020: 6, 2021: 7, 2022: 8}.items():
        for number, firm in enumerate(rng.sample(firms[150:340], count)):
            month = rng.randint(1, 4) if number == 0 else rng.randint(2, 8)
            firm.founded, firm.first = f"{year}-{month:02d}", index_of(year, month) + 2
            firm.annual = {y: 0.0 if y < year else firm.annual[y] for y in ALL_YEARS}
            if number == 0:
                grown = rng.uniform(3_200, 5_400)
                firm.annual |= {y: grown * 1.5 ** (y - year) for y in YEARS if y >= year}


def _leavers(rng: random.Random, firms: list[Firm]) -> None:
    for year, count in {2021: 5, 2022: 4}.items():
        old = [firm for firm in firms[200:] if firm.first == 0 and firm.gone == len(MONTHS)]
        for firm in rng.sample(old, count):
            firm.gone = index_of(year, 1)
            firm.annual = {y: firm.annual[y] if y < year else 0.0 for y in ALL_YEARS}


def _settle(rng: random.Random, firms: list[Firm], threshold: int, plan: dict[int, int]) -> None:
    """Let as many firms pass ``threshold`` for the first time in each year as planned."""
    for year, wanted in reversed(plan.items()):
        passing = [f for f in firms if f.annual[year] >= threshold and _below(f, threshold, year)]
        passing.sort(key=lambda firm: (firm.annual[year - 1] > 0, firm.annual[year], firm.name))
        for firm in passing[wanted:]:
            firm.annual[year - 1] = threshold * rng.uniform(1.01, 1.12)
        near = [f for f in firms if f.annual[year] and f.first == 0 and max(f.annual.values()) < threshold]
        near.sort(key=lambda firm: (-firm.annual[year], firm.name))
        for firm in near[: max(0, wanted - len(passing))]:
            firm.annual[year] = threshold * rng.uniform(1.01, 1.35 if threshold == 2_000 else 1.09)


def _below(firm: Firm, threshold: int, year: int) -> bool:
    return all(firm.annual[earlier] < threshold for earlier in ALL_YEARS if earlier < year)


def _register(rng: random.Random, firms: list[Firm]) -> None:
    """Put firms on the register: most in the last quarter of the year that they pass 2000万元, new plants earlier."""
    late = dict.fromkeys(ALL_YEARS, 0)
    for firm in firms:
        passed = next((year for year in ALL_YEARS if firm.annual[year] >= 2_000), None)
        if passed is None:
            continue
        fresh = firm.first >= index_of(passed, 1)
        if passed != ALL_YEARS[0] and not fresh and late[passed] < UNREGISTERED[passed]:
            late[passed] += 1
        elif passed == ALL_YEARS[0]:
            firm.enter = 0
        elif fresh:
            firm.enter = min(firm.first + 3, index_of(passed, 12))
        else:
            firm.enter = index_of(passed, 11 if firm.annual[passed] > 2_400 and rng.random() < 0.6 else 12)
        low = next((year for year in ALL_YEARS[:-1] if year > passed and firm.annual[year] < 1_500), None)
        if low:
            firm.leave = index_of(low + 1, 1)


def _months(rng: random.Random, firms: list[Firm]) -> None:
    for firm in firms:
        calm = 0.03 if firm.annual[2022] > 100_000 else 0.10
        shape, shocks = shapes.SALES, shapes.PANDEMIC
        firm.sales = shapes.spread(rng, firm.annual, shape, shocks=shocks, noise=calm, first=firm.first)
        ratio = rng.uniform(0.93, 1.03)
        made = {year: sales * ratio for year, sales in firm.annual.items()}
        firm.output = shapes.spread(rng, made, shape, shocks=shocks, noise=calm, first=firm.first)
        per_head = rng.uniform(75, 150) if firm.annual[2022] < 50_000 else rng.uniform(150, 210)
        firm.staff = [
            max(4, round(firm.annual[year] / per_head * (0.97 + 0.004 * min(month, 10)))) for year, month in MONTHS
        ]


def _taxes(rng: random.Random, firms: list[Firm]) -> None:
    due = []
    for firm in firms:
        rate = rng.uniform(0.010, 0.034) if firm.annual[2022] < 100_000 else rng.uniform(0.012, 0.016)
        yearly = {2019: 1.0, 2020: 0.945, 2021: 0.955, 2022: 0.935}
        due.append({year: sales * rate * yearly[year] for year, sales in firm.annual.items()})
    scale = TREASURY_TAX / sum(tax[2022] for tax in due)
    for firm, tax in zip(firms, due, strict=True):
        tenths = {year: amount * scale * 10 for year, amount in tax.items()}
        firm.tax = shapes.spread(
            rng, tenths, shapes.TAX, shocks=shapes.DEFERRED, noise=0.12, first=firm.first + (firm.first > 0)
        )


def _research(rng: random.Random, firms: list[Firm]) -> None:
    """R&D once a year: every giant, most firms on the register, some small ones."""
    doing = [firm for firm in firms if (firm.enter < len(MONTHS) and rng.random() < 0.8) or rng.random() < 0.12]
    doing += [firm for firm in firms[: len(GIANTS)] if firm not in doing]
    effort = {id(firm): rng.uniform(0.02, 0.06) for firm in doing}
    for year in ALL_YEARS:
        weights = [firm.annual[year] * effort[id(firm)] for firm in doing]
        for firm, amount in zip(doing, shapes.shares(RD_SPEND[year], weights), strict=True):
            if amount:
                firm.rd[year] = amount


def _services(rng: random.Random, brands: list[str]) -> list[Firm]:
    """Service firms: the ledger of industry has their staff and their place on the register, no sales."""
    waiting = [index_of(year, rng.choice((11, 12))) for year, count in NEW_SERVICES.items() for _ in range(count)]
    firms = []
    for number, brand in enumerate(brands):
        park = rng.choices(list(names.PARKS), (0.3, 0.2, 0.5))[0]
        trade, word = rng.choice(names.SERVICES)
        founded = f"{rng.randint(2005, 2018)}-{rng.randint(1, 12):02d}"
        firm = Firm(brand + word, park, trade, founded, dict.fromkeys(ALL_YEARS, 0.0), service=True)
        firm.enter = waiting[number] if number < len(waiting) else 0 if number < 26 else len(MONTHS)
        staff = rng.randint(40, 260) if firm.enter < len(MONTHS) else rng.randint(6, 40)
        firm.staff = [round(staff * (1 + 0.02 * (year - 2021))) for year, _ in MONTHS]
        firms.append(firm)
    return firms


def ledger(firms: list[Firm]) -> list[dict[str, object]]:
    """The rows of enterprise_months.csv: cumulative sales, output, tax, R&D, staff and the register.

    Output stands only for firms on the register and never in January; R&D stands once a year, in December.
    """
    sums = [[shapes.cumulate(flows) for flows in (firm.sales, firm.output, firm.tax)] for firm in firms]
    rows = []
    for index in WRITTEN:
        year, month = MONTHS[index]
        for firm, (sales, output, tax) in zip(firms, sums, strict=True):
            if not firm.active(index):
                continue
            on = firm.registered(index)
            row = {"period": shapes.text_of(index), "enterprise": firm.code, "employees": firm.staff[index]}
            row |= {"above_scale": "yes" if on else "no", "source": "ledger"}
            if not firm.service:
                row |= {"invoiced_sales_10k_yuan": sales[index], "tax_10k_yuan": shapes.decimal(tax[index] / 10, 1)}
                row |= {"output_10k_yuan": output[index]} if on and month > 1 else {}
                row |= {"rd_10k_yuan": firm.rd[year]} if month == 12 and year in firm.rd else {}
            rows.append(row)
    return rows
