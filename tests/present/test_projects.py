"""Projects: sentence, table and chart print one figure; lights are red, yellow and green, and read in grey."""

import dataclasses

import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from zonereport.present import projects
from zonereport.present.charts.gantt import SIGNS
from zonereport.present.kit import ledgers
from zonereport.present.projects.next_steps import TODO, steps
from zonereport.present.projects.stalled import REASONS, _why

CHARTS = (projects.stages, projects.schedule, projects.durations, projects.slippage)


def texts(ax):
    return [text.get_text() for text in ax.texts]


def with_details(report, **frames):
    """The report with other frames in place of some of its details."""
    return dataclasses.replace(report, details={**report.details, **frames})


def test_the_verdict_prints_what_the_measures_hold(year):
    text = projects.verdict(year).draw
    live, red = year.value("project_ledger"), year.value("project_light_red")
    assert f"台账在册项目{live:.0f}个" in text
    assert f"红灯{red:.0f}个" in text
    assert f"计划总投资{year.value('project_ledger', 'project_investment'):.2f}亿元" in text
    assert text.count("\n") <= 4


def test_the_real_zone_says_what_it_has_and_asks_for_what_it_lacks(only_year):
    # data/yizheng: 8 projects without investment and progress, 8 signed over 75 亿元; 75 / 8 = 9.375
    assert projects.verdict(only_year).draw.splitlines() == [
        "- **推进**：来源点名项目8个。"
        "按阶段分，已签约1个、办理许可1个、在建2个、交付中1个、已投产1个、已投用1个、阶段不详1个。",
        "- **签约**：新签约落户项目8个；新签约落户项目总投资75亿元；平均每个项目9.38亿元。",
    ]
    for each in (projects.schedule, projects.behind, projects.cohorts, projects.durations, projects.stalled):
        shown = each(only_year)
        assert shown.kind == "gap"
        assert [gap.subject for gap in shown.gaps] == ["项目逐月进度"]


def test_published_figures_stand_as_the_source_prints_them(only_year):
    shown = projects.published(only_year)
    table = shown.draw.data.set_index("指标")
    assert list(table) == ["数值", "口径与说明", "出处"]
    assert table.at["新签约落户项目总投资", "数值"] == "75亿元"
    values = shown.data[shown.data["measure"] == "value"].set_index("code")["value"]
    assert values["projects_signed_investment"] == 75
    assert {gap.subject.partition("：")[0] for gap in shown.gaps} == {"同比增速", "目标完成率", "位次"}


def test_upgrades_that_came_late_are_told_to_the_month_they_go_to(year):
    rows = pd.DataFrame({"year": [2022], "month": [11], "value": [9.0], "unit": ["个"], "qualifier": [""]})
    late = with_details(year, project_upgrades=rows.assign(last_year=8.0, change=1.0))
    text = "2022年1—11月完成五百万元及以上技术改造项目9个，比上年同期增加1个，2022年1—12月数尚未报送。"
    assert projects.upgrades(late).draw == text
    whole = with_details(year, project_upgrades=rows.assign(month=12, last_year=9.0, change=0.0))
    assert projects.upgrades(whole).draw == "完成五百万元及以上技术改造项目9个，与上年同期持平。"
    # without last year the table of published figures says it already
    alone = with_details(year, project_upgrades=rows.assign(month=12, last_year=None, change=float("nan")))
    assert projects.upgrades(alone).kind == "gap"


def test_bars_of_the_stages_are_as_long_as_the_counts(year):
    shown = projects.stages(year)
    ax = shown.draw()
    lengths = sum(patch.get_width() for container in ax.containers for patch in container.patches)
    rows = year.detail("project_pipeline", tier="all")
    assert lengths == rows["projects"].sum() == shown.data["value"].sum()
    assert len(ax.get_yticklabels()) == (rows["projects"] > 0).sum()
    assert shown.caption == "各阶段项目数与计划总投资"


def test_stages_without_investment_promise_none_and_say_each_number_once(only_year):
    about = only_year.zone.about
    ledger = about.model_copy(update={"origin": "synthetic"})
    shown = projects.stages(dataclasses.replace(only_year, zone=dataclasses.replace(only_year.zone, about=ledger)))
    assert shown.caption == "各阶段项目数"
    # data/yizheng/projects.csv: two at construction, one or none at the other stages
    assert shown.claim == "在建项目最多，有2个"
    assert [gap.subject for gap in shown.gaps] == ["项目计划总投资"]
    # of a document that names some projects the bars would read as bars of all
    named = projects.stages(only_year)
    assert named.kind == "gap"
    assert [(gap.subject, gap.reason) for gap in named.gaps] == [("项目计划总投资", "来源未载")]
    parts = shown.data.groupby("label")["series"].size()
    alone = shown.data[shown.data["label"].map(parts) == 1]
    assert len(alone)
    assert set(alone["text"]) == {""}


