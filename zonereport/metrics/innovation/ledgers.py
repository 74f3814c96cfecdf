"""Platforms by level, talents by kind, loans on intellectual property: the ledgers of innovation and their sums."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zonereport.inputs import Period
from zonereport.inputs.units import Unit, convert
from zonereport.metrics.bounds import DOMINANT_PCT
from zonereport.metrics.frame import Row, known
from zonereport.metrics.indicators.counted import against, between, end_of, events_in, reaches_back, sources
from zonereport.metrics.innovation.patents import by_park
from zonereport.metrics.innovation.research import RD, SALES, patents_now, ratio_and_median
from zonereport.metrics.schemas import tidy
from zonereport.metrics.scope import Scope

LEVELS = ("national", "provincial", "city")


def ledger_figures(scope: Scope) -> Iterator[Row]:
    """Yield the measures of the ledgers, each with value, last_year and change_on_year.

    Codes: platforms_national, _provincial, _city (new since January), talents_firms (firms that recruited), pledges,
    pledge_amount, pledge_firms, and pledge_largest_bank_share (% of the amount). Talents by kind are published codes
    and are not added up. Source: methods notes of the project, section 3.11.
    """
    now, before = _this_and_last_year(scope, "platforms", _of_park(scope, "platforms"))
    levels = set(scope.table("platforms")["level"])
    for level in LEVELS:
        if level in levels:
            count, last = (now["level"] == level).sum(), None
            if before is not None:
                last = (before["level"] == level).sum()
            source = sources(scope.table("platforms"))
            yield from against(f"platforms_{level}", int(count), last, unit="家", source=source)
    if len(scope.table("talents")):
        now, before = _this_and_last_year(scope, "talents", _of_park(scope, "talents"))
        last = None if before is None else before["enterprise"].nunique()
        source = sources(scope.table("talents"))
        yield from against("talents_firms", now["enterprise"].nunique(), last, unit="家", source=source)
    if len(scope.table("ip_pledges")):
        yield from _pledges(scope)


def _this_and_last_year(scope: Scope, table: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """The events since January, and those of the same months of last year; None where the ledger was not kept then."""
    last = scope.period.same_last_year
    if not reaches_back(scope.table(table), last):
        return events_in(rows, scope.period), None
    return events_in(rows, scope.period), events_in(rows, last)


def _pledges(scope: Scope) -> Iterator[Row]:
    now, before = _this_and_last_year(scope, "ip_pledges", _amounts(scope))
    source, total = sources(scope.table("ip_pledges")), float(now["amount_10k_yuan"].sum())
    pledges, amount, firms = None, None, None
    if before is not None:
        pledges, amount = len(before), float(before["amount_10k_yuan"].sum())
        firms = before["enterprise"].nunique()
    yield from against("pledges", len(now), pledges, unit="件", source=source)
    yield from against("pledge_amount", total, amount, unit="万元", source=source)
    yield from against("pledge_firms", now["enterprise"].nunique(), firms, unit="家", source=source)
    banks = now[now["bank"] != ""].groupby("bank")["amount_10k_yuan"].sum()
    row: Row = {"code": "pledge_largest_bank_share", "measure": "value", "unit": "%", "source": source}
    share = float("nan")
    if total > 0:
        share = banks.max() / total * 100
    yield row | {"basis": "ledger"} | known(share, "zero_base")


def ledger_frames(scope: Scope, firms: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the frames innovation_platforms, innovation_talents, innovation_pledges and innovation_parks.

    innovation_platforms: a row a platform in the ledger so far. innovation_talents: a row a kind and park ("" the
    zone): part_of is the kind that includes it, unknown where the source does not say whether they overlap; kinds are
    never added. innovation_pledges: by bank or enterprise, largest first. innovation_parks: a row a park, sales of the
    firms with R&D.
    """
    platforms = _of_park(scope, "platforms")
    platforms = between(platforms, 0, end_of(scope.period))
    # what the ledger dates within the months of the edition
    fresh = platforms.index.isin(events_in(platforms, scope.period).index)
    platforms = platforms.assign(new_this_year=np.where(fresh, "yes", "no"))
    talents, pledges = _of_park(scope, "talents"), _amounts(scope)
    latest = platforms.sort_values("period", ascending=False, kind="stable")
    return {
        "innovation_platforms": tidy("innovation_platforms", latest),
        "innovation_talents": _talent_frame(scope, talents),
        "innovation_pledges": _pledge_frame(pledges, scope.period),
        "innovation_parks": _park_frame(scope, firms, platforms, talents, pledges),
    }


def pledged(rows: pd.DataFrame, *, units: dict[str, Unit]) -> pd.DataFrame:
    """Return the pledges with their amount in 万元 (amount_10k_yuan); NaN of another currency, not converted."""
    amounts = []
    for amount, unit in zip(rows["amount"], rows["unit"], strict=True):
        # only a rate could convert another currency
        try:
            amounts.append(convert(amount, unit, "万元", units))
        except ValueError:
            amounts.append(float("nan"))
    return rows.assign(amount_10k_yuan=pd.Series(amounts, index=rows.index, dtype="float64"))


