"""League tables: every entity's place in an indicator, and the zone's place month by month."""

import pandas as pd

from zonereport.inputs import Period
from zonereport.metrics.bounds import EDGE_PLACES
from zonereport.metrics.compare.ranking.comparing import MONTH
from zonereport.metrics.compare.ranking.peer_rank import ZONE
from zonereport.metrics.schemas import tidy


def ranks(table: pd.DataFrame, period: Period, peers: tuple[str, ...]) -> pd.DataFrame:
    """Return the frame ``ranks`` of a period: of the codes that the zone has a row of, and some peer.

    A peer of ``peers`` without a row has one here, unranked, as ``not_reported``.
    """
    rows = table[(table["year"] == period.year) & (table["month"] == period.last)]
    # the figure of a quarter alone is not compared
    if period.first != 1:
        rows = rows[:0]
    zone = rows["entity"] == ZONE
    codes = sorted(set(rows.loc[zone, "code"]) & set(rows.loc[~zone, "code"]))
    rows = rows[rows["code"].isin(codes)].rename(columns={"rank": "published_rank"}).set_index(["code", "entity"])
    # a peer that keeps silent is said to keep silent
    silent = pd.MultiIndex.from_product([codes, peers], names=rows.index.names).difference(rows.index)
    if len(silent):
        nothing = pd.DataFrame({"year": period.year, "month": period.last, "reason": "not_reported"}, silent)
        rows = pd.concat([rows, nothing])
        for column in ("on", "unit"):
            rows[column] = rows.groupby("code")[column].transform("first")
    rows = rows.reset_index()
    # where one unit has no published rank, all are ranked by their figures
    made = _ranked(rows)
    official = (rows["published_rank"].notna() | rows["better"].isna()).groupby(rows["code"]).transform("all")
    official &= rows["better"].notna().groupby(rows["code"]).transform("any")
    rows = rows.assign(
        is_zone=rows["entity"] == ZONE,
        rank=made["rank"].mask(official, rows["published_rank"].astype("float64")),
        tied=made["tied"],
        basis=official.map({True: "published", False: "computed"}),
    )
    rows = rows.assign(is_next=_next(rows))
    return tidy("ranks", rows.sort_values(["code", "rank", "entity"], kind="stable"))


def _next(rows: pd.DataFrame) -> pd.Series:
    """Return which peers are just ahead of the zone: those of the next better figure."""
    own = rows[rows["is_zone"]].set_index("code")
    better = rows["rank"] < rows["code"].map(own["rank"])
    # a published rank may part those who print the same figure
    better &= rows["printed"] != rows["code"].map(own["printed"])
    last = rows["rank"].where(better).groupby(rows["code"]).transform("max")
    return better & (rows["rank"] == last)


def with_ends(league: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a league of zones with what stands at its ends.

    ``league`` has rank, rank_of and tied. Added: in_first_three, in_last_three (those who share a rank stand at its
    lowest place), is_first and is_last (nobody better, or nobody worse, and not all alike).
    """
    # whoever shares a rank shares the lowest of its places, too
    lowest = league["rank"] + league["tied"] - 1
    return league.assign(
        in_first_three=league["rank"] <= EDGE_PLACES,
        in_last_three=lowest > league["rank_of"] - EDGE_PLACES,
        is_first=(league["rank"] == 1) & (league["tied"] < league["rank_of"]),
        is_last=(league["rank"] > 1) & (lowest == league["rank_of"]),
    )


def rank_history(table: pd.DataFrame) -> pd.DataFrame:
    """Return the frame ``rank_history``: the zone's published rank of every month, else the computed one."""
    rows = ranked_places(table)
    return tidy("rank_history", rows[(rows["entity"] == ZONE) & rows["rank"].notna()])


def ranked_places(table: pd.DataFrame) -> pd.DataFrame:
    """Return ``compared`` with the rank that counts: the published one, else one computed among two or more.

    rank_of likewise; tied says how many share the figure, computed whether no source gives the rank. Computed ranks
    are standard competition ranks within a code and month. Source: methods notes of the project, section 3.6.
    """
    made = _ranked(table)
    published = table[["rank", "rank_of"]].astype("float64")
    return table.assign(
        rank=published["rank"].fillna(made["rank"].where(made["of"] > 1)),
        rank_of=published["rank_of"].fillna(made["of"].where(made["of"] > 1)),
        tied=made["tied"],
        computed=published["rank"].isna(),
    )


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Competition rank, number that share it and number ranked, of each row within its code and month."""
    better = table["better"].astype("float64")
    keys = [table[column] for column in MONTH]
    # equal as printed is equal
    shared = better.groupby([*keys, better]).transform("size")
    return pd.DataFrame(
        {
            "rank": better.groupby(keys).rank(method="min", ascending=False),
            "tied": shared.where(better.notna()),
            "of": better.groupby(keys).transform("count"),
        }
    )
