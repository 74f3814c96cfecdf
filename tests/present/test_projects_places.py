"""Projects, carriers, works and land: sentence, table and chart print one figure; lights read in grey."""

import dataclasses

import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from zonereport.present import charts, tables
from zonereport.present.charts.gantt import SIGNS
from zonereport.present.charts.step import steps
from zonereport.present.words import carriers, land, ledgers, projects
from zonereport.present.words.projects import single, stages, timing


def drawn(report):
    """Every chart of the two chapters, those that there are, with what is said of each."""
    gantt = charts.gantt(
        *(stages.gantt_bars(report), stages.gantt_rows(report), stages.BARS),
        **{"title": stages.gantt_said(report).finding, "now": stages.now(report)},
    )
    made = [
        (charts.stacked(stages.pipeline(report), stages.stage_totals(report), title="t", unit="个"), "pipeline"),
        (gantt, "gantt"),
        (charts.steps(timing.curves(report), title="t", unit="%", axis="月"), "curves"),
        (charts.spread(timing.slips(report), title="t", unit="个", axis="月"), "slips"),
        (charts.filled(carriers.carrier_bars(report), carriers.FILLED, title="t", unit="万平方米"), "carriers"),
        (charts.stacked(carriers.work_bars(report), carriers.work_totals(report), title="t", unit="项"), "works"),
        (
            charts.steps(land.land_lines(report), title="t", unit="亩", axis="月", level=land.land_target(report)),
            "land",
        ),
        (charts.bars(land.plot_bars(report), title="t", unit="万元/亩"), "plots"),
    ]
    return {name: ax for ax, name in made if ax is not None}


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_verdict_prints_what_the_measures_hold(year):
    text = projects.verdict(year)
    live, red = year.value("project_ledger"), year.value("project_light_red")
    assert f"台账在册项目{live:.0f}个" in text
    assert f"红灯{red:.0f}个" in text
    assert f"计划总投资{year.value('project_ledger', 'project_investment'):.2f}亿元" in text
    assert text.count("\n") <= 5


def test_the_real_zone_says_what_it_lacks_and_invents_nothing(only_year):
    assert projects.verdict(only_year).splitlines() == [
        "- **推进**：台账在册项目8个，台账未载计划总投资。"
        "按阶段分，办理许可1个、在建2个、交付中1个、已投产2个、已投用1个、阶段不详1个。",
        "- **签约**：新签约落户项目8个；新签约落户项目总投资75亿元；平均每个项目9.38亿元。",
        "- **判断边界**：项目进度（project_progress）没有记录，本期不评灯、不测算推迟和转化。",
    ]
    assert projects.lists_note(only_year).startswith("列省项目台账3个、公布2个")
    assert "850亩以上" in carriers.verdict(only_year)
    assert set(drawn(only_year)) == {"pipeline"}
    for said in (projects.gantt_said, projects.behind_said, projects.stalled_said, projects.curves_said):
        assert said(only_year).missing


def test_bars_of_the_pipeline_are_as_long_as_the_counts(year):
    ax = drawn(year)["pipeline"]
    lengths = sum(patch.get_width() for container in ax.containers for patch in container.patches)
    rows = year.detail("project_pipeline", tier="all")
    assert lengths == rows["projects"].sum()
    assert [label.get_text() for label in ax.get_yticklabels()] == list(stages.stage_totals(year))
    assert set(stages.stage_totals(year).values()) <= set(texts(ax))


def test_the_gantt_chart_has_the_listed_projects_with_their_lights(year):
    rows, ax = stages.gantt_rows(year), drawn(year)["gantt"]
    lit = year.detail("project_lights").set_index("project")
    assert (lit.loc[rows["project"], "tier"] != "").all()
    assert list(lit.loc[rows["project"], "light"]) == list(rows["light"])
    assert set(rows["letter"]) <= set(texts(ax))
    assert [label.get_text() for label in ax.get_yticklabels()] == list(rows["label"])


def test_lights_differ_without_their_colour():
    def grey(colour):
        red, green, blue = to_rgb(colour)
        return 0.299 * red + 0.587 * green + 0.114 * blue

    looks = {light: (shape, round(grey(fill), 1)) for light, (shape, fill, _, _) in SIGNS.items()}
    assert len({looks[word] for word in ("red", "yellow", "green", "done")}) == 4
    for _, fill, _, ink in SIGNS.values():
        assert abs(grey(fill) - grey(ink)) > 0.3


@pytest.mark.parametrize("which", ["year", "half", "only_year"])
def test_no_text_leaves_the_picture_or_covers_another(which, request):
    for name, ax in drawn(request.getfixturevalue(which)).items():
        figure = ax.figure
        figure.draw_without_rendering()
        boxes = [text.get_window_extent() for text in [*ax.texts, *ax.get_yticklabels()] if text.get_text()]
        assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 for box in boxes), name
        # bands and the frame of the target may run behind a text, another text may not
        for number, box in enumerate(boxes):
            inner = box.shrunk(0.95, 0.75)
            assert not any(inner.overlaps(other.shrunk(0.95, 0.75)) for other in boxes[number + 1 :]), name


