"""What a book leaves out: lead-ins to nothing, empty sections, empty chapters, a heading alone below its section."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from zonereport.publish.elastic import elastic


def cell(*roles):
    outputs = [
        new_output("display_data", data={"text/html": role}, metadata={"zonereport": {"role": role}}) for role in roles
    ]
    return new_code_cell(outputs=outputs)


def left(*cells):
    """The Markdown that is left, and the roles that are still shown."""
    book = elastic(
        new_notebook(cells=[text if not isinstance(text, str) else new_markdown_cell(text) for text in cells])
    )
    found = []
    for one in book.cells:
        if one.cell_type == "markdown":
            found.append(one.source)
        else:
            found += [output.metadata.zonereport.role for output in one.outputs]
    return found


def test_a_section_with_an_exhibit_stays_whole():
    assert left("# 一", "## 甲\n\n如下。", cell("table")) == ["# 一", "## 甲\n\n如下。", "table"]


def test_a_lead_in_to_nothing_goes_and_the_rest_of_its_section_stays():
    kept = left("# 一", "## 甲\n\n先看。", cell("gap"), "再看。", cell("prose"))
    assert kept == ["# 一", "## 甲", "gap", "再看。", "prose"]


def test_a_section_of_gaps_goes_with_its_heading():
    kept = left("# 一", "## 甲", cell("table"), "## 乙\n\n如下。", cell("gap"), "### 丙", cell("gap"))
    assert kept == ["# 一", "## 甲", "table", "gap", "gap"]


def test_a_chapter_of_which_only_the_answer_in_short_is_left_goes():
    kept = left("# 一", cell("front", "verdict"), "## 甲", cell("gap"), "# 二", "## 乙", cell("prose"))
    # the cover of the book is the first that a chapter hands over
    assert kept == ["front", "# 二", "## 乙", "prose"]


def test_a_heading_alone_below_its_section_goes_and_two_stay():
    assert left("# 一", "## 甲", "### 子", cell("table")) == ["# 一", "## 甲", "table"]
    assert left("# 一", "## 甲", "### 子", cell("table"), "### 丑", cell("table"))[1:] == [
        "## 甲",
        "### 子",
        "table",
        "### 丑",
        "table",
    ]


@pytest.mark.parametrize("role", ["figure", "table", "prose", "notice", "failed"])
def test_what_prints(role):
    assert left("# 一", "## 甲", cell(role)) == ["# 一", "## 甲", role]


def test_a_chapter_of_text_alone_stays():
    assert left("# 一", "## 甲\n\n一句。") == ["# 一", "## 甲\n\n一句。"]


def test_the_notebook_itself_stays_as_it_is():
    book = new_notebook(cells=[new_markdown_cell("## 甲"), cell("gap")])
    elastic(book)
    assert book.cells[0].source == "## 甲"


def test_what_a_source_says_before_the_first_section_keeps_its_chapter():
    assert left("# 一", cell("verdict", "prose"), "## 甲", cell("gap")) == ["# 一", "verdict", "prose", "gap"]


def test_what_closes_a_document_keeps_no_section_alive():
    closing = cell("prose")
    closing.metadata["tags"] = ["closing"]
    assert left("# 一", "## 甲", cell("table"), "## 乙", cell("gap"), closing) == [
        "# 一",
        "## 甲",
        "table",
        "gap",
        "prose",
    ]
