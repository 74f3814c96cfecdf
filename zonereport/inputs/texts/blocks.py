"""What a file holds, in its order: paragraphs and tables, each with its place; and how a file is refused."""

from dataclasses import dataclass
from pathlib import Path

from zonereport.inputs.faults import Fault, InputError

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
# longer than any report: what goes on beyond it is no text for people
MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True)
class Block:
    """A paragraph with its text, or a table with its ``grid``; ``locator`` says where: 第3段, 表2, 第2页第5段."""

    locator: str
    text: str = ""
    grid: tuple[tuple[str, ...], ...] = ()


def refused(path: Path, value: str | None, expected: str) -> InputError:
    """Return the one fault by which a file is refused."""
    return InputError([Fault(path.name, None, None, value, expected)])


def is_prose(grid: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a table only lays out a page: one column, or cells that hold whole sentences."""
    cells = [cell for row in grid for cell in row if cell.strip()]
    if not cells or max(map(len, grid)) < 2 or len(grid) < 2:
        return True
    return max(map(len, cells)) > 80 and any("。" in cell for cell in cells)


def table_blocks(grid: list[list[str]], number: int) -> list[Block]:
    """Return a table as one block, or as paragraphs where it only lays out a page."""
    rows = tuple(tuple(row) for row in grid)
    if not rows:
        return []
    if not is_prose(rows):
        return [Block(f"表{number}", grid=rows)]
    blocks = []
    for place, row in enumerate(rows, 1):
        text = "\n".join(cell.strip() for cell in row if cell.strip())
        if text:
            blocks.append(Block(f"表{number}第{place}行", text))
    return blocks
