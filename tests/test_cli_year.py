"""What all verbs share: the near name, silence, JSON, an example in the help; a refused book comes back marked."""

import json

import openpyxl
import pytest

from zonereport.cli.main import VERBS, cli, status_of


@pytest.fixture
def here(project, monkeypatch):
    """A copy of the project to stand in."""
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def say(capsys):
    """Call a command in this process: exit code, standard output, standard error."""

    def call(*words):
        status = status_of(list(words))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.mark.usefixtures("here")
def test_a_misspelt_zone_gets_the_near_one(say):
    for words in (("check", "yizhen"), ("imports", "yizhen"), ("template", "yizhen"), ("status", "yizhen")):
        status, _, err = say(*words)
        assert status == 1, words
        assert "did you mean yizheng?" in err, words


@pytest.mark.usefixtures("here")
def test_quiet_says_nothing_of_what_went_well_and_machines_get_json(say):
    assert say("imports", "yizheng", "--quiet") == (0, "", "")
    status, out, err = say("--quiet", "imports", "nowhere")
    assert (status, out) == (1, "")
    assert err
    assert json.loads(say("imports", "yizheng", "--json")[1]) == []
    assert json.loads(say("template", "yizheng", "--period", "2023", "--json")[1])["file"] == "yizheng_2023.xlsx"


@pytest.mark.parametrize("verb", ["new", "run", "check", "template", "import", "imports", "undo", "explain", "accept"])
def test_the_help_of_a_verb_has_an_example_and_json(verb):
    known = {command.name: command for command in VERBS}
    assert f"zonereport {verb}" in known[verb].help
    assert any("--json" in option.opts for option in known[verb].params)
    assert cli.commands[verb] is known[verb]


def test_a_refused_book_comes_back_marked_and_days_are_typed_as_in_wps(say, here):
    book = openpyxl.Workbook()
    book.active.append(["指标名称", "单位", "2022年累计"])
    book.active.append(["工业投资", "亿元", "31.o"])
    book.save(here / "统计.xlsx")
    status, _, err = say("import", "统计.xlsx", "--zone", "yizheng", "--received", "2023/03/12")
    assert status == 1
    assert "marked copy: 统计.marked.xlsx" in err
    assert openpyxl.load_workbook(here / "统计.marked.xlsx").sheetnames[0] == "List of faults"
    (here / "统计.marked.xlsx").unlink()
    say("import", "统计.xlsx", "--zone", "yizheng", "--received", "2023.3.12", "--no-mark")
    assert not (here / "统计.marked.xlsx").exists()
