import json

import pytest

from zonereport.run.errors import ParameterError
from zonereport.run.parameters import Parameter, check, declared, declared_in, parse_assignments, share

CELL = """\
zone = "demo"  # folder in data/
period = "2022"
park: str | None = None  # 园区
top = -3
share = 0.5  #: of the total
full = False
"""


def faults(function, *arguments, **named):
    with pytest.raises(ParameterError) as caught:
        function(*arguments, **named)
    return caught.value.faults


def test_declared_reads_names_defaults_types_and_help(notebook):
    found = declared(notebook(parameters=CELL))
    assert list(found) == ["zone", "period", "park", "top", "share", "full"]
    assert found["zone"] == Parameter("zone", "demo", "folder in data/")
    assert found["park"].help == "园区"
    assert [p.type for p in found.values()] == ["str", "str", "str or None", "int", "float", "bool"]
    assert found["top"].default == -3


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("import os", "line 1: only name = literal may stand here"),
        ("zone = 'a'\nprint(zone)", "line 2: only name = literal may stand here"),
        ("a = b = 1", "line 1: only name = literal may stand here"),
        ("zone = open('x')", "line 1: the default of zone is no literal"),
        ("zones = ['a']", "line 1: zones is a list; only str, int, float, bool and None will do"),
        ("zone = 'a'\nzone = 'b'", "line 2: zone is assigned twice"),
        ("zone = ", "line 1: invalid syntax"),
    ],
)
def test_parameters_cell_holds_literals_only(notebook, cell, fault):
    assert faults(declared, notebook(parameters=cell)) == [f"chapter.ipynb: parameters cell, {fault}"]


def test_missing_parameters_cell(notebook):
    wanted = "chapter.ipynb: needs one code cell tagged parameters, has 0"
    assert faults(check, notebook(parameters=None), {}) == [wanted]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"cells": 3}', '{"cells": [3]}', '{"cells": null}'])
def test_bad_json(tmp_path, text):
    path = tmp_path / "bad.ipynb"
    path.write_text(text, encoding="utf-8")
    (fault,) = faults(declared, path)
    assert fault.startswith("bad.ipynb: ")


def test_missing_notebook(tmp_path):
    assert faults(declared, tmp_path / "x.ipynb") == ["x.ipynb: cannot be read: No such file or directory"]


def test_check_accepts_what_is_declared(notebook):
    given = {"zone": "a", "park": "高新园", "top": 5, "share": 1, "full": True}
    assert check(notebook(parameters=CELL), given) is None
    assert check(notebook(parameters=CELL), {"park": None}) is None


def test_check_reports_all_faults_at_once(notebook):
    given = {"prak": "x", "zone": 3, "top": True, "full": 1, "share": "0.5", "park": 7, "period": None}
    assert faults(check, notebook(parameters=CELL), given) == [
        "chapter.ipynb: no parameter prak; did you mean park?",
        "chapter.ipynb: parameter zone: 3 is no str",
        "chapter.ipynb: parameter top: True is no int",
        "chapter.ipynb: parameter full: 1 is no bool",
        "chapter.ipynb: parameter share: '0.5' is no float",
        "chapter.ipynb: parameter park: 7 is no str or None",
        "chapter.ipynb: parameter period: None is no str",
    ]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_float_is_finite(value):
    assert not Parameter("share", 0.5).accepts(value)


def test_text_stays_text_where_papermill_would_make_a_number(notebook):
    known = declared(notebook(parameters=CELL))
    assert parse_assignments(["period=202609", "park=03"], known) == {"period": "202609", "park": "03"}
    assert parse_assignments(["period=2022=x", "zone="], known) == {"period": "2022=x", "zone": ""}
    assert parse_assignments(["park=null"], known) == {"park": "null"}


def test_values_are_read_by_the_declared_type(notebook):
    known = declared(notebook(parameters=CELL))
    values = parse_assignments(["top=03", "share=1e-1", "full=True"], known)
    assert values == {"top": 3, "share": 0.1, "full": True}
    assert values["full"] is True


