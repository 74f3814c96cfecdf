"""A public edition as it is run: of the firms that the internal one names none is left, and what it says is true."""

import dataclasses
import json

import pandas as pd
import pypdfium2
import pytest

from tests.test_golden_text import printed_lines
from zonereport.disclosure import checked, policy, public_edition
from zonereport.disclosure.amounts import TABLES
from zonereport.disclosure.cells import cell_of, recomputable
from zonereport.disclosure.edition import withheld_names, without_unsafe_figures
from zonereport.inputs import Period, load_zone
from zonereport.metrics import measures_and_details
from zonereport.metrics.schemas import schemas

# a book that prints most of what is withheld, and one whose chapter says what it must not
BOOKS = """
  short:
    documents:
      brief: [brief]
      report: [03_enterprises]
    formats: [html, pdf]
  loose:
    documents:
      report: [loose]
    formats: [html]
"""
# columns that name a firm, a project or a plot, or hold the id of one
IDENTIFYING = {"enterprise", "project", "name", "plot"}
LEAK = "皓珂汽车部件"


@pytest.fixture(scope="module")
def public(demo_zone):
    return public_edition(demo_zone, period="2022-12")


@pytest.fixture(scope="module")
def built(tmp_path_factory, copied, command):
    """The folder of a project with a public edition of demo, and what the command printed."""
    folder = copied(tmp_path_factory.mktemp("public"))
    with (folder / "reports.yml").open("a", encoding="utf-8") as stream:
        stream.write(BOOKS)
    source = json.loads((folder / "notebooks/06_governance.ipynb").read_text(encoding="utf-8"))
    source["cells"].append({"cell_type": "markdown", "id": "loose", "metadata": {}, "source": f"走访{LEAK}。"})
    (folder / "notebooks/loose.ipynb").write_text(json.dumps(source, ensure_ascii=False), encoding="utf-8")
    done = command("run", "demo", "--period", "2022-12", "--book", "short", "--public", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def test_every_frame_with_a_name_or_an_id_is_decided():
    named = {frame for frame, columns in schemas().items() if IDENTIFYING & {column.name for column in columns}}
    # bounds, carriers and works of the zone itself have names, too
    about_the_zone = {"bounds", "place_carriers", "place_works"}
    assert named - about_the_zone <= set(policy.INDIVIDUAL)
    assert {*policy.INDIVIDUAL, *policy.UNJUDGED, *(table.frame for table in TABLES)} <= set(schemas())


def test_every_frame_with_money_of_the_ledgers_is_decided():
    money = set()
    for frame, columns in schemas().items():
        if any(column.name.endswith(("_10k_yuan", "_100m_yuan")) for column in columns):
            money.add(frame)
    decided = {*policy.INDIVIDUAL, *policy.UNJUDGED, *(table.frame for table in TABLES)}
    # research of the whole zone against its output
    assert money - decided == {"innovation_intensity"}


def golden(root):
    """What brief and report of the internal edition print."""
    text = ""
    for name in ("brief", "report"):
        text += (root / "tests/golden/text" / f"demo_2022-12_{name}.txt").read_text(encoding="utf-8")
    return text


def test_of_the_named_firms_none_is_left_in_any_file(built, demo_zone, root):
    folder, printed = built
    internal = golden(root)
    named = [name for name in demo_zone.tables["enterprises"]["name"] if name in internal]
    assert len(named) >= 40, "the internal edition names them"
    place = folder / "reports/demo/2022-12_public"
    names = withheld_names(demo_zone)
    after = checked(place, names=names, amounts=[], printed=[])
    assert after.leaks == ()
    line = next(line for line in printed.splitlines() if line.startswith("disclosure check"))
    assert f"{after.files} files read, {len(names)} names" in line
    assert "none found" in line
    assert json.loads((place / "manifest.json").read_text(encoding="utf-8"))["public"] is True


def test_every_page_says_that_it_is_the_public_version(built):
    folder, _ = built
    place = folder / "reports/demo/2022-12_public"
    for name in ("brief", "report"):
        assert "公开版" in (place / f"{name}.html").read_text(encoding="utf-8")
        with pypdfium2.PdfDocument(place / f"{name}.pdf") as document:
            for page in document:
                textpage = page.get_textpage()
                assert "公开版" in textpage.get_text_bounded()
                textpage.close()
                page.close()
    assert not (folder / "reports/demo/2022-12").exists(), "the internal edition has a folder of its own"


def test_nothing_is_denied_that_is_only_withheld(built, root):
    """A sentence of absence of the public edition is one of the internal edition, too."""
    folder, _ = built
    internal = golden(root)
    for name in ("brief", "report"):
        page = (folder / f"reports/demo/2022-12_public/{name}.html").read_text(encoding="utf-8")
        for sentence in "。".join(printed_lines(page)).split("。"):
            if any(word in sentence for word in ("没有", "均不", "尚无")):
                assert sentence in internal


def test_a_name_that_is_left_keeps_the_edition_unpublished(built, command):
    folder, _ = built
    done = command("run", "demo", "--period", "2022-06", "--book", "loose", "--public", cwd=folder)
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert line.startswith("public edition: ")
    assert LEAK in line
    assert not (folder / "reports/demo/2022-06_public").exists()


def test_amounts_withheld_cannot_be_recomputed(public, demo_zone):
    """Of every table with a published total: what is missing in a line is two cells at least, and none follows."""
    _, full = measures_and_details(demo_zone, period="2022-12")
    hidden = 0
    for table in TABLES:
        before, after = full[table.frame], public.details[table.frame]
        rows = before[table.only(before)]
        groups = [list(rows.index)]
        if table.line:
            groups = [list(group) for group in rows.groupby(table.line).groups.values()]
        column = table.total[0]
        for line in groups:
            lost = [place for place in line if pd.isna(after.at[place, column]) and before.at[place, column] > 0]
            hidden += len(lost)
            assert recomputable(lost, [line]) == []
    assert hidden >= public.withheld.primary
    # what was judged safe is printed as it was
    kept = public.details["enterprise_sizes"]["revenue_12m_10k_yuan"].dropna()
    assert len(kept) > 3
    assert (kept == full["enterprise_sizes"]["revenue_12m_10k_yuan"][kept.index]).all()


def test_the_figures_of_one_firm_go_and_shares_of_few_are_ranges(public):
    measures = public.measures.set_index(["code", "measure"])
    assert measures.at[("invoiced_sales", "top1_share"), "reason"] == "withheld"
    ranged = measures.loc[("invoiced_sales", "top10_share")]
    assert (ranged["value"], ranged["qualifier"]) == (65.0, "approximate")
    assert measures.at[("invoiced_sales", "value"), "value"] == 174.2
    assert public.zone.is_public
    assert all(public.zone.tables[name].empty for name in policy.LEDGERS)


def test_a_park_that_two_firms_make_is_withheld_with_another_one(demo_zone):
    """All firms of a park but two move away: its taxes go, and those of the smallest other park with them."""
    firms = demo_zone.tables["enterprises"]
    chuanhe = firms.index[firms["park"] == "chuanhe"]
    moved = firms.assign(park=firms["park"].where(~firms.index.isin(chuanhe[2:]), "yunjin"))
    zone = dataclasses.replace(demo_zone, tables=demo_zone.tables | {"enterprises": moved})
    reduced, counts = without_unsafe_figures(zone, Period.parse("2022-12"))
    table = reduced.tables["indicators"]
    assert set(table[table["code"] == "treasury_tax"]["park"]) == {"", "yunjin"}
    assert set(table[table["code"] == "industrial_output"]["park"]) == {"", "yunjin"}
    assert counts.count("primary") >= 3
    # investment is no figure of the firms' ledger
    assert "chuanhe" in set(table[table["code"] == "industrial_investment"]["park"])


def test_a_published_figure_of_few_pledges_goes_as_its_table_does(demo_zone):
    """Two firms of 川禾 got loans on patents: neither the table of parks nor the published figure says how much."""
    reduced, _ = without_unsafe_figures(demo_zone, Period.parse("2022-12"))
    table = reduced.tables["indicators"]
    left = set(table[table["code"] == "ip_pledge_finance"]["park"])
    assert "" in left
    assert "chuanhe" not in left
    # hundreds of firms make the sales of each park
    assert set(table[table["code"] == "invoiced_sales"]["park"]) == {"", "yunjin", "xinglan", "chuanhe"}


def test_a_figure_of_the_zone_that_two_firms_make_goes_whole(demo_zone):
    """By February two firms had got loans on patents: no published figure says how much, of the zone or of a park."""
    reduced, counts = without_unsafe_figures(demo_zone, Period.parse("2022-02"))
    pledges = demo_zone.tables["ip_pledges"]
    assert pledges[pledges["period"].isin(["2022-01", "2022-02"])]["enterprise"].nunique() < 3
    assert "primary" in counts
    assert "ip_pledge_finance" not in set(reduced.tables["indicators"]["code"])


def test_names_listed_in_zone_yml_take_their_sentences_with_them(root):
    made = public_edition(load_zone("yizheng", root), period="2022")
    sentences = "".join(made.zone.tables["statements"]["sentence"])
    assert "柴茂荣" not in sentences
    assert "道赢" not in sentences, "a firm of the ledger"
    assert "一区三园改革" in sentences
    assert {"柴茂荣", "万润光电"} <= set(made.withheld.names)


def test_an_amount_that_its_contributors_do_not_make_is_not_printed():
    assert cell_of(pd.Series([4.0, 3.0, 3.0]), 3, 10.0).is_safe
    assert not cell_of(pd.Series([4.0, 3.0, 3.0]), 3, 12.0).is_safe
    assert not cell_of(None, 9, 12.0).is_safe
