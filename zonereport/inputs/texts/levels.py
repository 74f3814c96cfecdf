"""Amounts and counts: 完成投资38亿元, 37户规模以上工业企业, 总投资10亿元的某项目, 占目标任务6亿元的110%."""

import re

from zonereport.inputs.texts.counts import OF_COUNTED, count_name, of_counted
from zonereport.inputs.texts.model import HIGH, LEVEL, LOW, MASKED, MIDDLE, PERCENT, Fact, Token
from zonereport.inputs.texts.rates import OF_GOAL
from zonereport.inputs.texts.scene import Scene, Spot, is_level
from zonereport.inputs.texts.wording import (
    COUNT_VERBS,
    ZONE,
    clean,
    counted,
    name_of,
)

_NAMED = re.compile(
    r"的([^，。；、等]{2,36}?(?:项目|(?:基地|产业园|科技园|园|中心|工程|生产线|厂房)(?![^，。；、]{0,8}项目)))"
)
_BARE = frozenset(["产值", "总产值", "增加值", "销售收入", "主营业务收入", "营业收入", "税收", "利润", "投资"])
_OWN_ZONE = re.compile(rf"^[一-龥（）]{{2,16}}?(?:{ZONE}|[^小社地]区|县)$")


def level(scene: Scene, spot: Spot, tokens: list[Token]) -> int:
    """Read an amount or a count; returns up to where the text is used up."""
    token = spot.token
    if _is_number_of_places(scene, spot):
        token.kind, token.reason = MASKED, "参评总数"
        return 0
    if _is_restated(scene, spot):
        scene.name = _name(scene, spot, tokens) or scene.name
        token.kind, token.reason = MASKED, "里程碑，后有实数"
        return 0
    if token.b <= scene.inside[0]:
        _of_project(scene, spot)
        return 0
    named = _NAMED.match(scene.text[token.b : token.b + 60].split("\n")[0])
    if named and _is_investment(spot):
        return _investment_of(scene, spot, named)
    if _aim_and_rate(scene, spot):
        return 0
    name = _name(scene, spot, tokens)
    fact = Fact(name, token.value, token.unit, scene.now, spot.start, token.b, list(spot.qualifiers))
    fact.tokens.append(token)
    fact.confidence = _confidence(spot, name)
    _subject(scene, spot, fact, tokens)
    fact.name = _part_of_last(scene, spot, fact)
    if not fact.name:
        token.kind, token.reason = MASKED, "没有读出名称"
        return 0
    if "净增" in spot.head or (len(spot.head) < 2 and "净增" in spot.earlier):
        fact.qualify("净增")
    scene.level(fact)
    return 0


def _confidence(spot: Spot, name: str) -> str:
    """The name stands directly before the figure: high; it was inherited: middle; there is none: low."""
    if not name:
        return LOW
    if name[-3:] in spot.head or name[-3:] in spot.tail:
        return HIGH
    # 签约落户…等12个项目: verb and thing stand on both sides of the count
    if name[:2] in spot.head and name[-2:] in spot.tail:
        return HIGH
    return MIDDLE


def _is_number_of_places(scene: Scene, spot: Spot) -> bool:
    """Whether a count only says of how many a place is: 在全省100个工业园区中排第五位."""
    around = scene.text[max(0, spot.token.a - 5) : spot.token.a]
    rest = re.split(r"[，。；]", scene.text[spot.token.b :])[0]
    return (
        counted(spot.token.unit)
        and bool(re.search(r"在(?:全省|全市|全国|全县)?$", around))
        and bool(re.match(r"[^，。；]{0,16}(?:中|考核|里)", rest))
    )


def _is_restated(scene: Scene, spot: Spot) -> bool:
    """Whether a milestone is followed by the figure itself: 突破500亿元，达512.6亿元."""
    following = spot.following
    if not re.search(r"突破|超过?|跨越|迈上$", spot.head) or following is None or following.kind != LEVEL:
        return False
    between = scene.text[spot.token.b : following.a]
    return following.unit == spot.token.unit and bool(re.fullmatch(r"(?:大关)?，(?:达到?了?|为|至)", between))


def _of_project(scene: Scene, spot: Spot) -> None:
    """Read a figure in the name of a project: 年产30万辆摩托车项目."""
    thing = clean(re.sub(r"项目.*$", "", spot.tail))
    name = thing
    if "年产" in spot.head:
        name = f"年产{thing}"
    elif re.search(r"平方米|亩", spot.token.unit):
        name = f"{thing}面积"
    fact = Fact(
        name, spot.token.value, spot.token.unit, scene.now, spot.start, spot.token.b, list(spot.token.qualifiers)
    )
    fact.subject = scene.inside[1]
    fact.tokens.append(spot.token)
    scene.add(fact)


