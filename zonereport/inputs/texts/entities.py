"""Projects, carriers, works, recognitions and platforms that a text names, with their stage."""

import re
from dataclasses import dataclass

from zonereport.inputs.texts.plain import Plain

# from the farthest on: a text that says 建成投产 says 建成, too
_STAGES = (
    (r"竣工通车|建成通车|(?<!未)通车", "in_service"),
    (r"投入使用|交付使用|投用|启用|开服|投入运营|正式运营", "in_service"),
    (r"即将试生产|即将投产|即将开工|即将封顶|即将竣工", "construction"),
    (r"试生产|试运行", "trial_production"),
    (r"建成投产|竣工投产|(?<!未)投产|达产", "in_production"),
    (r"全面封顶|(?<!未)封顶|主体完工", "topped_out"),
    (r"完成主线工程|主线完成|主线完工", "main_line_completed"),
    (r"成功获批|获批(?!国家|省|市|为)", "approved"),
    (r"陆续交付|正在交付", "handover"),
    (
        r"开工建设|启动建设|加速推进|加速建设|加快建设|全面开工|同步开工|(?<!新)开工(?!项目|建设项目)|在建",
        "construction",
    ),
    (r"办理[一-龥]{0,8}(?:手续|许可)|报批|施工许可", "permitting"),
    (r"签约落户|签约落地|签约(?!项目|资金|金额)", "signed"),
)
_STAGES_OF = {
    "projects": frozenset(
        (
            "signed",
            "permitting",
            "construction",
            "topped_out",
            "handover",
            "trial_production",
            "in_production",
            "in_service",
        )
    ),
    "carriers": frozenset(("approved", "construction", "topped_out", "in_service")),
    "works": frozenset(("construction", "main_line_completed", "in_service")),
}
_WORKS = (
    (r"(?:路|大道|桥|街|南延|北延|西延|东延|高速|快速路|延伸段|隧道)$", "road"),
    (r"(?:变|变电站|变电所|电力设施)$", "power"),
    (r"(?:污水管网|管网|污水处理厂|泵站)$", "sewage"),
    (r"(?:安置房|安置小区|花苑|花园|地块)$|花苑", "housing"),
    (r"(?:历史文化街区|街区)$", "quarter"),
    (r"(?:公园|绿地|游园)$", "park"),
)
_CARRIERS = (
    (r"众创空间|孵化器|加速器|创客", "innovation_space"),
    (r"产业社区|社区", "industrial_community"),
    (r"数据中心$", "data_centre"),
    (r"产业园|科技园|工业园|标准厂房|园[一二三四]期$|创业园|软件园", "industrial_park"),
)
_AREA_OF_ZONE = re.compile(r"开发区|高新区|经开区|产城融合区|园区$|新区$|组团$(?<!B组团)")
_STOP = re.compile(
    r"工作|力度|推进$|进度|顺利|产业$|情况|建设$|服务$|发展|机制|会议|活动|项目$|企业$|工程$|^其中"
    r"|^同步|^全面|^加快|^正式|手续|任务|体系|方案|计划|全区|我区|园区|设施|^等|%|元|^\d"
)
_LEVELS = (("国家级", "national"), ("省级", "provincial"), ("市级", "city"))
_RECOGNITIONS = (
    (r"专精特新.{0,3}小巨人", "little_giants_new"),
    (r"上市培育计划", "listing_pipeline_new"),
    (r"创新型领军企业", "innovation_leaders_provincial"),
    (r"高新技术企业培育库", "hightech_pipeline_new"),
)
_TAIL = re.compile(
    r"(?:项目|二期工程|一期工程|工程|于?\d{4}年.*|即将|已|正在|等.*|\d+月[底末]?.*"
    r"|机房$(?<!云机房)(?<!号机房)|顺利|实现|成功|全部|也|建设|主体|全面|陆续|同步|正式|加速|加快|的"
    r"|，)+$"
)
_HEAD = re.compile(
    r"^(?:其中|包括|同步|总投资[\d.]+亿元的|的|推进|引进|落户|加快|加速|完成|实施|启动|清理|当年|今年"
    r"|全年|一是|二是|三是|，|、|；|：|年内)+"
)


@dataclass(frozen=True)
class Entity:
    """A thing that a text names: its table, name, stage, kind or code and level; ``a`` where its name stands."""

    table: str
    name: str
    stage: str
    kind: str
    a: int
    quote: str
    level: str = ""


