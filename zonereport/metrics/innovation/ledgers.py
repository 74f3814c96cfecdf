"""Platforms by level, talents by kind, loans on intellectual property: the ledgers of innovation and their sums."""

from collections.abc import Iterator

import pandas as pd

from zonereport.inputs import Period
from zonereport.inputs.units import Unit, convert
from zonereport.metrics.bounds import DOMINANT_PCT
from zonereport.metrics.indicators.counted import against, between, end_of, events_in, labelled, reaches_back, sources
from zonereport.metrics.innovation.patents import by_park
from zonereport.metrics.innovation.research import RD, SALES, patents_now, ratio_and_median
from zonereport.metrics.scope import Scope

Row = dict[str, object]
LEVELS = ("national", "provincial", "city")
PLATFORM_COLUMNS = ["period", "enterprise", "name", "park", "code", "level", "new_this_year"]
PLEDGE_COLUMNS = ["by", "id", "name", "pledges", "amount_10k_yuan", "share_pct", "last_year_pledges"]
TALENT_COLUMNS = ["code", "part_of", "park", "value", "last_year", "change", "firms", "qualifier"]


def ledger_figures(scope: Scope) -> Iterator[Row]:
    """Measures of the ledgers, each with value, last_year and change_on_year.

    Codes: platforms_national, _provincial, _city (new since January; platforms_recorded: all in the ledger so far),
    talents_firms (firms that recruited), pledges, pledge_amount, pledge_firms, pledge_banks, and
    pledge_largest_bank_share (% of the amount). Talents by kind are published codes and are not added up.
    Source: methods notes of the project, section 3.11.
    """
    yield from _platforms(scope)
    yield from _talents(scope)
    yield from _pledges(scope)


