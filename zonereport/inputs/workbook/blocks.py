"""A sheet cut into its tables: below each other, beside each other, with headers that are repeated."""

from dataclasses import replace

from zonereport.inputs.aliases import undressed
from zonereport.inputs.workbook.book import Sheet
from zonereport.inputs.workbook.cells import plain, split_unit
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import attribute_rows, depth
from zonereport.inputs.workbook.phrases import general, read_phrases
from zonereport.inputs.workbook.words import LEFT_OUT, SYNONYMS, WORD_TAGS

# columns that say what a row is about: a table has one of them, and two of them are two tables
LABELS = ("code", "peer", "enterprise", "park", "project")


def cut(sheet: Sheet, context: Context) -> list[Sheet]:
    """Return the tables of a sheet as sheets with all other cells empty; a sheet without headers is one table.

    Rows above the first header belong to every table, lines between two tables to the lower one; titles of one form
    that differ in their period (2022年1-9月 | 2022年1-10月) belong to one table each.
    """
    vocabulary = _vocabulary(context)
    # headers are found by their words: an empty row may stand in the middle of a table
    heads = _header_rows(sheet, vocabulary)
    if not heads:
        return [sheet]
    tables = []
    first = heads[0]
    # each header reigns down to the title of the next one
    for place, head in enumerate(heads):
        end = len(sheet.grid)
        if place + 1 < len(heads):
            end = _title_above(sheet, heads[place + 1], head)
        top = first if place == 0 else _title_above(sheet, head, heads[place - 1])
        beside = _beside(sheet, head, end)
        for left, right in beside:
            # what stands above the first header is the title of all tables, whichever column it was typed in
            foreign = _titles_of_others(sheet, first, (top, head), (left, right), shared=len(beside) == 1)
            tables.append(_window(sheet, first, top, end, left, right, foreign))
    return tables


def _titles_of_others(
    sheet: Sheet, first: int, own_rows: tuple[int, int], own_columns: tuple[int, int], *, shared: bool
) -> set[tuple[int, int]]:
    """Return the cells above the first header that are the titles of other tables.

    They have the form of a title of this table's own, with another period: it stands above its columns, or in the
    lines ``own_rows`` directly above its header.
    """
    left, right = own_columns
    own: set[str] = set()
    # the lines above the first table are those that are asked about here
    if own_rows[0] > first:
        own = {_form(sheet.at(row, column)) for row in range(*own_rows) for column in range(sheet.width)}
    foreign = set()
    for row in range(first):
        forms = {column: _form(sheet.at(row, column)) for column in range(sheet.width)}
        above = {form for column, form in forms.items() if left <= column < right and not shared}
        for column, form in forms.items():
            beside = not left <= column < right and form in above
            if form and (form in own or beside):
                foreign.add((row, column))
    return foreign


def _form(value: object) -> str:
    """Return a title with N for its periods; empty where it names none."""
    text = plain(value)
    if not isinstance(value, str) or not read_phrases(text).found:
        return ""
    return undressed(general(text))


def _vocabulary(context: Context) -> frozenset[str]:
    words = set(map(undressed, [*LEFT_OUT, *WORD_TAGS]))
    for table in context.schemas.values():
        for field in table.fields:
            for text in (field.name, field.name_zh, split_unit(field.name_zh)[0]):
                words.add(undressed(text))
    for line in SYNONYMS.values():
        for word in line.split():
            words.add(undressed(word))
    # indicators, parks and peers may stand across: a row of them needs a word for its labels, too
    for names in (context.indicators, context.parks, context.peers):
        for name, _ in names.items():
            words.add(name)
    return frozenset(words)


def _label_words() -> frozenset[str]:
    words = {
        "指标编码",
        "开发区",
        "企业编号",
        "园区",
        "项目编号",
        "code",
        "peer",
        "enterprise",
        "park",
        "project",
        "name",
    }
    for name in LABELS:
        words |= set(SYNONYMS[name].split())
    return frozenset(undressed(word) for word in words)


