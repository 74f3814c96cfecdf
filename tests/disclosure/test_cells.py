"""Cells by hand in the simplest case, then properties: what is withheld cannot be recomputed from what is printed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonereport.disclosure.cells import PRIMARY, SECONDARY, Cell, protect, recomputable

BIG = Cell(20, 5.0, 100.0)


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        (Cell(1, 10.0, 10.0), False),
        (Cell(2, 5.0, 10.0), False),
        (Cell(3, 4.0, 10.0), True),
        # 85 % exactly may stand, more may not
        (Cell(5, 85.0, 100.0), True),
        (Cell(5, 85.1, 100.0), False),
        (Cell(0, 0.0, 0.0), True),
    ],
)
def test_a_cell_of_few_or_of_one_is_unsafe(cell, safe):
    assert cell.is_safe is safe


def test_one_unsafe_park_takes_the_smallest_other_one_with_it():
    """Zone 150 = a + b + c: with a alone withheld, 150 less b and c gives it away."""
    cells = {"a": Cell(2, 6.0, 10.0), "b": BIG, "c": Cell(9, 8.0, 40.0)}
    assert protect(cells, [["a", "b", "c"]]) == {"a": PRIMARY, "c": SECONDARY}


def test_nothing_unsafe_nothing_withheld():
    assert protect({"a": BIG, "b": BIG}, [["a", "b"]]) == {}


def test_two_withheld_cells_of_one_firm_each_need_a_third():
    """Their sum would be known, and it is that of two firms."""
    cells = {"a": Cell(1, 5.0, 5.0), "b": Cell(1, 6.0, 6.0), "c": BIG, "d": Cell(9, 8.0, 40.0)}
    assert protect(cells, [list("abcd")]) == {"a": PRIMARY, "b": PRIMARY, "d": SECONDARY}


def test_a_firm_that_rules_the_sum_needs_a_third_too():
    cells = {"a": Cell(4, 95.0, 100.0), "b": Cell(9, 1.0, 5.0), "c": Cell(9, 10.0, 60.0)}
    assert protect(cells, [list("abc")]) == {"a": PRIMARY, "b": SECONDARY, "c": SECONDARY}


def test_a_cell_that_nobody_is_in_protects_nothing():
    cells = {"a": Cell(1, 5.0, 5.0), "zero": Cell(0, 0.0, 0.0), "b": BIG}
    assert protect(cells, [["a", "zero", "b"]]) == {"a": PRIMARY, "b": SECONDARY}


def test_a_table_of_rows_and_columns_is_protected_in_both():
    """One unsafe cell of a table of two by two takes the other three: each margin would give it away."""
    cells = {(r, c): BIG for r in "xy" for c in "pq"} | {("x", "p"): Cell(1, 5.0, 5.0)}
    rows = [[("x", "p"), ("x", "q")], [("y", "p"), ("y", "q")]]
    columns = [[("x", "p"), ("y", "p")], [("x", "q"), ("y", "q")]]
    assert len(protect(cells, rows + columns)) == 4


amounts = st.lists(st.floats(0.1, 1000), min_size=0, max_size=6)


def made(contributors):
    return Cell(len(contributors), max(contributors, default=0.0), float(sum(contributors)))


@given(st.lists(amounts, min_size=2, max_size=8))
@settings(max_examples=150)
def test_in_one_line_no_unsafe_cell_follows_from_the_total(contributors):
    cells = {place: made(those) for place, those in enumerate(contributors)}
    line = list(cells)
    withheld = protect(cells, [line])
    unsafe = {place for place, cell in cells.items() if not cell.is_safe}
    assert unsafe == {place for place, why in withheld.items() if why == PRIMARY}
    full = [place for place in line if cells[place].count]
    # where all that holds anything is withheld there is no more to give
    if unsafe and set(withheld) != set(full):
        hidden = [amount for place in withheld for amount in contributors[place]]
        assert len(hidden) >= 3
        assert max(hidden) <= 0.85 * sum(hidden) + 1e-6
    if unsafe and len(full) > 1:
        assert not unsafe & set(recomputable(list(withheld), [line]))


@given(st.lists(st.lists(amounts, min_size=3, max_size=3), min_size=3, max_size=3))
@settings(max_examples=60)
def test_in_a_table_no_unsafe_cell_has_one_value_only(contributors):
    """By the null space of the margins: a cell may take another value wherever some vector of it moves the cell."""
    cells = {(r, c): made(contributors[r][c]) for r in range(3) for c in range(3)}
    lines = [[(r, c) for c in range(3)] for r in range(3)] + [[(r, c) for r in range(3)] for c in range(3)]
    withheld = protect(cells, lines)
    names = list(withheld)
    if not names:
        return
    matrix = np.array([[float(name in line) for name in names] for line in lines])
    _, values, vectors = np.linalg.svd(matrix)
    free = vectors[int((values > 1e-9).sum()) :]
    alone = {name for place, name in enumerate(names) if not (np.abs(free[:, place]) > 1e-9).any()}
    assert alone == set(recomputable(names, lines))
    full = {name for name, cell in cells.items() if cell.count}
    for name in alone & {name for name, why in withheld.items() if why == PRIMARY}:
        # all of its row and column is withheld: there is nothing left that could protect it
        assert all(set(line) & full <= set(withheld) for line in lines if name in line)
