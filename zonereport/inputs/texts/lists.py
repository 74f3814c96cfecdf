"""Lists: 分别, 依次, and shares that follow each other; each figure gets the name in its place."""

import re
from dataclasses import dataclass

from zonereport.inputs.texts.model import LEVEL, LOW, MIDDLE, PERCENT, PLACE, POINTS, TIMES, Fact, Token
from zonereport.inputs.texts.rates import multiple
from zonereport.inputs.texts.scene import Scene, Spot
from zonereport.inputs.texts.wording import DOWN, MEASURE, UP, clean, measured, name_of, split_names

_BETWEEN = re.compile(r"(?:、|和|及|与|以及|，|,|其中)*")
_AND = re.compile(r"(?:、|和|及|与|以及)+")
_GOAL = r"(?:年度|全年|年)?(?:预期目标|目标任务|任务数?|目标|计划|预算)"


@dataclass(eq=False)
class Series:
    """Figures that a text tells off one by one, and the word that says so, at ``place``."""

    place: int
    tokens: list[Token]
    word: str


def find_series(text: str, a: int, b: int, figures: list[Token]) -> list[Series]:
    """Return the lists of figures in the sentence from ``a`` to ``b``."""
    series = []
    for match in re.finditer(r"分别|依次", text[a:b]):
        place = a + match.start()
        after = [token for token in figures if token.a > place]
        if not after or after[0].a - place > 26 or re.search(r"[，。；]", text[place : after[0].a]):
            continue
        told = _told_off(text, after)
        if len(told) > 1 and not any(told[0] in one.tokens for one in series):
            series.append(Series(place, told, text[place : told[0].a]))
    for number, token in enumerate(figures[:-1]):
        if token.kind != PERCENT or any(token in one.tokens for one in series):
            continue
        if not re.fullmatch(r"和|、|与", text[token.b : figures[number + 1].a]) or figures[number + 1].kind != PERCENT:
            continue
        share = re.search(r"占[^，。；]{1,14}的?$", text[a : token.a])
        if share:
            series.append(Series(a + share.start(), _told_off(text, figures[number:]), share[0]))
    return series


def _told_off(text: str, figures: list[Token]) -> list[Token]:
    told = [figures[0]]
    for token in figures[1:]:
        between = text[told[-1].b : token.a]
        # 分别高于全市3.7个、6.9个百分点: the unit stands behind the last one
        if (
            token.kind == POINTS
            and told[-1].kind == LEVEL
            and told[-1].unit == "个"
            and re.fullmatch(r"、|和", between)
        ):
            for one in told:
                one.kind, one.unit = POINTS, "个百分点"
        elif not _same_kind(token, told[0]) or not (_AND if token.kind == LEVEL else _BETWEEN).fullmatch(between):
            break
        told.append(token)
    return told


def _same_kind(one: Token, other: Token) -> bool:
    return one.kind == other.kind or {one.kind, other.kind} <= {PERCENT, TIMES}


