"""The chapter on governance: safety, environment, labour, visits."""

# the annex asks for what exhibits lack in the order of these imports: cases, accidents, then what is made of both
from zonereport.present.governance.cases import closing
from zonereport.present.governance.safety import safety

# isort: split
from zonereport.present.governance.counts import counts, parks
from zonereport.present.governance.limits import limits
from zonereport.present.governance.months import months
from zonereport.present.governance.statements import measures
from zonereport.present.governance.verdict import next_steps, verdict

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