def _is_investment(spot: Spot) -> bool:
    if not spot.token.unit.endswith("元"):
        return False
    return bool(re.search(r"投资(?:近|约|超|达)?$", spot.head)) or spot.head.strip("、和及") == ""


def _investment_of(scene: Scene, spot: Spot, named: re.Match) -> int:
    """Read 总投资10亿元的某项目 as the investment of that project."""
    name = "投资"
    if "总投资" in spot.head or (not spot.head.strip("、和及") and scene.facts and scene.facts[-1].name == "总投资"):
        name = "总投资"
    end = spot.token.b + named.end()
    scene.inside = (end, clean(named[1]))
    words = [word for word in spot.qualifiers if word not in ("目标", "累计")]
    fact = Fact(name, spot.token.value, spot.token.unit, scene.now, spot.start, end, words, subject=clean(named[1]))
    fact.tokens.append(spot.token)
    fact.confidence = MIDDLE
    scene.add(fact)
    return end if not re.search(r"\d", named[1]) else 0


def _aim_and_rate(scene: Scene, spot: Spot) -> bool:
    """Read 占目标任务6亿元的110% as two facts: the aim, and how much of it was reached."""
    following = spot.following
    if not OF_GOAL.search(spot.head.strip()) or following is None or following.kind != PERCENT:
        return False
    between = scene.text[spot.token.b : following.a].strip()
    if not re.fullmatch(r"的|，完成率(?:为)?|，占比", between):
        return False
    subject, name = scene.subject, scene.name
    who = re.match(r"^[，、\s]*([一-龥]{2,12}?(?:产业园|项目|公司|园区))(?:已|累计)*完成", spot.head)
    if who:
        subject, name = who[1], "全年计划投资"
    words = [word for word in spot.qualifiers if word not in ("预计", "累计", "目标")]
    aim = "计划" if re.search(r"计划", spot.head) and who else "目标"
    fact = Fact(name, spot.token.value, spot.token.unit, scene.now, spot.start, spot.token.b, [*words, aim])
    fact.subject, fact.confidence = subject, MIDDLE
    fact.tokens.append(spot.token)
    scene.add(fact)
    kept = [word for word in spot.qualifiers if word == "预计"]
    rate = Fact(f"{name}任务完成率", following.value, "%", scene.now, spot.start, following.b, kept, kind=PERCENT)
    rate.subject = subject
    rate.tokens.append(following)
    following.reason = "used"
    scene.add(rate)
    return True


def _subject(scene: Scene, spot: Spot, fact: Fact, tokens: list[Token]) -> None:
    """Find a subject of the figure's own: a named project or carrier in front of it, or another zone."""
    own = re.match(
        r"^(?:其中|，|、|\s)*([一-龥A-Za-z0-9]{2,20}?(?:项目|[一二三四]期|产业园|众创空间|科技园"
        r"|创投公司|\d号厂房|号厂房))(?:项目)?(?:，|、)?",
        spot.lead,
    )
    chained = _is_chained(scene, spot, tokens)
    about = re.search(r"投资|面积|产能|厂房|入驻|资本|产值", fact.name)
    general = own and re.search(
        r"工业项目|亿元|重点项目|签约|续建|新建项目|农业项目|三产项目|储备项目|产业项目|技改项目"
        r"|重大项目|外资项目|内资项目|新批",
        own[1],
    )
    if own and about and not chained and not general:
        fact.subject = own[1]
        fact.name = re.sub("^" + re.escape(own[1]), "", fact.name) or fact.name
        return
    bare = re.sub(r"^(?:其中|上述|[，：])+", "", fact.name)
    if (
        _OWN_ZONE.match(bare)
        and not counted(fact.unit)
        and scene.name
        and len(bare) > 2
        and not re.search(r"全|占|产业$", bare)
    ):
        fact.subject = scene.subject = bare
        fact.name = scene.name


def _part_of_last(scene: Scene, spot: Spot, fact: Fact) -> str:
    """Return the name of a part by its whole: 其中海外人才 after 引进高层次人才 is 引进海外高层次人才."""
    last = scene.levels[-1] if scene.levels else None
    if "其中" not in spot.lead or last is None or last.unit != fact.unit or scene.codes.code(fact.name, fact.unit):
        return fact.name
    return scene.codes.part(last.name, fact.name) or fact.name


