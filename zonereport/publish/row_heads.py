"""Row headers in the PDF: Typst tags header cells of columns only, so those of rows are tagged after it.

A reader of the file that is asked for a figure says then which row it stands in. The file is written anew with its
objects packed together, which makes it half as large.
"""

import io
from collections.abc import Iterator, Sequence

import pikepdf

from zonereport.publish.errors import PublishError


def tag(pdf: bytes, tables: Sequence[Sequence[Sequence[int]]]) -> bytes:
    """Return the file with row headers tagged TH; of each table ``tables`` has what ``tables.row_heads`` returns.

    Raises:
        PublishError: the tables of the file are not those of the report.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tagged = []
        root = document.Root.StructTreeRoot
        for element in _elements(root):
            if _is(element, "/Table"):
                tagged.append(element)
        if len(tagged) != len(tables):
            raise PublishError(f"the PDF has {len(tagged)} tables, the report {len(tables)}")
        named = {}
        for number, (table, heads) in enumerate(zip(tagged, tables, strict=True), start=1):
            named.update(_tag_rows(table, heads, f"row{number}"))
        _enter(document, named)
        out = io.BytesIO()
        # the same report gives the same bytes: nothing in the file is of the clock or of chance
        document.save(
            out,
            deterministic_id=True,
            # Typst has stated the version
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _elements(parent: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    """The structure elements below one, in the order in which they are read."""
    for child in _children(parent):
        yield child
        yield from _elements(child)


def _children(parent: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    children = parent.get("/K", [])
    if isinstance(children, pikepdf.Dictionary):
        children = [children]
    elif not isinstance(children, pikepdf.Array):
        # the number of a piece of text on its page
        return
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child


def _is(element: pikepdf.Dictionary, kind: str) -> bool:
    return str(element.S) == kind


def _tag_rows(table: pikepdf.Dictionary, heads: Sequence[Sequence[int]], name: str) -> dict[str, pikepdf.Dictionary]:
    """Tag the row headers of a table; return them by the names that the other cells of their rows call them by."""
    rows = []
    for part in _children(table):
        # a table without a head has its rows in no part
        if _is(part, "/TR"):
            rows.append(part)
        elif _is(part, "/TBody"):
            rows += _children(part)
    if len(rows) != len(heads):
        raise PublishError(f"a table of the PDF has {len(rows)} rows, that of the report {len(heads)}")
    named = {}
    for number, (row, places) in enumerate(zip(rows, heads, strict=True)):
        names = []
        for place in places:
            names.append(pikepdf.String(f"{name}-{number}-{place}"))
            named[str(names[-1])] = row.K[place]
            _make_header(row.K[place], names[-1])
        for place, cell in enumerate(row.K):
            # after the names of its column's headers, which Typst has put there
            if place not in places:
                _table_attributes(cell).Headers.extend(names)
    return named


def _make_header(cell: pikepdf.Dictionary, name: pikepdf.String) -> None:
    cell.S = pikepdf.Name.TH
    cell.ID = name
    _table_attributes(cell).Scope = pikepdf.Name.Row


def _table_attributes(cell: pikepdf.Dictionary) -> pikepdf.Dictionary:
    """The attributes of a cell that speak of its table, with a place for the names of its headers."""
    if "/A" not in cell:
        cell.A = pikepdf.Array()
    for attributes in cell.A:
        if str(attributes.O) == "/Table":
            return attributes
    cell.A.append(pikepdf.Dictionary(O=pikepdf.Name.Table, Headers=pikepdf.Array()))
    return cell.A[-1]


def _enter(document: pikepdf.Pdf, named: dict[str, pikepdf.Dictionary]) -> None:
    """Enter the names of headers where a reader looks them up."""
    root = document.Root.StructTreeRoot
    if "/IDTree" not in root:
        root.IDTree = document.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array()))
    tree = pikepdf.NameTree(root.IDTree)
    for name, element in named.items():
        tree[name] = element
