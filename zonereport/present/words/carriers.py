"""Words of the chapter on carriers, works and renewed land: verdict, carriers, works, parks, next steps."""

from typing import TYPE_CHECKING

import pandas as pd

from zonereport.present.kit.changes import on_year
from zonereport.present.kit.ledgers import SQUARE_METRES, amount, figure, known, named
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.prose import points
from zonereport.present.kit.sources import foot
from zonereport.present.words.front import absences
from zonereport.present.words.land import below, renewed, worth
from zonereport.present.words.phrases import Caption

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUPS = ("S7", "S9")
STATUS = {
    "carriers": ("in_service", "topped_out", "construction", "approved"),
    "works": ("in_service", "main_line_completed", "construction"),
}
PREFIX = {"carriers": "carrier_status", "works": "work_status"}
FILLED = ("已使用", "未使用", "尚未投用")
UNCLEAR = "状态不明"
NAMED = 4


def verdict(report: "Report") -> str:
    """The chapter in a few lines: carriers, what is empty, works, land, what a mu brings."""
    lines = {
        "载体": carriers(report),
        "使用率": lowest(report),
        "工程": works(report),
        "用地": renewed(report),
        "亩均": worth(report),
    }
    return points(lines)


def status(report: "Report", table: str, word: str) -> str:
    """The Chinese name of a status; that of the end of the period may be unknown."""
    return report.word(table, "status", word) or UNCLEAR


def by_status(report: "Report", table: str, unit: str) -> str:
    """已投用5个、在建1个: each status that there is, and those that came only later."""
    said = [
        f"{status(report, table, word)}{amount(report.value(f'{PREFIX[table]}_{word}'), unit)}"
        for word in STATUS[table]
        if report.value(f"{PREFIX[table]}_{word}") > 0
    ]
    if report.value(f"{table}_later") > 0:
        said.append(f"本期{UNCLEAR}{amount(report.value(f'{table}_later'), unit)}")
    return "、".join(said)


def carriers(report: "Report") -> str:
    """How many carriers there are, at which status, how large and how full."""
    if not report.has("carriers"):
        return ""
    new = figure(report, "carriers_new")
    fresh = f"，本年新投用{new}" if new and new != "0个" else ""
    area, share, firms = (figure(report, f"carriers_{name}") for name in ("area_in_service", "occupancy", "tenants"))
    tail = sentence(
        f"已投用载体面积{area}" if area and report.value("carriers_area_in_service") > 0 else "",
        f"使用率{share}" if share else "",
        f"入驻企业{firms}" if firms else "",
    )
    return f"载体{figure(report, 'carriers')}，{by_status(report, 'carriers', '个')}{fresh}。{tail}"


def under(report: "Report") -> pd.DataFrame:
    """The carriers in service that are less full than all of them together, the emptiest first."""
    rows = report.detail("place_carriers")
    if rows.empty or not report.has("carriers_occupancy"):
        return rows.head(0)
    return rows[rows["occupancy_pct"] < report.value("carriers_occupancy")].sort_values("occupancy_pct")


def lowest(report: "Report") -> str:
    """Which carriers are less full than the whole."""
    rows = under(report)
    if rows.empty:
        return ""
    said = [f"{row.name}{amount(row.occupancy_pct, '%')}" for row in rows.head(NAMED).itertuples(index=False, name="C")]
    more = f"等{amount(len(rows), '个')}" if len(rows) > NAMED else ""
    return f"低于全部已投用载体使用率（{figure(report, 'carriers_occupancy')}）的有{'、'.join(said)}{more}。"


def works(report: "Report") -> str:
    """How many works there are, at which status, and how many households moved."""
    said = []
    if report.has("works"):
        new = figure(report, "works_new").replace("个", "项")
        fresh = f"，本年新投用{new}" if new and new != "0项" else ""
        said.append(f"重点工程{amount(report.value('works'), '项')}，{by_status(report, 'works', '项')}{fresh}")
    code = "relocated_households"
    if report.has(code):
        said.append("，".join(filter(None, [report.label(code) + report.text(code), on_year(report, code)])))
    return "；".join(said) + "。" if said else ""


