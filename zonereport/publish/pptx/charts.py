"""Native charts: what PowerPoint draws itself from a small workbook that opens with a double click."""

import io

from openpyxl import Workbook
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from zonereport.disk.spreadsheet import put
from zonereport.publish.docx.xml import clean
from zonereport.publish.pptx import deck
from zonereport.publish.series import BEFORE, Series, SideBySide
from zonereport.publish.xlsx.figures import beginning

_GRID = RGBColor(0xE6, 0xEA, 0xEE)
# so many lines can all say where they end
_FEW = 4
_TEXT = 12


def add(slide, data: SideBySide, *, claim: str, alt: str, caption: str) -> None:
    """Add the chart of some data to a slide: lines over time, else bars."""
    shape = slide.shapes.add_chart(
        _kind(data, alt), deck.LEFT, deck.BODY_TOP, deck.ACROSS, deck.BODY_HEIGHT, _category_data(data)
    )
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(alt))
    shape._element.nvGraphicFramePr.cNvPr.set("name", clean(caption))
    chart = shape.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(data))
    chart.font.size, chart.font.color.rgb = Pt(_TEXT), deck.SOFT
    chart.has_title = False
    chart.has_legend = len(data.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    if data.over_time:
        _lines(chart, data, claim)
    else:
        _bars(chart, data, alt)


def _kind(data: SideBySide, alt: str) -> XL_CHART_TYPE:
    if data.over_time:
        return XL_CHART_TYPE.LINE
    if _stacks(alt):
        return XL_CHART_TYPE.BAR_STACKED
    return XL_CHART_TYPE.BAR_CLUSTERED


def _stacks(alt: str) -> bool:
    """The words for a chart say how its bars stand."""
    return alt.startswith("堆积")


def _label(name: str) -> str:
    """A label of two lines: the second is an aside."""
    first, aside, rest = name.partition("\n")
    if not aside:
        return clean(first)
    return clean(f"{first}（{rest}）")


def _category_data(data: SideBySide) -> CategoryChartData:
    made = CategoryChartData()
    made.categories = [_label(name) for name in data.rows]
    for one in data.series:
        made.add_series(_label(one.name), one.values, _form(one))
    return made


def _workbook(data: SideBySide) -> bytes:
    """The data behind the chart: a text in it is a text, whatever it begins with."""
    book = Workbook()
    sheet = book.active
    # what the formulas of the chart refer to
    sheet.title = "Sheet1"
    for row, name in enumerate(data.rows, start=2):
        put(sheet.cell(row, 1), _label(name))
    for column, one in enumerate(data.series, start=2):
        put(sheet.cell(1, column), _label(one.name))
        for row, value in enumerate(one.values, start=2):
            cell = sheet.cell(row, column, value)
            cell.number_format = _form(one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _form(one: Series) -> str:
    """The format of a series: that of its labels where they say its numbers, else two places at most."""
    for value, text in zip(one.values, one.texts, strict=True):
        printed = beginning(text) if text and value is not None else None
        if printed is not None and "%" not in printed.form and abs(printed.value - value) < 0.5:
            return printed.form
    if all(value is None or float(value).is_integer() for value in one.values):
        return "0"
    return "0.0"


def _says_its_number(one: Series) -> bool:
    """Whether the labels of a series are its numbers, which then follow when somebody edits them."""
    for value, text in zip(one.values, one.texts, strict=True):
        printed = beginning(text) if text else None
        if text and (printed is None or value is None or abs(printed.value - value) >= 0.5):
            return False
    return True


def _lines(chart, data: SideBySide, claim: str) -> None:
    """Lines: those that the finding names are thick and say where they end."""
    for number, (plotted, one) in enumerate(zip(chart.plots[0].series, data.series, strict=True)):
        plotted.smooth = False
        line = plotted.format.line
        line.width, line.color.rgb = Pt(1.5), RGBColor.from_string(deck.PALETTE[1 + number % (len(deck.PALETTE) - 1)])
        if one.name.partition("\n")[0] in claim:
            line.width, line.color.rgb = Pt(3.5), deck.ACCENT
            _label_last(plotted, one)
        elif len(data.series) <= _FEW:
            _label_last(plotted, one)
    _axis(chart.value_axis, grid=True)
    _axis(chart.category_axis, grid=False)
    # below all lines, where some fall below zero
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _label_last(plotted, one: Series) -> None:
    known = [place for place, value in enumerate(one.values) if value is not None]
    if not known:
        return
    label = plotted.points[known[-1]].data_label
    label.has_text_frame = False
    label.position = XL_LABEL_POSITION.ABOVE
    label.font.size, label.font.bold = Pt(_TEXT), True
    properties = label._get_or_add_dLbl()
    for name, shown in (("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 0)):
        properties.find(f"{{{properties.nsmap['c']}}}{name}").set("val", str(shown))


def _bars(chart, data: SideBySide, alt: str) -> None:
    plot = chart.plots[0]
    plot.gap_width = 45
    stacked = _stacks(alt)
    if stacked:
        plot.overlap = 100
    elif len(data.series) > 1:
        plot.overlap = -5
    for number, (plotted, one) in enumerate(zip(plot.series, data.series, strict=True)):
        colour = deck.PALETTE[number % len(deck.PALETTE)]
        if one.name == BEFORE:
            colour = "B9CDE4"
        plotted.format.fill.solid()
        plotted.format.fill.fore_color.rgb = RGBColor.from_string(colour)
        plotted.invert_if_negative = False
        _label_bars(plotted, one, stacked=stacked, dark=colour in ("1F4E79", "B26B00", "1A7F37", "4F4F4F"))
    # the first row stands at the top, as it does in the report
    chart.category_axis.reverse_order = True
    _axis(chart.category_axis, grid=False)
    _axis(chart.value_axis, grid=True)
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _label_bars(plotted, one: Series, *, stacked: bool, dark: bool) -> None:
    position = XL_LABEL_POSITION.OUTSIDE_END
    colour = deck.SOFT
    if stacked:
        position = XL_LABEL_POSITION.CENTER
        colour = RGBColor(0xFF, 0xFF, 0xFF) if dark else deck.ACCENT
    labels = plotted.data_labels
    labels.show_value, labels.position = True, position
    labels.number_format, labels.number_format_is_linked = _form(one), False
    labels.font.size, labels.font.color.rgb = Pt(_TEXT), colour
    if _says_its_number(one):
        return
    for place, text in enumerate(one.texts):
        if text:
            label = plotted.points[place].data_label
            deck.write(label.text_frame, text, size=_TEXT, colour=colour)
            label.position = position


def _axis(axis, *, grid: bool) -> None:
    axis.has_major_gridlines = grid
    if grid:
        axis.major_gridlines.format.line.color.rgb = _GRID
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = _GRID
    axis.tick_labels.font.size = Pt(_TEXT)