def test_a_project_that_is_late_is_said_to_be_late_everywhere(year):
    row = year.detail("project_stalled").iloc[0]
    months = f"{row['months']:.0f}个月"
    assert f"推迟{months}" in single.why(next(year.detail("project_stalled").itertuples()))
    table = tables.project_stalled(year).data
    assert table.loc[0, "项目"] == row["name"]
    assert months in table.loc[0, "停滞表现"]
    assert row["name"] in projects.verdict(year)
    assert tables.project_next(year).data.loc[0, "项目"] in set(year.detail("project_stalled")["name"])


@pytest.mark.parametrize(("months", "text"), [(3.0, "晚3个月"), (-2.0, "早2个月"), (0.0, "按期"), (float("nan"), "")])
def test_late_early_and_on_time(months, text):
    assert stages.slipped(months) == text


def test_every_reason_to_stand_still_has_words():
    for reason in single.STALLED:
        row = pd.Series({"reason": reason, "also": "slipped", "months": 0.0})
        assert "nan" not in single.why(row)
        assert reason in single.TODO


def test_next_steps_name_no_date_that_has_passed(year):
    due = [text for text in single.steps(year)["due"] if text]
    assert due
    assert min(due) > ledgers.end_month(year)
    assert not set(single.steps(year)["project"]) & set(year.detail("project_lights", light="done")["name"])


def test_a_median_needs_projects_left_to_watch(half):
    assert "在观察的项目不足五个，中位用时不作结论" in projects.durations_note(half)
    assert "22个月" not in projects.curves_said(half).finding
    kept = timing.curves(half)
    assert kept["at"].max() < half.detail("project_duration_curve")["month"].max()


def test_few_projects_get_counts_and_no_rates(year):
    table = tables.project_cohorts(year).data.set_index("批次")
    assert table.at["2020年签约，满12个月", "开工率"] == "—"
    assert table.at["各年签约，满12个月", "开工率"] == ledgers.figure(
        year, "project_conversion_12", "conversion_started"
    )


def test_a_table_of_the_worst_light_falls_back_to_yellow(year):
    lit = year.details["project_lights"]
    calm = dataclasses.replace(year, details={**year.details, "project_lights": lit[lit["light"] != "red"]})
    assert projects.behind_said(calm).caption == "黄灯项目"
    none = dataclasses.replace(year, details={**year.details, "project_lights": lit[lit["light"] == "green"]})
    assert tables.project_behind(none) is None
    assert projects.behind_said(none).missing == "没有红灯、黄灯项目。"
    assert projects.red_note(none) == ""


def test_carriers_are_as_full_in_the_sentence_as_in_table_and_chart(year):
    share = ledgers.figure(year, "carriers_occupancy")
    assert f"使用率{share}" in carriers.verdict(year)
    assert share in carriers.carriers_chart(year).finding
    rows = tables.place_carriers(year).data.set_index("载体")
    low = carriers.under(year).iloc[0]
    assert rows.at[low["name"], "使用率"] in carriers.lowest(year)
    assert any(rows.at[low["name"], "使用率"] in text for text in texts(drawn(year)["carriers"]))


def test_a_status_that_came_later_is_not_shown_as_present(half):
    assert "本期状态不明" in carriers.carriers(half)
    later = set(half.detail("place_carriers", status="")["name"])
    assert later
    assert not later & set(carriers.carrier_bars(half)["label"])
    assert "状态时点晚于本期" in carriers.boundary(half)


def test_land_is_one_figure(year):
    area = ledgers.figure(year, "land_area")
    assert area in land.land_chart(year).finding
    assert any(area in text for text in texts(drawn(year)["land"]))
    park = tables.place_parks(year).data
    assert list(park["园区"]) == [known.name_zh for known in year.zone.about.parks]
    assert all(name in carriers.steps(year) for name in land.below(year).head(carriers.NAMED)["name"])


def test_lines_that_end_together_keep_their_texts_apart():
    rows = [(at, value, name) for name, last in (("a", 10), ("b", 10.2)) for at, value in ((1, 0), (2, last))]
    data = pd.DataFrame(rows, columns=["at", "value", "series"]).assign(text=lambda frame: frame["series"] + "年")
    ax = steps(data, title="t", unit="亩", axis="月")
    ax.figure.draw_without_rendering()
    first, second = (text.get_window_extent() for text in ax.texts)
    assert not first.shrunk(1, 0.8).overlaps(second.shrunk(1, 0.8))


def test_nothing_to_draw_is_no_chart(lean):
    assert drawn(lean) == {}
    assert tables.project_tiers(lean) is None
    assert tables.project_next(lean) is None
    assert tables.place_carriers(lean) is None
    assert tables.place_parks(lean) is None
    assert projects.verdict(lean) == ""
    assert projects.pipeline_said(lean).missing == "没有项目台账，不列项目阶段。"
    assert "没有项目台账" in projects.boundary(lean)
    assert "没有载体台账" in carriers.boundary(lean)
