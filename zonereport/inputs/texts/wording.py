"""The name of an indicator out of the words before or behind its figure."""

import re

from zonereport.inputs.texts.numbers import COUNTED

UP = "增长|上升|提高|上涨|增加|递增|攀升|激增|提升|扩大|高出|增|升|快"
DOWN = "负增长|下降|减少|回落|降低|下滑|下跌|收窄|减|降|低"
# bases of a comparison: they are no part of a name
BASE = (
    r"(?:同比|环比|按(?:可比|同|现行)?(?:口径|价格?|比口径|可比价格?)(?:计算)?|可比口径|剔除[^，。]{2,16}后"
    r"|(?:比|较|与)(?:去年|上年|上一年|前一年|年初|\d{4}年|(?:1-)?\d{1,2}月份?|上月|上半年|一季度|同期"
    r"|全年)(?:同期|同月|末|底|全年)?(?:实际|相比)?"
    r"|同期相?比|两年平均|三年平均|年均|相比)"
)
# a measure that the last name of a list, or a share of it, lends to the others
MEASURE = (
    r"(?:总?产值|增加值|产量|销量|投资额?|营收|营业收入|主营业务收入|销售额?|销售收入|开票销售"
    r"|应税销售|税收|税收收入|利润|利润总额|利税|出口额?|进口额?|进出口额?"
    r"|销售产值|用电量|到位资金|协议资金|注册资金|人均可支配收入|人均纯收入|可支配收入|完成投资|价值"
    r"|总量|增速|增幅)"
)
ZONE = (
    r"(?:经济技术开发区|经济开发区|高新技术产业开发区|高新技术产业园区|国家高新区|高新区|经开区|开发区"
    r"|工业园区|产业园区|综合保税区|综保区|保税区"
    r"|新区|街道|园区|“一区[一-龥]园”)"
)
_LEAD = re.compile(
    r"^(?:其中|同时|此外|另外|另有|另|目前|截至目前|截至|截止|全年|当年|年内|期末|年末|今年以来|今年"
    r"|以来|预计|预估|初步|累计|共计|总共|总计|合计|共|分别"
    r"|继续|成功|首次|已经|已|先后|新近|将|可望|可|有望|确保|力争|力促|努力|并且|并|和|及|以及|与|的"
    r"|是|为|到(?!位|账)|从(?!业)|在(?!建|谈|孵|库)|对(?!外|口|接)"
    r"|等|也|则|还|又|由|完成了?(?!率)|实现了?|达到?(?!产|标|效)|拥有|现有|取得|获得|本月|当月|当季"
    r"|各类|该区|该市|该县|我区|我市|我县|全区|全市|全县|全镇|全园|全口径(?=工业开票)"
    r"|园区内|区内|含(?=留抵)|有(?!效|色|限|机|线)|市口径|镇口径|尚有|仍有|还有|又有|其|，|、|：|“|”"
    r"|；|\s|[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十]+[)）、]|[A-H]\s|\d+[、.]"
    r"|分[一-龥]{2,6}看|从[一-龥]{2,8}看|[一-龥]{1,4}方面|主要经济指标)+"
)
_TRAIL = re.compile(
    r"(?:预计|可望|可|将|累计|共计|总计|合计|共|已经|已|也|均|约|近|超过|超|逾|达到|达成|达|为|是|至"
    r"|到|有|完成|实现|突破|首次|分别|依次|再|仍|保持|控制在|控制到|升至|降至"
    r"|迈上|跨上|站上|跃上|迈过|跨越|提高至|提高到|增至|增加至|增加到|扩大到|扩大至|稳定在|之和|计|在"
    r"|全年|力争|确保|新|共有|实有|拥有|就|当月|同比|：|，|、|的|了|“|\s|仅|高达|多达|接近|有望|不少于"
    r"|不低于|不超过"
    r"|以上|较好|顺利|净增|每年|数量|数)+$"
)
# verbs that say nothing of what is counted
EMPTY_VERBS = re.compile(r"^(?:完成|实现|有|共|共有|拥有|现有|达|达到|对|涉及|包括|推进|总数|总计|累计|取得)?$")
# verbs that are part of what is counted
COUNT_VERBS = (
    r"新增|净增|新认定|认定|新签约|签约落户|新落户|签约|新签|新批|新设立|新设|引进|新引进|招引|新招引"
    r"|培育|新培育|建成|新建|改建|续建|改造|新开工|开工|竣工|投产|达产|新投产"
    r"|新竣工|入驻|入库|新入库|获批|获评|通过|新通过|入选|走访|接待|协调|化解|安装|出台|落地|新落地"
    r"|储备|解决|盘活|整治|办理|追回|讨回|迁出|列入|实施|新实施|在建|培养|转化|举办|开展|授权|申请"
    r"|新获批"
)
_GIVER = re.compile(
    rf"^.{{0,16}}?(?:{ZONE}|[区市县镇乡]|公司|工程”)(?:（[^）]*）)?(?:共|累计|预计|已|分别)*"
    r"(?:(?:实现|完成|拥有)(?=.{2,})|(?=引进|新增|净增|新签|新引))"
)
_STRIP = '，、：:；;。 （）()“”"'


def clean(words: str) -> str:
    """Take fillers away from both ends of a name.

    >>> clean("其中，全区累计完成工业投资达到"), clean("完成率为")
    ('工业投资', '完成率')
    """
    words = re.sub(r"（[^）]*$", "", words)
    before = None
    while words != before:
        before = words
        words = _TRAIL.sub("", _LEAD.sub("", words)).strip(_STRIP)
    return words


