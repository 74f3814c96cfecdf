"""The criteria of the national goals against the zone: what each asks for, how far the zone is, what is missing."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

# the two that the zone strives for, as the dictionary of criteria names them, and the offices that take applications
OFFICES = {"national_zone": "商务", "big_data_base": "工业和信息化"}
GOALS = tuple(OFFICES)
QUALITY = {"o": "官方文件原文", "s": "转载文本", "m": "实测数据", "u": "未经核实"}
# why a criterion cannot be judged; a bound that does not reach the threshold has no reason of its own
UNKNOWN = {
    "not_reported": "缺少数据",
    "no_threshold": "门槛值未取得",
    "year_not_over": "尚无完整年度数",
    "other_currency": "币种不同，未折算",
}
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
    note += f"依据：{'；'.join(judged_ones['document'].unique())}。未经核实的门槛只供参考，不作为申报依据。"
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
    names = report.zone.dictionary.criteria.drop_duplicates("goal").set_index("goal")["goal_zh"]
    # of two names in a row the dictionary leaves a blank between them, which Chinese prose does not
    return names.get(goal, goal).replace(" ", "")


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
    if pd.isna(row["gap"]):
        return "已达标" if row["met"] else "未达标"
    gap = quantity(abs(row["gap"]), row["unit"], _decimals(report, row))
    return f"已达标，余{gap}" if row["met"] else f"差{gap}"


def weakest_of(report: Report, rows: pd.DataFrame) -> str:
    """Return which of some criteria is furthest off, as a clause; empty where none can be compared."""
    rows = rows[rows["ratio_pct"].notna()]
    if rows.empty:
        return ""
    row = rows.sort_values("ratio_pct", kind="stable").iloc[0]
    name = f"{row['name_zh']}{figure(report, row)}"
    if row["met"]:
        return f"可比条件中最弱的是{name}，已达标"
    return f"可比条件中最弱的是{name}，相当于门槛的{percent(row['ratio_pct'])}"


def _table_row(report: Report, row: pd.Series) -> dict[str, str]:
    """A row of the table, every cell as it is printed."""
    year = f"{row['year']}年" if row["year"] else "年份未载明"
    return {
        "goal": name_of(report, row["goal"]),
        # year and quality stand at the name: as columns of their own they would ask for a page across
        "criterion": f"{row['name_zh']}（{year}，{QUALITY[row['quality']]}）",
        "asked": asked(row),
        "value": figure(report, row),
        "ratio": percent(row["ratio_pct"]),
        "judged": gap_in_words(report, row),
    }


def _judged_rows(report: Report) -> pd.DataFrame:
    rows = report.detail("goals")
    return rows[rows["met"].notna()].reset_index(drop=True)


def _unjudged(report: Report) -> tuple[Gap, ...]:
    """The gaps of the criteria that cannot be judged: one a goal and reason."""
    if report.park:
        return (Gap("国家级目标条件对照", "条件以全区为对象，园区报告不作对照"),)
    rows = report.detail("goals")
    rows = rows[rows["met"].isna()]
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
