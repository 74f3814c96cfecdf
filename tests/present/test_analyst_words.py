"""An analyst's words stand beside their exhibit, are text only, and say when their figures have changed."""

import dataclasses

import pytest

from zonereport import shown
from zonereport.inputs.analyst_words import Words
from zonereport.present import brief, enterprises, projects
from zonereport.present.kit.said import fingerprint, has_changed, words_text

WRITTEN = Words("enterprises.ladder", cause="政策辅导到位。", next="- 逐户走访\n- 按季调度")


def with_words(report, *entries):
    """The report of a zone whose analyst has said this of its period."""
    zone = dataclasses.replace(report.zone, words={str(report.period): entries})
    return dataclasses.replace(report, zone=zone)


def test_words_stand_beside_their_exhibit_and_nowhere_else(only_year):
    report = with_words(only_year, WRITTEN)
    html, about = enterprises.ladder(report)._repr_mimebundle_()
    words = "<p><strong>原因分析</strong>：政策辅导到位。</p><p><strong>下一步</strong>：</p>"
    words += "<ul><li>逐户走访</li><li>按季调度</li></ul>"
    assert about["zonereport"]["words"] == words
    assert html["text/html"].endswith(f"{words}</div>")
    assert "words" not in projects.published(report)._repr_mimebundle_()[1]["zonereport"]


def test_a_brief_shows_the_words_of_the_chapter_unless_it_has_its_own(only_year):
    report = with_words(only_year, WRITTEN)
    assert "政策辅导" in brief.ladder(report)._repr_mimebundle_()[1]["zonereport"]["words"]
    report = with_words(only_year, WRITTEN, Words("brief.ladder", cause="简报另说。"))
    assert "简报另说" in brief.ladder(report)._repr_mimebundle_()[1]["zonereport"]["words"]


@pytest.mark.parametrize("nasty", ["<script>f()</script>", "#set text(red)", "</div><b>x</b>", "[a](javascript:x)"])
def test_hostile_words_are_text(nasty, only_year):
    report = with_words(only_year, Words("enterprises.ladder", claim=nasty, cause=nasty))
    words = enterprises.ladder(report)._repr_mimebundle_()[1]["zonereport"]["words"]
    assert "<script" not in words
    assert "</div>" not in words
    assert "<a" not in words
    assert "依据的数字已变" in words


def test_words_whose_figures_are_those_of_then_say_nothing_of_it(only_year):
    ladder = enterprises.ladder(only_year)
    said = dataclasses.replace(WRITTEN, claim=ladder.claim, basis=ladder.basis)
    words = enterprises.ladder(with_words(only_year, said))._repr_mimebundle_()[1]["zonereport"]["words"]
    assert "依据的数字已变" not in words
    assert not has_changed(WRITTEN, ladder.claim, ladder.basis), "nobody noted what they rest on"


def test_a_figure_below_the_claim_changes_the_fingerprint(only_year):
    core = projects.published(only_year)
    tables = dict(only_year.zone.tables)
    rows = tables["indicators"].copy()
    rows.loc[rows["code"] == "projects_city_list", "value"] = 10
    tables["indicators"] = rows
    measures = only_year.measures.copy()
    measures.loc[(measures["code"] == "projects_city_list") & (measures["measure"] == "value"), "value"] = 10
    zone = dataclasses.replace(only_year.zone, tables=tables)
    changed = projects.published(dataclasses.replace(only_year, zone=zone, measures=measures))
    assert core.claim == changed.claim == ""
    assert core.basis != changed.basis
    assert core.basis == projects.published(only_year).basis
    assert fingerprint("", "9个") != fingerprint("", "10个")


def test_the_words_of_a_zone_are_not_those_of_its_park_or_of_another_period(one_park, year):
    entry = Words("enterprises.ladder", cause="说明。")
    assert with_words(one_park, entry).words("enterprises.ladder") is None
    other = dataclasses.replace(year.zone, words={"2022-11": (entry,)})
    assert dataclasses.replace(year, zone=other).words("enterprises.ladder") is None


def test_a_chapter_says_that_it_reads_the_words_on_what_it_shows(only_year):
    names: set[str] = set()
    enterprises.ladder(dataclasses.replace(only_year, read=names.add))
    assert "words.enterprises.ladder" in names


def test_an_exhibit_with_nothing_to_show_prints_no_words(only_year):
    report = with_words(only_year, Words("projects.lights", cause="没有台账。"))
    assert projects.lights(report).kind == "gap"
    assert "words" not in projects.lights(report)._repr_mimebundle_()[1]["zonereport"]


def test_what_is_said_is_told_by_its_head():
    text = words_text(Words("a.b", next="1. 甲\n2. 乙", claim="旧。"), changed=True)
    assert text == "**下一步**：\n1. 甲\n2. 乙\n依据的数字已变：写作时为“旧”，请复核。"
    assert words_text(Words("a.b", cause="甲"), changed=True).endswith("依据的数字已变，与写作时不同，请复核。")


def test_the_skeleton_keeps_what_was_written_and_its_quotation_until_it_is_accepted():
    now = {
        "a.one": shown.Shown("a.one", "图", "今为12个", "b" * 12, "figure"),
        "a.two": shown.Shown("a.two", "表", "", "c" * 12, "table"),
        "a.text": shown.Shown("a.text", "", "一句", "d" * 12, "prose"),
        "a.gap": shown.Shown("a.gap", "", "", "e" * 12, "gap"),
    }
    old = Words("a.one", "图", "原为11个", "a" * 12, "雨季。")
    gone = Words("a.gap", cause="保留")
    made, changed = shown.with_skeleton((old, gone), now, list(now), set())
    assert [entry.name for entry in made] == ["a.one", "a.two", "a.gap"]
    assert made[0] == old
    assert changed == [old]
    assert made[2] == gone
    assert (made[1].claim, made[1].basis, made[1].written) == ("", "c" * 12, False)
    made, changed = shown.with_skeleton((old, gone), now, list(now), {"a.one"})
    assert (made[0].claim, made[0].basis, made[0].cause, changed) == ("今为12个", "b" * 12, "雨季。", [])
