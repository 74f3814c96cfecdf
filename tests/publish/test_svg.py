import re
from xml.etree import ElementTree

import pytest

from zonereport.publish import PublishError
from zonereport.publish.svg import clean, texts

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def draw(axes):
    axes.plot([1, 2], [3, 4], marker="o")
    axes.set_xlabel("月份 <&>")


def test_a_chart_keeps_its_text_and_the_case_of_its_attributes(sample):
    chart = clean(sample.svg(draw), prefix="f7-", name="图 7")
    assert chart.startswith("<svg ")
    assert "viewBox=" in chart
    assert "<clipPath" in chart
    assert "月份 <&>" in texts(chart)


def test_every_id_and_reference_has_the_prefix(sample):
    root = ElementTree.fromstring(clean(sample.svg(draw), prefix="f7-", name="图 7"))
    ids = {element.get("id") for element in root.iter()} - {None}
    text = ElementTree.tostring(root, encoding="unicode")
    assert ids
    assert all(name.startswith("f7-") for name in ids)
    assert set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', text)) != set()
    assert {a or b for a, b in re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', text)} <= ids


def test_nothing_of_a_chart_reaches_the_page_around_it(sample):
    chart = clean(sample.svg(draw), prefix="", name="图 1")
    assert "<style" not in chart
    assert "<metadata" not in chart
    assert "stroke-linejoin" in chart


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ('<image xlink:href="http://x.example/a.png"/>', "loads 'http://x.example/a.png' from outside"),
        ('<rect onclick="x()"/>', "event handler"),
        ("<text style=\"font: 10px 'DejaVu Sans'\">x</text>", "'DejaVu Sans'"),
        ("<text style=\"font-size: 10px; font-family: 'Arial', 'Noto Sans CJK SC'\">x</text>", "'Arial'"),
        ("<text>", "no well-formed SVG"),
    ],
)
def test_a_chart_that_is_not_complete_in_itself_is_refused(inside, message):
    with pytest.raises(PublishError, match=f"图 2.*{re.escape(message)}"):
        clean(HEAD + inside + "</svg>", prefix="", name="图 2")


def test_a_script_is_dropped():
    assert clean(HEAD + "<script>x</script></svg>", prefix="", name="图 1").count("script") == 0


def test_what_a_mark_stands_for_becomes_its_title():
    chart = clean(HEAD + '<g id="tip:甲&lt;b&gt;：3家"><path d=""/></g></svg>', prefix="f1-", name="图 1")
    assert "<title>甲&lt;b&gt;：3家</title><path" in chart
    assert "tip:" not in chart
