"""From the template to the table and back, as an analyst types it."""

import re
import shutil

import duckdb
import openpyxl
import pytest

SOURCE = """
  - {id: report-2023, title: 测试用来源, publisher: 测试, place: 测试, covers: "2023"}
"""


@pytest.fixture
def book(call, project):
    """The workbook of 2023, with a source for its figures."""
    with (project / "data/yizheng/zone.yml").open("a", encoding="utf-8") as stream:
        stream.write(SOURCE)
    done = call("template", "yizheng", "--period", "2023", "--out", "next.xlsx", cwd=project)
    assert (done.returncode, done.stdout) == (0, "next.xlsx\n"), done.stderr
    return project / "next.xlsx"


def fill(path, name, value):
    """Type ``value`` beside the indicator ``name``."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["指标"]
    header = next(row for row in sheet.iter_rows() if any(str(c.value or "").startswith("数值") for c in row))
    column = next(cell.column for cell in header if str(cell.value or "").startswith("数值"))
    row = next(row for row in sheet.iter_rows() if any(cell.value == name for cell in row))[0].row
    sheet.cell(row, column).value = value
    workbook.save(path)


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_figure_typed_into_the_template_arrives(call, project, book):
    fill(book, "工业开票销售", 180.5)
    done = call("import", "next.xlsx", "--zone", "yizheng", "--received", "2024-01-10", cwd=project)
    assert done.returncode == 0, done.stderr
    rows = (project / "data/yizheng/indicators.csv").read_text(encoding="utf-8").splitlines()
    (row,) = [row for row in rows if row.startswith("2023,invoiced_sales,")]
    assert ",180.5,亿元," in row
    assert call("check", "yizheng", cwd=project).returncode == 0
    before = snapshot(project / "data")
    again = call("import", "next.xlsx", "--zone", "yizheng", "--received", "2024-02-10", cwd=project)
    assert again.returncode == 0
    assert snapshot(project / "data") == before


def test_a_changed_figure_is_a_revision(call, project, book):
    fill(book, "工业开票销售", 180.5)
    call("import", "next.xlsx", "--zone", "yizheng", "--received", "2024-01-10", cwd=project)
    fill(book, "工业开票销售", 181.2)
    done = call("import", "next.xlsx", "--zone", "yizheng", "--received", "2024-03-10", cwd=project)
    assert done.returncode == 0, done.stderr
    assert "revision 2023 invoiced_sales" in done.stdout
    rows = (project / "data/yizheng/indicators.csv").read_text(encoding="utf-8")
    assert rows.count("2023,invoiced_sales,") == 2


def test_figures_of_a_year_without_a_source_are_refused(call, project):
    call("template", "yizheng", "--period", "2023", "--out", "next.xlsx", cwd=project)
    fill(project / "next.xlsx", "工业开票销售", 180.5)
    done = call("import", "next.xlsx", "--zone", "yizheng", cwd=project)
    assert done.returncode == 1
    assert "the id of a source in zone.yml" in done.stderr


def test_a_bad_cell_writes_nothing_and_marks_a_copy(call, project, book):
    fill(book, "工业开票销售", "约一百八十")
    before = snapshot(project / "data")
    done = call("import", "next.xlsx", "--zone", "yizheng", "--mark", "marked.xlsx", cwd=project)
    assert done.returncode == 1
    assert "next.xlsx[指标]" in done.stderr
    assert "约一百八十" in done.stderr
    assert snapshot(project / "data") == before
    marked = openpyxl.load_workbook(project / "marked.xlsx")
    assert any(cell.comment for row in marked["指标"].iter_rows() for cell in row if cell.value == "约一百八十")


def test_an_ambiguous_name_is_settled_in_a_draft_of_the_mapping(call, project):
    workbook = openpyxl.Workbook()
    for row in (
        ["2022年主要经济指标"],
        ["指标名称", "计量单位", "累计"],
        ["工业投资额度", "亿元", 39],
        ["研发投入", "亿元", 3.9],
    ):
        workbook.active.append(row)
    workbook.save(project / "office.xlsx")
    arguments = ("import", "office.xlsx", "--zone", "yizheng", "--period", "2022", "--received", "2023-06-01")
    first = call(*arguments, "--draft", "office.yml", cwd=project)
    assert first.returncode == 1
    assert "工业投资额度" in first.stderr
    draft = project / "office.yml"
    text = draft.read_text(encoding="utf-8")
    assert "research" not in text
    assert "rd_spend" in text
    settled = text.replace("研发投入: rd_spend", "工业投资额度: industrial_investment\n    研发投入: rd_spend")
    draft.write_text(settled, encoding="utf-8")
    second = call(*arguments, "--mapping", "office.yml", cwd=project)
    assert second.returncode == 0, second.stderr + settled
    assert "revision 2022 industrial_investment" in second.stdout


def test_what_is_no_workbook_is_one_line(call, project):
    (project / "office.xlsx").write_bytes(b"PK no workbook")
    done = call("import", "office.xlsx", "--zone", "yizheng", "--mark", "marked.xlsx", cwd=project)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    assert not (project / "marked.xlsx").exists()


def test_a_ledger_may_be_parquet(call, project):
    ledger = project / "data/demo/enterprise_months"

    def write(types):
        rows = f"select * from read_csv('{ledger}.csv'{types})"
        duckdb.sql(f"copy ({rows}) to '{ledger}' (format parquet, partition_by (period), overwrite)")

    write("")
    shutil.move(f"{ledger}.csv", project / "kept.csv")
    guessed = call("check", "demo", cwd=project)
    assert guessed.returncode == 1, "DuckDB takes yes and no for booleans: all firms would be below scale"
    assert re.search(r"above_scale +true +empty, or one of yes, no", guessed.stderr)
    shutil.move(project / "kept.csv", f"{ledger}.csv")
    write(", types = {'above_scale': 'varchar'}")
    ledger.with_suffix(".csv").unlink()
    done = call("check", "demo", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    shutil.rmtree(ledger / "period=2022-12")
    assert call("check", "demo", cwd=project).returncode == 0, "a month without a ledger is no fault"