def carrier_bars(report: "Report") -> pd.DataFrame:
    """The bars of the chart of carriers: those in service, the emptiest first, then those to come."""
    rows = report.detail("place_carriers")
    columns = ["label", "whole", "part", "open", "text"]
    if rows.empty:
        return pd.DataFrame(columns=columns)
    # of a status that came later nobody knows whether anything was in it
    rows = rows[rows["area_square_metre"].notna() & (rows["status"] != "")]
    rows = rows.assign(open=rows["status"] == "in_service")
    rows = rows.sort_values(["open", "occupancy_pct"], ascending=[False, True], kind="stable")
    made = [
        {
            **{"label": row.name, "whole": row.area_square_metre / SQUARE_METRES},
            **{"part": row.occupied_square_metre / SQUARE_METRES, "open": row.open, "text": _filled(report, row)},
        }
        for row in rows.itertuples(index=False, name="Carrier")
    ]
    return pd.DataFrame(made, columns=columns)


def _filled(report: "Report", row) -> str:
    area = amount(row.area_square_metre, "平方米")
    if not row.open:
        return f"{area}，{status(report, 'carriers', row.status)}"
    share = amount(row.occupancy_pct, "%")
    return f"{area}，使用{share}" if share else f"{area}，使用面积未报"


def carriers_chart(report: "Report") -> Caption:
    """What is said of the chart of carriers."""
    caption, rows = "载体面积与使用情况", carrier_bars(report)
    if rows.empty:
        missing = "载体台账未载面积，使用率不可得。" if report.has("carriers") else "没有载体台账，使用率不可得。"
        return Caption(caption, missing=missing)
    found = report.detail("place_carriers").dropna(subset="occupancy_pct")
    finding = f"载体面积合计{figure(report, 'carriers_area')}"
    if len(found) and report.has("carriers_occupancy"):
        finding = f"已投用载体使用率{figure(report, 'carriers_occupancy')}"
        low = found[found["occupancy_pct"] == found["occupancy_pct"].min()]
        if len(low) < len(found):
            finding += f"，{named(low['name'], 2)}最低，为{amount(low.iloc[0]['occupancy_pct'], '%')}"
    alt = "横条图，单位万平方米。" + "；".join(rows["label"] + rows["text"]) + "。"
    return Caption(caption, finding, alt, foot(report, known(report, "carriers")))


def carriers_table(report: "Report") -> Caption:
    """What is said of the table of carriers."""
    note = foot(report, known(report, "carriers"))
    return Caption("载体一览", note=note, missing="没有载体台账，载体一览从缺。")


def work_bars(report: "Report") -> pd.DataFrame:
    """The bars of the chart of works: how many of each kind are at which status; none of a single kind."""
    rows, known_status = report.detail("place_work_kinds"), report.detail("place_works")
    if rows.empty or (known_status["status"] == "").all():
        rows = rows.head(0)
    words = {word: status(report, "works", word) for word in STATUS["works"]} | {"status_unknown": UNCLEAR}
    made = [
        {
            **{"label": report.word("works", "kind", row["kind"]), "series": name, "value": row[word]},
            "text": amount(row[word], "项").removesuffix("项"),
        }
        for word, name in words.items()
        for row in rows.to_dict("records")
        if len(rows) > 1 and row[word]
    ]
    return pd.DataFrame(made, columns=["label", "series", "value", "text"])


def work_totals(report: "Report") -> dict[str, str]:
    """The text behind the bar of each kind of works."""
    rows = report.detail("place_work_kinds")
    rows = rows.sort_values("works", ascending=False, kind="stable") if len(rows) else rows
    return {report.word("works", "kind", row.kind): amount(row.works, "项") for row in rows.itertuples()}


def works_chart(report: "Report") -> Caption:
    """What is said of the chart of works."""
    caption, rows = "各类重点工程进展", work_bars(report)
    if rows.empty:
        kinds = list(work_totals(report))
        missing = f"重点工程均为{kinds[0]}工程，不分类作图。" if kinds else "没有工程台账，工程进展从缺。"
        missing = "各项工程的状态时点均晚于本期，工程进展从缺。" if len(kinds) > 1 else missing
        return Caption(caption, missing=missing)
    finding = f"{amount(report.value('works'), '项')}重点工程中，{by_status(report, 'works', '项')}"
    parts = rows.groupby("label", sort=False)[["series", "text"]].apply(
        lambda part: "、".join(part["series"] + part["text"] + "项")
    )
    alt = "堆积横条图，单位项。" + "；".join(f"{label}：{text}" for label, text in parts.items()) + "。"
    return Caption(caption, finding, alt, foot(report, known(report, "works")))


