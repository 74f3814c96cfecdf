import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from zonereport.publish import PublishError, assemble


def chapter(*sources, **metadata):
    return new_notebook(cells=[new_markdown_cell(source) for source in sources], metadata=metadata)


def test_cells_follow_each_other_with_ids_of_the_book():
    book = assemble([chapter("# 甲", "文"), chapter("# 乙")])
    assert [(cell.id, cell.source) for cell in book.cells] == [
        ("c01-001", "# 甲"),
        ("c01-002", "文"),
        ("c02-001", "# 乙"),
    ]
    nbformat.validate(book)


def test_the_same_chapters_give_the_same_book(book):
    chapters = [chapter("# 甲"), chapter("# 乙")]
    assert nbformat.writes(assemble(chapters)) == nbformat.writes(assemble(chapters))


def test_the_chapters_stay_as_they_are():
    one = chapter("# 甲")
    before = nbformat.writes(one)
    assemble([one]).cells[0].source = "changed"
    assert nbformat.writes(one) == before


def test_metadata_is_merged_and_the_earlier_chapter_wins():
    one = chapter("# 甲", papermill={"parameters": {"period": "2022"}}, authors=["a"])
    two = chapter("# 乙", papermill={"parameters": {"period": "2021", "zone": "demo"}})
    merged = assemble([one, two]).metadata
    assert merged["papermill"] == {"parameters": {"period": "2022", "zone": "demo"}}
    assert merged["authors"] == ["a"]


def test_a_kernelspec_is_kept_or_given():
    named = {"name": "other", "display_name": "Other", "language": "python"}
    assert assemble([chapter("# 甲"), chapter("# 乙", kernelspec=named)]).metadata.kernelspec == named
    assert assemble([chapter("# 甲")]).metadata.kernelspec.name == "python3"


def test_a_book_without_chapters_is_refused():
    with pytest.raises(PublishError, match="at least one chapter"):
        assemble([])
