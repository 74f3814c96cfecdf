"""What is made once for an edition, before its chapters."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Prepared:
    """What the function ``Edition.prepare`` returns; to ``run`` all of it is opaque.

    ``shared`` is pickled into the folder that chapters find in ZONEREPORT_EDITION, as shared.pickle. ``files`` go
    beside the report, name to content. ``base`` is the digest of what every chapter reads, ``digests`` those of what a
    chapter may read, by the names that it writes to ZONEREPORT_READS. ``summary`` is a line for the user,
    ``card`` what the site of all reports says of the edition; JSON holds it. ``private`` are files for
    ``Edition.inspect`` alone, never published.
    """

    shared: object = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    base: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    card: Mapping[str, object] = field(default_factory=dict)
    private: Mapping[str, bytes] = field(default_factory=dict)
