"""The canonical form of an executed notebook: same inputs, same bytes, and no path of the machine."""

import copy
import re
import sys
import tempfile
from pathlib import Path

# what papermill calls the cell that it puts in
INJECTED = "injected-parameters"
# where an object lies in memory, and the file that a kernel gives a cell: different in every run
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")
CELL_FILE = re.compile(r"\S*ipykernel_\d+[/\\]\d+\.py")


def canonical(notebook: dict, root: Path | None = None) -> dict:
    """Return a copy of an executed notebook (its JSON) without anything that differs from run to run.

    Of papermill's metadata only the parameters and the version stay; the injected cell gets a fixed id;
    streams are joined (how they are cut depends on timing); addresses of objects and paths of this
    machine (``root``, the home, Python's folder, the kernel's temporary files) are struck out.
    """
    notebook = copy.deepcopy(notebook)
    about = notebook["metadata"].get("papermill", {})
    for key in set(about) - {"parameters", "version"}:
        del about[key]
    places = _places(root)
    for cell in notebook["cells"]:
        metadata = cell["metadata"]
        for key in ("papermill", "execution"):
            metadata.pop(key, None)
        # papermill adds an empty list to every cell
        if not metadata.get("tags", True):
            del metadata["tags"]
        if INJECTED in metadata.get("tags", []):
            cell["id"] = INJECTED
        if cell["cell_type"] == "code":
            cell["outputs"] = _joined(cell["outputs"])
            for output in cell["outputs"]:
                _clean(output, places)
    return notebook


def without_paths(text: str, root: Path | None = None) -> str:
    """Strike this machine's paths out of a text; what lies under ``root`` becomes relative to it.

    >>> without_paths("no file /srv/report/data/a.csv", Path("/srv/report"))
    'no file data/a.csv'
    """
    return _strike(text, _places(root))


def number_cells(notebook: dict) -> None:
    """Name the cells of a notebook (its JSON) by their position, in place, if any has no id.

    Notebooks from before nbformat 4.5 would otherwise get new random ids with every run.
    """
    if all("id" in cell for cell in notebook["cells"]):
        return
    notebook["nbformat_minor"] = max(5, notebook.get("nbformat_minor", 0))
    for position, cell in enumerate(notebook["cells"]):
        cell["id"] = f"cell-{position}"


def _places(root: Path | None) -> list[tuple[re.Pattern, str]]:
    """Patterns of the folders to strike out, the longest first, each with what stands for it."""
    # what stands for a folder says what it was: a reader of a traceback wants to know
    names = {str(Path.home()): "~", sys.prefix: "<python>", sys.base_prefix: "<python>", tempfile.gettempdir(): "<tmp>"}
    if root is not None:
        names |= {str(root): "", str(Path(root).resolve()): ""}
    folders = sorted((name for name in names if len(Path(name).parts) > 1), key=len, reverse=True)
    return [
        # a letter in front or behind would make it another folder
        (re.compile(rf"(?<![\w.~-]){re.escape(folder)}(?:(?=[/\\])|(?![\w.-]))"), names[folder])
        for folder in folders
    ]


def _strike(text: str, places: list[tuple[re.Pattern, str]]) -> str:
    text = CELL_FILE.sub("<cell>", text)
    for pattern, name in places:
        if name:
            text = pattern.sub(name, text)
        else:
            text = re.sub(pattern.pattern + r"[/\\]?", lambda found: "" if found[0][-1] in "/\\" else ".", text)
    return text


def _joined(outputs: list[dict]) -> list[dict]:
    """Join each row of neighbouring streams into one stdout and one stderr, in that order."""
    result, streams = [], {}

    def flush():
        result.extend(streams[name] for name in sorted(streams, reverse=True))
        streams.clear()

    for output in outputs:
        # what comes between two streams keeps its place
        if output["output_type"] != "stream":
            flush()
            result.append(output)
        elif output["name"] in streams:
            streams[output["name"]]["text"] += output["text"]
        else:
            streams[output["name"]] = output
    flush()
    return result


def _clean(output: dict, places: list[tuple[re.Pattern, str]]) -> None:
    """Strike paths and addresses out of an output, in place."""
    for key, value in output.items():
        if key == "data":
            # pictures other than SVG are base64: nothing to find, and long
            texts = {mime: text for mime, text in value.items() if not _binary(mime)}
            value.update(_deep(texts, lambda text: _strike(text, places)))
            if "text/plain" in value:
                value["text/plain"] = ADDRESS.sub("0x…", value["text/plain"])
        elif key not in ("output_type", "name", "execution_count"):
            output[key] = _deep(value, lambda text: ADDRESS.sub("0x…", _strike(text, places)))


def _binary(mime: str) -> bool:
    return mime.startswith(("image/", "audio/", "video/")) and not mime.endswith("+xml")


def _deep(value, change):
    """Apply ``change`` to every string within lists and mappings."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_deep(item, change) for item in value]
    if isinstance(value, dict):
        return type(value)({key: _deep(item, change) for key, item in value.items()})
    return value
