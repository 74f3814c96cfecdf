"""Words of hand-made sheets: what offices call our columns, their totals, their footnotes."""

import re

# what offices call the columns that tables.csv names
SYNONYMS = {
    "value": "数值 累计 本年累计 累计数 累计完成 本月止累计 本期累计 自年初累计 完成 完成数 完成额 完成值 "
    "总量 绝对量 绝对数 绝对值 期末数 本期 累计金额 1-n月 1-n月累计 n月累计 1-n月完成 至n月累计",
    "growth_pct": "同比 同比增长 同比增速 增长 增速 增幅 增长率 比上年增长 比上年同期增长 比去年同期增长 比同期增长 "
    "累计同比 累计增速 累计同比增长 1-n月同比 1-n月增速 同比增减",
    "growth_basis": "口径",
    "rank": "位次 排名 名次 排位 位次(按增速)",
    "unit": "计量单位",
    "code": "指标 指标名称 指标名 主要指标 经济指标 编码",
    "park": "所属园区 所在园区 园区名称",
    "peer": "县市区 县(市、区) 县(市区) 开发区名称 园区名称 地区 地区名称",
    "enterprise": "企业 企业名称 单位名称 企业名 单位详细名称",
    "project": "项目 项目名称",
    "uscc": "信用代码 社会信用代码 统一代码",
    "industry": "行业 行业分类 所属行业",
    "note": "备注",
    "period": "时期 报告期 月份 时间",
    "source": "数据来源 资料来源",
    "target": "全年目标 年度目标 目标任务 目标",
    "employees": "从业人员 从业人数 员工人数",
}
LEFT_OUT = {
    *("序号", "本月", "当月", "本月数", "当月数", "当月完成", "本月完成", "n月", "n月当月"),
    *("上年同期", "去年同期", "同期", "同期数", "上年同期数", "增减额", "增减量"),
}
# a character that makes another indicator of a name: names that differ by it are never taken for one
CHANGING = set("总净非不无未外内新增减税前后人均占比率上下大中小第一二三四五六七八九十0123456789")
WHOLE = {"全区", "全市", "全园区", "全开发区", "全区合计"}
TOTALS = {"合计", "总计", "小计", "共计", "总和"}
# a row or header that begins so is a footnote or a signature, not data
FOOTNOTE = re.compile(
    r"(?:注|备注|说明|资料来源|数据来源|来源|填报人|填表人|制表|制表人|审核|审核人|负责人|单位负责人|填报单位|联系电话|报出日期|指标解释)"
    r"\d?\s*[:：]|※|\*{1,3}\s*\S"
)
UNIT_ROW = re.compile(r"(?:计量)?单位\s*[:：]\s*([^\s()（）]+)")
