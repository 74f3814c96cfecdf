"""Innovation: what goes in (R&D, talents, loans) and what comes out (patents, platforms), by a named denominator."""

from collections.abc import Iterator

import pandas as pd

from zonereport.metrics.indicators.counted import published_against
from zonereport.metrics.innovation.ledgers import ledger_figures, ledger_frames
from zonereport.metrics.innovation.patents import patent_figures
from zonereport.metrics.innovation.research import firms_of_year, intensities, research_figures, research_frames
from zonereport.metrics.scope import Scope

Row = dict[str, object]
GROUP = "S8"


def figures(scope: Scope) -> Iterator[Row]:
    """Measures of innovation, each with its denominator in its name; see the three modules beside this one.

    Source: methods notes of the project, section 3.11; domain notes, section 1 (S8).
    """
    indicators = scope.dictionary.indicators
    codes = indicators.index[(indicators["group"] == GROUP) & indicators["nature"].isin(["flow_ytd", "stock"])]
    yield from published_against(scope.history, codes, period=scope.period, park=scope.park)
    firms = scope.once("firms of year", lambda: firms_of_year(scope))
    yield from research_figures(scope, firms)
    yield from patent_figures(scope, firms)
    yield from ledger_figures(scope)


def details(scope: Scope) -> dict[str, pd.DataFrame]:
    """The frames of innovation: innovation_intensity, innovation_firms, _platforms, _talents, _pledges, _parks.

    Their columns: innovation_research.research_frames and innovation_ledgers.ledger_frames.
    """
    firms = scope.once("firms of year", lambda: firms_of_year(scope))
    return {"innovation_intensity": intensities(scope), **research_frames(scope, firms), **ledger_frames(scope, firms)}
