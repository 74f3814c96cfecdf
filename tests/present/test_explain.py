"""A figure as a tree: formula, inputs, cells; and what a place among the peers takes, by hand."""

import dataclasses
import json

import pandas as pd
import pytest

from zonereport.inputs.history import Entry
from zonereport.metrics import measures_and_details
from zonereport.metrics.compare.ranking.wanted import wanted
from zonereport.present.known import UnknownName
from zonereport.present.report import Report


@pytest.fixture(scope="module")
def report(demo_zone):
    """November 2022 of the synthetic zone, whose tax was imported from a book and then corrected in a second one."""
    frame = demo_zone.tables["indicators"].copy()
    own = (frame["code"] == "treasury_tax") & (frame["period"] == "2022-11") & (frame["park"] == "")
    frame.loc[own, "locator"] = "税务局2022年11月.xlsx › 表!D4"
    day = frame.loc[own, "vintage"].iloc[0]
    entries = tuple(
        Entry(number, f"2022-12-0{number} 09:00:00", "import", "税务局2022年11月.xlsx", "", received, "税务局", 1, 0, 0)
        for number, received in ((7, "2022-12-07"), (8, day), (9, "2022-12-09"))
    )
    zone = dataclasses.replace(demo_zone, tables=demo_zone.tables | {"indicators": frame}, imports=entries)
    return Report(zone, *measures_and_details(zone, period="2022-11", park=""))


def test_an_imported_figure_names_its_cell_the_day_and_who_sent_it_when(report):
    line = report.explain("treasury_tax").parts[0]
    assert (line.place, line.received) == ("税务局2022年11月.xlsx › 表!D4", "2022-12-08")
    # of three books of that name the one that came on the day of the figure
    assert line.sent == "2022-12-08 09:00:00第8次导入，税务局报送"
    assert report.measures.set_index(["code", "measure"]).at[("treasury_tax", "value"), "locator"] == line.place


def test_a_completion_is_made_of_the_figure_and_the_targets(report):
    tree = report.explain("utilised_foreign_capital", "completion")
    value, target = tree.parts
    assert tree.figure == report.text("utilised_foreign_capital", "completion")
    assert value.figure == report.text("utilised_foreign_capital")
    assert [part.name for part in target.parts] == ["2022-07-28下达", "2022-01-20下达"]
    lines = str(tree).splitlines()
    assert lines[1].startswith("├─ 算法：Yₜ ÷ T × 100")
    assert lines[-1].startswith("   └─ 2022-01-20下达：总量2600万美元")
    assert json.loads(json.dumps(tree.as_dict()))["parts"][1]["name"].endswith("年度目标")


def test_a_derived_figure_is_made_of_its_two_parts(report):
    tree = report.explain("industrial_investment_share")
    assert tree.formula == "工业投资 ÷ 全社会固定资产投资"
    assert [part.name.removeprefix(report.place + report.period.name_zh) for part in tree.parts] == [
        "工业投资",
        "全社会固定资产投资",
    ]
    assert tree.figure.startswith("没有（")


def test_a_revised_figure_lists_every_vintage(demo_zone):
    report = Report(demo_zone, *measures_and_details(demo_zone, period="2022-09", park=""))
    names = [part.name for part in report.explain("industrial_investment").parts]
    assert names == ["第1次修订", "首次报送"]


@pytest.mark.parametrize(
    ("code", "measure", "named"),
    [
        ("treasury_tax", "rank", "第1位 "),
        ("treasury_tax", "forecast_p50", "2021年1—11月工业入库税收"),
        ("treasury_tax", "share", "云锦智造园"),
        ("above_scale_industry", "value", "企业月度"),
        ("project_ledger", "value", "项目进度"),
        ("invoiced_sales", "month", "2022年1—10月工业开票销售"),
    ],
)
def test_every_kind_of_measure_names_what_it_is_made_of(report, code, measure, named):
    assert any(part.name.startswith(named) for part in report.explain(code, measure).parts)


def test_every_measure_of_an_edition_can_be_explained(report):
    rows = report.measures.drop_duplicates("measure")
    for row in rows.itertuples(index=False):
        assert report.explain(row.code, row.measure).name


def test_an_unknown_code_has_a_suggestion(report):
    with pytest.raises(UnknownName, match="treasury_tax"):
        report.explain("treasury_taxx")


def test_a_place_on_growth_takes_the_growth_of_its_holder_and_the_amount_that_it_means(report):
    ranks = report.detail("ranks", code="treasury_tax")
    third = ranks[~ranks["is_zone"]].sort_values("printed", ascending=False)["printed"].iloc[2]
    level, growth = report.value("treasury_tax"), report.value("treasury_tax", "growth")
    one = wanted(ranks, 3, level=level, growth=growth, direction=1)
    assert one.level == pytest.approx(level / (1 + growth / 100) * (1 + third / 100))
    text = report.explain("treasury_tax", rank=3).figure
    assert "增速须由3.8%达到4.4%" in text
    # 2.98 / 1.038 * 0.006 = 0.0172, rounded up
    assert "累计数须再增0.02亿元" in text
    assert text.endswith("即同比增长4.4%")


def test_a_place_on_a_level_and_where_less_is_better():
    rows = pd.DataFrame(
        {"is_zone": [True, False, False], "entity": ["", "甲", "乙"], "on": "level", "printed": [10.0, 14.0, 12.0]}
    ).assign(unit="亿元")
    one = wanted(rows, 1, level=10.0, growth=25.0, direction=1)
    assert (one.holder, one.amount, one.level) == ("甲", 4.0, 14.0)
    # the base is 8: 14 is 75 % more
    assert one.growth == pytest.approx(75.0)
    assert wanted(rows, 1, level=10.0, growth=25.0, direction=-1).reason == "met"
    assert wanted(rows, 3, level=10.0, growth=25.0, direction=1).reason == "met"
    assert wanted(rows[:1], 1, level=10.0, growth=25.0, direction=1).reason == "no_peers"
