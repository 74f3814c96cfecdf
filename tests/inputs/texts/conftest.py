"""Texts as tests read them: facts without a file, scores against annotated texts, one text as files of every kind."""

import csv
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from zonereport.inputs.dictionary import load_dictionary
from zonereport.inputs.texts.codes import Codes
from zonereport.inputs.texts.facts import Facts, extract
from zonereport.inputs.texts.plain import plain

TEXTS = Path(__file__).resolve().parents[2] / "texts"
SAME_NAME = 0.5


@pytest.fixture(scope="session")
def codes(root) -> Codes:
    """The names of the dictionary and of prose.csv."""
    return Codes.of(load_dictionary(root), root / "data" / "dictionary")


@pytest.fixture(scope="session")
def facts_of(codes):
    """``facts_of(text)``: the facts of a text."""

    def read(text: str) -> Facts:
        return extract(plain(text).text, codes)

    return read


@dataclass(frozen=True)
class Score:
    """How many facts were right: number alone, number and name, and of those with a code."""

    number: float
    main: float
    coded_precision: float
    coded_recall: float


def _norm(name: str) -> str:
    name = re.sub(r"[\s“”\"'《》、，,·（）()的]", "", name)
    pairs = (
        ("规模以上", "规上"),
        ("规模工业", "规上工业"),
        ("地区生产总值", "生产总值"),
        ("全社会", ""),
        ("总产值", "产值"),
    )
    for one, other in (*pairs, ("总额", ""), ("总值", ""), ("完成", ""), ("实现", "")):
        name = name.replace(one, other)
    return name


def _grams(name: str) -> Counter:
    return Counter(name[place : place + 2] for place in range(len(name) - 1)) or Counter(name)


def _alike(one: str, other: str) -> float:
    one, other = _norm(one), _norm(other)
    if one == other:
        return 1.0
    a, b = _grams(one), _grams(other)
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


_UNITS = {"项": "个", "亿": "亿元", "万": "万元"}


def _key(value: str, unit: str, growth: str) -> tuple:
    if not value:
        return "growth", float(growth or 0)
    return float(value), _UNITS.get(unit, unit)


def _pairs(gold: list, pred: list, alike) -> list[tuple[int, int]]:
    found = []
    for i, one in enumerate(gold):
        for j, other in enumerate(pred):
            if one["key"] == other["key"]:
                found.append((alike(one, other), i, j))
    taken_gold, taken_pred, pairs = set(), set(), []
    for score, i, j in sorted(found, key=lambda one: (-one[0], abs(one[1] - one[2]))):
        if score and i not in taken_gold and j not in taken_pred:
            taken_gold.add(i)
            taken_pred.add(j)
            pairs.append((i, j))
    return pairs


def _gold(path: Path) -> list[dict]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["key"] = _key(row["value"].replace(",", ""), row["unit"], row["growth_pct"])
        row["name"] = row["indicator"]
    return rows


def _f1(right: int, predicted: int, gold: int) -> float:
    return 2 * right / max(1, predicted + gold)


@pytest.fixture(scope="session")
def score(facts_of):
    """``score(folder)``: how the annotated texts of tests/texts/<folder> are read."""

    def of(folder: str) -> Score:
        number = main = predicted = annotated = right = given = wanted = 0
        for path in sorted((TEXTS / folder).glob("*.txt")):
            gold = _gold(path.with_name(f"{path.stem}.gold.csv"))
            # the first line says where the text is from
            facts = facts_of(path.read_text(encoding="utf-8").split("\n", 1)[1]).facts
            pred = []
            for fact in facts:
                key = _key(fact.value, fact.unit, fact.growth)
                pred.append({"key": key, "name": fact.name, "code": fact.code})
            number += len(_pairs(gold, pred, lambda one, other: 0.01 + _alike(one["name"], other["name"])))
            pairs = _pairs(gold, pred, _same_or_code)
            main += len(pairs)
            right += sum(1 for i, j in pairs if gold[i]["code"] and gold[i]["code"] == pred[j]["code"])
            given += sum(1 for one in pred if one["code"])
            wanted += sum(1 for one in gold if one["code"])
            predicted, annotated = predicted + len(pred), annotated + len(gold)
        return Score(_f1(number, predicted, annotated), _f1(main, predicted, annotated), right / given, right / wanted)

    return of


def _same_or_code(one: dict, other: dict) -> float:
    alike = _alike(one["name"], other["name"])
    same_code = bool(one["code"]) and one["code"] == other["code"]
    if alike < SAME_NAME and not same_code:
        return 0
    return alike + 0.5 * same_code


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(scope="session")
def docx_of():
    """``docx_of(body, footnotes="")``: the bytes of a .docx with this markup as its body."""

    def made(body: str, footnotes: str = "") -> bytes:
        head = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"'
        compatible = ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", f"{head}{compatible}><w:body>{body}</w:body></w:document>")
            if footnotes:
                archive.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{W}">{footnotes}</w:footnotes>')
        return stream.getvalue()

    return made


def paragraph(text: str) -> str:
    """The markup of a paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.fixture(scope="session")
def in_word():
    """``in_word(text)``: the markup of a paragraph."""
    return paragraph
