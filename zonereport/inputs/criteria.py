"""What is wrong with the criteria of national goals that a zone holds: a judge needs a law, and a size its unit."""

import pandas as pd

from zonereport.inputs.faults import Fault
from zonereport.language import tr

# the comparisons that have a size, and those that have none
SIZED = ("at_least", "at_most")
UNSIZED = ("rank_at_most", "yes_no")


def criteria_faults(file: str, rows: pd.DataFrame, origin: str) -> list[Fault]:
    """Return the faults of criteria.csv, read as text, that need more than one cell to be seen.

    A threshold needs the unit that it is in; it may be empty where it has not been found. What nobody has read or
    copied is refused for a zone that is not made up (``origin``).
    """
    faults = []
    for number, row in rows.iterrows():
        if row["quality"] == "u" and origin != "synthetic":
            expected = tr("o, s or m: an unverified criterion judges no real zone")
            faults.append(Fault(file, number, "quality", "u", expected))
        comparison, threshold, unit = row["comparison"], row["threshold"], row["unit"]
        if comparison == "yes_no" and threshold:
            faults.append(Fault(file, number, "threshold", threshold, tr("empty, yes_no has no threshold")))
        if comparison in UNSIZED and unit:
            faults.append(
                Fault(file, number, "unit", unit, tr("empty, {comparison} has no unit", comparison=comparison))
            )
        if comparison in SIZED and threshold and not unit:
            faults.append(Fault(file, number, "unit", "", tr("the unit of the threshold")))
    return faults
