"""Ids and names of folders are asked for before any path is made of them."""

import re

import pytest

from zonereport.inputs import InputError, load_zone


@pytest.mark.parametrize("text", ["<script>", "../../etc/passwd", "=1+1", "Firm", "a_b", "企业"])
def test_an_id_is_small_letters_digits_and_hyphens(project, text):
    path = project / "data/demo/enterprises.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, first, re.sub("^[^,]*", text, rest[0]), *rest[1:]]) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_zone("demo", project)
    (fault,) = [one for one in caught.value.faults if one.file == "enterprises.csv"]
    assert (fault.row, fault.column, fault.value) == (3, "enterprise", text)
    assert fault.expected == "an id of small letters, digits and hyphens, such as east-park-2"


def test_so_are_the_ids_of_parks_and_sources(project):
    path = project / "data/yizheng/zone.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"id: \S+", "id: '=1+1'", text, count=1), encoding="utf-8")
    with pytest.raises(InputError, match=r"=1\+1.*an id of small letters, digits and hyphens"):
        load_zone("yizheng", project)