def find_entities(plain: Plain) -> list[Entity]:
    """Return the projects, carriers, works, recognitions and platforms of a text in the order of their names."""
    text = plain.text
    found: list[Entity] = []
    for sentence in re.finditer(r"[^。；\n]+", text):
        found += _signed(sentence[0], sentence.start())
        found += _staged(sentence[0], sentence.start())
        found += _works(sentence[0], sentence.start())
        found += _recognised(sentence[0], sentence.start())
        found += _platforms(sentence[0], sentence.start())
    best: dict[tuple[str, str, str], Entity] = {}
    for entity in found:
        key = (entity.table, entity.name, entity.kind if entity.table in ("recognitions", "platforms") else "")
        first = best.get(key)
        # what comes later in a text is farther: 签约 … 投产
        if first is None or (entity.stage and _rank(entity.stage) < _rank(first.stage)):
            best[key] = entity if first is None else Entity(*_fields(entity, first.a))
    return sorted(best.values(), key=lambda entity: (entity.a, entity.table, entity.name))


def _fields(entity: Entity, a: int) -> tuple:
    return entity.table, entity.name, entity.stage, entity.kind, a, entity.quote, entity.level


def _rank(stage: str) -> int:
    order = [one for _, one in _STAGES]
    return order.index(stage) if stage in order else len(order)


def kind_of(name: str) -> tuple[str, str]:
    """Return the table of a name and its kind there.

    >>> kind_of("国华路"), kind_of("云谷众创空间"), kind_of("郑煤机")
    (('works', 'road'), ('carriers', 'innovation_space'), ('projects', ''))
    """
    for pattern, kind in _WORKS:
        if re.search(pattern, name):
            return "works", kind
    for pattern, kind in _CARRIERS:
        if re.search(pattern, name):
            return "carriers", kind
    return "projects", ""


def _names(words: str) -> list[str]:
    """Return the names of a list of things, without the words that lead to it and from it."""
    words = re.sub(r"（[^）]*）", "", words)
    words = re.sub(r"^.*(?:其中|包括|签约落户了?|落户了?|引进了?|：)", "", words)
    # A、B地块 are two plots of one name
    words = re.sub(r"([A-Z])、([A-Z])(?=地块|组团|区)", r"\1&\2", words)
    of_kind = re.search(r"等(安置房|安置小区)", words)
    names: list[str] = []
    for part in re.split(r"、|和|及(?!时)|以及|与", words):
        before = None
        while part != before:
            before = part
            part = _HEAD.sub("", _TAIL.sub("", part)).strip("“”，、 ")
        if not 2 <= len(part) <= 14 or _STOP.search(part) or re.search(r"[。；，：]|^[年月]底$|^[年月]末$", part):
            continue
        if of_kind and not re.search(r"花苑|花园|地块|安置", part):
            part += of_kind[1]
        names.append(part.replace("&", "、"))
    return names


_PART = re.compile(r"[A-Z]?(?:组团)?[一二三四五]期(?:厂房|工程)?|[A-Z]组团.{0,4}")


def _whole(name: str, last: str) -> str:
    """Return a name whose beginning stands before: 三期 after 中兴派能二期 is 中兴派能三期."""
    if not _PART.fullmatch(name) or not last:
        return name
    stem = re.sub(r"[一二三四五]期$", "", last)
    if "组团" in name:
        stem = re.sub(r"[A-Z]组团.*$", "", stem)
    return stem + re.sub(r"厂房$|工程$", "", name)


def _signed(sentence: str, start: int) -> list[Entity]:
    found = []
    for match in re.finditer(
        r"(?:签约落户|签约落地|新签约|签约|落户|新引进"
        r"|引进)了?(?!项目)([^，。；]{2,60}?)等(?:一批)?\d*个?(?:重大|优质|产业)?项目",
        sentence,
    ):
        for name in _names(match[1]):
            found.append(Entity("projects", name, "signed", "", start + sentence.find(name), match[0]))
    return found


_ANY_STAGE = re.compile("|".join(f"(?:{pattern})" for pattern, _ in _STAGES))


