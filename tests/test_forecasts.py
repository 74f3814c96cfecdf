"""``zonereport forecasts``: stored forecasts against what came, from files as runs leave them."""

import shutil

import pytest

from zonereport.inputs import load_zone
from zonereport.metrics import measure
from zonereport.stored import scored


@pytest.fixture(scope="module")
def editions(root, tmp_path_factory):
    """Measures of demo as two editions of 2022 stored them, and one of an earlier edition of June."""
    folder = tmp_path_factory.mktemp("reports")
    shutil.copytree(root / "data", folder / "data")
    zone = load_zone("demo", folder)
    for period in ("2022-06", "2022-09"):
        place = folder / "reports/demo" / period
        place.mkdir(parents=True)
        measure(zone, period=period).to_csv(place / "measures.csv", index=False, encoding="utf-8-sig")
    earlier = folder / "reports/demo/2022-06/editions/1"
    earlier.mkdir(parents=True)
    text = (folder / "reports/demo/2022-06/measures.csv").read_text(encoding="utf-8-sig")
    # what was replaced does not count, whatever it said
    (earlier / "measures.csv").write_text(text.replace("169.7", "999.7"), encoding="utf-8-sig")
    return folder


def test_what_was_stored_is_held_against_december(editions):
    zone = load_zone("demo", editions)
    found = scored(zone, editions / "reports")
    assert (found.editions, found.waiting) == (2, 0)
    sales = found.forecasts.query("code == 'invoiced_sales'").set_index("month")
    assert sales["value"].tolist() == [174.2, 174.2]
    assert sales.at[6, "error_pct"] == pytest.approx((sales.at[6, "p50"] / 174.2 - 1) * 100)
    assert sales.at[6, "p50"] < 200, "the current edition of June, not the one before"
    table = found.scores.set_index("month")
    assert table.at[6, "mape_pct"] == pytest.approx(found.forecasts.query("month == 6")["error_pct"].abs().mean())
    assert table.at[0, "naive_mape_pct"] == pytest.approx(found.forecasts["naive_error_pct"].abs().mean())


def test_the_command_prints_each_forecast_and_the_means(editions, call):
    done = call("forecasts", "demo", cwd=editions)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len([line for line in lines if line.startswith("2022-")]) == 12
    assert lines[-1].startswith("all months: 12 forecasts, mean error ")
    assert "came 174.2 亿元" in done.stdout


def test_without_an_edition_it_says_so(editions, call):
    done = call("forecasts", "yizheng", cwd=editions)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("yizheng: no edition under reports/ holds a forecast of a year that is over")
