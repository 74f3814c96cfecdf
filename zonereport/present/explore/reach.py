"""What it takes: the amount and the growth that would reach the target, or draw level with each peer ahead."""

import pandas as pd

from zonereport.metrics.compare.reaching import Standing
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.gaps import list_gap
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import quantity
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

HEADS = {"aim": "争取", "amount": "需达到", "more": "还差", "growth": "同比需达到"}


def standing(report: Report, code: str) -> Standing:
    """Return the indicator among its peers, with last year's figure on the same basis."""
    value = report.value(code)
    base = value - report.value(code, "change")
    direction = -1 if report.label(code, "direction") == "-1" else 1
    return Standing(value, base, report.detail("ranks", code=code), direction)


@exhibit
def reach(report: Report, code: str) -> Exhibit:
    """Show the amount and the growth that it takes to reach the target of the year and each place ahead."""
    caption = f"{report.label(code)}争先进位所需"
    here = standing(report, code)
    rows = [] if report.reason(code, "target") else [_target(report, code, here)]
    steps = here.steps()
    for step in steps.itertuples():
        rows.append(
            {
                "aim": f"追平{step.entity}，并列第{step.place}位",
                "amount": _amount(report, code, step.needed_amount),
                "more": _amount(report, code, step.more_amount),
                "growth": _growth(step.needed_growth_pct),
            }
        )
    if not rows:
        missing: tuple[Gap, ...] = ()
        # a park has no peers of its own kind
        if not report.park:
            missing = list_gap(report, "peers")
        return Exhibit(caption, gaps=missing or (Gap(caption, "该指标没有目标，也没有可追赶的位次"),))
    table = without_empty(pd.DataFrame(rows))
    # the nearest peer ahead is a nearer aim than the year's target
    nearest = rows[-1 if steps.empty else len(rows) - len(steps)]["aim"]
    claim = f"{report.label(code)}现为{report.text(code)}，下一步可争取{nearest}"
    draw = styled(table, f"explore-reach-{code}", heads=HEADS, right=("amount", "more", "growth"))
    note = foot(report, [code]) + "所需数按上年同期可比数和同类开发区已公布的增速推算，其他单位的数不变。"
    return Exhibit(caption, claim, data=steps, draw=draw, note=note)


def _target(report: Report, code: str, here: Standing) -> dict[str, str]:
    target = report.value(code, "target")
    kind = report.basis(code, "target")
    # a target that is a growth or a ceiling is no amount to reach
    if kind not in ("level", ""):
        return {
            "aim": "完成年度目标" + report.text(code, "target"),
            "amount": NO_VALUE,
            "more": NO_VALUE,
            "growth": NO_VALUE,
        }
    more = target - here.value
    return {
        "aim": "完成年度目标",
        "amount": _amount(report, code, target),
        "more": "已完成" if more <= 0 else _amount(report, code, more),
        # the target is of the whole year, last year's figure of the same months
        "growth": _growth(here.growth_of(target)) if report.period.last == 12 else NO_VALUE,
    }


def _amount(report: Report, code: str, value: float) -> str:
    if pd.isna(value):
        return NO_VALUE
    decimals, fixed = report.digits(code)
    return quantity(value, report.label(code, "unit"), decimals, fixed=fixed)


def _growth(value: float) -> str:
    return NO_VALUE if pd.isna(value) else quantity(value, "%", 1, fixed=True)
