"""Every numeral of a text becomes a token: a time, a quantity, a percentage, a place, a run, or masked."""

import re
from collections.abc import Callable, Iterable

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
    Token,
)  # fmt: skip

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = "[零一二两三四五六七八九十]+"
MONEY = ("元", "美元", "欧元", "港元", "日元")
_BASES = (
    "吨标准煤|吨|公斤|千克|克|公里|千米|米|平方公里|平方千米|平方米|公顷|亩|立方米|千瓦时|度|千瓦|兆瓦|标箱|TEU|标准箱"
    "|MW|GWh|MWh|升|人|人次|户|户次|家|家次|个|件|项|条|座|台|台套|套|辆|头|只|架|艘|起|宗|批|批次|盏|幢|栋|所|处|支"
    "|场|场次|次|种|名|位|株|口|段|部|间|类|期|份|款|张|对|颗|粒|块|片|箱|瓶|枚|门|册|本|床|席|笔|例|桩|卷|组|班|队|届"
    "|村|镇"
)
_COUNTS = (
    "家|个|件|人|户|条|项|座|名|起|所|宗|批|批次|次|场次|家次|户次|人次|支|盏|幢|栋|艘|台|套|辆|处|场|种|款|笔|份|例|类"
    "|间|位"
)
MEASURED = tuple(_BASES.split("|"))
COUNTED = frozenset(_COUNTS.split("|"))
_SINGLE = ("元/平方米", "万元/亩", "亿元/平方公里", "元/吨", "万元/人", "吨/日", "天", "小时", "分钟", "成")


def _units() -> str:
    names = []
    for base in (*MONEY, *MEASURED):
        names += [f"{size}{base}" for size in ("万亿", "亿", "千万", "百万", "万", "百", "千", "")]
    names += [*_SINGLE, "亿", "万"]
    return "|".join(sorted(map(re.escape, dict.fromkeys(names)), key=len, reverse=True))


