"""Charts are read back from their artists, tables from their cells; both print what the sentences print."""

import io

import pytest
from matplotlib.font_manager import findfont

from zonereport.fonts import FAMILY
from zonereport.present import charts, indicators, tables
from zonereport.present.charts.bar import in_order
from zonereport.present.exhibit import svg_of
from zonereport.present.indicators.core import SCALE, STRUCTURE
from zonereport.present.theme import use_theme
from zonereport.present.words import enterprises


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


def test_an_estimate_is_hatched(real):
    ax = charts.bars(real.bars(["rd_per_sales", "rd_per_output"]), title="t", unit="%")
    assert [bar.get_hatch() for bar in in_order(ax)] == ["///", "///"]
    assert texts(ax) == ["预计2.30%", "预计2.81%"]


def test_part_and_whole(real):
    ax = charts.part_of_whole(real.parts(STRUCTURE), title="t")
    assert [round(bar.get_width(), 1) for c in ax.containers for bar in c] == [100, 100, 50.7, 37.8]
    assert "工业投资38亿元（50.7%）" in texts(ax)


@pytest.mark.parametrize("which", ["real", "rich"])
def test_no_text_leaves_the_picture_or_covers_another(which, request):
    report = request.getfixturevalue(which)
    drawn = [
        charts.beside(enterprises.rungs(report), title=enterprises.ladder(report).finding, unit="家"),
    ]
    for ax in filter(None, drawn):
        figure = ax.figure
        figure.draw_without_rendering()
        artists = [*ax.texts, *ax.get_yticklabels(), figure._suptitle]
        boxes = [artist.get_window_extent() for artist in artists if artist.get_text()]
        page = figure.bbox
        assert all(box.x0 >= page.x0 and box.x1 <= page.x1 and box.y1 <= page.y1 for box in boxes)
        for n, box in enumerate(boxes):
            assert not any(box.shrunk(0.98, 0.9).overlaps(other) for other in boxes[n + 1 :])


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


def test_every_published_figure_is_in_the_annex(real):
    table = tables.by_field(real).data
    assert len(table) == 40
    assert table.set_index("指标").at["安全生产责任事故", "数值"] == "—"
    assert tables.projects(real).data.set_index("项目").at["腾讯云", "说明"] == "上架服务器30000台"
    assert "20家以上" in tables.objects(real).data.set_index("载体或工程").at["云谷众创空间", "说明"]


def test_tables_without_rows_are_no_tables(lean):
    none = [
        tables.honours(lean, enterprises.few_honoured(lean)),
        tables.projects(lean),
        tables.objects(lean),
    ]
    assert none == [None] * len(none)
    assert tables.ratios(lean, []) is None


def test_the_same_table_has_the_same_html(real):
    first, second = (indicators.core(real).draw.to_html() for _ in range(2))
    assert first == second
