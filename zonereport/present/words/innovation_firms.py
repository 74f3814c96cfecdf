"""Words of innovation by firm, bank and park, and of what to do next by name."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.changes import completed
from zonereport.present.kit.firms import (
    at,
    count,
    foot,
    has_ledger,
    left_out,
    money,
    names,
    park,
    percent,
    several_parks,
)
from zonereport.present.kit.ledgers import figure
from zonereport.present.kit.phrases import month, sentence
from zonereport.present.kit.prose import points
from zonereport.present.kit.tasks import open_tasks
from zonereport.present.kit.titles import due, short
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

# from which share of the amount on one bank is much
HALF = 50
# how many firms a table and a sentence of innovation name
LISTED, NAMED = 8, 3
TABLES = {
    "enterprise_months": "企业月度表（研发投入、开票销售、职工人数）",
    "patents": "企业专利表",
    "ip_pledges": "知识产权质押表",
}


def top(report: "Report", kind: str) -> pd.DataFrame:
    """The firms with most R&D (rd) or most patents in force (patents)."""
    return report.detail("innovation_firms", list=kind)


def concentration_in_short(report: "Report") -> str:
    """Who spends most on R&D, and what share of all that is, in one sentence."""
    rows = top(report, "rd")
    if rows.empty or pd.isna(rows["rd_share_pct"].iloc[0]):
        return ""
    first = rows.iloc[0]
    year = "" if first["year"] == report.period.year else f"{first['year']:.0f}年"
    who = at(report, first["name"], first["park"])
    return sentence(f"{year}研发投入最大一户{who}占台账企业的{percent(first['rd_share_pct'])}")


def research(report: "Report") -> str:
    """How many firms do research, and how hard: the ratio of sums and the typical firm."""
    if report.reason("rd_firms"):
        return ""
    said = [f"企业台账中有研发活动的企业{figure(report, 'rd_firms')}"]
    if not report.reason("rd_firms", "rd_firms_share"):
        said.append(f"占{report.text('rd_firms', 'rd_firms_share')}")
    if not report.reason("rd_firms", "rd_firms_new"):
        new, stopped = (report.text("rd_firms", f"rd_firms_{kind}") for kind in ("new", "stopped"))
        said.append(f"比上年新增{new}、停止{stopped}")
    text = sentence(*said)
    if not report.reason("rd_firms_intensity", "ratio_of_sums"):
        text += f"这些企业的研发投入合计占其开票销售的{report.text('rd_firms_intensity', 'ratio_of_sums')}"
        middle = report.reason("rd_firms_intensity", "median_of_firms")
        text += "。" if middle else f"，企业中位数为{report.text('rd_firms_intensity', 'median_of_firms')}。"
    return text


def research_table(report: "Report") -> Caption:
    """What is said of the table of the firms with most R&D."""
    rows = top(report, "rd")
    year = f"{rows['year'].iloc[0]:.0f}年" if len(rows) else ""
    note = (
        foot(report, "rd_firms", made_of=("value",)) + "强度为研发投入占本企业开票销售；占比以台账企业研发投入为分母。"
    )
    without = "未取得企业月度台账，不列研发投入较大的企业。"
    why = "企业台账没有完整年度的研发投入，不列企业。" if has_ledger(report) else without
    return Caption(f"{year}研发投入前{min(len(rows), LISTED)}户", note=note, missing=why)


def holders(report: "Report") -> str:
    """The firms with most patents in force, by name."""
    rows = top(report, "patents").head(NAMED + 2)
    told = "、".join(
        f"{at(report, row.name, row.park)}{count(row.patents_in_force, '件')}" for row in rows.itertuples()
    )
    return f"有效发明专利较多的企业有{told}。" if told else ""


def banks(report: "Report") -> pd.DataFrame:
    """The bars of the chart of banks: this year's amount with last year's."""
    rows = report.detail("innovation_pledges", by="bank")
    made = [
        {
            **{"label": row.name, "value": row.amount_10k_yuan, "base": row.last_year_amount_10k_yuan},
            "text": f"{money(report, row.amount_10k_yuan)}，{count(row.pledges, '笔')}"
            f"（上年{money(report, row.last_year_amount_10k_yuan)}）",
            "estimate": False,
        }
        for row in rows.itertuples()
    ]
    return pd.DataFrame(made, columns=["label", "value", "base", "text", "estimate"])


def banks_in_short(report: "Report") -> str:
    """The largest bank's share of the amount pledged, as a clause."""
    code = "pledge_largest_bank_share"
    return "" if report.reason(code) else f"最大一家银行占{figure(report, code)}"


def pledges(report: "Report") -> Caption:
    """What is said of the chart of banks."""
    data = banks(report)
    if data.empty:
        empty = report.table("ip_pledges").empty
        why = "未取得知识产权质押台账，不列银行和企业。" if empty else "质押台账没有本年记录。"
        return Caption("知识产权质押的银行", missing=why)
    firms, number = figure(report, "pledge_firms"), figure(report, "pledges").replace("件", "笔")
    share = banks_in_short(report)
    finding = f"{firms}企业取得质押融资{number}" + (f"，{share}" if share else "")
    rows = report.detail("innovation_pledges", by="enterprise")
    largest = "、".join(f"{row.name}{money(report, row.amount_10k_yuan)}" for row in rows.head(NAMED).itertuples())
    note = foot(report, "pledges", made_of=("value",)) + f"菱形为上年同期。金额较大的企业：{largest}。"
    alt = "横条图，单位万元。" + "；".join(data["label"] + data["text"]) + "。"
    return Caption("知识产权质押的银行", finding, alt, note + left_out(rows, NAMED))


