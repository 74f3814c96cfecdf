"""Which source the figures of an exhibit are of, by the name under which they are printed."""

import pandas as pd

# more figures than a reader looks through one by one
MOST = 60


def origins(report, data: pd.DataFrame) -> dict[str, str]:
    """Return title and place in the source of each indicator that a frame has a row of (column ``code``), by name.

    Computed figures have no source of their own and are left out.
    """
    if "code" not in data:
        return {}
    titles = {source.id: source for source in report.zone.about.sources}
    found = {}
    for code in list(dict.fromkeys(data["code"]))[:MOST]:
        row = report.printed(code)
        if row is None or row.source not in titles:
            continue
        source = titles[row.source]
        place = f"{source.locator}{row.locator}" if row.locator else ""
        found[report.label(code)] = "，".join(filter(None, [source.title, place]))
    return found
