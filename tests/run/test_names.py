"""A parameter has one name: behind -p, in reports.yml and in the notebook."""

import pytest

from zonereport.inputs.faults import Refused
from zonereport.prepare import edition_of, editions_of, spans
from zonereport.run.edition import build
from zonereport.run.errors import ParameterError

CATALOGUE = "books:\n  annual:\n    documents: {{report: [01_indicators]}}\n    parameters: {parameters}\n"


@pytest.fixture
def catalogue(project, monkeypatch):
    """A project whose book has the parameters given."""
    monkeypatch.setenv("ZONEREPORT_ROOT", str(project))

    def write(parameters):
        (project / "reports.yml").write_text(CATALOGUE.format(parameters=parameters), encoding="utf-8")

    return write


def test_the_period_behind_p_is_the_period(catalogue):
    catalogue("{}")
    assert edition_of("demo", assignments=["period=2022-06"]).period == "2022-06"
    assert edition_of("demo", assignments=["period=latest"]).period == "2022-12"
    assert edition_of("demo").period == "2022-12"
    with pytest.raises(Refused, match="202213"):
        edition_of("demo", assignments=["period=202213"])


def test_two_periods_are_refused(catalogue):
    catalogue("{}")
    with pytest.raises(ParameterError, match="parameter period is '2022-06', but the edition's period is '2022-03'"):
        build(edition_of("demo", "2022-03", ["period=2022-06"]))


def test_a_book_has_parameters_and_the_command_line_goes_before_them(catalogue):
    catalogue("{period: 2022-06, park: chuanhe}")
    made = edition_of("demo")
    assert (made.period, made.parameters, made.name) == ("2022-06", {"park": "chuanhe"}, "2022-06_park-chuanhe")
    assert edition_of("demo", "2022-03").period == "2022-03"
    assert edition_of("demo", assignments=["period=2022-03", "park="]).name == "2022-03"
    ((_, when, _), _) = editions_of(["demo"], spans("2022-01..2022-02"))
    assert when == "2022-01"


@pytest.mark.parametrize(
    ("parameters", "fault"),
    [
        ("{prak: chuanhe}", "no parameter prak; did you mean park?"),
        ("{park: 3}", "01_indicators.ipynb: parameter park: 3 is no str"),
        ("{zone: yizheng}", "parameter zone is 'yizheng', but the edition's zone is 'demo'"),
    ],
)
def test_the_parameters_of_a_book_are_checked_before_anything_runs(catalogue, project, parameters, fault):
    catalogue(parameters)
    with pytest.raises(ParameterError) as caught:
        build(edition_of("demo"))
    assert caught.value.faults == [fault]
    assert not (project / "reports").exists()
