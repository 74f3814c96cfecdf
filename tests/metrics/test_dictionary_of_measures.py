"""What a run measures and what the dictionary explains are the same things."""

import pytest

from zonereport.metrics import measure

EDITIONS = [("demo", "2022-12", ""), ("demo", "2022-06", ""), ("demo", "2022-02", "yunjin"), ("demo", "2021-12", "")]
# what no edition of the two zones can have: other denominators, other classes of trade, lists of another level
NOT_HERE = {
    "rd_per_value_added",
    "rd_per_gdp",
    "above_scale_wholesale",
    "above_scale_retail",
    "above_scale_catering",
    "platforms_national",
    "platforms_city",
}


@pytest.fixture(scope="module")
def seen(demo_zone, real):
    zones = {"demo": demo_zone, "yizheng": real}
    frames = [measure(zones[zone], period=period, park=park) for zone, period, park in EDITIONS]
    frames.append(measure(zones["yizheng"], period="2022"))
    for frame in frames:
        assert not frame.duplicated(["code", "measure"]).any()
    return {name for frame in frames for column in ("code", "measure") for name in frame[column]}


def test_everything_measured_is_explained(seen, demo_zone):
    known = {*demo_zone.dictionary.measures.index, *demo_zone.dictionary.indicators.index}
    assert sorted(seen - known) == []


def test_everything_explained_is_measured(seen, demo_zone):
    assert sorted(set(demo_zone.dictionary.measures.index) - seen - NOT_HERE) == []
