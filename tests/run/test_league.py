"""The first stage of a batch: zones ranked among each other, by hand and as their own editions rank them."""

import os

import pandas as pd
import pytest

from zonereport import measured, prepare
from zonereport.metrics.compare.ranking.measures import details
from zonereport.metrics.scope import Scope
from zonereport.run import league

COLUMNS = "period,zone,origin,code,on,value,printed,better,unit,qualifier,reason"


@pytest.fixture
def standings(tmp_path):
    """Return a function that writes the standing of a zone: origin and figure, None where nothing is reported."""

    def write(zone, figure, origin="published", code="tax"):
        cells = ["", "", ""] if figure is None else [figure, figure, figure]
        reason = "not_reported" if figure is None else ""
        row = ["2022", zone, origin, code, "growth", *cells, "%", "", reason]
        path = tmp_path / f"{zone}.csv"
        path.write_text(f"{COLUMNS}\n{','.join(map(str, row))}\n", encoding="utf-8")
        return path

    return write


def test_ranks_ties_silence_and_synthetic_zones_by_hand(standings, tmp_path):
    files = [standings(zone, figure) for zone, figure in {"a": 5.1, "b": 7.0, "c": 5.1, "d": -1.0, "e": None}.items()]
    files.append(standings("demo", 99.0, origin="synthetic"))
    made = measured.rank(files, tmp_path / "out")
    assert made.summary == "league: 6 zones, 1 periods"
    table = pd.read_csv(tmp_path / "out/2022/league.csv").set_index("zone")
    assert table["rank"].drop("e").to_dict() == {"b": 1, "a": 2, "c": 2, "d": 4, "demo": 1}
    assert table["rank_of"].to_dict() == {"a": 4, "b": 4, "c": 4, "d": 4, "e": 4, "demo": 1}
    assert table["tied"].drop("e").to_dict() == {"a": 2, "b": 1, "c": 2, "d": 1, "demo": 1}
    assert table.loc["e", ["rank", "tied"]].isna().all()
    assert "better" not in table
    own = pd.read_csv(tmp_path / "out/2022/zones/a.csv")
    assert own[["zone", "rank"]].values.tolist() == [["a", 2]]
    assert league.place_of(tmp_path, "2022", "a") == ()


def test_a_rank_that_stays_leaves_its_file_alone(standings, tmp_path):
    files = [standings("a", 5.0), standings("b", 4.0), standings("c", 3.0)]
    zones = tmp_path / "out/2022/zones"
    measured.rank(files, tmp_path / "out")
    for path in zones.iterdir():
        os.utime(path, (1, 1))
    files[1] = standings("b", 2.0)
    measured.rank(files, tmp_path / "out")
    assert {path.name: path.stat().st_mtime == 1 for path in zones.iterdir()} == {
        "a.csv": True,
        "b.csv": False,
        "c.csv": False,
    }
    measured.rank(files[:2], tmp_path / "out")
    assert sorted(path.name for path in zones.iterdir()) == ["a.csv", "b.csv"]


def test_a_standing_is_what_the_edition_itself_ranks(demo_zone):
    for period in ("2022-12", "2022-06"):
        made = measured._compared(demo_zone, [period]).set_index("code")
        ranks = details(Scope(demo_zone, prepare.Period.parse(period)))["ranks"]
        ranks = ranks[ranks["is_zone"]].set_index("code")
        assert len(ranks) > 5
        same = made.loc[ranks.index]
        assert same["on"].tolist() == ranks["on"].tolist()
        pd.testing.assert_series_equal(same["printed"].astype(float), ranks["printed"].astype(float))
        pd.testing.assert_series_equal(same["unit"].astype(str), ranks["unit"].astype(str))
    # neither a period that the zone has not, nor a quarter, which is not cumulative
    assert measured._compared(demo_zone, ["2022", "2022Q3"]).empty


def test_a_rank_of_another_figure_is_not_told(demo_zone, tmp_path):
    rows = measured._compared(demo_zone, ["2022-12"])
    (tmp_path / "demo.csv").write_bytes(measured._csv(rows))
    measured.rank([tmp_path / "demo.csv"], tmp_path)
    path = tmp_path / "2022-12/zones/demo.csv"
    whole = measured._own_league(demo_zone, "2022-12", path)
    assert len(whole) == len(rows)
    code = rows.loc[rows["printed"].notna(), "code"].iloc[0]
    late = measured._league(path)
    late.loc[late["code"] == code, "printed"] += 1
    path.write_bytes(measured._csv(late))
    assert set(whole["code"]) - set(measured._own_league(demo_zone, "2022-12", path)["code"]) == {code}


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "a" / "league.csv"
    league.write(path, b"one")
    assert oct(path.stat().st_mode)[-3:] == "644"

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(league.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        league.write(path, b"two")
    assert [file.read_bytes() for file in path.parent.iterdir()] == [b"one"]


def test_periods_and_zones_of_a_command_line(root):
    assert prepare.spans("2022") == ["2022"]
    assert prepare.spans("2021Q4..2022Q2, 2021Q4,last-month") == ["2021Q4", "2022Q1", "2022Q2", "last-month"]
    assert len(prepare.spans("2022-01..2022-12")) == 12
    for text in ("2022-03..2022-01", "2021..2022-03", "2022..", "x"):
        with pytest.raises(prepare.Refused):
            prepare.spans(text)
    assert prepare.zones_of("yizheng, demo,yizheng", root) == ["yizheng", "demo"]
    assert prepare.zones_of("", root) == ["demo", "yizheng"]
    with pytest.raises(prepare.Refused, match=r"no zone dem; did you mean demo\? known are demo, yizheng"):
        prepare.zones_of("dem", root)
