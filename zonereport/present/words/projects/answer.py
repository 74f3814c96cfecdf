"""Words of the chapter on projects: the verdict, the lights, what was signed, the upgrades."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.words.changes import completed, grown, on_year
from zonereport.present.words.front import foot
from zonereport.present.words.ledgers import amount, figure, known, named
from zonereport.present.words.phrases import Caption, bullets, sentence
from zonereport.present.words.projects.timing import converted, late

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUP = "S5"
LIGHTS = {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "not_judged": "未评灯"}
WITHDRAWN = "withdrawn"
FINISHED = ("done", WITHDRAWN)
STALLED = {
    "start_missed_three_months": "逾首次计划开工月满{months}未开工",
    "no_investment": "已开工，累计投资{months}未增加",
    "overdue_without_date": "现行计划时点已过{months}，未报新时点",
    "no_report": "{months}没有进度报送",
    "slipped": "比首次计划推迟{months}",
}
KINDS = {
    "start_missed_three_months": "逾期未开工",
    "no_investment": "投资停滞",
    "overdue_without_date": "到期未报新时点",
    "no_report": "断报",
    "slipped": "比首次计划推迟三个月以上",
}
NO_PROGRESS = "项目进度（project_progress）没有记录"
NAMED = 5
MONTHS = "月"


def verdict(report: "Report") -> str:
    """The chapter in a few lines: how far, which lights, what stands still, what was signed, how late."""
    lines = {
        "推进": overall(report),
        "亮灯": lit(report),
        "停滞": still(report),
        "签约与清单": signed(report),
        "周期": "".join(filter(None, [converted(report), late(report)])),
        "技改": upgrades(report),
        "判断边界": f"{NO_PROGRESS}，本期不评灯、不测算推迟和转化。" if _unmeasured(report) else "",
    }
    return bullets(f"**{head}**：{text}" for head, text in lines.items() if text)


def _unmeasured(report: "Report") -> bool:
    return report.has("project_ledger") and not report.has("project_light_red")


def stage(report: "Report", word: str) -> str:
    """The Chinese name of a stage."""
    return report.word("projects", "stage", word) or "阶段不详"


def stages(report: "Report") -> list[str]:
    """Each stage with its number of projects, in the order of the pipeline, those without a project left out."""
    rows = report.detail("project_pipeline", tier="all")
    return [f"{stage(report, row.stage)}{amount(row.projects, '个')}" for row in rows.itertuples() if row.projects]


def overall(report: "Report") -> str:
    """How many projects the ledger has, what they are to cost, what is invested, and at which stages they are."""
    if not report.has("project_ledger"):
        return ""
    gone = report.value("project_stage_withdrawn") > 0
    apart = f"（不含已退出的{figure(report, 'project_stage_withdrawn')}）" if gone else ""
    plan, spent = (figure(report, "project_ledger", name) for name in ("project_investment", "project_invested"))
    share = figure(report, "project_ledger", "investment_completion")
    money = f"计划总投资{plan}" if plan else "台账未载计划总投资"
    money += f"，累计完成投资{spent}" if plan and spent else ""
    money += f"，投资完成率{share}" if plan and spent and share else ""
    rows = [text for text in stages(report) if not text.startswith(stage(report, WITHDRAWN))]
    by_stage = f"按阶段分，{'、'.join(rows)}。" if rows else ""
    return f"台账在册项目{figure(report, 'project_ledger')}{apart}，{money}。{by_stage}"


def lit(report: "Report") -> str:
    """The lights of the open projects, by the plan's linear schedule and by the zone's own pace."""
    if not report.has("project_light_red"):
        return ""
    rows = report.detail("project_lights")
    count = (~rows["light"].isin(FINISHED)).sum() if len(rows) else 0
    if not count:
        return "没有尚未投产的项目，本期不评灯。"
    own = [_lights(report, "light_by_history")] if not report.reason("project_light_red", "light_by_history") else []
    said = [f"尚未投产的{amount(count, '个')}项目按首次计划的线性进度评灯，{_lights(report, 'value')}"]
    return sentence(*said, *(f"按本区已投产项目的投资节奏评灯，{text}" for text in own))


def _lights(report: "Report", measure: str) -> str:
    counts = {word: figure(report, f"project_light_{word}", measure) for word in LIGHTS}
    # of the three lights none is a fact too; without a projects not judged there is nothing to say
    return "、".join(
        f"{LIGHTS[word]}{text}" for word, text in counts.items() if text and (word != "not_judged" or text != "0个")
    )


def still(report: "Report") -> str:
    """How many projects stand still, of which kind, and which."""
    if not report.has("project_light_red"):
        return ""
    rows = report.detail("project_stalled")
    if rows.empty:
        return "没有项目符合停滞或明显滞后的条件。"
    kinds = rows["reason"].value_counts(sort=False)
    if len(kinds) == 1:
        said = f"均为{KINDS[kinds.index[0]]}"
    else:
        said = "其中" + "、".join(f"{KINDS[kind]}{amount(n, '个')}" for kind, n in kinds.items())
    return f"列入停滞或明显滞后清单的项目{figure(report, 'projects_stalled')}，{said}：{named(rows['name'], NAMED)}。"


def signed(report: "Report") -> str:
    """What was signed and what is on the lists, against last year and target."""
    count, money = (_published(report, code) for code in ("projects_signed", "projects_signed_investment"))
    each = (
        f"平均每个项目计划投资{report.text('investment_per_signed_project')}".replace("亿元/个", "亿元")
        if report.has("investment_per_signed_project")
        else ""
    )
    lists = [_published(report, code, full=False) for code in ("projects_provincial_list", "projects_city_list")]
    return sentence(count) + sentence(money, each) + sentence(*lists)


def _published(report: "Report", code: str, *, full: bool = True) -> str:
    """A published figure with its change and its completion as one clause; empty where there is none."""
    if not report.has(code):
        return ""
    change = grown(report, code) if report.label(code, "unit") == "亿元" else on_year(report, code)
    said = [f"{report.label(code)}{report.text(code)}", change, completed(report, code) if full else ""]
    return "，".join(filter(None, said))


def upgrades(report: "Report") -> str:
    """The technical upgrades completed, to the last month that has come in."""
    rows = report.detail("project_upgrades")
    rows = rows.dropna(subset="value") if len(rows) else rows
    if rows.empty:
        return ""
    last = rows.iloc[-1]
    covered = last["month"] == report.period.last
    when = "" if covered else f"{report.period.year}年{'1—' if last['month'] > 1 else ''}{last['month']}月"
    change = ""
    if pd.notna(last["change"]):
        word = "增加" if last["change"] > 0 else "减少"
        change = f"比上年同期{word}{amount(abs(last['change']), last['unit'])}" if last["change"] else "与上年同期持平"
    value = amount(last["value"], last["unit"], last["qualifier"])
    delayed = "" if covered else f"{report.period.name_zh}数尚未报送"
    return sentence(f"{when}完成五百万元及以上技术改造项目{value}", change, delayed)


def upgrade_lines(report: "Report") -> pd.DataFrame:
    """The lines of the chart of upgrades: this year and last, cumulative by month."""
    rows, year = report.detail("project_upgrades"), report.period.year
    if len(rows) < 2:
        return pd.DataFrame(columns=["at", "value", "series", "text"])
    lines = [(f"{year}年", rows["value"]), (f"{year - 1}年同期", rows["last_year"])]
    made = [
        pd.DataFrame({"at": rows["month"], "value": values, "series": name}).dropna(subset="value")
        for name, values in lines
    ]
    made = pd.concat(made, ignore_index=True)
    last = made.groupby("series")["value"].transform("last")
    return made.assign(text=made["series"] + [amount(value, "个") for value in last])


def upgrades_said(report: "Report") -> Caption:
    """What is said of the chart of upgrades."""
    caption, rows = "技术改造项目完成情况", upgrade_lines(report)
    if rows.empty:
        return Caption(
            caption,
            missing="技术改造项目没有逐月数，不绘制进度线。" if upgrades(report) else "来源未公布技术改造项目数。",
        )
    ends = rows.groupby("series", sort=False)["text"].last()
    note = f"数据所属期{report.period.name_zh}；各月为自年初累计数。"
    return Caption(caption, upgrades(report).rstrip("。"), f"阶梯线图，单位个。{'，'.join(ends)}。", note)


def published_said(report: "Report") -> Caption:
    """What is said of the table of published figures."""
    codes = report.codes(GROUP)
    return Caption("产业项目公布数", note=foot(report, codes), missing="来源未公布产业项目指标。")


def sourced(report: "Report") -> list[str]:
    """The codes whose sources the chapter names; one that is always there where nothing else is."""
    return [*report.codes(GROUP), *known(report, "project_ledger", "project_light_red")] or ["project_ledger"]
