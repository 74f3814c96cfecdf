"""An exhibit displays itself everywhere, counts itself once, says what is missing, and fails alone."""

import json

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from zonereport.present import Exhibit, Gap
from zonereport.present import charts as charts_of
from zonereport.present.exhibit import EXHIBITS, RUN, exhibit
from zonereport.present.kit.tables import styled
from zonereport.present.known import UnknownName


def bars_of(report):
    data = pd.DataFrame({"label": ["甲", "乙"], "value": [1.0, 2.0], "text": ["1家", "2家"], "estimate": False})
    return Exhibit(
        "两家",
        "乙是甲的两倍",
        data,
        lambda: charts_of.bars(data, title="乙是甲的两倍", unit="家"),
        alt="横条图。甲1家，乙2家。",
        note="单位：家。",
    )


def table_of(report):
    return Exhibit("名单", draw=styled(pd.DataFrame({"name": ["<b>甲</b>"]}), "t"), note="a<b")


def broken(report):
    raise ZeroDivisionError("division by zero")


@pytest.fixture(autouse=True)
def registry():
    """What a test registers goes with it."""
    before = dict(EXHIBITS)
    yield
    EXHIBITS.clear()
    EXHIBITS.update(before)


def bundle_of(shown):
    data, metadata = shown._repr_mimebundle_()
    return data, metadata["zonereport"]


def test_a_chart_says_what_it_shows_with_number_caption_note_and_text_instead(real):
    data, about = bundle_of(exhibit(bars_of)(real))
    assert 'aria-label="横条图。图中可见，乙是甲的两倍。其中，甲1家，乙2家。"' in data["text/html"]
    assert "图1　两家" in data["text/html"]
    assert "单位：家。" in data["text/html"]
    assert "乙是甲的两倍" in data["text/html"]
    assert (about["role"], about["caption"], about["alt"]) == (
        "figure",
        "两家",
        "横条图。图中可见，乙是甲的两倍。其中，甲1家，乙2家。",
    )


def test_a_table_is_text_all_over(real):
    data, about = bundle_of(exhibit(table_of)(real))
    assert "&lt;b&gt;甲&lt;/b&gt;" in data["text/html"]
    assert "<b>甲" not in data["text/html"]
    assert "a&lt;b" in data["text/html"]
    # publishing escapes what it prints itself
    assert about["note"] == "a<b"


def test_numbers_stay_when_a_cell_runs_again(only_year):
    numbered = Exhibit("甲", draw="x", numbers={}, name="a.b")
    assert numbered.label == ""
    numbers: dict = {}
    frame = styled(pd.DataFrame({"name": ["甲"]}), "t")
    first = Exhibit("甲", draw=frame, numbers=numbers, name="a.first")
    second = Exhibit("乙", draw=frame, numbers=numbers, name="a.second")
    assert [first.label, second.label, first.label, second.label] == ["表1", "表2", "表1", "表2"]


def test_plain_nbconvert_keeps_caption_note_and_the_text_instead_of_a_chart():
    source = (
        "from zonereport.present import Exhibit, charts\nimport pandas as pd\n"
        "data = pd.DataFrame({'label': ['甲'], 'value': [1.0], 'text': ['1家'], 'estimate': False})\n"
        "Exhibit('一家', '甲一家', data, lambda: charts.bars(data, title='甲一家', unit='家'), '横条图。', '注')"
    )
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(book, timeout=120).execute()
    page, _ = HTMLExporter().from_notebook_node(book)
    for text in ("图1　一家", 'aria-label="横条图。图中可见，甲一家。"', "<small>注</small>"):
        assert text in page
    assert "No description has been provided" not in page


def test_a_failing_exhibit_raises_for_an_analyst_and_is_a_note_in_a_run(real, monkeypatch, capsys):
    with pytest.raises(ZeroDivisionError):
        exhibit(broken)(real)
    monkeypatch.setenv(RUN, "somewhere")
    shown = exhibit(broken)(real)
    data, about = bundle_of(shown)
    assert data["text/html"] == "<p>本项未生成，原因已记入日志。</p>"
    assert about["role"] == "failed"
    assert about["error"] == "ZeroDivisionError: division by zero"
    assert "Traceback" in capsys.readouterr().err


def test_a_chart_that_cannot_be_drawn_is_a_note_too(real, capsys):
    def undrawable():
        raise ValueError("no room")

    data, about = bundle_of(Exhibit("图", "说", draw=undrawable, name="a.b"))
    assert (about["role"], about["exhibit"]) == ("failed", "a.b")
    assert "no room" not in data["text/html"]
    assert "no room" in capsys.readouterr().err


def test_a_gap_shows_in_a_notebook_and_says_so_of_itself():
    data, about = bundle_of(Exhibit("目标", gaps=(Gap("年度目标", "未取得", "年度目标值", "目标考核"),)))
    assert about["role"] == "gap"
    assert about["gaps"][0]["office"] == "目标考核"
    assert "年度目标：未取得" in data["text/plain"]
    json.dumps(about)


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda report: report.value("invoiced_sale"), "did you mean 'invoiced_sales'?"),
        (lambda report: report.text("invoiced_sales", "grow"), "did you mean 'growth'?"),
        (lambda report: report.table("target"), "did you mean 'targets'?"),
    ],
)
def test_a_name_that_does_not_exist_is_an_error_with_a_suggestion(real, ask, hint):
    with pytest.raises(UnknownName, match=r"no (code|measure|table)") as caught:
        ask(real)
    assert hint in str(caught.value)


def test_an_unknown_frame_is_an_error_with_a_suggestion(real):
    with pytest.raises(LookupError, match="did you mean"):
        real.detail("highlight")


def test_a_report_in_a_cell_is_a_short_card(real):
    assert len(repr(real)) < 100
    assert len(real._repr_html_()) < 1500
    assert "仪征经济开发区" in real._repr_html_()


def test_the_indicators_of_a_report_have_codes_and_chinese_names(real):
    frame = real.indicators().set_index("code")
    assert frame.at["invoiced_sales", "name_zh"] == "工业开票销售"
    assert frame.at["invoiced_sales", "text"] == "165亿元"


def test_a_table_without_rows_has_its_columns(real):
    assert {"task", "title", "owner", "due"} <= set(real.table("tasks").columns)
    assert real.table("tasks").empty
