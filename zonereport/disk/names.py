"""Which words may become the name of a folder, and which may be an id: asked before any path is made of them."""

import re

from zonereport.language import noted

# a file system allows 255 bytes, three to a Chinese character, and an edition puts more behind it
LONGEST = 60
FOLDER = noted("letters, digits, _, . and -, a letter or digit first, at most 60 of them")
ID = noted("small letters, digits and hyphens, such as east-park-2")
_FOLDER = re.compile(r"[^\W_][\w.-]*")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_folder(text: str) -> bool:
    """Tell whether a text can be the name of a folder wherever the project lies, and leads nowhere else.

    >>> [is_folder(text) for text in ("demo", "仪征", "2022-12", "..", "/etc", "a b", "a/b", ".git", "a.", "")]
    [True, True, True, False, False, False, False, False, False, False]
    """
    return len(text) <= LONGEST and bool(_FOLDER.fullmatch(text)) and not text.endswith(".")


def is_id(text: str) -> bool:
    """Tell whether a text is an id as data/README.md has them.

    >>> [is_id(text) for text in ("east-park-2", "2022", "East", "a_b", "=1+1", "a--b", "../x", "园区", "")]
    [True, True, False, False, False, False, False, False, False]
    """
    return len(text) <= LONGEST and bool(_ID.fullmatch(text))
