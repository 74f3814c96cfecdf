"""Real monthly bulletins (13 county units, 2018-2023) as zone folders: renames, unit changes, growth-only rows.

The panel was rebuilt from public bulletins of a city in Hunan and is not part of the project.
"""

import csv
import datetime
import random
import shutil
from collections import Counter

import openpyxl
import pandas as pd
import pytest

from zonereport.inputs import InputError, Period, load_dictionary, load_zone
from zonereport.inputs.consistency import falling_faults, magnitude_faults
from zonereport.inputs.figures import figures, same_dimension
from zonereport.inputs.workbook import import_book
from zonereport.inputs.workbook.context import Context
from zonereport.metrics import measure

PANEL = "../shared/reference/panel/county_monthly_2018_2023.csv"
CODES = {"地方一般公共预算收入": "budget_revenue"}
ZONE = """\
name_zh: {name}
name_en: Unit {number}
place_zh: 湖南省
origin: published
sources:
  - {{id: bulletin, title: 统计月报, publisher: 统计局, place: 湖南省, covers: "2018", locator: 表}}
"""
COLUMNS = "period,code,park,value,unit,qualifier,growth_pct,growth_basis,rank,rank_of,vintage,source,locator,note"


@pytest.fixture(scope="module")
def panel(root):
    path = root / PANEL
    if not path.is_file():
        pytest.skip("the real monthly panel is not beside this checkout")
    return pd.read_csv(path)


# printed in 亿元 under a head that says 万元: the whole city's trade of a year would be that of a shop
SLIP = {"year": 2023, "month_to": 12, "indicator": "进出口总额"}


@pytest.fixture(scope="module")
def folder(panel, root, tmp_path_factory):
    """The zone folders of the panel, its one slip of a unit mended."""
    slipped = (panel[list(SLIP)] == pd.Series(SLIP)).all(axis=1) & (panel["kind"] == "ytd_abs")
    mended = panel.assign(unit=panel["unit"].mask(slipped, "亿元"))
    return folders(mended, root, tmp_path_factory.mktemp("panel"))


