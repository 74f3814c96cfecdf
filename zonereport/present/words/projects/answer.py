"""Words of the chapter on projects: the verdict, the lights, what was signed, the upgrades."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.changes import completed, grown, on_year
from zonereport.present.kit.ledgers import amount, figure, known, named
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.prose import points
from zonereport.present.kit.sources import foot
from zonereport.present.words.phrases import Caption
from zonereport.present.words.projects.timing import converted, late

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUP = "S5"
LIGHTS = {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "not_judged": "未评灯"}
WITHDRAWN = "withdrawn"
FINISHED = ("done", WITHDRAWN)
KINDS = {
    "start_missed_three_months": "逾期未开工",
    "no_investment": "投资停滞",
    "overdue_without_date": "到期未报新时点",
    "no_report": "断报",
    "slipped": "比首次计划推迟三个月以上",
}
NO_PROGRESS = "项目进度（project_progress）没有记录"
NAMED = 5


def verdict(report: "Report") -> str:
    """The chapter in a few lines: how far, which lights, what stands still, what was signed, how late."""
    lines = {
        "推进": overall(report),
        "亮灯": lit(report),
        "停滞": still(report),
        "签约": signed(report),
        "周期": "".join(filter(None, [converted(report), late(report)])),
        "判断边界": f"{NO_PROGRESS}，本期不评灯、不测算推迟和转化。" if _unmeasured(report) else "",
    }
    return points(lines)


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
    return "；".join([*said, *(f"按本区已投产项目的投资节奏评灯，{text}" for text in own)]) + "。"


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
    """What was signed, against the year's target, and what each is to cost."""
    codes = known(report, "projects_signed", "projects_signed_investment")
    if not codes:
        return ""
    change = {"projects_signed": on_year, "projects_signed_investment": grown}
    said = [
        "，".join(
            filter(None, [report.label(code) + report.text(code), change[code](report, code), completed(report, code)])
        )
        for code in codes
    ]
    ratio = "investment_per_signed_project"
    each = report.text(ratio).removesuffix("/个") if report.has(ratio) else ""
    return "；".join(said) + (f"；平均每个项目{each}" if each else "") + "。"


def upgrades(report: "Report") -> str:
    """The technical upgrades against last year, or to the last month that has come in; else the table says it."""
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
    # the table of published figures says it already
    if covered and not change:
        return ""
    value = amount(last["value"], last["unit"], last["qualifier"])
    delayed = "" if covered else f"{report.period.name_zh}数尚未报送"
    return sentence(f"{when}完成五百万元及以上技术改造项目{value}", change, delayed)


def published_said(report: "Report") -> Caption:
    """What is said of the table of published figures."""
    codes = report.codes(GROUP)
    return Caption("产业项目公布数", note=foot(report, codes), missing="来源未公布产业项目指标。")


def sourced(report: "Report") -> list[str]:
    """The codes whose sources the chapter names; one that is always there where nothing else is."""
    return [*report.codes(GROUP), *known(report, "project_ledger", "project_light_red")] or ["project_ledger"]
