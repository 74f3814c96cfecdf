"""docs/tutorial.md is a year of a new zone as it really goes: every command is run, every output is the program's own.

``--rewrite-golden`` writes the document anew.
"""

import datetime
import shlex
import shutil
import subprocess
import types
from pathlib import Path

import openpyxl
import pytest

from zonereport.cli.main import status_of
from zonereport.disk.journal import fingerprint
from zonereport.inputs import load_zone
from zonereport.inputs.history import undo as taking_back
from zonereport.inputs.workbook import keeping

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "tutorial.md"
ZONE = "xinqu"
# the prose between the commands, by name
PARTS = (Path(__file__).with_name("tutorial_words.md").read_text(encoding="utf-8")).split("=== ")[1:]
WORDS = {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in PARTS}
# ten figures of a year in 亿元 or 万美元, the part of the eastern park, last year's, and what peers grow by in %
FIGURES = {
    "工业开票销售": (186.0, 0.6, 170.0),
    "工业入库税收": (4.2, 0.6, 4.0),
    "规模以上工业产值": (170.0, None, 160.0),
    "工业投资": (42.0, None, 38.0),
    "一般公共预算收入": (7.2, None, 6.9),
    "工商税收": (8.4, None, 8.0),
    "实际利用外资": (2400.0, None, 2300.0),
    "进出口总额": (5200.0, None, 5000.0),
    "财政总收入": (12.0, None, 11.4),
    "实际利用内资": (24.0, None, 22.0),
}
PEERS = {"甲开发区": 9.1, "乙开发区": 4.2, "丙开发区": 12.6}
FIRMS = {"f01": ("新区汽车零部件有限公司", "东园", 210_000), "f02": ("新区精密机械有限公司", "东园", 90_000)}
# January is not reported by itself of these
LATE = {"规模以上工业产值", "工业投资"}
TARGETS = {"工业开票销售": 185, "工业入库税收": 4.3, "工业投资": 45}


class Story:
    """Runs commands in a project of its own and writes down what they print."""

    def __init__(self, root: Path, monkeypatch, capsys):
        self.root, self.capsys, self.monkeypatch = root, capsys, monkeypatch
        self.lines: list[str] = []
        self.commands = 0

    def say(self, name: str) -> None:
        self.lines += [WORDS[name], ""]

    def run(self, *commands: str, status: int = 0, last: int | None = None) -> None:
        """Run commands; of a long output only the ``last`` lines are shown."""
        shown = []
        for command in commands:
            self.commands += 1
            self.capsys.readouterr()
            found = status_of(shlex.split(command)[1:])
            printed = self.capsys.readouterr()
            assert found == status, command + printed.out + printed.err
            text = printed.out + (printed.err if status else "")
            # how long a chapter takes is no matter of the story, nor where its project lies
            lines = [line.replace(f"{self.root}/", "") for line in text.strip("\n").splitlines()]
            lines = [line for line in lines if not line.startswith("[")]
            if last is not None and len(lines) > last:
                lines = ["…", *lines[-last:]]
            shown += [f"$ {command}", *(line.rstrip() for line in lines)]
            if status:
                shown.append(f"[exit code {status}]")
        self.lines += ["```", *shown, "```", ""]

    def at(self, day: str) -> None:
        """Let the clock of imports stand at nine o'clock of a day."""
        moment = datetime.datetime.fromisoformat(f"{day} 09:00:00")

        class Clock(datetime.datetime):
            @classmethod
            def now(cls, tz=None):
                return moment

        fake = types.SimpleNamespace(datetime=Clock, date=datetime.date)
        self.monkeypatch.setattr(keeping, "datetime", fake)
        self.monkeypatch.setattr(taking_back, "datetime", fake)


def fill(path: Path, sheet_name: str, rows) -> None:
    """Fill in rows of a sheet: each is what is known of a row, and what is typed into it."""
    book = openpyxl.load_workbook(path)
    sheet = book[sheet_name]
    places = {cell.value: cell.column for cell in sheet[1]}
    for known, typed in rows:
        for row in range(2, sheet.max_row + 2):
            if all(sheet.cell(row, places[head]).value == value for head, value in known.items()):
                for head, value in typed.items():
                    sheet.cell(row, places[head]).value = value
                break
        else:
            raise AssertionError(f"{sheet_name} has no row {known}")
    book.save(path)


