"""What was untrue once: each case by its number, with the sentence or figure that is right, in the printed text.

The printed text is that of tests/golden/text, which tests/test_golden_text.py holds to the program.
"""

from typing import NamedTuple

import pytest

# one kind of fault in all editions of the synthetic zone: what must be in none of them
NOWHERE = {
    "a net increase has a completion": "目标为增速、上限或净增",
    "amounts and net increases are not all 总量": "有总量目标的",
    "a rate is not said to grow": "%，同比增长0.1个百分点",
    "a count that is not there did not fall by all of it": "下降100.0%",
    "two of two are all": "2项增速目标达到2项",
    "tasks on the same indicator cover nothing by that": "对应任务",
    "no p value in running text": "下降，p值",
    "no index of variance in a note": "为0.69，1为全部由其引起，各项之间有交叠。规模以上",
    "a document does not explain itself before it begins": "本章回答",
    "no interval of what was counted in full": "已不在台账（95%区间",
    "no unit of a rate for an amount per project": "亿元/个 | 0.3个百分点",
    "what comes at the year's end is not late in June because it is small": "新增规模以上工业企业**：0家",
}


class Case(NamedTuple):
    """What one edition must print, and what it must not."""

    row: str
    edition: str
    said: str
    never: str = ""


CASES = [
    Case("A1 future", "demo_2022-06_report", "在建项目最多", "珞启线控底盘项目"),
    Case("A1 tasks", "demo_2022-02_report", "任务清单共", "完成2022年度规模以上工业企业入库申报"),
    Case("A1 carriers", "demo_2021-12_report", "另有4个登记状态的时点晚于本期或未载，不列", "入驻企业100家"),
    Case("A1 sources", "demo_2021-12_report", "所属期2020年1月至2021年12月", "所属期2022年"),
    Case("A1 day of use", "demo_2022-12_report", "使用面积和入驻数没有时点，以台账登记日为准"),
    Case("A2 verdict", "demo_2022-12_report", "11项完成（实际利用外资为调整后目标，年初目标2600万美元，完成90.8%）"),
    Case(
        "A2 side",
        "demo_2022-12_report",
        "完成调整后目标的102.6%（年初目标2600万美元，完成90.8%）",
        "完成全年目标102.6%",
    ),
    Case("A2 brief", "demo_2022-12_brief", "完成11项（实际利用外资为年中调整后的目标）"),
    Case("A3 both bases", "demo_2022-12_report", "两种口径结论相反", "1项未达标"),
    Case("A3 threshold", "demo_2022-12_report", "门槛为不低于4亿元（门槛未经核实）"),
    Case("A3 year", "demo_2022-06_report", "年税收收入（2021年）4.68亿元", "年税收收入4.68亿元"),
    Case("A4 one count", "demo_2022-06_report", "低于历史同期平均进度的有5项", "低于历史同期平均进度的有4项"),
    Case("A6 one basis", "demo_2022-12_report", "工业投资（约55.8%）", "工业投资（56.4%）"),
    Case("A7 about", "demo_2022-12_report", "0.4亿元 | 约5.3%", "一般公共预算收入（109.1%）"),
    Case("A7 none", "demo_2022-06_report", "增速", "200.0%"),
    Case("A8 rounded up", "demo_2022-06_report", "其余各月平均每月须完成3人", "须完成2人"),
    Case("A8 year over", "demo_2022-12_report", "若当年增速再提高0.5个百分点（约合91万元）", "约合0.01亿元"),
    Case("A9 park", "demo_2022-09_park-chuanhe_report", "同比下降约5.4%，增速低于全区", "均无可比的数据"),
    Case("A9 last month", "demo_2022-09_park-chuanhe_report", "增速较上月", "没有可以比较的往期数"),
    Case("A10 verdict first", "demo_2022-12_report", "总体判断：2022年1—12月，7项主要指标全部增长（3.8%至9.2%）"),
    Case("A10 refunds", "demo_2022-12_brief", "扣除留抵退税后同比下降21.4%"),
    Case("A11 tie", "demo_2022-12_report", "第2位（与第3位难分先后）"),
    Case("A12 tasks", "demo_2022-12_report", "相关任务、责任单位与时限"),
    Case("B2 kinds", "demo_2022-12_report", "可计算完成率的17项目标"),
    Case(
        "B3 last three", "demo_2022-12_report", "居后三位的有规模以上工业产值（并列第7位）和一般公共预算收入（第9位）"
    ),
    Case("B3 by tie", "demo_2022-12_report", "规模以上工业产值（并列第7位，仅因并列归入此类）"),
    Case("B4 counted", "demo_2022-06_report", "7项主要指标中5项同比增长、1项持平、1项下降", "有5项同比增长"),
    Case("B4 few", "demo_2022-12_report", "安全生产责任事故 | 2起 | -1起", "-33.3%"),
    Case("B4 amount", "demo_2022-12_report", "缺口最大的是工业入库税收，完成97.4%，差0.09亿元", "差2.6个百分点。"),
    Case("B4 stock", "demo_2022-06_report", "列省重大项目 | 3个 | +1个 | 净增1个 | 100.0% | —"),
    Case("B4 plans", "demo_2022-12_report", "首次计划可考的24个项目中", "有首次计划的24个项目"),
    Case("B5 lights", "demo_2022-12_report", "两种判断都落后、须逐个督办的有6个"),
    Case(
        "B5 slipped",
        "demo_2022-12_report",
        "推迟：比首次计划推迟三个月以上的项目4个",
        "列入停滞或明显滞后清单的项目4个",
    ),
    Case("B5 next step", "demo_2022-12_report", "核实投资落后原因"),
    Case("B5 festival", "demo_2022-12_report", "两年春节不在同一月份时，1月和2月须合并对照"),
    Case("B6 signed", "demo_2022-12_report", "2020年签约，满12个月 | 7 | 7 | 7 | 0 | 1"),
    Case("B8 ledger", "demo_2022-12_report", "开票销售最大一户皓珂汽车部件（云锦智造园）占台账企业的22.1%"),
]


@pytest.mark.parametrize("case", CASES, ids=[case.row for case in CASES])
def test_what_was_untrue_is_said_as_it_is(case, root):
    text = (root / f"tests/golden/text/{case.edition}.txt").read_text(encoding="utf-8")
    assert case.said in text
    assert not case.never or case.never not in text


@pytest.mark.parametrize("kind", NOWHERE)
def test_no_chapter_of_any_edition_says_it(kind, root):
    for path in sorted((root / "tests/golden/text").glob("*.txt")):
        assert NOWHERE[kind] not in path.read_text(encoding="utf-8"), path.name
