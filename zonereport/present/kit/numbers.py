"""How a figure is written: half up, as published, with its unit and its qualifier."""

from decimal import ROUND_HALF_UP, Decimal

# what a qualifier puts before and behind a figure; the others are said in a note, not at the figure
QUALIFIED = {
    "estimate": ("预计", ""),
    "approximate": ("约", ""),
    "lower_bound": ("", "以上"),
    "upper_bound": ("", "以下"),
    "cumulative": ("累计", ""),
}


def number(value: float, decimals: int, *, fixed: bool = False) -> str:
    """Write ``value`` with at most ``decimals`` digits, rounding half up as government tables do.

    Trailing zeros go, so that a figure reads as its source prints it; ``fixed`` keeps them. Nothing is minus zero.

    >>> number(165.0, 2), number(0.25, 1), number(2.303030, 2, fixed=True), number(-3.05, 1), number(8250, 0)
    ('165', '0.3', '2.30', '-3.1', '8250')
    >>> number(-0.04, 1, fixed=True)
    '0.0'
    """
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # plus nothing takes the sign from a zero
    text = f"{rounded + 0:f}"
    return text if fixed or "." not in text else text.rstrip("0").rstrip(".")


def quantity(value: float, unit: str, decimals: int, *, qualifier: str = "", fixed: bool = False) -> str:
    """Write a figure with its unit and what its source says of it: 预计, 累计, 以上, 约.

    >>> quantity(3.8, "亿元", 2, qualifier="estimate"), quantity(850, "亩", 0, qualifier="lower_bound")
    ('预计3.8亿元', '850亩以上')
    """
    before, after = QUALIFIED.get(qualifier, ("", ""))
    return f"{before}{number(value, decimals, fixed=fixed)}{unit}{after}"
