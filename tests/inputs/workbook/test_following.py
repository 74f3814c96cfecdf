"""The mapping of this month follows next month's book; what is new in it is asked."""

import pytest

TITLE = ["单位：亿元"]


def monthly(make, month, *, sales=80.0, column=0, rows=(), name="财政局"):
    """The book of a month whose sheet and headers name it; ``column`` puts a column in front."""
    head = ["指标", f"2022年1-{month}月", "同比（%）", "本月"]
    body = [["工业开票销售", sales, 3.2, 15], ["工业投资", sales / 4, 1.5, 3], ["民间投资", 5, 5, 1], *rows]
    if column:
        head = ["序号", *head]
        body = [[number, *row] for number, row in enumerate(body, 1)]
    return make(f"{name}2022年{month}月", {f"{month}月": [TITLE, head, *body]})


@pytest.fixture
def followed(make, take, place):
    """The zone after the first book was confirmed."""
    first = take(monthly(make, 11))
    assert [(fault.value, fault.severity) for fault in first.faults] == [("民间投资", "question")]
    assert any("工业开票销售" in line and "80亿元（B3）" in line for line in first.preview)
    assert take(monthly(make, 11), yes=True, accept=["fall"]).written[0] == "indicators.csv"
    return place / "data" / "demo" / "mappings" / "财政局.yml"


def test_the_mapping_is_complete_and_commented(followed):
    text = followed.read_text(encoding="utf-8")
    for line in ("N年1-N月: value", "工业开票销售: invoiced_sales", "本月: null  # 不采用", "民间投资: null  # 未采用"):
        assert line in text


def test_next_month_and_a_column_moved_need_no_hand(followed, make, take, figures):
    before = followed.read_bytes()
    result = take(monthly(make, 12, sales=88, column=1))
    assert result.faults == ()
    assert figures()["2022-12", "invoiced_sales", ""][:3] == (88, "亿元", 3.2)
    assert followed.read_bytes() == before


def test_a_new_row_a_new_heading_a_new_column_and_a_new_table_are_asked(followed, make, take):
    def asked(rows):
        fault = take(monthly(make, 12, sales=88, rows=rows)).faults[0]
        assert fault.severity == "question"
        return f"{fault.answer} {fault.expected}"

    assert asked([["外资投资", 1, 1, 1]]).startswith("row:外资投资 one name of the dictionary")
    assert "a heading" in asked([["二、民营经济", "", "", ""], ["工业税收", 2, 1, 0.1]])
    assert asked([["工业税收", 2, 1, 0.1, 7]]) == (
        "column:7 a header above the figures of this column; else it is left out"
    )
    rows = [[""], ["指标", "全年目标", "完成率", ""], ["工业税收", 2, 75, ""]]
    assert "a table that 财政局.yml maps, or skips as 11月#2; it is proposed as targets" in asked(rows)


@pytest.mark.parametrize("answer", [{"yes": True}, {"accept": ["row:外资投资"]}, {"accept": ["row"]}])
def test_the_answer_for_a_new_row_is_remembered_and_comments_stay(followed, make, take, figures, answer):
    text = followed.read_text(encoding="utf-8").replace("- sheet:", "# 每月十二日来\n- sheet:", 1)
    followed.write_text(text, encoding="utf-8")
    new = [["外资投资", 1, 1, 1], ["工业税收", 2, 1, 0.1]]
    assert take(monthly(make, 12, sales=88, rows=new)).written == ()
    result = take(monthly(make, 12, sales=88, rows=new), **answer)
    assert (result.faults, "mappings/财政局.yml" in result.written) == ((), True)
    assert "外资投资" in [warning.value for warning in result.warnings]
    assert figures()["2022-12", "treasury_tax", ""][0] == 2
    kept = followed.read_text(encoding="utf-8")
    assert "# 每月十二日来" in kept
    assert "外资投资: null  # 未采用，待确认" in kept
    assert "工业税收: treasury_tax" in kept
    # all that was there is there as it was
    assert [line for line in text.splitlines() if line not in kept.splitlines()] == []
    again = take(monthly(make, 12, sales=88, rows=new))
    assert (again.faults, again.written) == ((), ())