def _is_chained(scene: Scene, spot: Spot, tokens: list[Token]) -> bool:
    """Whether the figure follows a count directly (12个项目，总投资…): then it is about what was counted."""
    before = [one for one in tokens if one.b == spot.start and one.kind == LEVEL]
    return bool(before) and counted(before[-1].unit) and not spot.lead.startswith(("，", "、"))


def _name(scene: Scene, spot: Spot, tokens: list[Token]) -> str:
    """Return the name of an amount or a count."""
    read = count_name if counted(spot.token.unit) else _amount_name
    name = read(scene, spot)
    name = _continued(scene, spot, name)
    name = _owned(scene, spot, name)
    if name in _BARE and scene.topic:
        name = scene.topic + name
    income = re.search(r"人均(?:可支配|纯)收入", scene.name)
    if re.search(r"(?:城镇|农村)(?:常住)?居民$", name) and income:
        name += income[0]
    return name


def _owned(scene: Scene, spot: Spot, name: str) -> str:
    """Let 规模以上工业企业 reach over 完成工业增加值 further on in the sentence."""
    if re.match(r"(?:规模以上|规上)工业企业", name):
        scene.owner = "规模以上"
    elif (
        scene.owner
        and re.match(r"(?:累计|预计)*(?:完成|实现)", spot.head.strip())
        and re.match(r"工业(?:增加值|总?产值|销售产值)", name)
    ):
        return scene.owner + name
    return name


def _continued(scene: Scene, spot: Spot, name: str) -> str:
    """Let a verb reach over a list: 新增规上工业企业17家、规上服务业企业5家; 改建桥梁173座、泵站250座."""
    last = scene.levels[-1] if scene.levels else None
    if last is None or not spot.lead.startswith("、") or not is_level(last):
        return name
    recovered = re.match(r"(?:为[一-龥]{1,6}?)?(讨回|追回|追讨|收回)", last.name)
    if recovered and name and not re.match(r"讨回|追回|追讨|收回", name):
        return recovered[1] + name
    if not counted(last.unit):
        return name
    verb = re.match(rf"(?:{COUNT_VERBS}|改建、新建)(?=.{{2,}})", last.name)
    if verb and name and counted(spot.token.unit) and not re.match(rf"(?:{COUNT_VERBS}|列|累计)", name):
        if verb[0] == "净增":
            spot.qualifiers.append("净增")
        return verb[0] + name
    return name


def _amount_name(scene: Scene, spot: Spot) -> str:
    name = name_of(spot.head)
    name = re.sub(r"^.*?(?:其中|包括)[，：:]?", "", name) or name
    if re.search(r"^(?:预计|将|有望|同比)*(?:可完成|可达|可实现|可)", spot.head.strip()) and scene.name:
        return scene.name
    if (
        re.fullmatch(r"整治|盘活|清理|腾退|改造|收储|供应|拆除|征收|新建|建成|投入|完成", name)
        and len(clean(spot.earlier)) >= 4
    ):
        return re.sub(r"^(?:积极|深入|扎实|持续|大力)*(?:开展|推进|实施|做好)", "", clean(spot.earlier))
    if name in ("总量", "总额", "总数") and re.search(r"多$|少$|增加$|减少$", spot.raw):
        return scene.name + clean(spot.raw)
    if re.search(r"总量(?:较|比)[^，]*(?:多|少|增加|减少)$", spot.raw):
        return scene.name + re.sub(r"^.*?总量", "", spot.raw).strip("，")
    if not name:
        return _inherited(scene, spot)
    if OF_COUNTED.match(name):
        return of_counted(scene, name)
    return name


def _inherited(scene: Scene, spot: Spot) -> str:
    """Return the name of an amount that has none of its own."""
    last = scene.levels[-1] if scene.levels else None
    if last is not None and spot.head.strip("、，和") == "" and last.unit != spot.token.unit:
        base = re.sub(r"户数$|数$", "", last.name)
        if re.search(r"平方米|亩|公顷", spot.token.unit):
            return base + "面积"
    candidate = name_of(spot.earlier)
    if candidate and not re.search(r"元$|%$", candidate) and len(candidate) <= 20:
        return candidate
    behind = clean(spot.tail)
    if len(behind) > 1 and not scene.name:
        return behind
    return scene.name or behind
