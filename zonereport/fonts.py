"""The one typeface of every page: where its files lie, for charts, web pages and Typst alike."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Noto Sans CJK SC"
# the weights that charts and pages ask for: each one more makes a page that carries its typeface larger
_WEIGHTS = {300: "Light", 400: "Regular", 500: "Medium", 700: "Bold"}


@cache
def folder() -> Path:
    """Return the folder that holds the four faces and nothing else.

    The package is located, never imported: importing ``mpl_font`` changes matplotlib's settings.

    Raises:
        FileNotFoundError: the package ``mpl-font`` is not installed.

    >>> folder().is_dir()
    True
    """
    spec = find_spec("mpl_font")
    if spec is not None:
        # a namespace package may lie in several places
        for place in spec.submodule_search_locations or ():
            candidate = Path(place, "fonts", "noto")
            if candidate.is_dir():
                return candidate
    raise FileNotFoundError("no Noto Sans CJK SC: install the package mpl-font (requirements.txt has it)")


@cache
def faces() -> dict[int, Path]:
    """Return the file of every weight of the family.

    Raises:
        FileNotFoundError: the package ``mpl-font`` or one of its files is missing.

    >>> sorted(faces())
    [300, 400, 500, 700]
    """
    files = {}
    for weight, name in _WEIGHTS.items():
        files[weight] = folder() / f"NotoSansCJKsc-{name}.otf"
        if not files[weight].is_file():
            raise FileNotFoundError(f"no font file {files[weight].name} in the package mpl-font")
    return files
