"""The code of a name: exact names only, never an ending (合同外资 is not 外资)."""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from zonereport.inputs.dictionary import Dictionary
from zonereport.inputs.faults import Fault, InputError
from zonereport.inputs.learnt import REJECTED, read_names

PROSE = "prose.csv"
# what a name may have at its ends without being another indicator
_WHOLE = re.compile(
    r"^(?:全区|全市|全县|全镇|全园区?|全社会(?=固定资产)|全口径(?=工业开票)|地方(?=一般公共)"
    r"|外贸(?=进出口)|共有?|累计|辖区|区内|引进(?=到位|实际)|园区(?=规))(?=.{3})"
)
# 获 and 获批 are 获评; what is completed may say from what size on it counts
_AWARDS = re.compile(r"^新?(?:获批|获得|荣获|获评|获|被评为|被认定为|认定为)(?!批)")
_SIZE = re.compile(r"^完成(?:固定资产投资|投资)?\d+万元以上(?=技改|技术改造)")
_SAME = (
    ("规模以上", "规上"),
    ("规模工业", "规上工业"),
    ("规模企业", "规上企业"),
    ("（不含农户）", ""),
    ("(不含农户)", ""),
    ("工业企业总产值", "工业总产值"),
    ("工业企业产值", "工业产值"),
    ("工业企业工业", "工业"),
    ("工业企业增加值", "工业增加值"),
    ("总产值", "产值"),
    ("进出口总值", "进出口总额"),
    ("销售收入", "销售"),
    ("零售额", "零售总额"),
    ("投资总额", "总投资"),
)
_QUOTES = re.compile(r"[“”\"'‘’\s]")


def normal(name: str) -> str:
    """Return a name as it is compared: without what offices say or leave out as they like.

    >>> normal("全区规模以上工业企业总产值"), normal("全社会固定资产投资（不含农户）"), normal("合同外资")
    ('规上工业产值', '固定资产投资', '合同外资')
    """
    text = _QUOTES.sub("", name)
    text = re.sub(r"（[^）]*）", "", text)
    text = _WHOLE.sub("", text)
    text = _SIZE.sub("完成", _AWARDS.sub("获评", text))
    for one, other in _SAME:
        text = text.replace(one, other)
    return text


@dataclass
class Codes:
    """Names and their codes: those that a zone taught first, then prose names, then the dictionary."""

    units: dict[str, tuple[str, ...]]
    names: dict[str, str] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    shown: dict[str, str] = field(default_factory=dict)
    less_is_better: frozenset[str] = frozenset()

    @classmethod
    def of(cls, dictionary: Dictionary, folder: Path, zone: Path | None = None) -> "Codes":
        """Read the names of the dictionary in ``folder``, of its prose.csv, and what ``zone``/names.csv taught."""
        rows = dictionary.indicators
        units: dict[str, tuple[str, ...]] = {}
        names: dict[str, str] = {}
        shown: dict[str, str] = {}
        derived = set(dictionary.derived.index)
        for code, row in zip(rows.index, rows.to_dict("records"), strict=True):
            units[code] = tuple(row["allowed_units"].split("|"))
            shown[code] = row["name_zh"]
            if code in derived:
                continue
            for name in (row["name_zh"], *filter(None, row["aliases"].split("|"))):
                names.setdefault(normal(name), code)
        for name, code in _pairs(folder / PROSE, units):
            names[normal(name)] = code
        if zone is not None:
            for row in read_names(zone, frozenset(units)):
                names[normal(row.name)] = row.code
        less = frozenset(rows.index[rows["direction"].astype(str) == "-1"])
        rejected = frozenset(name for name, code in names.items() if code == REJECTED)
        return cls(units, {name: code for name, code in names.items() if code != REJECTED}, rejected, shown, less)

    def code(self, name: str, unit: str) -> str:
        """Return the code whose name this is exactly and whose units allow ``unit``; else nothing."""
        found = self.names.get(normal(name), "")
        if found and unit and not self.allows(found, unit):
            return ""
        return found

    def part(self, whole: str, name: str) -> str:
        """Return the name of the dictionary that has the characters of a whole and of its part, in any order.

        引进高层次人才 and 海外人才 are 引进海外高层次人才.
        """
        ending = 0
        while ending < min(len(whole), len(name)) and whole[-1 - ending] == name[-1 - ending]:
            ending += 1
        if not ending:
            return ""
        wanted = sorted(normal(whole) + name[: len(name) - ending])
        found = [one for one in self.names if sorted(one) == wanted]
        return found[0] if len(found) == 1 else ""

    def allows(self, code: str, unit: str) -> bool:
        """Whether a figure of a code may be in a unit, also where the text's unit is only larger (万台, 户)."""
        return any(base(unit) == base(allowed) for allowed in self.units.get(code, ()))


# a text says 37户企业 where a table says 家
_SAME_UNITS = {
    "户": "家",
    "家次": "家",
    "项": "个",
    "名": "人",
    "位": "人",
    "度": "千瓦时",
    "亿元级": "亿元",
    "宗": "起",
}


def base(unit: str) -> str:
    """Return a unit without its size: 亿元 and 万元 are both 元."""
    unit = _SAME_UNITS.get(unit, unit)
    core = re.sub(r"^(?:万亿|亿|千万|百万|万|百|千)(?=.)", "", unit)
    return _SAME_UNITS.get(core, core)


def _pairs(path: Path, codes: Collection[str]) -> list[tuple[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if not {"name", "code"} <= set(reader.fieldnames or ()):
            raise InputError(
                [Fault(path.name, 1, None, ",".join(reader.fieldnames or ()), "the columns name and code")]
            )
        pairs = [((row["name"] or "").strip(), (row["code"] or "").strip()) for row in reader if row["name"]]
    faults = []
    for number, (name, code) in enumerate(pairs, 2):
        if code != REJECTED and code not in codes:
            faults.append(Fault(path.name, number, "code", code, "a code of indicators.csv, or - for none", name))
    if faults:
        raise InputError(faults)
    return pairs
