"""docs/methodology.md is what ``make docs`` writes, and nothing in it is by hand."""

import pandas as pd
import pytest

from tools import methodology


def test_the_page_is_what_the_script_writes(root):
    written = (root / "docs" / "methodology.md").read_text(encoding="utf-8")
    assert written == methodology.page(root), "docs/methodology.md is stale: make docs"


def test_the_paragraph_of_a_measure():
    row = pd.Series({"name_zh": "同比", "name_en": "growth", "unit": "own", "formula": "c ÷ p"})
    row = pd.concat([row, pd.Series({"explain_zh": "比上年。", "explain_en": ""})])
    assert methodology.entry("growth", row) == "**同比 · growth** (`growth`, 指标的单位)\n<br>c ÷ p\n<br>比上年。"


def test_a_topic_without_a_place_is_an_error(root, monkeypatch):
    from zonereport.inputs import load_dictionary

    dictionary = load_dictionary(root)
    dictionary.measures.iloc[0, dictionary.measures.columns.get_loc("topic")] = "weather"
    monkeypatch.setattr(methodology, "load_dictionary", lambda _: dictionary)
    with pytest.raises(ValueError, match="no place for weather"):
        methodology.page(root)
