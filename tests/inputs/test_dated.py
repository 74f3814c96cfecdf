"""What changes has its day: moves of firms, parks that open and close, former names, tenants by month, targets."""

import datetime

import pandas as pd
import pytest

from zonereport.inputs import InputError, Period, load_zone
from zonereport.inputs.dated import by_park, zone_on

MONTHS = """\
period,enterprise,invoiced_sales_10k_yuan,above_scale,source
2022-10,alpha,600000,yes,monthly
2022-10,beta,500000,yes,monthly
2022-11,alpha,700000,yes,monthly
2022-11,beta,500000,yes,monthly
"""
FIRMS = "enterprise,name,industry,park,source\nalpha,甲公司,C3971,east,monthly\nbeta,乙公司,C3971,west,monthly\n"
FIGURES = """\
period,code,park,value,unit,source
2022-10,invoiced_sales,,110,亿元,monthly
2022-10,invoiced_sales,east,60,亿元,monthly
2022-10,invoiced_sales,west,50,亿元,monthly
2022-11,invoiced_sales,,120,亿元,monthly
2022-11,invoiced_sales,west,120,亿元,monthly
"""
MOVE = "enterprise,park,since,source\nalpha,west,2022-11-01,monthly\n"


@pytest.fixture
def folder(tmp_path, root):
    """A zone in which the larger of two firms leaves the eastern park, which then closes."""
    (tmp_path / "data/demo").mkdir(parents=True)
    (tmp_path / "data/dictionary").symlink_to(root / "data/dictionary")
    folder = tmp_path / "data/demo"
    text = """\
name_zh: 示例开发区
name_en: Example Zone
place_zh: 某省某市
origin: synthetic
parks:
  - {id: east, name_zh: 东园, closed: 2022-10-31}
  - {id: west, name_zh: 西园}
sources:
  - {id: monthly, title: 月报, publisher: 统计, place: 某市, covers: '2022'}
"""
    (folder / "zone.yml").write_text(text, encoding="utf-8")
    tables = {
        "indicators": FIGURES,
        "enterprises": FIRMS,
        "enterprise_months": MONTHS,
        "enterprise_parks": MOVE,
    }
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(rows, encoding="utf-8")
    return folder


def load(folder):
    return load_zone("demo", folder.parents[1])


def test_a_firm_that_moves_changes_nothing_before_it_does(folder):
    zone = load(folder)
    assert zone.warnings == ()
    parks = {}
    for text in ("2022-10", "2022-11"):
        parks[text] = zone_on(zone, Period.parse(text)).tables["enterprises"]["park"].tolist()
    assert parks == {"2022-10": ["east", "west"], "2022-11": ["west", "west"]}
    # without the day it would be a contradiction: October's figure of the park is less than its firm's
    (folder / "enterprise_parks.csv").unlink()
    changed = (folder / "enterprises.csv").read_text(encoding="utf-8").replace(",east,", ",west,")
    (folder / "enterprises.csv").write_text(changed, encoding="utf-8")
    with pytest.raises(InputError, match="at least 110"):
        load(folder)


def test_spans_have_the_firms_of_then():
    firms = pd.DataFrame({"enterprise": ["a"], "park": ["east"]})
    moves = pd.DataFrame({"enterprise": ["a", "a"], "park": ["west", "north"], "since": ["2022-02-15", "2022-04-01"]})
    spans = [
        (texts, rows["park"][0]) for texts, rows in by_park(firms, moves, ["2022-03", "2022-01", "2022-02", "2022"])
    ]
    assert spans == [(["2022-01"], "east"), (["2022-02", "2022-03"], "west"), (["2022"], "north")]


def test_a_park_has_no_figures_after_it_closed(folder):
    path = folder / "indicators.csv"
    path.write_text(FIGURES.replace("2022-11,invoiced_sales,west,120", "2022-11,invoiced_sales,east,120"), "utf-8")
    with pytest.raises(InputError, match=r'indicators\.csv row 6, park: "east"; expected no row of 2022-11'):
        load(folder)
    # what is left adds up by itself
    path.write_text(FIGURES.replace("2022-11,invoiced_sales,west,120", "2022-11,invoiced_sales,west,110"), "utf-8")
    with pytest.raises(InputError, match="the sum of the parks in 2022-11"):
        load(folder)


def test_tenants_of_a_month_are_those_of_its_edition(folder):
    carriers = "carrier,name,kind,status,tenants,unit,qualifier,source\n"
    carriers += "hub,众创,innovation_space,in_service,20,家,lower_bound,monthly\n"
    (folder / "carriers.csv").write_text(carriers, encoding="utf-8")
    months = "period,carrier,tenants,unit,source\n2022-11,hub,23,家,monthly\n"
    (folder / "carrier_months.csv").write_text(months, encoding="utf-8")
    zone = load(folder)
    rows = [zone_on(zone, Period.parse(text)).tables["carriers"].iloc[0] for text in ("2022-10", "2022-11")]
    assert [(row["tenants"], row["qualifier"]) for row in rows] == [(20, "lower_bound"), (23, "")]
    (folder / "carrier_months.csv").write_text(months.replace("hub", "hut"), encoding="utf-8")
    with pytest.raises(InputError, match=r"a carrier of carriers\.csv"):
        load(folder)


def test_a_firm_is_known_by_its_former_name(tmp_path, folder):
    import openpyxl

    from zonereport.inputs.workbook import import_book

    def take(name, sheet, rows):
        book = openpyxl.Workbook()
        book.active.title = sheet
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / f"{name}.xlsx")
        day = datetime.date(2022, 12, 12)
        return import_book(tmp_path / f"{name}.xlsx", "demo", folder.parents[1], received=day)

    renamed = take("名录", "企业", [["企业编号", "企业名称", "来源"], ["beta", "乙股份公司", "monthly"]])
    assert renamed.faults == ()
    assert load(folder).tables["enterprises"]["former_names"].tolist() == ["", "乙公司"]
    # the office goes on to use the old one
    months = [["企业名称", "期末人数"], ["乙公司", 30], ["乙股份公司", 30]]
    assert take("台账2022-11", "企业月度", months).faults == ()
    assert load(folder).tables["enterprise_months"].query("enterprise == 'beta'")["employees"].tolist()[-1] == 30


def test_a_target_that_is_changed_needs_its_day(tmp_path, folder):
    import openpyxl

    from zonereport.inputs.workbook import import_book

    def take(*rows):
        book = openpyxl.Workbook()
        book.active.title = "目标"
        book.active.append(["年度", "指标编码", "目标值", "单位", "目标类型", "下达日", "来源"])
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "目标.xlsx")
        return import_book(tmp_path / "目标.xlsx", "demo", folder.parents[1], received=datetime.date(2022, 12, 12))

    row = [2022, "工业开票销售", 130, "亿元", "总量"]
    assert take([*row, "2022-01-20", "monthly"]).added == {"targets": 1}
    # sent once more without its day it is the same one
    assert take([*row, None, "monthly"]).unchanged == 1
    fault = take([2022, "工业开票销售", 125, "亿元", "总量", None, "monthly"]).faults[0]
    assert "下达日" in fault.expected
    assert "130 亿元 of 2022-01-20" in fault.expected
    assert take([2022, "工业开票销售", 125, "亿元", "总量", "2022-07-28", "monthly"]).added == {"targets": 1}
