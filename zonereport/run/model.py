"""An edition, and what comes of it: the words that every module of this room shares."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zonereport.publish.stamp import Stamp
from zonereport.run.execute import Chapter
from zonereport.run.prepared import Prepared


@dataclass(frozen=True)
class Edition:
    """One book for one zone and period. It can be pickled: any process of any machine that has the files can build it.

    ``root`` holds data/ and notebooks/; ``inputs`` are the files that it is made of, beside its chapters; ``reports``
    is the folder of all reports. ``parameters`` go to the chapters that declare them; zone and period go to all and
    need not be repeated there. ``documents`` says which chapters, by their stems, make each document; without it all of
    them make one, ``report``. ``attachments`` says the same of files that go along with the documents, by their names
    (``annex.xlsx``). ``prepare`` is called once, in a process of its own, for what the chapters share: a
    function of a module, or a functools.partial of one.
    """

    root: Path
    zone: str
    period: str
    book: str
    chapters: tuple[Path, ...]
    reports: Path
    parameters: Mapping[str, object] = field(default_factory=dict)
    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    formats: tuple[str, ...] = ("html", "pdf")
    attachments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inputs: tuple[Path, ...] = ()
    prepare: Callable[[], Prepared] | None = None
    # for readers outside the house: names and unsafe amounts are off
    public: bool = False
    # called last, with the folder of the new edition and that of what was prepared: it raises what keeps it unpublished
    inspect: Callable[[Path, Path], Prepared] | None = None
    # of the drafts of a period: one more than the edition that was issued last
    number: int = 1
    # documents that had not come in when it was built, as its cover names them
    missing: str = ""
    # what its documents say of themselves; without one, that they are a draft of this run
    stamp: Stamp | None = None

    @property
    def name(self) -> str:
        """The folder's name: the period, and the other parameters that are not empty.

        >>> common = {"root": Path(), "zone": "a", "period": "2022", "book": "b", "chapters": (), "reports": Path()}
        >>> Edition(**common, parameters={"park": "x/y"}).name
        '2022_park-x%2fy'
        """
        parts = [self.period]
        for key, value in sorted(self.parameters.items()):
            if key not in ("zone", "period") and value not in ("", None):
                # a value may be anything, and must not lead out of the folder
                text = re.sub(r"[^\w.-]", lambda found: f"%{ord(found[0]):02x}", str(value))
                parts.append(f"{key}-{text}")
        if self.public:
            parts.append("public")
        return "_".join(parts)

    @property
    def folder(self) -> Path:
        """Where the report stands: ``<reports>/<zone>/<name>``."""
        return self.reports / self.zone / self.name

    @property
    def identity(self) -> dict[str, object]:
        """What says which edition it is."""
        known = {"zone": self.zone, "period": self.period, "book": self.book, "parameters": dict(self.parameters)}
        # a manifest of before says nothing of it
        if self.public:
            known["public"] = True
        return known

    @property
    def made_of(self) -> Mapping[str, tuple[str, ...]]:
        """The documents and the stems of their chapters."""
        # an edition that is made by hand, in a test or a script, names none
        return self.documents or {"report": tuple(chapter.stem for chapter in self.chapters)}

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files: brief.html, brief.pdf, report.html, report.pdf, annex.xlsx."""
        named = [f"{document}.{form}" for document in self.made_of for form in self.formats]
        return (*named, *self.attachments)


@dataclass(frozen=True)
class Outcome:
    """What came out: the files of the documents, their folder, the chapters that failed or lack an exhibit.

    ``reused`` names the chapters that an earlier run had executed; ``current`` says that there was nothing to do.
    """

    files: tuple[Path, ...]
    folder: Path
    degraded: tuple[Chapter, ...] = ()
    reused: tuple[str, ...] = ()
    current: bool = False
