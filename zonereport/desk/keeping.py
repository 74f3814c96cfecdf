"""Keep a view for the next report: a word more in the parameter ``views`` of reports.yml."""

import re
from pathlib import Path

from zonereport.disk import whole
from zonereport.inputs import Refused
from zonereport.language import tr

# the line as reports.yml has it; everything else in the file stays as it is, comments too
LINE = re.compile(r'^(?P<head>\s*views:\s*)"(?P<views>[^"\n]*)"', re.MULTILINE)


def keep(root: Path, view: str) -> bool:
    """Add ``view``, such as ``course:invoiced_sales``, to the views of reports.yml; False where it is there already.

    Raises Refused where the file has no line ``views: "…"``.
    """
    path = root / "reports.yml"
    text = path.read_text(encoding="utf-8")
    line = LINE.search(text)
    if line is None:
        raise Refused(tr('reports.yml has no line views: "…" below parameters; add views: "{view}"', view=view))
    views = line["views"].split()
    if view in views:
        return False
    changed = f'{line["head"]}"{" ".join([*views, view])}"'
    # the new file beside the old one, then in its place: a kill leaves one of the two
    beside = path.with_name(path.name + ".new")
    whole.write(beside, (text[: line.start()] + changed + text[line.end() :]).encode())
    beside.replace(path)
    return True