def _of_park(scope: Scope, table: str) -> pd.DataFrame:
    """A table of enterprises with their name and park; of a park only its own."""
    firms = scope.table("enterprises").drop_duplicates("enterprise").set_index("enterprise")[["name", "park"]]
    rows = scope.table(table).join(firms, on="enterprise")
    for column in ("name", "park"):
        rows[column] = rows[column].astype("object").fillna("")
    if scope.park:
        rows = rows[rows["park"] == scope.park]
    return rows


def _amounts(scope: Scope) -> pd.DataFrame:
    return pledged(_of_park(scope, "ip_pledges"), units=scope.dictionary.units)


def _talent_frame(scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    """Talents by kind and park; what includes what is what derived.csv says by its differences."""
    period, last = scope.period, scope.period.same_last_year
    now, before = _with_zone(events_in(rows, period), scope), _with_zone(events_in(rows, last), scope)
    reaches = reaches_back(scope.table("talents"), last)
    formulas = scope.dictionary.derived
    whole = formulas[formulas["operation"] == "difference"].set_index("right")["left"].to_dict()
    parks = [scope.park]
    if not scope.park:
        parks += list(rows.loc[rows["park"] != "", "park"].unique())
    given = set(rows["code"])
    made = []
    for code in scope.dictionary.indicators.index[scope.dictionary.indicators.index.isin(given)]:
        # neither a part nor a whole of anything: whether it overlaps with others nobody says
        inside = whole.get(code, "" if code in whole.values() else "unknown")
        for park in parks:
            here = now[(now["code"] == code) & (now["park"] == park)]
            row = {"code": code, "part_of": inside, "park": park, "value": float(here["value"].sum())}
            if reaches:
                row["last_year"] = float(before.loc[(before["code"] == code) & (before["park"] == park), "value"].sum())
                row["change"] = row["value"] - row["last_year"]
            row["firms"] = here["enterprise"].nunique()
            if (here["qualifier"] == "lower_bound").any():
                row["qualifier"] = "lower_bound"
            made.append(row)
    return tidy("innovation_talents", made)


def _with_zone(rows: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Rows that count for their park and, with an empty park, for the zone."""
    if scope.park:
        return rows
    return pd.concat([rows.assign(park=""), rows[rows["park"] != ""]])


def _pledge_frame(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    now, before = events_in(rows, period), events_in(rows, period.same_last_year)
    names = now.drop_duplicates("enterprise").set_index("enterprise")["name"]
    # a bank that lent last year and no more is news, a firm that borrowed then is none
    banks = _summed(now, before, "bank", how="outer").assign(by="bank")
    firms = _summed(now, before, "enterprise", how="left").assign(by="enterprise")
    banks["name"], firms["name"] = banks["id"], firms["id"].map(names)
    both = pd.concat([banks, firms], ignore_index=True)
    return tidy("innovation_pledges", both.assign(is_dominant=both["share_pct"] >= DOMINANT_PCT))


def _summed(now: pd.DataFrame, before: pd.DataFrame, key: str, *, how: str) -> pd.DataFrame:
    """Pledges and their amount by bank or enterprise, this year and last, the largest first."""
    # this year's and last year's by the same key
    tables = []
    for part in (now, before):
        groups = part[part[key] != ""].groupby(key)["amount_10k_yuan"]
        tables.append(pd.DataFrame({"pledges": groups.size(), "amount_10k_yuan": groups.sum()}))
    table = tables[0].join(tables[1].add_prefix("last_year_"), how=how).fillna(0).reset_index(names="id")
    total = table["amount_10k_yuan"].sum()
    table["share_pct"] = table["amount_10k_yuan"] / total * 100 if total > 0 else float("nan")
    return table.sort_values(["amount_10k_yuan", "id"], ascending=[False, True], kind="stable")


def _park_frame(
    scope: Scope, firms: pd.DataFrame, platforms: pd.DataFrame, talents: pd.DataFrame, pledges: pd.DataFrame
) -> pd.DataFrame:
    patents = by_park(patents_now(scope))
    talents = events_in(talents[talents["code"] == "talents_recruited"], scope.period)
    pledges = events_in(pledges, scope.period)
    parks = [park.id for park in scope.zone.about.parks if scope.park in ("", park.id)]
    made = []
    for park in parks:
        here = firms[firms["park"] == park]
        doing = here[(here["back"] == 0) & (here[RD] > 0)]
        stands = platforms[platforms["park"] == park]
        loans = pledges[pledges["park"] == park]
        row = {
            "park": park,
            "rd_year": doing["year"].max(),
            "rd_firms": len(doing),
            RD: doing[RD].sum(min_count=1),
            SALES: doing[SALES].sum(min_count=1),
            "intensity_pct": ratio_and_median(doing[RD], doing[SALES])["ratio_of_sums"],
            "last_year_rd_10k_yuan": here.loc[here["back"] == 1, RD].sum(min_count=1),
            "platforms_new": int((stands["new_this_year"] == "yes").sum()),
            "platforms_recorded": len(stands),
            "talents_recruited": float(talents.loc[talents["park"] == park, "value"].sum()),
            "pledges": len(loans),
            "pledge_10k_yuan": float(loans["amount_10k_yuan"].sum()),
        }
        if park in patents.index:
            row["patents_in_force"], row["patents_granted"] = patents.loc[park, ["in_force", "granted"]]
        made.append(row)
    return tidy("innovation_parks", made)
