"""Files, the dictionary, periods, units and validation; never formulas or charts."""

from zonereport.inputs.dictionary import Dictionary, load_dictionary
from zonereport.inputs.faults import Fault, InputError, Refused
from zonereport.inputs.paths import find_root
from zonereport.inputs.period import Period, resolve
from zonereport.inputs.zone import Zone, list_zones, load_zone

__all__ = [
    "Dictionary",
    "Fault",
    "InputError",
    "Period",
    "Refused",
    "Zone",
    "find_root",
    "list_zones",
    "load_dictionary",
    "load_zone",
    "resolve",
]
