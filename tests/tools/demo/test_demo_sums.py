"""Everything in the synthetic zone adds up: each sum is made again from the tables."""

import pandas as pd
import pytest

YEARS = ("2020", "2021", "2022")
EVENTS = {
    "tech_smes_evaluated": "recognitions",
    "hightech_pipeline_new": "recognitions",
    "hightech_recognised": "recognitions",
    "little_giants_new": "recognitions",
    "listing_pipeline_new": "recognitions",
    "innovation_leaders_provincial": "recognitions",
    "rd_platforms_provincial_new": "platforms",
}
AMOUNTS = {
    "talents_recruited": ("talents", "value"),
    "talents_overseas": ("talents", "value"),
    "talents_national": ("talents", "value"),
    "ip_pledge_finance": ("ip_pledges", "amount"),
    "land_renewed": ("land", "area"),
    "land_renewed_tax": ("land", "tax_gained_10k_yuan"),
}


@pytest.fixture(scope="module")
def ledger(tables):
    firms = tables["enterprises"][["enterprise", "park", "industry", "founded"]]
    return tables["enterprise_months"].merge(firms, on="enterprise", validate="many_to_one")


def events(frame: pd.DataFrame, code: str, until: str) -> pd.DataFrame:
    rows = frame[(frame["period"] >= until[:4]) & (frame["period"] <= until)]
    return rows[rows["code"] == code] if "code" in rows else rows


@pytest.mark.parametrize(
    ("code", "column"),
    [("invoiced_sales", "invoiced_sales_10k_yuan"), ("treasury_tax", "tax_10k_yuan"), ("rd_spend", "rd_10k_yuan")],
)
def test_the_ledger_of_firms_adds_up_to_what_is_published(ledger, value, published, code, column):
    periods = published.loc[published["code"] == code, "period"].unique()
    assert "2022-12" in periods
    sums = ledger.groupby("period")[column].sum() / 10_000
    for period in periods:
        assert abs(sums[period] - value(code, period)) <= 0.005 + 1e-9
    for park, total in ledger[ledger["period"] == "2022-12"].groupby("park")[column].sum().items():
        assert abs(total / 10_000 - value(code, "2022-12", park)) <= 0.01


def test_output_is_that_of_the_firms_on_the_register(ledger, value, published):
    on = ledger["above_scale"] == "yes"
    assert ledger.loc[~on, "output_10k_yuan"].isna().all()
    sums = ledger[on].groupby("period")["output_10k_yuan"].sum() / 10_000
    for period in published.loc[published["code"] == "industrial_output", "period"].unique():
        assert abs(sums[period] - value("industrial_output", period)) <= 0.005 + 1e-9


def test_growth_of_output_is_that_of_the_same_firms(tables, published):
    output = tables["enterprise_months"].pivot(index="enterprise", columns="period", values="output_10k_yuan")
    # a firm that came on the register within the year has no output of last year in this ledger: the bureau knows it
    old = output.dropna(subset=["2021-12", "2022-12"])
    same = (old["2022-12"].sum() / old["2021-12"].sum() - 1) * 100
    rows = published[(published["code"] == "industrial_output") & (published["park"] == "")].set_index("period")
    levels = (rows.at["2022-12", "value"] / rows.at["2021-12", "value"] - 1) * 100
    said = rows.at["2022-12", "growth_pct"]
    assert abs(said - same) < abs(said - levels)
    assert abs(said - levels) > 0.5


@pytest.mark.parametrize("code", EVENTS)
def test_named_firms_are_as_many_as_published(tables, value, code):
    for year in YEARS:
        for month in (6, 9, 12):
            until = f"{year}-{month:02d}"
            assert len(events(tables[EVENTS[code]], code, until)) == value(code, until)


@pytest.mark.parametrize("code", AMOUNTS)
def test_amounts_add_up_to_what_is_published(tables, value, code):
    table, column = AMOUNTS[code]
    for year in YEARS:
        for month in (6, 12):
            until = f"{year}-{month:02d}"
            assert events(tables[table], code, until)[column].sum() == value(code, until)


