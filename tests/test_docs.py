"""The documents say what is true: commands run, tables and exit codes are the program's, links lead somewhere."""

import csv
import re
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from zonereport import cli
from zonereport.inputs import load_dictionary, load_zone
from zonereport.inputs.dictionary import COLUMNS, NATURES, OPERATIONS
from zonereport.inputs.schemas import read_tables
from zonereport.inputs.zone import Park, Source, ZoneFile
from zonereport.metrics import measure

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
DOCUMENTS = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md", "reports/README.md", "docs/methodology.md")
DOCUMENTS += ("docs/faults.md", "docs/scaling.md", "docs/benchmarks.md")
BIN = Path(sys.executable).parent


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def qualifiers() -> dict[str, str]:
    fields = read_tables(load_dictionary(ROOT).tables)["indicators"].fields
    return next(field.choices for field in fields if field.name == "qualifier")


def commands(name: str) -> list[str]:
    """The lines of the ``sh`` blocks of a document."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text_of(name), re.M | re.S)
    return [line for block in blocks for line in block.splitlines()]


def commands_of(*programs: str) -> list[str]:
    return [line for line in commands("README.md") if Path(line.split()[0]).name in programs]


def call(line: str, cwd: Path) -> subprocess.CompletedProcess:
    """Run a command of the README with the programs of the environment that runs the tests."""
    program, *arguments = shlex.split(line)
    name = Path(program).name
    known = [sys.executable, "-m", "zonereport"] if name == "zonereport" else [str(BIN / name)]
    return subprocess.run([*known, *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8")


def rows_of(text: str, head: str) -> list[list[str]]:
    """The cells of the Markdown table whose first header cell is ``head``."""
    body = re.search(rf"^\| {re.escape(head)} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.M)[1]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in body.splitlines()]


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the project in which the README's commands may leave their files."""
    target = tmp_path_factory.mktemp("docs")
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "reports.yml", target)
    return target


@pytest.fixture(scope="module", autouse=True)
def no_other_root():
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("ZONEREPORT_ROOT", raising=False)
        yield


@pytest.mark.parametrize("name", READMES)
def test_readme_is_short(name):
    assert len(text_of(name).splitlines()) < 150


def test_readmes_say_the_same():
    english, chinese = (text_of(name) for name in READMES)
    assert commands("README.md") == commands("README.zh.md")
    for pattern in (r"^#+ ", r"^\|", r"^- ", r"^\d\. ", r"^```"):
        assert len(re.findall(pattern, english, re.M)) == len(re.findall(pattern, chinese, re.M)), pattern
    named = [set(re.findall(r"`([^`\n]+)`", text)) for text in (english, chinese)]
    assert named[0] == named[1]


def test_every_command_is_of_a_kind_that_is_tested():
    tested = ("make", "zonereport", "papermill", "jupyter")
    others = [line for line in commands("README.md") if line not in commands_of(*tested)]
    assert others == [". .venv/bin/activate"]


