"""assessment.csv: a city's scoring rules that cannot be scored are refused, weights that do not fill 100 are said."""

import pytest

from zonereport.inputs import InputError, load_zone

HEADER = "year,code,pillar,weight,rule,points,measured_on,lower,upper,first_tier,source\n"
SOUND = [
    "2022,invoiced_sales,工业经济,60,rank_step,60,growth,-10,25,3,summary-2022",
    "2022,treasury_tax,财税贡献,40,efficacy,40,growth,-15,25,3,summary-2022",
]


@pytest.fixture
def load(project):
    """The real zone with an assessment.csv of these rows."""

    def run(*rows):
        path = project / "data" / "yizheng" / "assessment.csv"
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return load_zone("yizheng", project)

    return run


def test_sound_rules_load_without_a_warning(load):
    zone = load(*SOUND)
    assert zone.warnings == ()
    assert zone.tables["assessment"]["weight"].sum() == 100


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("-15,25", "25,-15", 'row 3, lower: "25"; expected a number below upper, -15'),
        ("-15,25", "25,25", 'row 3, lower: "25"; expected a number below upper, 25'),
        ("-15,25", ",25", "row 3, lower: empty; expected a number, the rule efficacy needs both"),
        ("-15,25", "-15,", "row 3, upper: empty; expected a number, the rule efficacy needs both"),
        (",40,efficacy", ",0,efficacy", 'row 3, weight: "0"; expected a number above 0'),
        ("efficacy,40", "efficacy,-4", 'row 3, points: "-4"; expected a number above 0'),
        ("-15,25", "-15,2o", 'row 3, upper: "2o"; expected a number such as 165 or 1.8'),
    ],
)
def test_rules_that_cannot_be_scored(load, old, new, line):
    with pytest.raises(InputError) as caught:
        load(SOUND[0], SOUND[1].replace(old, new))
    assert str(caught.value).splitlines() == [f"assessment.csv {line} (zone yizheng, treasury_tax)"]


def test_goalposts_may_be_left_out_where_the_rule_needs_none(load):
    assert load(SOUND[0].replace("-10,25", ","), SOUND[1]).warnings == ()


def test_weights_of_each_year_add_up_to_100(load):
    (warning,) = load(*SOUND, "2021,invoiced_sales,工业经济,60,rank_step,60,growth,,,3,summary-2022").warnings
    assert (warning.severity, warning.row) == ("warning", 4)
    assert str(warning).startswith('assessment.csv row 4, weight: "60"; expected 100, the sum of the weights of 2021')
    thirds = [SOUND[0].replace(",60,", f",{weight},") for weight in ("33.33", "33.33", "33.33")]
    rows = [
        row.replace("invoiced_sales", code)
        for row, code in zip(thirds, ("treasury_tax", "budget_revenue", "rd_spend"), strict=True)
    ]
    assert load(*rows).warnings == ()
