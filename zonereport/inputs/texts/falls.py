"""What a text says has fallen, without a number."""

import re

from zonereport.inputs.texts.codes import Codes
from zonereport.inputs.texts.model import HIGH, LEVEL, Fact, Token

_DECREASE = re.compile(
    r"(?:^|(?<=[，。；、\n：年度]))([一-龥（）]{4,24}?)(?:数量|起数|数)?(?:同比|比上年"
    r"|较上年)?(?:实现)?(?:明显|大幅|双|持续)?下降(?=[，。；\n]|$)"
)


def decreases(text: str, codes: Codes, period: str) -> list[Fact]:
    """Return what a text says has fallen without a number, where it is an indicator of which less is better."""
    found = []
    for match in _DECREASE.finditer(text):
        name = match[1]
        code = codes.code(name, "") or codes.code(name + match[0][len(name) :].split("同比")[0], "")
        if code not in codes.less_is_better:
            continue
        fact = Fact(name, "", codes.units[code][0], period, match.start(1), match.end(), ["下降"], code=code)
        fact.tokens.append(Token(LEVEL, match.start(1), match.end(), match[0]))
        fact.confidence = HIGH
        found.append(fact)
    return found