_UNIT = _units()
_MONTHS = r"\d{1,2}(?:月份?)?[-—–~至到]\d{1,2}月份?"
_SPAN = (
    rf"(?:{_MONTHS}|前(?:\d{{1,2}}|{_CHINESE})个?月|前三季度|上半年|下半年|第?[一二三四1-4]季度|首季度?"
    r"|\d{1,2}月\d{1,2}[日号]|\d{1,2}月(?:底|末|初|份|当月|上旬|中旬|下旬)*)"
)
_YEARS = r"\d{4}年?(?:[-—–~至到])\d{4}年(?:期间)?"
_TIME = re.compile(
    rf"{_YEARS}|(?:\d{{4}}年|[今去上本前当]年)(?:以来)?(?:的)?{_SPAN}|(?<![\d.]){_SPAN}"
    rf"|(?<!\d)\d{{4}}年(?:度|底|末|初|以来|全年)?"
    r"|“?十[一二三四]五”?(?:期间|末|时期)?|“十[一二三四]五”|全年|当年|本月|当月|当季|年底|年末|年初"
    r"|今年以来|这一年|今年|去年|上年|同期"
    r"|(?<!\d)20\d\d(?=[、和]\d{4}年)"
)
# names and manners of speaking that hold a number which measures nothing; the reason is printed for a reader
_OBJECTS = (
    "(?:的)?(?:产业|工业|新|重大|重点|制造业|服务业|技改|技术改造|招商|内资|外资|产值|其它|其他|优质"
    "|省|市|产业化|在建|规上|大)*"
    "(?:项目|企业|园区|楼宇|产业(?!园)|板块|集群|公司|平台|强镇)"
)
_ABOVE = "(?:以上|及以上|以下|级)?"
_MASKS = (
    (r"\d+(?:\.\d+)?[：:]\d+(?:\.\d+)?(?:[：:]\d+(?:\.\d+)?)*", "比例，不是数值"),
    (r"(?:世界|全球|中国|全国|全省|行业|民营企业|省级以上开发区)?\d+强", "榜单名称中的数"),
    (r"(?<![A-Za-z])[A-Za-z]+-?\d+(?:\.\d+)?(?![\d.%])", "编号或名称中的数"),
    (r"\d+(?:\.\d+)?(?!MW|GWh|MWh|TEU|GDP|DP)[A-Za-z]+", "编号或名称中的数"),
    (r"[〔\[（]\d{4}[〕\]）]\d*号?", "文号"),
    (r"第\d+届", "届次"),
    (r"第\d+(?:批|期|次|轮|季|章|条|款|卷)", "序号"),
    (r"\d+个\d+工程", "名称中的数"),
    (r"“[^”\n]{0,12}\d[^”\n]{0,12}”", "名称中的数"),
    (r"(?:^|(?<=[\n。；]))[（(]?\d{1,2}[)）、.](?!\d)", "序号"),
    (
        r"(?<![\d.])\d+(?:号|#)(?!文)(?=[^，。]{0,4}(?:机房|楼|厂房|地块|路|线|门|车间|库|院|馆))|(?<![\d.])\d+号",
        "编号或名称中的数",
    ),
    (rf"(?:{NUMBER})(?:万|亿)?元(?:口径|大关|关口)", "口径或关口"),
    (rf"(?:{NUMBER})[-—–~至](?:{NUMBER})(?:亿|万)?(?:美)?元?{_ABOVE}(?={_OBJECTS})", "名称中的门槛"),
    (rf"(?:{NUMBER})(?:亿|万)?(?:美)?元{_ABOVE}(?={_OBJECTS})", "名称中的门槛"),
    (
        rf"(?:{NUMBER})(?:亿|万)(?:美)?元{_ABOVE}(?:、|和)(?=(?:{NUMBER})(?:亿|万)(?:美)?元{_ABOVE}{_OBJECTS})",
        "名称中的门槛",
    ),
    (rf"(?<=增速在)(?:{NUMBER})%以上(?=的?企业)", "名称中的门槛"),
    (rf"(?<=超过)(?:{NUMBER})%(?=$|[，。；])", "门槛"),
    (rf"(?:{NUMBER})年(?=建设|行动|计划|规划|期)", "时长"),
    (rf"(?<=[近过历])(?:{NUMBER})年|(?<=经过)(?:{NUMBER})年|(?:{NUMBER})年来", "时长"),
    (r"\d{1,2}[：:]\d\d", "时刻"),
    (r"(?<=0514|0755|1380)[-\d]+", "电话"),
    (r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}", "电话"),
    (r"24小时|7[×xX]24", "名称中的数"),
)
# what the end of a threshold in a name looks like where a count follows: 税收500万元以上企业6家
_THRESHOLD = re.compile(
    rf"(?<=[资收值入税额售本超过达])(?:{NUMBER})(?:亿|万)(?:美)?元{_ABOVE}(?={_OBJECTS})"
    rf"|(?<=[超过达])(?:{NUMBER})(?:亿|万)(?:美)?元(?={_OBJECTS})"
)
_RUN = re.compile(r"连续(\d+)(?:个)?(月|年|季度)")
_PLACE = re.compile(
    rf"第(?P<n>\d+|{_CHINESE})(?:位|名)?(?!方阵|产业|三产|二产|一产|期|次|届|批|个|书记|阶段|季度|人民"
    rf"|中学|年|轮|梯队|时间|要务|资源"
    r"|动力|生产力|人|大股东|线|医院|小学|税务|师|条|章|款|中|大道|路|[二三]季度|[一二三]产)"
    r"|(?P<first>首位|榜首|首名|第一(?!产业|书记|时间|年|季|批|期|大|家|个|次|阵|方阵|线|梯队|要务"
    r"|资源|动力|生产力))"
    rf"|(?<=[移进升高退后跌降])(?P<moved>\d+|{_CHINESE})(?:位|名|个位次|个名次)(?!企业|人)"
)
_THOUSANDS = re.compile(
    r"(?<=[破越过上到达为])(?P<n>百|千|万)(?P<unit>亿元|亿(?!元)|万元)级?(?!园区|产业|企业|集群|项目)"
)
_DOUBLED = re.compile(r"翻(?:了)?(?P<n>[一两二三])?番|翻(?:了)?两番|(?:实现)?倍增(?!计划|行动)")
_UNCHANGED = re.compile(r"(?:基本)?持平")
_QUANTITY = re.compile(
    rf"(?P<n>(?<![\d.])(?:{NUMBER}))(?P<q1>余|多|来|几)?(?P<u>个百分点|百分点|%|倍|{_UNIT})?(?P<q2>余|多)?"
    r"(?P<u2>(?:(?<=亿)|(?<=万)|(?<=亿余)|(?<=万余)|(?<=亿多)|(?<=万多))(?:元|美元|平方米|吨|人|户|亩))?"
)
_ENDLESS = re.compile(r"\d{19,}")
_AFTER = re.compile(rf"(?:及)?(?:以上|以内|左右|上下|余)(?!{_OBJECTS})")
_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_BINDING = frozenset(["年", "月", "日", "届", "期", "本", "门", "村", "镇", "班", "位"])


