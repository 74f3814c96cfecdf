"""Units of measurement: conversion inside one dimension, never across."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zonereport.language import tr


@dataclass(frozen=True)
class Unit:
    """A unit: its name, the dimension it measures, and how many base units it holds (exactly)."""

    name: str
    dimension: str
    scale: Fraction


def convert(value: float, unit: str, to: str, units: Mapping[str, Unit]) -> float:
    """Express ``value`` of ``unit`` in the unit ``to``: value x scale(unit) / scale(to).

    ``units`` maps names to units (the dictionary's). Compound units divide: 亿元/个, and 亿元/亿元, which is a ratio.
    Raises ValueError where a unit is unknown or the dimensions differ (万美元 to 亿元 needs a rate).

    >>> money = {u.name: u for u in [Unit("万元", "cny", Fraction(10**4)), Unit("亿元", "cny", Fraction(10**8))]}
    >>> convert(8250, "万元", "亿元", money)
    0.825
    """
    return times(value, ratio(unit, to, units))


def ratio(unit: str, to: str, units: Mapping[str, Unit]) -> Fraction:
    """Return how many ``to`` one ``unit`` is, exactly, for many values of one unit. Raises as ``convert``."""
    (dimension, scale), (wanted, target) = _measure(unit, units), _measure(to, units)
    if dimension != wanted:
        raise ValueError(
            tr(
                "{unit} ({dimension}) cannot be converted to {to} ({wanted})",
                unit=unit,
                dimension=dimension,
                to=to,
                wanted=wanted,
            )
        )
    return scale / target


def times(value: float, factor: Fraction) -> float:
    """Return ``value`` x ``factor``, rounded once.

    >>> times(1.1, Fraction(3)), 1.1 * 3
    (3.3, 3.3000000000000003)
    """
    # repr() is the decimal that was typed: 5.45 stays 5.45 and no binary dust reaches a printed figure
    return float(Fraction(repr(float(value))) * factor)


def _measure(name: str, units: Mapping[str, Unit]) -> tuple[str, Fraction]:
    scale, dimension = Fraction(1), ""
    for part in name.split("/"):
        if part not in units:
            raise ValueError(tr("{part} is no unit of the dictionary", part=part))
        unit = units[part]
        if not dimension:
            scale, dimension = unit.scale, unit.dimension
            continue
        scale /= unit.scale
        # 亿元/亿元 measures nothing but a share
        dimension = "ratio" if unit.dimension == dimension else f"{dimension}/{unit.dimension}"
    return dimension, scale
