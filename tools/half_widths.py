"""Write data/dictionary/half_widths.csv: ``python -m tools.half_widths PANEL.csv``.

PANEL is a long table of real monthly bulletins (year, month_to, unit_name, indicator, kind, value, unit), cumulative
figures of kind ytd_abs. It is not part of the project; the widths measured on it are. A kind of
data/dictionary/forecasts.csv gets its widths from the indicator named here: the rule of that kind forecasts every unit
and year that has a year before it, and the width is that of the split-conformal interval over all of them.
"""

import csv
import io
import sys
from pathlib import Path

import pandas as pd

from zonereport.inputs import Dictionary, load_dictionary
from zonereport.inputs.forecast_rules import WIDTH_COLUMNS
from zonereport.inputs.paths import find_root
from zonereport.metrics.forecast.cases import cases_of
from zonereport.metrics.forecast.models import FIRST_MONTH, half_width, log_errors
from zonereport.metrics.indicators.series import grown
from zonereport.metrics.scope import HISTORY

# retail sales have three years with gaps: their narrow widths (n = 13) are not shipped
MEASURED_ON = {"fiscal": "budget_revenue", "activity": "gross_domestic_product"}
NAMES = {"budget_revenue": "一般公共预算收入", "gross_domestic_product": "地区生产总值"}
SOURCE = "{name} in the monthly statistical bulletins of 邵阳市, {units} county units, targets {first} to {last}"


def panel_cases(panel: pd.DataFrame, code: str, dictionary: Dictionary) -> pd.DataFrame:
    """Return the cases of one indicator in the panel, from levels alone: units of the latest year, no growth."""
    name = dictionary.indicators.at[code, "name_zh"]
    rows = panel[(panel["kind"] == "ytd_abs") & (panel["indicator"] == name)]
    rows = rows[rows["unit"] == rows["unit"].iloc[-1]].drop_duplicates(["unit_name", "year", "month_to"], keep="last")
    rows = rows.assign(code=code, entity=rows["unit_name"], month=rows["month_to"], qualifier="", source="panel")
    return cases_of(grown(rows.reindex(columns=HISTORY), dictionary))


def widths(panel: pd.DataFrame, dictionary: Dictionary) -> list[list[str]]:
    """Return the rows of half_widths.csv: kind, month, half width as 100 x |ln(Y / Ŷ)|, cases, source."""
    rows = []
    for kind, code in MEASURED_ON.items():
        cases = panel_cases(panel, code, dictionary)
        cases = cases[cases["total"].notna() & (cases["month"] >= FIRST_MONTH)]
        source = SOURCE.format(
            name=NAMES[code],
            units=cases["unit_name"].nunique(),
            first=cases["year"].min(),
            last=cases["year"].max(),
        )
        for month, group in cases.groupby("month"):
            errors = log_errors(group, carried=dictionary.forecasts.kinds[code].carried)
            rows.append([kind, str(month), f"{half_width(errors) * 100:.1f}", str(len(errors)), source])
    return rows


def main(path: str) -> None:
    """Write the file from the panel at ``path``."""
    root = find_root()
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(WIDTH_COLUMNS)
    writer.writerows(widths(pd.read_csv(path), load_dictionary(root)))
    target = root / "data" / "dictionary" / "half_widths.csv"
    target.write_text(stream.getvalue(), encoding="utf-8", newline="\n")
    print(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