def _header_rows(sheet: Sheet, vocabulary: frozenset[str]) -> list[int]:
    """Return the first row of every header: mostly known words, no figure, and a word for what the rows are about."""
    labels = _label_words()
    heads: list[int] = []
    before: list[str] = []
    row = 0
    while row < len(sheet.grid):
        if not _is_header(sheet, row, vocabulary, labels):
            row += 1
            continue
        # compared as they read, not as they are typed: a page break may change a space
        texts = list(map(plain, sheet.grid[row]))
        # the header of a new page is no new table, unless a title of its own stands above it
        if texts != before or _has_own_title(sheet, row, heads[0]):
            heads.append(row)
        before = texts
        row += max(1, depth(sheet, row), attribute_rows(sheet, row))
    return heads


def _has_own_title(sheet: Sheet, head: int, first: int) -> bool:
    """Whether a line above a repeated header says something that the title of the first table does not."""
    titles = set()
    for values in sheet.grid[:first]:
        for value in values:
            titles.add(plain(value))
    own = set()
    for values in sheet.grid[_title_above(sheet, head, first) : head]:
        for value in values:
            own.add(plain(value))
    return bool(own - titles)


def _is_header(sheet: Sheet, row: int, vocabulary: frozenset[str], labels: frozenset[str]) -> bool:
    filled, known, label = 0, 0, False
    for value in sheet.grid[row]:
        text = plain(value)
        if not text:
            continue
        filled += 1
        if not isinstance(value, str):
            # years stand as numbers, months as dates
            known += isinstance(value, float) and 1949 <= value <= 2100 and value == int(value)
            known += hasattr(value, "year")
            continue
        base = undressed(split_unit(text)[0])
        label = label or base in labels
        phrases = read_phrases(base)
        known += base in vocabulary or bool(phrases.found and not phrases.left and phrases.rest in ("", *vocabulary))
    return label and known >= 2 and known * 2 >= filled


def _title_above(sheet: Sheet, head: int, floor: int) -> int:
    """Return the first of the lines directly above a header that hold one text each: its title and its unit."""
    row = head
    while row - 1 > floor:
        texts = []
        for value in sheet.grid[row - 1]:
            if plain(value):
                texts.append(value)
        if len(texts) != 1 or not isinstance(texts[0], str):
            break
        row -= 1
    return row


def _beside(sheet: Sheet, head: int, end: int) -> list[tuple[int, int]]:
    """Return the columns (from, to) of the tables that stand beside each other under one header row."""
    labels = _label_words()
    words = [undressed(split_unit(plain(sheet.at(head, column, fill=True)))[0]) for column in range(sheet.width)]
    starts = [0]
    seen: set[str] = set()
    for column, word in enumerate(words):
        # an empty column apart, the same word may begin a second table
        gap = column > 0 and all(not plain(sheet.at(row, column - 1)) for row in range(head, end))
        if word in labels and (word in seen or (gap and seen)) and words[column - 1] != word:
            # the numbers in front of the second table are its own
            numbered = words[column - 1] == "序号"
            starts.append(column - 1 if numbered else column)
        if word in labels:
            seen.add(word)
    return list(zip(starts, [*starts[1:], sheet.width], strict=True))


def _window(
    sheet: Sheet, first: int, top: int, end: int, left: int, right: int, foreign: set[tuple[int, int]]
) -> Sheet:
    """Return the sheet with only its title, and rows ``top`` to ``end`` of columns ``left`` to ``right``.

    Cells of the title that are ``foreign`` are empty.
    """
    # one table that fills its sheet needs no copy
    if (top, end, left, right) == (first, len(sheet.grid), 0, sheet.width):
        return sheet
    grid = []
    for row, values in enumerate(sheet.grid):
        if row < first:
            grid.append(["" if (row, column) in foreign else value for column, value in enumerate(values)])
        elif top <= row < end:
            grid.append([value if left <= column < right else "" for column, value in enumerate(values)])
        else:
            grid.append([])
    ranges = tuple(area for area in sheet.ranges if area[2] < first or (area[0] >= top and left <= area[1] < right))
    troubles = {}
    for spot, one in sheet.troubles.items():
        if top <= spot[0] < end and left <= spot[1] < right:
            troubles[spot] = one
    return replace(sheet, grid=grid[:end], ranges=ranges, troubles=troubles)
