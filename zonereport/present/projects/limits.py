"""What is to be kept in mind when the chapter on projects is read."""

from zonereport.present.report import Report


def limits(report: Report) -> list[str]:
    """Return the limits of what this report shows of projects, a sentence each."""
    # each only where the figure that it limits is shown
    sentences = []
    if report.has("projects_city_list"):
        sentences.append("列市项目是否包含列省项目，以各年清单的说明为准，两数不相加。")
    if report.has("project_light_red"):
        sentences.append("开工、投产月份是进度台账首次报到该阶段的月份，可能晚于实际。")
        sentences.append(
            "灯号借鉴银川市2025年3月公布的做法，不是本地规定：落后序时十至三十个百分点为黄灯，更多或逾期三个月未开工为红灯。"
        )
        sentences.append("进度台账不载迟缓的成因，合理原因须由主管部门认定。")
    return sentences
