"""What a chart is made of, for those who draw it anew: an annex sheet, a native chart of a slide."""

import math

import pandas as pd

# the columns that the charts of this package read, and what they are called in an annex; others stay inside
HEADS = {
    "panel": "分项",
    "label": "项目",
    "series": "系列",
    "column": "期间",
    "at": "横轴",
    "month": "月份",
    "age_months": "成立月数",
    "value": "数值",
    "base": "上年同期",
    "last_year": "上年同期",
    "whole": "总量",
    "part": "其中",
    "left": "左图数值",
    "left_text": "左图标注",
    "right": "右图数值",
    "right_text": "右图标注",
    "low": "下限",
    "mid": "中位",
    "high": "上限",
    "mark": "基准",
    "actual": "实际",
    "linear": "时序进度",
    "mean": "历史同期平均",
    "p10": "预测下限",
    "p50": "预测中位",
    "p90": "预测上限",
    "survival_pct": "存续率",
    "low_pct": "存续率下限",
    "high_pct": "存续率上限",
    "letter": "灯号",
    "text": "图中标注",
}


def chart_columns(data: pd.DataFrame) -> list[dict[str, object]]:
    """Return the columns of a chart's frame that it is drawn from: name, head, values; None stands for no number.

    >>> chart_columns(pd.DataFrame({"label": ["甲"], "value": [1.5], "code": ["a"]}))[1]
    {'name': 'value', 'head': '数值', 'values': [1.5]}
    """
    columns = []
    for name, head in HEADS.items():
        if name in data:
            column = {"name": name, "head": head, "values": [_plain(value) for value in data[name].tolist()]}
            # what has an order of its own keeps it
            if isinstance(data[name].dtype, pd.CategoricalDtype):
                column["order"] = data[name].cat.categories.tolist()
            columns.append(column)
    return columns


def _plain(value: object) -> object:
    """A value as JSON has it."""
    if value is None or value is pd.NA:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int | float | str):
        return value
    return str(value)
