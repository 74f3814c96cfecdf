import pytest

from zonereport.publish import PublishError
from zonereport.publish.numbering import chinese, label, number_headings


@pytest.mark.parametrize(("number", "written"), [(9, "九"), (19, "十九"), (30, "三十"), (99, "九十九")])
def test_numbers_are_written_in_chinese(number, written):
    assert chinese(number) == written


@pytest.mark.parametrize("number", [0, 100, -1])
def test_numbers_beyond_a_report_are_refused(number):
    with pytest.raises(ValueError, match="no Chinese heading number"):
        chinese(number)


def test_four_levels_have_labels():
    assert [label(level, 3) for level in range(1, 7)] == ["三、", "（三）", "3. ", "（3）", "", ""]


def test_lower_levels_start_again_under_each_heading():
    levels = [1, 2, 3, 3, 2, 3, 1, 2]
    labels = [number for number, _ in number_headings((level, "题") for level in levels)]
    assert labels == ["一、", "（一）", "1. ", "2. ", "（二）", "1. ", "二、", "（一）"]


def test_anchors_are_unique():
    anchors = [anchor for _, anchor in number_headings([(1, "同"), (2, "同"), (2, "同"), (1, "附录"), (2, "同")])]
    assert len(set(anchors)) == len(anchors)


@pytest.mark.parametrize("levels", [[2], [1, 3], [1, 2, 4], [3, 1]])
def test_a_skipped_level_is_named(levels):
    with pytest.raises(PublishError, match="'题' is of level"):
        number_headings((level, "题") for level in levels)
