"""Carriers, works and land: sentence, table and chart print one figure; a section shows what is known."""

import dataclasses

import pandas as pd
import pytest

from zonereport.present import places
from zonereport.present.charts.step import steps
from zonereport.present.kit import ledgers
from zonereport.present.places.words import NAMED, left_out
from zonereport.present.places.works import all_named

CHARTS = (places.occupancy, places.works, places.land, places.plots)


def texts(ax):
    return [text.get_text() for text in ax.texts]


def with_details(report, **frames):
    """The report with other frames in place of some of its details."""
    return dataclasses.replace(report, details={**report.details, **frames})


def test_carriers_are_as_full_in_the_sentence_as_in_table_and_chart(year):
    share = ledgers.figure(year, "carriers_occupancy")
    verdict, shown = places.verdict(year).draw, places.occupancy(year)
    assert f"使用率{share}" in verdict
    assert share in shown.claim
    table = places.carriers(year).draw.data.set_index("载体")
    low = year.detail("below", table="carriers").iloc[0]
    assert f"{low['name']}最低，为{table.at[low['name'], '使用率']}" in shown.claim
    assert any(table.at[low["name"], "使用率"] in text for text in texts(shown.draw()))


def test_bars_of_carriers_are_as_long_as_their_area(year):
    rows = places.occupancy(year).data
    carriers = year.detail("place_carriers").set_index("name")
    assert list(rows["whole"] * 10_000) == pytest.approx(list(carriers.loc[rows["label"], "area_square_metre"]))
    # those in service come first, the emptiest at the top
    assert list(rows["open"]) == sorted(rows["open"], reverse=True)
    shares = carriers.loc[rows.loc[rows["open"], "label"], "occupancy_pct"]
    assert shares.is_monotonic_increasing


def test_the_real_zone_lists_its_carriers_without_areas(only_year):
    # data/yizheng/carriers.csv: six carriers, 20 firms at least in one of them, no area
    table = places.carriers(only_year).draw.data
    assert list(table) == ["载体", "状态", "入驻", "说明"]
    handed = table.set_index("载体").loc["产业社区B组团一期"]
    assert handed[["状态", "说明"]].tolist() == ["已投用（2022年12月）", "全面封顶，2022年底交付使用"]
    # two others in service do not say who is inside: the sum is not theirs
    assert "云谷众创空间入驻企业20家以上。" in places.verdict(only_year).draw
    assert "来源点名载体6个，已投用3个" in places.verdict(only_year).draw
    assert table.set_index("载体").at["云谷众创空间", "入驻"] == "20家以上"
    assert places.occupancy(only_year).kind == "gap"
    assert [gap.subject for gap in places.occupancy(only_year).gaps] == ["载体使用率"]


def test_what_stands_in_the_ledger_with_a_later_day_is_counted_and_not_named(half):
    # of eight carriers two reached their status after June: how they stood before nobody wrote down
    assert left_out(half, "carriers", "个") == "（另有2个登记状态的时点晚于本期或未载，不列）"
    assert len(half.detail("place_carriers")) == half.value("carriers") == 6
    shown = places.occupancy(half)
    assert "部分载体的本期状态" in [gap.subject for gap in shown.gaps]
    assert "云锦产业社区三期" not in set(shown.data["label"])


def test_what_has_no_day_is_of_the_latest_edition_alone(year, half):
    assert "以台账登记日为准" in places.carriers(year).note
    table = places.carriers(half).draw.data
    assert not {"使用率", "入驻"} & set(table)
    assert "以台账登记日为准" not in places.carriers(half).note
    assert "台账只载登记日的使用面积，没有本期的" in [gap.reason for gap in places.occupancy(half).gaps]
    assert "入驻" not in places.verdict(half).draw


def test_works_are_counted_by_kind_and_named_by_status(year, only_year):
    shown = places.works(year)
    assert shown.data["value"].sum() == year.value("works")
    assert shown.claim.startswith(f"{year.value('works'):.0f}项重点工程中，已投用")
    # of four works the source does not say how far they are: no chart, the sentence names all
    assert places.works(only_year).kind == "gap"
    assert places.works(only_year).gaps == ()
    assert places.named_works(only_year).draw == (
        "本年投用的有国华路、科研三路南延、通扬路；主线完成的有国民路；"
        "在建的有盐都花苑A、B地块、十二圩路安置房；"
        "来源点名而未载进展的有越江变、腾讯变、污水管网、十二圩历史文化街区。"
    )
    assert "来源点名重点工程10项，已投用3项、主线完成1项、在建2项、进展未载4项" in places.verdict(only_year).draw
    assert all_named(only_year)


def test_the_source_says_what_is_being_built(only_year):
    done, measure = places.building(only_year).draw.splitlines()
    assert "十二圩历史文化街区启动" in done
    assert measure.startswith("- **来源所述举措**：盐都花苑A、B地块及十二圩路等安置房加速建设。")


