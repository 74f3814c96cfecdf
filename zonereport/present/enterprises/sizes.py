"""How large the enterprises are, from which size to which they moved within a year, and how long they stay."""

import pandas as pd
from matplotlib.axes import Axes
from pandas.io.formats.style import Styler

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.firms import count, foot, ledger_gaps, money, percent, span
from zonereport.present.kit.gaps import LISTS
from zonereport.present.kit.labels import NO_VALUE, REASONS
from zonereport.present.kit.ledgers import end_month
from zonereport.present.kit.numbers import number
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report
from zonereport.present.theme import PALE

SALES = "invoiced_sales"
# the classes of size from the smallest up, as the frame of transitions names them
CLASSES = {
    "below_scale": "规模以下",
    "above_scale": "规模以上",
    "over_100m": "亿元以上",
    "over_2bn": "20亿元以上",
}
ELSEWHERE = {"unknown": "未填报", "not_listed": "未列入台账"}
# ages are told in years; the share that stays at every fifth
MONTHS, MARK_YEARS = 12, 5


@exhibit
def sizes(report: Report) -> Exhibit:
    """Show how many enterprises are of which size, and what share of sales each class makes."""
    caption = "企业规模分布"
    rows = _bars(report)
    if rows.empty:
        return Exhibit(caption, gaps=ledger_gaps(report))
    claim = _sizes_claim(rows)

    def draw() -> Axes:
        return charts.twin(rows, title=claim, units=("家", "占开票销售%"))

    parts = rows["label"] + rows["left_text"] + "、占开票销售" + rows["right_text"]
    return Exhibit(
        caption,
        claim,
        data=rows,
        draw=draw,
        alt="并列横条图，单位家和%。" + "；".join(parts) + "。",
        note=foot(report, SALES) + "按近12个月开票销售分组，只计填报开票销售的企业。",
    )


def _bars(report: Report) -> pd.DataFrame:
    """The two bars of each class, the largest class first: how many enterprises, and what share of sales."""
    rows = report.detail("enterprise_sizes")
    # the last row is of those whose sales are not known
    rows = rows[rows["lower_10k_yuan"].notna()].iloc[::-1].reset_index(drop=True)
    labels = [_class(report, row.lower_10k_yuan, row.upper_10k_yuan) for row in rows.itertuples()]
    before = rows["base_enterprises"].map(lambda n: f"（上年{count(n)}）" if pd.notna(n) else "").astype("str")
    return pd.DataFrame(
        {
            "label": pd.Series(labels, dtype="str"),
            "left": rows["enterprises"],
            "left_text": rows["enterprises"].map(count).astype("str") + before,
            "right": rows["share_pct"],
            "right_text": rows["share_pct"].map(percent).astype("str"),
        }
    )


def _class(report: Report, low: float, high: float) -> str:
    """A class of size: 5000万元至1亿元, 20亿元以上, 500万元以下."""
    if pd.isna(high):
        return f"{money(report, low)}以上"
    if low > 0:
        return span(report, low, high)
    return f"{money(report, high)}以下"


def _sizes_claim(rows: pd.DataFrame) -> str:
    """The class with most sales, and the one with most enterprises where that is another."""
    # sales may be missing for a class that nobody is in
    top, many = rows.loc[rows["right"].fillna(0).idxmax()], rows.loc[rows["left"].idxmax()]
    claim = f"{top['label']}企业{count(top['left'])}，占台账企业开票销售的{top['right_text']}"
    if top["label"] == many["label"]:
        return claim
    return f"{claim}；{many['label']}企业{count(many['left'])}，占{many['right_text']}"


@exhibit
def transitions(report: Report) -> Exhibit:
    """Show from which class of size to which the enterprises moved since the same month of last year."""
    caption = "企业规模档次的变动"
    # the frame has every pair of years; the latest may lack the month of the edition
    rows = report.detail("enterprise_transitions", period=end_month(report))
    if rows.empty:
        return Exhibit(caption, gaps=ledger_gaps(report) or _no_year_before(caption))
    note = foot(report, SALES) + "按近12个月开票销售和工业企业标准分档，行为上年同期所在档次，底色为未变动的企业。"
    claim = _transitions_claim(rows)
    return Exhibit(caption, claim, data=rows, draw=_matrix(rows), note=f"{note}{claim}。")


def _no_year_before(subject: str) -> tuple[Gap, ...]:
    office = LISTS["enterprise_months"][2]
    return (Gap(subject, "企业逐月数据不足两个年度", "上两年企业每月开票销售", office),)


def _transitions_claim(rows: pd.DataFrame) -> str:
    """How many rose a class or more, fell, and left the ledger."""
    # unknown and not listed are no classes: a step from or to them has no direction
    order = {name: place for place, name in enumerate(CLASSES)}
    steps = rows["to_class"].map(order) - rows["from_class"].map(order)
    there = rows["from_class"] != "not_listed"
    moves = {
        "升档": rows["enterprises"][steps > 0].sum(),
        "降档": rows["enterprises"][steps < 0].sum(),
        "退出台账": rows["enterprises"][there & (rows["to_class"] == "not_listed")].sum(),
    }
    # a move that nobody made is no news
    parts = [f"{count(number_of)}企业{move}" for move, number_of in moves.items() if number_of]
    if not parts:
        return "与上年同期相比，没有企业变动规模档次"
    return f"与上年同期相比，{'、'.join(parts)}"


