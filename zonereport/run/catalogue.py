"""The catalogue ``reports.yml``: which chapters make the documents of a book, and in which formats they come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from zonereport.run.errors import CatalogueError

Format = Literal["html", "pdf", "docx"]
FORMATS = get_args(Format)
# what goes along with the documents: sheets and slides
AttachedFormat = Literal["xlsx", "pptx"]


@dataclass(frozen=True)
class Book:
    """A book of the catalogue: its name, chapters, formats and parameters.

    ``chapters`` are the paths of all its notebooks, each once; ``documents`` says by their stems which make each
    document, in its order. ``attachments`` says the same of files that go along with them, by their names.
    """

    name: str
    chapters: tuple[Path, ...]
    documents: Mapping[str, tuple[str, ...]]
    formats: tuple[Format, ...]
    parameters: Mapping[str, object] = field(default_factory=dict)
    attachments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def only(self, formats: Sequence[str]) -> "Book":
        """Return the book in some of its formats; all of them where none is named.

        Raises CatalogueError for a format in which nothing of the book comes.
        """
        if not formats:
            return self
        known = [*self.formats, *(name.rpartition(".")[2] for name in self.attachments)]
        strange = [form for form in formats if form not in known]
        if strange:
            known_words = ", ".join(known)
            raise CatalogueError(f"--formats {','.join(strange)}: the book {self.name} comes in {known_words}")
        attached = {name: stems for name, stems in self.attachments.items() if name.rpartition(".")[2] in formats}
        kept = tuple(form for form in self.formats if form in formats)
        return replace(self, formats=kept, attachments=attached)


@dataclass(frozen=True)
class Catalogue:
    """All books, by name."""

    path: Path
    books: Mapping[str, Book]

    def book(self, name: str) -> Book:
        """Return the book called ``name``.

        Raises CatalogueError if there is none, with the closest name there is.
        """
        if name in self.books:
            return self.books[name]
        raise CatalogueError(f"{self.path.name}: no book {name!r}; {suggestion(name, self.books)}")


_Name = Annotated[str, Field(pattern=r"^\w[\w.\-]*$")]


class _Attachment(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    of: Annotated[list[_Name], Field(min_length=1)]
    format: AttachedFormat


# a key that is not known is a slip: it must not be left unread
class _Book(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    documents: Annotated[dict[_Name, Annotated[list[_Name], Field(min_length=1)]], Field(min_length=1)]
    formats: Annotated[list[Format], Field(min_length=1)] = ["html", "pdf"]
    attachments: dict[_Name, _Attachment] = {}
    # what the chapters declare is theirs to know: names and types are checked against them before anything runs
    parameters: dict[str, str | int | float | bool | None] = {}


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    books: Annotated[dict[str, _Book], Field(min_length=1)]


def load_catalogue(path: Path) -> Catalogue:
    """Read and check a catalogue.

    ``path`` is ``reports.yml``; the chapters are ``notebooks/<stem>.ipynb`` beside it.
    Raises CatalogueError with a line for every fault, naming the file and the key.
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8") as file:
            content = yaml.load(file, _Loader)
    except OSError as error:
        raise CatalogueError(f"{path.name}: cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: {_yaml_fault(error)}") from None
    try:
        checked = _File.model_validate(content)
    except ValidationError as error:
        raise CatalogueError(*(f"{path.name}: {_fault(e)}" for e in error.errors())) from None

    # all faults of all books at once: who mends a file by hand wants one list
    books, faults = {}, []
    for name, book in checked.books.items():
        faults += _faults_of_book(path, name, book)
        # a chapter that two documents share is executed once
        stems = dict.fromkeys(stem for chapters in book.documents.values() for stem in chapters)
        chapters = tuple(_notebook(path, stem) for stem in stems)
        documents = {document: tuple(stems) for document, stems in book.documents.items()}
        attachments = _attachments(book, documents)
        books[name] = Book(name, chapters, documents, tuple(book.formats), book.parameters, attachments)
    if faults:
        raise CatalogueError(*faults)
    return Catalogue(path, books)


def _attachments(book: _Book, documents: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The chapters of each attachment, each once: those of the documents that it is made of."""
    found = {}
    for name, attachment in book.attachments.items():
        stems: dict[str, None] = {}
        for document in attachment.of:
            # one that is not there has been named as a fault
            stems |= dict.fromkeys(documents.get(document, ()))
        found[f"{name}.{attachment.format}"] = tuple(stems)
    return found


def _notebook(path: Path, stem: str) -> Path:
    return path.parent / "notebooks" / f"{stem}.ipynb"


def _faults_of_book(path: Path, name: str, book: _Book) -> list[str]:
    """A line for each name that stands twice in a list, and for each chapter without a notebook."""
    faults = []
    lists = {f"documents.{document}": stems for document, stems in book.documents.items()}
    for key, items in (lists | {"formats": book.formats}).items():
        twice = sorted({item for item in items if items.count(item) > 1})
        faults += [f"{path.name}: books.{name}.{key}: {item} stands there twice" for item in twice]
    for attached, attachment in book.attachments.items():
        for document in attachment.of:
            if document not in book.documents:
                known = suggestion(document, book.documents)
                faults.append(f"{path.name}: books.{name}.attachments.{attached}.of: no document {document!r}; {known}")
    for key, stems in lists.items():
        # counted from 1, as people count the lines of a list
        for number, stem in enumerate(stems, start=1):
            notebook = _notebook(path, stem)
            if not notebook.is_file():
                faults.append(f"{path.name}: books.{name}.{key}.{number}: there is no notebooks/{notebook.name}")
    return faults


def suggestion(name: str, known) -> str:
    """Say which of the ``known`` names was probably meant, or list them all.

    >>> suggestion("anual", ["annual", "monthly"])
    'did you mean annual?'
    >>> suggestion("x", ["annual", "monthly"])
    'there are annual, monthly'
    """
    if close := get_close_matches(name, known, n=1):
        return f"did you mean {close[0]}?"
    return f"there are {', '.join(known)}" if known else "there are none"


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses a key written twice, where plain YAML silently keeps the last."""

    def construct_mapping(self, node, deep=False):
        # before the mapping is made: it would have kept one of the two
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for position, key in enumerate(keys):
            if key in keys[:position]:
                raise yaml.MarkedYAMLError(None, None, f"key {key!r} stands there twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _yaml_fault(error: Exception) -> str:
    # a file in GBK is no YAML at all, and has no line to point at
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else " ".join(str(error).split())
    return f"line {mark.line + 1}: {error.problem}"


def _fault(error: dict) -> str:
    """One line for a pydantic error: the key as it is written in the file, then what is wrong.

    Items of lists are counted from 1, as people count.
    """
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in error["loc"]) or "the file"
    if error["type"] == "extra_forbidden":
        return f"{key}: unknown key"
    if error["type"] == "missing":
        return f"{key}: is missing"
    if error["type"] == "too_short":
        return f"{key}: is empty"
    if error["type"] == "model_type":
        return f"{key}: must be a mapping, not {error['input']!r}"
    return f"{key}: {error['msg']}, not {error['input']!r}"
