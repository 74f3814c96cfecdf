"""Governance: sentence, table and chart print one figure, and say no more than it holds."""

import dataclasses

import pandas as pd

from zonereport.metrics import details, measure
from zonereport.metrics.frame import measures_frame
from zonereport.present import Report, governance
from zonereport.present.governance.codes import ORDER


def accidents(zone, now, before, p, *, is_chance, target=None):
    """A report on accidents alone."""
    rows = [("value", now, "起"), ("last_year", before, "起"), ("change_on_year", now - before, "起")]
    rows += [("poisson_p", p, ""), ("poisson_low", 0.2, "起"), ("poisson_high", 7.2, "起")]
    frames = {"chance": pd.DataFrame([{"code": "safety_accidents", "p": p, "is_chance": is_chance}])}
    if target is not None:
        rows += [("target", target, "起"), ("target_gap", target - now, "起")]
        frames["targets"] = pd.DataFrame([{"code": "safety_accidents", "kind": "ceiling", "in_force": True}])
    return of_measures(zone, {("safety_accidents", name): (value, unit) for name, value, unit in rows}, frames)


def of_measures(zone, figures, frames=None):
    """A report of nothing but these figures, by code and measure, and details."""
    rows = []
    for (code, name), (value, unit) in figures.items():
        place = {"zone": "demo", "period": "2022-12", "park": "", "source": "governance"}
        rows.append(place | {"code": code, "measure": name, "value": value, "unit": unit})
    return Report(zone, measures_frame(rows), frames or {})


def cut(zone, **tables):
    """The report of the whole year of a zone with some tables replaced, or left out where they are None."""
    replaced = {name: frame for name, frame in (zone.tables | tables).items() if frame is not None}
    changed = dataclasses.replace(zone, tables=replaced)
    measures = measure(changed, period="2022-12")
    return Report(changed, measures, details(changed, measures))


def point(text, head):
    """What is said under a head of a list of points."""
    start = f"- **{head}**："
    return next(line.removeprefix(start) for line in text.splitlines() if line.startswith(start))


def test_a_small_count_is_not_called_better(zone):
    report = accidents(zone, 2, 3, 1.0, is_chance=True, target=3)
    assert point(governance.verdict(report).draw, "安全生产") == (
        "安全生产责任事故2起，比上年同期减少1起，未超过全年3起的控制数，起数少，增减尚在偶然波动范围之内。"
    )
    text = governance.safety(report).draw
    assert "不能据以认定安全形势好转或转差" in text
    assert "不能据以认定没有变化" in text
    # a p value and an interval are for those who check it
    assert "p值" not in text
    assert "区间" not in text
    assert any("p值为1.000" in sentence for sentence in governance.limits(report))
    assert any("在0.2起到7.2起之间（95%区间）" in sentence for sentence in governance.limits(report))


def test_a_large_difference_is_said_and_its_reason_is_not(zone):
    report = accidents(zone, 12, 2, 0.013, is_chance=False, target=3)
    verdict = point(governance.verdict(report).draw, "安全生产")
    assert "超过全年3起的控制数9起" in verdict
    assert "偶然波动" not in verdict
    text = governance.safety(report).draw
    assert "有所上升" in text
    assert "须逐起查明" in text
    assert "有所下降" in governance.safety(accidents(zone, 2, 12, 0.013, is_chance=False)).draw


def test_equal_counts_have_no_difference(zone):
    text = governance.safety(accidents(zone, 3, 3, 1.0, is_chance=True)).draw
    assert text.endswith("起数与上年同期相同；起数少时真实的变化难以显出，不能据以认定没有变化。")
    assert "差异" not in text


def test_no_accident_is_not_no_risk(zone):
    text = governance.safety(accidents(zone, 0, 2, 0.5, is_chance=True)).draw
    assert "没有发生不等于没有风险：同期平均水平高至7.2起时，仍可能一起都不发生。" in text


def test_accidents_by_month_and_park(year):
    # two accidents, in April and September, both in one of three parks
    assert governance.safety(year).draw.startswith(
        "本期2起，上年同期3起。按月看，4月1起、9月1起；按园区看，川禾数据园2起，其余园区未发生。"
    )


def test_governance_prints_one_figure_everywhere(year):
    verdict = governance.verdict(year).draw
    table = governance.counts(year).draw.data.set_index("指标")
    assert table.loc["安全生产责任事故", "本期"] == year.text("safety_accidents") == "2起"
    for code in ORDER:
        assert year.text(code) in verdict
        assert table.loc[year.label(code), "本期"] == year.text(code)
    rate = year.text("inspection_cases_closed", "closing_rate")
    assert rate in verdict
    assert rate in governance.closing(year).claim
    assert list(table.columns) == ["本期", "上年同期", "比上年增减"]


def test_cases_taken_up_settled_and_open(year, one_park):
    shown = governance.closing(year)
    # 12 of 13 letters and 36 of 37 disputes are settled
    assert shown.claim == "环保督察信访件办结率92.3%，劳资欠薪矛盾办结率97.3%"
    assert shown.draw.data.set_index("案件").loc["环保督察信访件"].to_dict() == {
        "受理": "13件",
        "办结": "12件",
        "未办结": "1件",
        "办结率": "92.3%",
        "比上年同期": "2.3个百分点",
        "未办结所在园区": "云锦智造园1件",
    }
    assert "未办结所在园区" not in governance.closing(one_park).draw.data