def test_lists_and_parks_add_up_to_the_ledger(year):
    table = projects.lists(year).draw.data.set_index("范围")
    live = year.value("project_ledger")
    assert table.loc[["列省", "列市", "未列清单"], "在册"].astype(int).sum() == live
    assert table.loc[[park.name_zh for park in year.zone.about.parks], "在册"].astype(int).sum() == live


def test_a_document_that_names_some_projects_contradicts_no_count(only_year):
    # data/yizheng: two of two on the province's list are named, four of nine on the city's
    assert projects.lists(only_year).kind == "gap"
    assert projects.list_lengths(only_year).draw == "列市项目公布9个，来源点名4个。"
    # a ledger of the zone's own has to have them all
    rows = pd.DataFrame({"tier": ["provincial", "city"], "projects": [2, 4], "published": [2.0, 9.0]})
    ledger = only_year.zone.about.model_copy(update={"origin": "synthetic"})
    own = dataclasses.replace(only_year, zone=dataclasses.replace(only_year.zone, about=ledger))
    text = "列市项目台账4个、公布9个，两数不一致，须与发展改革部门逐项核对。"
    assert projects.list_lengths(with_details(own, project_tiers=rows)).draw == text
    # more names than the document counts is a contradiction, whoever keeps the list
    more = with_details(only_year, project_tiers=rows.assign(projects=[3, 9]))
    assert projects.list_lengths(more).draw.startswith("列省项目台账3个、公布2个，两数不一致")


def test_projects_that_a_document_names_are_one_list(only_year, year):
    shown = projects.named(only_year)
    assert shown.caption == "来源点名的项目"
    rows = shown.draw.data.set_index(["类别", "阶段或状态"])["名称（时点；说明）"]
    assert rows["列省项目", "已投产"] == "郑煤机（2022年11月；11月底投产）"
    assert rows["列省项目", "交付中"] == "中兴派能（二期投产，三期厂房陆续交付）"
    # the class of the berth, not what goes over it
    assert rows["项目", "办理许可"] == "中圣重工公用重件码头（计划2023年6月；泊位等级10000吨；计划时点为开工）"
    assert len(shown.data) == 8
    assert shown.note.startswith("资料来源：仪征经济开发区2022年度工作公开总结。阶段和状态按来源的表述归类")
    # a ledger has tables of its own
    assert projects.named(year).kind == "gap"


def test_what_the_source_says_of_projects_stands_with_its_place(only_year, year):
    first, second = projects.progress(only_year).draw.splitlines()
    assert first.startswith("- **来源所述进展**：当年签约落户的有中圣重工、华奕新能源等项目。")
    assert first.endswith("（仪征经济开发区2022年度工作公开总结栏目B）")
    assert second.startswith("- **来源所述打算**：依利安达扩建项目即将试生产，移动云机房即将封顶。")


def test_the_gantt_chart_has_the_listed_projects_with_their_lights(year):
    shown = projects.schedule(year)
    rows, ax = shown.data, shown.draw()
    lit = year.detail("project_lights").set_index("project")
    assert lit.loc[rows["project"], "tier"].isin(["national", "provincial", "city"]).all()
    assert list(lit.loc[rows["project"], "light"]) == list(rows["light"])
    assert set(rows["letter"]) <= set(texts(ax))
    assert [label.get_text() for label in ax.get_yticklabels()] == list(rows["label"])
    assert f"红灯{(rows['light'] == 'red').sum()}个" in shown.claim


def luminance(colour):
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_lights_are_red_yellow_and_green():
    red, yellow, green = (to_rgb(SIGNS[word][1]) for word in ("red", "yellow", "green"))
    assert red[0] > 0.7 > 0.3 > max(red[1:])
    assert min(yellow[:2]) > 0.7 > 0.3 > yellow[2]
    assert green[1] > 0.4 > 0.3 > max(green[0], green[2])


def test_lights_differ_without_their_colour():
    def looks(word):
        shape, fill, _, _ = SIGNS[word]
        return shape, round(luminance(fill), 1)

    assert len({looks(word) for word in ("red", "yellow", "green", "done")}) == 4
    for _, fill, _, ink in SIGNS.values():
        dark, light = sorted((luminance(fill), luminance(ink)))
        assert (light + 0.05) / (dark + 0.05) > 4.5


@pytest.mark.parametrize("which", ["year", "half", "only_year"])
@pytest.mark.parametrize("chart", CHARTS)
def test_no_text_leaves_the_picture_or_covers_another(which, chart, request):
    shown = chart(request.getfixturevalue(which))
    if shown.kind == "gap":
        assert shown.gaps
        return
    ax = shown.draw()
    figure = ax.figure
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in [*ax.texts, *ax.get_yticklabels()] if text.get_text()]
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 for box in boxes)
    # bands and the frame of the target may run behind a text, another text may not
    for number, box in enumerate(boxes):
        inner = box.shrunk(0.95, 0.75)
        assert not any(inner.overlaps(other.shrunk(0.95, 0.75)) for other in boxes[number + 1 :])


