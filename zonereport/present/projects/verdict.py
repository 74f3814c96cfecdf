"""The answer of the chapter on projects: how far, which lights, what stands still, what was signed, how late."""

import pandas as pd

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.changes import completed, grown, on_year
from zonereport.present.kit.ledgers import amount, figure, known, named, partial
from zonereport.present.kit.prose import points
from zonereport.present.projects.words import FINISHED, KINDS, LIGHTS, WITHDRAWN, stage
from zonereport.present.report import Report

# the ages in months at which cohorts are compared
AGES = (12, 24)
# what was signed, and how a change of it is said: of counts the difference says more than the growth
SIGNED = {"projects_signed": on_year, "projects_signed_investment": grown}
NAMED = 5
LATE = ("red", "yellow")


@exhibit
def verdict(report: Report) -> Exhibit:
    """Return the chapter in a few lines, those that the ledger and the published figures can say."""
    lines = {
        "推进": _overall(report),
        "亮灯": _lit(report),
        _still_head(report): _still(report),
        "签约": _signed(report),
        "周期": _converted(report) + _late(report),
    }
    return Exhibit(draw=points(lines), role="verdict")


def _overall(report: Report) -> str:
    """How many projects the ledger has, what they are to cost, what is invested, and at which stages they are."""
    if not report.has("project_ledger"):
        return ""
    count = figure(report, "project_ledger")
    # they are on the list still, and not on the books
    if report.value("project_stage_withdrawn") > 0:
        count += f"（不含已退出的{figure(report, 'project_stage_withdrawn')}）"
    if partial(report):
        return f"来源点名项目{count}{_money(report)}。{_by_stage(report)}"
    return f"台账在册项目{count}{_money(report)}。{_by_stage(report)}"


def _money(report: Report) -> str:
    plan, spent = (figure(report, "project_ledger", name) for name in ("project_investment", "project_invested"))
    share = figure(report, "project_ledger", "investment_completion")
    # each sum only beside what it is a part of
    if not plan:
        return ""
    if not spent:
        return f"，计划总投资{plan}"
    if not share:
        return f"，计划总投资{plan}，累计完成投资{spent}"
    return f"，计划总投资{plan}，累计完成投资{spent}，投资完成率{share}"


def _by_stage(report: Report) -> str:
    rows = report.detail("project_pipeline", tier="all")
    rows = rows[(rows["projects"] > 0) & (rows["stage"] != WITHDRAWN)]
    if rows.empty:
        return ""
    counts = [f"{stage(report, row.stage)}{amount(row.projects, '个')}" for row in rows.itertuples()]
    return f"按阶段分，{'、'.join(counts)}。"


def _lit(report: Report) -> str:
    """The lights of the open projects, by the plan's linear schedule and by the zone's own pace."""
    if not report.has("project_light_red"):
        return ""
    count = (~report.detail("project_lights")["light"].isin(FINISHED)).sum()
    # a public edition has the counts without the projects
    if "project_lights" in report.zone.withheld:
        lit = [report.value(f"project_light_{word}") for word in LIGHTS]
        count = int(pd.Series(lit).sum())
    if not count:
        return "没有尚未投产的项目。"
    number, by_plan = amount(count, "个"), _lights(report, "value")
    if report.reason("project_light_red", "light_by_history"):
        return f"尚未投产的{number}项目按首次计划的线性进度评灯，{by_plan}。"
    by_pace = _lights(report, "light_by_history")
    return (
        f"尚未投产的{number}项目按首次计划的线性进度评灯，{by_plan}；按本区已投产项目的投资节奏评灯，{by_pace}；"
        f"{_on_both(report)}。"
    )


def _on_both(report: Report) -> str:
    """The one conclusion of both judgements: the projects that are late by either."""
    rows = report.detail("project_lights")
    late = rows[rows["light"].isin(LATE) & rows["light_history"].isin(LATE)]
    if late.empty:
        return "两种判断都落后的没有，宜按月核对，不必逐个督办"
    return f"两种判断都落后、须逐个督办的有{amount(len(late), '个')}：{named(late['name'], NAMED)}"


def _lights(report: Report, measure: str) -> str:
    counts = []
    for word, name in LIGHTS.items():
        count = figure(report, f"project_light_{word}", measure)
        # of the three lights none is a fact too; without a project not judged there is nothing to say
        if count and not (word == "not_judged" and count == "0个"):
            counts.append(name + count)
    return "、".join(counts)


def _still_head(report: Report) -> str:
    """A list of nothing but late projects is not one of projects that stand still."""
    rows = report.detail("project_stalled")
    if len(rows) and (rows["reason"] == "slipped").all():
        return "推迟"
    return "停滞"


def _still(report: Report) -> str:
    """How many projects stand still, of which kind, and which."""
    if not report.has("project_light_red"):
        return ""
    rows = report.detail("project_stalled")
    if "project_stalled" in report.zone.withheld:
        return ""
    if rows.empty:
        return "没有项目符合停滞或明显滞后的条件。"
    count, names = figure(report, "projects_stalled"), named(rows["name"], NAMED)
    kinds = rows["reason"].value_counts(sort=False)
    # of a single kind its count would only repeat the total
    if len(kinds) == 1 and kinds.index[0] == "slipped":
        return f"比首次计划推迟三个月以上的项目{count}：{names}。"
    if len(kinds) == 1:
        return f"列入停滞或明显滞后清单的项目{count}，均为{KINDS[kinds.index[0]]}：{names}。"
    by_kind = "、".join(f"{KINDS[kind]}{amount(number, '个')}" for kind, number in kinds.items())
    return f"列入停滞或明显滞后清单的项目{count}，其中{by_kind}：{names}。"


def _signed(report: Report) -> str:
    """What was signed, against the year's target, and what each is to cost."""
    clauses = []
    for code in known(report, *SIGNED):
        clauses.append(report.label(code) + report.text(code))
        clauses[-1] += "".join(f"，{part}" for part in (SIGNED[code](report, code), completed(report, code)) if part)
    # alone the mean would hang in the air
    if clauses and report.has("investment_per_signed_project"):
        each = report.text("investment_per_signed_project").removesuffix("/个")
        clauses.append(f"平均每个项目{each}")
    return "；".join(clauses) + "。" if clauses else ""


def _converted(report: Report) -> str:
    """What became of the projects old enough, at the first age that has enough of them."""
    # at the lower age more projects are old enough
    for age in AGES:
        code = f"project_conversion_{age}"
        if not report.has(code) or report.reason(code, "conversion_started"):
            continue
        count, started = figure(report, code), figure(report, code, "conversion_started")
        produced, spent = figure(report, code, "conversion_produced"), figure(report, code, "conversion_invested")
        # without a planned investment there is nothing to divide what was invested by
        if not spent:
            return f"签约已满{age}个月的{count}项目，满{age}个月时开工率{started}、投产率{produced}。"
        return f"签约已满{age}个月的{count}项目，满{age}个月时开工率{started}、投产率{produced}，投资完成率{spent}。"
    return ""


def _late(report: Report) -> str:
    """How late production is against the first plan: the share, the middle, what eight in ten stay within."""
    code = "project_slip_production"
    if not report.has(code) or report.reason(code, "slip_median"):
        return ""
    # a mean would be that of a few projects that are years late
    count, share = figure(report, code), figure(report, code, "slip_late_share")
    middle, most = figure(report, code, "slip_median"), figure(report, code, "slip_p80")
    return (
        f"首次计划可考的{count}项目中，投产（含预计投产）晚于首次计划的占{share}，"
        f"推迟月数的中位数为{middle}，八成分位数为{most}。"
    )
