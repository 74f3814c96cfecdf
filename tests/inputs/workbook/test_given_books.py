"""The books that were handed over as examples, where they are at hand: each right, or asked with the right words."""

import datetime
import shutil

import pytest

from zonereport.inputs.workbook import import_book

SALES = "invoiced_sales"
# what each must give: (period, code) -> (value, growth), or words of the question
EXPECTED = {
    "01": {("2022-09", SALES): ("165", "3.2"), ("2022-09", "budget_revenue"): ("1.8", "-4.5")},
    "02": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "03": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "04": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "07": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "08": "the year of 10月",
    "09": "2022年1-9月 (A1) and 1-10月 (C2)",
    "11": "figures of single months",
    "12": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "14": {("2022-10", SALES): ("165", "3.2")},
    "15": {("2022-10", SALES): ("165", "3.2")},
    "17": {("2022-10", SALES): ("165", "")},
    "19": "the figure of last year",
    "21": "a difference in an amount",
    "22": "an index",
    "23": "under 民间投资",
    "24": "no figure",
    "27": "完成率",
    "28": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "29": "one number in a cell",
    "31": {("2022-10", SALES): ("165", "3.2")},
    "32": {
        ("2022-10", SALES): ("165", "3.2"),
        ("2022-10", "budget_revenue"): ("1.8", "1"),
        ("2022-10", "industrial_investment"): ("38", "1"),
        ("2022-10", "fixed_asset_investment"): ("75", "2"),
    },
    "33": {
        ("2021", SALES): ("1", ""),
        ("2022", SALES): ("165", ""),
        ("2021", "budget_revenue"): ("1", ""),
        ("2022", "budget_revenue"): ("1.8", ""),
    },
    "34": {("2022Q1", "gross_domestic_product"): ("9", ""), ("2022Q2", "gross_domestic_product"): ("20", "")},
    "35": {},
    "36": {("2022-10", SALES): ("165", "-3.2"), ("2022-10", "budget_revenue"): ("1.8", "0")},
    "38": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "39": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "40": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "41": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "42": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
    "ok": {("2022-10", SALES): ("165", "3.2"), ("2022-10", "budget_revenue"): ("1.8", "-4.5")},
}


@pytest.fixture
def books(root):
    """The folder of the example books."""
    for place in (root.parent, root.parent.parent):
        folder = place / "shared" / "reference" / "workbooks"
        if folder.is_dir():
            return folder
    pytest.skip("the example workbooks are not beside this checkout")


@pytest.mark.parametrize("number", EXPECTED)
def test_a_given_book(number, books, root, tmp_path):
    path = next(one for one in sorted(books.iterdir()) if one.name.startswith(number))
    place = tmp_path / "root"
    shutil.copytree(root / "data" / "dictionary", place / "data" / "dictionary")
    (place / "data" / "t").mkdir()
    for name in ("zone.yml", "indicators.csv"):
        (place / "data" / "t" / name).write_bytes((books / "zone-base" / name).read_bytes())
    result = import_book(path, "t", place, received=datetime.date(2022, 12, 12))
    expected = EXPECTED[number]
    if isinstance(expected, str):
        assert any(expected in str(fault) for fault in (*result.faults, *result.warnings))
        assert result.written == ()
        return
    assert result.faults == ()
    lines = (place / "data" / "t" / "indicators.csv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split(",") for line in lines]
    assert {(row[0], row[1]): (row[3], row[6]) for row in cells} == expected
    if number == "35":
        assert "甲乙科技有限公司,,91350100M000100Y43" in (place / "data/t/enterprises.csv").read_text(encoding="utf-8")
