"""Growths, shares, completion rates, points and runs: figures that are about another figure."""

import re

from zonereport.inputs.texts.model import HIGH, LEVEL, LOW, MASKED, MIDDLE, PERCENT, POINTS, TIMES, Fact
from zonereport.inputs.texts.scene import Scene, Spot
from zonereport.inputs.texts.wording import BASE, DOWN, MEASURE, UP, clean, measured, name_of, split_names

_TO = r"(?:幅度?|速度?|率|了|到|约|近|超过?|逾|为|达到?|：|在|不低于|不少于)*"
_GROWTH = re.compile(
    rf"(?:分别|依次|均|都|各|实现|预计|将|力争|再|又|大幅|仍|口径|名义|实际|平均|{BASE})*(?P<verb>{UP}|{DOWN}){_TO}$"
)
_SPEED = re.compile(r"(?:同比)?(?P<verb>增速|增幅|涨幅|降幅)(?:均|都)?(?:在|为|达到?|超过?|高达|约)*$")
_GOAL = r"(?:目标任务|预期目标|奋斗目标|目标任务数|任务数?|计划投资|计划数?|目标数?|预算|序时进度|时序进度|时间进度)"
COMPLETION = re.compile(rf"(?:完成|占|达到?|实现)[^，]{{0,14}}?{_GOAL}[^，]{{0,4}}?的?$")
OF_GOAL = re.compile(rf"(?:占|完成)[^，]{{0,10}}?{_GOAL}(?:为)?$")
_SHARE = re.compile(
    r"(?<!抢)占(?!地|用)(?P<whole>[^，]*?)(?:的)?(?:比重|比例|份额)?(?:的|为|达到?|约|近|超过?|突破"
    r"|提高至|提升至|提高到|上升到|：|已)*$"
)
_APPROXIMATE = ("以上", "左右", "近", "超", "约", "余", "多")


def percent_of(spot: Spot) -> str:
    """Return the figure of a percentage or of a multiple as a percentage: 3.9倍 is 390."""
    if spot.token.kind != TIMES:
        return spot.token.value
    return multiple(spot.token.value)


def multiple(value: str) -> str:
    """Return a multiple as a growth in percent.

    >>> multiple("3.9"), multiple("1.0")
    ('390', '100')
    """
    return f"{round(float(value) * 100, 6):f}".rstrip("0").rstrip(".")


def percent(scene: Scene, spot: Spot) -> None:
    """Read a percentage or a multiple: a growth, a completion rate, a share, or a rate with a name of its own."""
    head = spot.head.strip()
    grown = _GROWTH.search(head) or _SPEED.search(head)
    if _is_threshold(scene, spot, head):
        spot.token.kind, spot.token.reason = MASKED, "名称中的门槛"
    elif grown and not re.search(r"占|比重|完成率|覆盖率|失业率", head[: grown.start()]):
        _growth(scene, spot, head, grown)
    elif spot.token.kind == PERCENT and (COMPLETION.search(head) or _of_aim(scene, head)):
        _completion(scene, spot, head)
    elif spot.token.kind == PERCENT and (share := _SHARE.search(head)):
        _share(scene, spot, head, share)
    elif re.search(r"超额完成", spot.lead):
        name = _last(scene) + "超额完成目标"
        _rate(scene, spot, name, LOW)
    else:
        _named_rate(scene, spot, head)


def _is_threshold(scene: Scene, spot: Spot, head: str) -> bool:
    """Whether a rate only says which firms were counted: 8户企业增速在45%以上."""
    last = scene.levels[-1] if scene.levels else None
    counts = re.match(r"(?:家|户|个)?(?:企业|项目|指标|产品)(?:增速|增幅|占比)(?:均|都)?(?:在|为|超过?)$", head)
    return bool(counts) and last is not None and last.tokens[-1].b == spot.start


def _of_aim(scene: Scene, head: str) -> bool:
    return head == "的" and bool(scene.levels) and bool({"目标", "计划"} & set(scene.levels[-1].qualifiers))


def _last(scene: Scene) -> str:
    return scene.name


def _rate(
    scene: Scene, spot: Spot, name: str, confidence: str = MIDDLE, *, without: tuple[str, ...] = ("累计",)
) -> Fact:
    unit = "%" if spot.token.kind in (PERCENT, TIMES) else spot.token.unit
    value = spot.token.value
    if spot.token.kind == TIMES:
        unit = "倍"
    words = [word for word in spot.qualifiers if word not in without]
    fact = Fact(
        name, value, unit, scene.now, spot.start, spot.token.b, words, confidence=confidence, kind=spot.token.kind
    )
    fact.tokens.append(spot.token)
    return scene.add(fact)


