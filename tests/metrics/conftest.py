"""What tests of topics share: the zones, and an edition as a topic sees it, before any other topic has measured."""

import dataclasses

import pandas as pd
import pytest

from zonereport.inputs import Period, load_zone
from zonereport.metrics.frame import measures_frame
from zonereport.metrics.indicators.levels import published
from zonereport.metrics.indicators.targets import completion
from zonereport.metrics.scope import Scope


@pytest.fixture(scope="session")
def demo(demo_zone):
    """The synthetic zone."""
    return demo_zone


@pytest.fixture(scope="session")
def real(root):
    """The real zone, loaded once; nobody changes its tables in place."""
    return load_zone("yizheng", root)


@pytest.fixture(scope="session")
def scope_of(demo):
    """The scope of the synthetic zone (or ``zone``) with some tables changed; a table that is None is not there."""

    def make(period="2022-12", park="", zone=demo, **tables):
        changed = {name: table for name, table in (zone.tables | tables).items() if table is not None}
        zone, when = dataclasses.replace(zone, tables=changed), Period.parse(period)
        rows = list(published(zone.tables["indicators"], zone.dictionary, period=when, park=park))
        targets = pd.DataFrame() if park else zone.tables.get("targets", pd.DataFrame())
        values = [row for row in rows if row["measure"] == "value"]
        rows += completion(values, targets, zone.dictionary, period=when)
        return Scope(zone, when, park, measures_frame(rows))

    make.zone = demo
    return make


@pytest.fixture(scope="session")
def measured():
    """The rows of a topic's figures, indexed by code and measure."""

    def make(topic, scope):
        frame = measures_frame(topic.figures(scope))
        assert not frame.duplicated(["code", "measure"]).any()
        return frame.set_index(["code", "measure"]).sort_index()

    return make
