"""Who is told of a run, through apprise: leaders of what was built, offices of what they owe.

``notify.yml`` names the environment variables that hold the addresses; no address and no password stands in a file, and
none is ever printed, logged or kept.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from zonereport.inputs.faults import Refused
from zonereport.inputs.period import Period
from zonereport.language import tr
from zonereport.routine import records

FILE = "notify.yml"
# attachments of a mail: servers refuse larger ones
LARGEST = 20 << 20
SENT = "sent"
_Variable = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]


class Receiver(BaseModel):
    """Who is told: ``address`` is the name of an environment variable with an address of apprise in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    address: _Variable
    # built: what was built; trouble: refused, degraded, failed; missing: what is late, of all offices
    on: tuple[Literal["built", "trouble", "missing"], ...] = ("built", "trouble")
    zones: tuple[str, ...] = ()
    # of what was built: brief.pdf, report.docx
    attach: tuple[str, ...] = ()


class File(BaseModel):
    """The content of notify.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    # where colleagues open reports/: https://intranet/reports/
    link: str = ""
    receivers: dict[str, Receiver] = {}
    # the office as zone.yml spells the publisher of its documents, and the variable with its address: 缺报提醒
    offices: dict[str, _Variable] = {}


def load(root: Path) -> File | None:
    """Read notify.yml; None where there is none. Raises Refused with a line for each fault."""
    path = root / FILE
    if not path.is_file():
        return None
    try:
        return File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refused(f"{FILE}: {str(error).splitlines()[0]}; expected YAML in UTF-8") from None
    except ValidationError as error:
        lines = []
        for fault in error.errors():
            # what stands there may be an address with a password: it is not repeated
            lines.append(f"{FILE}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}")
        raise Refused("\n".join(lines)) from None


def tell(root: Path, record: dict, say: Callable[[str], object]) -> dict:
    """Send the messages of a run and return its record with what came of each; nothing that fails is raised.

    The reports are in their place by then: a message that does not arrive costs a line, never a report.
    """
    try:
        file = load(root)
        if file is None:
            return record
        messages = compose(file, record, root)
    except Exception as error:
        say(tr("no message was sent: {error}", error=str(error)))
        return record | {"messages": [{"to": FILE, "status": "failed"}]}
    sent = []
    for to, variable, title, body, attached in messages:
        status = send(variable, title, body, attached)
        sent.append({"to": to, "status": status, "title": title})
        if status != SENT:
            say(tr("message to {to}: {status}", to=to, status=status))
    if not sent:
        return record
    return record | {"messages": sent}


def compose(file: File, record: dict, root: Path) -> list[tuple[str, str, str, str, list[Path]]]:
    """Return the messages of a run: receiver, variable, title, body, files."""
    name = record.get("name_zh") or record["zone"]
    messages = []
    good = [one for one in record.get("built", ()) if one["status"] in ("done", "degraded")]
    trouble = record["status"] in ("refused", "degraded", "failed")
    late = [one for one in record.get("missing", ()) if one["late"]]
    for to, receiver in file.receivers.items():
        if receiver.zones and record["zone"] not in receiver.zones:
            continue
        wanted = (good and "built" in receiver.on) or (trouble and "trouble" in receiver.on)
        if not wanted and not (late and "missing" in receiver.on):
            continue
        title = f"{name}经济运行报告：{_headline(record, good)}"
        messages.append(
            (to, receiver.address, title, _body(file, record, good), _attached(root, good, receiver.attach))
        )
    for office, variable in file.offices.items():
        owed = [one for one in late if one["office"] == office]
        if owed and not chased(root, record, office):
            messages.append((office, variable, f"{name}缺报提醒", _chaser(name, office, owed), []))
    return messages


def chased(root: Path, record: dict, office: str) -> bool:
    """Tell whether an office was reminded today already: whoever is late is not told so by every call."""
    for earlier in records.read(root / "reports", record["zone"]):
        if earlier.get("day") != record["day"]:
            continue
        if any(one.get("to") == office and one.get("status") == SENT for one in earlier.get("messages", ())):
            return True
    return False


def send(variable: str, title: str, body: str, attached: list[Path]) -> str:
    """Send one message; return SENT, or why not, without a word of the address."""
    address = os.environ.get(variable, "")
    if not address:
        return tr("{variable} is not set", variable=variable)
    import logging

    import apprise

    # apprise logs addresses, passwords included
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    try:
        post = apprise.Apprise()
        if not post.add(address):
            return tr("{variable} holds no address that apprise knows", variable=variable)
        files = [str(path) for path in attached]
        if post.notify(body=body, title=title, attach=files or None):
            return SENT
    except Exception as error:
        # its words may have the address in them
        return tr("failed: {kind}", kind=type(error).__name__)
    return tr("failed: the service refused it or was not reached")


def _headline(record: dict, good: list[dict]) -> str:
    if record["status"] == "failed":
        return "生成失败"
    if record["status"] == "refused":
        return "有报表被退回"
    if good:
        return f"{'、'.join(map(_words, good))}已生成"
    return "有报表逾期未报"


def _words(built: dict) -> str:
    """The period of an edition as a letter says it."""
    return Period.parse(built["period"]).name_zh


def _body(file: File, record: dict, good: list[dict]) -> str:
    """The verdict, what changed, what is missing, links."""
    parts = []
    for one in good:
        parts += _of_edition(file, one)
    for one in record.get("built", ()):
        if one["status"] not in ("done",):
            parts.append(f"{_words(one)}没有全部生成，原因已记入日志。")
    for one in record.get("refused", ()):
        parts.append(f"退回：{one['file']}，{one['count']}处有误。")
    if record.get("reason"):
        parts.append("运行没有完成，原因已记入运行记录。")
    for one in record.get("missing", ()):
        parts.append(f"缺{one['period']}{one['document']}（{one['office']}）{'，已逾期' if one['late'] else ''}。")
    return "\n".join(parts)


def _of_edition(file: File, built: dict) -> list[str]:
    """What a letter says of one edition: its verdict, what changed since the one before, where its files are."""
    parts = [f"{_words(built)}（{built.get('edition', '')}）"]
    if built.get("verdict"):
        parts.append(built["verdict"])
    changes = built.get("changes")
    if changes:
        turned = f"、{changes['turned']}句判断" if changes["turned"] else ""
        parts.append(f"与{changes['since_zh']}相比，{changes['figures']}项数字{turned}有变化。")
        parts += [f"- {sentence}" for sentence in changes["sentences"]]
    if file.link:
        for path in built.get("files", ()):
            parts.append(f"{file.link.rstrip('/')}/{path.removeprefix('reports/')}")
    return parts


def _chaser(name: str, office: str, owed: list[dict]) -> str:
    parts = [f"{office}：", f"{name}以下报表尚未收到，请尽快报送。"]
    for one in owed:
        figures = f"（{'、'.join(one['figures'])}）" if one["figures"] else ""
        parts.append(f"- {one['period']} {one['document']}{figures}，应于{one['due']}前报送。")
    return "\n".join(parts)


def _attached(root: Path, good: list[dict], names: tuple[str, ...]) -> list[Path]:
    found = []
    for one in good:
        for path in one.get("files", ()):
            file = root / path
            if file.name in names and file.is_file() and file.stat().st_size <= LARGEST:
                found.append(file)
    return found
