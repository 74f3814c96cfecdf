"""What happens to firms once: titles, platforms, patents, talents, pledges."""

from collections import Counter
from collections.abc import Iterator

from tools.demo import names, shapes
from tools.demo.firms import GIANTS, Firm
from tools.demo.shapes import MONTHS, YEARS, index_of, text_of

Row = dict[str, object]
# code: level, years that it holds, the months of it with their weights, firms by year
TITLES = {
    "tech_smes_evaluated": ("national", 0, {4: 2, 5: 3, 6: 3, 7: 4, 8: 3, 9: 3, 10: 2}, (39, 45, 53)),
    "hightech_pipeline_new": ("city", None, {6: 2, 7: 3}, (6, 7, 9)),
    "hightech_recognised": ("national", 3, {10: 1, 11: 3, 12: 2}, (5, 4, 6)),
    "little_giants_new": ("national", 3, {8: 1}, (1, 1, 1)),
    "listing_pipeline_new": ("provincial", None, {9: 1}, (1, 2, 1)),
    "innovation_leaders_provincial": ("provincial", 3, {10: 1}, (1, 0, 1)),
}
RULES = {
    "tech_smes_evaluated": dict.fromkeys(YEARS, "2017年评价办法"),
    "hightech_pipeline_new": dict.fromkeys(YEARS, "2019年入库办法"),
    "hightech_recognised": dict.fromkeys(YEARS, "2016年认定办法"),
    "little_giants_new": {2020: "2020年培育通知", 2021: "2021年培育通知", 2022: "2022年梯度培育办法"},
    "listing_pipeline_new": dict.fromkeys(YEARS, "2020年培育计划"),
    "innovation_leaders_provincial": dict.fromkeys(YEARS, "2018年培育计划"),
}
PLATFORMS = (2, 2, 3)
TALENTS = {"talents_recruited": (14, 17, 21), "talents_overseas": (7, 9, 12), "talents_national": (1, 2, 3)}
PATENTS_NET = (15, 19, 26)
PLEDGES = {2020: 6_200, 2021: 7_450, 2022: 9_140}


def recognitions(seed: int, firms: list[Firm]) -> list[Row]:
    """Titles won: one row a firm, title and month; a title of three years is not won again while it holds."""
    rng = shapes.stream(seed, "recognitions")
    able = _able(firms)
    rows: list[Row] = []
    for code, (level, years, months, counts) in TITLES.items():
        held: set[str] = set()
        for year, count in zip(YEARS, counts, strict=True):
            large = code in ("little_giants_new", "listing_pipeline_new", "innovation_leaders_provincial")
            pool = [firm for firm in (able[:14] if large else able[5:]) if firm.code not in held and _there(firm, year)]
            for firm in rng.sample(pool, count):
                month = rng.choices(list(months), list(months.values()))[0]
                until = "" if years is None else f"{year}-12-31" if years == 0 else f"{year + years}-{month:02d}"
                rows.append(
                    {
                        **{"period": f"{year}-{month:02d}", "enterprise": firm.code, "code": code, "level": level},
                        **{"valid_until": until, "rule_version": RULES[code][year], "source": "science"},
                    }
                )
                held |= set() if years == 0 else {firm.code}
    return _sorted(rows)


def platforms(seed: int, firms: list[Firm]) -> list[Row]:
    """Provincial R&D platforms, each of another firm."""
    rng = shapes.stream(seed, "platforms")
    chosen = iter(rng.sample(_able(firms)[:40], sum(PLATFORMS)))
    return _sorted(
        {
            **{"period": f"{year}-{rng.choice((9, 10, 11)):02d}", "enterprise": next(chosen).code},
            **{"code": "rd_platforms_provincial_new", "level": "provincial", "source": "science"},
        }
        for year, count in zip(YEARS, PLATFORMS, strict=True)
        for _ in range(count)
    )


