"""Whatever a text says, each of its digits is in just one of facts, other numbers and times."""

from hypothesis import given, settings
from hypothesis import strategies as st

from zonereport.inputs.texts.facts import extract
from zonereport.inputs.texts.numbers import uncovered
from zonereport.inputs.texts.plain import plain

_WORDS = (
    "全区 完成 工业投资 固定资产投资 分别 增长 下降 占 的 比重 其中 、 ， 。 ； （ ） 和 为 达 突破 居全市 第 位"
    " 个百分点 % 亿元 万元 家 个 2022年 1-11月 5 38.2 1,200 企业 项目 总投资 预计 力争 目标 同比 翻一番 持平"
    " 连续 个月 新增 500万元以上 “ ” \n"
)
WORDS = _WORDS.split(" ")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_each_digit_is_in_one_place(codes, text):
    folded = plain(text).text
    facts = extract(folded, codes)
    spans = {(token.a, token.b) for fact in facts.facts for token in fact.tokens}
    spans |= {(one.a, one.b) for one in (*facts.left, *facts.times)}
    assert uncovered(folded, spans) == []


@settings(max_examples=60)
@given(st.text(max_size=120))
def test_any_text_is_read(codes, text):
    made = plain(text)
    assert len(made.text) == len(made.spots)
    extract(made.text, codes)
