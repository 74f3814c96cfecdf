"""Words of the chapter on innovation."""

from typing import TYPE_CHECKING

from zonereport.present.words.enterprises import clauses
from zonereport.present.words.front import foot
from zonereport.present.words.phrases import Caption, bullets, part_alt, sentence

if TYPE_CHECKING:
    from zonereport.present.report import Report

GROUPS = ("S8",)
INTENSITY = {"rd_per_sales": "工业开票销售", "rd_per_output": "规模以上工业产值"}
TALENT = {"talents_recruited": ("talents_overseas", "talents_domestic", "talents_overseas_share")}


def against(report: "Report") -> list[str]:
    """R&D spend against each denominator there is, the denominator named."""
    return [f"{name}的{report.bare(code)}" for code, name in INTENSITY.items() if report.has(code)]


def verdict(report: "Report") -> str:
    """The chapter in a few lines: spend, patents and finance, platforms, talents."""
    spend = [report.text("rd_spend")] if report.has("rd_spend") else []
    if spend and against(report):
        spend.append(f"相当于{'、'.join(against(report))}")
    lines = {
        "研发投入": spend,
        "知识产权": clauses(report, "patents_in_force_net", "ip_pledge_finance"),
        "平台与企业": clauses(report, "rd_platforms_provincial_new", "innovation_leaders_provincial"),
        "人才": [talents_in_short(report), *clauses(report, "talents_national")],
    }
    return bullets(f"**{head}**：{sentence(*said)}" for head, said in lines.items() if sentence(*said))


def talents_in_short(report: "Report") -> str:
    """Talents recruited with the overseas part and its share, as a clause."""
    if not report.has("talents_recruited"):
        return ""
    said = f"引进高层次人才{report.text('talents_recruited')}"
    if report.has("talents_overseas", "talents_overseas_share"):
        said += f"，其中海外{report.bare('talents_overseas')}，占{report.text('talents_overseas_share')}"
    return said


def intensity(report: "Report") -> Caption:
    """What is said of the chart of R&D spend against its denominators."""
    estimate = any(report.qualifier(code) == "estimate" for code in INTENSITY if report.has(code))
    finding = f"研发投入相当于{'、'.join(against(report))}" + ("（预计）" if estimate else "")
    data = report.bars(INTENSITY)
    alt = "横条图，单位%。" + sentence(*(data["label"] + data["text"]))
    return Caption(
        "研发投入与两种分母之比", finding, alt, foot(report, INTENSITY) + ("斜纹表示预计数。" if estimate else "")
    )


def spend(report: "Report") -> str:
    """The paragraph on R&D spend: the denominators by name, and what the ratio is not."""
    if not report.has("rd_spend") or not against(report):
        return ""
    estimate = (
        "研发投入为预计数，最终数以次年统计核定为准，届时比值随之修订。"
        if (report.qualifier("rd_spend") == "estimate")
        else ""
    )
    return (
        f"研发投入{report.text('rd_spend')}，相当于{'、'.join(against(report))}。{estimate}\n\n"
        "通行的研发投入强度以地区生产总值或企业营业收入为分母，来源两者都没有给出。"
        "这里的两个比值分母是开票销售和规上产值，不能与国家、省、市公布的研发投入强度直接比较。"
    )


def property_rights(report: "Report") -> str:
    """The paragraph on patents and IP-pledge finance."""
    said = sentence(*clauses(report, "patents_in_force_net", "ip_pledge_finance"))
    if not said:
        return ""
    stock = (
        "" if report.has("patents_in_force") else "；有效发明专利总量来源未给出，不计算每亿元产值或每千名职工的拥有量"
    )
    return f"{said}净增是期末有效量减期初有效量，不是当年授权量{stock}。"


def platforms(report: "Report") -> str:
    """The sentence on platforms and leading firms."""
    return sentence(*clauses(report, "rd_platforms_provincial_new", "innovation_leaders_provincial"))


def named(report: "Report") -> Caption:
    """What is said of the table of named platforms and leaders."""
    return Caption("来源点名的研发平台与创新企业", note=foot(report, report.codes("S8")))


def talents(report: "Report") -> Caption:
    """What is said of the chart of talents."""
    finding = f"引进的高层次人才中，海外人才占{report.text('talents_overseas_share')}"
    data = report.parts(TALENT)
    return Caption("引进高层次人才的构成", finding, part_alt(data), foot(report, TALENT))


def talents_note(report: "Report") -> str:
    """The paragraph on talents."""
    if not talents_in_short(report):
        return ""
    national = clauses(report, "talents_national")
    overlap = "国家级人才与引进的高层次人才是否重叠，来源未说明，两数不相加。" if national else ""
    return sentence(talents_in_short(report), *national) + overlap


def core(report: "Report") -> Caption:
    """What is said of the table of innovation figures."""
    return Caption("改革创新主要指标", note=foot(report, report.codes("S8")))