def _growth(scene: Scene, spot: Spot, head: str, grown: re.Match) -> None:
    sign = ""
    if re.fullmatch(f"{DOWN}|降幅", grown["verb"]):
        sign = "-"
    figure = (sign + percent_of(spot)).replace("--", "-")
    if re.search(r"年均|两年平均|三年平均|平均增", head):
        _average(scene, spot, head[: grown.start()], figure)
        return
    words = head[: grown.start()]
    if re.search(r"(?:^|，)(?:比|较|与|按)[^，]{0,10}$", words) and not name_of(words):
        words = ""
    name = name_of(words)
    several = _several(spot, head, name, words)
    if several:
        for one in several:
            growth_alone(scene, spot, one, figure)
        return
    if name in ("", "增速", "增幅", "速度", "分别", "总量", "实际", "名义", "收入") or re.fullmatch(
        r"(?:比|较|按).{0,8}", name
    ):
        _growth_of_last(scene, spot, figure)
        return
    fact = growth_alone(scene, spot, lent(scene, name), figure)
    scene.levels.append(fact)
    scene.name = fact.name


def _several(spot: Spot, head: str, name: str, words: str) -> list[str]:
    """Return the names of a growth that holds for several: 固定资产投资、工业投资均增长12%."""
    if not re.search(r"均|都|各|增[速幅](?:均|都)?(?:在|为)", head):
        return []
    together = name or "，".join(spot.pieces[:-1])
    names = split_names(re.sub(r"(?:均|都|各)$", "", together))
    return names if len(names) > 1 else []


def _average(scene: Scene, spot: Spot, words: str, figure: str) -> None:
    kind = "年均增速"
    if "两年" in spot.raw or "两年平均" in spot.lead:
        kind = "两年平均增速"
    fact = _rate(scene, spot, (name_of(words) or scene.name) + kind)
    fact.value, fact.unit = figure, "%"
    years = {one.period for one in scene.of_sentence if re.fullmatch(r"\d{4}", one.period)}
    if kind == "年均增速" and len(years) > 2:
        fact.period = f"{min(years)}-{max(years)}年"


def growth_alone(scene: Scene, spot: Spot, name: str, figure: str) -> Fact:
    """Take in a growth whose level is not said."""
    words = [word for word in spot.qualifiers if word != "累计"]
    fact = Fact(name, "", "", scene.now, spot.start, spot.token.b, words, growth=figure, kind=PERCENT)
    fact.tokens.append(spot.token)
    return scene.add(fact)


def _growth_of_last(scene: Scene, spot: Spot, figure: str) -> None:
    """Give a growth without a name to the figure before it; to the clause before it where that has no figure yet."""
    earlier = name_of(spot.earlier) if len(spot.pieces) > 1 else ""
    last = scene.levels[-1] if scene.levels else None
    if last is not None and not last.growth and last.value and not (earlier and scene.codes.code(earlier, "")):
        last.growth = figure
        last.b = max(last.b, spot.token.b)
        last.tokens.append(spot.token)
        last.qualify(*(word for word in spot.token.qualifiers if word in _APPROXIMATE))
        return
    fact = growth_alone(scene, spot, earlier or scene.name, figure)
    fact.confidence = LOW
    if earlier:
        scene.levels.append(fact)
        scene.name = earlier


def lent(scene: Scene, name: str) -> str:
    """Return a name with the measure that the figures before it were about: 制造业 after 工业增加值 is 制造业增加值."""
    if measured(name):
        return name
    if re.search(r"(?:业|企业|业）|产业|门类)$", name):
        for fact in reversed(scene.facts[-14:]):
            measure = re.search(r"增加值|总?产值|投资|营收|营业收入|利润", fact.name)
            if measure:
                return name + measure[0]
    for fact in reversed(scene.facts[-4:]):
        if fact.name.endswith("产量") and not fact.value:
            return name + "产量"
    return name


def _completion(scene: Scene, spot: Spot, head: str) -> None:
    """Read 完成年度计划的92% and the like; the name of the thing may stand in the same clause."""
    goal = re.search(rf"(?:年度|全年|年)?{_GOAL}", head)
    word = goal[0].replace("任务数", "任务") if goal else "目标"
    own = re.match(r"^(.{2,}?)(?:已|累计)*(?:完成|占|达到?)", clean(head))
    name = scene.name
    if own and measured(own[1]) and len(own[1]) > 3:
        name = own[1]
    if re.search(r"超额", spot.lead):
        _rate(scene, spot, word + "超额完成", LOW)
        return
    _rate(scene, spot, f"{name}{word}完成率", MIDDLE, without=("累计", "目标"))


