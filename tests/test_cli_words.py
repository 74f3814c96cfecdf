"""``zonereport words`` and what ``check`` says of an analyst's words, as a user calls them."""

from zonereport import measured
from zonereport.cli import OK, REFUSED


def test_a_skeleton_is_written_filled_in_flagged_and_accepted(said, project):
    path = project / "data" / "yizheng" / "words" / "2022.md"
    done = said("words", "yizheng", "2022", cwd=project)
    assert (done.returncode, done.stderr) == (OK, "")
    assert done.stdout.startswith("data/yizheng/words/2022.md: ")
    text = path.read_text(encoding="utf-8")
    # in the order of the documents, with what each says as a quotation
    assert text.index("# indicators.core") < text.index("# enterprises.ladder")
    heading = "# enterprises.ladder 企业培育梯队\n> 创新梯队5级依次为46、8、5、1、1家"
    assert heading in text
    place = text.index("## 原因分析\n", text.index("# enterprises.ladder")) + len("## 原因分析\n")
    path.write_text(f"{text[:place]}政策辅导到位。\n{text[place:]}", encoding="utf-8")

    table = project / "data" / "yizheng" / "indicators.csv"
    rows = table.read_text(encoding="utf-8")
    table.write_text(rows.replace("tech_smes_evaluated,,46", "tech_smes_evaluated,,47"), encoding="utf-8")
    done = said("check", "yizheng", cwd=project)
    assert done.returncode == OK
    assert "enterprises.ladder" in done.stderr
    assert "依据的数字已变" in done.stderr
    assert "warning" in done.stderr
    # the words stay, and so does what they were written on
    done = said("words", "yizheng", "2022", cwd=project)
    assert "enterprises.ladder: its figures have changed" in done.stderr
    assert "政策辅导到位。" in path.read_text(encoding="utf-8")
    assert heading in path.read_text(encoding="utf-8")
    done = said("words", "yizheng", "2022", "--accept", "enterprises.ladder", cwd=project)
    assert done.stderr == ""
    assert "> 创新梯队5级依次为47、8、5、1、1家" in path.read_text(encoding="utf-8")
    done = said("words", "yizheng", "2022", "--accept", "enterprises.lader", cwd=project)
    assert done.returncode == REFUSED
    assert "did you mean enterprises.ladder?" in done.stderr


def test_a_name_of_no_exhibit_is_a_fault_with_the_closest_name(said, project):
    folder = project / "data" / "yizheng" / "words"
    folder.mkdir()
    (folder / "2022.md").write_text("# projects.stags\n## 下一步\n核对。\n", encoding="utf-8")
    done = said("check", "yizheng", cwd=project)
    assert done.returncode == REFUSED
    assert "did you mean projects.stages?" in done.stderr
    (folder / "2022.md").write_text("# projects.lights\n## 下一步\n核对。\n", encoding="utf-8")
    assert "printed nowhere" in said("check", "yizheng", cwd=project).stderr
    (folder / "2022.md").write_text("# projects.stages\n## 打算\n核对。\n", encoding="utf-8")
    done = said("words", "yizheng", "2022", cwd=project)
    assert done.returncode == REFUSED
    assert "words/2022.md row 2" in done.stderr


def test_words_are_inputs_of_the_chapters_that_show_their_exhibit(project, monkeypatch):
    monkeypatch.setenv("ZONEREPORT_ROOT", str(project))
    before = measured.shared("yizheng", "2022", "")
    folder = project / "data" / "yizheng" / "words"
    folder.mkdir()
    (folder / "2022.md").write_text("# a.b\n\n# projects.stages\n## 下一步\n核对。\n", encoding="utf-8")
    after = measured.shared("yizheng", "2022", "")
    assert after.base == before.base
    assert set(after.digests) - set(before.digests) == {"words.projects.stages"}
    assert {name: after.digests[name] for name in before.digests} == before.digests
