"""``reports/index.html``: what all editions say of themselves, gathered and written as a whole."""

import csv
from pathlib import Path
from urllib.parse import quote

from zonereport.disk.locks import locked
from zonereport.editions import store
from zonereport.editions.store import Kept
from zonereport.language import tr
from zonereport.publish.site import page
from zonereport.run.league import BATCH, write

INDEX = "index.html"
# seconds to wait for another run that writes the page
PATIENCE = 60
FORMATS = {"html": "网页", "pdf": "PDF", "docx": "Word", "xlsx": "Excel", "pptx": "幻灯片", "csv": "CSV"}
DOCUMENTS = {
    "brief": "简报",
    "report": "报告",
    "summary": "总结",
    "annex": "附表",
    "slides": "汇报",
    "measures": "全部数字",
}
# the league has a row for every figure; the page has room for so many columns
COLUMNS = 4


def update(root: Path) -> Path:
    """Write the page over all reports below ``root``; a page that would stay the same is not touched."""
    reports = root / "reports"
    reports.mkdir(exist_ok=True)
    # whoever reads last must write last, or an edition could be missing until the next run
    with locked(reports / ".site.lock", patience=PATIENCE):
        path = reports / INDEX
        earlier = path.read_text(encoding="utf-8") if path.is_file() else ""
        write(path, page.render(_blocks(reports), _league(reports, root), earlier=earlier).encode())
    return reports / INDEX


def try_update(root: Path, say) -> None:
    """Write the page; where that fails, say so in a line: the reports themselves are in their place."""
    try:
        update(root)
    except Exception as error:
        say(tr("{page} was not written: {error}", page=f"reports/{INDEX}", error=f"{type(error).__name__}: {error}"))


def _blocks(reports: Path) -> list[page.Block]:
    by_zone: dict[str, list[Kept]] = {}
    for edition in store.every(reports):
        by_zone.setdefault(edition.zone, []).append(edition)
    blocks = []
    for zone, editions in by_zone.items():
        # the latest period first, in it the draft, the candidate and then the latest number
        editions.sort(key=lambda edition: (edition.name, -edition.stamp.number), reverse=True)
        name = editions[0].manifest.get("card", {}).get("zone_zh") or zone
        blocks.append(page.Block(zone, name, [_row(edition, reports) for edition in _in_order(editions)]))
    return blocks


def _in_order(editions: list[Kept]) -> list[Kept]:
    places = {"draft": 0, "checked": 1, "issued": 2}

    def key(edition: Kept) -> tuple:
        return edition.name, -places[edition.stamp.status], edition.stamp.number

    return sorted(editions, key=key, reverse=True)


def _row(edition: Kept, reports: Path) -> page.Row:
    about, stamp = edition.manifest, edition.stamp
    card = about.get("card", {})
    line = card.get("line")
    status = stamp.status
    if about.get("status") != "complete":
        status = "degraded"
    period = card.get("period_zh") or str(about.get("period", edition.name))
    _, _, part = edition.name.partition("_")
    return page.Row(
        period=f"{period}（{part}）" if part else period,
        edition=stamp.edition,
        status=status,
        verdict=card.get("verdict", "").removeprefix("总体判断："),
        people=stamp.people,
        line=page.Line(line["name_zh"], line["unit"], line["periods"], line["values"]) if line else None,
        files=_files(edition, reports),
    )


def _files(edition: Kept, reports: Path) -> list[tuple[str, str, str]]:
    """The documents and data of an edition by their Chinese names, in the order of the manifest."""
    found = []
    paths = [entry["path"] for entry in edition.manifest.get("outputs", ()) if "/" not in entry["path"]]
    order = list(DOCUMENTS)
    known = [path for path in paths if path.rpartition(".")[2] in FORMATS and path.rpartition(".")[0] in DOCUMENTS]
    for path in sorted(
        known, key=lambda path: (order.index(path.rpartition(".")[0]), list(FORMATS).index(path.rpartition(".")[2]))
    ):
        stem, _, form = path.rpartition(".")
        address = (edition.folder / path).relative_to(reports).as_posix()
        found.append((DOCUMENTS[stem], FORMATS[form], quote(address)))
    return found


def _league(reports: Path, root: Path) -> page.League | None:
    """The latest period in which a batch has ranked several zones; None where none has."""
    for path in sorted((reports / BATCH).glob("*/league.csv"), reverse=True):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row["on"] == "growth" and row["rank"]]
        zones = sorted({row["zone"] for row in rows})
        if len(zones) < 2:
            continue
        names = _indicators(root)
        codes = [code for code in names if code in {row["code"] for row in rows}][:COLUMNS]
        cells = {(row["zone"], row["code"]): row for row in rows}
        table = []
        for zone in zones:
            table.append((_zone_name(reports, zone), [_place(cells.get((zone, code))) for code in codes]))
        return page.League(path.parent.name, [f"{names[code]}同比" for code in codes], table)
    return None


def _place(row: dict | None) -> str:
    if row is None:
        return "—"
    return f"{float(row['printed']):.1f}%（第{float(row['rank']):.0f}/{float(row['rank_of']):.0f}位）"


def _zone_name(reports: Path, zone: str) -> str:
    for edition in store.every(reports):
        if edition.zone == zone:
            return edition.manifest.get("card", {}).get("zone_zh") or zone
    return zone


def _indicators(root: Path) -> dict[str, str]:
    with (root / "data" / "dictionary" / "indicators.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["code"]: row["name_zh"] for row in csv.DictReader(stream)}
