"""Charts are read back from their artists, tables from their cells; both print what the sentences print."""

import io

import pytest
from matplotlib.font_manager import findfont

from zonereport.fonts import FAMILY
from zonereport.present import charts, indicators
from zonereport.present.charts.bar import in_order
from zonereport.present.charts.tips import mark_bars
from zonereport.present.exhibit import svg_of
from zonereport.present.indicators.core import STRUCTURE
from zonereport.present.theme import use_theme

SCALE = ("invoiced_sales", "industrial_output", "fixed_asset_investment", "industrial_investment")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_bars_have_the_lengths_of_the_figures_and_their_texts(real):
    data = real.bars(SCALE)
    ax = charts.bars(data, title="标题", unit="亿元")
    assert [round(bar.get_width(), 2) for bar in in_order(ax)] == [165, 135, 75, 38]
    assert texts(ax) == ["165亿元", "135亿元", "75亿元", "38亿元"]
    assert [label.get_text() for label in ax.get_yticklabels()] == list(data["label"])
    assert ax.get_xlabel() == "亿元"
    assert ax.figure.get_suptitle() == "标题"


def test_a_bar_says_what_it_stands_for(real):
    ax = charts.bars(real.bars(SCALE), title="标题", unit="亿元")
    mark_bars(ax.figure)
    said = [bar.get_gid() for bar in in_order(ax)]
    assert said[0] == "tip:工业开票销售：165亿元"
    assert said[3] == "tip:工业投资：38亿元"


def test_an_estimate_is_hatched(real):
    ax = charts.bars(real.bars(["rd_per_sales", "rd_per_output"]), title="t", unit="%")
    assert [bar.get_hatch() for bar in in_order(ax)] == ["///", "///"]
    assert texts(ax) == ["预计2.30%", "预计2.81%"]


def test_part_and_whole(real):
    ax = charts.part_of_whole(real.parts(STRUCTURE), title="t")
    assert [round(bar.get_width(), 1) for c in ax.containers for bar in c] == [100, 100, 50.7, 37.8]
    assert "工业投资38亿元（50.7%）" in texts(ax)


def test_charts_speak_the_reports_typeface():
    use_theme()
    for weight, name in ((300, "Light"), (400, "Regular"), (500, "Medium"), (700, "Bold")):
        from matplotlib.font_manager import FontProperties

        assert findfont(FontProperties(family=FAMILY, weight=weight)).endswith(f"NotoSansCJKsc-{name}.otf")


@pytest.mark.parametrize("draw", ["bars", "part_of_whole"])
def test_a_picture_drawn_once_is_the_one_that_savefig_writes(real, draw):
    """The short way to the SVG relies on how matplotlib finds the renderer that measures texts."""
    data = {"bars": real.bars(SCALE), "part_of_whole": real.parts(STRUCTURE)}[draw]
    more = {"unit": "亿元"} if draw == "bars" else {}
    first, second = (getattr(charts, draw)(data, title="标题", **more).figure for _ in range(2))
    saved = io.StringIO()
    second.savefig(saved, format="svg", metadata={"Date": None, "Creator": None})
    assert svg_of(first) == saved.getvalue()


def test_nothing_to_draw_is_no_chart(lean):
    assert charts.bars(lean.bars(SCALE), title="t", unit="亿元") is None
    assert charts.part_of_whole(lean.parts(STRUCTURE), title="t") is None


def test_tables_print_what_sentences_print(real):
    cells = indicators.core(real).draw.data["数值"].tolist()
    verdict = indicators.verdict(real).draw
    assert {cell for cell in cells if cell in verdict} >= {
        "165亿元",
        "135亿元",
        "75亿元",
        "38亿元",
        "1.8亿元",
        "5.45亿元",
    }


def test_the_same_table_has_the_same_html(real):
    first, second = (indicators.core(real).draw.to_html() for _ in range(2))
    assert first == second
