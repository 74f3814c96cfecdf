"""The generator: sound files, the same bytes each time, never over somebody's figures."""

import re

import pytest
import yaml

from tools.demo import write_demo
from tools.demo.writing import demo_files
from zonereport.inputs import Refused
from zonereport.inputs.identifiers import is_uscc

TABLES = 20
LIMIT = 3_000_000


def test_it_loads_without_a_warning_and_has_every_table(zone):
    assert zone.about.origin == "synthetic"
    # what an analyst keeps of the explorer is no data
    assert set(zone.tables) == set(zone.schemas) - {"views"}
    assert len(zone.tables) == TABLES
    assert list(map(str, zone.warnings)) == []


def test_what_is_committed_is_what_the_generator_writes(root):
    folder = root / "data" / "demo"
    files = demo_files(root, 2022)
    assert {path.name for path in folder.iterdir()} == set(files)
    for name, text in files.items():
        assert (folder / name).read_bytes() == text.encode(), f"{name} is stale: make demo"
    assert sum(path.stat().st_size for path in folder.iterdir()) < LIMIT


def test_same_seed_same_bytes_other_seed_other_figures(project):
    folder = write_demo(project, seed=7)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    write_demo(project, seed=7)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert demo_files(project, 8)["indicators.csv"].encode() != first["indicators.csv"]


@pytest.mark.parametrize("seed", [1, 7])
def test_other_seeds_are_sound_too(project, seed):
    from zonereport.inputs import load_zone

    write_demo(project, seed=seed)
    zone = load_zone("demo", project)
    assert list(map(str, zone.warnings)) == []


def test_a_zone_that_is_not_synthetic_is_left_alone(project):
    path = project / "data" / "demo" / "zone.yml"
    about = yaml.safe_load(path.read_text(encoding="utf-8")) | {"origin": "published"}
    path.write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(Refused, match="not synthetic"):
        write_demo(project)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_every_name_is_fiction(zone):
    assert "虚构" in zone.about.place_zh
    assert all("虚构" in source.publisher and "模拟" in source.title for source in zone.about.sources)
    firms = zone.tables["enterprises"]
    assert len(firms) == 420
    assert firms["name"].is_unique
    assert firms["name"].str[:2].is_unique
    assert firms["uscc"].is_unique
    assert all(is_uscc(code) and code[2:8] == "990000" for code in firms["uscc"])
    assert all("虚构" in bank for bank in zone.tables["ip_pledges"]["bank"])
    assert all(re.fullmatch(r"[A-T]\d{4}", code) for code in firms["industry"])