def test_more_settled_than_taken_up_leaves_nothing_known_to_be_open(zone):
    measures = {"reported": (10, "件"), "closed": (12, "件"), "open_cases": (-2, "件"), "closing_rate": (120.0, "%")}
    report = of_measures(zone, {("inspection_cases_closed", name): figure for name, figure in measures.items()})
    shown = governance.closing(report)
    assert list(shown.draw.data) == ["案件", "受理", "办结", "办结率"]
    assert shown.note.endswith("办结数多于受理数的，含上年受理的案件。")


def test_months_are_drawn_as_high_as_they_are(year):
    shown = governance.months(year)
    panels = shown.draw().figure.axes
    assert [panel.get_title(loc="left") for panel in panels] == list(shown.data["panel"].unique())
    wages = shown.data[shown.data["code"] == "wages_recovered"]
    drawn = [bar.get_height() for bar in panels[3].containers[-1].patches]
    assert drawn == wages["value"].tolist()
    top = wages.loc[wages["value"].idxmax()]
    assert shown.claim.startswith(f"{top['month']}月是")
    assert top["full"] in shown.claim


def test_months_need_three_of_them(zone, report_of, only_year):
    # in February nothing is missing; of a whole year the months can be had
    assert governance.months(report_of(zone, "2022-02")).gaps == ()
    assert governance.months(only_year).gaps[0].reason == "本年逐月数不足三个月"


def test_what_was_recovered_together(year, only_year, zone):
    # 915 + 1340 = 2255; 915 / 2255 = 40.6 %
    assert (
        "讨回欠薪915万元、工程款1340万元，合计2255万元，同比增长7.4%，其中欠薪占40.6%。"
        in governance.verdict(year).draw
    )
    assert "合计2000万元以上。" in governance.verdict(only_year).draw
    assert "既可能是清欠力度大，也可能是欠款发生多" in governance.counts(only_year).note
    alone = of_measures(zone, {("wages_recovered", "value"): (915, "万元")})
    assert point(governance.verdict(alone).draw, "劳资欠薪") == "讨回欠薪915万元。"


def test_parks_with_their_change(year, one_park):
    table = governance.parks(year).draw.data.set_index("园区")
    assert table.loc["川禾数据园", "事故（起）"] == "2（+1）"
    assert table.loc["云锦智造园", "事故（起）"] == "0（-2）"
    assert "没有括号的" not in governance.parks(year).note
    assert governance.parks(one_park).gaps == ()


def test_a_zone_without_figures_of_its_parks_is_told(zone):
    figures = zone.tables["indicators"]
    report = cut(zone, indicators=figures[figures["park"] == ""])
    assert governance.parks(report).kind == "gap"
    assert governance.parks(report).gaps[0].subject == "各园区综合治理数量"


def test_next_steps_name_parks_and_leave_out_what_is_done(year):
    text = governance.next_steps(year).draw
    assert point(text, "清办未结件").startswith("环保督察信访件1件（云锦智造园1件）和劳资欠薪矛盾1起（云锦智造园1起）")
    assert point(text, "事故发生地整改").startswith("川禾数据园2起，上年同期1起")
    assert point(text, "下月工作量参照").startswith("2022年1月协调劳资欠薪矛盾8起、讨回欠薪247万元")
    assert "2023年同月" in text
    assert "春节前欠薪线索清零" not in text


def test_an_open_task_of_the_list_is_named(zone):
    tasks = zone.tables["tasks"]
    mine = tasks["title"] == "春节前欠薪线索清零"
    report = cut(zone, tasks=tasks.assign(status=tasks["status"].mask(mine, "open")))
    assert "春节前欠薪线索清零由综合治理办公室（虚构）负责，时限2023年1月18日" in governance.next_steps(report).draw


def test_the_real_zone_says_what_it_can_and_asks_for_the_rest(only_year):
    verdict = governance.verdict(only_year).draw
    assert "来源只公布安全生产责任事故下降。" in verdict
    assert "合计2000万元以上" in verdict
    assert "判断边界" not in verdict
    assert governance.parks(only_year).kind == "gap"
    assert governance.safety(only_year).gaps[0].office == "应急管理"
    assert governance.closing(only_year).gaps[0].subject == "综合治理台账"
    assert governance.counts(only_year).gaps[0].subject == "同比增速：综合治理各项"
    assert governance.next_steps(only_year).kind == "gap"
    assert list(governance.counts(only_year).draw.data) == ["指标", "本期", "口径与说明"]


def test_limits_concern_what_is_shown(year, only_year, lean):
    assert len(governance.limits(year)) == 5
    assert governance.limits(only_year) == ["走访企业按家计，同一企业多次走访的口径以来源为准。"]
    assert governance.limits(lean) == []


def test_nothing_to_say_is_a_gap_never_a_traceback(lean):
    shown = [getattr(governance, name)(lean) for name in governance.__all__ if name != "limits"]
    assert {exhibit.kind for exhibit in shown} == {"gap"}
    assert [gap.subject for gap in governance.counts(lean).gaps] == ["综合治理各项数量"]
