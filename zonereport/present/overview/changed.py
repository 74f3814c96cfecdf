"""What is not as it was in the edition of the month before."""

import pandas as pd

from zonereport.inputs import Period
from zonereport.present.exhibit import Exhibit, Gap, exhibit
from zonereport.present.kit.labels import BANDS, REASONS
from zonereport.present.kit.sources import foot
from zonereport.present.kit.tables import styled
from zonereport.present.report import Report

CAPTION = "与上一期相比的变化"
HEADS = {"name": "指标", "kind": "变化", "before": "上一期", "now": "本期"}
KINDS = {"band": "类别变化", "rank": "位次变化", "target": "目标调整", "revision": "数据修订"}
UNCHANGED = "与上一期相比，类别、位次、目标和以往数据均无变化。"


@exhibit
def changed(report: Report) -> Exhibit:
    """Show what changed since the month before; that nothing did is a finding where the two can be compared."""
    rows = report.detail("changes")
    if len(rows):
        frame = pd.DataFrame([_in_words(report, row) for row in rows.itertuples()])
        note = "与上月一期相比；位次以公布数为准，公布数缺时按同一办法推算。" + foot(report, rows["code"])
        return Exhibit(CAPTION, data=rows, draw=styled(frame, "changed", heads=HEADS, right=()), note=note)
    if len(report.detail("rank_history")) or len(report.detail("bands")):
        return Exhibit(CAPTION, claim=UNCHANGED, draw=UNCHANGED)
    if report.park:
        # places, classes and targets are those of the whole zone
        return Exhibit(CAPTION)
    return Exhibit(CAPTION, gaps=(Gap("与上一期的比较", REASONS["no_history"], "上一期的各项数据", "统计"),))


def _in_words(report: Report, row) -> dict[str, str]:
    """A row of the frame ``changes`` as it is printed."""
    kind, before, now = KINDS[row.kind], f"{row.before}{row.unit}", f"{row.now}{row.unit}"
    if row.kind == "band":
        before, now = BANDS[row.before], BANDS[row.now]
    elif row.kind == "rank":
        before, now = f"第{row.before}位", f"第{row.now}位"
    elif row.kind == "revision":
        kind = f"{kind}（{Period.parse(row.period).name_zh}）"
    return {"name": report.label(row.code), "kind": kind, "before": before, "now": now}
