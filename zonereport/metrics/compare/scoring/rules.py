"""The scoring rules that cities use, each a function of its own: points for a rank, a target, a level, a growth."""

# 争先进位: what one rank costs
STEP = 0.05
# 功效系数: what the figure at the lower and the upper goalpost is worth, of 100
PASS, SPAN = 60.0, 40.0
# 总量加增速, a city of Jiangsu in 2011: the level of last year kept is worth 80 % of the points, each 5 % a point
KEPT, GROWTH_STEP, STEP_POINTS = 0.8, 5.0, 1.0


def rank_step(rank: float, *, points: float) -> float:
    """争先进位: points x (1 - 0.05 (rank - 1)), 0 at the least; those who share a rank share its score.

    ``rank`` 1, 2, ... with ties at the better rank; ``points`` full marks. Raises ValueError for a rank below 1.
    Source: methods notes of the project, section 3.6; domain notes, section 4.

    >>> rank_step(1, points=20), rank_step(3, points=20), rank_step(40, points=20)
    (20.0, 18.0, 0.0)
    """
    if not rank >= 1:
        raise ValueError(f"{rank} is no rank")
    return round(max(0.0, points * (1 - STEP * (rank - 1))), 9)


def target_met(met: bool, *, points: float) -> float:
    """目标完成: all points where the target is met, else none. Source: methods notes of the project, section 3.6.

    >>> target_met(True, points=10), target_met(False, points=10)
    (10.0, 0.0)
    """
    if not met:
        return 0.0
    return float(points)


def efficacy_coefficient(value: float, *, unacceptable: float, satisfactory: float) -> float:
    """功效系数: 60 + 40 (x - x_s) / (x_h - x_s), of 100; it may leave 0 to 100.

    ``value`` x, ``unacceptable`` x_s (不允许值), ``satisfactory`` x_h (满意值) in one unit; where less is better, x_s
    is the greater. Raises ValueError where the two are equal. Source: methods notes of the project, section 3.6.

    >>> round(efficacy_coefficient(5.81, unacceptable=6, satisfactory=12), 2)
    58.73
    """
    if unacceptable == satisfactory:
        raise ValueError(f"both goalposts of an efficacy coefficient are {satisfactory}")
    return PASS + SPAN * (value - unacceptable) / (satisfactory - unacceptable)


def efficacy(value: float, *, unacceptable: float, satisfactory: float, points: float) -> float:
    """功效系数法: points x coefficient / 100, the coefficient held to 0 to 100.

    Source: methods notes of the project, section 3.6.

    >>> [efficacy(value, unacceptable=6, satisfactory=12, points=10) for value in (9, 99, -99)]
    [8.0, 10.0, 0.0]
    """
    # beyond the goalposts nothing more is gained or lost
    coefficient = efficacy_coefficient(value, unacceptable=unacceptable, satisfactory=satisfactory)
    return round(points * min(100.0, max(0.0, coefficient)) / 100, 9)


def level_growth(growth_pct: float, *, points: float) -> float:
    """总量加增速: 80 % of the points for keeping last year's level, a point more or less for each 5 % of growth.

    0.8 x points + growth / 5, pro rata, held to 0 to ``points``; ``growth_pct`` g in %, above zero is better.
    The rule of a Jiangsu city in 2011; whether part steps counted is not known. Source: domain notes of the project,
    section 4.

    >>> [level_growth(growth, points=15) for growth in (0, 10, 40, -70)]
    [12.0, 14.0, 15.0, 0.0]
    """
    return round(min(float(points), max(0.0, KEPT * points + growth_pct / GROWTH_STEP * STEP_POINTS)), 9)
