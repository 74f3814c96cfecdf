"""Sentences agree with the figures, keep their qualifiers, and vanish where there is nothing to say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonereport.metrics import measure
from zonereport.present import Report, cover
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.words import enterprises, front, indicators, innovation


def test_the_verdict_of_the_real_zone(real):
    assert indicators.verdict(real).splitlines() == [
        "- **生产规模**：工业开票销售165亿元，规模以上工业产值135亿元。",
        "- **投资**：全社会固定资产投资75亿元，其中工业投资38亿元，占50.7%。",
        "- **财税**：工业入库税收3亿元，一般公共预算收入1.8亿元，工商税收含留抵退税为5.45亿元、扣除后为3.39亿元。",
        "- **开放**：实际利用外资2000万美元。",
        "- **判断边界**：同比增速、目标完成率和位次无从取得，本期不评增减快慢、序时进度和位次先后，只陈述规模与结构。",
    ]


def test_both_bases_of_business_taxes_and_the_ambiguity_by_name(real):
    text = indicators.taxes(real)
    for words in ("5.45亿元", "2.06亿元", "3.39亿元", "37.8%", "口径含糊"):
        assert words in text


def test_an_estimate_stays_an_estimate(real):
    assert "研发投入预计3.8亿元" in innovation.verdict(real)


def test_a_subset_is_said_as_one(real):
    assert innovation.talents_in_short(real) == "引进高层次人才累计18人，其中海外11人，占61.1%"


def test_a_firm_on_two_rungs_is_found_not_typed(real):
    assert enterprises.several(real).startswith(
        "万润光电同时列入国家级专精特新“小巨人”企业新增和省级科技企业上市培育计划入库"
    )


def test_direction_words_agree_with_the_sign(rich):
    assert indicators.said(rich, "invoiced_sales") == "工业开票销售120.5亿元，同比增长8.2%"
    assert indicators.said(rich, "industrial_output") == "规模以上工业产值99亿元，同比下降3.1%"
    assert indicators.said(rich, "budget_revenue") == "一般公共预算收入40亿元，同比下降20.0%"
    # its growth is made on a comparable basis: two levels say nothing
    assert indicators.said(rich, "fixed_asset_investment") == "全社会固定资产投资40亿元"
    assert indicators.said(rich, "industrial_investment") == "工业投资10亿元，同比持平"


def test_the_ladder_is_not_called_a_funnel(rich, real):
    assert enterprises.ladder(rich).finding == "创新梯队2级依次为5、7家，各级不是同一批企业"
    assert enterprises.ladder(real).finding == "创新梯队5级依次为46、8、5、1、1家，各级不是同一批企业"


def test_the_boundary_names_only_what_is_lacking(rich):
    assert indicators.boundary(rich) == "目标完成率无从取得，本期不评序时进度。"


def test_absences_count_what_is_lacking_and_only_that(rich, real):
    text = front.absences(rich, rich.codes("S2"))
    assert "同比增速有1项空缺（来源未公布增速，该指标不以两期水平值推算）" in text
    assert "目标完成率全部5项空缺" in text
    assert "位次有4项空缺" in text
    assert "不对序时进度作出判断" in text
    assert front.absences(real, []) == ""


def test_a_bound_in_the_numerator_is_a_bound_of_the_ratio(rich):
    assert rich.text("rd_per_sales") == "1.00%以上"


def test_a_park_reads_its_own_rows(rich):
    report = Report(rich.zone, measure(rich.zone, period="2022-11", park="east"))
    assert report.place == "测试开发区东园"
    assert report.text("invoiced_sales") == "20.5亿元"
    assert report.codes("S2") == ["invoiced_sales"]


def test_the_cover_marks_synthetic_data(rich, real):
    assert cover(rich).fields["mark"] == "模拟数据 不反映任何真实开发区"
    assert cover(real).fields["mark"] == ""
    assert cover(rich).fields["date"] == "数据所属期：2022年1—11月"
    assert cover(rich).fields["sources"] == ["测试开发区：《测试月报》（某省某市，所属期2022年，2022年12月5日发布）"]


def test_nothing_to_say_is_an_empty_text_never_a_traceback(lean):
    silent = [
        *(indicators.investment(lean), indicators.taxes(lean), indicators.efficiency(lean)),
        *(enterprises.verdict(lean), enterprises.no_conversion(lean), enterprises.near_note(lean)),
        *(enterprises.several(lean), innovation.verdict(lean), innovation.spend(lean)),
        *(innovation.property_rights(lean), innovation.talents_in_short(lean), innovation.peers(lean)),
    ]
    assert not any(silent)
    assert "一般公共预算收入0.5亿元" in indicators.verdict(lean)


@pytest.mark.parametrize(
    ("value", "decimals", "fixed", "text"),
    [(0.25, 1, False, "0.3"), (2.675, 2, False, "2.68"), (1.005, 2, True, "1.01"), (75.0, 2, False, "75")],
)
def test_rounding_is_half_up_on_the_printed_decimal(value, decimals, fixed, text):
    assert number(value, decimals, fixed=fixed) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_printed_number_is_within_half_a_unit_of_its_last_digit(value, decimals):
    # as decimals: two floats of nine digits before the point differ by more than what is to be seen here
    assert abs(Decimal(number(value, decimals)) - Decimal(repr(value))) <= Decimal("0.5").scaleb(-decimals)


def test_qualifiers_in_words():
    said = [quantity(46, "家", 0, qualifier=q) for q in ("lower_bound", "approximate", "cumulative", "subset", "")]
    assert said == ["46家以上", "约46家", "累计46家", "46家", "46家"]