def test_an_edited_draft_is_the_answer_and_is_kept(followed, make, take, tmp_path, figures):
    from zonereport.inputs.workbook import dump_mapping

    new = [["工业税源", 2, 1, 0.1]]
    result = take(monthly(make, 12, sales=88, rows=new))
    draft = tmp_path / "draft.yml"
    text = dump_mapping(result.mapping).replace("工业税源: null", "工业税源: treasury_tax")
    draft.write_text(text, encoding="utf-8")
    assert take(monthly(make, 12, sales=88, rows=new), mapping=draft).faults == ()
    assert figures()["2022-12", "treasury_tax", ""][0] == 2
    assert followed.read_text(encoding="utf-8") == text
    assert take(monthly(make, 12, sales=88, rows=new)).faults == ()


def test_a_new_table_and_a_new_sheet_are_answered_once(followed, make, take):
    def book():
        head = ["指标", "2022年1-12月", "同比（%）", "本月"]
        body = [["工业开票销售", 88, 3.2, 15], ["工业投资", 22, 1.5, 3], ["民间投资", 5, 5, 1]]
        below = [[""], ["园区", "工业开票销售", "工业税收", ""], ["东园", 44, 1, ""]]
        other = [["单位：亿元"], ["指标", "2022年1-12月"], ["工业税收", 2]]
        return make("财政局2022年12月", {"12月": [TITLE, head, *body, *below], "税收": other})

    asked = {fault.answer for fault in take(book()).faults}
    assert {"table:12月", "sheet:税收"} <= asked
    result = take(book(), yes=True)
    assert (result.faults, result.added) == ((), {"indicators": 5})
    assert take(book()).faults == ()


def test_a_confirmed_estimate_is_remembered_and_stored_as_one(make, take, place):
    def book(month, figure):
        rows = [[f"2022年1-{month}月主要指标（预计）"], ["指标", "单位", "累计"], ["工业税收", "亿元", figure]]
        return make(f"统计局2022年{month}月", {"表": [*rows, ["注：开票销售不含西园"]]})

    asked = take(book(11, 2)).faults
    assert [fault.answer for fault in asked] == ["words:2022年1-11月主要指标(预计)", "words:注:开票销售不含西园"]
    assert take(book(11, 2), accept=["words"]).faults == ()
    assert "treasury_tax,,2,亿元,estimate" in (place / "data/demo/indicators.csv").read_text(encoding="utf-8")
    assert take(book(12, 2.2)).faults == ()
    # another word is another question
    other = make("统计局2022年12月", {"表": [["2022年1-12月目标"], ["指标", "单位", "累计"], ["工业税收", "亿元", 3]]})
    assert "目标" in str(take(other).faults[0])


def test_a_mapping_that_was_handed_in_is_kept_for_next_month(make, take, place, tmp_path):
    first = take(monthly(make, 11, name="统计局"))
    from zonereport.inputs.workbook import dump_mapping

    draft = tmp_path / "draft.yml"
    draft.write_text(dump_mapping(first.mapping), encoding="utf-8")
    assert take(monthly(make, 11, name="统计局"), mapping=draft, accept=["fall"]).faults == ()
    assert (place / "data/demo/mappings/统计局.yml").exists()
    assert take(monthly(make, 12, sales=88, name="统计局")).faults == ()


def test_firms_without_ids_get_them_and_keep_them(make, take, place):
    def listed(*names):
        rows = [[number, name, "东园"] for number, name in enumerate(names, 1)]
        return make("名录", {"企业": [["序号", "企业名称", "所属园区"], *rows]})

    assert take(listed("甲公司", "丙丁（北京）①ＡＢＣ公司"), source="monthly").added == {"enterprises": 1}
    text = (place / "data/demo/enterprises.csv").read_text(encoding="utf-8")
    assert "firm-0003,丙丁（北京）①ＡＢＣ公司,east" in text.replace(",,,", ",").replace(",,", ",")
    assert "firm-0003" in (place / "data/demo/mappings/名录.yml").read_text(encoding="utf-8")
    again = take(listed("甲公司", "丙丁(北京)①ABC公司"), source="monthly")
    assert (again.faults, again.changes, again.added) == ((), (), {})
    fault = take(listed("丙丁（北京）①ＡＢＣ股份公司"), source="monthly").faults[0]
    assert (fault.severity, "firm-0003" in fault.expected) == ("question", True)
