"""One look for every chart: one typeface, one palette that also prints in grey."""

import matplotlib as mpl
import seaborn as sns
from matplotlib.font_manager import FontEntry, fontManager

from zonereport.fonts import FAMILY, faces

ACCENT, MIDDLE, PALE, INK, SOFT = "#1f4e79", "#6d97bf", "#cfdeec", "#222222", "#5a5a5a"
ALARM = "#b45f06"
# traffic lights: white can be read on red and green, ink on yellow
RED, YELLOW, GREEN = "#c8102e", "#ffc20e", "#178038"
PALETTE = (ACCENT, MIDDLE, ALARM, PALE)
WIDTH_IN = 6.2


def use_theme() -> None:
    """Set seaborn's theme and register the typeface with matplotlib, as often as one likes."""
    known = {entry.fname for entry in fontManager.ttflist}
    for weight, path in faces().items():
        if str(path) not in known:
            # matplotlib reads the four faces as four families of one weight each; this says what they are
            # first, since a face of the same name that the system has, of one weight only, would win over it
            fontManager.ttflist.insert(0, FontEntry(fname=str(path), name=FAMILY, weight=weight))
    sns.set_theme(
        style="ticks",
        palette=PALETTE,
        rc={
            "font.family": [FAMILY],
            "axes.unicode_minus": False,
            "svg.fonttype": "none",
            "svg.hashsalt": "report",
            "font.size": 9,
            "axes.labelsize": 9,
            "xtick.labelsize": 9,
            "ytick.labelsize": 9,
            "legend.fontsize": 9,
            "axes.titlesize": 11,
            "axes.titleweight": 700,
            "axes.titlelocation": "left",
            "axes.titlepad": 12,
            "axes.titlecolor": ACCENT,
            "axes.labelcolor": SOFT,
            "text.color": INK,
            "axes.edgecolor": "#9aa5b1",
            "xtick.color": SOFT,
            "ytick.color": INK,
            "hatch.linewidth": 1.2,
            "figure.dpi": 110,
        },
    )
    mpl.rcParams["figure.constrained_layout.use"] = True
    # a name with two dollars in it is no formula
    mpl.rcParams["text.parse_math"] = False
