"""Annotated texts are read as well as they were: a score that drops by a hundredth fails."""

from zonereport.inputs.texts.numbers import scan, uncovered
from zonereport.inputs.texts.plain import plain


def test_annotated_texts_are_read(score):
    found = score("gold")
    assert found.number >= 0.99
    assert found.main >= 0.97
    assert found.coded_precision >= 0.99
    assert found.coded_recall >= 0.98


def test_texts_that_nothing_was_tuned_on_are_read(score):
    found = score("unseen")
    assert found.number >= 0.96
    assert found.main >= 0.96
    assert found.coded_precision >= 0.95
    assert found.coded_recall >= 0.90


def test_every_digit_of_the_texts_lies_in_one_token(root):
    for path in sorted((root / "tests" / "texts").rglob("*.txt")):
        text = plain(path.read_text(encoding="utf-8")).text
        spans = [(token.a, token.b) for token in scan(text)]
        assert uncovered(text, spans) == [], path.name
