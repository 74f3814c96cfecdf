"""What things are called in every chapter: reasons, measures, fields, heads of tables, bands."""

QUALIFIER_NAMES = {
    "estimate": "预计数",
    "approximate": "约数",
    "lower_bound": "下限数",
    "upper_bound": "上限数",
    "cumulative": "累计数",
    "including": "含其中项",
    "subset": "其中项",
    "decreased": "只公布下降",
}

REASONS = {
    "not_reported": "来源未公布",
    "no_base": "来源未公布增速，也无上年同期数",
    "zero_base": "基数为零",
    "negative_base": "上年同期为负数",
    "no_target": "未取得年度目标",
    "other_target": "目标为增速或上限，不计算完成率",
    "direction_only": "来源只公布下降，未公布数值",
    "bounds": "两项均为下限数，比值没有确定方向",
    "basis_changed": "两期口径不同",
    "published_only": "来源未公布增速，该指标不以两期水平值推算",
    "negative_value": "本期为负数而上年同期为正数",
    "too_few": "数量太少，不足以计算",
    "too_early": "三月以前不作全年预测",
    "unsteady": "起伏过大，各种方法的回算误差都不稳定，不作全年预测",
    "unproven": "没有经过回算检验的预测方法",
    "imprecise": "由四舍五入的数推算，误差过大",
    "few": "数量少，只列增减，不列增速",
    "stock": "存量指标没有序时进度",
    "two_bases": "两种口径结论相反",
    "no_history": "没有可以比较的往期数",
    "year_over": "年度已结束",
    "target_met": "已完成全年目标",
    "zero_target": "目标与起点相同，无须增减",
    "not_cumulative": "只有单季或半年数，不是年初累计数",
    "no_change": "总体基本没有变化",
    "falling_total": "总体下降，只列拉动点数",
    "rate": "比率不分解到部分",
    "no_total": "没有总体数",
    "rest": "口径变动或未分项",
    "first_place": "已列第1位",
    "last_place": "已列末位",
    "first_of_year": "本年首期，无上月位次",
    "no_peers": "未取得同类开发区同期数",
    "no_rule": "无当年考核办法",
    "no_scheme": "本年度没有考核办法",
    "negative_weight": "考核办法含负权重",
    "low_coverage": "已公布指标的权重不足三分之二",
    "no_first_tier": "考核办法未定第一方阵位次",
    "constant": "各单位数值相同",
    "equal_goalposts": "上下限相同",
    "zero_weight": "权重为零",
    "no_threshold": "未取得门槛值",
    "met": "已达标",
    "unreachable": "按现速不可达",
    "no_pace": "位次、是否、比率或界限数不推算年数",
    "year_not_over": "尚无完整年度数",
    "other_currency": "币种不同，未折算",
    "not_reached": "尚未达到该比例",
    "too_young": "签约未满该月数",
    "start_missed": "计划当月未开工",
    "start_missed_three_months": "连续三个月应开工未开工",
    "not_due": "未到计划开工时间",
    "investment_behind": "投资进度落后序时十个百分点及以上",
    "slightly_behind": "落后序时不足十个百分点",
    "on_schedule": "达到序时进度",
    "no_plan": "计划时间未报",
    "no_investment_figure": "投资或完成投资未报",
    "no_investment": "连续三个月完成投资未增加",
    "overdue_without_date": "计划已过、未报新时间",
    "no_report": "连续三个月未报进度",
    "slipped": "投产比首次计划晚三个月及以上",
    "withheld": "公开版按规则不列",
    "no_rate": "没有带来源的月度汇率，不折算",
}

MEASURES = {"growth": "同比增速", "completion": "目标完成率", "rank": "位次"}

GROUPS = {
    "S2": "主要指标",
    "S3": "三类指标",
    "S4": "全市考核",
    "S5": "产业项目",
    "S6": "企业培育",
    "S7": "功能提升",
    "S8": "改革创新",
    "S9": "低效用地整治",
    "S10": "综合治理",
}

HEADS = {
    "name": "指标",
    "text": "数值",
    "growth": "同比",
    "completion": "完成目标",
    "rank": "位次",
    "note": "口径与说明",
    "processing": "计算与使用说明",
    "group": "领域",
    "origin": "出处",
    "enterprise": "企业",
    "honours": "称号或平台",
    "level": "级别",
    "track": "梯队",
    "measure": "缺少的内容",
    "codes": "涉及指标",
    "reason": "原因",
    "remedy": "如何补齐",
    "project": "项目",
    "tier": "清单",
    "stage": "阶段",
    "object": "载体或工程",
    "status": "状态",
    "date": "时点",
    "detail": "说明",
}

# the three bands of the zone's indicators (巩固优势、提升中游、补强落后)
BANDS = {"advantaged": "优势", "mid": "中游", "lagging": "落后", "insufficient": "数据不足"}

UNSAID = "来源未说明"

TIERS = {"national": "国家重大", "provincial": "列省", "city": "列市", "": ""}

PUBLIC_MARK = "公开版"
ORIGIN_MARK = {"synthetic": "模拟数据 不反映任何真实开发区", "internal": "内部数据 未对外公布", "published": ""}

NO_VALUE = "—"

# how many enterprises with one title are still listed by name
LONGEST_LIST = 10
