"""Projects with their plans and delays, and what is built, cleared, settled and promised."""

import random
from collections import Counter

from tools.demo import names, shapes
from tools.demo.firms import Firm
from tools.demo.shapes import MONTHS, index_of, text_of

Row = dict[str, object]
# signed projects and their investment in hundredths of 亿元
SIGNED = {2019: (5, 2_900), 2020: (7, 4_860), 2021: (8, 6_250), 2022: (10, 8_140)}
PROVINCIAL, CITY = 3, 11
LISTED = "2022-02"
LAND = {2020: (6, 612, 655), 2021: (8, 785, 860), 2022: (9, 936, 1_045)}


def projects(seed: int, firms: list[Firm]) -> tuple[list[Row], list[Row]]:
    """projects.csv and project_progress.csv: every month's stage, plan and money of every project.

    A plan that is not kept is moved when its month comes: each move is a new version of the plan.
    """
    rng = shapes.stream(seed, "projects")
    makers = {park: [firm for firm in firms if 2022 in firm.rd and firm.park == park] for park in names.PARKS}
    heads, progress = [], []
    used: Counter = Counter()
    for year, (count, total) in SIGNED.items():
        months = sorted(rng.choices(range(1, 13), shapes.EVEN, k=count))
        amounts = shapes.shares(total, [rng.uniform(1, 5) for _ in range(count)])
        for number, (month, amount) in enumerate(zip(months, amounts, strict=True)):
            free = makers[rng.choices(list(makers), names.PARK_WEIGHTS)[0]]
            maker = free.pop(rng.randrange(len(free)))
            product = rng.choice(sorted(names.PRODUCTS[maker.park], key=lambda word: used[word])[:3])
            used[product] += 1
            code = f"x{year}-{number + 1:02d}"
            withdrawn = year in (2020, 2021) and number == 2
            course = _course(rng, index_of(year, month), amount, withdrawn)
            rows = [{"project": code, "source": "projects", "unit": "亿元"} | row for row in course]
            progress += rows
            last = rows[-1]
            changed = next(row["period"] for row in rows if row["stage"] == last["stage"])
            done = last["stage"] in ("in_production", "withdrawn")
            heads.append(
                {
                    **{"project": code, "name": maker.name[:2] + product + "项目", "park": maker.park},
                    **{"stage": last["stage"], "stage_date": changed},
                    **{"planned_date": "" if done else last["planned_production"]},
                    **{"investment": shapes.decimal(amount / 100, 2), "unit": "亿元", "source": "projects"},
                }
            )
    signed: dict[str, str] = {}
    for row in progress:
        signed.setdefault(row["project"], row["period"])
    _list(heads, signed)
    progress.sort(key=lambda row: (row["period"], row["project"]))
    return heads, [row for row in progress if row["period"] >= text_of(shapes.WRITTEN[0])]


def _course(rng: random.Random, signed: int, amount: int, withdrawn: bool) -> list[Row]:
    start = signed + rng.randint(3, 6)
    build = rng.randint(12, 18)
    late_start = rng.choices((0, 1, 2, 4), (5, 2, 2, 1))[0]
    late_end = late_start + rng.choices((0, 2, 3, 6), (4, 2, 2, 1))[0]
    begun, made = start + late_start, start + build + late_end
    planned_start, planned_end = start, start + build
    spent = amount * rng.uniform(0.50, 0.66)
    rows = []
    for index in range(signed, len(MONTHS)):
        if index == planned_start < begun:
            moved = min(begun, planned_start + rng.randint(1, 2)) - planned_start
            planned_start, planned_end = planned_start + moved, planned_end + moved
        if planned_end - 1 <= index and planned_end < made:
            planned_end = min(made, planned_end + rng.randint(1, 3))
        part = min(1.0, max(0.0, (index - begun + 1) / (made - begun)))
        gone = withdrawn and index >= signed + 8
        rows.append(
            {
                **{"period": text_of(index), "stage": "withdrawn" if gone else _stage(index, signed, begun, made)},
                **{"planned_start": _month(planned_start), "planned_production": _month(planned_end)},
                "invested": shapes.decimal(0 if withdrawn else int(spent * (3 - 2 * part) * part**2) / 100, 2),
            }
        )
        if (index >= made or gone) and index % 12:
            break
    # investment is not reported for January
    return [row for row in rows if not row["period"].endswith("-01")]


