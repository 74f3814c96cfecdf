"""What the synthetic zone's sources say in words: a few sentences, each marked as made up."""

from tools.demo.events import Row

COLUMNS = ("section", "subject", "kind", "sentence")
STATEMENTS = (
    ("indicators", "经济运行调度", "measure", "每月召开一次经济运行分析会（虚构）。"),
    ("innovation", "审批改革", "done", "园区审批事项实现一窗受理（虚构）。"),
    ("governance", "安全生产", "measure", "开展餐饮燃气和工贸企业隐患排查（虚构）。"),
    ("goals", "下一年", "plan", "2023年以重大项目投产和低效用地整治为重点（虚构）。"),
)


def statements() -> list[Row]:
    """The statements of the last edition."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in STATEMENTS]
    return [row | {"period": "2022-12", "source": "zone"} for row in rows]