def test_a_project_that_is_late_is_said_to_be_late_everywhere(year):
    row = year.detail("project_stalled").iloc[0]
    table = projects.stalled(year).draw.data
    assert table.loc[0, "项目"] == row["name"]
    assert table.loc[0, "停滞表现"] == f"比首次计划推迟{row['months']:.0f}个月"
    assert row["name"] in projects.verdict(year).draw
    assert projects.next_steps(year).draw.data.loc[0, "项目"] in set(year.detail("project_stalled")["name"])


def test_every_reason_to_stand_still_has_words():
    for reason in REASONS:
        row = pd.Series({"reason": reason, "also": "slipped", "months": 0.0})
        assert "nan" not in _why(row)
        assert reason in TODO


def test_nothing_that_stands_still_is_said_so(year):
    none = year.detail("project_stalled").head(0)
    assert projects.stalled(with_details(year, project_stalled=none)).draw == "没有项目符合停滞或明显滞后的条件。"


def test_next_steps_name_no_date_that_has_passed(year):
    due = [text for text in steps(year)["due"] if text]
    assert due
    assert min(due) > ledgers.end_month(year)
    assert not set(steps(year)["project"]) & set(year.detail("project_lights", light="done")["name"])
    assert projects.due(year).draw.startswith(f"尚未投产的项目{len(steps(year))}个，计划时点最近的是")


def test_a_median_needs_projects_left_to_watch(half):
    assert "在观察的项目不足五个，中位用时不作结论" in projects.medians(half).draw
    shown = projects.durations(half)
    assert "22个月" not in shown.claim
    assert shown.data["at"].max() < half.detail("project_duration_curve")["month"].max()


def test_a_curve_begins_at_nothing_and_stops_where_few_are_left(year):
    # of ten projects five start after 3 months and two more after 6; then three are left, too few to go on
    curve = pd.DataFrame(
        {
            "step": "signing_to_start",
            "month": [3.0, 6.0, 9.0],
            "at_risk": [10, 5, 3],
            "reached_pct": [50.0, 70.0, 80.0],
            "low_pct": 0.0,
            "high_pct": 100.0,
        }
    )
    rows = projects.durations(with_details(year, project_duration_curve=curve)).data
    assert list(zip(rows["at"], rows["value"], strict=True)) == [(0.0, 0.0), (3.0, 50.0), (6.0, 70.0)]
    assert set(rows["text"]) == {"已开工70.0%"}


def test_months_off_the_plan_are_counted(year):
    shown = projects.slippage(year)
    slips = year.detail("project_slippage")
    assert len(shown.data) == len(slips)
    late = slips[slips["milestone"] == "production"]["slip_months"] > 0
    assert f"投产晚于首次计划的占{100 * late.mean():.1f}%" in shown.claim
    assert "按期" in shown.alt


def test_few_projects_off_the_plan_are_counted_without_shares(one_park):
    # fewer than ten projects of the park have a first plan: too few for a share
    shown = projects.slippage(one_park)
    slips = one_park.detail("project_slippage", milestone="production")["slip_months"]
    assert f"投产晚于首次计划的有{(slips > 0).sum()}个" in shown.claim
    assert "%" not in shown.claim


def test_few_projects_get_counts_and_no_rates(year):
    table = projects.cohorts(year).draw.data.set_index("批次")
    assert table.at["2020年签约，满12个月", "开工率"] == "—"
    share = ledgers.figure(year, "project_conversion_12", "conversion_started")
    assert table.at["各年签约，满12个月", "开工率"] == share


def test_a_table_of_the_worst_light_falls_back_to_yellow(year):
    lit = year.details["project_lights"]
    calm = with_details(year, project_lights=lit[lit["light"] != "red"])
    assert projects.behind(calm).caption == "黄灯项目"
    none = with_details(year, project_lights=lit[lit["light"] == "green"])
    assert projects.behind(none).draw == "没有红灯、黄灯项目。"
    assert projects.lights(none).kind == "gap"
    # where no project could be judged, no red light is no news
    blind = with_details(year, project_lights=lit.assign(light="not_judged"))
    assert [gap.subject for gap in projects.behind(blind).gaps] == ["项目灯号"]
    lights = lit["light"].isin(["red", "yellow"]).sum()
    assert projects.lights(year).draw.startswith(f"亮红灯、黄灯的{lights}个项目中，")


def test_limits_are_of_what_is_shown(year, only_year, lean):
    assert any("灯号借鉴" in text for text in projects.limits(year))
    assert projects.limits(only_year) == ["列市项目是否包含列省项目，以各年清单的说明为准，两数不相加。"]
    assert projects.limits(lean) == []


def test_without_projects_nothing_is_shown_and_the_list_is_asked_for(lean):
    for name in projects.__all__:
        if name == "limits":
            continue
        shown = getattr(projects, name)(lean)
        assert shown.kind == "gap", name
    assert [gap.subject for gap in projects.stages(lean).gaps] == ["项目台账"]
    assert "新签约落户项目" in [gap.subject for gap in projects.published(lean).gaps]
    assert [gap.subject for gap in projects.schedule(lean).gaps] == ["项目台账"]
