"""The criteria of the national goals against the zone: what each asks for, how far the zone is, what is missing."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.gaps import list_gap
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

# the two that the zone strives for, and the offices that take applications
OFFICES = {"national_zone": "商务", "big_data_base": "工业和信息化"}
GOALS = tuple(OFFICES)
# why a criterion cannot be judged; a bound that does not reach the threshold has no reason of its own
UNKNOWN = {
    "not_reported": "缺少数据",
    "no_threshold": "门槛值未取得",
    "year_not_over": "尚无完整年度数",
    "other_currency": "币种不同，未折算",
}
# of a zone that holds no document
NOT_HELD = "条件由有权机关规定，其文件未取得"
TWO_BASES = "two_bases"
BOUND = "只有界限数，达不到门槛也不能判断"
HEADS = {
    "goal": "目标",
    "criterion": "条件（文件年份，来源）",
    "asked": "门槛",
    "value": "现状",
    "ratio": "达标程度",
    "judged": "差距",
}


@exhibit
def criteria(report: Report) -> Exhibit:
    """Show the criteria that can be judged, the weakest first, with what each asks for and how good its source is."""
    rows = report.detail("goals")
    if rows.empty and not report.park:
        return Exhibit("国家级目标条件对照", gaps=list_gap(report, "criteria", NOT_HELD))
    judged_ones = _judged_rows(report)
    gaps = _unjudged(report)
    if judged_ones.empty:
        return Exhibit("国家级目标条件对照", gaps=gaps)
    data = pd.DataFrame([_table_row(report, row) for _, row in judged_ones.iterrows()])
    caption = "国家级目标条件对照"
    if data["goal"].nunique() == 1:
        # of one goal the caption says which; a wide table takes a page of its own
        caption = f"{data['goal'].iloc[0]}条件对照"
        data = data.drop(columns="goal")
    table = styled(without_empty(data, ("ratio",)), "goal-criteria", heads=HEADS, right=("value", "ratio"))
    note = "各项条件须同时满足，不作平均，最弱的排在最前。"
    # what is not listed must not be taken for met or unmet
    unjudged = len(rows) - len(judged_ones)
    if unjudged:
        note += f"另有{unjudged}项条件缺少数据或门槛值，没有列入，不等于未达标。"
    note += f"依据：{'；'.join(judged_ones['document'].unique())}。"
    if (judged_ones["quality"] == "u").any():
        note += "未经核实的门槛只供参考，不作为申报依据。"
    if (judged_ones["reason"] == TWO_BASES).any():
        note += "两种口径结论相反的，以有权机关的解释为准，不作判断。"
    return Exhibit(caption, weakest_of(report, judged_ones), judged_ones, table, note=note, gaps=gaps)


@exhibit
def reach(report: Report) -> Exhibit:
    """Draw how far each criterion that has a ratio is on the way to its threshold, where there are two or more."""
    rows = report.detail("goals")
    rows = rows[rows["ratio_pct"].notna()].sort_values("ratio_pct", kind="stable", ignore_index=True)
    # one bar compares nothing
    if len(rows) < 2:
        return Exhibit("可比条件的达标程度")
    figures = rows.apply(lambda row: figure(report, row), axis="columns")
    data = rows.assign(
        label=rows["name_zh"],
        value=rows["ratio_pct"],
        text=rows["ratio_pct"].map(percent) + "（" + figures + "）",
        # a bound short of its threshold is not known to be met: drawn as the unmet are
        met=rows["met"].fillna(False),
    )
    # all criteria must be met together: the weakest decides
    worst = data.iloc[0]
    claim = f"可比的{len(data)}项条件中，{worst['label']}最弱，相当于门槛的{percent(worst['value'])}"

    def draw() -> Axes:
        return charts.reach(data, title=claim, unit="相当于门槛的%", line=(100, "门槛"))

    alt = f"横条图，单位%。{sentence(*(data['label'] + data['text']))}"
    codes = list(rows["code"].unique())
    return Exhibit("可比条件的达标程度", claim, data, draw, alt=alt, note=foot(report, codes))


def name_of(report: Report, goal: str) -> str:
    """Return the Chinese name of a goal."""
    return report.word("criteria", "goal", goal)


def figure(report: Report, row: pd.Series) -> str:
    """Return the zone's figure of a criterion; a dash where there is none."""
    if pd.isna(row["value"]):
        return NO_VALUE
    return quantity(row["value"], row["unit"], _decimals(report, row), qualifier=row["qualifier"])


def percent(ratio_pct: float) -> str:
    """Return how far a figure is on the way to the threshold.

    >>> percent(73.55), percent(float("nan"))
    ('73.6%', '—')
    """
    return NO_VALUE if pd.isna(ratio_pct) else f"{number(ratio_pct, 1, fixed=True)}%"