def name_of(head: str) -> str:
    """Return the name in the words before a figure.

    >>> name_of("规模以上工业企业预计完成总产值"), name_of("同比全市完成固定资产投资")
    ('规模以上工业企业总产值', '固定资产投资')
    """
    words = re.sub(BASE, "", head)
    words = re.sub(r"（[^）]*）", "", words)
    words = _GIVER.sub("", words)
    words = clean(words)
    # 战略X推动 完成Y: what stands before the verb is no part of the name unless it says who
    giver = re.search(r"^(.*?)(?:预计|累计|共|全年)*(?:完成|实现|达到)(?=.{2,})", words)
    if giver:
        rest = clean(words[giver.end() :])
        owner = clean(giver[1])
        if len(rest) >= 2:
            words = rest
            if (
                re.search(r"(?:企业|产业|行业|业|项目|工程)$", owner)
                and len(owner) <= 14
                and not rest.startswith(owner)
            ):
                words = owner + rest
    # 由此带动…等N项: only what stands behind 等
    return re.sub(r"^.*、.*等(?=.{2,})", "", words)


def split_names(words: str, count: int = 0) -> list[str]:
    """Return the names of a list; the last one lends its measure to the others.

    >>> split_names("新能源汽车、充电桩和锂离子电池产量")
    ['新能源汽车产量', '充电桩产量', '锂离子电池产量']
    """
    words = clean(re.sub(BASE, "", words))
    parts = _parts(r"、|和|及|与|以及", words)
    if count and len(parts) != count:
        for pattern in (r"、|和|与", r"、|和", r"和|与|及|以及", r"、"):
            if len(_parts(pattern, words)) == count:
                parts = _parts(pattern, words)
                break
    if len(parts) > 1:
        measure = re.search(f"{MEASURE}$", parts[-1])
        if measure:
            lent = measure[0]
            parts = [part if _measured(part) else part + lent for part in parts]
    return parts


def _parts(pattern: str, words: str) -> list[str]:
    return [clean(part) for part in re.split(pattern, words) if clean(part)]


def _measured(name: str) -> bool:
    return bool(re.search(rf"{MEASURE}$|收入$|指数$|总额$|总值$|外资$|内资$|余额$|率$|量$|零售额?$|值$", name))


def measured(name: str) -> bool:
    """Whether a name says what is measured, so that nothing need be lent to it."""
    return bool(
        re.search(
            rf"{MEASURE}$|收入$|总额$|投资|外资|内资|总值$|额$|量$|率$|能耗$|强度$|收入|零售|进出口"
            rf"|出栏|存栏|资金$|贷款$|存款$|余额$|项目$|指标$|指数$|支出$|用电|税$|比重$|占比$",
            name,
        )
    )


def counted(unit: str) -> bool:
    """Whether a unit counts things."""
    return unit in COUNTED


_AWARDED = re.compile(
    r"^(?:企业|单位|项目|产品|人)?(?P<verb>新?(?:获评|获批|获得|荣获|获|通过|入选|纳入|列入|入围"
    r"|被评为|被认定为|认定为|进入|跻身|设立|新设立|新设|建成))(?P<what>.{3,}?)(?P<end>认定|评价|称号)?$"
)
_GENERAL = frozenset(["企业", "项目", "指标", "园区", "道路", "单位", "工程", "企业家", "人才", "产品", "平台"])
_PREDICATE = (
    "实现|完成|共|累计|地区生产|规[上模]|签约|各项|均|分别|增速|指标增|进展|先后|正在|正抓紧|产值|开工"
    "|建成投产|建成投用|达产达效|投产|竣工|总投资|列入|入选|获|未"
)
_DONE = re.compile(
    r"签约入园|签约落户|签约落地|签约|开工建设|新开工|开工|建成投产|建成投用|达产达效|投产|竣工通车"
    r"|建成通车|竣工投产|竣工|通车|落地|未列统"
)


def cleaned_object(tail: str) -> str:
    """Return the thing that is counted in the words behind a count: 37户|规模以上工业企业完成…

    >>> cleaned_object("规模以上工业企业完成工业增加值"), cleaned_object("企业获高新技术企业认定")
    ('规模以上工业企业', '获评高新技术企业认定')
    >>> cleaned_object("项目签约入园"), cleaned_object("企业增速在")
    ('签约入园项目', '企业')
    """
    awarded = _AWARDED.match(tail)
    if awarded:
        verb = awarded["verb"].removeprefix("新")
        if verb in ("获批", "获得", "荣获", "获", "被评为", "被认定为", "认定为"):
            verb = "获评"
        return verb + clean(awarded["what"]) + (awarded["end"] or "")
    words = tail
    if len(words) > 3:
        words = re.split(f"(?<=.{{2}})(?:除|{_PREDICATE})", words)[0]
    thing = clean(words)
    if thing in _GENERAL and len(tail) > len(thing):
        rest = tail[tail.index(thing) + len(thing) :]
        done = _DONE.match(rest)
        if done:
            return done[0] + thing
        if re.match(f"{MEASURE}|实现|完成|共", rest):
            return thing
        return tail.strip("，、 ")[:16]
    return thing


def general(thing: str) -> bool:
    """Whether a thing that is counted says nothing without the words around it."""
    return thing in _GENERAL
