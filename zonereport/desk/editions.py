"""What there is to choose from: zones, their periods, their parks."""

import pandas as pd

from zonereport.inputs import InputError, Zone, find_root, list_zones, load_zone


def editions() -> pd.DataFrame:
    """Return a row a zone: code, Chinese name, number of periods, the first and the last of them, parks by their ids.

    A zone with faults is left out; ``zonereport check`` lists them.
    """
    root = find_root()
    rows = []
    for code in list_zones(root):
        try:
            zone = load_zone(code, root)
        except InputError:
            continue
        rows.append(
            {
                "开发区": code,
                "名称": zone.about.name_zh,
                "期数": len(zone.periods),
                "最早": str(zone.periods[0]),
                "最新": str(zone.periods[-1]),
                "园区": parks_of(zone),
            }
        )
    return pd.DataFrame(rows)


def parks_of(zone: Zone) -> str:
    """Return the parks of a zone as a parameters cell wants them: id and Chinese name."""
    return "、".join(f"{park.id}（{park.name_zh}）" for park in zone.about.parks)