def _stage(index: int, signed: int, begun: int, made: int) -> str:
    if index < begun:
        return "signed" if index < signed + 2 else "permitting"
    roof, trial = begun + round((made - begun) * 0.6), made - 2
    steps = {"in_production": made, "trial_production": trial, "topped_out": roof}
    return next((stage for stage, first in steps.items() if index >= first), "construction")


def _month(index: int) -> str:
    """A planned month, which may lie behind the last of MONTHS."""
    return f"{shapes.BASE + index // 12}-{index % 12 + 1:02d}"


def _list(heads: list[Row], signed: dict[str, str]) -> None:
    """Put the largest projects that are not finished on the provincial list, the next on the city's.

    ``signed`` is the month in which each was signed.
    """
    open_ = [head for head in heads if head["stage"] != "withdrawn" and head["stage_date"] >= "2022"]
    open_.sort(key=lambda head: (-head["investment"], head["project"]))
    for rank, head in enumerate(open_[: PROVINCIAL + CITY]):
        head["tier"] = "provincial" if rank < PROVINCIAL else "city"
        # the year's lists come out in February; what is signed later is added when it is signed
        head["tier_date"] = max(LISTED, signed[head["project"]])


def signed_flows(heads: list[Row], progress: list[Row], park: str) -> tuple[list[int], list[int]]:
    """Projects signed in a park each month, and their investment in hundredths of 亿元."""
    counts, amounts = [0] * len(MONTHS), [0] * len(MONTHS)
    first = {}
    for row in progress:
        first.setdefault(row["project"], row["period"])
    for head in heads:
        if head["park"] == park and not head["project"].startswith(f"x{shapes.BASE}"):
            index = shapes.index_in(first[head["project"]])
            counts[index] += 1
            amounts[index] += int(head["investment"] * 100)
    return counts, amounts


def land(seed: int) -> list[Row]:
    """Plots renewed, with area and the tax gained."""
    rng = shapes.stream(seed, "land")
    rows = []
    numbers = iter(rng.sample(range(1, 90), sum(count for count, _, _ in LAND.values())))
    for year, (count, area, tax) in LAND.items():
        areas = shapes.shares(area, [rng.uniform(1, 4) for _ in range(count)])
        taxes = shapes.shares(tax, [part * rng.uniform(0.6, 1.4) for part in areas])
        months = sorted(rng.choices(range(3, 13), k=count))
        for number, (month, mu, gained) in enumerate(zip(months, areas, taxes, strict=True), 1):
            park = rng.choices(list(names.PARKS), names.PARK_WEIGHTS)[0]
            rows.append(
                {
                    **{"plot": f"l{year}-{number:02d}", "name": f"{names.PARKS[park]}{next(numbers)}号地块"},
                    **{"park": park, "period": f"{year}-{month:02d}", "area": mu, "unit": "亩"},
                    **{"tax_gained_10k_yuan": gained, "source": "land"},
                }
            )
    return rows