def test_the_register_gives_the_firms_above_scale(ledger, value):
    for section, code in {"C": "above_scale_industry_new", None: "above_scale_services_new"}.items():
        industry = ledger["industry"].str.startswith("C")
        rows = ledger[industry if section else ~industry]
        listed = rows[rows["above_scale"] == "yes"].groupby("period")["enterprise"].agg(set)
        if section:
            assert all(len(firms) == value("enterprises_above_scale", period) for period, firms in listed.items())
        for year in ("2021", "2022"):
            before = listed[f"{int(year) - 1}-12"]
            assert len(listed[f"{year}-12"] - before) == value(code, f"{year}-12")


def test_sales_give_the_firms_newly_over_a_threshold(ledger, value):
    sales = ledger.pivot(index="enterprise", columns="period", values="invoiced_sales_10k_yuan")
    for code, threshold in {"firms_over_100m_new": 10_000, "firms_over_2bn_new": 200_000}.items():
        new = (sales["2022-12"] >= threshold) & ~(sales[["2020-12", "2021-12"]] >= threshold).any(axis=1)
        assert new.sum() == value(code)


def test_patents_follow_from_those_of_the_firms(tables, value):
    by_period = tables["patents"].groupby("period")[["granted", "in_force"]].sum()
    for period, row in by_period.iterrows():
        assert (row["granted"], row["in_force"]) == (
            value("patents_granted", period),
            value("patents_in_force", period),
        )
    for year in (2021, 2022):
        change = by_period.at[f"{year}-12", "in_force"] - by_period.at[f"{year - 1}-12", "in_force"]
        assert change == value("patents_in_force_net", f"{year}-12")


def test_projects_give_what_was_signed_and_listed(tables, value):
    progress, projects = tables["project_progress"], tables["projects"].set_index("project")
    signed = progress.groupby("project")["period"].min()
    for year in YEARS:
        new = [p for p, period in signed.items() if period[:4] == year and not (year == "2020" and p < "x2020")]
        assert len(new) == value("projects_signed", f"{year}-12")
        invested = projects.loc[new, "investment"].sum()
        assert invested == pytest.approx(value("projects_signed_investment", f"{year}-12"))
    tiers = projects["tier"].value_counts()
    assert (tiers["provincial"], tiers["city"]) == (value("projects_provincial_list"), value("projects_city_list"))
    spent = progress.pivot(index="period", columns="project", values="invested").ffill().fillna(0).sum(axis=1)
    for year in (2021, 2022):
        assert spent[f"{year}-12"] - spent[f"{year - 1}-12"] < value("industrial_investment", f"{year}-12")


def test_governance_closes_what_is_published(tables, value):
    rows = tables["governance"]
    assert (rows["closed"] <= rows["reported"]).all()
    for row in rows.itertuples():
        assert row.closed == value(row.code, row.period, row.park)
    parks = rows[rows["park"] != ""].groupby(["period", "code"])[["reported", "closed"]].sum()
    zone = rows[rows["park"] == ""].set_index(["period", "code"])[["reported", "closed"]]
    assert zone.sort_index().eq(parks).all(axis=None)


def test_parks_add_up_to_the_zone_in_every_vintage(zone, tables):
    nature = zone.dictionary.indicators["nature"]
    rows = tables["indicators"].dropna(subset="value")
    assert set(nature[rows["code"].unique()]) == {"flow_ytd", "stock"}
    key = ["period", "code", "vintage"]
    parks = rows[rows["park"] != ""].groupby(key)["value"].agg(["sum", "size"])
    whole = rows[rows["park"] == ""].set_index(key)["value"]
    assert set(parks["size"]) == {3}
    assert (parks["sum"] - whole).abs().max() < 1e-6
    assert len(parks) == len(whole)


def test_cumulative_figures_never_fall_and_are_never_negative(zone, published):
    nature = zone.dictionary.indicators["nature"]
    rows = published.dropna(subset="value").sort_values("period")
    assert (rows["value"] >= 0).all()
    flows = rows[rows["code"].map(nature) == "flow_ytd"]
    assert (flows.groupby(["code", "park", flows["period"].str[:4]])["value"].diff().dropna() >= -1e-9).all()


def test_published_decimals_are_those_of_the_dictionary(root, zone):
    text = pd.read_csv(root / "data/demo/indicators.csv", dtype="str", keep_default_na=False)
    text = text[text["value"] != ""]
    digits = text["value"].str.partition(".")[2].str.len()
    assert (digits.to_numpy() == zone.dictionary.indicators.loc[text["code"], "decimals"].to_numpy()).all()
