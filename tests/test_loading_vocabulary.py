"""What a vocabulary says of groups and items, and what it cannot say."""

from __future__ import annotations

import pytest
from divided_builders import FAULTS, STAFF, VOCABULARY, vocabulary_of
from hypothesis import given
from hypothesis import strategies as st

ETHNIC = STAFF.dimensions["ethnic"]

# --- what cannot be said ---------------------------------------------------------------------------------------------

BROKEN = {
    "codes: unknown group 'bmee' (did you mean 'bme'?)": ('bme = ["H"', 'bmee = ["H"'),
    "descriptions: unknown group 'whit' (did you mean 'white'?)": ('white = ["White British"]', 'whit = ["W"]'),
    "undeclared: unknown group 'unkown' (did you mean 'unknown'?)": ('undeclared = "unknown"', 'undeclared = "unkown"'),
    "'h' stands for several groups (bme or white)": ('"CX"', '"h"'),
    "'white british' stands for several groups (bme or white)": ('"Chinese"', '"white  british"'),
    "'white staff' stands for several groups (bme or white)": ('"Chinese"', '"White staff"'),
    "codes: 'C X' is not a code; write letters and digits": ('"CX"', '"C X"'),
    "'all' stands for the whole": ('"CX"', '"ALL"'),
    "descriptions: one of them is blank; take it out": ('"Chinese"', '" "'),
    "parts: '7' is no group of grade; its groups are 1, 2 or 3": ('parts = ["3"]', 'parts = ["7"]'),
    "'2' is a part twice; it can be a part of one group only": ('parts = ["3"]', 'parts = ["3", "2"]'),
    "the group '2' has no parts; write parts = [ … ] with groups of grade": (', parts = ["3"]', ""),
    "the group '1' has parts, but of which dimension is not said": ('of = "grade"', ""),
    "of: unknown dimension 'graed' (did you mean 'grade'?); name the finer one": ('of = "grade"', 'of = "graed"'),
    "of: unknown dimension 'tier'": ('of = "grade"', 'of = "tier"'),
    "of: 'tier' is itself a coarser way to say 'grade'; name the finest one": (
        "[item.all]",
        '[dimension.top]\ntitle = "Top"\nof = "tier"\ngroups = [{ id = "1", label = "T", parts = ["2"] }]\n[item.all]',
    ),
    "sum_of: unknown item 'staff.payed' (did you mean 'staff.paid'?)": ('"staff.paid"', '"staff.payed"'),
    "sum_of: 'staff.asked' is a survey, not a count; take it out": ('"staff.paid"', '"staff.asked"'),
    "sum_of: 'staff.origin' is not divided by 'impairment', as the sum is": ('"staff.paid"', '"staff.origin"'),
    "sum_of names an item twice; keep one of them": ('"staff.paid"', '"staff.unpaid"'),
    "sum_of belongs to an item of kind count, not to a survey": ("asked = {", "sum_of = ['staff.all']\nasked = {"),
    "item staff.all: is a sum of itself (staff.all = staff.paid = staff.all)": (
        'text = "Paid"',
        'text = "Paid"\nsum_of = ["staff.all"]',
    ),
    "asked: 'Q1' is not the year of a survey; write it as in asked = { 2023 =": ("2022 =", "Q1 ="),
    "99 is not text; put it in quotation marks": ('"99"', "99"),
}


@pytest.mark.parametrize("message", BROKEN)
def test_what_a_vocabulary_cannot_say_is_refused(message):
    wrong, instead = BROKEN[message]
    assert wrong in VOCABULARY
    problems = vocabulary_of(VOCABULARY.replace(wrong, instead, 1))[1]
    assert message in "\n".join(map(str, problems))
    assert all(problem.file in ("vocabulary.toml", "plan") and problem.where for problem in problems)


def test_a_circle_of_sums_is_told_once():
    text = VOCABULARY.replace('text = "Paid"', 'text = "Paid"\nsum_of = ["staff.all"]')
    assert len([one for one in vocabulary_of(text)[1] if "sum of itself" in str(one)]) == 1


