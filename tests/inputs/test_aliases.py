"""One name, one code: what offices write around a name makes no difference, what changes its meaning does."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zonereport.inputs import load_dictionary
from zonereport.inputs.aliases import undressed
from zonereport.inputs.workbook.cells import split_unit
from zonereport.inputs.workbook.context import Context


@pytest.fixture(scope="module")
def dictionary(root):
    return load_dictionary(root)


@pytest.fixture(scope="module")
def code_of(dictionary):
    """Finds the code that a name means, with or without a unit of the dictionary in brackets behind it."""
    names = Context("", None, dictionary, {}, {}).indicators

    def find(text):
        bare, unit = split_unit(undressed(text))
        return names.get(text) or (names.get(bare) if unit in dictionary.units else None)

    return find


def names(dictionary) -> list[tuple[str, str]]:
    rows = dictionary.indicators
    return [
        (name, code)
        for code, row in rows.iterrows()
        for name in filter(None, [row["name_zh"], *row["aliases"].split("|")])
    ]


def test_a_name_never_means_two_codes(dictionary, code_of):
    pairs = {(undressed(name), code) for name, code in names(dictionary)}
    assert len(pairs) == len(dict(pairs))
    assert all(code_of(name) == code for name, code in pairs)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("一般公共预算收入", "budget_revenue"),
        ("公共财政预算收入", "budget_revenue"),
        ("地方一般公共预算收入", "budget_revenue"),
        ("工业投资（万元）", "industrial_investment"),
        ("工业投资(单位：亿元)", "industrial_investment"),
        ("其中：工业投资", "industrial_investment"),
        ("　＃工业　投资", "industrial_investment"),
        ("一、工业开票销售", "invoiced_sales"),
        ("（三）固投", "fixed_asset_investment"),
        ("①固投", "fixed_asset_investment"),
        ("1.1 固投", "fixed_asset_investment"),
        ("Ⅱ．固投", "fixed_asset_investment"),
        ("２、实际利用外资（万美元）", "utilised_foreign_capital"),
        ("国家级专精特新小巨人企业新增（家）", "little_giants_new"),
        ("20亿元企业", "firms_over_2bn_new"),
        ("工商税收（扣除留抵退税）", "business_taxes_without_refund"),
        ("R&D spend", "rd_spend"),
        ("rd_spend", "rd_spend"),
        # what changes the meaning is no dress
        ("工商税收（不含留抵退税）", None),
        ("工业投资（同比）", None),
        ("工业投资增速", None),
        ("工业开票销售（当月）", None),
        ("20 、亿元企业家数", None),
        ("", None),
        ("（万元）", None),
    ],
)
def test_names_as_offices_write_them(code_of, name, code):
    assert code_of(name) == code


def test_any_dress_of_any_name_is_that_name(dictionary, code_of):
    @given(
        st.sampled_from(names(dictionary)),
        st.sampled_from(["", " ", "　", "#", "其中：", "其中:#", "一、", "十二、", "（二）", "3.", "12、", "(4)", "⑤"]),
        st.sampled_from(["", "（亿元）", "（单位：%）", "（家）", "：", "  ", "*"]),
        st.booleans(),
    )
    def check(pair, before, after, wide):
        name, code = pair
        # 3.20亿元企业 may be the third row or a number
        assume(not (before.endswith((".", "、")) and name[0].isdigit()))
        if wide:
            name = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
        assert code_of(before + name + after) == code

    check()


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    assert undressed(undressed(text)).strip() == undressed(undressed(text))