class Teller:
    """Gives each figure of a list its name."""

    def __init__(self, scene: Scene, spot: Spot, series: Series, start: int):
        self.scene, self.spot, self.series = scene, spot, series
        self.tokens, self.word = series.tokens, series.word
        self.count = len(series.tokens)
        self.before = scene.text[start : series.place]
        self.start = start
        self.clause = _without_time(re.split(r"[，。；：:]", self.before)[-1])
        self.names = split_names(_without_who(self.clause), self.count)
        self.first = series.place - len(re.split(r"[，。；：:]", self.before)[-1])

    def tell(self) -> None:
        """Take the facts of the list in."""
        kind = self.tokens[0].kind
        grown = re.search(f"{UP}|{DOWN}", self.word)
        share = re.search(r"占([^，]*?)(?:的|比重)*$", self.word)
        if kind == PLACE:
            self._places()
        elif kind in (PERCENT, TIMES) and self._goal() and not (share and not re.search(_GOAL, self.word)):
            self._completions()
        elif kind in (PERCENT, TIMES) and share:
            self._shares(share[1])
        elif kind in (PERCENT, TIMES) and grown:
            self._growths("-" if re.fullmatch(DOWN, grown[0]) else "")
        elif kind == LEVEL and self._years():
            self._of_years(self._years())
        else:
            self._levels(kind)

    def _goal(self) -> bool:
        return bool(re.search(r"完成|占", self.word) and re.search(_GOAL, self.word))

    def _make(self, name: str, token: Token, **more: str) -> Fact:
        words = [word for word in self.spot.qualifiers if word != "累计"] + list(token.qualifiers)
        fact = Fact(name, token.value, token.unit, self.scene.now, self.first, token.b, list(dict.fromkeys(words)))
        fact.tokens.append(token)
        fact.kind = token.kind
        fact.confidence = MIDDLE
        for field, value in more.items():
            setattr(fact, field, value)
        return fact

    def _places(self) -> None:
        area = re.search(r"全国百强区|全国|全省|全市", self.word)
        where = area[0] if area else ""
        for name, token in zip(self._named(), self.tokens, strict=True):
            self.scene.add(self._make(f"{name}{where}位次", token))

    def _named(self) -> list[str]:
        """Return a name for each figure: those of the clause, of the clauses before it, or of the figures before."""
        if len(self.names) == self.count and clean(self.clause):
            return self.names
        levels = [fact for fact in self.scene.levels if fact.value]
        if len(levels) >= self.count:
            return [fact.name for fact in levels[-self.count :]]
        wider = split_names(_without_time("，".join(re.split(r"[，；]", self.before)[-2:])), self.count)
        if len(wider) >= self.count:
            return wider[-self.count :]
        return [clean(self.clause) or self.scene.name] * self.count

    def _completions(self) -> None:
        goal = re.search(_GOAL, self.word)[0]
        for name, token in zip(self._named(), self.tokens, strict=True):
            self.scene.add(self._make(f"{name}{goal}完成率", token))

    def _shares(self, whole: str) -> None:
        whole = clean(re.sub(r"(?:的|比重|总额的)$", "", whole))
        for name, token in zip(self._named(), self.tokens, strict=True):
            self.scene.add(self._make(f"{name}占{whole}比重", token))

    def _growths(self, sign: str) -> None:
        figures = [sign + (multiple(token.value) if token.kind == TIMES else token.value) for token in self.tokens]
        average = re.search(r"两年平均|三年平均|年均|平均", self.before[-14:] + self.word)
        if average:
            self._averages(figures, "两年平均增速" if "两年" in average[0] else "年均增速")
            return
        open_levels = [fact for fact in self.scene.levels if fact.value and not fact.growth]
        own = len(self.names) == self.count and bool(clean(self.clause))
        if not own and len(open_levels) >= self.count:
            for fact, figure, token in zip(open_levels[-self.count :], figures, self.tokens, strict=True):
                fact.growth = figure
                fact.b = max(fact.b, token.b)
                fact.tokens.append(token)
            return
        for name, figure, token in zip(self._with_measure(self._named()), figures, self.tokens, strict=True):
            fact = self._make(name, token, value="", unit="", growth=figure)
            self.scene.add(fact)
            self.scene.levels.append(fact)
            self.scene.name = name

    def _with_measure(self, names: list[str]) -> list[str]:
        """Lend names the measure of the figure before: 电子商务服务业 after 营收增长 is 电子商务服务业营收."""
        parent = ""
        for fact in reversed(self.scene.levels):
            found = re.search(f"{MEASURE}$", fact.name)
            if found:
                parent = found[0]
                break
        if not parent:
            return names
        return [name if measured(name) else name + parent for name in names]

    def _averages(self, figures: list[str], ending: str) -> None:
        grown = [fact for fact in self.scene.of_sentence if fact.growth][-self.count :]
        names = self.names
        if len(grown) == self.count:
            names = [fact.name for fact in grown]
        if len(names) != self.count:
            names = [self.scene.name] * self.count
        for name, figure, token in zip(names, figures, self.tokens, strict=True):
            self.scene.add(self._make(name + ending, token, value=figure, unit="%"))

    def _years(self) -> list[str]:
        """Return the years that the figures belong to, where the sentence names one for each."""
        around = self.scene.text[max(0, self.start - 60) : self.series.place]
        span = re.search(r"(\d{4})年?[至到\-—~](\d{4})年", around)
        years = re.findall(r"(\d{4})年?(?=、|和|，|年|分别)", self.before)
        if span:
            years = [str(year) for year in range(int(span[1]), int(span[2]) + 1)]
        return years if len(years) == self.count else []

    def _of_years(self, years: list[str]) -> None:
        behind = clean(re.sub(r"^(?:分别|依次)(?:完成|实现|达到?|为)*", "", self.word))
        name = behind or name_of(re.sub(r"\d{4}年?[、和至到]*", "", self.clause)) or self.scene.name
        for year, token in zip(years, self.tokens, strict=True):
            fact = self._make(name, token, period=year)
            self.scene.level(fact)

    def _levels(self, kind: str) -> None:
        behind = clean(re.sub(r"^(?:分别|依次)(?:完成|实现|达到?|为)*", "", self.word))
        if kind == LEVEL and len(self.names) < self.count and len(behind) > 1:
            for token in self.tokens:
                self.scene.level(self._make(behind, token, confidence=LOW))
            return
        words = re.sub(r"(?:为|达到?|到|分别|依次)+$", "", self.word)
        lent = re.search(rf"(?:实现|完成)?([^，为达]*?{MEASURE})$", words)
        extra = clean(lent[1]) if lent else ""
        if kind in (PERCENT, TIMES, POINTS):
            extra = clean(re.sub(r"分别|依次|为|达|平均", "", self.word))
        for name, token in zip(self._named(), self.tokens, strict=True):
            full = name
            if extra and extra not in name:
                full = name + extra
            fact = self._make(full, token)
            if kind == LEVEL:
                self.scene.level(fact)
            else:
                self.scene.add(fact)


def _without_time(words: str) -> str:
    return re.sub(r"(?:\d{4}年)?(?:\d{1,2}[-—–~至]\d{1,2}月份?|前?[一二三四上下]半?[季年]度?)|\d{4}年", "", words)


def _without_who(words: str) -> str:
    """Take the zone's name off the front of a list: 临浦县进出口总额、…"""
    return re.sub(
        r"^(?:.{0,10}?(?:经开区|开发区|高新区|新区|园区|街道)|[一-龥]{2,4}[县市区镇](?=[一-龥]{3}))(?=.{3})", "", words
    )