def works_note(report: "Report") -> str:
    """The works by name: those put into service this year, those nearly there, those being built."""
    rows = report.detail("place_works")
    if rows.empty:
        return ""
    done = rows["status"] == "in_service"
    groups = {
        "本年投用": rows[done & (rows["new_this_year"] == "yes")],
        "此前投用": rows[done & (rows["new_this_year"] != "yes")],
        "主线完成": rows[rows["status"] == "main_line_completed"],
        "在建": rows[rows["status"] == "construction"],
    }
    said = [f"{head}的有{named(part['name'], NAMED + 2)}" for head, part in groups.items() if len(part)]
    return "；".join(said) + "。" if said else ""


def parks_said(report: "Report") -> Caption:
    """What is said of the table of parks."""
    codes = known(report, "carriers", "land_plots")
    note = foot(report, codes) if codes else ""
    note += "使用率和面积只计已投用载体；整治地块为本年自年初累计。"
    many = max(len(report.detail(name)) for name in ("place_carrier_parks", "place_land_parks"))
    missing = "载体和地块没有可以并列的园区。" if many < 2 else ""
    return Caption("各园区载体与用地", note=note, missing=missing)


def steps(report: "Report") -> str:
    """What is to be done next, with the names and figures that call for it."""
    rows, road = report.detail("place_carriers"), report.detail("place_works")
    lines = {
        "招商": _list("使用率低于平均的载体，空置面积列入招商清单：", under(report), "occupancy_pct", "%"),
        "交付": _at(rows, "topped_out", "载体已封顶，明确交付投用时间："),
        "建设": _at(rows, "construction", "载体在建，按月核对形象进度："),
        "开工": _at(rows, "approved", "载体已获批，落实开工时间："),
        "收尾": _at(road, "main_line_completed", "工程主线完成，办理收尾验收："),
        "续建": _at(road, "construction", "工程在建，排定投用时间："),
        "用地": _list(
            "每亩净增税收低于平均的地块，复核用途与税收测算：",
            below(report),
            "tax_per_mu_10k_yuan",
            "万元/亩",
        ),
        "补数": _unreported(rows),
    }
    said = points(lines)
    return said or "台账在本期没有可列为下一步的事项。"


def _at(rows: pd.DataFrame, word: str, lead: str) -> str:
    there = rows[rows["status"] == word] if len(rows) else rows
    return f"{lead}{named(there['name'], NAMED)}。" if len(there) else ""


def _list(lead: str, rows: pd.DataFrame, column: str, unit: str) -> str:
    if rows.empty:
        return ""
    said = [f"{row['name']}（{amount(row[column], unit)}）" for row in rows.head(NAMED).to_dict("records")]
    more = f"等{amount(len(rows), '个')}" if len(rows) > NAMED else ""
    return f"{lead}{'、'.join(said)}{more}。"


def _unreported(rows: pd.DataFrame) -> str:
    """The carriers in service of which nobody says how large or how full they are."""
    if rows.empty:
        return ""
    lacking = rows[(rows["status"] == "in_service") & rows["occupancy_pct"].isna()]
    return f"已投用载体未报面积或使用面积，须补报：{named(lacking['name'], NAMED)}。" if len(lacking) else ""


def boundary(report: "Report") -> str:
    """What the chapter cannot judge, and why."""
    said = []
    if not report.has("carriers"):
        said.append("没有载体台账（carriers），不分析载体的面积和使用率。")
    elif not report.has("carriers_occupancy"):
        said.append("已投用载体没有同时报送面积和使用面积，使用率不可得。")
    if not report.has("works"):
        said.append("没有工程台账（works），不分析工程进展。")
    later = [name for name in ("carriers_later", "works_later") if report.value(name) > 0]
    if later:
        said.append("台账只载最近一次状态，状态时点晚于本期的，其本期状态不明。")
    if not report.has("land_plots"):
        said.append("没有地块台账（land），整治面积不分月份、地块和园区。")
    return "".join(said) + absences(report, report.codes(*GROUPS))


def sourced(report: "Report") -> list[str]:
    """The codes whose sources the chapter names."""
    return [*report.codes(*GROUPS), *known(report, "carriers", "works", "land_plots")] or ["carriers"]