def _share(scene: Scene, spot: Spot, head: str, share: re.Match) -> None:
    own = name_of(head[: share.start()]) or name_of(spot.earlier if not scene.levels else "") or scene.name
    whole = clean(share["whole"])
    whole = re.sub(r"(?:的)?(?:比重|比例)?(?:为|达到?|提高至|提升至|突破|超过?)*$", "", whole)
    if whole in ("", "比") and scene.whole:
        whole = scene.whole
    if whole in ("", "比"):
        _rate(scene, spot, own + "占比", MIDDLE)
        return
    scene.whole = whole
    whole = re.sub(r"^(?:开发区|全区)(?=.)", "", whole)
    _rate(scene, spot, f"{own}占{whole}比重", MIDDLE)
    # the next share without a whole of its own is of the same whole
    if head[: share.start()].strip("，、 "):
        scene.name = own


def _named_rate(scene: Scene, spot: Spot, head: str) -> None:
    name = name_of(head)
    if not name and len(spot.pieces) > 1:
        name = name_of(spot.earlier)
    if name in ("占比", "比重", "比"):
        name = scene.name + "占比"
    if name in ("增速", "增幅"):
        growth_alone(scene, spot, scene.name, percent_of(spot))
        return
    if not name:
        name = scene.name
    carrier = re.match(r"^([一-龥A-Za-z0-9]{2,18}?(?:产业园|项目|[一二三四]期|科技园))(?=主体|形象|工程|进度)", name)
    fact = _rate(scene, spot, name, MIDDLE if head else LOW)
    if carrier:
        fact.subject, fact.name = carrier[1], clean(head[head.index(carrier[1]) + len(carrier[1]) :]) + "完成"
    fact.kind = PERCENT
    scene.name = name
    scene.levels.append(fact)


_POINT_VERB = (
    r"高于|低于|高出|快于|慢于|优于|落后|超过?|拉动|较|比|同比|环比|提高|下降|上升|回落|提升|增加|减少"
    r"|加快|放缓|收窄|扩大"
)


def points(scene: Scene, spot: Spot) -> None:
    """Read percentage points: 高于全省2.2个百分点, 较上月回落3.4个百分点."""
    head = re.sub(r"^(?:，|、)+", "", spot.raw.strip())
    words = re.split(_POINT_VERB, head)[0]
    rest = re.sub(r"(?:平均水平|平均值|平均|水平|了|约|近)", "", head[len(words) :])
    name = name_of(words)
    base = scene.name
    if scene.of_sentence:
        base = _what_moved(scene.of_sentence[-1])
    if name in ("", "增速", "增幅", "涨幅", "降幅", "占比", "比重", "总量"):
        if name and base.endswith(name):
            name = ""
        name = base + name
    elif measured(name):
        scene.name = name
    _rate(scene, spot, name + rest.strip(), MIDDLE, without=("累计",))


def _what_moved(fact: Fact) -> str:
    """Return the name that a movement in points is about: that of the last figure, but for its own movement."""
    if fact.unit != "个百分点":
        return fact.name
    return re.sub(rf"(?:增速|增幅)?(?:{_POINT_VERB}).*$", "", fact.name) or fact.name


def run(scene: Scene, spot: Spot) -> None:
    """Read 连续18个月保持两位数增长 as a run of the figure that it is about."""
    words = re.split(r"[，。；]", scene.text[spot.token.b :])[0]
    what = clean(re.sub(r"\d.*", "", words))[:12]
    what = re.sub(r"(?:第一|首位).*$", "第一", what)
    own = name_of(spot.head)
    if own in ("", "增速", "增幅") or not measured(own):
        own = scene.name + own
    ending = {"年": "年数", "个季度": "季度数"}.get(spot.token.unit, "月数")
    fact = _rate(scene, spot, f"{own}连续{what}{ending}", LOW)
    fact.qualify("连续")
    scene.name = own


def doubled(scene: Scene, spot: Spot) -> None:
    """Read 翻一番 and 持平 as the growth of the figure before them, or of the name in front of them."""
    head = re.sub(
        r"(?:与|同|和|比|较)?(?:去年|上年|上年同期|去年同期|同期|上月)*(?:基本|实现|同比)*$",
        "",
        spot.head.strip("，、"),
    )
    name = name_of(head)
    last = scene.levels[-1] if scene.levels else None
    if not name and last is not None and last.value and not last.growth and last.kind == LEVEL:
        last.growth = spot.token.value
        last.b = spot.token.b
        last.tokens.append(spot.token)
        return
    if name in ("", "增速", "增幅") or re.search(r"增速|增幅|全年|上月", spot.head):
        return
    fact = growth_alone(scene, spot, lent(scene, name), spot.token.value)
    fact.confidence = MIDDLE if measured(name) else LOW
    scene.levels.append(fact)
    scene.name = fact.name


__all__ = [
    "COMPLETION",
    "HIGH",
    "MEASURE",
    "OF_GOAL",
    "POINTS",
    "doubled",
    "growth_alone",
    "lent",
    "multiple",
    "percent",
    "points",
    "run",
]
