"""How criteria are compiled: groups, bands, what is shown beside, what has no grade, and what a period stands for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from evidence_builders import refused, rows

from equityrules.assessment import assess
from equityrules.conditions import IfGiven, Part, Reported, SomeOf, Threshold, Within
from equityrules.loading.frameworks import load_frameworks
from equityrules.model.finding import Outcome
from equityrules.model.vocabulary import WHOLE, make_cell
from equityrules.reading import about_framework, dimensions_read

FRAMEWORK = """
format = 1
id = "plan"
edition = "1"
revision = 1
title = "A plan"
publisher = "The test"
licence = "MIT"
status = "current"
in_force = { from = 2020-01-01 }
scale.level.grades = [
  { id = "starting", label = "Starting" },
  { id = "achieving", label = "Achieving" },
]
group.1.title = "People"
source.ours.title = "Made up"
[parameter.parity_from]
value = 0.80
text = "From here"
basis = "project"
source = "ours"
"""
CRITERION = """
id = "P1"
group = "1"
title = "People are asked"
source = "ours"
basis = "project"
{top}
[[requirement]]
id = "P1.asked"
text = "Something is so"
basis = "project"
source = "ours"
{asked}
"""
BANDED = 'measure = "bme_share_by_band"\nat_least = 10\n'
LIKELY = 'measure = "appointment_likelihood_ethnicity"\n'
ANYTHING = 'attested = "practice.zero_tolerance_policy"\n'


@pytest.fixture
def compiled(tmp_path):
    def compile_with(asked, top="", more=""):
        folder = tmp_path / "plan"
        folder.mkdir(exist_ok=True)
        (folder / "framework.toml").write_text(FRAMEWORK + more, encoding="utf-8")
        grade = "" if "grade =" in asked else 'grade = "achieving"\n'
        text = CRITERION.format(top=top, asked=grade + asked)
        (folder / "P1.toml").write_text(text, encoding="utf-8")
        return load_frameworks(framework_dirs=[folder])["plan"]

    return compile_with


def asked_in(framework):
    return framework.criterion("P1").requirements


def condition_in(framework):
    [one] = asked_in(framework)
    return one.condition


# --- per group ---------------------------------------------------------------------------------------------------


def test_per_makes_one_requirement_for_each_group_of_a_dimension(compiled):
    found = asked_in(compiled(f'{BANDED}per = "cluster"\n'))
    assert [one.id for one in found] == [f"P1.asked/{number}" for number in "1234"]
    assert [one.condition.cell for one in found] == [make_cell({"cluster": number}) for number in "1234"]
    assert found[2].text.startswith("Something is so: Cluster 3")


def test_per_may_be_for_some_groups_in_their_own_words(compiled):
    found = asked_in(compiled(f'{BANDED}per = "band"\ngroups = ["6", "Band 8a", "VSM"]\n'))
    assert [one.id for one in found] == ["P1.asked/6", "P1.asked/8a", "P1.asked/vsm"]


def test_per_stays_within_where(compiled):
    found = asked_in(compiled(f'{BANDED}per = "cluster"\ngroups = ["1"]\nwhere = {{ ethnicity = "bme" }}\n'))
    assert [one.condition.cell for one in found] == [make_cell({"cluster": "1", "ethnicity": "bme"})]


def test_where_and_per_of_one_dimension_are_refused(compiled):
    with refused("'band' stands in both where and per"):
        compiled(f'{BANDED}per = "band"\nwhere = {{ band = "6" }}\n')


def test_each_may_be_for_some_groups_of_one_requirement(compiled):
    condition = condition_in(compiled(f'{BANDED}each = "ethnicity"\ngroups = ["white", "BME"]\n'))
    assert isinstance(condition, SomeOf)
    assert [dict(part.cell) for part in condition.parts] == [{"ethnicity": "white"}, {"ethnicity": "bme"}]
    assert condition.need is None


# --- bands and what was reported ---------------------------------------------------------------------------------


@pytest.mark.parametrize("part", Part)
def test_a_band_takes_numbers_and_names_of_parameters(part, compiled):
    condition = condition_in(compiled(f'{LIKELY}{part} = ["parity_from", 1.25]\n'))
    assert isinstance(condition, Within)
    assert (condition.part, condition.low, condition.high) == (part, Fraction("0.8"), Fraction("1.25"))


def test_a_band_may_be_one_number_wide(compiled):
    condition = condition_in(compiled(f"{LIKELY}within = [1, 1]\n"))
    assert condition.low == condition.high == 1


def test_reported_asks_only_that_it_is_given(compiled):
    condition = condition_in(compiled(f"{LIKELY}reported = true\n"))
    assert isinstance(condition, Reported)
    assert condition.cell == WHOLE


def test_if_given_makes_a_part_one_that_need_not_apply(compiled):
    parts = (
        '{ measure = "appointment_likelihood_ethnicity", reported = true }, '
        '{ measure = "bme_share_workforce", at_least = 10, if_given = true }'
    )
    reported, share = condition_in(compiled(f"all_of = [{parts}]\n")).parts
    assert isinstance(reported, Reported)
    assert isinstance(share, IfGiven)
    assert isinstance(share.part, Threshold)


def test_if_given_of_each_group_leaves_out_the_groups_that_are_not_given(compiled):
    condition = condition_in(compiled(f'{BANDED}each = "ethnicity"\ngroups = ["white", "bme"]\nif_given = true\n'))
    assert [type(part) for part in condition.parts] == [IfGiven, IfGiven]


def test_if_given_that_is_not_true_is_refused(compiled):
    with refused("if_given"):
        compiled(f'{BANDED}if_given = "yes"\n')


# --- measures ----------------------------------------------------------------------------------------------------


def with_measure(tmp_path, body):
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "framework.toml").write_text(FRAMEWORK, encoding="utf-8")
    asked = f'grade = "achieving"\n{ANYTHING}'
    (folder / "P1.toml").write_text(CRITERION.format(top="", asked=asked), encoding="utf-8")
    (folder / "vocabulary.toml").write_text(f'area = "plan"\n[measure.luck]\ntitle = "Luck"\n{body}', encoding="utf-8")
    return load_frameworks(framework_dirs=[folder])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('kind = "group-share"\nitem = "workforce.headcount"\nby = "ethnicty"\ngroups = ["bme"]\n', "'ethnicty'"),
        ('kind = "group-share"\nitem = "workforce.headcount"\nby = "ethnicity"\ngroups = ["bmee"]\n', "'bmee'"),
        ('kind = "group-share"\nitem = "workforce.headcount"\nby = "band"\ngroups = ["6"]\n', "'band'"),
        (
            'kind = "target-shortfall"\nitem = "workforce.by_band"\nby = "ethnicity"\ngroup = "bme"\nunit = "people"\n',
            "target",
        ),
    ],
)
def test_a_measure_of_groups_that_there_are_not_is_refused(body, words, tmp_path):
    with refused(words):
        with_measure(tmp_path, body)


def test_a_word_that_is_no_choice_is_refused_with_the_choices(tmp_path):
    body = 'kind = "difference"\nsurvey = "survey.harassment_public"\nby = "ethnicity"\nbetween = ["bme", "white"]\n'
    with refused("better is 'lower' or 'higher'"):
        with_measure(tmp_path, f'{body}better = "bigger"\n')


def test_a_change_knows_the_measure_that_it_is_of(tmp_path):
    body = 'kind = "change"\nmeasure = "bme_share_workforce"\nmonths = 24\n'
    change = with_measure(tmp_path, body).measures["luck"]
    assert (change.of.id, change.months, change.unit) == ("bme_share_workforce", 24, "points")


# --- what is shown, what is not graded, what it is called --------------------------------------------------------

SHOWN = """shown = [
  { measure = "bme_share_workforce" },
  { measure = "harassment_public", each = "ethnicity", groups = ["white", "bme"] },
]
short = "Asked"
"""


def test_measures_are_shown_beside_a_criterion_for_the_cells_that_are_named(compiled):
    shown = compiled(ANYTHING, top=SHOWN).criterion("P1").shown
    assert [(one.measure.id, dict(one.cell)) for one in shown] == [
        ("bme_share_workforce", {}),
        ("harassment_public", {"ethnicity": "white"}),
        ("harassment_public", {"ethnicity": "bme"}),
    ]


def test_what_is_shown_is_seen_and_never_graded(compiled):
    framework = compiled(ANYTHING, top=SHOWN)
    given = (
        {"item": "workforce.headcount", "ethnicity": "bme", "value": 20},
        {"item": "workforce.headcount", "value": 100},
        {"item": "practice.zero_tolerance_policy", "value": "in place"},
    )
    [result] = assess(framework, rows(*given)).criteria
    assert [one.value for one in result.shown] == [20, None, None]
    assert [one.observations[0].of for one in result.findings] == ["practice.zero_tolerance_policy"]
    assert (result.held.label, result.name, result.title) == ("Achieving", "Asked", "People are asked")


def test_targets_of_what_is_only_shown_are_judged_too(compiled):
    framework = compiled(ANYTHING, top=SHOWN)
    wish = {"kind": "target", "item": "bme_share_workforce", "value": 19, "direction": "at least"}
    given = (
        {"item": "workforce.headcount", "ethnicity": "bme", "value": 20},
        {"item": "workforce.headcount", "value": 100},
    )
    [target] = assess(framework, rows(wish, *given)).targets
    assert target.outcome is Outcome.MET


def test_a_criterion_without_a_grade_keeps_its_findings_and_gaps(compiled):
    framework = compiled(f'{BANDED}per = "band"\ngroups = ["6", "7"]\n', top="graded = false")
    given = (
        {"item": "workforce.by_band", "band": "6", "ethnicity": "bme", "value": 20},
        {"item": "workforce.by_band", "band": "6", "value": 100},
    )
    result = assess(framework, rows(*given))
    [criterion] = result.criteria
    assert not framework.criterion("P1").graded
    assert (criterion.held, criterion.attainable, result.overall.held) == (None, None, None)
    assert [one.outcome for one in criterion.findings] == [Outcome.MET, Outcome.UNKNOWN]
    assert [one.requirement for one in criterion.gaps] == ["P1.asked/7"]


def test_unless_it_is_said_otherwise_a_criterion_is_graded_under_its_title(compiled):
    criterion = compiled(ANYTHING).criterion("P1")
    assert (criterion.graded, criterion.short, criterion.shown) == (True, "", ())


# --- scales that share grades ------------------------------------------------------------------------------------

OTHER = """
[scale.other]
grades = [
  {{ id = "starting", label = "{label}" }},
  {{ id = "done", label = "Done" }},
]
"""


def test_two_scales_may_share_a_grade_that_is_the_same_in_both(compiled):
    framework = compiled('grade = "done"\n' + ANYTHING, top='scale = "other"', more=OTHER.format(label="Starting"))
    assert [grade.id for grade in framework.summary().grades] == ["starting", "achieving", "done"]
    assert framework.criterion("P1").scale.highest.label == "Done"


def test_one_id_is_one_grade_in_all_scales(compiled):
    with refused("the grade 'starting' is another one than in scale level; give one of them its own id"):
        compiled(ANYTHING, more=OTHER.format(label="Not started"))


# --- what a period stands for ------------------------------------------------------------------------------------

REFERENCE = """
[reference]
day = "31 March"
year = "Plan year"
snapshot = "Counted on"
survey = "Survey year"
survey_lag = 1
"""


def test_a_period_stands_for_the_year_of_the_last_such_day_by_its_end(compiled):
    reference = compiled(ANYTHING, more=REFERENCE).reference
    assert reference.fields(date(2025, 3, 31)) == {
        "Plan year": "2025",
        "Counted on": "2025-03-31",
        "Survey year": "2024",
    }
    assert reference.fields(date(2025, 3, 30))["Plan year"] == "2024"
    assert reference.fields(date(2025, 12, 31))["Counted on"] == "2025-03-31"


def test_without_a_survey_its_year_is_no_field(compiled):
    reference = compiled(ANYTHING, more='[reference]\nday = "1 January"\nyear = "Year"\nsnapshot = "Day"\n').reference
    assert reference.fields(date(2025, 3, 31)) == {"Year": "2025", "Day": "2025-01-01"}


def test_an_assessment_keeps_what_its_period_stands_for_and_what_is_due_when(compiled):
    due = '[[deadline]]\nwhat = "Publish"\nwhen = "31 October"\nsource = "ours"\n'
    result = assess(
        compiled(ANYTHING, more=REFERENCE + due),
        rows({"item": "practice.zero_tolerance_policy", "value": "in place"}),
    )
    assert (result.reference["Plan year"], result.framework.deadlines) == ("2024", {"Publish": "31 October"})
    plain = assess(compiled(ANYTHING), rows({"item": "practice.zero_tolerance_policy", "value": "in place"}))
    assert (plain.reference, plain.framework.deadlines) == ({}, {})


# --- which evidence a framework reads ----------------------------------------------------------------------------

BY_ETHNICITY = {"item": "survey.harassment_public", "ethnicity": "bme", "value": 3, "of": 10}
BY_DISABILITY = {"item": "survey.harassment_public", "disability": "disabled", "value": 3, "of": 10}


def test_dimensions_are_read_by_name_in_measures_and_coarser_ones_bring_the_finer(compiled):
    assert dimensions_read(compiled(ANYTHING)) == set()
    assert dimensions_read(compiled(f"{LIKELY}reported = true\n")) == {"ethnicity"}
    assert dimensions_read(compiled(f'{BANDED}per = "cluster"\n')) == {"cluster", "band", "ethnicity"}
    prefers = 'measure = "capability_likelihood_disability"\nreported = true\n'
    assert dimensions_read(compiled(prefers)) == {"disability", "capability_reason", "counting"}


def test_dimensions_of_what_is_shown_are_read_too(compiled):
    assert dimensions_read(compiled(ANYTHING, top=SHOWN)) == {"ethnicity"}


def test_evidence_by_ethnicity_alone_is_not_about_a_framework_that_reads_disability(compiled):
    gap = 'measure = "harassment_public_gap_disability"\nwithin = [-5, 5]\n'
    framework = compiled(gap)
    assert not about_framework(framework, rows(BY_ETHNICITY))
    assert about_framework(framework, rows(BY_DISABILITY))
    assert about_framework(framework, rows(BY_ETHNICITY, BY_DISABILITY))


def test_evidence_that_is_not_divided_is_about_every_framework_that_reads_its_item(compiled):
    framework = compiled('measure = "harassment_public_gap_disability"\nwithin = [-5, 5]\n')
    assert about_framework(framework, rows({"item": "survey.harassment_public", "value": 3, "of": 10}))
    assert not about_framework(framework, rows({"item": "practice.zero_tolerance_policy", "value": "in place"}))
