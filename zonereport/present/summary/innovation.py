"""Reform and innovation in prose: reform, R&D, patents, finance, talents, and land renewed."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.report import Report
from zonereport.present.summary.clauses import figure, joined, paragraphs, span, stated

RESEARCH = ("rd_spend", "rd_platforms_provincial_new", "innovation_leaders_provincial")
RIGHTS = ("patents_in_force_net", "patents_in_force", "patents_granted", "ip_pledge_finance")
TALENTS = ("talents_recruited", "talents_overseas", "talents_national")
INNOVATION, LAND = "S8", "S9"


@exhibit
def innovation(report: Report) -> Exhibit:
    """Say what was reformed, what was spent and gained in research, and how much land was renewed."""
    codes = report.codes(INNOVATION)
    known = {*RESEARCH, *RIGHTS, *TALENTS}
    rest = [code for code in codes if code not in known]
    research = joined(figure(report, code) for code in [*RESEARCH, *rest] if code in codes) + _intensity(report)
    rights = joined(figure(report, code) for code in RIGHTS if code in codes)
    talents = _talents(report, codes)
    land = joined(figure(report, code) for code in report.codes(LAND))
    lines = []
    for words, sentence in (("", research), ("", rights), ("人才方面，", talents), ("用地方面，", land)):
        if sentence:
            lines.append(f"{words}{sentence}")
    figures = "".join(lines)
    if figures:
        figures = f"{span(report)}{figures}"
    text = paragraphs(stated(report, "innovation", "done"), figures, stated(report, "innovation", "measure", "plan"))
    return Exhibit("改革创新", claim=figures, draw=text)


def _intensity(report: Report) -> str:
    """R&D spend against what is sold and made; only where the period has a spend of its own."""
    shares = []
    for code, whole in (("rd_per_sales", "invoiced_sales"), ("rd_per_output", "industrial_output")):
        if report.has(code, "rd_spend"):
            shares.append(f"{report.label(whole)}的{report.bare(code)}")
    if not shares:
        return ""
    if report.qualifier("rd_spend") == "estimate":
        return f"研发投入预计相当于{'、'.join(shares)}。"
    return f"研发投入相当于{'、'.join(shares)}。"


def _talents(report: Report, codes: list[str]) -> str:
    """Talents recruited with those from overseas among them, and those in national programmes."""
    recruited, overseas, national = TALENTS
    clauses = [figure(report, code) for code in TALENTS if code in codes]
    if recruited in codes and overseas in codes and report.has(recruited, overseas):
        inside = f"其中{report.label(overseas).removeprefix('引进')}{report.bare(overseas)}"
        if report.has("talents_overseas_share"):
            inside += f"，占{report.text('talents_overseas_share')}"
        # the part stands behind the whole, after what is said of its change
        clauses = [figure(report, recruited), inside]
        if national in codes:
            clauses.append(figure(report, national))
        return "；".join(filter(None, clauses)) + "。"
    return joined(clauses)
