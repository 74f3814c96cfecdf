"""An edition shows its own day: nothing that happened after its period is printed or measured."""

import re

import pytest

from zonereport.inputs import Period
from zonereport.metrics import measures_and_details
from zonereport.metrics.indicators.counted import end_of, month_number

EDITIONS = ("2021-12", "2022-02", "2022-06")
# when a row of a table first says that the thing was there; a carrier or work has the day of its status alone
BEGINS = {"carriers": ("name", "status_date"), "works": ("name", "status_date"), "land": ("name", "period")}
# what has happened, with the month behind it in brackets: 已投产（2022年3月）
HAPPENED = re.compile(r"(?:已投产|已投用|已封顶|已获批|已签约|已退出|试生产|在建|办理许可|主线完成) \| .*")
MONTH = re.compile(r"（(20\d\d)年(\d+)月[；）]")
COVERS = re.compile(r"所属期20\d\d年\d+月至(20\d\d)年(\d+)月")
DONE = re.compile(r"任务清单共\d+项.*?已完成(\d+)项")
# columns of frames that say when something was reached, not when it is planned or ends
REACHED = ("status_date", "stage_since", "actual_start", "actual_production", "won", "issued")


@pytest.fixture(scope="module", params=EDITIONS)
def printed(request, root) -> tuple[Period, str]:
    """The period of an edition and all that its report and brief print: tests/test_golden_text.py holds it to that."""
    files = sorted((root / "tests/golden/text").glob(f"demo_{request.param}_*.txt"))
    assert len(files) >= 2
    return Period.parse(request.param), "\n".join(path.read_text(encoding="utf-8") for path in files)


def later_names(zone, period: Period) -> set[str]:
    """The names of the tables that nobody could have heard of by the end of a period."""
    end = end_of(period)
    names: set[str] = set()
    for table, (name, begins) in BEGINS.items():
        rows = zone.tables[table]
        names |= set(rows.loc[rows[begins].map(month_number) > end, name])
    first = zone.tables["project_progress"].groupby("project")["period"].min()
    projects = zone.tables["projects"].set_index("project")["name"]
    names |= set(projects[first.map(month_number).reindex(projects.index) > end])
    tasks = zone.tables["tasks"]
    names |= set(tasks.loc[tasks["set_on"] > period.last_day, "title"])
    statements = zone.tables["statements"]
    return names | set(statements.loc[statements["period"].map(month_number) > end, "sentence"])


def test_nothing_is_named_that_nobody_had_heard_of(printed, demo_zone):
    period, text = printed
    names = later_names(demo_zone, period)
    assert len(names) > 20
    assert sorted(name for name in names if name in text) == []


def test_no_state_is_dated_later(printed):
    period, text = printed
    late = []
    for line in HAPPENED.findall(text):
        months = [int(year) * 12 + int(month) - 1 for year, month in MONTH.findall(line)]
        late += [line for month in months if month > end_of(period)]
    assert late == []
    assert HAPPENED.search(text), "the annex lists the projects with their stages"


def test_a_task_is_done_from_the_day_on_which_it_was(printed, demo_zone):
    period, text = printed
    tasks = demo_zone.tables["tasks"]
    done = int(((tasks["done"] != "") & (tasks["done"] <= period.last_day)).sum())
    counts = {int(count) for count in DONE.findall(text)}
    assert counts == ({done} if done else set())


def test_no_source_covers_a_later_month(printed):
    period, text = printed
    ends = {int(year) * 12 + int(month) - 1 for year, month in COVERS.findall(text)}
    assert ends == {end_of(period)}


def test_no_frame_holds_what_was_reached_later(demo_zone):
    period = Period.parse("2022-06")
    _, frames = measures_and_details(demo_zone, period="2022-06")
    looked_at = 0
    for name, frame in frames.items():
        for column in frame.columns.intersection(REACHED):
            months = frame[column].astype("str").replace({"nan": "", "<NA>": ""}).map(month_number)
            looked_at += int(months.notna().sum())
            assert not (months > end_of(period)).any(), (name, column)
    assert looked_at > 20
