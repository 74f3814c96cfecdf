"""The analyst's desk: copies that may be changed, views that are kept, a board that answers in a real browser."""

import shutil
import socket
import subprocess
import sys

import nbformat
import playwright.sync_api as playwright
import pytest

from zonereport.desk.copies import lay
from zonereport.desk.exploring import Board
from zonereport.desk.keeping import keep
from zonereport.inputs import load_zone
from zonereport.present.explore import PANELS


def test_copies_are_laid_out_and_changed_ones_are_kept(said, project):
    sources = {path: path.read_bytes() for path in (project / "notebooks").iterdir()}
    done = said("desk", "demo", cwd=project)
    count = len(sources) + 1
    assert done.stdout == f"desk/demo: {count} notebooks written, 0 that you changed kept\n"
    mine = project / "desk" / "demo" / "04_innovation.ipynb"
    mine.write_text(mine.read_text(encoding="utf-8").replace("2022-12", "2022-06"), encoding="utf-8")
    changed = mine.read_bytes()
    # what was not changed follows its chapter
    chapter = project / "notebooks" / "02_projects.ipynb"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("产业项目", "重大项目", 1), encoding="utf-8")
    again = said("desk", "demo", cwd=project)
    # the chapter, and the page that lists it by its title
    assert again.stdout == "desk/demo: 2 notebooks written, 1 that you changed kept\n"
    assert mine.read_bytes() == changed
    assert "重大项目" in (project / "desk" / "demo" / "02_projects.ipynb").read_text(encoding="utf-8")
    del sources[chapter]
    assert {path: path.read_bytes() for path in sources} == sources


def test_a_copy_is_of_the_zone_and_says_what_there_is_to_choose(project):
    zone = load_zone("demo", project)
    folder = lay(project, zone).folder
    book = nbformat.read(folder / "01_indicators.ipynb", as_version=4)
    (parameters,) = [cell.source for cell in book.cells if "parameters" in cell.metadata.get("tags", [])]
    assert parameters.splitlines()[:2] == [
        'zone = "demo"  # folder below data/',
        'period = "2022-12"  # a year, or a cumulative month such as 2022-11',
    ]
    assert "yunjin（云锦智造园）" in book.cells[1].source
    assert "2020-01 至 2022-12" in book.cells[1].source
    readme = nbformat.read(folder / "README.ipynb", as_version=4)
    assert "[主要指标](01_indicators.ipynb)" in readme.cells[0].source


def test_the_board_answers_and_follows_its_choices(root, monkeypatch):
    """One board for both: opening an edition is what takes the time."""
    monkeypatch.chdir(root)
    board = Board("demo", "2022-11")
    board.tabs.selected_index = list(PANELS).index("reach")
    board.code.value = "treasury_tax"
    assert board.answer.value == "工业入库税收达到2.98亿元，同比3.8%，居第4位，完成年度目标的87.6%。"
    board.amount.value = 3.1
    assert "居第2位" in board.answer.value
    tree = board._evidence(board.edition.report())
    assert "工业入库税收" in str(tree) + tree._repr_html_()
    board.edition.park.value = "yunjin"
    assert board.edition.report().park == "yunjin"
    board.edition.zone.value = "yizheng"
    # the parks of the other zone are gone, its only period is picked
    assert (board.edition.park.value, board.edition.period.value) == ("", "2022")
    assert board.code.value in set(board.edition.report().indicators()["code"])


def test_a_kept_view_stands_in_the_next_report(call, project):
    assert keep(project, "demo", ("peers", "treasury_tax", ""))
    assert not keep(project, "demo", ("peers", "treasury_tax", ""))
    assert keep(project, "demo", ("course", "invoiced_sales", "yunjin"))
    (project / "reports.yml").write_text(
        "books:\n  annual:\n    documents:\n      report: [80_views]\n    formats: [html]\n", encoding="utf-8"
    )
    done = call("run", "demo", "--period", "2022-11", cwd=project)
    assert done.returncode == 0, done.stderr
    page = (project / "reports/demo/2022-11/report.html").read_text(encoding="utf-8")
    assert "专题" in page
    assert "工业入库税收在同类开发区中的位置" in page
    assert "工业开票销售逐月累计" not in page


def answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.browser
def test_the_board_works_in_a_browser(root, patience, until):
    """Through Voila, which shows a notebook without its code, in a real Chromium."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not executable:
        pytest.skip("no Chromium on this machine")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "voila", "notebooks/explore.ipynb", "--no-browser", f"--port={port}"]
    server = subprocess.Popen([*command, "--Voila.ip=127.0.0.1"], cwd=root, stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(port))
        with playwright.sync_playwright() as started:
            chromium = started.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
            page = chromium.new_page()
            # a page is there when its cells have run, and they load the data
            page.set_default_timeout(5000 * patience)
            page.goto(f"http://127.0.0.1:{port}/")
            # the indicators of the real zone are offered; the figure of the year is one number, so no course is drawn
            page.get_by_text("逐月数不足两个月").wait_for()
            page.get_by_role("tab", name="全部数字").click()
            page.get_by_role("cell", name="165亿元").first.wait_for()
            page.get_by_role("tab", name="争先进位").click()
            page.get_by_text("工业开票销售达到165亿元").wait_for()
            chromium.close()
    finally:
        server.terminate()
        server.wait()
