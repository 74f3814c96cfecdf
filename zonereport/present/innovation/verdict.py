"""The chapter on innovation in short: spend, patents, finance, platforms, talents, and the firms behind them."""

from zonereport.present.exhibit import Exhibit, exhibit
from zonereport.present.innovation.codes import (
    GROUP,
    LEADERS,
    NATIONAL,
    OVERSEAS,
    OVERSEAS_SHARE,
    PATENTS,
    PLATFORMS,
    PLEDGED,
    RECRUITED,
    SPEND,
)
from zonereport.present.innovation.research import concentration, intensities
from zonereport.present.kit.changes import clauses, completed, grown, on_year, readings
from zonereport.present.kit.phrases import sentence, stop
from zonereport.present.kit.prose import points
from zonereport.present.report import Report


@exhibit
def verdict(report: Report) -> Exhibit:
    """Say the chapter in a few lines."""
    lines = {
        "研发投入": _spend(report),
        "发明专利": stop(readings(report, *PATENTS)),
        "质押融资": stop(readings(report, PLEDGED)),
        "平台与企业": sentence(readings(report, PLATFORMS), *clauses(report, LEADERS)),
        "人才": _talents(report),
        "集中程度": concentration(report),
        "同类位次": _places(report),
    }
    return Exhibit("改革创新", draw=points(lines), role="verdict")


def _spend(report: Report) -> str:
    """R&D spend with growth and target, and its intensity; of the latest full year where the period has none."""
    # a month has no R&D of its own: its verdict says the ratio of the latest full year
    rows = intensities(report)
    # two denominators are in use, and each reader knows only one of them
    shares = "、".join(rows["denominator"] + "的" + rows["short"])
    if report.has(SPEND):
        ratio = f"相当于{shares}" if shares else ""
        figure = f"{report.label(SPEND)}{report.text(SPEND)}"
        return sentence(figure, grown(report, SPEND), completed(report, SPEND), ratio)
    if shares:
        return f"{rows['year'].iloc[0]}年（最近整年）研发投入相当于{shares}。"
    return ""


def _talents(report: Report) -> str:
    """Talents recruited with the overseas part and its share, and those in national programmes."""
    recruited = []
    if report.has(RECRUITED):
        recruited = [
            f"引进高层次人才{report.text(RECRUITED)}",
            on_year(report, RECRUITED),
            completed(report, RECRUITED),
        ]
    if report.has(RECRUITED, OVERSEAS, OVERSEAS_SHARE):
        recruited.append(f"其中海外{report.bare(OVERSEAS)}，占{report.text(OVERSEAS_SHARE)}")
    parts = ["，".join(filter(None, recruited)), readings(report, NATIONAL)]
    return stop("；".join(filter(None, parts)))


def _places(report: Report) -> str:
    """How the zone stands among its peers; empty where no figure of innovation is ranked."""
    # where no figure of innovation is ranked there is no such line
    ranked = [code for code in report.codes(GROUP) if report.place_of(code)]
    return sentence(*(f"{report.label(code)}居同类开发区{report.place_of(code)}" for code in ranked))
