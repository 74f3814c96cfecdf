"""An indicator among the peers: who is ahead, who is behind, by what it is ranked."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from zonereport.present.charts.canvas import axes, bare
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.gaps import list_gap
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.sources import foot
from zonereport.present.report import Report
from zonereport.present.theme import ACCENT, PALE

# what is ranked, as an axis says it
OWN, OTHERS = "本开发区", "同类开发区"
ON = {"growth": "同比增速", "level": "累计数"}


@exhibit
def peers(report: Report, code: str) -> Exhibit:
    """Show the zone among its peers by what the indicator is ranked on, the best first."""
    caption = f"{report.label(code)}在同类开发区中的位置"
    rows = report.detail("ranks", code=code).dropna(subset=["value"])
    # alone on the list the zone stands nowhere
    if len(rows) <= 1:
        missing: tuple[Gap, ...] = ()
        # a park has no peers of its own kind
        if not report.park:
            missing = list_gap(report, "peers")
        return Exhibit(caption, gaps=missing or (Gap(caption, "该指标没有同类开发区的位次"),))
    data = pd.DataFrame(
        {
            "label": rows["entity"].mask(rows["is_zone"], report.place),
            "value": rows["printed"],
            "text": [_text(report, code, row) for row in rows.itertuples()],
            "kind": rows["is_zone"].map({True: OWN, False: OTHERS}),
        }
    ).sort_values("value", ascending=report.label(code, "direction") == "lower", kind="stable")
    on, unit = ON.get(rows["on"].iloc[0], "数值"), rows["unit"].iloc[0]
    claim = f"{report.label(code)}{on}居{report.place_of(code)}" if report.place_of(code) else caption

    def draw() -> Axes:
        return _bars(data, claim, f"{on}（{unit}）")

    alt = f"横条图，每条一个开发区，{on}：" + "，".join(f"{row.label}{row.text}" for row in data.itertuples()) + "。"
    return Exhibit(caption, claim, data=rows, draw=draw, alt=alt, note=foot(report, [code]))


def _bars(data: pd.DataFrame, title: str, axis: str) -> Axes:
    ax = axes(None, title, rows=len(data) + 1.5)
    colours = {OWN: ACCENT, OTHERS: PALE}
    sns.barplot(
        data, x="value", y="label", hue="kind", palette=colours, dodge=False, saturation=1, errorbar=None, ax=ax
    )
    for place, row in enumerate(data.itertuples()):
        # behind the end of its bar, on whichever side of zero that is
        side, offset = ("right", -4) if row.value < 0 else ("left", 4)
        ax.annotate(row.text, (row.value, place), (offset, 0), textcoords="offset points", va="center", ha=side)
    low, high = min(0, data["value"].min()), max(0, data["value"].max())
    room = 0.16 * (high - low)
    ax.set(xlabel=axis, ylabel="", xlim=(low - room * (low < 0), high + room))
    ax.legend(loc="lower right", frameon=False, title=None)
    return bare(ax)


def _text(report: Report, code: str, row) -> str:
    decimals, fixed = (1, True) if row.on == "growth" else report.digits(code)
    return quantity(row.printed, row.unit, decimals, fixed=fixed)
