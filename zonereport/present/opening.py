"""Open an edition: from the memory that a run keeps of it, or from the data."""

import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path

from zonereport.inputs import Period, load_zone
from zonereport.inputs.dated import zone_on
from zonereport.metrics import measures_and_details
from zonereport.present.exhibit import RUN
from zonereport.present.notebook import attend
from zonereport.present.report import Report

# a run says here where it keeps what all chapters share, and where a chapter is to say what it read of that
MEMORY, READS = RUN, "ZONEREPORT_READS"


def open_report(zone: str, *, period: str, park: str = "") -> Report:
    """The report of a zone, period and park.

    In a run, ``zonereport run`` has loaded and measured the zone already and every chapter finds the result in the
    folder that ZONEREPORT_EDITION names; elsewhere, in JupyterLab for one, the zone is loaded and measured here.
    Raises InputError on data that is not sound, Refused for a period or a park without figures, or for a parameter that
    papermill brought and the chapter does not have.
    """
    attend()
    place = os.environ.get(MEMORY)
    if place:
        source, measures, found = pickle.loads((Path(place) / "shared.pickle").read_bytes())
        first = measures.iloc[0]
        if (source.code, first["period"], first["park"]) == (zone, str(Period.parse(period)), park):
            return Report(source, measures, found, _recorder())
    source = zone_on(load_zone(zone), Period.parse(period))
    return Report(source, *measures_and_details(source, period=period, park=park))


def _recorder() -> Callable[[str], object]:
    """Writes the names that it hears into the file of ZONEREPORT_READS, each once."""
    place, names = os.environ.get(READS), set()
    if not place:
        return lambda name: None
    # nothing yet: a chapter that asks for measures only does not depend on the tables
    Path(place).write_text("[]", encoding="utf-8")

    def note(name: str) -> None:
        if name not in names:
            names.add(name)
            Path(place).write_text(json.dumps(sorted(names)), encoding="utf-8")

    return note
