"""The league of a batch in the chapter on the core indicators: its table, its words, nothing where there is none."""

import dataclasses

import pandas as pd
import pytest

from zonereport.metrics.compare.ranking.rank_tables import with_ends
from zonereport.present import indicators

# of five zones: first alone, third with another, last with another, first with three others, in the middle of nine
ROWS = [
    ("safety_accidents", "level", 1, 5, 5),
    ("patents_granted", "level", 5, 9, 1),
    ("tech_smes_evaluated", "level", 1, 5, 4),
    ("treasury_tax", "growth", 4, 5, 2),
    ("rd_spend", "level", 3, 5, 2),
    ("invoiced_sales", "growth", 1, 5, 1),
    ("land_renewed", "level", 1, 1, 1),
    ("projects_signed", "level", None, 4, None),
]
RULE = "这一位次只在本批开发区之间排列，不是来源公布的位次；{}；数值相同的位次并列。"
SYNTHETIC = RULE.format("参加排名的均为模拟开发区，不与真实开发区相比")


def frame(rows, origin="synthetic"):
    """A zone's rows of a league, as a batch hands them to its edition."""
    made = pd.DataFrame(rows, columns=["code", "on", "rank", "rank_of", "tied"]).astype({"rank": float, "tied": float})
    qualifier = made["code"].map({"rd_spend": "estimate"}).fillna("")
    return with_ends(made.assign(origin=origin, qualifier=qualifier, reason="", zone="demo"))


@pytest.fixture
def with_league(year):
    """The synthetic zone's whole year as a batch builds it: a function of the rows of its league."""
    return lambda *args, **kwargs: dataclasses.replace(year, details={**year.details, "league": frame(*args, **kwargs)})


def test_where_there_is_no_league_nothing_is_shown(year, only_year, one_park, with_league):
    alone = with_league([("invoiced_sales", "growth", 1, 1, 1)])
    unranked = with_league([("invoiced_sales", "growth", None, 4, None)])
    for report in (year, only_year, one_park, alone, unranked):
        assert indicators.league(report).kind == indicators.league_places(report).kind == "gap"
        assert indicators.league(report).gaps == ()


def test_the_table_lists_the_core_and_the_ends_of_the_others(with_league, year):
    report = with_league(ROWS)
    table = indicators.league(report).draw.data
    assert table.to_numpy().tolist() == [
        ["工业开票销售", "增速", "6.6%", "第1位（共5个）"],
        ["工业入库税收", "增速", "3.8%", "第4位（共5个，并列2个）"],
        ["国家科技型中小企业评价通过", "水平", "53家", "第1位（共5个，并列4个）"],
        ["研发投入", "水平", "预计4.13亿元", "第3位（共5个，并列2个）"],
    ]
    assert list(table) == ["指标", "比较口径", "数值", "位次"]
    # the figures that all other tables print
    assert table["数值"].tolist()[:2] == [year.text(code, "growth") for code in ("invoiced_sales", "treasury_tax")]


def test_the_caption_says_what_was_found_and_the_note_what_is_not_listed(with_league):
    said = indicators.league(with_league(ROWS))
    assert said.caption == "本批5至9个开发区中的位次：2项居首位，1项居末位"
    assert said.note.startswith("资料来源：")
    assert said.note.endswith(
        "位次从优到劣排列。按水平排列的位次受开发区规模影响，不说明快慢。预计数、约数和界限数按所列数值排列。"
        "未列的有各开发区数值相同的1项、主要指标以外不在前3位和后3位的1项、"
        "只有本开发区报数的1项和本开发区没有可比数的1项。"
    )
    plain = indicators.league(with_league([("invoiced_sales", "growth", 2, 3, 1), ("treasury_tax", "growth", 1, 3, 2)]))
    assert plain.caption == "本批3个开发区中的位次：1项居首位，没有指标居末位"
    assert plain.note.endswith("位次从优到劣排列。")


def test_the_sentence_says_what_the_zone_leads_and_trails_in_and_among_whom(with_league):
    assert indicators.league_places(with_league(ROWS)).draw == (
        "在本批5至9个开发区中，居首位的有工业开票销售，并列首位的有国家科技型中小企业评价通过，"
        "并列末位的有工业入库税收。" + SYNTHETIC
    )
    middle = [("invoiced_sales", "growth", 3, 5, 1), ("treasury_tax", "growth", 2, 5, 2)]
    assert indicators.league_places(with_league(middle, origin="published")).draw == (
        "在本批5个开发区中，没有指标居首位，位次最前的是工业入库税收（第2位），没有指标居末位。"
        + RULE.format("模拟开发区不参加排名")
    )
    both = [("invoiced_sales", "growth", 2, 5, 1), ("treasury_tax", "growth", 2, 5, 1)]
    assert "位次最前的是工业开票销售和工业入库税收（第2位）" in indicators.league_places(with_league(both)).draw
    last = [("invoiced_sales", "growth", 2, 2, 1), ("treasury_tax", "growth", 2, 2, 1)]
    assert (
        "开发区中，没有指标居首位，居末位的有工业开票销售和工业入库税收。"
        in indicators.league_places(with_league(last)).draw
    )
    assert indicators.league(with_league(middle)).caption == "本批5个开发区中的位次：没有指标居首位或末位"


def test_many_are_counted_not_named(with_league, year):
    codes = [code for code in year.codes("S6") if year.has(code)][:6]
    text = indicators.league_places(with_league([(code, "level", 1, 3, 1) for code in codes])).draw
    assert f"居首位的有{'、'.join(map(year.label, codes[:5]))}等6项，没有指标居末位。" in text


def test_where_all_are_equal_nobody_is_first(with_league):
    report = with_league([("invoiced_sales", "growth", 1, 3, 3), ("treasury_tax", "growth", 1, 3, 3)])
    assert indicators.league(report).kind == "gap"
    assert indicators.league_places(report).draw == "在本批3个开发区中，2项指标的数值均相同，不分先后。" + SYNTHETIC