CARRIERS = (
    ("云锦产业社区一期", "yunjin", "industrial_community", "in_service", "2020-09", 86_000, 81_300, 31),
    ("云锦产业社区二期", "yunjin", "industrial_community", "in_service", "2022-06", 74_000, 42_800, 17),
    ("云锦产业社区三期", "yunjin", "industrial_community", "topped_out", "2022-11", 68_000, None, None),
    ("川禾众创空间", "chuanhe", "innovation_space", "in_service", "2019-05", 12_500, 11_200, 46),
    ("川禾数据谷", "chuanhe", "data_centre", "in_service", "2021-10", 53_000, 39_600, 9),
    ("川禾数据谷二期", "chuanhe", "data_centre", "construction", "2022-03", 61_000, None, None),
    ("星澜新材料加速器", "xinglan", "industrial_park", "in_service", "2021-04", 47_000, 33_900, 14),
    ("星澜中试基地", "xinglan", "industrial_park", "approved", "2022-10", 29_000, None, None),
)
WORKS = (
    ("云锦大道北延", "yunjin", "road", "in_service", "2021-11"),
    ("云锦三路", "yunjin", "road", "main_line_completed", "2022-12"),
    ("川禾路改造", "chuanhe", "road", "in_service", "2022-08"),
    ("川禾220千伏变电站", "chuanhe", "power", "construction", "2022-05"),
    ("星澜污水处理厂扩容", "xinglan", "sewage", "in_service", "2022-10"),
    ("星澜再生水管网", "xinglan", "sewage", "construction", "2022-04"),
    ("产城融合区房屋征收三期", "yunjin", "relocation", "construction", "2022-02"),
    ("云溪生态廊道", "xinglan", "park", "in_service", "2021-06"),
)
# title, owner, due, status, indicator, since when it is on the list, when it was done
TASKS = (
    ("一季度工业开票销售实现开门红", "经济发展局（虚构）", "2023-03-31", "open", "invoiced_sales", "2022-12-20", ""),
    (
        "完成2022年度规模以上工业企业入库申报",
        "经济发展局（虚构）",
        "2022-12-15",
        "done",
        "above_scale_industry_new",
        "2022-09-15",
        "2022-12-12",
    ),
    (
        "已达标未入库企业逐户核实",
        "经济发展局（虚构）",
        "2023-02-28",
        "open",
        "above_scale_industry_new",
        "2022-12-20",
        "",
    ),
    ("一季度新开工亿元以上项目3个", "招商局（虚构）", "2023-03-31", "open", "projects_signed", "2022-12-20", ""),
    ("逾期未开工项目重排计划", "招商局（虚构）", "2022-11-30", "overdue", "", "2022-09-30", ""),
    ("全年实际利用外资到账核对", "招商局（虚构）", "2023-01-15", "open", "utilised_foreign_capital", "2022-12-20", ""),
    (
        "2023年到期高新技术企业重新认定辅导",
        "科技人才局（虚构）",
        "2023-04-30",
        "open",
        "hightech_recognised",
        "2022-12-20",
        "",
    ),
    (
        "科技型中小企业首批评价申报",
        "科技人才局（虚构）",
        "2023-03-31",
        "open",
        "tech_smes_evaluated",
        "2022-12-20",
        "",
    ),
    ("云锦产业社区三期竣工验收", "规划建设局（虚构）", "2022-12-31", "overdue", "", "2022-11-25", ""),
    ("川禾220千伏变电站送电", "规划建设局（虚构）", "2023-06-30", "open", "", "2022-05-20", ""),
    ("低效用地第一批地块腾退", "自然资源分局（虚构）", "2023-05-31", "open", "land_renewed", "2022-12-20", ""),
    (
        "春节前欠薪线索清零",
        "综合治理办公室（虚构）",
        "2023-01-18",
        "done",
        "wages_recovered",
        "2022-11-25",
        "2022-12-29",
    ),
    ("2022年重大项目清单编报", "招商局（虚构）", "2022-02-28", "done", "projects_signed", "2021-12-10", "2022-02-25"),
    (
        "一季度工业投资入统核对",
        "经济发展局（虚构）",
        "2022-04-15",
        "done",
        "industrial_investment",
        "2021-12-10",
        "2022-04-13",
    ),
    ("上半年固定资产投资项目调度", "经济发展局（虚构）", "2022-06-30", "done", "", "2022-02-18", "2022-07-06"),
    (
        "下半年外资到账项目逐个对接",
        "招商局（虚构）",
        "2022-09-30",
        "done",
        "utilised_foreign_capital",
        "2022-06-20",
        "2022-09-28",
    ),
)


