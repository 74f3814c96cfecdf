"""What a heading means in a table: a column of it, or why it has none; nothing it says is passed over."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from zonereport.inputs.aliases import undressed
from zonereport.inputs.workbook.cells import split_unit
from zonereport.inputs.workbook.context import Context
from zonereport.inputs.workbook.headers import AUTOMATIC, MEASURES, PERIODS_DOWN, Header, plain_left_out
from zonereport.inputs.workbook.mapping import Target
from zonereport.inputs.workbook.names import Match
from zonereport.inputs.workbook.phrases import When, even
from zonereport.inputs.workbook.senses import Sense, heading_lookups, named, without_brackets, words_of
from zonereport.inputs.workbook.words import ATTRIBUTES, ELSEWHERE, SHORTENED, TOTALS, WHOLE
from zonereport.language import tr


@dataclass(frozen=True)
class Verdict:
    """What a heading means: ``target``, or why it has none; ``question`` needs an answer before it is left out.

    ``tags`` as in Sense, for the columns beside it; ``match`` is a likeness; ``instead`` is the column of a table that
    it resembles, which tells a header where no column can be read.
    """

    target: Target | None = None
    reason: str = ""
    question: bool = False
    tags: frozenset[str] = frozenset()
    match: Match | None = None
    exact: bool = True
    instead: Target | None = None


PERIODS, NO_PERIODS = Verdict(Target("period")), Verdict(reason="periods", question=True)


def verdicts(header: Header, table: str, context: Context, title: frozenset[str], *, alike: bool) -> list[Verdict]:
    """Return what every column of a header means in a table, growth read with the column that it stands behind.

    ``title`` are the tags of words.TITLE_TAGS that the title has; without ``alike`` only exact names count.
    """
    found = []
    for parts, whens in zip(header.levels, header.whens, strict=True):
        found.append(_verdict(parts, whens, table, context, alike=alike))
    found = _months_alone(header, found, title)
    return list(_bound(header, found))


def _verdict(parts: tuple[str, ...], whens: tuple[When, ...], table: str, context: Context, *, alike: bool) -> Verdict:
    if not parts or parts[-1].endswith(AUTOMATIC):
        return Verdict()
    schema = context.schemas[table]
    # the column of attributes in front of a database's periods
    if parts == (PERIODS_DOWN,):
        return PERIODS if "period" in schema.columns else NO_PERIODS
    # the exact name of a column needs no interpretation of its words
    if whole := context.columns[table].get("/".join(parts)):
        tags = frozenset(words_of("/".join(parts), frozenset(context.dictionary.units)).tags & {"cumulative"})
        return Verdict(Target(whole, unit=_unit_for(whole, [split_unit(parts[-1])[1]], schema, context)), tags=tags)
    sense, fixed, column, strange = _levels(parts, table, context)
    # 本月 above 总量 leaves out the whole group
    if plain_left_out(parts):
        return Verdict(reason="left out", tags=frozenset(sense.tags))
    # one strange word is enough: the others may be known and mean something else beside it
    if sense.unknown:
        if shortened := [part for part in parts if SHORTENED.fullmatch(part)]:
            return _of_shortened(shortened[0])
        return _likened(sense, strange or parts[-1], fixed, table, context, alike=alike)
    column = _measure(column, sense, fixed, whens, schema.columns)
    tags = frozenset(sense.tags)
    instead = None
    if column:
        instead = Target(column)
    if column and "month" in sense.tags and not sense.tags & ELSEWHERE.keys():
        return _of_month(sense, instead)
    if reason := _elsewhere(column, sense):
        return Verdict(reason=reason, question=True, tags=tags, instead=instead)
    fixed["unit"] = _unit_for(column, sense.units, schema, context)
    return Verdict(_target(column, fixed), tags=tags)


def _of_shortened(text: str) -> Verdict:
    """Ask which month 2022.1 is: a spreadsheet drops the last zero of 2022.10."""
    year = text.split(".")[0]
    reason = tr("2022.1 or 2022.10, which a spreadsheet shortens so: type {year}年1-10月", year=year)
    return Verdict(reason=reason, question=True, instead=Target("value"))


def _of_month(sense: Sense, instead: Target | None) -> Verdict:
    """Leave out the month alone, without a question unless brackets say so; 累计 beside it is a contradiction."""
    tags = frozenset(sense.tags)
    if "cumulative" in tags:
        return Verdict(
            reason=tr("the sum and the month alone, both at once"), question=True, tags=tags, instead=instead
        )
    return Verdict(reason="left out", question="month" in sense.bracketed, tags=tags, instead=instead)


def _elsewhere(column: str, sense: Sense) -> str:
    """Return why a heading that is understood is no column of a table; empty where it is one."""
    # a word for another figure outweighs the name of a column that stands beside it
    for tag, reason in ELSEWHERE.items():
        if tag in sense.tags and column not in ("target", "rank"):
            return tr(reason)
    if not column:
        return tr("a column of no table")
    if column == "growth_pct" and any(unit != "%" for unit in sense.units):
        difference = ELSEWHERE["difference"]
        return tr(difference)
    # two units in one header leave open which rows have which
    if len({unit for unit in sense.units if unit != "%"}) > 1:
        return tr("in several units: {units}", units="、".join(sense.units))
    return ""


def _target(column: str, fixed: dict[str, str | None]) -> Target:
    """Return the target of a column with what its heading fixes; a park may be fixed as the whole zone."""
    return Target(
        column,
        code=fixed.get("code") or "",
        park=fixed.get("park"),
        peer=fixed.get("peer") or "",
        unit=fixed.get("unit") or "",
    )


def _levels(parts: tuple[str, ...], table: str, context: Context) -> tuple[Sense, dict, str, str]:
    """Return the sense of all levels, what they fix, the column they name, and the level that nobody knows."""
    units = frozenset(context.dictionary.units)
    lookups = heading_lookups(context, table)
    has = set(context.schemas[table].columns)
    sense, fixed, column, strange = Sense(), {}, "", ""
    for part in parts:
        kind, meaning, own = named(part, lookups, units)
        if kind != "code" and undressed(without_brackets(part, units)[0]) in WHOLE | TOTALS and "park" in has:
            kind, meaning, own = "park", "", Sense()
        if not kind and own.unknown and part in ATTRIBUTES:
            own = Sense()
        # the level that a likeness is looked for: the last strange one
        if own.unknown:
            strange = part
        sense.add(own)
        if kind == "column":
            # the name of a column says what it is, and whether it is a sum or a month: 10月累计 is no month alone
            sense.tags |= words_of(part, units).tags & {"cumulative", "month"}
            column = _more_telling(column, meaning)
        elif kind:
            fixed[kind] = meaning
    return sense, fixed, column, strange


def _more_telling(one: str, other: str) -> str:
    """Return the column that two levels name: 位次 under 同比 is a rank, 同比 under 累计 a growth."""
    if one in MEASURES and other in MEASURES:
        return max(one, other, key=MEASURES.index)
    return other


def _measure(column: str, sense: Sense, fixed: dict, whens: tuple[When, ...], columns: list[str]) -> str:
    """Return the column of a heading by its words where it names none, or names one that its words narrow down."""
    if column and column != "value":
        return column
    if "value" not in columns:
        return column
    for tag, measure in (("rank", "rank"), ("growth", "growth_pct")):
        if tag in sense.tags:
            if measure in columns:
                return measure
            return ""
    said = sense.tags & {"value", "cumulative", "month", "quarter"} or fixed.keys() & {"code", "park", "peer"} or whens
    return column or ("value" if said else "")


def _unit_for(column: str, units: list[str], schema, context: Context) -> str:
    """Return the unit that a heading names, where it matters: for a number that has no other unit of its own."""
    field_of = next(one for one in schema.fields if one.name == column)
    own = split_unit(field_of.name_zh)[1]
    known = context.dictionary.units
    named_units = []
    for unit in units:
        if unit and all(part in known for part in unit.split("/")):
            named_units.append(unit)
    if field_of.kind != "number" or column == "growth_pct" or not named_units or named_units[0] == own:
        return ""
    if len(set(named_units)) == 1:
        return named_units[0]
    return ""


def _likened(sense: Sense, text: str, fixed: dict, table: str, context: Context, *, alike: bool) -> Verdict:
    """Return the verdict of a heading with a word that nobody knows: a likeness to confirm, or a question."""
    unknown = Verdict(reason="unknown", question=True, tags=frozenset(sense.tags), match=Match(None), exact=False)
    if not alike:
        return unknown
    base = split_unit(even(text))[0]
    match = context.columns[table].match(base)
    if match.meaning is None and {"code", "value"} <= set(context.schemas[table].columns):
        code = context.indicators.match(base)
        if code.meaning and not code.exact:
            return replace(unknown, target=_target("value", fixed | {"code": code.meaning}), match=code)
        match = Match(None, False, (*match.candidates, *code.candidates)[:3])
    if match.meaning is None:
        return replace(unknown, match=match)
    # the name is known, and the words beside it are not: that is no likeness
    if match.exact:
        return replace(
            unknown,
            reason=tr(
                "{meaning} with words that are not known: {unknown}",
                meaning=match.meaning,
                unknown="、".join(sense.unknown),
            ),
        )
    return replace(unknown, target=_target(match.meaning, fixed), match=match)


def _months_alone(header: Header, found: list[Verdict], title: frozenset[str]) -> list[Verdict]:
    """Leave out a column that is headed 10月 and nothing else: beside a title it is the month, not the sum.

    Several such columns are a series, of which records ask whether it is cumulative.
    """
    bare = []
    for verdict, whens in zip(found, header.whens, strict=True):
        value = verdict.target is not None and verdict.target.column == "value"
        # 10月 alone beside a title of January to October is the month, not the sum
        bare.append(value and len(whens) == 1 and whens[0].kind == "month" and whens[0].year is None)
    judged = []
    for verdict, alone in zip(found, bare, strict=True):
        cumulative = "cumulative" in verdict.tags | title
        if alone and sum(bare) == 1 and not cumulative:
            verdict = Verdict(reason="month alone", tags=verdict.tags | {"month"}, instead=verdict.target)
        elif verdict.target and verdict.target.column == "value" and "month" in title and not cumulative:
            reason = tr("figures of single months, as the title says")
            verdict = Verdict(reason=reason, question=True, tags=verdict.tags | {"month"}, instead=verdict.target)
        elif verdict.target and verdict.target.column == "value" and "month" in title and not verdict.tags & title:
            reason = tr("figures of the month alone, or sums: the title names both")
            verdict = Verdict(reason=reason, question=True, tags=verdict.tags, instead=verdict.target)
        judged.append(verdict)
    return judged


def _bound(header: Header, found: list[Verdict]) -> Iterator[Verdict]:
    """Read a growth or a rank with the value column to its left: a growth of 本月 is none of 累计."""
    growths = sum(1 for one in found if one.target and one.target.column == "growth_pct")
    values = any(one.target and one.target.column == "value" for one in found)
    left: Verdict | None = None
    for verdict in found:
        target = verdict.target
        own = verdict.tags & {"cumulative", "month"}
        if target is None or target.column not in ("growth_pct", "rank"):
            if "month" in verdict.tags or (target and target.column == "value"):
                left = verdict
            yield verdict
            continue
        # 本月 | 同比 | 累计 | 同比: a growth belongs to the figure on its left
        of_month = left is not None and left.target is None and not own
        if of_month and target.column == "growth_pct":
            question = growths == 1 and values
            reason = "month alone"
            if question:
                reason = tr("the growth of the month before it, or of the cumulative figure")
            yield Verdict(reason=reason, question=question, tags=verdict.tags)
        else:
            yield verdict