@pytest.mark.parametrize(
    ("assignment", "fault"),
    [
        ("park", "'park' is no name=value"),
        ("prak=x", "no parameter prak; did you mean park?"),
        ("=x", "no parameter ; there are zone, period, park, top, share, full"),
        ("top=3.5", "parameter top: '3.5' is no int"),
        ("top=1_000", "parameter top: '1_000' is no int"),
        ("top=１", "parameter top: '１' is no int"),
        ("share=nan", "parameter share: 'nan' is no float"),
        ("full=yes", "parameter full: 'yes' is no bool"),
    ],
)
def test_faults_of_assignments(notebook, assignment, fault):
    known = declared(notebook(parameters=CELL))
    assert faults(parse_assignments, [assignment, "zone=a", "zone=b"], known) == [
        fault,
        "parameter zone is given twice",
    ]


def test_each_chapter_gets_what_it_declares(notebook):
    one = notebook(name="one", parameters="zone = 'a'\npark = ''")
    two = notebook(name="two", parameters="zone = 'a'\ntop = 3")
    given = {"zone": "b", "park": "x", "top": 1}
    assert share([one, two], given) == [{"zone": "b", "park": "x"}, {"zone": "b", "top": 1}]


def test_share_reports_the_faults_of_all_chapters(notebook):
    one = notebook(name="one", parameters="zone = 'a'")
    two = notebook(name="two", parameters="park = 3")
    assert faults(share, [one, two], {"zone": "b", "park": "x", "prak": 1}, required=["zone"]) == [
        "two.ipynb: does not declare zone",
        "two.ipynb: parameter park: 'x' is no int",
        "no parameter prak; did you mean park?",
    ]


def test_a_book_agrees_on_the_types_of_its_parameters(notebook):
    one = notebook(name="one", parameters="zone = 'a'  # first")
    two = notebook(name="two", parameters="zone = 'b'\ntop = 3")
    assert declared_in([one, two]) == {"zone": Parameter("zone", "a", "first"), "top": Parameter("top", 3)}
    three = notebook(name="three", parameters="zone = 3")
    assert faults(declared_in, [one, three]) == ["three.ipynb: zone is int here, str before"]


def test_source_as_a_list_of_lines(tmp_path):
    cell = {
        "cell_type": "code",
        "metadata": {"tags": ["parameters"]},
        "source": ["zone = 'a'\n", "top = 3"],
    }
    (tmp_path / "lines.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    assert list(declared(tmp_path / "lines.ipynb")) == ["zone", "top"]


CHOICE = 'depth = "all"  # one of "all", "brief": how much is told\ntop = 5  # one of 5, 10\n'


def test_only_the_values_behind_one_of_are_allowed(notebook):
    path = notebook(parameters=CHOICE)
    assert declared(path)["depth"].choices == ("all", "brief")
    assert declared(path)["top"].choices == (5, 10)
    assert check(path, {"depth": "brief", "top": 10}) is None
    assert faults(check, path, {"depth": "brie", "top": 6}) == [
        "chapter.ipynb: parameter depth: 'brie' is not allowed; did you mean brief?",
        "chapter.ipynb: parameter top: 6 is not allowed; there are 5, 10",
    ]


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('depth = "x"  # one of "all", "brief"', "parameter depth: 'x' is not allowed; there are all, brief"),
        ('depth = "all"  # one of "all", 3', "parameter depth: 3 is no str"),
        ('depth = "all"  # one of all, brief', "depth: expected literals behind one of, not all, brief"),
    ],
)
def test_allowed_values_must_be_sound_themselves(notebook, cell, fault):
    assert faults(declared, notebook(parameters=cell)) == [f"chapter.ipynb: parameters cell, line 1: {fault}"]


def test_words_that_only_begin_alike_allow_everything(notebook):
    assert declared(notebook(parameters='park = ""  # id of one park; one of "a", "b"'))["park"].choices == ()