def asked(row: pd.Series) -> str:
    """Return what the criterion asks for: 不低于5亿元, 第5位以内, 须满足."""
    if row["comparison"] == "yes_no":
        return "须满足"
    if pd.isna(row["threshold"]):
        return "未取得"
    threshold = quantity(row["threshold"], row["unit"], 2)
    forms = {
        "at_least": f"不低于{threshold}",
        "at_most": f"不高于{threshold}",
        "rank_at_most": f"第{threshold}以内",
    }
    return forms[row["comparison"]]


def gap_in_words(report: Report, row: pd.Series) -> str:
    """Return what is missing to the threshold, or the margin of a criterion that is met."""
    if row["reason"] == TWO_BASES:
        return f"两种口径结论相反（{report.label(row['other_code'])}为{other_figure(report, row)}），不作判断"
    if pd.isna(row["gap"]):
        return "已达标" if row["met"] else "未达标"
    gap = quantity(abs(row["gap"]), row["unit"], _decimals(report, row))
    return f"已达标，余{gap}" if row["met"] else f"差{gap}"


def weakest_of(report: Report, rows: pd.DataFrame) -> str:
    """Return which of some criteria is furthest off, and which are met on one basis alone; empty where none is."""
    clauses = [turning(report, row) for _, row in rows[rows["reason"] == TWO_BASES].iterrows()]
    rows = rows[rows["ratio_pct"].notna()]
    if rows.empty:
        return "；".join(clauses)
    row = rows.sort_values("ratio_pct", kind="stable").iloc[0]
    name = f"{row['name_zh']}{of_year(report, row)}{figure(report, row)}"
    far = "已达标" if row["met"] else f"相当于门槛的{percent(row['ratio_pct'])}"
    return "；".join([f"可比条件中最弱的是{name}，{far}{unverified(row)}", *clauses])


def turning(report: Report, row: pd.Series) -> str:
    """Return what a criterion that one basis of its figure meets and the other does not says on both."""
    year, unsure = of_year(report, row), unverified(row)
    own, other = report.label(row["code"]), report.label(row["other_code"])
    return (
        f"{row['name_zh']}{year}按{own}为{figure(report, row)}、按{other}为{other_figure(report, row)}，"
        f"门槛为{asked(row)}{unsure}，两种口径结论相反，不作判断"
    )


def other_figure(report: Report, row: pd.Series) -> str:
    """Return the zone's figure of a criterion on its other basis."""
    return quantity(row["other_value"], row["unit"], _decimals(report, row))


def of_year(report: Report, row: pd.Series) -> str:
    """Return the year of a figure that is not of this edition: before December a full year is that of before."""
    if row["period"] in ("", str(report.period)):
        return ""
    return f"（{row['period'][:4]}年）"


def unverified(row: pd.Series) -> str:
    """Return that the threshold of a criterion is not verified, in brackets; empty where it is."""
    return "（门槛未经核实）" if row["quality"] == "u" else ""


def _table_row(report: Report, row: pd.Series) -> dict[str, str]:
    """A row of the table, every cell as it is printed."""
    quality = report.word("criteria", "quality", row["quality"])
    return {
        "goal": name_of(report, row["goal"]),
        # year and quality stand at the name: as columns of their own they would ask for a page across
        "criterion": f"{row['name_zh']}（{row['year']}年，{quality}）",
        "asked": asked(row),
        "value": figure(report, row),
        "ratio": percent(row["ratio_pct"]),
        "judged": gap_in_words(report, row),
    }


def _judged_rows(report: Report) -> pd.DataFrame:
    rows = report.detail("goals")
    return rows[rows["met"].notna() | (rows["reason"] == TWO_BASES)].reset_index(drop=True)


def _unjudged(report: Report) -> tuple[Gap, ...]:
    """The gaps of the criteria that cannot be judged: one a goal and reason."""
    if report.park:
        return (Gap("国家级目标条件对照", "条件以全区为对象，园区报告不作对照"),)
    rows = report.detail("goals")
    rows = rows[rows["met"].isna() & (rows["reason"] != TWO_BASES)]
    gaps = []
    for (goal, reason), group in rows.groupby(["goal", "reason"], sort=False):
        subject = f"{name_of(report, goal)}条件：{'、'.join(group['name_zh'])}"
        why = UNKNOWN.get(reason, BOUND)
        gaps.append(Gap(subject, why, "各项条件的对照数据和载明门槛的正式文件", OFFICES.get(goal, "开发区")))
    return tuple(gaps)


def _decimals(report: Report, row: pd.Series) -> int:
    """How many digits the figures of a criterion have: those of its indicator in its own unit, else two."""
    if row["unit"] == "位":
        return 0
    indicators = report.zone.dictionary.indicators
    if row["code"] in indicators.index and indicators.at[row["code"], "unit"] == row["unit"]:
        return int(indicators.at[row["code"], "decimals"])
    return 2