def talents(seed: int, firms: list[Firm]) -> list[Row]:
    """Talents recruited: those from overseas are among them; at most one row a firm, code and year."""
    rng = shapes.stream(seed, "talents")
    able = _able(firms)[:60]
    rows = []
    for n, year in enumerate(YEARS):
        recruited, overseas, national = (counts[n] for counts in TALENTS.values())
        chosen = rng.sample([firm for firm in able if _there(firm, year)], max(6, recruited // 2))
        months = {firm.code: rng.choice((3, 5, 6, 8, 9, 11)) for firm in chosen}
        heads = Counter(firm.code for firm in chosen)
        heads.update(rng.choice(chosen).code for _ in range(recruited - len(chosen)))
        abroad = Counter(rng.sample(sorted(heads.elements()), overseas))
        best = Counter(rng.sample(sorted(heads), national))
        for code, counted in zip(TALENTS, (heads, abroad, best), strict=True):
            rows += [
                {
                    **{"period": f"{year}-{months[firm]:02d}", "enterprise": firm, "code": code, "value": count},
                    **{"unit": "人", "qualifier": "subset" if code == "talents_overseas" else "", "source": "talent"},
                }
                for firm, count in counted.items()
            ]
    return _sorted(rows)


def patents(seed: int, firms: list[Firm]) -> list[Row]:
    """Invention patents month by month: granted in the year, and in force at the end of the month.

    In force grows by what is granted less what lapses; each lapse is met by a further grant elsewhere.
    """
    rng = shapes.stream(seed, "patents")
    holders = [firm for firm in _able(firms)[:90] if rng.random() < 0.7 and firm.first == 0]
    granted = {firm.code: [0] * len(MONTHS) for firm in holders}
    in_force = {firm.code: 2 + int(rng.expovariate(0.18)) for firm in holders}
    lapsed: dict[str, list[int]] = {firm.code: [0] * len(MONTHS) for firm in holders}
    by_park = {park: [firm.code for firm in holders if firm.park == park] for park in names.PARKS}
    for year, net in zip(YEARS, PATENTS_NET, strict=True):
        for number in range(net + 8):
            park = rng.choices(list(names.PARKS), names.PARK_WEIGHTS)[0]
            month = index_of(year, rng.randint(1 if number < net else 2, 12))
            granted[rng.choice(by_park[park])][month] += 1
            if number >= net:
                lapsed[max(by_park[park], key=lambda code: in_force[code] - sum(lapsed[code]))][month] += 1
    rows = []
    for code in granted:
        sums, stock = shapes.cumulate(granted[code]), in_force[code]
        for index in shapes.WRITTEN:
            stock += granted[code][index] - lapsed[code][index]
            row = {"period": text_of(index), "enterprise": code, "granted": sums[index], "in_force": stock}
            rows.append(row | {"source": "property"})
    return _sorted(rows)


def pledges(seed: int, firms: list[Firm]) -> list[Row]:
    """Loans on intellectual property, in 万元."""
    rng = shapes.stream(seed, "pledges")
    able = [firm for firm in _able(firms)[len(GIANTS) : 80] if firm.first == 0]
    rows = []
    for year, total in PLEDGES.items():
        amounts = shapes.shares(total // 10, [rng.uniform(1, 5) for _ in range(rng.randint(11, 15))])
        months = sorted(rng.choices(range(1, 13), shapes.EVEN, k=len(amounts)))
        for number, (month, amount) in enumerate(zip(months, amounts, strict=True), 1):
            rows.append(
                {
                    **{"pledge": f"p{year}-{number:02d}", "period": f"{year}-{month:02d}"},
                    **{"enterprise": rng.choice(able).code, "amount": amount * 10, "unit": "万元"},
                    **{"bank": rng.choice(names.BANKS), "source": "property"},
                }
            )
    return rows


def _able(firms: list[Firm]) -> list[Firm]:
    """Industrial firms that do research, largest first."""
    return sorted((firm for firm in firms if 2022 in firm.rd), key=lambda firm: (-sum(firm.sales[-12:]), firm.code))


def _there(firm: Firm, year: int) -> bool:
    return firm.active(index_of(year, 1))


def _sorted(rows: list[Row] | Iterator[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["period"], row["enterprise"], row.get("code", "")))