def _staged(sentence: str, start: int) -> list[Entity]:
    found = []
    carried, last = "", ""
    for clause in re.finditer(r"[^，]+", sentence):
        words = clause[0]
        stages = list(_ANY_STAGE.finditer(words))
        if not stages:
            carried = words if re.search(r"[、]", words) and len(words) < 40 else ""
            continue
        place = 0
        for match in stages:
            names = _names(words[place : match.start()])
            if not names and place == 0:
                names = _names(carried) if carried else _behind(words.strip(), match[0])
            place = match.end()
            for name in names:
                name = _whole(name, last)
                last = name
                entity = _of_stage(name, _stage_of(match[0]), start + max(0, sentence.find(name[:3])), sentence)
                if entity is not None:
                    found.append(entity)
        carried = ""
    return found


def _behind(words: str, stage: str) -> list[str]:
    """Return names that stand behind the verb: 开工建设某产业园."""
    if _stage_of(stage) not in ("construction", "in_service") or not words.startswith(stage):
        return []
    rest = words[len(stage) :].removeprefix("了")
    return _names(rest) if re.fullmatch(r"[一-龥A-Za-z0-9、]{2,40}", rest) else []


def _stage_of(words: str) -> str:
    return next(one for pattern, one in _STAGES if re.search(pattern, words))


def _of_stage(name: str, stage: str, a: int, sentence: str) -> Entity | None:
    if re.search(r"\d+个|\d+条|企业|人$|率|收入|产值|指标", name) or _AREA_OF_ZONE.search(name):
        return None
    table, kind = kind_of(name)
    if stage not in _STAGES_OF[table]:
        return None
    return Entity(table, name, stage, kind, a, sentence)


def _works(sentence: str, start: int) -> list[Entity]:
    """Return works that are only said to be under way: 推进某变、某变等电力设施和污水管网建设."""
    found = []
    pattern = r"(?:推进|加快推进|实施|加快)([^，。；]{2,40}?)(?:等([一-龥]{2,6}?))?(?:和([一-龥]{2,8}?))?建设"
    for match in re.finditer(pattern, sentence):
        names = _names(match[1])
        if match[3]:
            names.append(match[3])
        for name in names:
            table, kind = kind_of(name)
            if table == "works":
                found.append(Entity("works", name, "", kind, start + max(0, sentence.find(name)), sentence))
    return found


def _recognised(sentence: str, start: int) -> list[Entity]:
    found = []
    pattern = (
        r"(?:^|[，、：])(?:其中)?([一-龥A-Za-z]{2,12}?)(?:成功)?(?:获批|获评|荣获|入选|列入|入围|被认定为"
        r"|并进入|进入|获)((?:国家级|省级|市级)[^，。；]{3,30})"
    )
    last = ""
    for match in re.finditer(pattern, sentence):
        name = re.sub(r"^(?:其中|企业|并|新增)", "", match[1])
        if name in ("", "并") and last:
            name = last
        for words, code in _RECOGNITIONS:
            if re.search(words, match[2]) and len(name) >= 2 and not re.search(r"\d|家|企业$", name):
                found.append(Entity("recognitions", name, "", code, start + match.start(1), sentence, _level(match[2])))
                last = name
    follows = re.search(r"，并?(?:进入|入选|列入|获评)((?:国家级|省级|市级)[^，。；]{3,30})", sentence)
    if follows and last:
        for words, code in _RECOGNITIONS:
            if re.search(words, follows[1]):
                found.append(
                    Entity("recognitions", last, "", code, start + follows.start(1), sentence, _level(follows[1]))
                )
    return found


def _level(words: str) -> str:
    return next((level for word, level in _LEVELS if word in words), "")


def _platforms(sentence: str, start: int) -> list[Entity]:
    found = []
    pattern = (
        r"([一-龥A-Za-z、和]{2,30}?)(?:等)?\d*家?(?:企业)?(?:先后|新)?(?:设立|获批|建成"
        r"|新设)(?:了)?((?:国家级|省级|市级)[^，。；]{0,12}(?:平台|中心|实验室|工作站))"
    )
    for match in re.finditer(pattern, sentence):
        for name in _names(match[1]):
            if _level(match[2]) == "provincial":
                found.append(
                    Entity(
                        "platforms",
                        name,
                        "",
                        "rd_platforms_provincial_new",
                        start + sentence.find(name),
                        sentence,
                        "provincial",
                    )
                )
    return found