def parks_note(report: "Report") -> str:
    """Which park leads in what, in one sentence."""
    rows = report.detail("innovation_parks")
    if len(rows) < 2:
        return ""
    kinds = {
        "intensity_pct": lambda v: f"研发强度{percent(v, 2)}",
        "patents_in_force": lambda v: f"有效发明专利{count(v, '件')}",
        "talents_recruited": lambda v: f"引进高层次人才{count(v, '人')}",
    }
    said: dict[str, list[str]] = {}
    for column, told in kinds.items():
        values = rows[column]
        if values.notna().any() and values.max() > 0 and (values == values.max()).sum() == 1:
            best = rows.loc[values.idxmax()]
            said.setdefault(park(report, best["park"]), []).append(told(best[column]))
    parts = [f"{name}{'、'.join(things)}{'均' if len(things) > 1 else ''}居各园区首位" for name, things in said.items()]
    return "；".join(parts) + "。" if parts else ""


def parks_table(report: "Report") -> Caption:
    """What is said of the table of parks."""
    note = foot(report, "rd_firms", "pledges", "talents_firms", "platforms_provincial", made_of=("value",))
    why = "数据没有分园区的创新指标。" if not several_parks(report) else "企业和平台台账不足，不作分园区比较。"
    more = "研发强度为有研发活动企业的研发投入占其开票销售。"
    return Caption("各园区创新情况", note=note + more, missing=None if report.park_name else why)


def next_steps(report: "Report") -> str:
    """What to do next, with firms, banks and parks by name."""
    rd = top(report, "rd")
    steps = {
        "研发归集": _research_step(report, rd),
        "专利布局": _patent_step(report, rd),
        "平台申报": _platform_step(report),
        "融资拓展": _bank_step(report),
        "称号续认": _renewal_step(report),
        "任务落实": open_tasks(report, "S8"),
        "补齐数据": _lacking(report),
    }
    return points(steps)


def _research_step(report: "Report", rd: pd.DataFrame) -> str:
    fallen = rd[rd["change_10k_yuan"] < 0] if len(rd) else rd
    if fallen.empty:
        return ""
    told = "、".join(f"{row.name}（减少{money(report, -row.change_10k_yuan)}）" for row in fallen.itertuples())
    aim = ""
    if not report.reason("rd_spend", "completion") and report.value("rd_spend", "completion") < 100:
        aim = f"研发投入{completed(report, 'rd_spend')}，"
    return f"{aim}对研发投入前十户中比上年减少的{told}核实归集和填报情况。"


def _patent_step(report: "Report", rd: pd.DataFrame) -> str:
    without = rd[~(rd["patents_in_force"] > 0)] if len(rd) else rd
    if without.empty or report.table("patents").empty:
        return ""
    who = names(report, without, place=False)
    return f"研发投入前十户中{who}在专利台账没有有效发明专利，核实后安排专利申请辅导。"


def _platform_step(report: "Report") -> str:
    rows, rd = report.detail("innovation_parks"), top(report, "rd")
    if rows.empty or report.table("platforms").empty or len(rd) == 0:
        return ""
    has = set(report.detail("innovation_platforms")["enterprise"]) if rows["platforms_recorded"].sum() else set()
    parts = []
    for row in rows[rows["platforms_new"] == 0].itertuples():
        able = rd[(rd["park"] == row.park) & ~rd["enterprise"].isin(has)].head(NAMED)
        if len(able):
            parts.append(
                f"{park(report, row.park)}本年没有新设研发平台，可优先辅导{names(report, able, place=False)}申报"
            )
    return "；".join(parts) + "。" if parts else ""


def _bank_step(report: "Report") -> str:
    rows = report.detail("innovation_pledges", by="bank")
    if rows.empty or not report.value("pledge_largest_bank_share") >= HALF:
        return ""
    fallen = rows[rows["amount_10k_yuan"] < rows["last_year_amount_10k_yuan"]]
    told = "、".join(
        f"{row.name}由{money(report, row.last_year_amount_10k_yuan)}减至{money(report, row.amount_10k_yuan)}"
        for row in fallen.itertuples()
    )
    more = f"；{told}，需对接了解原因" if told else ""
    return f"{banks_in_short(report)}，引导其他银行参与{more}。"


def _renewal_step(report: "Report") -> str:
    rows = due(report)
    rows = rows[rows["code"].isin(report.codes("S8"))] if len(rows) else rows
    told = [f"{short(report, row.code)}{row.name}{month(row.valid_until[:7])}到期" for row in rows.itertuples()]
    return f"{'；'.join(told)}，提前准备重新认定材料。" if told else ""


def _lacking(report: "Report") -> str:
    lacking = [words for name, words in TABLES.items() if report.table(name).empty]
    return f"补录{'、'.join(lacking)}，即可列出研发投入、专利和融资背后的企业，并作分园区比较。" if lacking else ""
