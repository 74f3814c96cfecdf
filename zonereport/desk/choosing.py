"""Choosing an edition: zone, period and park as drop-downs, with the names that a chapter's parameters have."""

from collections.abc import Callable

import ipywidgets as widgets

from zonereport.inputs import Refused, Zone, find_root, list_zones, load_zone
from zonereport.present import Report, open_report

WHOLE = "全区"
WIDTH = widgets.Layout(width="22em")


class Edition:
    """Three drop-downs, ``zone``, ``period`` and ``park``; a change of one is told once, when all three fit together.

    Loaded zones and opened reports are kept, so that going back to one takes no time.
    """

    def __init__(self, zone: str = "", period: str = "", park: str = "", label: str = ""):
        self.root = find_root()
        self.told: list[Callable[[], None]] = []
        self._zones: dict[str, Zone] = {}
        self._reports: dict[tuple[str, str, str], Report] = {}
        self._busy = False
        zones = list_zones(self.root)
        self.zone = widgets.Dropdown(options=zones, value=zone or zones[0], description="开发区", layout=WIDTH)
        self.period = widgets.Dropdown(description="期间", layout=WIDTH)
        self.park = widgets.Dropdown(description="园区", layout=WIDTH)
        self._fill(period, park)
        self.zone.observe(lambda change: self._fill(), "value")
        for choice in (self.zone, self.period, self.park):
            choice.observe(self._tell, "value")
        head = [widgets.HTML(f"<b>{label}</b>")] if label else []
        self.widget = widgets.HBox(
            [*head, self.zone, self.period, self.park], layout=widgets.Layout(flex_flow="row wrap")
        )

    def loaded(self) -> Zone:
        """The chosen zone, loaded once. Raises InputError where it is not sound."""
        code = self.zone.value
        if code not in self._zones:
            self._zones[code] = load_zone(code, self.root)
        return self._zones[code]

    def report(self) -> Report:
        """The report of the chosen edition, opened once. Raises InputError and Refused as ``open_report``."""
        key = (self.zone.value, self.period.value, self.park.value)
        if key not in self._reports:
            zone, period, park = key
            self._reports[key] = open_report(zone, period=period, park=park)
        return self._reports[key]

    def forget(self) -> None:
        """Load the zone anew, after its tables have changed; the choices stay where they still exist."""
        period, park = self.period.value, self.park.value
        self._zones.pop(self.zone.value, None)
        self._reports = {key: kept for key, kept in self._reports.items() if key[0] != self.zone.value}
        known = {str(when) for when in self.loaded().periods}
        self._fill(period if period in known else "", park)

    def is_open(self) -> bool:
        """Whether the report of the chosen edition has been opened before."""
        return (self.zone.value, self.period.value, self.park.value) in self._reports

    def on_change(self, function: Callable[[], None]) -> None:
        """Call ``function`` after every change."""
        self.told.append(function)

    def _fill(self, period: str = "", park: str = "") -> None:
        """Offer the periods, the latest first, and the parks of the zone."""
        self._busy = True
        try:
            zone = self.loaded()
        except Refused:
            # a zone with faults has nothing to choose; opening it says what is wrong
            self.period.options, self.park.options = [("—", "")], [(WHOLE, "")]
        else:
            self.period.options = [(when.name_zh, str(when)) for when in reversed(zone.periods)]
            self.park.options = [(WHOLE, ""), *((each.name_zh, each.id) for each in zone.about.parks)]
        self.period.value = period or self.period.options[0][1]
        self.park.value = park
        self._busy = False

    def _tell(self, change) -> None:
        # while the choices are refilled their values do not belong together
        if self._busy:
            return
        for function in self.told:
            function()
