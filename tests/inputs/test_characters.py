"""A character that cannot be printed is a fault at its cell; names keep every other one."""

import pytest

from zonereport.inputs import InputError, load_zone
from zonereport.inputs.characters import unprintable


@pytest.mark.parametrize("text", ["南京（仪征）①ＡＢＣ", "𠮷田", "a < b", "㎡", "Ω", "é", "……——“”"])
def test_what_can_be_printed(text):
    assert unprintable(text) == ""


@pytest.mark.parametrize("bad", ["\u200b", "\u202e", "\u2066", "\ufeff", "\ue000", "\u0085", "\u2028", "😀", "ก", "ﷺ"])
def test_what_cannot_is_found(bad):
    assert unprintable(f"甲{bad}公司") == bad


def test_check_names_the_cell_and_the_character(root, tmp_path):
    import shutil

    shutil.copytree(root / "data" / "dictionary", tmp_path / "data" / "dictionary")
    shutil.copytree(root / "data" / "yizheng", tmp_path / "data" / "yizheng")
    path = tmp_path / "data" / "yizheng" / "projects.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("中圣重工", "中圣\u200b重工", 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_zone("yizheng", tmp_path)
    fault = caught.value.faults[0]
    assert (fault.file, fault.column) == ("projects.csv", "name")
    assert "中圣<U+200B>重工" in fault.value
    assert "ZERO WIDTH SPACE" in fault.expected
