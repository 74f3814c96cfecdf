"""A new zone: zone.yml made of a few answers, all of it or nothing."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from zonereport.disk import names, whole
from zonereport.inputs.faults import Refused
from zonereport.inputs.model import OPEN
from zonereport.inputs.zone import list_zones, read_about
from zonereport.language import tr

HEAD = """\
# {name}：开发区、园区、同类开发区和数据来源。由 zonereport new 写出，可以手改；各键含义见 data/README.md。
"""


@dataclass(frozen=True)
class Answers:
    """What is asked of a new zone.

    ``parks`` are pairs of id and name, ``sources`` triples of id, title and publisher; ``year`` is the first year that
    the sources cover: they come out again every year. ``groups`` of indicators are asked for first.
    """

    name: str
    place: str
    issuer: str
    year: int
    parks: tuple[tuple[str, str], ...] = ()
    peers: tuple[str, ...] = ()
    sources: tuple[tuple[str, str, str], ...] = ()
    groups: tuple[str, ...] = ()
    name_en: str = ""
    synthetic: bool = False
    partial_ledger: bool = False


def named_parks(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return ids and names of parks: "east=东园", or "东园" alone, which gets park-1.

    >>> named_parks(["east=东园", "西园"])
    (('east', '东园'), ('park-2', '西园'))
    """
    pairs = []
    for number, text in enumerate(texts, 1):
        first, equals, rest = text.partition("=")
        pairs.append((first.strip(), rest.strip()) if equals else (f"park-{number}", first.strip()))
    return tuple(pairs)


def named_sources(texts: Sequence[str], issuer: str) -> tuple[tuple[str, str, str], ...]:
    """Return id, title and publisher of sources: "tax=税务月报@某市税务局"; id and publisher may be left out.

    >>> named_sources(["tax=税务月报@某市税务局", "月报"], "新区经发局")
    (('tax', '税务月报', '某市税务局'), ('source-2', '月报', '新区经发局'))
    """
    found = []
    for number, text in enumerate(texts, 1):
        first, equals, rest = text.partition("=")
        one = first.strip() if equals else f"source-{number}"
        title, _, publisher = (rest if equals else text).partition("@")
        found.append((one, title.strip(), publisher.strip() or issuer))
    return tuple(found)


def begin(zone: str, root: Path, answers: Answers) -> Path:
    """Write data/``zone``/zone.yml; returns its path.

    Raises Refused for a name that is no folder or is taken, InputError where an answer is none (an id, a character).
    """
    if not names.is_folder(zone):
        raise Refused(tr("zone {zone} cannot be a folder: {pattern}", zone=repr(zone), pattern=tr(names.FOLDER)))
    folder, making = root / "data" / zone, root / "data" / f".new-{zone}"
    if zone in list_zones(root) or folder.exists():
        raise Refused(tr("data/{zone} is there already; choose another name", zone=zone))
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    try:
        text = HEAD.format(name=answers.name) + yaml.safe_dump(
            _content(zone, answers), allow_unicode=True, sort_keys=False, width=110
        )
        whole.write(making / "zone.yml", text.encode())
        # it says at which key an answer is none
        read_about(making / "zone.yml")
        os.rename(making, folder)
        whole.sync(folder.parent)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder / "zone.yml"


def _content(zone: str, answers: Answers) -> dict[str, object]:
    """The keys of zone.yml in the order in which a person reads them."""
    content: dict[str, object] = {
        "name_zh": answers.name,
        "name_en": answers.name_en or zone,
        "place_zh": answers.place,
        "origin": "synthetic" if answers.synthetic else "published",
        "issuer": answers.issuer,
        "parks": [{"id": one, "name_zh": name} for one, name in answers.parks],
        "peers": list(answers.peers),
    }
    if answers.partial_ledger:
        content["ledger"] = "partial"
    if answers.groups:
        content["groups"] = list(answers.groups)
    content["sources"] = [
        {
            "id": one,
            "title": title,
            "publisher": publisher,
            "place": answers.place,
            # a bulletin comes out every month of every year
            "covers": f"{answers.year}{OPEN}",
        }
        for one, title, publisher in answers.sources
    ]
    return content
