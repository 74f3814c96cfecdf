"""Words of hand-made sheets: what offices call our columns, what else a heading may say, totals and footnotes."""

import re

from zonereport.language import noted

# what offices call the columns that tables.csv names, beside what the tags below say
SYNONYMS = {
    "value": "数值 累计 本年累计 累计数 累计完成 本月止累计 本期累计 自年初累计 完成 完成数 完成额 完成值 "
    "总量 绝对量 绝对数 绝对值 期末数 本期 累计金额 指标值",
    "growth_pct": "同比 同比增长 同比增速 增长 增速 增幅 增长率 比上年增长 比上年同期增长 比去年同期增长 比同期增长 "
    "累计同比 累计增速 累计同比增长 同比增减",
    "growth_basis": "口径",
    "rank": "位次 排名 名次 排位 位次(按增速)",
    "unit": "计量单位",
    "code": "指标 指标名称 指标名 主要指标 经济指标 编码 主要经济指标",
    "park": "所属园区 所在园区 园区名称",
    "peer": "县市区 县(市、区) 县(市区) 开发区名称 园区名称 地区 地区名称 区域 县区",
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
# what a heading may say of figures, and in which words; the longest word is read first
TAGS = {
    "cumulative": "自年初累计 本年累计 年初累计 至本月止累计 本月止累计 本期累计 累计完成 累计 年初至今 自年初 "
    "至本月止 本月止",
    "month": "本月 当月 单月 当期",
    "quarter": "当季 本季",
    "last": "上年同期 去年同期 上年同月 同期 上年 去年 上期 上月 前年 上季度 上季",
    "value": "数值 绝对量 绝对数 绝对值 总量 完成数 完成额 完成值 完成情况 完成 实绩 金额 数额 指标值 数 值 额",
    "growth": "比上年同期增长 比去年同期增长 较上年同期增长 比上年增长 较上年增长 比去年增长 比同期增长 同比增长 "
    "同比增速 同比增减 同比增幅 增长率 增长 增速 增幅 涨幅 同比 增减 升降 ± +/- +-",
    "mom": "环比增长 环比增速 环比 比上月增长 比上月 较上月",
    "difference": "同比增减额 同比增减量 同比增量 增减额 增减量 增加额 增加量 增量 差额 净增",
    "index": "上年同期=100 上年=100 去年=100 指数",
    "share": "占全市比重 占比 比重 份额 占",
    "progress": "完成率 完成进度 完成比例 完成目标 进度 序时",
    "target": "全年目标 年度目标 目标任务 目标数 目标 任务 计划 预期",
    "rank": "位次 排名 名次 排位",
    # said of every figure, and no other figure for it
    "plain": "其中 本年 今年 当年 本期 期末 情况 快报数 快报 单位 计量单位 注 主要经济指标 主要指标 按 全部",
}
WORD_TAGS = {word: tag for tag, words in TAGS.items() for word in words.split()}
# figures that are understood and have no place in a table
ELSEWHERE = {
    "mom": noted("growth on the month before"),
    "difference": noted("a difference in an amount, no growth rate"),
    "index": noted("an index (上年=100), no growth rate"),
    "share": noted("a share"),
    "progress": noted("progress towards a target"),
    "target": noted("a target"),
    "last": noted("the figure of last year"),
}
# columns that are left out without a question: everybody knows what they are
LEFT_OUT = {
    "序号",
    "操作",
    "本月",
    "当月",
    "本月数",
    "当月数",
    "当月完成",
    "本月完成",
    "单月",
    "上年同期",
    "去年同期",
    "同期",
    "同期数",
    "上年同期数",
    "增减额",
    "增减量",
}
# a column in which a row may be marked, and the mark that takes away what stands for it
MARKS, REMOVE = "操作", "删除"
# what the rows of a header in front of periods going down are about
ATTRIBUTES = {"指标", "指标名称", "地区", "频度", "频率", "单位", "计量单位", "来源", "数据来源", "更新时间"}
FREQUENCIES = {"月", "季", "年", "月度", "季度", "年度"}
# names that say a stock as well as what was new in the period: asked in a sheet, never taken in a text
EITHER = {
    "高新技术企业": noted("高新技术企业认定, the firms recognised in the period, and not all that hold the title"),
}
# a character that makes another indicator of a name: names that differ by it are never taken for one
CHANGING = set("总净非不无未外内新增减税前后人均占比率上下大中小第一二三四五六七八九十0123456789")
WHOLE = {"全区", "全市", "全园区", "全开发区", "全区合计"}
TOTALS = {"合计", "总计", "小计", "共计", "总和"}
# headings of a group of rows that change nothing of the figures below them
HEADINGS = re.compile(
    r"(?:主要|重点|综合|核心|其他|其它)?(?:经济|工业|农业|服务业|财政|财税|税收|投资|贸易|外贸|外经|外资|外经外贸|开放|招商|招商引资|项目|"
    r"企业|科技|创新|科技创新|人才|土地|环保|生态|安全|民生|社会|治理|城建|建设|消费|商贸|产业|运行|发展|效益|总量)*"
    r"(?:类|方面|部分|板块|情况|指标|经济)*"
)
# a row or header that begins so is a footnote or a signature, not data
FOOTNOTE = re.compile(
    r"(?:注|备注|说明|资料来源|数据来源|来源|填报人|填表人|制表|制表人|审核|审核人|负责人|单位负责人|填报单位|联系电话|报出日期|指标解释)"
    r"\d?\s*[:：]|※|\*{1,3}\s*\S"
)
# a month as a number, of which a spreadsheet drops the last zero
SHORTENED = re.compile(r"(?:19|20)\d\d\.1")
# the unit of the figures; 填报单位 and its like are offices
_OFFICES = "填报|报送|编制|制表|填表|填制|责任|牵头|主管|上报|报出|统计|发布|提供|印发|审核|所属|负责|承办|主办"
UNIT_ROW = re.compile(rf"(?<!{_OFFICES})(?:计量|金额|货币)?单位\s*[:：]\s*([^\s()（）]+)")
# words of a title that make other figures of all below it
TITLE_TAGS = {"month", "cumulative"}
# words that make estimates of all figures, which then have that qualifier
ESTIMATED = re.compile(r"预计|预估|估算|初步测算")
# words of a title or a footnote that change every figure below it; 比上年增长 does not
OTHER_FIGURES = re.compile(
    r"不含|不包括|剔除|扣除|(?<![比较与同])(?:上年|去年)|(?<!比)(?<!年)同期|计划|目标|预计|预估|估算|初步测算|预期|预测|环比|占比|比重|完成率"
)
