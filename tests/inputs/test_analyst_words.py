"""The file of an analyst's words: what is read of it, what is a fault, and that it survives being written anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.inputs.analyst_words import Words, parse, read_words, rendered

GOOD = """\
说明写在第一个标题之前，不印。

# projects.stages 各阶段项目数
> 在建最多，有11个
> 依据 3f2a9c1b7d4e

## 原因分析
土地交付集中在下半年。

第二段。
## 下一步
- 逐个核对。
- 按月调度。

# indicators.core
## 下一步
"""


def test_a_file_is_read():
    entries, faults = parse(GOOD, "words/2022.md")
    assert faults == []
    first, second = entries
    assert (first.name, first.title, first.row) == ("projects.stages", "各阶段项目数", 3)
    assert (first.claim, first.basis) == ("在建最多，有11个", "3f2a9c1b7d4e")
    assert first.cause == "土地交付集中在下半年。\n\n第二段。"
    assert first.next == "- 逐个核对。\n- 按月调度。"
    assert first.written
    assert second == Words("indicators.core", row=15)
    assert not second.written


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        ("# 各阶段\n", 1, "the name of an exhibit"),
        ("# a.b\n## 原因\n", 2, "## 原因分析 or ## 下一步"),
        ("# a.b\n没有小标题的话\n", 2, "a heading above it"),
        ("# a.b\n# a.b\n", 2, "each exhibit once"),
        ("# a.b\n## 下一步\n## 下一步\n", 3, "once for each exhibit"),
        ("# a.b\n## 下一步\n甲\u200b乙\n", 3, "U+200B ZERO WIDTH SPACE"),
        ("# a.b\n## 下一步\n甲\u202e乙\n", 3, "U+202E"),
    ],
)
def test_a_fault_has_its_line(text, row, expected):
    _, faults = parse(text, "words/2022.md")
    assert [fault.row for fault in faults] == [row]
    assert expected in faults[0].expected


def test_the_names_of_files_are_periods_and_each_period_has_one(tmp_path):
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "2022-12.md").write_text("# a.b\n", encoding="utf-8")
    (folder / "2022年12月.md").write_text("", encoding="utf-8")
    (folder / "notes.md").write_text("", encoding="utf-8")
    (folder / "2021.md").write_bytes("# 甲".encode("gbk"))
    words, paths, faults = read_words(tmp_path)
    assert len(paths) == 4
    assert set(words) == {"2022-12"}
    assert {fault.file: fault.expected.partition(",")[0] for fault in faults} == {
        "words/2021.md": "text in UTF-8",
        "words/2022年12月.md": "one file a period",
        "words/notes.md": "a period as the name",
    }


def test_a_zone_without_words_has_none(tmp_path):
    assert read_words(tmp_path) == ({}, [], [])


# what an analyst may type: anything that begins no heading
LINES = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20).filter(lambda line: line[:1] not in "#")


@given(st.lists(st.tuples(LINES, st.lists(LINES, max_size=3), st.lists(LINES, max_size=3)), max_size=4))
def test_what_is_written_is_read_as_it_was(texts):
    entries = []
    for place, (claim, cause, following) in enumerate(texts):
        # a claim is one line, and no fingerprint
        quoted = claim.strip().lstrip(">")
        quoted = "" if quoted.startswith("依据") else quoted
        entries.append(Words(f"a.b{place}", "", quoted, "", _text(cause), _text(following)))
    found, _ = parse(rendered(entries), "words/2022.md")
    assert [(e.name, e.claim, e.cause, e.next) for e in found] == [(e.name, e.claim, e.cause, e.next) for e in entries]


def _text(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip("\n")
