"""The zone that a workbook is for: what it is called there, what its tables hold, before anything is validated."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from zonereport.inputs.aliases import numbers_enclosed, undressed
from zonereport.inputs.dictionary import Dictionary, load_dictionary
from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.learnt import REJECTED, LearntName, read_names
from zonereport.inputs.model import Zone, ZoneFile
from zonereport.inputs.nearly import hint
from zonereport.inputs.reading import read_text_table
from zonereport.inputs.schemas import Table, read_tables
from zonereport.inputs.workbook.cells import split_unit
from zonereport.inputs.workbook.names import Names
from zonereport.inputs.workbook.words import SYNONYMS
from zonereport.inputs.zone import list_zones, read_about
from zonereport.language import ENGLISH, chosen, tr

# names that a firm had before, separated by |
FORMER = "former_names"


@dataclass(frozen=True)
class Context:
    """A zone's description, the dictionary, the schemas, and the rows of its tables as text by table name."""

    code: str
    about: ZoneFile
    dictionary: Dictionary
    schemas: dict[str, Table]
    frames: Mapping[str, pd.DataFrame]
    # names that corrections taught the zone
    learnt: tuple[LearntName, ...] = ()

    @cached_property
    def indicators(self) -> Names:
        """Every name of every indicator; what the zone was taught goes before the dictionary."""
        rows = self.dictionary.indicators
        named = []
        for row in self.learnt:
            if row.code != REJECTED:
                named.append((row.name, row.code))
        for code, row in zip(rows.index, rows.to_dict("records"), strict=True):
            for name in (code, row["name_zh"], row["name_en"], *filter(None, row["aliases"].split("|"))):
                named.append((name, code))
        return Names(named)

    def table_text(self, table: str) -> str:
        """Return what a table is called in the language of the reader: indicators, or 指标."""
        if chosen() == ENGLISH:
            return table
        return self.schemas[table].name_zh

    def code_text(self, code: str) -> str:
        """Return what an indicator is called in the language of the reader; another name as it is."""
        if chosen() == ENGLISH:
            return code
        return self.dictionary.indicators["name_zh"].get(code, code)

    @cached_property
    def parks(self) -> Names:
        """Every name of every park."""
        named = []
        for park in self.about.parks:
            for name in filter(None, (park.id, park.name_zh, park.name_en)):
                named.append((name, park.id))
        return Names(named)

    @cached_property
    def peers(self) -> Names:
        """The names of the peer zones."""
        return Names([(name, name) for name in self.about.peers])

    @cached_property
    def sources(self) -> Names:
        """Ids and titles of the sources."""
        titles = []
        for source in self.about.sources:
            titles.append(source.title)
        once = []
        for s in self.about.sources:
            if titles.count(s.title) == 1:
                once.append((s.title, s.id))
        return Names([(s.id, s.id) for s in self.about.sources] + once)

    @cached_property
    def columns(self) -> dict[str, Names]:
        """What headers may say, by table: names in English and Chinese, with and without unit, and synonyms."""
        found = {}
        for name, table in self.schemas.items():
            own = []
            for field in table.fields:
                for said in (field.name, field.name_zh, split_unit(field.name_zh)[0]):
                    own.append((said, field.name))
            more = []
            for field in table.fields:
                for said in SYNONYMS.get(field.name, "").split():
                    more.append((said, field.name))
            found[name] = Names(own + more)
        return found

    @cached_property
    def firm_ids(self) -> dict[str, str]:
        """The ids of the firms of the zone, by name as it is compared and by unified social credit code."""
        frame = self.frames.get("enterprises")
        if frame is None:
            return {}
        ids = {}
        for name, firm in zip(frame["name"], frame["enterprise"], strict=True):
            ids[firm_key(name)] = firm
        if FORMER in frame:
            for firm, names in zip(frame["enterprise"], frame[FORMER], strict=True):
                for name in filter(None, names.split("|")):
                    ids.setdefault(undressed(name), firm)
        if "uscc" in frame:
            for code, firm in zip(frame["uscc"], frame["enterprise"], strict=True):
                if code:
                    ids[code] = firm
        return ids

    def firms_like(self, name: str) -> list[str]:
        """Return the ids of firms whose name is nearly ``name``: a suggestion for a person, never an answer."""
        # shown to a person, never taken: 有限公司 and 有限责任公司 may be one firm or two
        near = difflib.get_close_matches(firm_key(name), self.firm_ids, n=2, cutoff=0.8)
        return [self.firm_ids[one] for one in near]

    def things(self, table: str, more: list[tuple[str, str]] = ()) -> dict[str, str]:
        """Normalised names and ids of the enterprises or projects (``table``), to ids; a name of two leads nowhere.

        ``more`` are pairs of id and name that a workbook adds.
        """
        frame = self.frames.get(table)
        key = self.schemas[table].key[0]
        pairs = [] if frame is None else list(zip(frame[key], frame["name"], strict=True))
        if frame is not None and FORMER in frame:
            for thing, names in zip(frame[key], frame[FORMER], strict=True):
                pairs += [(thing, name) for name in names.split("|") if name]
        # a name that two firms have leads to neither of them
        owners: dict[str, set[str]] = {}
        for thing, name in [*pairs, *more]:
            if thing and name:
                owners.setdefault(undressed(name), set()).add(thing)
        ids = {undressed(thing): thing for thing, _ in [*pairs, *more] if thing}
        return {name: next(iter(found)) for name, found in owners.items() if len(found) == 1} | ids


def firm_key(name: str) -> str:
    """Return the name of a firm as it is compared; an enclosed number is a part of it, not numbering.

    >>> firm_key("（甲）公司") == firm_key("(甲)公司"), firm_key("①号公司") == firm_key("②号公司")
    (True, False)
    """
    return undressed(name) + numbers_enclosed(name)


def of_zone(zone: Zone) -> Context:
    """The context of a zone that is loaded."""
    frames = {}
    for name, frame in zone.tables.items():
        frames[name] = frame.astype("str")
    return Context(zone.code, zone.about, zone.dictionary, zone.schemas, frames)


def of_folder(code: str, root: Path) -> Context:
    """Read the context of data/``code`` below ``root``; tables may be missing or wrong cell by cell, not in shape.

    Raises InputError for an unknown zone, a bad zone.yml or dictionary, and tables with another header.
    """
    if code not in list_zones(root):
        expected = tr("a zone; {hint}", hint=hint(code, list_zones(root)))
        raise InputError([Fault(f"data/{code}/zone.yml", None, None, None, expected)])
    folder = root / "data" / code
    dictionary = load_dictionary(root)
    schemas = read_tables(dictionary.tables)
    # shape only: a wrong cell of a table that stands must not keep a book out that mends it
    frames, faults = {}, []
    for name, table in schemas.items():
        if (folder / f"{name}.csv").exists():
            try:
                frames[name] = read_text_table(folder / f"{name}.csv", table.columns, required=table.required)
            except InputError as error:
                faults += error.faults
    if faults:
        raise InputError(faults)
    learnt = read_names(folder, frozenset(dictionary.indicators.index))
    return Context(code, read_about(folder / "zone.yml"), dictionary, schemas, frames, tuple(learnt))


def source_for(about: ZoneFile, year: int) -> str:
    """The id of the only source that covers a period of a year; empty for none or several."""
    found = [source.id for source in about.sources if source.is_of(year)]
    # a document of that very year goes before one that comes out every year
    own = [source.id for source in about.sources if source.is_of(year) and not source.is_open]
    found = own or found
    if len(found) == 1:
        return found[0]
    return ""
