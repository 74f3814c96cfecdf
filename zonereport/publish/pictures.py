"""Charts as pictures for formats that have no SVG: drawn by Typst from the same SVG, with the same typeface."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from zonereport.publish.errors import PublishError

# dots an inch, for print
DOTS = 300
_SHEET = "#set page(width: auto, height: auto, margin: 0pt)\n"


def pngs(charts: Sequence[str], *, dots: int = DOTS) -> list[bytes]:
    """Return a PNG of each chart, all drawn at once.

    Raises:
        PublishError: Typst cannot draw one of them.
    """
    # slow, and most formats need none
    import typst

    from zonereport.publish.pdf import one_line, typefaces

    if not charts:
        return []
    pages = []
    with TemporaryDirectory(prefix="zonereport-") as name:
        folder = Path(name)
        for place, chart in enumerate(charts):
            (folder / f"{place}.svg").write_text(chart, encoding="utf-8")
            pages.append(f'#image("{place}.svg")')
        source = _SHEET + "\n#pagebreak()\n".join(pages)
        (folder / "main.typ").write_text(source, encoding="utf-8")
        try:
            compiler = typst.Compiler(folder / "main.typ", root=folder, font_paths=typefaces())
            made = compiler.compile(format="png", ppi=dots)
        except typst.TypstError as error:
            raise PublishError(f"the charts cannot be drawn: {one_line(error)}") from None
    # of one page Typst returns the picture itself
    if isinstance(made, bytes):
        return [made]
    return list(made)
