"""Competition ranks, ties and distances: the zone in one month and indicator, and its peers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from zonereport.inputs import Period

ZONE = ""


def competition_rank(better: ArrayLike) -> NDArray[np.float64]:
    """Return standard competition ranks (1, 2, 2, 4): 1 + the number of those that are strictly better.

    ``better``: what is ranked, greater is better (printed figure x direction), NaN where nothing is reported. The same
    shape comes back, NaN for those: they are not ranked. Source: methods notes of the project, section 3.6.

    >>> competition_rank([3.0, 2.0, 2.0, float("nan"), 1.0]).tolist()
    [1.0, 2.0, 2.0, nan, 4.0]
    """
    # those who do not report take no place from the others
    found = np.asarray(better, float)
    known = np.sort(found[~np.isnan(found)])
    ranks = 1.0 + len(known) - np.searchsorted(known, found, side="right")
    return np.where(np.isnan(found), np.nan, ranks)


def gap_to_next(own: float, others: ArrayLike) -> float:
    """Return by how much the next better peer is ahead, in the unit of what is ranked; NaN for the first.

    Those level with the zone are not ahead. Source: methods notes of the project, section 3.6.

    >>> gap_to_next(2.0, [5.0, 3.5, 2.0, 1.0]), gap_to_next(5.0, [5.0, 1.0])
    (1.5, nan)
    """
    ahead = _reported(others)
    ahead = ahead[ahead > own]
    if not len(ahead):
        return float("nan")
    return round(float(ahead.min() - own), 9)


def gap_below(own: float, others: ArrayLike) -> float:
    """Return by how much the next worse peer is behind, in the unit of what is ranked; NaN for the last.

    Source: methods notes of the project, section 3.6.

    >>> gap_below(2.0, [5.0, 2.0, 1.25])
    0.75
    """
    return gap_to_next(-own, -np.asarray(others, float))


def tier_gap(own: float, others: ArrayLike, *, first_tier: int) -> float:
    """Return what the zone lacks to be ranked ``first_tier`` or better; 0 where it is.

    The figure to equal is the one of the k-th best peer, k = ``first_tier``: then k - 1 at most are ahead.
    Source: methods notes of the project, section 3.6.

    >>> tier_gap(2.0, [9.0, 8.0, 5.0, 1.0], first_tier=3), tier_gap(6.0, [9.0, 8.0, 5.0], first_tier=3)
    (3.0, 0.0)
    """
    best = np.sort(_reported(others))[::-1]
    # fewer peers than places: whoever reports is in the tier
    if len(best) < first_tier:
        return 0.0
    return round(max(0.0, float(best[first_tier - 1] - own)), 9)


def rank_change(now: pd.Series, before: pd.Series, *, entity: str) -> tuple[float, int]:
    """The places gained by ``entity`` (above zero: moved up), ranked both times among those that reported both times.

    ``now`` and ``before``: figures by entity, greater is better, NaN where nothing is reported. Comes back with the
    number of others that both rankings hold; NaN and 0 where ``entity`` is missing from one.
    Source: methods notes of the project, section 3.6.

    >>> rank_change(pd.Series({"z": 3.0, "a": 2.0}), pd.Series({"z": 1.0, "a": 2.0, "b": 9.0}), entity="z")
    (1.0, 1)
    """
    both = np.column_stack([before.reindex(now.index), now]).astype(float)
    known = ~np.isnan(both).any(axis=1)
    if entity not in now.index or not known[place := now.index.get_loc(entity)]:
        return float("nan"), 0
    # among those that reported both times: who came or left moves nobody
    old, new = np.where(known, both.T, np.nan)
    return float(competition_rank(old)[place] - competition_rank(new)[place]), int(known.sum()) - 1


@dataclass(frozen=True)
class Standing:
    """The zone in one month and indicator, and its peers.

    ``row`` is the zone's of ``compared``; ``own`` is what is ranked (printed figure x direction), ``others`` that of
    the peers that reported, by name; ``silent`` of the peers did not. ``growths`` are those of the peers in %.
    """

    code: str
    row: pd.Series
    own: float
    others: pd.Series
    silent: int
    growths: NDArray[np.float64]
    source: str

    @property
    def published(self) -> float:
        """The rank that the source gives; NaN where it gives none."""
        return float(self.row["rank"])

    @property
    def computed(self) -> float:
        """The rank among the peers that reported; NaN where there are none, or nothing to rank."""
        if not len(self.others):
            return float("nan")
        return float(competition_rank([self.own, *self.others])[0])

    @property
    def rank(self) -> float:
        """The published rank, else the computed one."""
        if np.isnan(self.published):
            return self.computed
        return self.published

    @property
    def rank_of(self) -> float:
        """Of how many: as published, else those that reported."""
        if not np.isnan(self.row["rank_of"]):
            return float(self.row["rank_of"])
        if np.isnan(self.computed):
            return float("nan")
        return 1.0 + len(self.others)

    @property
    def tied(self) -> int:
        """How many share the rank, the zone among them."""
        return 1 + int((self.others == self.own).sum())

    @property
    def next_places(self) -> int:
        """How many places the zone gains by drawing level with the next better peer; 0 for the first."""
        # those level with the zone are passed together
        ahead = self.others[self.others > self.own]
        if ahead.empty:
            return 0
        return int(self.computed - competition_rank([ahead.min(), *self.others])[0])

    def amount(self, gap: float) -> float:
        """A gap in growth as an amount in the unit of the level: gap / 100 x base; NaN where the base is not known."""
        return float(gap / 100 * self.row["base"])


def standings(table: pd.DataFrame, period: Period, peers: tuple[str, ...]) -> dict[str, Standing]:
    """The standing of every code that ``table`` (see ``compared``) has a row of the zone for in ``period``, by code.

    ``peers`` are all that might have reported. A quarter or a half that does not begin in January has none.
    """
    if period.first != 1:
        return {}
    found = {}
    rows = table[(table["year"] == period.year) & (table["month"] == period.last)]
    codes, entities, sources = rows["code"].to_numpy(), rows["entity"].to_numpy(), rows["source"].to_numpy()
    better, growth = rows["better"].to_numpy(float), rows["growth_pct"].to_numpy(float)
    for code in dict.fromkeys(codes):
        places = np.flatnonzero(codes == code)
        zone, peer = places[entities[places] == ZONE], places[entities[places] != ZONE]
        # what the zone does not report places nobody
        if not len(zone):
            continue
        named = peer[~np.isnan(better[peer])]
        others = pd.Series(better[named], pd.Index(entities[named], name="entity", dtype="str"), name="better")
        # all who might have reported, listed or not, less those who did
        silent = len({*peers, *entities[places]} - {ZONE, *entities[named]})
        row, growths = rows.iloc[zone[0]], growth[peer][~np.isnan(growth[peer])]
        # the zone's own source first
        source = ";".join(dict.fromkeys([row["source"], *sources[places]]))
        found[code] = Standing(code, row, float(row["better"]), others, silent, growths, source)
    return found


def _reported(others: ArrayLike) -> NDArray[np.float64]:
    found = np.asarray(others, float)
    return found[~np.isnan(found)]
