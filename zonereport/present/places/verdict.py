"""The answer of the chapter on carriers, works and land: how many, how full, what is empty, what a mu brings."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.kit.changes import on_year
from zonereport.present.kit.ledgers import amount, figure, parks, partial
from zonereport.present.kit.phrases import sentence
from zonereport.present.kit.prose import points
from zonereport.present.places.land import PER_MU, renewed
from zonereport.present.places.words import IN_SERVICE, by_status, left_out, per_mu
from zonereport.present.report import Report

RELOCATED = "relocated_households"


@exhibit
def verdict(report: Report) -> Exhibit:
    """Return the chapter in a few lines, those that the ledgers and the published figures can say."""
    lines = {
        "载体": _carriers(report),
        "工程": _works(report),
        "用地": _land(report),
        "亩均": _worth(report),
    }
    return Exhibit(draw=points(lines), role="verdict")


def _carriers(report: Report) -> str:
    """How many carriers there are, at which status, how large and how full."""
    if not report.has("carriers"):
        return ""
    count, new = figure(report, "carriers"), figure(report, "carriers_new")
    subject, stages = "载体", by_status(report, "carriers", "个") + left_out(report, "carriers", "个")
    # a document need not name all carriers
    if partial(report):
        subject = "来源点名载体"
    # none new is no news
    if new and new != "0个":
        return f"{subject}{count}，{stages}，本年新投用{new}。{_inside(report)}"
    return f"{subject}{count}，{stages}。{_inside(report)}"


def _inside(report: Report) -> str:
    area, share = figure(report, "carriers_area_in_service"), figure(report, "carriers_occupancy")
    clauses = []
    # 0平方米 of carriers without an area would be wrong
    if area and report.value("carriers_area_in_service") > 0:
        clauses.append(f"已投用载体面积{area}")
    if share:
        clauses.append(f"使用率{share}")
    clauses.append(_tenants(report))
    return sentence(*clauses)


def _tenants(report: Report) -> str:
    """The firms inside, and of which carriers they are where some in service do not report theirs."""
    firms, rows = figure(report, "carriers_tenants"), report.detail("place_carriers")
    if not firms:
        return ""
    told, silent = rows[rows["tenants"].notna()], rows[rows["tenants"].isna() & (rows["status"] == IN_SERVICE)]
    if silent.empty:
        return f"入驻企业{firms}"
    if len(told) == 1:
        return f"{told.iloc[0]['name']}入驻企业{firms}"
    return f"报有入驻数的{amount(len(told), '个')}载体入驻企业{firms}"


def _works(report: Report) -> str:
    """How many works there are, at which status, and how many households moved."""
    clauses = []
    if report.has("works"):
        count = amount(report.value("works"), "项")
        stages = by_status(report, "works", "项") + left_out(report, "works", "项")
        if partial(report):
            clauses.append(f"来源点名重点工程{count}，{stages}")
        else:
            clauses.append(f"重点工程{count}，{stages}")
        new = report.value("works_new")
        if new > 0:
            clauses[0] += f"，本年新投用{amount(new, '项')}"
    if report.has(RELOCATED):
        moved, change = report.label(RELOCATED) + report.text(RELOCATED), on_year(report, RELOCATED)
        if change:
            moved += f"，{change}"
        clauses.append(moved)
    return "；".join(clauses) + "。" if clauses else ""


def _land(report: Report) -> str:
    """The published area and tax with growth and completion; of the ledger where nothing was published."""
    # published figures go before those of the ledger, which may be of fewer plots
    text = renewed(report)
    if not text and report.has("land_plots"):
        return f"台账整治地块{amount(report.value('land_plots'), '宗')}、{figure(report, 'land_area')}。"
    return text


def _worth(report: Report) -> str:
    """The tax gained per mu, against last year, and where it is highest and lowest."""
    if report.has(PER_MU):
        clauses = [f"整治每亩净增税收{report.text(PER_MU)}".removesuffix("/亩")]
    elif report.has("land_tax_per_mu"):
        clauses = [f"台账地块每亩净增税收{per_mu(report.value('land_tax_per_mu'))}"]
    else:
        return ""
    # only the ledger of plots reaches back
    if not report.reason("land_tax_per_mu", "last_year"):
        clauses.append(f"上年同期{per_mu(report.value('land_tax_per_mu', 'last_year'))}")
    clauses.append(_best_and_worst(report))
    return sentence(*clauses)


def _best_and_worst(report: Report) -> str:
    rows = report.detail("place_land_parks")
    rows = rows[rows["tax_per_mu_10k_yuan"].notna() & (rows["park"] != "")].sort_values("tax_per_mu_10k_yuan")
    # of one park there is no best and worst
    if len(rows) < 2:
        return ""
    values = rows["park"].map(parks(report)) + rows["tax_per_mu_10k_yuan"].map(per_mu)
    return f"各园区中{values.iloc[-1]}最高，{values.iloc[0]}最低"
