"""The board of explore.ipynb: pick an edition and an indicator, see it from every side, keep a view for the report."""

import html
from collections.abc import Callable

import ipywidgets as widgets
import pandas as pd
from IPython.display import HTML, display

from zonereport.desk.choosing import Edition
from zonereport.desk.keeping import keep
from zonereport.disk.journal import Changed
from zonereport.disk.locks import Busy
from zonereport.inputs import Refused
from zonereport.present import Report
from zonereport.present.explore import PANELS
from zonereport.present.explore.reach import standing

# what each tab is called; the key is the panel's name in a kept view
TABS = {
    "course": "走势",
    "schedule": "进度",
    "peers": "位次",
    "parks": "分园区",
    "firms": "分企业",
    "reach": "争先进位",
}
MEASURED, EVIDENCE, COMPARED = "全部数字", "依据", "对比"
STEPS = 200


class Board:
    """The widgets of the board; ``show`` puts them on the page."""

    def __init__(self, zone: str = "", period: str = "", park: str = "", code: str = ""):
        self.edition = Edition(zone, period, park)
        self.other = Edition(zone, period, park, label="对比")
        self.code = widgets.Dropdown(description="指标", layout=widgets.Layout(width="30em"))
        self.measure = widgets.Dropdown(description="度量", layout=widgets.Layout(width="22em"))
        self.keep_button = widgets.Button(
            description="留作下期报告的图表", icon="bookmark", layout=widgets.Layout(width="15em")
        )
        self.message = widgets.HTML()
        self.amount = widgets.FloatSlider(
            description="假如达到", continuous_update=False, layout=widgets.Layout(width="36em")
        )
        self.answer = widgets.HTML()
        self.outputs = {name: widgets.Output() for name in (*TABS, MEASURED, EVIDENCE, COMPARED)}
        self.tabs = widgets.Tab(children=[self._page(name) for name in self.outputs])
        self.tabs.titles = [*TABS.values(), MEASURED, EVIDENCE, COMPARED]
        self._offer(code)
        self.edition.on_change(self._changed)
        self.other.on_change(self._draw)
        self.code.observe(self._picked, "value")
        self.measure.observe(lambda change: self._draw(), "value")
        self.tabs.observe(lambda change: self._draw(), "selected_index")
        self.amount.observe(lambda change: self._answer(), "value")
        self.keep_button.on_click(self._keep)
        self.widget = widgets.VBox(
            [self.edition.widget, widgets.HBox([self.code, self.measure]), self.tabs, self.keep_button, self.message]
        )
        self._picked(None)

    def _page(self, name: str) -> widgets.Widget:
        if name == "reach":
            return widgets.VBox([self.amount, self.answer, self.outputs[name]])
        if name == COMPARED:
            return widgets.VBox([self.other.widget, self.outputs[name]])
        return self.outputs[name]

    @property
    def tab(self) -> str:
        """The name of the open tab."""
        return list(self.outputs)[self.tabs.selected_index or 0]

    def _report(self) -> Report | None:
        """The report of the chosen edition; None where there is none, which the message then explains."""
        # the first look at an edition takes seconds: a page that does nothing looks broken
        waits = not self.edition.is_open()
        if waits:
            self._say("正在载入和计算……")
        try:
            report = self.edition.report()
        except Refused as error:
            self._say(str(error))
            return None
        if waits:
            self._say("")
        return report

    def _offer(self, code: str = "") -> None:
        """Offer the indicators that the edition has, and the measures of the one that is picked."""
        report = self._report()
        if report is None:
            return
        known = report.indicators()
        options = [(f"{row.name_zh}（{row.code}）", row.code) for row in known.itertuples()]
        wanted, codes = code or self.code.value, list(known["code"])
        # the first one stays picked where nothing else is wanted
        self.code.options = options
        self.code.value = wanted if wanted in codes else codes[0]

    def _changed(self) -> None:
        self.message.value = ""
        self._offer()
        self._picked(None)

    def _picked(self, change) -> None:
        """Another indicator: its measures, the range of its slider, its pictures."""
        report = self._report()
        if report is None:
            return
        rows = report.measures[(report.measures["code"] == self.code.value) & report.measures["value"].notna()]
        names = report.zone.dictionary.measures["name_zh"]
        self.measure.options = [(names.get(measure, measure), measure) for measure in rows["measure"]]
        self._set_range(report)
        self._draw()

    def _set_range(self, report: Report) -> None:
        value = report.value(self.code.value)
        self.amount.disabled = pd.isna(value)
        if pd.isna(value):
            return
        goals = [
            value,
            report.value(self.code.value, "target"),
            *standing(report, self.code.value).steps()["needed_amount"],
        ]
        known = [goal for goal in goals if pd.notna(goal)]
        low, high = min(known), max(known)
        room = max((high - low) * 0.2, abs(value) * 0.1, 1e-6)
        # the ends in an order in which low is never above high
        self.amount.max = max(self.amount.max, high + room)
        self.amount.min = low - room
        self.amount.max = high + room
        self.amount.step = (self.amount.max - self.amount.min) / STEPS
        self.amount.value = value

    def _answer(self) -> None:
        """Say what the amount of the slider would be: growth, place, completion."""
        report = self._report()
        if report is None or self.amount.disabled:
            return
        code, amount = self.code.value, self.amount.value
        here = standing(report, code)
        parts = [f"{report.label(code)}达到{amount:.4g}{report.label(code, 'unit')}"]
        growth = here.growth_of(amount)
        if pd.notna(growth):
            parts.append(f"同比{growth:.1f}%")
        if len(here.peers):
            parts.append(f"居第{here.place_of(amount)}位")
        target = report.value(code, "target")
        if pd.notna(target) and target and report.basis(code, "target") == "level":
            parts.append(f"完成年度目标的{amount / target * 100:.1f}%")
        self.answer.value = html.escape("，".join(parts) + "。")

    def _draw(self) -> None:
        """Show what the open tab is about; the others are drawn when they are opened."""
        report, name = self._report(), self.tab
        if report is None or not self.code.value:
            return
        drawers: dict[str, Callable[[Report], object]] = {
            MEASURED: self._measured,
            EVIDENCE: self._evidence,
            COMPARED: self._compared,
        }
        with self.outputs[name]:
            self.outputs[name].clear_output(wait=True)
            if name in PANELS:
                display(PANELS[name](report, self.code.value))
            else:
                display(drawers[name](report))
        self._answer()

    def _measured(self, report: Report) -> object:
        """All measures of the indicator, the picked one first, each with its source or the reason why it is missing."""
        rows = report.measures[report.measures["code"] == self.code.value]
        names, reasons = report.zone.dictionary.measures, rows["reason"]
        table = pd.DataFrame(
            {
                "度量": rows["measure"].map(names["name_zh"]).fillna(rows["measure"]),
                "数字": [report.text(self.code.value, measure) for measure in rows["measure"]],
                "算法": rows["measure"].map(names["formula"]).fillna(""),
                "出处": rows["source"],
                "缺数原因": reasons,
            }
        )
        first = (rows["measure"] != self.measure.value).argsort(kind="stable")
        return HTML(table.iloc[first].to_html(index=False, escape=True))

    def _evidence(self, report: Report) -> object:
        """How the picked measure came to be: figure, formula, inputs, down to the cells of the books."""
        return report.explain(self.code.value, self.measure.value or "value")

    def _compared(self, report: Report) -> object:
        """The measures of the indicator in both editions, beside each other."""
        try:
            other = self.other.report()
        except Refused as error:
            return HTML(html.escape(str(error)))
        code, columns = self.code.value, {}
        for each in (report, other):
            rows = each.measures[(each.measures["code"] == code) & each.measures["value"].notna()]
            column = pd.Series([each.text(code, measure) for measure in rows["measure"]], index=rows["measure"])
            head = f"{each.place} {each.period.name_zh}"
            # the same edition twice would be one column
            columns[head if head not in columns else head + " "] = column
        table = pd.DataFrame(columns).fillna("—")
        names = report.zone.dictionary.measures["name_zh"]
        table.insert(0, "度量", [names.get(measure, measure) for measure in table.index])
        return HTML(table.to_html(index=False, escape=True))

    def _keep(self, button) -> None:
        if self.tab not in PANELS:
            self._say("这一页不能留作图表，请换到走势、进度、位次、分园区、分企业或争先进位。")
            return
        try:
            added = keep(
                self.edition.root, self.edition.zone.value, (self.tab, self.code.value, self.edition.park.value)
            )
        except (Busy, Changed, OSError) as error:
            self._say(str(error))
            return
        self._say("已留作下期报告“专题”一章的图表。" if added else "这张图表已经留过。")

    def _say(self, text: str) -> None:
        self.message.value = html.escape(text)


def explore(zone: str = "", period: str = "", park: str = "", code: str = "") -> widgets.Widget:
    """Return the board: drop-downs for zone, period, park, indicator and measure, and a tab for each side of it."""
    return Board(zone, period, park, code).widget