def ledger_frames(scope: Scope, firms: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The frames innovation_platforms, innovation_talents, innovation_pledges and innovation_parks.

    innovation_platforms: a row a platform in the ledger so far: period, enterprise, name, park, code, level,
    new_this_year. innovation_talents: a row a kind and park ("" the zone): code, part_of (the kind that includes it;
    unknown where the source does not say whether they overlap), value, last_year, change, firms (that recruited some);
    kinds are never added. innovation_pledges: by (bank or enterprise), id, name, pledges, amount_10k_yuan, share_pct,
    last_year_pledges, last_year_amount_10k_yuan, largest first. innovation_parks: a row a park: rd_year, rd_firms,
    rd_10k_yuan, invoiced_sales_10k_yuan (of the firms with R&D), intensity_pct, last_year_rd_10k_yuan,
    patents_in_force, patents_granted, platforms_new, platforms_recorded, talents_recruited, pledges, pledge_10k_yuan.
    """
    platforms = _of_park(scope, "platforms")
    platforms = between(platforms, 0, end_of(scope.period))
    fresh = platforms.index.isin(events_in(platforms, scope.period).index)
    platforms = platforms.assign(new_this_year=["yes" if new else "no" for new in fresh])
    talents, pledges = _of_park(scope, "talents"), _amounts(scope)
    return {
        "innovation_platforms": labelled(
            platforms.sort_values("period", ascending=False, kind="stable"), PLATFORM_COLUMNS
        ),
        "innovation_talents": _talent_frame(scope, talents),
        "innovation_pledges": _pledge_frame(pledges, scope.period),
        "innovation_parks": _park_frame(scope, firms, platforms, talents, pledges),
    }


def pledged(rows: pd.DataFrame, *, units: dict[str, Unit]) -> pd.DataFrame:
    """The pledges with their amount in 万元 (amount_10k_yuan); NaN of another currency, which is not converted."""
    amounts = []
    for amount, unit in zip(rows["amount"], rows["unit"], strict=True):
        try:
            amounts.append(convert(amount, unit, "万元", units))
        except ValueError:
            amounts.append(float("nan"))
    return rows.assign(amount_10k_yuan=pd.Series(amounts, index=rows.index, dtype="float64"))


def _of_park(scope: Scope, table: str) -> pd.DataFrame:
    """A table of enterprises with their name and park; of a park only its own."""
    firms = scope.table("enterprises").drop_duplicates("enterprise").set_index("enterprise")[["name", "park"]]
    rows = scope.table(table).join(firms, on="enterprise")
    rows = rows.assign(**{column: rows[column].astype("object").fillna("") for column in ("name", "park")})
    return rows[rows["park"] == scope.park] if scope.park else rows


def _amounts(scope: Scope) -> pd.DataFrame:
    return pledged(_of_park(scope, "ip_pledges"), units=scope.dictionary.units)


def _years(scope: Scope, table: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, bool]:
    """The events since January, those of the same months of last year, and whether the ledger reaches back."""
    last = scope.period.same_last_year
    return events_in(rows, scope.period), events_in(rows, last), reaches_back(scope.table(table), last)


def _platforms(scope: Scope) -> Iterator[Row]:
    rows = _of_park(scope, "platforms")
    if not len(scope.table("platforms")):
        return
    now, before, known = _years(scope, "platforms", rows)
    source = sources(scope.table("platforms"))
    for level in LEVELS:
        if not (rows["level"] == level).any():
            continue
        counts = [int((part["level"] == level).sum()) for part in (now, before)]
        code = f"platforms_{level}"
        yield from against(code, counts[0], counts[1] if known else None, unit="家", source=source)
        held = between(rows[rows["level"] == level], 0, end_of(scope.period))
        row = {"code": code, "measure": "platforms_recorded", "unit": "家", "value": len(held)}
        yield row | {"source": source, "basis": "ledger"}


def _talents(scope: Scope) -> Iterator[Row]:
    if not len(scope.table("talents")):
        return
    now, before, known = _years(scope, "talents", _of_park(scope, "talents"))
    firms = [part["enterprise"].nunique() for part in (now, before)]
    source = sources(scope.table("talents"))
    yield from against("talents_firms", firms[0], firms[1] if known else None, unit="家", source=source)


def _pledges(scope: Scope) -> Iterator[Row]:
    if not len(scope.table("ip_pledges")):
        return
    now, before, known = _years(scope, "ip_pledges", _amounts(scope))
    source = sources(scope.table("ip_pledges"))
    for code, unit, measure in (
        ("pledges", "件", len),
        ("pledge_amount", "万元", lambda rows: float(rows["amount_10k_yuan"].sum())),
        ("pledge_firms", "家", lambda rows: rows["enterprise"].nunique()),
        ("pledge_banks", "家", lambda rows: rows.loc[rows["bank"] != "", "bank"].nunique()),
    ):
        yield from against(code, measure(now), measure(before) if known else None, unit=unit, source=source)
    named = now[now["bank"] != ""]
    banks, total = named.groupby("bank")["amount_10k_yuan"].sum(), now["amount_10k_yuan"].sum()
    share = {"value": float(banks.max() / total * 100)} if len(banks) and total > 0 else {"reason": "zero_base"}
    row = {"code": "pledge_largest_bank_share", "measure": "value", "unit": "%", "source": source, "basis": "ledger"}
    yield row | share


def _talent_frame(scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    """Talents by kind and park; what includes what is what derived.csv says by its differences."""
    now, before, known = _years(scope, "talents", rows)
    formulas = scope.dictionary.derived
    whole = formulas[formulas["operation"] == "difference"].set_index("right")["left"].to_dict()
    kinds = [code for code in scope.dictionary.indicators.index if code in set(rows["code"])]
    parks = [scope.park] if scope.park else ["", *dict.fromkeys(park for park in rows["park"] if park)]
    # every row counts for its park and, with an empty park, for the zone
    both = [
        part if scope.park else pd.concat([part.assign(park=""), part[part["park"] != ""]]) for part in (now, before)
    ]
    new, old = (part.groupby(["code", "park"]) for part in both)
    values, last, firms = new["value"].sum(), old["value"].sum(), new["enterprise"].nunique()
    bounds = set(
        both[0].loc[both[0]["qualifier"] == "lower_bound", ["code", "park"]].itertuples(index=False, name=None)
    )
    made = []
    for code in kinds:
        inside = whole.get(code, "" if code in whole.values() else "unknown")
        for park in parks:
            key = (code, park)
            value, then = float(values.get(key, 0)), float(last.get(key, 0)) if known else float("nan")
            bound = "lower_bound" if key in bounds else ""
            made.append((*(code, inside, park, value, then, value - then), int(firms.get(key, 0)), bound))
    return labelled(pd.DataFrame(made, columns=TALENT_COLUMNS), TALENT_COLUMNS)


def _pledge_frame(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    now, before = events_in(rows, period), events_in(rows, period.same_last_year)
    columns = [*PLEDGE_COLUMNS, "last_year_amount_10k_yuan"]
    made = []
    for by, key in (("bank", "bank"), ("enterprise", "enterprise")):
        groups = [part[part[key] != ""].groupby(key)["amount_10k_yuan"].agg(["size", "sum"]) for part in (now, before)]
        table = groups[0].join(groups[1].add_suffix("_before"), how="outer" if by == "bank" else "left").fillna(0)
        table = table.reset_index(names="id").sort_values(["sum", "id"], ascending=[False, True], kind="stable")
        names = now.drop_duplicates("enterprise").set_index("enterprise")["name"]
        table["name"] = table["id"] if by == "bank" else table["id"].map(names)
        total = table["sum"].sum()
        table["share_pct"] = table["sum"] / total * 100 if total > 0 else float("nan")
        renamed = {"size": "pledges", "sum": "amount_10k_yuan", "size_before": "last_year_pledges"}
        renamed["sum_before"] = "last_year_amount_10k_yuan"
        made.append(table.rename(columns=renamed).assign(by=by))
    both = pd.concat(made, ignore_index=True)
    both = both.assign(is_dominant=both["share_pct"] >= DOMINANT_PCT)
    return labelled(both.astype({"pledges": "int64", "last_year_pledges": "int64"}), [*columns, "is_dominant"])


def _park_frame(
    scope: Scope, firms: pd.DataFrame, platforms: pd.DataFrame, talents: pd.DataFrame, pledges: pd.DataFrame
) -> pd.DataFrame:
    patents = by_park(patents_now(scope))
    talents = events_in(talents[talents["code"] == "talents_recruited"], scope.period)
    pledges = events_in(pledges, scope.period)
    made = []
    for park in [known.id for known in scope.zone.about.parks if scope.park in ("", known.id)]:
        here = firms[firms["park"] == park]
        doing = here[(here["back"] == 0) & (here[RD] > 0)]
        stands = platforms[platforms["park"] == park]
        loans = pledges[pledges["park"] == park]
        made.append(
            {
                **{
                    "park": park,
                    "rd_year": doing["year"].max(),
                    "rd_firms": len(doing),
                    RD: doing[RD].sum(min_count=1),
                },
                **{SALES: doing[SALES].sum(min_count=1)},
                "intensity_pct": ratio_and_median(doing[RD], doing[SALES])["ratio_of_sums"],
                "last_year_rd_10k_yuan": here.loc[here["back"] == 1, RD].sum(min_count=1),
                "patents_in_force": patents["in_force"].get(park, float("nan")),
                "patents_granted": patents["granted"].get(park, float("nan")),
                "platforms_new": int((stands["new_this_year"] == "yes").sum()),
                "platforms_recorded": len(stands),
                "talents_recruited": float(talents.loc[talents["park"] == park, "value"].sum()),
                **{"pledges": len(loans), "pledge_10k_yuan": float(loans["amount_10k_yuan"].sum())},
            }
        )
    return pd.DataFrame(made)
