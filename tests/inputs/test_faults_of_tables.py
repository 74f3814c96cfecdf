"""Every kind of bad input gives one clear line with file, row, column, value and what was expected."""

import re
from pathlib import Path

import pytest

from zonereport.inputs import InputError, load_zone


def spoil(project: Path, table: str, old: str, new: str) -> None:
    path = project / "data" / table
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(project: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_zone("yizheng", project)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            ",135,亿元",
            ',"1,35o",亿元',
            'indicators.csv row 4, value: "1,35o"; expected a number such as 165 or 1.8 '
            "(zone yizheng, 2022, industrial_output)",
        ),
        (
            ",treasury_tax,",
            ",tresury_tax,",
            'indicators.csv row 3, code: "tresury_tax"; expected a code of data/dictionary/indicators.csv '
            "(zone yizheng, 2022)",
        ),
        (
            ",135,亿元",
            ",135,亿",
            'indicators.csv row 4, unit: "亿"; expected a unit of data/dictionary/units.csv '
            "(zone yizheng, 2022, industrial_output)",
        ),
        (
            ",135,亿元",
            ",135,万美元",
            'indicators.csv row 4, unit: "万美元"; expected for industrial_output one of 亿元, 万元, 元 '
            "(zone yizheng, 2022, industrial_output)",
        ),
        (
            "2022,industrial_output",
            "2022-13,industrial_output",
            'indicators.csv row 4, period: "2022-13"; expected a period such as 2022 or 2022-11 '
            "(zone yizheng, industrial_output)",
        ),
        (
            ",135,亿元,,",
            ",135,亿元,perhaps,",
            'indicators.csv row 4, qualifier: "perhaps"; expected empty, or one of estimate, lower_bound, '
            "approximate, cumulative, including, subset, decreased (zone yizheng, 2022, industrial_output)",
        ),
        (
            ",135,亿元,,,,,,,summary-2022",
            ",135,亿元,,,,,,,hearsay",
            'indicators.csv row 4, source: "hearsay"; expected the id of a source in zone.yml '
            "(zone yizheng, 2022, industrial_output)",
        ),
        (
            "2022,industrial_output,,135",
            "2022,treasury_tax,,135",
            'indicators.csv row 4, period+code+park+vintage: "2022 treasury_tax"; expected one row only; '
            "row 3 has it (zone yizheng, 2022, treasury_tax)",
        ),
        (
            ",135,亿元,",
            ",,亿元,",
            "indicators.csv row 4, value: empty; expected a number, or a published growth, rank or qualifier "
            "decreased (zone yizheng, 2022, industrial_output)",
        ),
        (
            ",135,亿元,,,,,,",
            ",135,亿元,,,,10,9,",
            'indicators.csv row 4, rank: "10"; expected at most rank_of, 9 (zone yizheng, 2022, industrial_output)',
        ),
        (
            ",135,亿元,,,,,,",
            ",135,亿元,,,,1,99999999999999999999999,",
            'indicators.csv row 4, rank_of: "99999999999999999999999"; expected a whole number of 1 or more '
            "(zone yizheng, 2022, industrial_output)",
        ),
    ],
)
def test_one_line_names_the_culprit(project, old, new, line):
    spoil(project, "yizheng/indicators.csv", old, new)
    assert faults(project) == [line]


def test_a_number_that_no_float_holds_is_a_fault(project):
    spoil(project, "yizheng/indicators.csv", ",135,亿元", f",{'9' * 400},亿元")
    (line,) = faults(project)
    assert line.startswith('indicators.csv row 4, value: "9999')
    assert "; expected a number such as 165 or 1.8 (" in line


@pytest.mark.parametrize(
    ("new", "line"),
    [
        (
            "万元,cny,ten",
            'dictionary/units.csv row 3, scale: "ten"; expected a number or a fraction above 0, such as 10000 or '
            "2000/3",
        ),
        (
            "万元,cny,0",
            'dictionary/units.csv row 3, scale: "0"; expected a number or a fraction above 0, such as 10000 or 2000/3',
        ),
        ("元,cny,10000", 'dictionary/units.csv row 3, unit: "元"; expected each unit once'),
    ],
)
def test_units_are_checked_before_anything_is_measured_in_them(project, new, line):
    spoil(project, "dictionary/units.csv", "万元,cny,10000", new)
    assert faults(project)[0] == line


def test_every_fault_of_every_file_at_once(project):
    spoil(project, "yizheng/indicators.csv", ",135,", ",n/a,")
    spoil(project, "yizheng/indicators.csv", ",38,", ",３８,")
    spoil(project, "yizheng/carriers.csv", ",in_service,", ",half_done,")
    spoil(project, "yizheng/recognitions.csv", "2022,wanrun-optoelectronics", "2022,nobody")
    found = faults(project)
    assert [re.match(r"(\S+) row (\d+), (\w+)", line).groups() for line in found] == [
        ("carriers.csv", "2", "status"),
        ("indicators.csv", "4", "value"),
        ("indicators.csv", "5", "value"),
        ("recognitions.csv", "2", "enterprise"),
    ]


