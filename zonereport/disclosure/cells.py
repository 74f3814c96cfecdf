"""Which cells of a table of amounts may not be printed, and which others must go so that those cannot be recomputed."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

# fewer contributors than these, or one with more than this share, and the amount tells of a single firm
FEWEST = 3
DOMINANT_PCT = 85.0
PRIMARY, SECONDARY = "primary", "secondary"
# what is left of a rational number after elimination in binary
TINY = 1e-9


@dataclass(frozen=True)
class Cell:
    """An amount with who makes it: ``count`` contributors, the ``largest`` of them and the ``total`` of all."""

    count: int
    largest: float
    total: float

    @property
    def is_safe(self) -> bool:
        """Whether the amount may be printed: nobody is in it, or three and more without one above 85 %.

        >>> Cell(2, 5.0, 10.0).is_safe, Cell(3, 9.0, 10.0).is_safe, Cell(3, 8.5, 10.0).is_safe, Cell(0, 0, 0).is_safe
        (False, False, True, True)
        """
        if self.count == 0:
            return True
        return self.count >= FEWEST and self.largest <= self.total * DOMINANT_PCT / 100 + TINY


def protect(cells: dict[Hashable, Cell], lines: Sequence[Collection[Hashable]]) -> dict[Hashable, str]:
    """Return the cells that are withheld, each ``primary`` (unsafe itself) or ``secondary`` (to protect another).

    Every line names cells that add up to a published total. What a line withholds can be summed as total less the
    cells that are printed: it has to be two cells that hold something, and safe taken together; where it is not, the
    smallest printed cell of the line goes too. Last, no unsafe cell may follow from all lines at once. A line that
    nothing can save, because all its cells are withheld already, has a total that is not for print itself.

    >>> cells = {"a": Cell(2, 6.0, 10.0), "b": Cell(9, 4.0, 30.0), "c": Cell(5, 4.0, 12.0)}
    >>> protect(cells, [["a", "b", "c"]])
    {'a': 'primary', 'c': 'secondary'}
    """
    withheld = {name: PRIMARY for name, cell in cells.items() if not cell.is_safe}
    while True:
        # each round withholds one more cell, and there are finitely many
        victim = _next_victim(cells, lines, withheld)
        if victim is None:
            return withheld
        withheld[victim] = SECONDARY


def recomputable(names: Sequence[Hashable], lines: Sequence[Collection[Hashable]]) -> list[Hashable]:
    """Return those of the withheld ``names`` whose amount follows from the totals of the lines, and from nothing else.

    A cell follows where its unit vector is a combination of the lines restricted to what is withheld.
    Source: handbook on statistical disclosure control, 4.3: protection against exact disclosure.

    >>> recomputable(["a", "b"], [["a", "b"]]), recomputable(["a", "b"], [["a", "b"], ["a", "c"]])
    ([], ['a', 'b'])
    """
    matrix = np.array([[float(name in line) for name in names] for line in lines]).reshape(len(lines), len(names))
    rank = np.linalg.matrix_rank(matrix)
    followed = []
    for place, name in enumerate(names):
        unit = np.zeros((1, len(names)))
        unit[0, place] = 1
        # no new direction: the cell is a combination of the lines
        if np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank:
            followed.append(name)
    return followed


def _next_victim(
    cells: dict[Hashable, Cell], lines: Sequence[Collection[Hashable]], withheld: dict[Hashable, str]
) -> Hashable | None:
    """The next cell that has to go; None where everything withheld is safe."""
    for line in lines:
        hidden = [cells[name] for name in line if name in withheld]
        if hidden and not _is_sum_safe(hidden):
            victim = _smallest(cells, line, withheld)
            if victim is not None:
                return victim
    followed = recomputable(list(withheld), lines)
    for name in followed:
        if withheld[name] == SECONDARY:
            continue
        for line in lines:
            victim = _smallest(cells, line, withheld) if name in line else None
            if victim is not None:
                return victim
    return None


def _is_sum_safe(hidden: Sequence[Cell]) -> bool:
    """Whether what total less printed cells gives away may be known."""
    full = [cell for cell in hidden if cell.count]
    if len(full) < 2:
        return False
    together = Cell(sum(c.count for c in full), max(c.largest for c in full), sum(c.total for c in full))
    return together.is_safe


def _smallest(
    cells: dict[Hashable, Cell], line: Collection[Hashable], withheld: dict[Hashable, str]
) -> Hashable | None:
    """The printed cell of a line with the least in it: what is lost is as little as can be."""
    # a cell that nobody is in protects nothing: everybody knows that it is zero
    printed = [name for name in line if name not in withheld and cells[name].count]
    return min(printed, key=lambda name: (cells[name].total, cells[name].count), default=None)


def cell_of(amounts: pd.Series | None, count: int, total: float) -> Cell:
    """Return the cell of some contributors' ``amounts``; of unknown ones, or that do not add up, an unsafe one.

    Amounts below zero count by their size: what one firm lost tells as much of it as what another made.

    >>> cell_of(pd.Series([5.0, 3.0, 2.0]), 3, 10.0)
    Cell(count=3, largest=5.0, total=10.0)
    >>> cell_of(None, 3, 10.0).is_safe, cell_of(pd.Series([5.0]), 3, 10.0).is_safe
    (False, False)
    """
    size = abs(total)
    if count == 0:
        return Cell(0, 0.0, 0.0)
    # what cannot be checked is not printed
    if amounts is None or abs(float(amounts.sum()) - total) > max(size * 0.005, 0.02):
        return Cell(count, max(size, 1.0), max(size, 1.0))
    sizes = amounts.abs()
    return Cell(count, float(sizes.max()), float(sizes.sum()))
