from pathlib import Path

import pytest

from zonereport.run.catalogue import load_catalogue
from zonereport.run.errors import CatalogueError, RunError

GOOD = "books:\n  annual:\n    documents: {report: [01_a, 02_b]}\n    formats: [html]\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "notebooks").mkdir()
    for stem in ("01_a", "02_b"):
        (tmp_path / "notebooks" / f"{stem}.ipynb").touch()
    return tmp_path


def load(folder, text):
    (folder / "reports.yml").write_text(text, encoding="utf-8")
    return load_catalogue(folder / "reports.yml")


def faults(folder, text):
    with pytest.raises(CatalogueError) as caught:
        load(folder, text)
    return caught.value.faults


def test_chapters_are_paths_in_the_order_of_the_file(folder):
    book = load(folder, GOOD).book("annual")
    assert book.name == "annual"
    assert book.chapters == (folder / "notebooks/01_a.ipynb", folder / "notebooks/02_b.ipynb")
    assert book.formats == ("html",)


def test_both_formats_unless_told_otherwise(folder):
    assert load(folder, "books: {b: {documents: {report: [01_a]}}}").book("b").formats == ("html", "pdf")


def test_unknown_book_gets_a_suggestion(folder):
    with pytest.raises(CatalogueError, match=r"^reports.yml: no book 'anual'; did you mean annual\?$"):
        load(folder, GOOD).book("anual")


def test_missing_chapter_is_named(folder):
    (line,) = faults(folder, GOOD.replace("02_b", "02_gone"))
    assert line == "reports.yml: books.annual.documents.report.2: there is no notebooks/02_gone.ipynb"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("books: {a: {documents: {report: [01_a]}, title: x}}", "books.a.title: unknown key"),
        ("zones: [x]\nbooks: {a: {documents: {report: [01_a]}}}", "zones: unknown key"),
        ("books: {a: {formats: [html]}}", "books.a.documents: is missing"),
        ("books: {a: {documents: {report: []}}}", "books.a.documents.report: is empty"),
        ("books: {}", "books: is empty"),
        ("books: {a: [01_a]}", "books.a: must be a mapping, not ['01_a']"),
        ("", "the file: must be a mapping, not None"),
        ("books: {a: {documents: {report: [01_a, 01_a]}}}", "books.a.documents.report: 01_a stands there twice"),
        (
            "books: {a: {documents: {report: [01_a]}}, a: {documents: {report: [02_b]}}}",
            "line 1: key 'a' stands there twice",
        ),
        ("books: {a: {documents: {report: [01_a]}", "line 1: expected ',' or '}', but got '<stream end>'"),
    ],
)
def test_fault_names_the_file_and_the_key(folder, text, line):
    assert faults(folder, text) == [f"reports.yml: {line}"]


@pytest.mark.parametrize("stem", ["../01_a", "90", "'01 a'", "/etc/x"])
def test_chapter_must_be_a_stem(folder, stem):
    (fault,) = faults(folder, f"books: {{a: {{documents: {{report: [{stem}]}}}}}}")
    assert fault.startswith("reports.yml: books.a.documents.report.1: ")


def test_all_faults_come_at_once(folder):
    text = "books: {a: {documents: {report: [01_a]}, formats: [odt], x: 1}, b: {}}"
    assert len(faults(folder, text)) == 3


def test_unreadable_file(tmp_path):
    with pytest.raises(RunError, match=r"^nothing\.yml: cannot be read: No such file"):
        load_catalogue(tmp_path / "nothing.yml")


def test_the_catalogue_of_the_repository_names_no_zone():
    root = Path(__file__).parents[2]
    text = (root / "reports.yml").read_text(encoding="utf-8")
    zones = [path.name for path in (root / "data").iterdir() if path.is_dir() and path.name != "dictionary"]
    assert not [zone for zone in zones if zone in text]