def _matrix(rows: pd.DataFrame) -> Styler:
    """The table: a line for each earlier class, a column for each later one, counts with their share of the line."""
    names = CLASSES | ELSEWHERE
    texts = rows.assign(text=_cells(rows)).pivot(index="from_class", columns="to_class", values="text")
    counts = rows.pivot(index="from_class", columns="to_class", values="enterprises")
    # a column that nobody moved to says nothing
    used = [name for name in names if name in counts and counts[name].sum() > 0]
    lines = [name for name in names if name in counts.index]
    frame = texts.loc[lines, used].fillna(NO_VALUE).rename_axis(columns=None)
    frame.insert(0, "from", [names[name] for name in lines])
    # the frame counts those that were listed at neither end with the new ones
    frame["all"] = rows.groupby("from_class")["enterprises"].sum()[lines].map(count)
    heads = {"from": "上年同期", **CLASSES, "unknown": "未填报", "not_listed": "退出台账", "all": "合计"}
    styler = styled(frame.reset_index(drop=True), "transitions", heads=heads, right=[*used, "all"])
    # those that stayed are the rule: shaded, the moves stand out beside them
    shades = pd.DataFrame("", index=range(len(lines)), columns=[heads[name] for name in used])
    for place, name in enumerate(lines):
        if name in CLASSES and name in used:
            shades.loc[place, heads[name]] = f"background-color: {PALE}"
    return styler.apply(lambda _: shades, axis=None, subset=list(shades))


def _cells(rows: pd.DataFrame) -> pd.Series:
    """A count with its share of the line, 262家（93.2%）; the count alone where the line is too short for a share."""
    share = rows["share_pct"].map(lambda value: f"（{percent(value)}）" if value > 0 else "").astype("str")
    return rows["enterprises"].map(count).astype("str") + share


@exhibit
def survival(report: Report) -> Exhibit:
    """Show what share of the enterprises is still in the ledger so long after its founding, and when half are gone."""
    caption = "企业成立后的存续"
    rows = report.detail("enterprise_survival", reason="")
    if rows.empty:
        return Exhibit(caption, gaps=ledger_gaps(report) or _no_curve(report, caption))
    line = _curve(rows)
    claim = _survival_claim(report, rows)

    def draw() -> Axes:
        return charts.steps(line, title=claim, unit="%", axis="成立年数", level=(50, "一半"))

    note = foot(report, SALES) + f"按成立时间推算，共{count(rows['exits'].sum())}企业离开；色带为95%区间。"
    # a ledger does not say why somebody left it
    note += "迁出、注销和停报都算离开，台账起始前成立的企业自列入台账起计。"
    return Exhibit(
        caption,
        claim,
        data=rows,
        draw=draw,
        alt=f"阶梯线图，横轴为成立年数，纵轴为仍在台账的企业占比。{_curve_alt(rows)}。",
        note=note + _exits(report),
    )


def _no_curve(report: Report, subject: str) -> tuple[Gap, ...]:
    """Without founding days they are asked for; too few who left cannot be sent."""
    firms = report.table("enterprises")
    # with founding days it is the exits that are too few
    if "founded" in firms and firms["founded"].fillna("").ne("").any():
        return (Gap(subject, REASONS["too_few"]),)
    return (Gap(subject, "企业名录没有载明成立时间", "企业成立时间", LISTS["enterprises"][2]),)


def _curve(rows: pd.DataFrame) -> pd.DataFrame:
    """The line of the chart from the founding on, in years."""
    # the frame begins where the first one left; until then all were there
    start = pd.DataFrame({"at": [0.0], "value": [100.0], "low": [100.0], "high": [100.0]})
    later = pd.DataFrame(
        {
            "at": rows["age_months"] / MONTHS,
            "value": rows["survival_pct"],
            "low": rows["low_pct"],
            "high": rows["high_pct"],
        }
    )
    line = pd.concat([start, later], ignore_index=True)
    last = rows.iloc[-1]
    # the line goes on behind the round number of years that the title speaks of
    end = f"{number(last['age_months'] / MONTHS, 1)}年{percent(last['survival_pct'])}"
    return line.assign(series="仍在台账的企业", text=end)


def _survival_claim(report: Report, rows: pd.DataFrame) -> str:
    """The age at which half are gone; where that has not come, the share after the last five years that are full."""
    if not report.reason("enterprise_ledger", "median_stay"):
        months = report.value("enterprise_ledger", "median_stay")
        return f"按成立时间推算，半数企业在成立{number(months / MONTHS, 1)}年内离开台账"
    # beyond the last exit the curve is not known: a mark behind it would claim too much
    last = rows["age_months"].iloc[-1]
    years = last // (MARK_YEARS * MONTHS) * MARK_YEARS
    reached = rows[rows["age_months"] <= years * MONTHS]
    # nobody left up to the mark, or the curve is shorter than five years: the last exit it is
    if reached.empty:
        share = percent(rows["survival_pct"].iloc[-1])
        return f"成立{number(last / MONTHS, 1)}年后仍在台账的企业占{share}，尚未减少到一半"
    return f"成立{years}年后仍在台账的企业占{percent(reached['survival_pct'].iloc[-1])}，尚未减少到一半"


def _curve_alt(rows: pd.DataFrame) -> str:
    years = (rows["age_months"] / MONTHS).map(lambda age: f"{number(age, 1)}年").astype("str")
    return "；".join("成立" + years + rows["survival_pct"].map(percent).astype("str"))


def _exits(report: Report) -> str:
    """What share of last year's enterprises has left the ledger."""
    if report.reason("enterprise_ledger", "exit_rate"):
        return ""
    # all are counted, none is drawn: the share has no interval
    return f"上年同期在台账的企业有{report.text('enterprise_ledger', 'exit_rate')}已不在台账。"
