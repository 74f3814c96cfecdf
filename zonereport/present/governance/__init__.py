"""The chapter on governance: safety, environment, labour, visits."""

from zonereport.present.governance.answer import next_steps, verdict
from zonereport.present.governance.cases import closing
from zonereport.present.governance.counts import counts, parks
from zonereport.present.governance.limits import limits
from zonereport.present.governance.months import months
from zonereport.present.governance.safety import safety
from zonereport.present.governance.statements import measures

__all__ = [
    "closing",
    "counts",
    "limits",
    "measures",
    "months",
    "next_steps",
    "parks",
    "safety",
    "verdict",
]