def test_land_shows_what_is_published_where_no_plot_is_listed(only_year):
    shown = places.land(only_year)
    assert shown.draw == "低效用地整治面积850亩以上；低效用地整治净增税收900万元以上。"
    assert "低效用地地块台账" in [gap.subject for gap in shown.gaps]
    assert "850亩以上" in places.verdict(only_year).draw
    assert [gap.subject for gap in places.plots(only_year).gaps] == ["低效用地地块台账", "整治每亩净增税收"]


def test_land_is_one_figure(year):
    area, shown = ledgers.figure(year, "land_area"), places.land(year)
    assert area in shown.claim
    assert any(area in text for text in texts(shown.draw()))
    last = shown.data[shown.data["series"] == f"{year.period.year}年"].iloc[-1]
    assert last["value"] == year.value("land_area")
    assert any("全年目标" in text for text in texts(shown.draw()))


def test_land_of_two_months_is_said_against_last_year(year):
    # 30 mu in February after none in January, 20 mu a year before: 10 more
    months = pd.DataFrame({"year": [2021, 2021, 2022, 2022], "month": [1, 2, 1, 2]})
    rows = months.assign(cumulative_area_mu=[0.0, 20.0, 0.0, 30.0])
    shown = places.land(with_details(year, place_land_months=rows))
    assert list(shown.data["text"].unique()) == ["2021年20亩", "2022年30亩"]
    assert shown.alt.startswith("阶梯线图，单位亩。2021年20亩，2022年30亩")


def test_plots_come_from_the_best_to_the_least(year):
    shown = places.plots(year)
    assert shown.data["value"].is_monotonic_decreasing
    best, least = (shown.data["text"].iloc[place].partition("（")[0] for place in (0, -1))
    mean = ledgers.figure(year, "land_tax_per_mu").removesuffix("/亩")
    assert shown.claim == f"整治地块每亩净增税收{least}至{best}，平均{mean}"


def test_parks_stand_side_by_side_in_the_order_of_the_zone(year, one_park):
    table = places.parks(year).draw.data
    assert list(table["园区"]) == [known.name_zh for known in year.zone.about.parks]
    carriers = table["载体数"].str.removesuffix("个").astype(int)
    assert carriers.sum() == year.value("carriers")
    assert places.parks(one_park).kind == "gap"


def test_next_steps_name_what_calls_for_them(year, only_year):
    text = places.next_steps(year).draw
    assert all(name in text for name in year.detail("below", table="land").head(NAMED)["name"])
    assert all(name in text for name in year.detail("below", table="carriers").head(NAMED)["name"])
    assert "- **收尾**：工程主线完成，办理收尾验收：国民路。" in places.next_steps(only_year).draw.splitlines()


@pytest.mark.parametrize("which", ["year", "half", "only_year"])
@pytest.mark.parametrize("chart", CHARTS)
def test_no_text_leaves_the_picture_or_covers_another(which, chart, request):
    shown = chart(request.getfixturevalue(which))
    if shown.kind != "figure":
        return
    ax = shown.draw()
    figure = ax.figure
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in [*ax.texts, *ax.get_yticklabels()] if text.get_text()]
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 for box in boxes)
    # the frame of the target may run behind a text, another text may not
    for number, box in enumerate(boxes):
        inner = box.shrunk(0.95, 0.75)
        assert not any(inner.overlaps(other.shrunk(0.95, 0.75)) for other in boxes[number + 1 :])


def test_lines_that_end_together_keep_their_texts_apart():
    rows = [(at, value, name) for name, last in (("a", 10), ("b", 10.2)) for at, value in ((1, 0), (2, last))]
    data = pd.DataFrame(rows, columns=["at", "value", "series"]).assign(text=lambda frame: frame["series"] + "年")
    ax = steps(data, title="t", unit="亩", axis="月")
    ax.figure.draw_without_rendering()
    first, second = (text.get_window_extent() for text in ax.texts)
    assert not first.shrunk(1, 0.8).overlaps(second.shrunk(1, 0.8))


def test_limits_are_of_what_is_shown(year, lean):
    assert len(places.limits(year)) == 4
    assert places.limits(lean) == []


def test_without_ledgers_nothing_is_shown_and_they_are_asked_for(lean):
    for name in places.__all__:
        if name == "limits":
            continue
        assert getattr(places, name)(lean).kind == "gap", name
    assert [gap.subject for gap in places.carriers(lean).gaps] == ["载体台账"]
    assert [gap.subject for gap in places.named_works(lean).gaps] == ["重点工程台账"]
    assert [gap.subject for gap in places.land(lean).gaps] == ["低效用地地块台账"]