def figures_of(month: int, *, wrong: dict[str, float] | None = None) -> list[tuple[dict, dict]]:
    """The cells that an office types for the months up to ``month`` of 2023: a steady year."""
    rows = []
    period = f"2023-{month:02d}"
    for name, (year, east, _) in FIGURES.items():
        if month == 1 and name in LATE:
            continue
        value = round(year * month / 12, 2)
        parts = {None: value}
        if east:
            parts |= {"东园": round(value * east, 2)}
            parts |= {"西园": round(value - parts["东园"], 2)}
        for park, amount in parts.items():
            typed = (wrong or {}).get(name, amount) if park is None else amount
            rows.append(({"期间": period, "指标编码": name, "园区": park}, {"数值": typed}))
    return rows


def last_year(path: Path, period: str, month: int) -> None:
    """Fill in last year's rows of a workbook, where it asks for them."""
    book = openpyxl.load_workbook(path)
    sheet = book["指标"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        name, park = sheet.cell(row, places["指标编码"]).value, sheet.cell(row, places["园区"]).value
        if sheet.cell(row, places["期间"]).value == period and name in FIGURES and not park:
            sheet.cell(row, places["数值"]).value = round(FIGURES[name][2] * month / 12, 2)
    book.save(path)


def month_of(path: Path, month: int, *, wrong: dict[str, float] | None = None, moved: bool = False) -> None:
    """Fill in the workbook of a month."""
    fill(path, "指标", figures_of(month, wrong=wrong))
    last_year(path, f"2022-{month:02d}", month)
    peers = []
    for name in ("工业开票销售", "工业入库税收"):
        peers += [({"开发区": peer, "指标编码": name}, {"同比（%）": growth}) for peer, growth in PEERS.items()]
    fill(path, "同类开发区", peers)
    firms = [
        ({"企业编号": name}, {"累计开票销售（万元）": sales * month / 12, "在规上库": "是"})
        for name, _, sales in FIRMS.values()
    ]
    if not moved:
        fill(path, "企业月度", firms)


def begin(story: Story) -> Path:
    """From nothing to the first report."""
    story.say("HEAD")
    story.run(
        f"zonereport new {ZONE} --name 新区经济开发区 --place 某省某市 --issuer 新区经济发展局 --synthetic"
        " --park east=东园 --park west=西园 --peer 甲开发区 --peer 乙开发区 --peer 丙开发区"
        " --source monthly=新区经济运行月报 --group S2 --partial-ledger --period 2023-01"
    )
    path = Path(f"{ZONE}_2023-01.xlsx")
    story.say("FIRST")
    fill(path, "指标", figures_of(1))
    last_year(path, "2022-01", 1)
    last_year(path, "2022-12", 12)
    fill(path, "目标", [({"指标编码": name}, {"目标值": target, "目标类型": "总量", "下达日": "2023-01-15"})
                        for name, target in TARGETS.items()])  # fmt: skip
    listed = [({"企业编号": None}, {"企业编号": firm, "企业名称": name, "园区": park, "来源": "monthly"})
              for firm, (name, park, _) in FIRMS.items()]  # fmt: skip
    fill(path, "企业", listed)
    for name, _, sales in FIRMS.values():
        month = {"企业编号": name, "累计开票销售（万元）": sales / 12, "在规上库": "是", "来源": "monthly"}
        fill(path, "企业月度", [({"企业编号": None}, month)])
    story.at("2023-02-12")
    return path


def months(story: Story, first: int, last: int) -> None:
    """The quiet months: template, fill, import."""
    for month in range(first, last + 1):
        path = Path(f"{ZONE}_2023-{month:02d}.xlsx")
        assert status_of(["template", ZONE, "--period", f"2023-{month:02d}"]) == 0
        month_of(path, month)
        story.at(f"{2023 + month // 12}-{month % 12 + 1:02d}-12")
        received = f"{2023 + month // 12}-{month % 12 + 1:02d}-12"
        assert status_of(["import", str(path), "--zone", ZONE, "--received", received]) == 0


def june(story: Story) -> None:
    """A month with everything that goes wrong."""
    story.say("JUNE")
    story.run(f"zonereport template {ZONE} --period 2023-06")
    path = Path(f"{ZONE}_2023-06.xlsx")
    month_of(path, 6, wrong={"一般公共预算收入": 35.8})
    _through_libreoffice(path)
    story.at("2023-07-12")
    story.run(f"zonereport import {path} --zone {ZONE} --received 2023-07-12", status=1, last=6)
    fill(path, "指标", [({"期间": "2023-06", "指标编码": "一般公共预算收入", "园区": None}, {"数值": 3.85})])
    story.say("JUMPED")
    story.run(f"zonereport import {path} --zone {ZONE} --received 2023-07-12", last=4)
    fill(path, "指标", [({"期间": "2023-06", "指标编码": "一般公共预算收入", "园区": None}, {"数值": 3.6})])
    story.say("CORRECTED")
    story.run(f"zonereport import {path} --zone {ZONE} --received 2023-07-12", status=1)
    story.run(f"zonereport import {path} --zone {ZONE} --received 2023-07-12 --correct", last=4)
    story.say("UNDONE")
    before = fingerprint(story.root / f"data/{ZONE}/indicators.csv")
    wrong = Path("误发2023-06.xlsx")
    book = openpyxl.Workbook()
    book.active.append(["指标名称", "单位", "累计"])
    book.active.append(["地区生产总值", "亿元", 60.2])
    book.save(wrong)
    story.run(f"zonereport import {wrong} --zone {ZONE} --received 2023-07-12", last=3)
    story.run(f"zonereport undo {ZONE}", f"zonereport imports {ZONE}")
    assert fingerprint(story.root / f"data/{ZONE}/indicators.csv") == before


def _through_libreoffice(path: Path) -> None:
    """Save the workbook once more as an office program does, where there is one."""
    program = shutil.which("soffice")
    if program is None:
        return
    out, profile = path.parent / "saved", f"-env:UserInstallation=file://{path.parent.resolve()}/profile"
    done = subprocess.run(
        [program, "--headless", profile, "--convert-to", "xlsx", "--outdir", str(out), str(path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    shutil.move(out / path.name, path)


def autumn(story: Story) -> None:
    """A firm moves, a target is lowered."""
    story.say("MOVED")
    story.run(f"zonereport template {ZONE} --period 2023-09")
    path = Path(f"{ZONE}_2023-09.xlsx")
    month_of(path, 9)
    move = {"企业编号": "新区精密机械有限公司", "园区": "西园", "起始日": "2023-09-01", "来源": "monthly"}
    fill(path, "企业园区", [({"企业编号": None}, move)])
    lowered = {"年度": "2023", "指标编码": "工业投资", "目标值": 42, "单位": "亿元", "目标类型": "总量"}
    fill(path, "目标", [({"指标编码": None}, lowered | {"下达日": "2023-09-20", "来源": "monthly"})])
    story.at("2023-10-12")
    story.run(f"zonereport import {path} --zone {ZONE} --received 2023-10-12", last=6)


def december(story: Story) -> None:
    """The end of the year: what is in, what is open, the report, the questions."""
    story.say("DECEMBER")
    story.run(f"zonereport status {ZONE} 2023-12", f"zonereport accept {ZONE}")
    # of a ledger that is known to be partial there is nothing to accept
    assert load_zone(ZONE, story.root).warnings == ()
    story.run(f"zonereport run {ZONE} --period 2023-12 --formats html")
    story.say("QUESTIONS")
    story.run(
        f"zonereport explain {ZONE} 2023-06 budget_revenue",
        f"zonereport explain {ZONE} 2023-12 工业投资 completion",
        f"zonereport explain {ZONE} 2023-12 treasury_tax --rank 2",
    )
    story.say("NEW_YEAR")
    story.run(f"zonereport template {ZONE}")


@pytest.fixture
def story(tmp_path, root, monkeypatch, capsys):
    """A project without a zone, and somebody who sits in an empty folder of it."""
    (tmp_path / "data").mkdir()
    shutil.copytree(root / "data/dictionary", tmp_path / "data/dictionary")
    shutil.copytree(root / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(root / "reports.yml", tmp_path)
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    monkeypatch.setenv("ZONEREPORT_ROOT", str(tmp_path))
    return Story(tmp_path, monkeypatch, capsys)


def test_a_year_as_the_tutorial_tells_it(story, request):
    path = begin(story)
    story.run(f"zonereport import {path} --zone {ZONE} --received 2023-02-12", last=4)
    story.run(f"zonereport run {ZONE} --period 2023-01 --formats html")
    # beside the filling in of the workbook these are all steps to the first report
    assert story.commands == 3
    story.say("SPRING")
    months(story, 2, 5)
    june(story)
    months(story, 7, 8)
    autumn(story)
    months(story, 10, 12)
    december(story)
    story.say("OBSTACLES")
    text = "\n".join(story.lines).rstrip() + "\n"
    # the moments are those of the story, the seconds of a build are not
    if request.config.getoption("--rewrite-golden"):
        DOCUMENT.write_text(text, encoding="utf-8")
    assert text == DOCUMENT.read_text(encoding="utf-8"), "the tutorial says something else: --rewrite-golden"