def test_what_names_nothing_is_left_out_so_that_the_rest_can_be_looked_at():
    text = VOCABULARY.replace('of = "grade"', 'of = "graed"').replace('"staff.paid", ', '"staff.payed", ')
    read, problems = vocabulary_of(text)
    assert len(problems) == 2
    assert (read.dimensions["tier"].of, read.items["staff.all"].sum_of) == ("", ())


# --- what is said ----------------------------------------------------------------------------------------------------


def test_a_vocabulary_says_what_is_finer_coarser_summed_and_asked():
    assert FAULTS == []
    assert (ETHNIC.undeclared, ETHNIC.codes["unknown"]) == ("unknown", ("Z", "99"))
    assert (STAFF.dimensions["tier"].of, STAFF.dimensions["tier"].groups[0].parts) == ("grade", ("1", "2"))
    assert STAFF.items["staff.all"].sum_of == ("staff.paid", "staff.unpaid")
    assert STAFF.items["staff.asked"].asked == {"2022": "Q14a", "2023": "Q15"}


def test_a_sum_may_name_items_that_stand_in_the_vocabulary_already():
    read, problems = vocabulary_of('area = "x"\n[item.y]\nkind = "count"\ntext = "Y"\nsum_of = ["staff.all"]')
    assert "unknown item 'staff.all'" in str(problems[0])
    from equityrules.loading.vocabulary_checks import check_vocabulary

    found: list = []
    assert check_vocabulary(read, "x", found, STAFF) == read
    assert found == []


# --- reading a group by code or description --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "group", "finer"),
    [
        ("a", "white", "A"), ("CX", "white", "CX"), ("cx", "white", "CX"), ("99", "unknown", "99"),
        ("H Asian - Indian", "bme", "H"), ("A - White British", "white", "A"), ("A British", "white", "A"),
        ("a - White British", "white", "A"), ("A – White British", "white", "A"), ("H: Asian", "bme", "H"),
        ("H. Asian", "bme", "H"), (" Z  Not Stated ", "unknown", "Z"), ("H-Asian", "bme", "H"),
        ("White British", "white", "white british"), ("WHITE  british", "white", "white british"),
        ("Asian or Asian British – Indian", "bme", "asian or asian british - indian"),
        ("white", "white", ""), ("White Staff", "white", ""), (" bme ", "bme", ""), ("white  staff", "white", ""),
    ],
)  # fmt: skip
def test_a_group_is_read_by_code_and_by_description(word, group, finer):
    assert (ETHNIC.read(word), ETHNIC.finer(word)) == (group, finer)


@pytest.mark.parametrize(
    "word",
    ["Asian", "Any other", "a lot", "h asian", "C", "N.A.", "H.", "H -", "H/J", "Bangladeshi", "A,B", "HAsian", ""],
)
def test_words_that_only_look_like_a_code_are_refused(word):
    with pytest.raises(ValueError, match="unknown group '"):
        ETHNIC.read(word)
    assert ETHNIC.finer(word) == ""


def test_a_group_that_is_no_code_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match=r"unknown group 'whte' of ethnic \(did you mean 'white'\?\); the groups are"):
        ETHNIC.read("whte")


@given(st.text())
def test_any_word_is_a_group_of_the_dimension_or_refused(word):
    try:
        assert ETHNIC.read(word) in {group.id for group in ETHNIC.groups}
    except ValueError:
        assert ETHNIC.finer(word) == ""


@given(st.sampled_from(["A", "B", "CX", "H", "J", "K", "Z", "99"]), st.sampled_from([" - ", ": ", " ", "-", ". "]))
def test_a_code_with_text_is_the_code_alone(code, mark):
    assert ETHNIC.read(f"{code}{mark}Text") == ETHNIC.read(code.lower())
    assert ETHNIC.finer(f"{code}{mark}Text") == ETHNIC.finer(code.lower()) == code
