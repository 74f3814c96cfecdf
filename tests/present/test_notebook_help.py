"""What a chapter does for an analyst in a notebook: names are completed, errors are one line, parameters exist."""

import subprocess
import sys

import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from zonereport.metrics import measures_and_details
from zonereport.metrics.schemas import chinese_names, schemas
from zonereport.present import Report
from zonereport.present.known import UnknownName
from zonereport.present.notebook import completion, errors, parameters


@pytest.fixture(scope="module")
def report(demo_zone):
    return Report(demo_zone, *measures_and_details(demo_zone, period="2022-11"))


@pytest.fixture
def shell():
    """An IPython shell as a kernel has one, without its history on the disk."""
    made = InteractiveShell()
    made.history_manager.enabled = False
    yield made
    InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('report.value("invoiced_sa', "invoiced_sales"),
        ("x = report.text('invoiced_sa", "invoiced_sales"),
        ('report.value("invoiced_sales", "completi', "completion"),
        ('report.has("treasury_tax", "invoiced_sa', "invoiced_sales"),
        ('report.detail("enterprise_surv', "enterprise_survival"),
        ('report.table("enterprise_mon', "enterprise_months"),
    ],
)
def test_names_are_completed_between_quotes(report, line, found):
    assert found in completion.candidates(line, {"report": report})


@pytest.mark.parametrize(
    "line", ['other.value("inv', "report.value(inv", 'report.park("inv', 'frame.value("inv', 'report.value("a", "b", "']
)
def test_nothing_else_is_completed(report, line):
    assert completion.candidates(line, {"report": report, "frame": pd.DataFrame()}) == []


def test_the_shell_asks_for_completions(report, shell):
    shell.user_ns["report"] = report
    completion.install(shell)
    completion.install(shell)
    line = 'report.value("invoiced_sales", "completi'
    # as a kernel asks
    with provisionalcompleter():
        found = {each.text.split('"')[-1] for each in shell.Completer.completions(line, len(line))}
    assert "completion" in found


def test_an_error_that_can_be_mended_is_one_red_line(report, shell, capsys):
    errors.shorten(shell)
    shell.user_ns["report"] = report
    result = shell.run_cell('report.value("invoiced_sale")')
    assert isinstance(result.error_in_exec, UnknownName)
    printed = capsys.readouterr().out
    assert "no code 'invoiced_sale'; did you mean 'invoiced_sales'?" in printed
    assert "Traceback" not in printed
    # what %debug opens
    assert sys.last_value is result.error_in_exec


def test_other_errors_keep_their_traceback(shell, capsys):
    errors.shorten(shell)
    shell.run_cell("1 / 0")
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_parameters_that_a_chapter_has_pass():
    parameters.check(["", 'zone = "demo"\npark = ""', '# Parameters\npark = "yunjin"\n', "x = 1"])
    parameters.check(["", "%matplotlib inline", "1"])


def test_papermill_is_stopped_by_the_chapter(project):
    """Plain papermill only warns of a parameter that a notebook does not have, and runs on with the default."""
    command = [
        sys.executable,
        "-m",
        "papermill",
        "notebooks/04_innovation.ipynb",
        "out.ipynb",
        "-p",
        "perid",
        "2022-11",
    ]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True)
    assert done.returncode == 1
    assert "no parameter perid; did you mean period?" in done.stderr


def test_a_series_is_that_of_the_edition(report):
    frame = report.series("invoiced_sales")
    assert list(frame.iloc[-1][["year", "month"]]) == [2022, 11]
    assert frame.iloc[-1]["value"] == report.value("invoiced_sales")
    assert frame.iloc[-1]["growth_pct"] == pytest.approx(report.value("invoiced_sales", "growth"))
    with pytest.raises(UnknownName, match="did you mean 'invoiced_sales'"):
        report.series("invoiced_sale")


def test_every_exhibit_is_listed_with_what_it_says_of_itself(report):
    frame = report.exhibits()
    assert {"projects.stages", "brief.core", "annex.missing"} <= set(frame["name"])
    assert (frame["about"] != "").all()


def test_every_column_has_a_chinese_name_and_no_two_of_a_frame_the_same(report):
    names = chinese_names()
    for frame, columns in schemas().items():
        words = [names.get(column.name, "") for column in columns]
        assert "" not in words, [column.name for column in columns if column.name not in names]
        assert len(set(words)) == len(words), frame
    assert list(report.in_chinese(report.detail("targets")).columns)[:3] == ["指标编码", "类型", "目标值"]
