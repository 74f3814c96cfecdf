"""Charts: a tidy frame in, matplotlib Axes out; nothing is computed, shown or saved here."""

from zonereport.present.charts.bar import bars, part_of_whole

__all__ = ["bars", "part_of_whole"]
