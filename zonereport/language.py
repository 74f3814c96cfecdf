"""The language of whoever sits at the terminal: messages are written in English and looked up in a catalogue.

``tr("{zone} has no figures", zone="demo")`` is the message in the language chosen by ``--lang``, else by the
environment (ZONEREPORT_LANG, LC_ALL, LC_MESSAGES, LANG), else Chinese: the offices that call these commands work in it.
The catalogues are GNU gettext's (messages/<language>/LC_MESSAGES/zonereport.po); ``make messages`` collects them from
the calls and compiles them. Reports do not come through here: their sentences are written in Chinese.
"""

import gettext
import os
from functools import lru_cache
from pathlib import Path

DOMAIN = "zonereport"
FOLDER = Path(__file__).resolve().parent / "messages"
# the messages themselves are English
ENGLISH, CHINESE = "en", "zh"
LANGUAGES = (CHINESE, ENGLISH)
# the first that is set decides, as in the C library; ours goes before them
VARIABLES = ("ZONEREPORT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def chosen() -> str:
    """Return the language of the environment: en where it asks for English, zh for all else.

    >>> choose("en")
    >>> chosen()
    'en'
    """
    for variable in VARIABLES:
        name = os.environ.get(variable, "")
        # C and POSIX are what a machine has of itself: nobody chose them
        if name and name.split(".")[0] not in ("C", "POSIX"):
            return ENGLISH if name.lower().startswith(ENGLISH) else CHINESE
    return CHINESE


def choose(language: str) -> None:
    """Let this process, and those it starts, speak ``language``, one of LANGUAGES."""
    os.environ["ZONEREPORT_LANG"] = language


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)


def noted(message: str) -> str:
    """Return ``message`` as it is: a message that stands outside a function, to be collected; ``tr`` says it.

    >>> noted("one row only")
    'one row only'
    """
    return message


def tr(message: str, **values: object) -> str:
    """Return ``message`` in the language in force, with ``values`` in its placeholders.

    The message is a literal, so that it can be collected; a message that is not in the catalogue stays English.

    >>> tr("{count} rows", count=3)
    '3 rows'
    """
    text = message
    if chosen() != ENGLISH:
        text = _catalogue(chosen()).gettext(message)
    return text.format(**values) if values else text
