"""Completion of codes, measures and details between the quotes of a report's methods: ``report.value("inv<Tab>``."""

import re
from collections.abc import Iterable

# methods whose first text is the code of an indicator, and whose second is the name of a measure
OF_CODES = ("value", "text", "reason", "basis", "label", "has", "series", "explain", "printed", "place_of", "tied")
OF_MEASURES = ("value", "text", "reason", "basis", "explain")
METHODS = "|".join(sorted({*OF_CODES, "detail", "table"}))
CALL = re.compile(rf"(\w+)\.({METHODS})\(([^()]*)$")
# a text that is not closed yet: what has been typed of it stands behind the last quote
OPEN_TEXT = re.compile(r"[\"'](\w*)$")


def install(shell) -> None:
    """Let ``shell``, an InteractiveShell, complete names between quotes; as often as one likes."""
    if getattr(shell, "zonereport_completes", False):
        return
    shell.zonereport_completes = True
    shell.set_hook("complete_command", _complete, re_key=rf".*\.({METHODS})\(")


def _complete(shell, event) -> list[str]:
    line = event.line[: getattr(event, "cursor", None) or len(event.line)]
    return candidates(line, shell.user_ns)


def candidates(line: str, names: dict[str, object]) -> list[str]:
    """Return the texts that may stand at the end of ``line``, which ends within an open text of a report's method.

    ``names`` are those of the notebook; only reports among them are completed.
    """
    call = CALL.search(line)
    if not call:
        return []
    variable, method, arguments = call.groups()
    report, typed = names.get(variable), OPEN_TEXT.search(arguments)
    # another library may have a method of this name
    if typed is None or not hasattr(report, "completions"):
        return []
    place = arguments.count(",")
    return sorted(name for name in _kinds(report, method, place) if name.startswith(typed[1]))


def _kinds(report, method: str, place: int) -> Iterable[str]:
    if method in ("detail", "table"):
        return report.completions(method) if place == 0 else ()
    if place == 0 or method == "has":
        return report.completions("code")
    if place == 1 and method in OF_MEASURES:
        return report.completions("measure")
    return ()
