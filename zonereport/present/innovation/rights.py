"""Patents and what is pledged of them: over the years, who holds them, how dense they are, which banks lend."""

import pandas as pd
from matplotlib.axes import Axes

from zonereport.present import charts
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.innovation.codes import GRANTED, GROUP, IN_FORCE, PATENTS
from zonereport.present.innovation.years import columns_alt, columns_claim, months_note, same_months
from zonereport.present.kit.firms import at, count, foot, left_out, money
from zonereport.present.kit.gaps import LISTS, figure_gaps, list_gap
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.ledgers import figure
from zonereport.present.kit.sources import foot as published_foot
from zonereport.present.kit.tables import styled, without_empty
from zonereport.present.report import Report

# how many holders of patents and how many borrowers a sentence names
HOLDERS, BORROWERS = 4, 3
PER_OUTPUT, PER_SALES = "patents_per_output", "patents_per_sales"
PER_EMPLOYEES, PER_SPEND = "patents_per_1000_employees", "patents_per_rd_1"
DENSITIES = (PER_OUTPUT, PER_SALES, PER_EMPLOYEES, PER_SPEND)
HEADS = {
    "name": "指标",
    PER_OUTPUT: "每亿元产值",
    PER_SALES: "每亿元开票",
    PER_EMPLOYEES: "每千名职工",
    PER_SPEND: "每亿元上年研发",
}
BANK_COLUMNS = ["label", "value", "base", "text", "estimate"]


@exhibit
def patents(report: Report) -> Exhibit:
    """Show patents in force, granted and their net increase over the last years, side by side and never added."""
    caption, rows = "发明专利有效量、授权量与净增量", same_months(report, PATENTS)
    # where nothing at all is published, the table of figures says so
    gaps = figure_gaps(report, *PATENTS) if report.codes(GROUP) else ()
    if rows.empty:
        return Exhibit(caption, gaps=gaps)
    claim = columns_claim(report, rows)

    def draw() -> Axes:
        return charts.columns(rows, title=claim)

    note = published_foot(report, PATENTS)
    # three numbers of patents side by side invite a sum
    if rows["panel"].nunique() > 1:
        note += "有效量是期末存量，授权和净增是本期流量，三者不相加。"
    return Exhibit(caption, claim, rows, draw, columns_alt(rows), note + months_note(report), gaps)


@exhibit
def holders(report: Report) -> Exhibit:
    """Name the firms with most patents in force."""
    # the list is sorted: the first ones hold most
    rows = report.detail("innovation_firms", list="patents").head(HOLDERS)
    if rows.empty:
        return Exhibit("有效发明专利较多的企业", gaps=list_gap(report, "patents"))
    firms = []
    for row in rows.itertuples():
        firms.append(f"{at(report, row.name, row.park)}{count(row.patents_in_force, '件')}")
    return Exhibit("有效发明专利较多的企业", data=rows, draw=f"有效发明专利较多的企业有{'、'.join(firms)}。")


@exhibit
def density(report: Report) -> Exhibit:
    """Show patents per output, sales, employees and R&D; the interval of a small count in brackets.

    Nothing where only the net increase is known: a difference is no density.
    """
    caption, rows = "每单位产出、职工和研发投入的发明专利", []
    if not (report.has(IN_FORCE) or report.has(GRANTED)):
        return Exhibit(caption)
    for code in PATENTS:
        row = {"name": report.label(code)}
        for measure in DENSITIES:
            row[measure] = _per(report, code, measure)
        if any(row[measure] != NO_VALUE for measure in DENSITIES):
            rows.append(row)
    if not rows:
        return Exhibit(caption)
    frame = without_empty(pd.DataFrame(rows))
    note = foot(report, *PATENTS, made_of=DENSITIES)
    # the note explains no column that was left out
    if PER_OUTPUT in frame or PER_SALES in frame:
        note += "有效量对应近12个月产值和销售，授权和净增对应同月份数。"
    if PER_EMPLOYEES in frame:
        note += "职工人数以企业台账为准。"
    if frame.astype("str").apply(lambda cells: cells.str.contains("（")).any(axis=None):
        note += "括号内为件数少于30时的95%泊松区间。"
    return Exhibit(caption, data=frame, draw=styled(frame, "density", heads=HEADS, right=DENSITIES), note=note)


def _per(report: Report, code: str, measure: str) -> str:
    """A density without its unit: 件 is in every cell."""
    if report.reason(code, measure):
        return NO_VALUE
    # only a small count has an interval: beside a large one it would say little
    text = _pieces(report, code, measure)
    if report.reason(code, f"{measure}_low"):
        return f"{text}件"
    low, high = _pieces(report, code, f"{measure}_low"), _pieces(report, code, f"{measure}_high")
    return f"{text}件（{low}—{high}）"


def _pieces(report: Report, code: str, measure: str) -> str:
    return report.text(code, measure).partition("件")[0]


@exhibit
def pledges(report: Report) -> Exhibit:
    """Show which banks lent on intellectual property, against last year, with the largest borrowers."""
    caption, rows = "知识产权质押的银行", banks(report)
    if rows.empty:
        return Exhibit(caption, gaps=_no_pledges(report))
    claim = _pledges_claim(report)

    def draw() -> Axes:
        return charts.beside(rows, title=claim, unit="万元")

    note = foot(report, "pledges", made_of=("value",))
    if rows["base"].notna().any():
        note += "菱形为上年同期。"
    # banks are drawn; who borrowed is named, for these firms are talked to next
    borrowers = report.detail("innovation_pledges", by="enterprise")
    largest = []
    for row in borrowers.head(BORROWERS).itertuples():
        largest.append(f"{row.name}{money(report, row.amount_10k_yuan)}")
    if largest:
        note += f"金额较大的企业：{'、'.join(largest)}。" + left_out(borrowers, BORROWERS)
    alt = "横条图，单位万元。" + "；".join(rows["label"] + rows["text"]) + "。"
    return Exhibit(caption, claim, rows, draw, alt, note)


def _no_pledges(report: Report) -> tuple[Gap, ...]:
    subject, remedy, office = LISTS["ip_pledges"]
    return list_gap(report, "ip_pledges") or (Gap(subject, f"没有{report.period.name_zh}的记录", remedy, office),)


def banks(report: Report) -> pd.DataFrame:
    """Return the amounts by bank in 万元: label, value, base (last year's, NaN where not kept), text, estimate."""
    rows = []
    # a list that begins this year says nothing of the last
    is_compared = not report.reason("pledge_amount", "last_year")
    for bank in report.detail("innovation_pledges", by="bank").itertuples():
        text, base = f"{money(report, bank.amount_10k_yuan)}，{count(bank.pledges, '笔')}", float("nan")
        if is_compared:
            base = bank.last_year_amount_10k_yuan
            text += f"（上年{money(report, base)}）"
        rows.append((bank.name, bank.amount_10k_yuan, base, text, False))
    return pd.DataFrame(rows, columns=BANK_COLUMNS)


def _pledges_claim(report: Report) -> str:
    # the ledger counts pledges by pieces, banks count loans
    firms, pledged = figure(report, "pledge_firms"), figure(report, "pledges").replace("件", "笔")
    share = largest_bank(report)
    if share:
        return f"{firms}企业取得质押融资{pledged}，{share}"
    return f"{firms}企业取得质押融资{pledged}"


def largest_bank(report: Report) -> str:
    """Return the largest bank's share of the amount pledged, as a clause; empty where it is not known."""
    if report.reason("pledge_largest_bank_share"):
        return ""
    return f"最大一家银行占{figure(report, 'pledge_largest_bank_share')}"
