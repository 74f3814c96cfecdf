"""Places: 居全省第4位, 由第20位升至第16位, 前移一位."""

import re

from zonereport.inputs.texts.model import MASKED, MIDDLE, PLACE, Fact
from zonereport.inputs.texts.scene import Scene, Spot
from zonereport.inputs.texts.wording import clean, name_of

_VERB = (
    r"(?:连续[一-龥\d]+(?:年|个月))?(?:稳居|位居|位列|位于|跃居|跃升至|升至|升到|进位至|名列|排名升至|排名"
    r"|排位|列|居|排|继续保持|保持|提升至|由)"
)
_AREA = re.compile(r"全国百强区|全国|全省|全市|全区|全县|全球|各区|县区")
_MOVED = re.compile(r"前移|前进|上升|跃升|提升|后退|下降|后移|进位|提高")


def place(scene: Scene, spot: Spot) -> None:
    """Read a place; the place of the figure before it where it has no name of its own."""
    head = spot.head.strip()
    context = head
    if len(spot.pieces) > 1 and len(head) < 4:
        context = spot.earlier + head
    area = _AREA.search(context)
    where = area[0] if area else ""
    name = _subject_of(head)
    after = _after_verb(head)
    if not name and len(re.sub(r"全国|全省|全市|全区|全县", "", after)) > 3 and not re.search(r"\d+个", after):
        name, where = clean(re.sub(r"^(?:在)|中$", "", after)), ""
    if not name and len(spot.pieces) > 1 and re.search(r"(?:中|评价|考核|排名)$", spot.earlier.strip()):
        name = re.sub(r"^在|中$", "", clean(spot.earlier))
    if re.search(r"^在?(?:全省|全市|全国)?\d*个?.*园区$", name) and scene.name:
        name = ""
    if not name and scene.place_name:
        name, where = scene.place_name, ""
    if not scene.name and name in ("增速", "增幅", "总量", "涨幅", "", "增长"):
        spot.token.kind, spot.token.reason = MASKED, "没有读出名称"
        return
    if name in ("增速", "增幅", "总量", "涨幅", "", "增长"):
        name = scene.name + name
    scene.place_name = name
    suffix = f"{where}位次"
    if _MOVED.search(head + scene.text[max(0, spot.token.a - 4) : spot.token.a]) and not re.search(
        r"至第?$|到第?$", head
    ):
        suffix = "位次" + _MOVED.search(head + scene.text[spot.token.a - 4 : spot.token.a])[0]
    period = scene.now
    since = re.search(r"由(\d{4})年的?$", scene.text[max(0, spot.token.a - 8) : spot.token.a])
    if since:
        period = since[1]
    words = [word for word in spot.qualifiers if word in ("预计", "目标", "力争")]
    fact = Fact(
        name + suffix, spot.token.value, "位", period, spot.start, spot.token.b, words, confidence=MIDDLE, kind=PLACE
    )
    fact.tokens.append(spot.token)
    _of_level(scene, fact, name, spot)
    scene.add(fact)


def _subject_of(head: str) -> str:
    """Return what holds the place, in the words before the verb."""
    words = re.split(_VERB, head)[0]
    words = re.sub(r"(?:较|比)?(?:由|至|到|的|前移|前进|上升|跃升|提升|提高|后退|下降|较|比)+$", "", words)
    words = re.sub(r"^在(?=.*(?:中|评价|考核|排名|百强|榜))", "", words)
    name = name_of(words)
    name = re.sub(r"(?:在)?(?:全国|全省|全市|全县|全区)(?:各县区|各区|县区)?(?:中)?$", "", name)
    name = re.sub(r"(?:中|上)$", "", name)
    # 该区 is who, not what
    if re.fullmatch(r"[该本全我各].{0,2}", name):
        return ""
    return name


def _after_verb(head: str) -> str:
    if not re.search(_VERB, head):
        return ""
    words = re.sub(f"^.*?{_VERB}", "", head)
    return re.sub(r"(?:的|中|由)+$", "", words)


def _of_level(scene: Scene, fact: Fact, name: str, spot: Spot) -> None:
    """Note the place at the figure that it is about: the table of indicators has a column for it."""
    bare = re.sub(r"(?:增速|增幅|总量)$", "", name)
    for level in reversed(scene.of_sentence):
        if level.kind != PLACE and level.name == bare and not level.rank and "移" not in fact.name:
            if re.search(r"前移|前进|上升|跃升|提升|后退|下降", fact.name):
                return
            level.rank = fact.value
            of = re.search(r"(\d+)个", spot.head)
            if of:
                level.rank_of = of[1]
            return
