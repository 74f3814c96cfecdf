"""What is to be kept in mind when the chapter on carriers, works and land is read."""

from zonereport.present.report import Report


def limits(report: Report) -> list[str]:
    """Return the limits of what this report shows of carriers, works and land, a sentence each."""
    # each only where the figure that it limits is shown
    sentences = []
    if report.has("carriers_occupancy"):
        sentences.append("使用率是已投用载体中两项面积均已报送者的使用面积与面积之比。")
    if report.has("carriers_tenants"):
        sentences.append("入驻企业按载体报送数相加，一家企业入驻多处的可能重复计数。")
    if report.has("carriers") or report.has("works"):
        sentences.append("载体和工程台账只载最近一次状态，不载此前各次状态。")
    if report.has("land_tax_per_mu") or report.has("tax_per_land_renewed"):
        sentences.append("每亩净增税收是整治后净增税收与整治面积之比，不等于亩均税收。")
    return sentences
