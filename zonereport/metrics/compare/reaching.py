"""What it takes to reach a place among the peers, and what place an amount would give."""

from dataclasses import dataclass

import pandas as pd

COLUMNS = ["place", "entity", "needed_growth_pct", "needed_amount", "more_amount"]


@dataclass(frozen=True)
class Standing:
    """An indicator of a zone among its peers.

    ``value`` and ``base`` are the figure and that of the same months of last year in one unit, ``base`` NaN where there
    is none; ``ranks`` the rows of the detail frame ``ranks`` of the indicator; ``direction`` 1 where more is better and
    -1 where less is.
    """

    value: float
    base: float
    ranks: pd.DataFrame
    direction: int = 1

    @property
    def peers(self) -> pd.DataFrame:
        """The peers that are ranked, the best first."""
        rows = self.ranks[~self.ranks["is_zone"] & self.ranks["rank"].notna()]
        return rows.sort_values("printed", ascending=self.direction < 0, kind="stable")

    @property
    def by_growth(self) -> bool:
        """Whether the place is by growth; else it is by the figure itself."""
        return bool((self.ranks["on"] == "growth").all())

    def growth_of(self, amount: float) -> float:
        """Return the growth in % that ``amount`` would be: g = (x / base − 1) · 100; NaN without a base above zero."""
        return (amount / self.base - 1) * 100 if self.base > 0 else float("nan")

    def place_of(self, amount: float) -> int:
        """Return the place that ``amount`` would have: one more than the peers that are better.

        Growth is compared as it is printed, with one decimal.
        """
        own = round(self.growth_of(amount), 1) if self.by_growth else amount
        better = (self.peers["printed"] - own) * self.direction > 0
        return int(better.sum()) + 1

    def steps(self) -> pd.DataFrame:
        """Return what it takes to draw level with each peer ahead: COLUMNS, a row a place, the nearest first.

        x = base · (1 + g / 100) where places are by growth, else x = the peer's figure; more_amount = x − value. Places
        are those after drawing level, shared with the peer.

        >>> ranks = pd.DataFrame({"entity": ["甲", "", "乙"], "is_zone": [False, True, False], "on": "growth",
        ...     "printed": [10.0, 5.0, 2.0], "rank": [1.0, 2.0, 3.0]})
        >>> Standing(value=105.0, base=100.0, ranks=ranks).steps().to_dict("records")
        [{'place': 1, 'entity': '甲', 'needed_growth_pct': 10.0, 'needed_amount': 110.0, 'more_amount': 5.0}]
        """
        rows = []
        for peer in self.peers.itertuples():
            amount = self.base * (1 + peer.printed / 100) if self.by_growth else peer.printed
            more = amount - self.value
            if more * self.direction > 0:
                # a sum of floats is not printed with its sixteenth digit
                rows.append(
                    (self.place_of(amount), peer.entity, self.growth_of(amount), round(amount, 6), round(more, 6))
                )
        frame = pd.DataFrame(rows, columns=COLUMNS)
        frame["needed_growth_pct"] = frame["needed_growth_pct"].round(6)
        return frame.iloc[::-1].reset_index(drop=True)