def folders(panel, root, target):
    """One zone folder a unit: level and growth of a month become one row of indicators.csv."""
    shutil.copytree(root / "data/dictionary", target / "data/dictionary")
    dictionary = load_dictionary(root)
    codes = Context("", None, dictionary, {}, {}).indicators
    names = {name: codes.get(name) for name in panel["indicator"].unique()}
    assert None not in names.values(), names
    for number, (unit, rows) in enumerate(panel.groupby("unit_name", sort=True)):
        home = target / f"data/unit{number:02d}"
        home.mkdir()
        (home / "zone.yml").write_text(ZONE.format(name=unit, number=number), encoding="utf-8")
        with (home / "indicators.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS.split(","), restval="")
            writer.writeheader()
            for (year, month, name), group in rows.groupby(["year", "month_to", "indicator"]):
                writer.writerow(record(year, month, names[name], group))
    return target


def record(year, month, code, group):
    """A row of indicators.csv from the level row and the growth row of one bulletin."""
    kinds = {kind: part.iloc[-1] for kind, part in group.groupby("kind")}
    row = {"period": f"{year}-{month:02d}", "code": code, "source": "bulletin"}
    if "ytd_abs" in kinds:
        row |= {"value": repr(float(kinds["ytd_abs"]["value"])), "unit": kinds["ytd_abs"]["unit"]}
    else:
        row |= {"unit": "亿元"}
    if "ytd_yoy_pct" in kinds:
        row |= {"growth_pct": repr(float(kinds["ytd_yoy_pct"]["value"])), "growth_basis": "bulletin"}
    ranks = group["rank_published"].dropna()
    return row | ({"rank": int(ranks.iloc[-1]), "rank_of": 12} if len(ranks) and ranks.iloc[-1] <= 12 else {})


def units(folder):
    return sorted(path.parent.name for path in folder.glob("data/*/zone.yml"))


def test_every_unit_loads(folder, panel):
    assert len(units(folder)) == panel["unit_name"].nunique()
    months = set()
    for unit in units(folder):
        zone = load_zone(unit, folder)
        months |= set(zone.periods)
    assert len(months) == len(panel[["year", "month_to"]].drop_duplicates())
    assert Period.parse("2018-02") in months


def test_the_slip_of_a_unit_in_a_real_bulletin_is_refused(panel, root, tmp_path):
    target = folders(panel, root, tmp_path)
    refused = {}
    for unit in units(target):
        try:
            load_zone(unit, target)
        except InputError as error:
            errors = [fault for fault in error.faults if fault.severity == "error"]
            refused |= {(unit, fault.value): (fault.column, fault.where) for fault in errors}
    # all of the units printed it so; those with a long enough series in yuan can tell
    assert len(refused) >= 2
    assert {column for column, _ in refused.values()} == {"value"}
    assert all("2023-12, foreign_trade" in where for _, where in refused.values())


def test_an_injected_slip_of_a_unit_is_never_passed_over(folder):
    dictionary, caught, rng = load_dictionary(folder), Counter(), random.Random(1)
    for unit in units(folder):
        frame = load_zone(unit, folder).tables["indicators"]
        for (code, in_unit), rows in frame[frame["value"].abs() > 0].groupby(["code", "unit"]):
            for slip in (1e4, 1e-4) if len(rows) > 4 else ():
                row = rng.choice(list(rows.index))
                spoilt = rows.assign(value=rows["value"].mask(rows.index == row, rows["value"] * slip))
                other = not same_dimension(code, in_unit, dictionary)
                series = figures(spoilt, dictionary, entity="park", other_dimension=other)
                found = [fault for fault in magnitude_faults("", series) if fault.row == row]
                worst = found[0].severity if found else "fall" if falling_faults("", series) else "missed"
                caught[worst] += 1
    print("injected slips of 10^4:", dict(caught))
    assert caught["missed"] == 0
    assert caught["error"] > 0.9 * caught.total()


def test_three_names_of_budget_revenue_are_one_code(folder, panel):
    names = set(panel[panel["indicator"] == "一般公共预算收入"]["published_name"])
    assert len(names) > 1
    codes = Context("", None, load_dictionary(folder), {}, {}).indicators
    assert set(map(codes.get, names)) == {"budget_revenue"}


def test_no_growth_is_made_across_a_change_of_currency(folder):
    """Imports and exports are in 万美元 in some years and in 万元 in others."""
    reasons = set()
    for unit in units(folder):
        zone = load_zone(unit, folder)
        rows = zone.tables["indicators"].query("code == 'foreign_trade'")
        first_cny = rows[rows["unit"] == "万元"]["period"].min()
        if isinstance(first_cny, str):
            made = measure(zone, period=first_cny).set_index(["code", "measure"])
            reasons.add(made.at[("foreign_trade", "growth"), "reason"])
            assert made.at[("foreign_trade", "value"), "unit"] == "万元"
    assert reasons <= {"basis_changed", "no_base"}
    assert reasons


def test_growth_only_indicators_have_growth_and_no_value(folder):
    zone = load_zone(units(folder)[1], folder)
    made = measure(zone, period=str(zone.periods[-1])).set_index(["code", "measure"])
    assert made.at[("industrial_value_added", "value"), "reason"] == "not_reported"
    assert pd.notna(made.at[("industrial_value_added", "growth"), "value"])


def test_computed_growth_never_contradicts_the_published_one_in_sign_without_a_reason(folder, panel):
    """Where a bulletin prints both, the printed growth is the one that is kept."""
    for unit in units(folder)[:3]:
        zone = load_zone(unit, folder)
        rows = zone.tables["indicators"]
        both = rows[rows["growth_pct"].notna() & (rows["period"] == str(zone.periods[-1]))]
        made = measure(zone, period=str(zone.periods[-1])).set_index(["code", "measure"])
        for code, growth in zip(both["code"], both["growth_pct"], strict=True):
            assert made.at[(code, "growth"), "value"] == growth
            assert made.at[(code, "growth"), "basis"] == "published bulletin"


def test_a_month_of_bulletins_comes_in_as_a_hand_made_workbook(folder, panel, tmp_path):
    """The real figures of one month, as an office would type them: title, unit in the header, names of its own."""
    unit = panel["unit_name"].value_counts().index[0]
    rows = panel[(panel["unit_name"] == unit) & (panel["kind"] == "ytd_abs")]
    year, month = rows[["year", "month_to"]].max().tolist()
    rows = rows[(rows["year"] == year) & (rows["month_to"] == rows.loc[rows["year"] == year, "month_to"].max())]
    month = int(rows["month_to"].iloc[0])
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append([f"{unit}{year}年1-{month}月主要经济指标"])
    sheet.append(["指标名称", "计量单位", "累计"])
    for name, measured, value in rows[["published_name", "unit", "value"]].itertuples(index=False):
        sheet.append([name, measured, value])
    sheet.append(["注：快报数"])
    workbook.save(tmp_path / "统计局.xlsx")
    root = tmp_path / "project"
    shutil.copytree(folder / "data/dictionary", root / "data/dictionary")
    (root / "data/county").mkdir()
    text = ZONE.format(name=unit, number=0).replace('covers: "2018"', f'covers: "{year}"')
    (root / "data/county/zone.yml").write_text(text, encoding="utf-8")
    first = f"{COLUMNS}\n{year - 1}-{month:02d},budget_revenue,,1,亿元,,,,,,,bulletin,,\n"
    (root / "data/county/indicators.csv").write_text(first, encoding="utf-8")
    done = import_book(
        tmp_path / "统计局.xlsx", "county", root, received=datetime.date(year + 1, 1, 20), source="bulletin"
    )
    assert done.faults == ()
    table = load_zone("county", root).tables["indicators"]
    arrived = table[table["period"] == f"{year}-{month:02d}"].set_index("code")["value"]
    codes = Context("", None, load_dictionary(root), {}, {}).indicators
    for name, value in zip(rows["published_name"], rows["value"], strict=True):
        assert arrived[codes.get(name)] == value
