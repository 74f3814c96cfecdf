"""Faults as an aligned table and as JSON."""

import json

from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs import Fault
from zonereport.inputs.faultlist import HEADER, as_json, display_width, table

FAULTS = [
    Fault("indicators.csv", 4, "value", "1,35o", "a number such as 165 or 1.8", "zone demo, 2022"),
    Fault("企业表.xlsx[税务]", 112, "开票销售", "１２０", "半角数字", severity="warning"),
    Fault("zone.yml", None, "origin", None, "published or synthetic"),
    Fault("enterprises.csv", 2, "name", "", "a text"),
]


def columns_at(line: str) -> list[int]:
    """Where each cell of a line begins, in columns of the terminal."""
    starts, gap = [], 2
    for place, character in enumerate(line):
        if character != " " and gap >= 2:
            starts.append(display_width(line[:place]))
        gap = gap + 1 if character == " " else 0
    return starts


def test_one_line_each_and_every_column_aligned():
    lines = table(FAULTS).splitlines()
    assert len(lines) == 1 + len(FAULTS)
    assert lines[0].split() == list(HEADER)
    ends = {display_width(line[: line.rindex("  ") + 2]) for line in lines}
    assert len(ends) == 1, "severity, the last column, begins at one place"
    assert "(missing)" in lines[3]
    assert "(empty)" in lines[4]


def test_no_faults_are_a_header_and_an_empty_list():
    assert table([]).split() == list(HEADER)
    assert json.loads(as_json([])) == []


def test_a_narrow_terminal_cuts_what_is_long_and_keeps_the_severity():
    wide = [Fault("indicators.csv", 7, "value", "9" * 30, "累计不下降的数" * 20, severity="warning")]
    lines = table(wide, width=80).splitlines()
    assert max(map(display_width, lines)) <= 80
    assert lines[1].endswith("warning")
    assert "…" in lines[1]


def test_json_has_stable_keys_and_readable_chinese():
    text = as_json(FAULTS)
    assert "企业表" in text
    rows = json.loads(text)
    assert [list(row) for row in rows] == [
        ["file", "row", "column", "value", "expected", "where", "severity", "answer"] for _ in FAULTS
    ]
    assert rows[2]["row"] is None
    assert rows[1]["severity"] == "warning"


TEXT = st.text(max_size=30)
ANY = st.builds(
    Fault, TEXT, st.none() | st.integers(1, 10**6), st.none() | TEXT, st.none() | TEXT, TEXT, TEXT, st.just("error")
)


@given(st.lists(ANY, max_size=6), st.none() | st.integers(100, 200))
def test_any_fault_is_one_line_and_one_object(faults, width):
    lines = table(faults, width=width).split("\n")
    assert len(lines) == 1 + len(faults)
    assert not any(set(line) & set("\n\r\t\x0b\x0c\x85\u2028\x1b") for line in lines)
    if width:
        assert max(map(display_width, lines)) <= width
    assert [Fault(**row) for row in json.loads(as_json(faults))] == faults
