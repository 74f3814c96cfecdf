"""The measures and frames of innovation: published codes against last year, research, patents, ledgers."""

from collections.abc import Iterator

import pandas as pd

from zonereport.metrics.frame import Row
from zonereport.metrics.indicators.counted import published_against
from zonereport.metrics.innovation.ledgers import ledger_figures, ledger_frames
from zonereport.metrics.innovation.patents import patent_figures
from zonereport.metrics.innovation.research import firms_of_year, intensities, research_figures, top_firms
from zonereport.metrics.scope import Scope

GROUP = "S8"


def figures(scope: Scope) -> Iterator[Row]:
    """Yield the measures of innovation, each with its denominator in its name; see the modules beside this one.

    Source: methods notes of the project, section 3.11; domain notes, section 1 (S8).
    """
    indicators = scope.dictionary.indicators
    codes = indicators.index[(indicators["group"] == GROUP) & indicators["nature"].isin(["flow_ytd", "stock"])]
    yield from published_against(scope.history, codes, period=scope.period, park=scope.park)
    yield from research_figures(scope, firms_of_year(scope))
    yield from patent_figures(scope)
    yield from ledger_figures(scope)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """Return the frames innovation_intensity, innovation_firms, _platforms, _talents, _pledges and _parks."""
    firms = firms_of_year(scope)
    found = {"innovation_intensity": intensities(scope), "innovation_firms": top_firms(scope, firms)}
    return found | ledger_frames(scope, firms)
