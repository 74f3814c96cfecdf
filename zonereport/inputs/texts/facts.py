"""A text into facts: sentence by sentence, each figure by the grammar around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zonereport.inputs.texts.codes import Codes
from zonereport.inputs.texts.falls import decreases
from zonereport.inputs.texts.levels import level
from zonereport.inputs.texts.lists import Teller, find_series
from zonereport.inputs.texts.model import (
    DOUBLED,
    LEVEL,
    MASKED,
    PERCENT,
    PLACE,
    POINTS,
    RUN,
    TIME,
    TIMES,
    UNCHANGED,
    Fact,
    Left,
    Token,
)  # fmt: skip
from zonereport.inputs.texts.numbers import scan
from zonereport.inputs.texts.places import place
from zonereport.inputs.texts.rates import doubled, percent, points, run
from zonereport.inputs.texts.scene import Scene, Spot, spot_of
from zonereport.inputs.texts.times import SAME, compares, period_of_text, resolved, year_of
from zonereport.inputs.texts.wording import ZONE

_SUBJECT = re.compile(
    rf"^(?:截[至止]|据|在)?([一-龥]{{2,14}}?(?:{ZONE}"
    rf"|(?<![产分小社地合范聚能心步城片街校库景厂住库矿港])[市县区镇])(?:“[一-龥]{{2,6}}”)?)"
    r"(?=实现|完成|共|\d|今|预计|计划|力争|地区|规[上模]|主营|固定|工业|全年|一般|财政|社会|在|列|排"
    r"|为|坚持|扛|以|经济|克服|扎实|20|累计|分别|新批|主要|指标|进出口|新签|续建|获|与|国税|注册)"
)
_NUMBERING = re.compile(
    r"^(?:\s|其中[，,：]?|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[、.]|[一二三]是|[A-H]\s)+"
)
_NO_SUBJECT = re.compile(
    r"^[全我该各本分一二三]|完成|技改|项目|实现|引进|分别|指标|和|、|企业|其中|包括|户|家|个|的|日前"
    r"|出口|进口|^国家|^全国|综合"
)
_AIM = re.compile(
    r"(?:预期|奋斗|发展|主要|工作|任务|预期性)?目标(?:任务)?(?:为|是|：|:|，)|预期发展指标|目标如下|主要预期目标"
)
_NEXT = re.compile(
    r"^\s*(?:下一步|明年|力争全年|[A-H一二三四五六七八九十、.\s]*(?:下一步|明年|20\d\d年工作(?:打算|安排|计划)))"
)
_TOPIC = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[)）]?[、.．是])?([一-龥]{2,12}?(?:产业|行业|制造业))")
# longer than any sentence of an office
LONGEST_SENTENCE = 600
_SENTENCE = re.compile(r"[。；;！!？?\n]")


@dataclass(frozen=True)
class Facts:
    """What a text says: its period and subject, its facts, and every number that is none."""

    facts: tuple[Fact, ...]
    left: tuple[Left, ...]
    times: tuple[Token, ...]
    period: str
    year: str
    subject: str


def extract(text: str, codes: Codes, *, period: str = "", year: str = "") -> Facts:
    """Read a text as ``plain`` gives it; ``period`` (and its ``year``) of the text where the caller knows it.

    Every numeral is in just one of facts, left and times.
    """
    tokens = scan(text)
    year = year or year_of(text)
    scene = Scene(text, year, period or period_of_text(text, tokens, year), codes)
    reader = _Reader(scene, tokens)
    reader.read()
    for fact in scene.facts:
        _finish(fact, codes)
    scene.facts += decreases(text, codes, scene.document_period)
    left = []
    used = {id(token) for fact in scene.facts for token in fact.tokens}
    for token in tokens:
        if token.kind == TIME or id(token) in used:
            continue
        if any(character.isdigit() for character in token.text):
            left.append(Left(token.a, token.b, token.text, token.reason or "没有读出所说的指标"))
    times = tuple(token for token in tokens if token.kind == TIME)
    facts = sorted(scene.facts, key=lambda fact: fact.tokens[0].a if fact.tokens else fact.a)
    return Facts(tuple(facts), tuple(left), times, scene.document_period, year, _main_subject(scene.facts))


def _main_subject(facts: list[Fact]) -> str:
    """Return the subject of the first figure where it is a zone or a place: what the text is about."""
    first = facts[0].subject if facts else ""
    return first if re.search(rf"(?:{ZONE}|[市县区镇乡]|”)$", first) else ""


def _ends(text: str) -> Iterator[tuple[int, str]]:
    """Yield where sentences end; one that goes on and on is cut at a comma, so that reading stays linear."""
    start = 0
    for match in [*_SENTENCE.finditer(text), None]:
        end = match.end() if match else len(text)
        while end - start > LONGEST_SENTENCE:
            comma = text.find("，", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
            cut = comma + 1 if comma > 0 else start + LONGEST_SENTENCE
            # a figure is not cut in two
            while cut < end and not (
                text[cut - 1] in "，、" or text[cut].isspace() or "\u4e00" <= text[cut] <= "\u9fff"
            ):
                cut += 1
            yield cut, "；"
            start = cut
        if match or start < end:
            yield end, match[0] if match else ""
        start = end


class _Reader:
    """Walks through the sentences of a text."""

    def __init__(self, scene: Scene, tokens: list[Token]):
        self.scene, self.tokens = scene, tokens

    def read(self) -> None:
        """Read every sentence."""
        start, ended = 0, "\n"
        text = self.scene.text
        ends = list(_ends(text))
        place = 0
        for end, sign in ends:
            if text[start:end].strip():
                inside = []
                while place < len(self.tokens) and self.tokens[place].a < end:
                    inside.append(self.tokens[place])
                    place += 1
                self._sentence(start, end, inside, ended)
                ended = sign
            elif sign == "\n":
                ended = sign
            start = end

    def _sentence(self, start: int, end: int, tokens: list[Token], ended: str) -> None:
        scene = self.scene
        sentence = scene.text[start:end]
        scene.sentence_start = start
        if ended == "\n":
            self._paragraph(sentence)
        if ended != "；":
            scene.expected = False
            scene.owner = ""
        if (_AIM.search(sentence) and not re.search(r"完成[^，。]*目标", sentence)) or _NEXT.match(sentence):
            scene.aim = "目标"
        self._find_subject(sentence)
        scene.levels = []
        scene.whole = ""
        scene.place_name = ""
        scene.now = scene.period
        self._figures(start, end, tokens, new_paragraph=ended == "\n")
        if re.search(r"预[计估]", sentence):
            scene.expected = scene.expected or bool(re.match(r"[^，]{0,12}预[计估](?!全年)", sentence))

    def _paragraph(self, sentence: str) -> None:
        scene = self.scene
        scene.aim = ""
        scene.subject = ""
        scene.period = scene.document_period
        topic = _TOPIC.match(sentence)
        scene.topic = ""
        if topic and not re.search(r"年|推动|坚持|聚焦", topic[1]):
            scene.topic = topic[1]

    def _find_subject(self, sentence: str) -> None:
        words = _NUMBERING.sub(
            "", re.sub(r"^\s*(?:截[至止])?(?:\d{4}年)?(?:[\d—–~至到-]+月份?(?:[底末])?)?(?:[，,]|全年)?", "", sentence)
        )
        words = re.sub(r"^(?:前三季度|上半年|[一二三四]季度|全年)[，,]?", "", words)
        match = _SUBJECT.match(words)
        if match and not _NO_SUBJECT.search(match[1]) and len(match[1]) < 20:
            self.scene.subject = match[1]

    def _figures(self, start: int, end: int, tokens: list[Token], *, new_paragraph: bool) -> None:
        scene = self.scene
        figures = [token for token in tokens if token.kind not in (TIME, MASKED)]
        series = find_series(scene.text, start, end, figures)
        told: set[int] = set()
        consumed, first_time = start, True
        for token in tokens:
            if token.kind == TIME:
                first_time = self._time(token, start, first_time, new_paragraph, figures)
            elif token.kind == MASKED or token.reason == "used" or id(token) in told:
                continue
            else:
                spot = spot_of(scene, token, tokens, start, end, consumed)
                spot.qualifiers = self._qualifiers(spot)
                one = next((one for one in series if token is one.tokens[0]), None)
                if one is not None:
                    Teller(scene, spot, one, start).tell()
                    told |= {id(other) for other in one.tokens}
                else:
                    consumed = max(consumed, self._one(spot, tokens))

    def _one(self, spot: Spot, tokens: list[Token]) -> int:
        kind = spot.token.kind
        if kind in (PERCENT, TIMES):
            percent(self.scene, spot)
        elif kind == POINTS:
            points(self.scene, spot)
        elif kind == PLACE:
            place(self.scene, spot)
        elif kind == RUN:
            run(self.scene, spot)
        elif kind in (DOUBLED, UNCHANGED):
            doubled(self.scene, spot)
        elif kind == LEVEL:
            return level(self.scene, spot, tokens)
        return 0

    def _time(self, token: Token, start: int, first: bool, new_paragraph: bool, figures: list[Token]) -> bool:
        """Let a time reign, if it says when the figures are of; returns whether the next one is still the first."""
        scene = self.scene
        before = scene.text[max(start, token.a - 3) : token.a]
        since = before.endswith("由")
        if compares(scene.text, token) and not since:
            return first
        if token.text in SAME or re.search(r"月\d+[日号]|十.五", token.text):
            return first
        behind = scene.text[token.b : token.b + 2]
        if (
            re.match(r"投产|完工|开工|竣工|建成|封顶|通车|前|交付|启用|开服|试产", behind)
            and "月" in token.text
            and "-" not in token.text
        ):
            return first
        if token.text == "全年" and re.match(r"计划|目标|任务|预期|预算", behind):
            return first
        year_alone = re.fullmatch(r"\d{4}年", token.text) and scene.document_period.startswith(token.text)
        only_places = not [one for one in figures if one.kind != PLACE]
        if year_alone and "月" in scene.document_period and only_places:
            return first
        reigning = re.match(r"\d{4}(?!-)", scene.period)
        period = resolved(token.text, reigning[0] if reigning else scene.year)
        if token.text in ("本月", "当月"):
            period = re.sub(r"1-(\d+)月", r"\1月", re.sub(r"月末", "月", scene.period))
        if since:
            return False
        scene.now = period
        near = token.a - start < 14
        alone = re.search(r"月末|月底|当月|上旬", token.text) or token.text in ("本月", "当月")
        reigns = near and not alone and (token.text != "全年" or new_paragraph)
        until = re.search(r"月[末底]", token.text) and re.search(r"截[至止]到?$", before)
        if first and (reigns or until):
            scene.period = period
        return False

    def _qualifiers(self, spot: Spot) -> list[str]:
        """Return what the sentence says of a figure: 预计, 目标, 累计, 突破 …"""
        words = list(spot.token.qualifiers)
        if _is_expected(self.scene, spot) or self.scene.expected:
            words.append("预计")
        aim = _aim_word(spot.before, self.scene.aim)
        words += [word for word in aim if word not in words]
        ending = re.search(r"(突破|超过?|近|约|逾|接近|不少于|不低于)$", spot.head.strip())
        if ending:
            words.append(
                {"超过": "超", "逾": "超", "接近": "近", "不少于": "以上", "不低于": "以上"}.get(ending[1], ending[1])
            )
        if "累计" in spot.head or ("累计" in spot.earlier and len(spot.head) < 6):
            words.append("累计")
        for basis in ("部口径", "含增资"):
            if basis in spot.lead:
                words.append(basis)
        included = re.match(r"（含[^）]{0,12}?(留抵退税)", self.scene.text[spot.token.b :])
        if included:
            words.append("含留抵退税")
        return list(dict.fromkeys(words))


def _is_expected(scene: Scene, spot: Spot) -> bool:
    """Whether 预计 reaches a figure: 预计全年 that of its own clause, 全年预计 all that follow in the sentence."""
    found = list(re.finditer(r"预[计估](?P<year>全年)?", spot.before))
    if not found:
        return False
    if not found[-1]["year"]:
        return True
    between = spot.before[found[-1].end() :]
    return not [fact for fact in scene.levels if fact.value and fact.tokens[0].text in between]


def _aim_word(before: str, reigning: str) -> list[str]:
    if re.search(r"力争", before):
        return ["力争"]
    if re.search(r"计划(?=完成|实施|实现|达到|新|引进|建|开工|全年)", before) and not re.search(
        r"完成[^，]*计划", before
    ):
        return ["计划"]
    if re.search(r"确保", before) or reigning:
        return ["目标"]
    return []


_WHO = re.compile(
    rf"^((?:[一-龥]{{2,10}}?){ZONE})(?:预计|计划|力争|全年|全区|共|累计|已|实现|完成|实施|核心区(?=地区))*(?=.{{2,}})"
)


def _finish(fact: Fact, codes: Codes) -> None:
    """Bring a name into its final form, and find its code."""
    if fact.subject and fact.name.startswith(fact.subject) and len(fact.name) > len(fact.subject) + 1:
        fact.name = fact.name[len(fact.subject) :]
    who = _WHO.match(fact.name)
    if who and "占" not in who[1] and not re.match(r"全|我|该|各|本|主导|产业|国家级|省级|工业", who[1]):
        fact.name = fact.name[who.end() :]
        fact.subject = fact.subject or who[1]
    fact.name = _polished(fact.name)
    fact.qualifiers = list(dict.fromkeys(fact.qualifiers))
    if fact.kind in (LEVEL, PERCENT) and fact.unit != "%":
        fact.code = codes.code(fact.name, fact.unit)
        _without_place(fact, codes)


def _without_place(fact: Fact, codes: Codes) -> None:
    """Take a place off the front of a name where what is left is a name of the dictionary: 溧水区一般公共预算收入."""
    place_name = re.match(r"^([一-龥]{1,5}[市县区镇])(?=.{4})", fact.name)
    if fact.code or not place_name:
        return
    code = codes.code(fact.name[place_name.end() :], fact.unit)
    if code:
        fact.name = fact.name[place_name.end() :]
        fact.subject = fact.subject or place_name[1]
        fact.code = code


def _polished(name: str) -> str:
    name = re.sub(r"（(?!.*）)[^）]{0,8}$", "", name)
    name = re.sub(r"同比$|比上年$|^招商引资(?=签约)", "", name).strip("、，,：: “")
    name = re.sub(r"（部口径）|（含增资）", "", name)
    return re.sub(r"^(?:全区|全市|全县|全镇|全省|全口径(?=工业开票)|地方(?!级))(?=.{3})", "", name)
