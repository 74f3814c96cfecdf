"""What the synthetic zone's sources say in words, and what its goals ask for: each marked as made up."""

from tools.demo.events import Row

COLUMNS = ("section", "subject", "kind", "sentence")
STATEMENTS = (
    ("indicators", "经济运行调度", "measure", "每月召开一次经济运行分析会（虚构）。"),
    ("innovation", "审批改革", "done", "园区审批事项实现一窗受理（虚构）。"),
    ("governance", "安全生产", "measure", "开展餐饮燃气和工贸企业隐患排查（虚构）。"),
    ("goals", "下一年", "plan", "2023年以重大项目投产和低效用地整治为重点（虚构）。"),
)

CRITERIA = (
    ("national_zone", "tax", "年税收收入", "business_taxes_without_refund", "at_least", 4, "亿元"),
    ("national_zone", "area", "开发区面积", "", "at_least", 20, "平方公里"),
    ("big_data_base", "racks", "数据中心机架数", "", "at_least", 3000, "台"),
)
ASKED = ("goal", "criterion", "name_zh", "code", "comparison", "threshold", "unit")
DOCUMENTS = {
    "national_zone": ("《国家级经济技术开发区设立条件》（虚构）", "虚构〔2020〕1号", "虚构省商务厅（虚构）"),
    "big_data_base": ("《国家级大数据产业园设立条件》（虚构）", "虚构〔2020〕2号", "虚构省工业和信息化厅（虚构）"),
}


def statements() -> list[Row]:
    """The statements of the last edition."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in STATEMENTS]
    return [row | {"period": "2022-12", "source": "zone"} for row in rows]


def criteria() -> list[Row]:
    """The conditions of both national goals, from documents that do not exist."""
    rows = []
    for values in CRITERIA:
        row = dict(zip(ASKED, values, strict=True))
        document, number, holder = DOCUMENTS[row["goal"]]
        row |= {"document": document, "number": number, "holder": holder}
        rows.append(row | {"issued": "2020-01-01", "quality": "u", "source": "goals"})
    return rows
