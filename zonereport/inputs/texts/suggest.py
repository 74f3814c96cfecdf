"""An outside command may suggest codes for what is undecided; a suggestion is never more than a suggestion."""

import dataclasses
import json
import shlex
import subprocess

from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.texts.document import Document
from zonereport.inputs.texts.model import LOW
from zonereport.inputs.texts.rows import Number, Row
from zonereport.inputs.workbook.context import Context

# seconds for the command, and how much of what it says is read
_PATIENCE = 120
_MOST = 5_000_000
MARK = "外部建议"


def suggested(document: Document, context: Context, command: str) -> Document:
    """Return a document with the suggestions of ``command`` among its rows and numbers.

    The command reads a JSON object a line ({id, sentence, numbers, names}) and may answer {id, name, code, value,
    unit}. An answer counts only if its value stands in the sentence, its code exists and allows its unit.
    Raises InputError where the command cannot be run.
    """
    asked: dict[str, Row | Number] = {}
    for place, row in enumerate(document.rows):
        if not row.code:
            asked[f"r{place}"] = row
    for place, number in enumerate(document.numbers):
        asked[f"n{place}"] = number
    answers = _answers(document, command, asked)
    rows, numbers = list(document.rows), list(document.numbers)
    for name, answer in sorted(answers.items(), key=lambda pair: (pair[0][0], int(pair[0][1:]))):
        thing = asked[name]
        if not _stands(answer, thing, context):
            continue
        if isinstance(thing, Row):
            row = dataclasses.replace(thing, code=answer["code"], confidence=LOW, hints=[*thing.hints, MARK])
            rows[int(name[1:])] = row
        else:
            numbers.remove(thing)
            rows.append(_row(document, thing, answer))
    return dataclasses.replace(document, rows=tuple(rows), numbers=tuple(numbers))


def _answers(document: Document, command: str, asked: dict[str, Row | Number]) -> dict[str, dict]:
    lines = []
    for name, thing in asked.items():
        names = [thing.name] if isinstance(thing, Row) else []
        numbers = [thing.value or thing.growth] if isinstance(thing, Row) else [thing.text]
        question = {"id": name, "sentence": thing.quote, "numbers": numbers, "names": names}
        lines.append(json.dumps(question, ensure_ascii=False))
    try:
        done = subprocess.run(
            shlex.split(command), input="\n".join(lines) + "\n", capture_output=True, text=True, encoding="utf-8",
            timeout=_PATIENCE, check=True,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError, UnicodeError) as error:
        reason = str(error).split("\n")[0][:120]
        raise InputError(
            [Fault(document.path.name, None, "--suggest", command, f"a command that runs ({reason})")]
        ) from None
    answers: dict[str, dict] = {}
    for line in done.stdout[:_MOST].splitlines():
        try:
            answer = json.loads(line)
        except ValueError:
            continue
        if isinstance(answer, dict) and answer.get("id") in asked:
            answers.setdefault(answer["id"], {key: str(value) for key, value in answer.items()})
    return answers


def _stands(answer: dict, thing: Row | Number, context: Context) -> bool:
    code, value, unit = answer.get("code", ""), answer.get("value", ""), answer.get("unit", "")
    if not value or value not in thing.quote:
        return False
    return unit in context.dictionary.allowed_units.get(code, [])


def _row(document: Document, number: Number, answer: dict) -> Row:
    first = number.quote.find(answer["value"])
    mark = (first, first + len(answer["value"]))
    return Row(
        "", answer["code"], answer.get("name", ""), answer["value"], answer["unit"], [], document.period, "", "", "",
        number.locator, number.quote, LOW, mark, hints=[MARK],
    )  # fmt: skip