def test_a_missing_table_and_an_unknown_one(project):
    (project / "data/yizheng/indicators.csv").rename(project / "data/yizheng/indicator.csv")
    lines = faults(project)
    assert lines[0].startswith('indicator.csv: "indicator.csv"; expected one of indicators.csv, targets.csv')
    assert lines[1] == "indicators.csv: missing; expected a file in yizheng/ (zone yizheng)"


def test_a_header_that_is_not_ours(project):
    spoil(project, "yizheng/indicators.csv", ",unit,", ",unti,")
    lines = faults(project)
    assert any(line.startswith("indicators.csv row 1, unit: missing; expected this column") for line in lines)
    assert any(line.startswith('indicators.csv row 1: "unti"; expected one of period, code') for line in lines)


def test_a_row_of_another_length(project):
    spoil(project, "yizheng/indicators.csv", ",135,亿元,", ",135,亿元,,,")
    assert faults(project)[0].startswith('indicators.csv row 4: "16 cells"; expected 14 as in the header')


def test_another_encoding(project):
    path = project / "data/yizheng/indicators.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    assert re.fullmatch(r'indicators.csv: "byte 0x\w\w"; expected a CSV file saved as UTF-8 .*', faults(project)[0])


def test_a_quote_that_is_never_closed(project):
    spoil(project, "yizheng/indicators.csv", ",135,", ',"135,')
    assert "indicators.csv row" in faults(project)[0]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("origin: published", "origin: guessed", "yizheng/zone.yml, origin: \"guessed\"; expected 'published'"),
        ("name_zh:", "nam_zh:", "yizheng/zone.yml, name_zh: missing; expected this key"),
        ("parks: []", "parks: [", "yizheng/zone.yml row "),
        ("peers: []", "pears: []", 'yizheng/zone.yml, pears: "[]"; expected another key, this one is unknown'),
    ],
)
def test_zone_yml(project, old, new, line):
    spoil(project, "yizheng/zone.yml", old, new)
    assert faults(project)[0].startswith(line)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("name_zh: ", "name_zh: \u200b", 'yizheng/zone.yml, name_zh: "<U+200B>'),
        ("name_zh: ", "name_zh: \u202e", 'yizheng/zone.yml, name_zh: "<U+202E>'),
        ("place_zh: ", "place_zh: \ue000", 'yizheng/zone.yml, place_zh: "<U+E000>'),
        (
            "peers: []",
            "peers: [甲县, \U0001f600区]",
            'yizheng/zone.yml, peers.1: "\U0001f600区"; expected a text without U+1F600',
        ),
        ("parks: []", "parks: [{id: a, name_zh: \u0301甲园}]", "yizheng/zone.yml, parks.0.name_zh: "),
        ("locator: ", "locator: \u2066", 'yizheng/zone.yml, sources.0.locator: "<U+2066>栏目"; expected'),
        # YAML itself refuses control characters: said at their row and key all the same
        ("name_en: ", "name_en: \x07", 'yizheng/zone.yml row 3, name_en: "<U+0007>'),
        ("origin: published", "origin: published\nissuer: 局\x1b[2J", "yizheng/zone.yml row "),
    ],
)
def test_a_character_in_zone_yml_that_no_report_can_print_is_a_fault_at_its_key(project, old, new, line):
    spoil(project, "yizheng/zone.yml", old, new)
    found = faults(project)[0]
    assert found.startswith(line)
    assert "a text without U+" in found
    assert ": delete it" in found


def test_what_a_zone_is_called_keeps_its_characters(project):
    spoil(project, "yizheng/zone.yml", "peers: []", "peers: [（甲）①ＡＢＣ㎡区, 㐂区]")
    assert load_zone("yizheng", project).about.peers == ("（甲）①ＡＢＣ㎡区", "㐂区")


def test_the_dictionary_is_checked_too(project):
    spoil(project, "dictionary/indicators.csv", ",flow_ytd,1,S2,", ",flow,1,S2,")
    spoil(project, "dictionary/derived.csv", ",treasury_tax,", ",tax,")
    found = faults(project)
    assert [line.split(",")[0] for line in found] == ["dictionary/indicators.csv row 2", "dictionary/derived.csv row 4"]


def test_an_unknown_zone_names_the_known_ones(project):
    with pytest.raises(InputError, match=r"data/yangzhou/zone\.yml: missing; expected a zone; known are demo, yizheng"):
        load_zone("yangzhou", project)


def test_periods_out_of_order_are_a_warning(project):
    path = project / "data/yizheng/indicators.csv"
    row = "2021,invoiced_sales,,160,亿元,,,,,,,summary-2022,A,"
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    (warning,) = load_zone("yizheng", project).warnings
    assert (warning.row, warning.value, warning.severity) == (42, "2021", "warning")
