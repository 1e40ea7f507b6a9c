"""The bundled plugin `pay_gaps`: hourly pay by person as evidence, the quarters, and every mistake at once."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import fmean, median

import pytest
from equityrules.bundled.pay_gaps import equityrules_read_evidence
from equityrules.bundled.pay_gaps.quarters import QUARTERS, quarters, share_out, sizes
from hypothesis import given
from hypothesis import strategies as st

from equityrules import InvalidInputError, assess, load_frameworks, read_evidence
from equityrules.model.evidence import Amount, Count, Evidence

FRAMEWORKS = load_frameworks()
PAY_GAPS = FRAMEWORKS["pay-gaps"]
HEADER = "organisation,snapshot date,sex,hourly pay"
FIRST = "Example NHS Trust,31/03/2025"
SEXES = ("men", "women")
some_people = st.lists(
    st.tuples(st.integers(1, 8).map(Decimal), st.sampled_from(("men", "women", "other"))), max_size=60
)


def write(folder: Path, header: str, *lines: str) -> Path:
    path = folder / "pay.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def read(folder: Path, *lines: str, more: str = "") -> Evidence:
    """Return the evidence of people of one organisation, given as "sex,hourly pay" and what `more` columns hold."""
    rows = [f"{FIRST if number == 0 else ','},{line}" for number, line in enumerate(lines)]
    [trust] = read_evidence(write(folder, f"{HEADER}{more}", *rows), frameworks=FRAMEWORKS)
    return trust


def values(evidence: Evidence, item: str, **where: str) -> dict[str, Fraction]:
    """Return the values of an item by its last group, where its other groups are these."""
    found = {}
    for one in evidence.entries:
        if isinstance(one, Count | Amount) and one.item == item and where.items() <= set(one.cell):
            rest = [group for name, group in one.cell if name not in where]
            if len(rest) == 1:
                found[rest[0]] = Fraction(one.value)
    return found


def refusal(folder: Path, *lines: str, header: str = HEADER) -> str:
    with pytest.raises(InvalidInputError) as caught:
        read_evidence(write(folder, header, *lines), frameworks=FRAMEWORKS)
    return str(caught.value)


# --- quarters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (8, (2, 2, 2, 2)),
        (9, (3, 2, 2, 2)),
        (10, (3, 2, 3, 2)),
        (11, (3, 3, 3, 2)),
        (1, (1, 0, 0, 0)),
        (0, (0, 0, 0, 0)),
    ],
)
def test_who_is_left_over_goes_to_the_lower_then_the_upper_middle_then_the_lower_middle_quarter(people, expected):
    assert sizes(people) == expected


@given(some_people)
def test_everybody_is_in_one_quarter_and_no_two_quarters_differ_by_more_than_one(people):
    found = quarters(people, (*SEXES, "other"))
    sums = [sum(found[name].values()) for name in QUARTERS]
    assert max(sums) - min(sums) <= 1
    everybody = sum((Counter(found[name]) for name in QUARTERS), Counter())
    assert +everybody == Counter(group for _, group in people)


@given(some_people, st.randoms())
def test_the_order_of_the_file_changes_nothing(people, random):
    shuffled = list(people)
    random.shuffle(shuffled)
    assert quarters(people, (*SEXES, "other")) == quarters(shuffled, (*SEXES, "other"))


@given(st.integers(0, 200), st.integers(0, 200), st.data())
def test_a_share_is_within_one_person_of_the_mix_of_those_on_the_rate(men, women, data):
    number = data.draw(st.integers(0, men + women)) if men + women else 0
    if number:
        taken = share_out({"men": men, "women": women}, number, SEXES)
        assert sum(taken.values()) == number
        assert abs(taken["women"] - Fraction(women * number, men + women)) < 1
        assert 0 <= taken["men"] <= men
        assert 0 <= taken["women"] <= women


def test_people_on_one_rate_are_shared_between_two_quarters_in_their_mix():
    below = [(Decimal(10), "women")] * 2
    same = [(Decimal(12), "women")] * 4 + [(Decimal(12), "men")] * 2
    above = [(Decimal(20), "men")] * 8
    found = quarters([*below, *same, *above], SEXES)
    assert found["lower"] == {"men": 1, "women": 3}  # two on 10 pounds, and two of the six on 12, a third of each sex
    assert found["lower_middle"] == {"men": 1, "women": 3}
    assert found["upper"] == {"men": 4, "women": 0}


def test_one_rate_for_everybody_gives_every_quarter_the_same_mix():
    found = quarters([(Decimal(12), "women")] * 12 + [(Decimal(12), "men")] * 4, SEXES)
    assert [found[name] for name in QUARTERS] == [{"men": 1, "women": 3}] * 4


# --- what a file comes to ----------------------------------------------------------------------------------------


def test_means_and_medians_are_by_sex(tmp_path):
    trust = read(tmp_path, "F,10.00", "F,20.00", "F,60.00", "M,30.00", "M,50.01")
    assert values(trust, "pay.hourly_mean") == {"women": 30, "men": Fraction("40.005")}
    assert values(trust, "pay.hourly_median") == {"women": 20, "men": Fraction("40.005")}


@given(rates=st.lists(st.decimals(1, 200, places=2), min_size=1, max_size=30))
def test_mean_and_median_are_those_of_the_standard_library(tmp_path_factory, rates):
    trust = read(tmp_path_factory.mktemp("pay"), *(f"F,{rate}" for rate in rates))
    assert float(values(trust, "pay.hourly_mean")["women"]) == pytest.approx(fmean(rates), abs=1e-9)
    assert values(trust, "pay.hourly_median")["women"] == Fraction(median(rates))


def test_who_is_not_on_full_pay_counts_for_bonuses_only(tmp_path):
    trust = read(tmp_path, "F,10.00,yes,", "F,,no,500", "M,20.00,yes,100", more=",full pay,bonus")
    assert values(trust, "pay.people") == {"women": 2, "men": 1}
    assert values(trust, "pay.full_pay_people", sex="women")["lower"] == 1
    assert values(trust, "pay.hourly_mean") == {"women": 10, "men": 20}
    assert values(trust, "pay.bonus_received") == {"women": 1, "men": 1}
    assert values(trust, "pay.bonus_mean") == {"women": 500, "men": 100}


def test_bonus_averages_are_of_those_who_were_paid_one(tmp_path):
    trust = read(tmp_path, "F,10,0", "F,10,", "F,10,90", 'M,10,"£1,000.50"', more=",bonus")
    assert values(trust, "pay.bonus_mean") == {"women": 90, "men": Fraction("1000.5")}
    assert values(trust, "pay.bonus_received") == {"women": 1, "men": 1}


def test_a_file_without_a_bonus_column_says_nothing_of_bonuses(tmp_path):
    trust = read(tmp_path, "F,10", "M,10")
    assert not [one for one in trust.entries if "bonus" in one.item]


def test_ethnicity_and_disability_are_read_by_code_description_and_answer(tmp_path):
    lines = ("F,10,A White - British,yes", "M,20,H,no", "F,30,,", "M,40,Not stated,Prefer not to say")
    trust = read(tmp_path, *lines, more=",Ethnic origin,Disability status")
    assert values(trust, "pay.hourly_mean") == {
        "women": 20, "men": 30, "white": 10, "bme": 20, "unknown": 35, "disabled": 10, "non_disabled": 20,
    }  # fmt: skip


@pytest.mark.parametrize(
    "header",
    [
        "Organisation,Snapshot-date,GENDER,Hourly Pay (£)",
        "trust;snapshot;Sex;hourly_rate",
        "Employer name\tDate of snapshot\tLegal sex\tPay per hour",
    ],
)
def test_headings_are_known_in_many_forms(tmp_path, header):
    separator = next(one for one in ",;\t" if one in header)
    lines = [separator.join(("Example NHS Trust", "31 March 2025", sex, "12.50")) for sex in ("Female", "male")]
    [trust] = read_evidence(write(tmp_path, header, *lines), frameworks=FRAMEWORKS)
    assert values(trust, "pay.people") == {"women": 1, "men": 1}


def test_several_organisations_and_dates_stand_in_one_file(tmp_path):
    lines = ("One,31/03/2024,F,10", ",,M,20", ",31/03/2025,F,11", ",,M,21", "Two,31/03/2025,F,12", ",,M,22")
    found = read_evidence(write(tmp_path, HEADER, *lines), frameworks=FRAMEWORKS)
    assert [one.organisation.name for one in found] == ["One", "Two"]
    assert [len(one.periods()) for one in found] == [2, 1]


def test_the_snapshot_of_other_employers_counts_for_the_year_to_31_march(tmp_path):
    path = write(tmp_path, HEADER, "Example Ltd,5 April 2025,F,10", ",,M,20")
    [employer] = read_evidence(path, frameworks=FRAMEWORKS)
    assert [str(one) for one in employer.periods()] == ["2024/25"]


def test_names_and_other_columns_are_not_read(tmp_path):
    trust = read(tmp_path, "F,10,Ann Example,QQ123456C", "M,20,Bob Example,", more=",Name,NI number")
    assert "Example," not in str(trust.entries)
    assert "Ann" not in str(trust)


def test_six_gender_measures_come_of_a_file(tmp_path):
    lines = [f"F,{10 + number},{number % 2 * 100}" for number in range(12)]
    lines += [f"M,{12 + number},{number % 3 * 100}" for number in range(12)]
    found = assess(PAY_GAPS, read(tmp_path, *lines, more=",bonus"), "2024/25")
    held = {one.id: one.held.id for one in found.criteria if one.group == "gender"}
    assert held == {**dict.fromkeys("123456", "reported"), "7": "complete"}


def test_a_tidy_file_with_a_column_for_sex_is_not_one_of_people(tmp_path):
    path = write(tmp_path, "organisation,period,item,sex,hourly pay,value", "A,2024/25,pay.people,men,,3")
    assert equityrules_read_evidence(path) is None


@pytest.mark.parametrize("name", ["pay.toml", "pay.json", "missing.csv"])
def test_other_files_are_left_to_others(tmp_path, name):
    assert equityrules_read_evidence(tmp_path / name) is None


# --- mistakes ----------------------------------------------------------------------------------------------------


def test_every_mistake_is_told_at_once_with_its_row_and_column(tmp_path):
    message = refusal(
        tmp_path,
        f"{FIRST},F,10,,",
        ",,,10,,",
        ",,F,,,",
        ",,F,-5,,",
        ",,F,ten,,",
        ",,M,0,,",
        ",,M,10,-1,",
        ",,M,10,,perhaps",
        header=f"{HEADER},bonus,full pay",
    )
    for words in (
        "pay.csv  row 3, column sex: is neither male nor female; write M or F",
        "pay.csv  row 4, column hourly pay: is empty; write the hourly pay, or 'no' in a column 'full pay'",
        "pay.csv  row 5, column hourly pay: is below 0; correct it at the source",
        "pay.csv  row 6, column hourly pay: is not a number of pounds; write digits only, such as 21.57",
        "pay.csv  row 7, column hourly pay: is 0; write the hourly pay",
        "pay.csv  row 8, column bonus: is below 0",
        "pay.csv  row 9, column full pay: is neither yes nor no; write one of them",
    ):
        assert words in message
    assert len(message.splitlines()) == 7


def test_no_message_repeats_what_stands_in_a_cell(tmp_path):
    secrets = ("Ann Secret", "£98765x", "Klingon Secret", "Secretly", "765.43.21", "Some Secret")
    header = f"{HEADER},ethnicity,disability,bonus,full pay"
    message = refusal(
        tmp_path,
        "Secret Trust,Secret day,Ann Secret,£98765x,Klingon Secret,Secretly,765.43.21,Some Secret",
        header=header,
    )
    assert "Secret" not in message
    assert not [one for one in secrets if one in message]
    assert message.count("row 2") >= 5


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "has no people below its heading"),
        ((",31/03/2025,F,10",), "row 2, column organisation: is empty in the first row"),
        (("Trust,,F,10",), "row 2, column snapshot date: is empty in the first row"),
        (("Trust,30/06/2025,F,10",), "row 2, column snapshot date: is not a snapshot date; write 31 March"),
        (("Trust,soon,F,10",), "row 2, column snapshot date: is not a date; write 31 March"),
        (('Trust,31/03/2025,F,10,"x"',), "row 2: has more cells than the heading"),
        (('Trust,31/03/2025,F,"10',), "row 2: is not valid CSV from here on"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path, lines, words):
    assert words in refusal(tmp_path, *lines)


def test_a_snapshot_that_is_wrong_is_told_once_and_not_for_every_row(tmp_path):
    assert refusal(tmp_path, "Trust,soon,F,10", ",,F,10", ",,M,10").count("snapshot") == 1


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("sex,hourly pay", "lacks a column 'organisation'; add one"),
        ("organisation,sex,hourly pay", "lacks a column 'snapshot date'; add one with 31 March"),
        (f"{HEADER},gender", "has more than one column for the same thing (sex or gender); keep one of them"),
    ],
)
def test_a_faulty_heading_is_refused(tmp_path, header, words):
    assert words in refusal(tmp_path, "a,b,c,d,e", header=header)


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "pay.csv"
    path.write_text("", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="is empty"):
        read_evidence(path, frameworks=FRAMEWORKS)
