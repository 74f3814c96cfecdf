"""Governance: sentence, table and chart print one figure, and say no more than it holds."""

import pandas as pd

from zonereport.metrics.frame import measures_frame
from zonereport.present import Report, charts, tables
from zonereport.present.words import governance
from zonereport.present.words import governance_cases as cases
from zonereport.present.words import governance_safety as safety


def made(zone, rows, frames=None):
    """A report of nothing but these measures and details."""
    place = {"zone": "demo", "period": "2022-12", "park": "", "source": "governance"}
    return Report(zone, measures_frame([place | row for row in rows]), frames or {})


def accidents(zone, now, before, p, *, target=None):
    """A report on accidents alone."""
    rows = [("value", now, "起"), ("last_year", before, "起"), ("change_on_year", now - before, "起")]
    rows += [("poisson_p", p, ""), ("poisson_low", 0.2, "起"), ("poisson_high", 7.2, "起")]
    frames = {}
    if target is not None:
        rows += [("target", target, "起"), ("target_gap", target - now, "起")]
        frames["targets"] = pd.DataFrame([{"code": "safety_accidents", "kind": "ceiling", "in_force": True}])
    named = [{"code": "safety_accidents", "measure": m, "value": v, "unit": u} for m, v, u in rows]
    return made(zone, named, frames)


def test_a_small_count_is_not_called_better(zone):
    report = accidents(zone, 2, 3, 1.0, target=3)
    text = sentence_of(safety.accidents_in_short(report))
    assert text == ("安全生产责任事故2起，比上年同期减少1起，未超过全年3起的控制数，起数少，增减尚在偶然波动范围之内")
    assert "不能据以认定安全形势好转或转差" in safety.paragraph(report)
    assert "不能据以认定没有变化" in safety.paragraph(report)


def sentence_of(clauses):
    return "，".join(filter(None, clauses))


def test_a_large_difference_is_said_and_its_reason_is_not(zone):
    report = accidents(zone, 12, 2, 0.013, target=3)
    assert "超过全年3起的控制数9起" in sentence_of(safety.accidents_in_short(report))
    assert "偶然波动" not in sentence_of(safety.accidents_in_short(report))
    text = safety.compared(report)
    assert "p值为0.013" in text
    assert "有所上升" in text
    assert "须逐起查明" in text
    assert "有所下降" in safety.compared(accidents(zone, 2, 12, 0.013))


def test_no_accident_is_not_no_risk(zone):
    assert "没有发生不等于没有风险" in safety.interval(accidents(zone, 0, 0, 1.0))


def test_governance_prints_one_figure_everywhere(year):
    verdict = governance.verdict(year)
    table = tables.governance_counts(year).data.set_index("指标")
    assert table.loc["安全生产责任事故", "本期"] == year.text("safety_accidents") == "2起"
    for code in governance.ORDER:
        assert year.text(code) in verdict
        assert table.loc[year.label(code), "本期"] == year.text(code)
    rate = year.text("inspection_cases_closed", "closing_rate")
    assert rate in verdict
    assert rate in governance.closing(year).finding
    assert rate in list(table["办结率"])
    ax = charts.part_of_whole(governance.closing_data(year), title="t")
    assert any(rate in text.get_text() for text in ax.texts)
    assert list(table.columns) == ["本期", "上年同期", "比上年增减", "受理", "办结率", "办结率增减"]


def test_months_are_drawn_as_high_as_they_are(year):
    data = governance.months_data(year)
    said = governance.months(year)
    ax = charts.month_panels(data, title=said.finding, names=governance.years(year), axis="月份")
    panels = ax.figure.axes
    assert [panel.get_title(loc="left") for panel in panels] == list(data["panel"].unique())
    wages = data[data["code"] == "wages_recovered"]
    drawn = [bar.get_height() for bar in panels[3].containers[-1].patches]
    assert drawn == wages["value"].tolist()
    top = wages.loc[wages["value"].idxmax()]
    assert said.finding.startswith(f"{top['month']}月是")
    assert top["full"] in said.finding


def test_months_need_three_of_them(zone, report_of):
    report = report_of(zone, "2022-02")
    assert governance.months_data(report).empty
    assert governance.months(report).missing
    assert charts.month_panels(governance.months_data(report), title="", names=("", ""), axis="") is None


def test_next_steps_name_parks_and_leave_out_what_is_done(year):
    text = cases.next_steps(year, safety.ACCIDENTS, governance.ORDER, governance.PAY)
    assert "环保督察信访件1件（云锦智造园1件）" in text
    assert "川禾数据园2起" in text
    assert "2022年1月" in text
    assert "2023年同月" in text
    assert "春节前欠薪线索清零" not in text


def test_the_real_zone_is_told_what_is_missing(only_year):
    verdict = governance.verdict(only_year)
    assert "来源只公布安全生产责任事故下降，未公布起数" in verdict
    assert "合计2000万元以上" in verdict
    assert "上年同期数和受理与办结台账未取得" in verdict
    assert tables.governance_parks(only_year) is None
    assert "建立受理与办结台账" in cases.next_steps(only_year, safety.ACCIDENTS, governance.ORDER, governance.PAY)
    assert list(tables.governance_counts(only_year).data) == ["指标", "本期", "口径与说明"]
