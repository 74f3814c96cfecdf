"""The counts of ``make measure`` by hand, and which sentences grep finds."""

import json

import pytest

from tools.measure import density, found_share, rooms


def test_a_splat_is_counted_where_a_literal_is_unpacked():
    source = "f(*(1, 2), **{'a': 1}, **given)\nx = [*('a', 'b'), *names]\ny = {**{'a': 1}, **more}\n"
    assert density(source).splats == 4


def test_nested_conditionals_and_comprehensions_count_each():
    found = density("x = 1 if a else 2 if b else 3\ny = [n for n in m if n]\nz = sum(n for n in m)\n")
    assert (found.conditionals, found.comprehensions) == (2, 2)


@pytest.fixture
def project(tmp_path):
    """A package of one module, a notebook, names, and a golden text."""
    for folder in ("zonereport/words", "notebooks", "data/dictionary", "data/mine", "tests/golden/text"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/dictionary/units.csv").write_text("unit\n亿元\n", encoding="utf-8")
    (tmp_path / "data/dictionary/indicators.csv").write_text("name_zh\n工业投资\n开票销售\n", encoding="utf-8")
    (tmp_path / "data/mine/zone.yml").write_text("parks:\n  - {id: a, name_zh: 东园}\n", encoding="utf-8")
    (tmp_path / "zonereport/words/a.py").write_text(
        "# why\ndef f(name, value, more):\n    text = f'{name}完成{value}，尚未达到进度{more}。'\n"
        "    other = '尚未' + ('达到' if more else '完成') + '的是'\n    return text if value else other\n",
        encoding="utf-8",
    )
    cells = [{"cell_type": "markdown", "source": ["# 主要指标\n", "先看总量。"]}]
    (tmp_path / "notebooks/01.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return tmp_path


def test_a_sentence_is_found_in_one_literal_whatever_stands_in_its_holes(project):
    golden = project / "tests/golden/text/mine.txt"
    golden.write_text(
        "（一）主要指标\n工业投资完成预计3.5亿元，尚未达到进度。先看总量。\n东园和开票销售\n项 | 1\n[图] 甲乙\n",
        encoding="utf-8",
    )
    # names and figures alone are no sentence; rows of tables and charts are none either
    assert found_share(project) == (3, 3, [])


def test_a_sentence_put_together_from_halves_is_not_found(project):
    (project / "tests/golden/text/mine.txt").write_text("尚未达到的是工业投资。\n", encoding="utf-8")
    found, counted, missing = found_share(project)
    assert (found, counted, missing) == (0, 1, ["尚未达到的是□"])


def test_a_room_is_a_folder_and_its_complex_functions_are_counted(project):
    branches = "".join(f"    if n == {n}:\n        return {n}\n" for n in range(11))
    (project / "zonereport/cli.py").write_text(f"def f(n):\n{branches}", encoding="utf-8")
    found = rooms(project / "zonereport")
    assert list(found) == ["cli", "words"]
    assert found["cli"].complex_functions == 1
    assert (found["words"].lines, found["words"].comments, found["words"].conditionals) == (5, 1, 2)
