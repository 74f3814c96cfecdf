"""The synthetic zone as it is committed, loaded once."""

import pytest


@pytest.fixture(scope="session")
def zone(demo_zone):
    return demo_zone


@pytest.fixture(scope="session")
def tables(zone):
    return zone.tables


@pytest.fixture(scope="session")
def published(tables):
    """indicators.csv as it stands after the last revision."""
    rows = tables["indicators"].sort_values("vintage", kind="stable")
    return rows.drop_duplicates(["period", "code", "park"], keep="last")


@pytest.fixture(scope="session")
def value(published):
    """The published value of a code, period and park as a function; the whole zone where no park is named."""
    cells = published.set_index(["code", "period", "park"])["value"]
    return lambda code, period="2022-12", park="": cells[code, period, park]
