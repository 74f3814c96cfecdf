"""The name of a count: what stands before it, behind it, or was counted before."""

import re

from zonereport.inputs.texts.scene import Scene, Spot, is_level
from zonereport.inputs.texts.wording import COUNT_VERBS, EMPTY_VERBS, clean, cleaned_object, counted, general, name_of

# what is said of things that were counted before: their investment, their funds
OF_COUNTED = re.compile(
    r"^(?:计划|协议|合同|到位)?(?:投资总额|总投资额?|协议资金|到位资金|协议投资额?|投资额?|协议引资"
    r"|完成投资|注册资本|注册资金|项目)$"
)
_CHANGE = re.compile(
    r"(?:比|较)(?:去年|上年|年初|上年同期|去年同期|上月|\d{4}年末?)[^，]*?(净增|增加|新增|增长|减少|多)$"
)
_ALL = re.compile(r"全省|全市|全区|全县|全国|全镇|中西部|东部.{0,2}|[一-龥]{2,8}(?:区|部|市|县|省)")


def of_counted(scene: Scene, name: str) -> str:
    """Complete 总投资 by what was counted before it: 新签约项目总投资."""
    for fact in reversed(scene.of_sentence):
        if not is_level(fact) or not counted(fact.unit):
            continue
        things = re.search(r".*?(?:项目|企业|工程)", fact.name)
        if things and not name.startswith(things[0]):
            return things[0] + name
    things = re.search(r"(.*?项目)", scene.name)
    if things and re.search(r"资金|投资", scene.name) and not name.startswith(things[0]):
        return things[0] + name
    return name


def count_name(scene: Scene, spot: Spot) -> str:
    """Return the name of a count: of the words before it, of the thing behind it, or of what was counted before."""
    head = spot.head
    name = name_of(head)
    name = re.sub(r"^.*?(?:其中|包括)[，：:]?", "", name) or name
    thing = _thing(spot)
    change = _CHANGE.search(spot.raw)
    if change:
        return _changed(scene, spot, change[1])
    if spot.token.unit in ("户", "万户") and "拆迁" in spot.tail + head:
        return "拆迁户数"
    listed = "、" in head.strip("、") and spot.token.unit in ("家", "个", "条", "项")
    begun = re.match(rf"[^、]{{0,8}}(?:{COUNT_VERBS}|拥有)", head.strip("、"))
    if (head.strip().endswith("等") or (listed and not begun)) and len(thing) >= 2:
        verb = re.match(rf"^(?:新)?(?:{COUNT_VERBS}|推进|落户)+", clean(head))
        return (verb[0] if verb else "") + thing
    # 某企业引进的2人入选国家级人才: what is counted stands behind
    if head.strip().endswith("的") and len(thing) >= 3:
        return thing
    empty = EMPTY_VERBS.match(name) or name in ("区级", "新", "招商引资", "总数")
    if not empty and (re.fullmatch(COUNT_VERBS, name) or _ALL.fullmatch(name)):
        return _verb_and_thing(scene, spot, name, thing)
    if empty:
        return _without_name(scene, spot, name, thing)
    if OF_COUNTED.match(name):
        return of_counted(scene, name)
    last = scene.levels[-1] if scene.levels else None
    # 100个产业园区|签约项目1698个: what was counted before is whose projects these are
    if (
        last is not None
        and last.b == spot.start
        and counted(last.unit)
        and name.startswith(last.name)
        and len(name) > len(last.name) + 1
    ):
        return name[len(last.name) :]
    # what was completed is another figure than what is planned
    if re.search(r"(?:技改|技术改造)项目$", name) and re.search(r"完成[^，]*$", head):
        return f"完成{name}"
    return name


def _thing(spot: Spot) -> str:
    """Return what is counted, in the words behind the count."""
    fast = re.fullmatch(r"(企业|项目|指标|产品)(增速|增幅|占比)(?:均|都)?(在|超过?)", spot.tail)
    if fast and spot.following is not None:
        return f"{fast[2]}{fast[3]}{spot.following.text}{fast[1]}"
    return cleaned_object(spot.tail)


def _changed(scene: Scene, spot: Spot, word: str) -> str:
    """Return the name of a change in a count: 较年初净增14家."""
    base = name_of(re.split(r"比|较", spot.raw)[0]) or scene.name
    since = "较年初" if "年初" in spot.raw else ""
    if word == "净增":
        since = ""
    return base + since + word


def _verb_and_thing(scene: Scene, spot: Spot, name: str, thing: str) -> str:
    """Return the name of a count after a verb (新增, 通过, 开工) or after a place (全区)."""
    if _ALL.fullmatch(name) and not re.fullmatch(COUNT_VERBS, name):
        if general(thing) and not re.match("全", name):
            return name + thing
        return thing if len(thing) >= 2 else name
    if len(thing) >= 2:
        return thing if thing.startswith(name) else name + thing
    if name in ("净增", "新增") and scene.name:
        earlier = name_of(spot.earlier) if len(spot.pieces) > 1 else ""
        return (earlier or scene.name) + name
    if name in ("开工", "投产", "达产", "竣工", "新开工", "签约", "新签约") and spot.token.unit in ("个", "项"):
        return name + "项目"
    if name == "入驻":
        return "入驻企业"
    earlier = name_of(spot.earlier) if len(spot.pieces) > 1 else ""
    return earlier if len(earlier) >= 3 else name


def _without_name(scene: Scene, spot: Spot, name: str, thing: str) -> str:
    """Return the name of a count without one before it: what is counted stands behind it, or was named before."""
    if name in ("总数", "总计") or "总数" in spot.head:
        known = re.sub(rf"^(?:{COUNT_VERBS})", "", scene.name)
        return f"{known}总数"
    rank = re.fullmatch(r"(?:入选|获评|列入)?(国家级|省级|市级)", thing)
    if rank and re.search(r"国家级|省级|市级", scene.name):
        return re.sub(r"国家级|省级|市级", rank[1], scene.name)
    if len(thing) >= 2:
        return thing
    earlier = name_of(spot.earlier) if len(spot.pieces) > 1 else ""
    if earlier and len(earlier) <= 20:
        return earlier
    if (
        spot.head.strip("、，和及") == ""
        and scene.levels
        and re.search(r"次数$|考察", scene.name)
        and spot.token.unit == "人"
    ):
        return re.sub(r"次数$", "", scene.name) + "人数"
    return thing or scene.name