@pytest.mark.parametrize("line", [f"{line} --just-print" for line in commands_of("make")] + ["make", "make lint"])
def test_make_targets_exist(line):
    program, *arguments = shlex.split(line)
    done = subprocess.run([program, "-n", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for choice in (a for a in arguments if "=" in a):
        assert choice.partition("=")[2] in done.stdout


def test_zonereport_commands_run(copy, edition):
    # there is nothing to take back where nothing was imported, and nobody to answer the questions of a new zone
    aside = ("--", " undo ", " new ")
    lines = [line for line in commands_of("zonereport") if not any(word in line for word in aside)]
    with ThreadPoolExecutor() as pool:
        for line, done in zip(lines, pool.map(lambda line: call(line, copy), lines), strict=True):
            assert done.returncode == cli.OK, line + done.stderr
            assert "yizheng" in line or "demo" in line or line.endswith(("list", "runs", "doctor"))
    # `edition` is such a run, done once for all tests: here only the words of the command are read
    runs = [shlex.split(line)[1:] for line in commands_of("zonereport") if line.split()[1] == "run" and "--" in line]
    one, batch = (cli.cli.commands[run[0]].make_context(run[0], run[1:]).params for run in runs)
    assert (one["zone"], one["period"]) == ("yizheng", "latest")
    assert (batch["zone"], batch["zones"], batch["periods"]) == (None, "yizheng", "2022")
    assert edition.output.endswith("slides.pptx\n")
    assert {line.split()[1] for line in commands_of("zonereport")} == set(cli.cli.commands)


def test_papermill_and_nbconvert_commands_run(copy):
    first, *exports = commands_of("papermill", "jupyter")
    done = call(first, copy)
    assert done.returncode == 0, done.stderr
    with ThreadPoolExecutor() as pool:
        for done in pool.map(lambda line: call(line, copy), exports):
            assert done.returncode == 0, done.stderr
    assert (copy / "out.pdf").read_bytes().startswith(b"%PDF")
    assert "<html" in (copy / "out.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_files_of_an_edition_are_those_of_the_readme(name, edition):
    section = text_of(name).split("reports/yizheng/2022/", 1)[1]
    rows = rows_of(section, "file" if name == "README.md" else "文件")
    patterns = [pattern for row in rows for pattern in re.findall(r"`([^`]+)`", row[0])]
    found = {path for pattern in patterns for path in edition.folder.glob(pattern)}
    assert found == {path for path in edition.folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "head"), [("README.md", "exit code"), ("README.zh.md", "退出码")])
def test_exit_codes_are_those_of_the_program(name, head):
    codes = {int(row[0]) for row in rows_of(text_of(name), head)}
    assert codes == {cli.OK, cli.REFUSED, cli.DEGRADED, cli.FAILED, cli.INTERRUPTED}
    assert codes == {int(code) for code in re.findall(r"(?<!\w)(\d+) [a-z]", cli.EXIT_CODES)}


def test_fault_is_printed_as_the_readmes_show(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    table = tmp_path / "data" / "yizheng" / "indicators.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("treasury_tax,,3,", 'treasury_tax,,"1,20o",', 1), encoding="utf-8")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copy(ROOT / "reports.yml", tmp_path)
    done = call("zonereport run yizheng", tmp_path)
    assert done.returncode == cli.REFUSED
    assert all(done.stderr.strip() in text_of(name).splitlines() for name in READMES)


@pytest.mark.parametrize(("name", "head"), [("README.md", "term"), ("README.zh.md", "术语")])
def test_glossary_is_the_dictionary(name, head):
    indicators = load_dictionary(ROOT).indicators
    english = dict(zip(indicators["name_zh"], indicators["name_en"], strict=True))
    for term, translation, _ in rows_of(text_of(name), head):
        assert english.get(term) == translation


def test_data_readme_has_every_table_with_its_columns_and_a_real_row():
    text = text_of("data/README.md")
    schemas = read_tables(load_dictionary(ROOT).tables)
    sections = dict(re.findall(r"^### (\w+)\.csv.*?\n(.*?)(?=^##|\Z)", text, re.M | re.S))
    assert list(sections) == list(schemas)
    for name, table in schemas.items():
        header, *rows = re.search(r"```\n(.*?)```", sections[name], re.S)[1].splitlines()
        assert header.split(",") == table.columns, name
        homes = [ROOT / "data" / zone / f"{name}.csv" for zone in ("yizheng", "demo")]
        for home in [home for home in homes if home.is_file()][:1]:
            with home.open(encoding="utf-8", newline="") as stream:
                records = [[record.get(c, "") for c in table.columns] for record in csv.DictReader(stream)]
            assert next(csv.reader(rows)) in records, name
        for field in table.fields:
            if field.choices and field.name not in ("qualifier", "level"):
                assert set(field.choices) <= set(re.findall(r"`(\w+)`", sections[name])), (name, field.name)


def test_data_readme_has_every_key_qualifier_and_dictionary_column():
    text = text_of("data/README.md")
    keys = " ".join(row[0] for row in rows_of(text, "key"))
    named = set(re.findall(r"\w+", keys))
    assert set(ZoneFile.model_fields) | set(Source.model_fields) <= named
    of_parks = next(row for row in rows_of(text, "key") if "`parks`" in row[0])
    assert set(Park.model_fields) <= set(re.findall(r"\w+", " ".join(of_parks)))
    assert [row[0].strip("`") for row in rows_of(text, "qualifier")] == list(qualifiers())
    told = re.findall(r"\w+", " ".join(row[0] for row in rows_of(text, "indicators.csv")))
    assert told == COLUMNS
    for table in ("units", "derived"):
        told = re.findall(r"\w+", " ".join(row[0] for row in rows_of(text, f"{table}.csv")))
        with (ROOT / "data" / "dictionary" / f"{table}.csv").open(encoding="utf-8") as stream:
            assert told == next(csv.reader(stream))
    for word in (*NATURES, *OPERATIONS):
        assert f"`{word}`" in text


def test_indicator_in_five_steps(project):
    """What CONTRIBUTING.md promises of steps 1 to 3, on its own example."""

    def add(table: str, line: str) -> None:
        with (project / "data" / table).open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")

    row = "{},{},{},%s,%s,%s,0,S2,供电,yes,level,level,2,,,"
    add("dictionary/units.csv", "亿千瓦时,energy,1")
    flow = row % ("亿千瓦时", "亿千瓦时", "flow_ytd")
    add("dictionary/indicators.csv", flow.format("power_use", "工业用电量", "industrial power use"))
    ratio = row % ("亿元/亿千瓦时", "亿元/亿千瓦时", "ratio")
    add("dictionary/indicators.csv", ratio.format("output_per_power", "单位用电产值", "output per power used"))
    add("dictionary/derived.csv", "output_per_power,ratio,industrial_output,power_use")
    add("yizheng/indicators.csv", "2022,power_use,,9,亿千瓦时,,,,,,,summary-2022,A,")
    values = measure(load_zone("yizheng", project), period="2022").set_index(["code", "measure"])["value"]
    assert values["power_use", "value"] == 9
    assert values["output_per_power", "value"] == 15


def test_methodology_explains_every_measure_and_every_reason():
    from zonereport.present.kit.labels import REASONS

    page = text_of("docs/methodology.md")
    rows = load_dictionary(ROOT).measures
    for measure_, row in rows.iterrows():
        for words in (
            f"`{measure_}`",
            row["name_zh"],
            row["name_en"],
            row["formula"],
            row["explain_zh"],
            row["explain_en"],
        ):
            assert words in page, (measure_, words)
    assert set(re.findall(r"\*\* \(`(\w+)`", page)) == set(rows.index)
    for reason, words in REASONS.items():
        assert f"| `{reason}` | {words} |" in page


def test_changelog_has_this_version_and_its_methodology():
    from zonereport import __version__

    newest = re.split(r"^## ", text_of("CHANGELOG.md"), flags=re.M)[1]
    assert re.match(rf"{re.escape(__version__)} - \d{{4}}-\d\d-\d\d\n", newest)
    assert "\n### Methodology\n" in newest


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    text = text_of(name)
    for target in re.findall(r"\]\(([^)#]*)(?:#[^)]*)?\)", text):
        assert (ROOT / name).parent.joinpath(target).exists(), target
    for path in re.findall(r"`((?:data|notebooks|tests|zonereport|reports)/[\w./]+)`", text):
        # what a run makes is not in the checkout
        if not path.startswith(("reports/yizheng/", "reports/.")):
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_path_of_a_machine_and_no_host(name):
    found = re.search(
        r"(?<![\w.*>}])/(?:home|root|work|tmp|usr|opt|Users)\b|[A-Z]:\\|https?://|index-url", text_of(name)
    )
    assert found is None, found


def test_pre_commit_hooks_are_local():
    config = yaml.safe_load(text_of(".pre-commit-config.yaml"))
    assert {repository["repo"] for repository in config["repos"]} == {"local"}
    for hook in config["repos"][0]["hooks"]:
        program = Path(hook["entry"].split()[0])
        assert program.parent.as_posix() == ".venv/bin"
        assert (BIN / program.name).exists()


def test_picture_is_light():
    assert (ROOT / "docs" / "pages.png").stat().st_size < 400_000


@pytest.mark.parametrize(("document", "head"), [("docs/faults.md", "fault"), ("docs/security.md", "promise")])
def test_every_fault_and_every_promise_names_tests_that_there_are(document, head):
    known = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        known |= {f"`{path.relative_to(ROOT).as_posix()}`", *re.findall(r"def (test_\w+)", text_of(path))}
    for row in rows_of(text_of(document), head):
        named = re.findall(r"`tests/[\w/]+\.py`|(?<=`)test_\w+(?=`)", row[-1])
        assert named, row[0]
        assert set(named) <= known, row[0]
