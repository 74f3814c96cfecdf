"""The check finds a name or an amount in every kind of file, however it is written, and trusts nothing unreadable."""

import json
import zipfile

import openpyxl
import pikepdf
import pytest

from zonereport.disclosure.check import checked
from zonereport.disclosure.texts import READERS, UnreadableFile, text_of

NAME = "皓珂汽车部件"
AMOUNT = (385620.0, "万元")


def found(folder, amounts=(AMOUNT,), printed=()):
    return checked(folder, names=[NAME], amounts=amounts, printed=printed).leaks


def write(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", f"<p>{NAME}</p>"),
        ("a.html", "<p>皓珂<b>汽车</b>部\n件</p>"),
        ("a.html", "<p title='&#30355;珂汽车部件'>x</p>"),
        ("a.html", "<p>皓珂\u200b汽车\u00ad部件</p>"),
        ("a.svg", f"<svg><text>皓珂</text><title>{NAME}</title></svg>"),
        ("a.csv", f"\ufeff企业,数\n{NAME},1\n"),
        ("a.json", json.dumps({"note": NAME})),
        ("a.ipynb", json.dumps({"cells": [{"source": ["皓珂汽", "车部件"]}]})),
        (f"{NAME}.csv", "a\n"),
    ],
)
def test_a_name_is_found_in_texts(tmp_path, name, text):
    write(tmp_path, name, text)
    assert found(tmp_path) == (f"{name}: {NAME}",)


def office(folder, name, part, content):
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, content)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("a.docx", "word/document.xml"),
        ("a.docx", "docProps/core.xml"),
        ("a.docx", "word/comments.xml"),
        ("a.pptx", "ppt/slides/slide1.xml"),
        ("a.pptx", "ppt/notesSlides/notesSlide1.xml"),
    ],
)
def test_a_name_is_found_in_office_files_where_it_is_split(tmp_path, name, part):
    office(tmp_path, name, part, "<w:r><w:t>皓珂</w:t></w:r><w:r><w:t>汽车部件</w:t></w:r>")
    assert found(tmp_path) == (f"{name}: {NAME}",)


def test_a_workbook_is_read_and_so_is_the_one_behind_a_chart(tmp_path):
    book = openpyxl.Workbook()
    book.active.append([NAME, 385620])
    book.save(tmp_path / "a.xlsx")
    assert found(tmp_path) == (f"a.xlsx: {NAME}", "a.xlsx: 385620")
    office(tmp_path, "b.pptx", "ppt/embeddings/Sheet.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert found(tmp_path)[2:] == (f"b.pptx: {NAME}", "b.pptx: 385620")


def test_a_name_is_found_in_the_title_and_the_alternative_text_of_a_pdf(tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = NAME
    pdf.save(tmp_path / "title.pdf")
    pdf = pikepdf.new()
    pdf.add_blank_page()
    figure = pikepdf.Dictionary(S=pikepdf.Name.Figure, Alt=pikepdf.String(NAME))
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(K=figure)
    pdf.save(tmp_path / "alt.pdf")
    assert found(tmp_path) == (f"alt.pdf: {NAME}", f"title.pdf: {NAME}")


@pytest.mark.parametrize("text", ["38.56亿元", "38.56 亿元", "385620万元", "385,620万元", "开票385620.0万元"])
def test_an_amount_is_found_as_it_would_be_printed(tmp_path, text):
    write(tmp_path, "a.html", f"<td>{text}</td>")
    assert len(found(tmp_path)) == 1


@pytest.mark.parametrize("text", ["138.56亿元", "38.56%", "2385620万元", "38.561亿元"])
def test_another_number_is_not_taken_for_it(tmp_path, text):
    write(tmp_path, "a.html", f"<td>{text}</td>")
    assert found(tmp_path) == ()


def test_what_is_printed_on_purpose_and_what_has_few_figures_proves_nothing(tmp_path):
    write(tmp_path, "a.html", "<td>38.56亿元</td><td>12亿元</td>")
    assert found(tmp_path, printed=[38.56]) == ()
    assert found(tmp_path, amounts=[(120000.0, "万元")]) == ()


def test_what_cannot_be_read_is_not_clean(tmp_path):
    write(tmp_path, "a.dat", "x")
    write(tmp_path, "b.docx", "no archive")
    leaks = found(tmp_path)
    assert leaks[0] == "a.dat: no reader for files of this kind"
    assert leaks[1].startswith("b.docx: BadZipFile")
    with pytest.raises(UnreadableFile):
        text_of(tmp_path / "a.dat")


def test_every_kind_of_file_that_an_edition_has_can_be_read(edition):
    kinds = {path.suffix for path in edition.folder.rglob("*") if path.is_file()}
    assert kinds <= set(READERS)
    assert {".docx", ".xlsx", ".pptx"} <= set(READERS)
