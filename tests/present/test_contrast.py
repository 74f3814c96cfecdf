"""Every text of a chart can be read on what it stands on: 4.5 to 1 at least, computed from the colours."""

import pytest
from matplotlib.collections import QuadMesh

from zonereport.present import indicators, overview, places, projects
from zonereport.present.charts.contrast import LEAST, contrast, ink_on
from zonereport.present.theme import ACCENT, ALARM, GREEN, INK, MIDDLE, PALE, RED, SOFT, YELLOW


@pytest.mark.parametrize("colour", [ACCENT, ALARM, INK, SOFT])
def test_colours_of_words_can_be_read_on_paper(colour):
    assert contrast(colour, "white") >= LEAST


@pytest.mark.parametrize("ground", [ACCENT, MIDDLE, PALE, RED, YELLOW, GREEN, *(str(n / 20) for n in range(21))])
def test_there_is_an_ink_for_every_ground(ground):
    assert contrast(ink_on(ground), ground) >= LEAST


@pytest.mark.parametrize("shown", [overview.months, indicators.signals])
@pytest.mark.parametrize("which", ["year", "half"])
def test_every_cell_of_a_grid_can_be_read(shown, which, request):
    axes = shown(request.getfixturevalue(which)).draw()
    (mesh,) = (artist for artist in axes.collections if isinstance(artist, QuadMesh))
    axes.figure.canvas.draw()
    grounds = mesh.get_facecolors()
    columns = round(max(axes.get_xlim()))
    assert len(axes.texts) > 20
    for text in axes.texts:
        across, down = text.get_position()
        ground = grounds[int(down) * columns + int(across)]
        assert contrast(text.get_color(), ground) >= LEAST, text.get_text()


@pytest.mark.parametrize("shown", [projects.stages, places.works])
def test_every_figure_in_a_bar_can_be_read(shown, year):
    axes = shown(year).draw()
    patches = [patch for patch in axes.patches if patch.get_width() > 0]
    read = 0
    for text in axes.texts:
        across, down = text.xy
        under = [p for p in patches if p.get_bbox().contains(across, down) and text.get_ha() == "center"]
        for patch in under:
            assert contrast(text.get_color(), patch.get_facecolor()) >= LEAST, text.get_text()
            read += 1
    assert read > 0