def fixed(table: str) -> list[Row]:
    """The tables that no other depends on: carriers, works, tasks."""
    if table == "carriers":
        columns = ("name", "park", "kind", "status", "status_date")
        sizes = ("area_square_metre", "occupied_square_metre", "tenants")
        return [
            {"carrier": f"c{n:02d}", "unit": "家", "source": "projects", **dict(zip(columns + sizes, row, strict=True))}
            for n, row in enumerate(CARRIERS, 1)
        ]
    columns, key, rows = {
        "works": (("name", "park", "kind", "status", "status_date"), "work", WORKS),
        "tasks": (("title", "owner", "due", "status", "code", "set_on", "done"), "task", TASKS),
    }[table]
    return [
        {key: f"{key[0]}{n:02d}", "source": "projects", **dict(zip(columns, row, strict=True))}
        for n, row in enumerate(rows, 1)
    ]


def tenants() -> list[Row]:
    """Tenants and area in use of the carriers in service, quarter by quarter, up to those of carriers.csv."""
    rows = []
    for number, (_, _, _, status, since, _, occupied, count) in enumerate(CARRIERS, 1):
        if status != "in_service":
            continue
        quarters = [text_of(index) for index in shapes.WRITTEN if text_of(index)[-2:] in ("03", "06", "09", "12")]
        quarters = [text for text in quarters if text >= since]
        for place, text in enumerate(quarters, 1):
            # half of them come at once, the others one after the other
            share = 0.5 + 0.5 * place / len(quarters)
            row: Row = {"period": text, "carrier": f"c{number:02d}", "tenants": round(count * share), "unit": "家"}
            rows.append(row | {"occupied_square_metre": round(occupied * share / 100) * 100, "source": "projects"})
    return rows


def moves(firms: list[Firm]) -> list[Row]:
    """Two service firms that go to another park in 2022: they have no sales, so no figure of a park changes."""
    going = [firm for firm in firms if firm.service and firm.enter == 0][:2]
    parks = list(names.PARKS)
    rows = []
    for firm, day in zip(going, ("2022-06-01", "2022-09-15"), strict=True):
        park = parks[(parks.index(firm.park) + 1) % len(parks)]
        rows.append({"enterprise": firm.code, "park": park, "since": day, "source": "ledger"})
    return rows


def governance(closed: dict[str, dict[str, list[int]]]) -> list[Row]:
    """Cases reported and closed by code and park ("" the zone), cumulative; some are closed a month later.

    ``closed`` holds the cumulative cases closed of each code and park by month of MONTHS.
    """
    rows = []
    for index in shapes.WRITTEN:
        for code, parks in closed.items():
            # what stays open at the end of the year is one case, in the park that has most
            open_ = max(names.PARKS, key=lambda park: parks[park][index])
            ahead = {
                park: parks[park][index + 1] if index % 12 < 11 else parks[park][index] + (park == open_)
                for park in names.PARKS
            }
            for park, sums in parks.items():
                reported = sum(ahead.values()) if park == "" else ahead[park]
                rows.append(
                    {
                        **{"period": text_of(index), "code": code, "park": park},
                        **{"reported": reported, "closed": sums[index], "source": "governance"},
                    }
                )
    return rows


def by_month(rows: list[Row], column: str, parks: dict[str, str]) -> dict[str, list[int]]:
    """Flows by park of events: each row adds its ``column`` (1 where it is empty) in the month of its period."""
    flows = {park: [0] * len(MONTHS) for park in names.PARKS}
    for row in rows:
        park = row.get("park") or parks[str(row["enterprise"])]
        flows[park][shapes.index_in(str(row["period"]))] += int(row[column]) if column else 1
    return flows