def chinese_number(text: str) -> int:
    """Return a number below a hundred, in figures or in Chinese.

    >>> chinese_number("三十八"), chinese_number("十"), chinese_number("47"), chinese_number("一")
    (38, 10, 47, 1)
    """
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(ones, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


class Scanner:
    """Finds the tokens of a text; what one kind has taken no later kind takes."""

    def __init__(self, text: str):
        self.taken = bytearray(len(text))
        self.tokens: list[Token] = []
        # no figure has so many digits, and patterns that try each of them would take minutes
        for match in _ENDLESS.finditer(text):
            self.tokens.append(Token(MASKED, match.start(), match.end(), match[0], reason="编号或名称中的数"))
            self.taken[match.start() : match.end()] = b"\1" * len(match[0])
        self.text = _ENDLESS.sub(lambda match: "#" * len(match[0]), text)

    def scan(self) -> list[Token]:
        """Return the tokens in the order of the text; every digit lies in just one of them."""
        self._each(_RUN, self._run)
        self._each(_TIME, lambda match: Token(TIME, match.start(), match.end(), match[0]))
        self._each(_THRESHOLD, lambda match: self._masked(match, "名称中的门槛"))
        for pattern, reason in _MASK_PATTERNS:
            self._each(pattern, lambda match, reason=reason: self._masked(match, reason))
        self._each(_PLACE, self._place)
        self._each(_THOUSANDS, self._thousands)
        self._each(_DOUBLED, self._doubled)
        self._each(_UNCHANGED, lambda match: Token(UNCHANGED, match.start(), match.end(), match[0], "0"))
        self._each(_QUANTITY, self._quantity)
        self._each(re.compile(r"\d+(?:[.,]\d+)*"), lambda match: self._masked(match, "没有可识别的单位"))
        self._each(re.compile(r"\d"), lambda match: self._masked(match, "没有可识别的单位"))
        return sorted(self.tokens, key=lambda token: token.a)

    def _each(self, pattern: re.Pattern, make: Callable[[re.Match], Token | None]) -> None:
        for match in pattern.finditer(self.text):
            if match.end() == match.start() or any(self.taken[match.start() : match.end()]):
                continue
            token = make(match)
            if token is None:
                continue
            self.tokens.append(token)
            self.taken[token.a : token.b] = b"\1" * (token.b - token.a)

    def _masked(self, match: re.Match, reason: str) -> Token | None:
        if not any(character.isdigit() for character in match[0]):
            return None
        return Token(MASKED, match.start(), match.end(), match[0], reason=reason)

    def _run(self, match: re.Match) -> Token:
        unit = {"月": "个月", "季度": "个季度"}.get(match[2], match[2])
        return Token(RUN, match.start(), match.end(), match[0], match[1], unit)

    def _place(self, match: re.Match) -> Token | None:
        figure = match["n"] or match["moved"]
        value = "1"
        if figure and not match["first"]:
            value = str(chinese_number(figure))
        if value == "0":
            return None
        # 第三 counts something unless words of a place stand before it
        if match["n"] and not match[0].endswith(("位", "名")) and not self._ranks(match):
            return None
        return Token(PLACE, match.start(), match.end(), match[0], value, "位")

    def _ranks(self, match: re.Match) -> bool:
        before = self.text[max(0, match.start() - 14) : match.start()]
        return bool(
            re.search(
                r"(?:居|列|排|名|位于|全省|全市|全国|强区|强县|强|占|保持|升至|升到|跃至|由|从)[一-龥]{0,6}$", before
            )
        )

    def _thousands(self, match: re.Match) -> Token:
        value = {"百": "100", "千": "1000", "万": "10000"}[match["n"]]
        unit = match["unit"]
        if unit == "亿":
            unit = "亿元"
        if match[0].endswith("级"):
            unit += "级"
        return Token(LEVEL, match.start(), match.end(), match[0], value, unit)

    def _doubled(self, match: re.Match) -> Token | None:
        times = _DIGITS.get(match["n"] or "一", 1)
        return Token(DOUBLED, match.start(), match.end(), match[0], str((2**times - 1) * 100), "%")

    def _quantity(self, match: re.Match) -> Token | None:
        value, unit = match["n"].replace(",", ""), (match["u"] or "") + (match["u2"] or "")
        end = match.end()
        words = [word for word in (match["q1"], match["q2"]) if word]
        if unit in _BINDING and unit != "位":
            return Token(MASKED, match.start(), end, match[0], reason="日期、时长或序号")
        if not unit:
            return Token(MASKED, match.start(), end, match[0], reason="没有可识别的单位")
        kind = {"%": PERCENT, "个百分点": POINTS, "百分点": POINTS, "倍": TIMES}.get(unit, LEVEL)
        if kind == POINTS:
            unit = "个百分点"
        start = match.start()
        # 增长-5.1%: the sign is of the figure, not a dash between words
        if kind == PERCENT and start > 1 and self.text[start - 1] == "-" and self.text[start - 2] in "长速率为幅比到达":
            value, start = f"-{value}", start - 1
        unit = {"亿": "亿元", "万": "万"}.get(unit, unit)
        after = _AFTER.match(self.text, end)
        if after:
            words.append(after[0].removeprefix("及"))
            end = after.end()
        if self.text.startswith("人民币", end):
            end += len("人民币")
        return Token(kind, start, end, self.text[start:end], value, unit, words)


_MASK_PATTERNS = tuple((re.compile(pattern), reason) for pattern, reason in _MASKS)


def scan(text: str) -> list[Token]:
    """Return the tokens of a text as ``plain`` gives it.

    >>> [(token.kind, token.text) for token in scan("2022年1-11月完成投资38.2亿元，增长5%，居全市第三")]
    [('time', '2022年1-11月'), ('level', '38.2亿元'), ('percent', '5%'), ('place', '第三')]
    """
    return Scanner(text).scan()


def uncovered(text: str, spans: Iterable[tuple[int, int]]) -> list[int]:
    """Return the places of digits that lie in no span, or in more than one: there must be none."""
    counts = [0] * len(text)
    for a, b in spans:
        for place in range(a, b):
            counts[place] += 1
    return [place for place, character in enumerate(text) if character.isdigit() and counts[place] != 1]
