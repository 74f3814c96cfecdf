"""What somebody may have meant who typed a name that nothing has."""

import difflib
from collections.abc import Iterable

from zonereport.language import tr

# how many names are listed where none is near
LISTED = 8


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the name that is nearly ``name``; empty where none is.

    >>> nearest("yizhen", ["demo", "yizheng"]), nearest("x", ["demo"])
    ('yizheng', '')
    """
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def hint(name: str, known: Iterable[str]) -> str:
    """Return what to say of a name that is not known: the near one, and those that there are.

    >>> hint("yizhen", ["demo", "yizheng"])
    'did you mean yizheng? known are demo, yizheng'
    >>> hint("x", [])
    'known are none yet'
    """
    known = list(known)
    listed = ", ".join(known[:LISTED]) or tr("none yet")
    if len(known) > LISTED:
        listed += " …"
    near = nearest(name, known)
    if near:
        return tr("did you mean {near}? known are {known}", near=near, known=listed)
    return tr("known are {known}", known=listed)
