"""The stages that a text may speak of are those that the tables of a zone have."""

import pytest

from zonereport.inputs import load_dictionary
from zonereport.inputs.schemas import read_tables
from zonereport.inputs.texts import entities


@pytest.mark.parametrize(("table", "column"), [("projects", "stage"), ("carriers", "status"), ("works", "status")])
def test_stages_are_those_of_the_tables(root, table, column):
    fields = {field.name: field for field in read_tables(load_dictionary(root).tables)[table].fields}
    known = set(fields[column].choices)
    assert entities._STAGES_OF[table] <= known
    # a text does not say that a project was given up, nor leaves a stage open
    assert known - entities._STAGES_OF[table] <= {"withdrawn", "unknown"}
