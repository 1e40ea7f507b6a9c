"""The forms that files of evidence come in."""

from __future__ import annotations

import io
import json
import re
import sys

import pytest
from evidence_builders import EXAMPLES, FRAMEWORKS, HEADER, POLICY, read, refused, table

from equityrules.loading.evidence import read_evidence
from equityrules.model.evidence import Status
from equityrules.model.problems import InvalidInputError
from equityrules.reports.templates import csv_template, toml_template

# --- the examples ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [path.name for path in sorted(EXAMPLES.glob("*eds*.toml"))])
def test_every_example_is_read(name):
    assert read(EXAMPLES / name).everything()


def test_an_example_says_what_its_file_says():
    evidence = read(EXAMPLES / "ssot-icb-eds-domain2-2022-23.toml")
    poll = evidence.votes[0]
    assert evidence.organisation.name == "Staffordshire and Stoke-on-Trent Integrated Care Board"
    assert poll.votes == {"undeveloped": 1, "developing": 26, "achieving": 44, "excelling": 14}
    assert (poll.about, poll.stated_total, str(poll.period)) == ("eds/domain-2", 83, "July 2022 to February 2023")
    assert [one.stated_total for one in evidence.votes[1:]] == [20, 21, 21, 21]


def test_all_examples_are_read_together_each_for_its_organisation():
    paths = sorted(EXAMPLES.glob("*eds*.toml"))
    bodies = read_evidence(*paths, frameworks=FRAMEWORKS)
    assert [body.inputs[0].name for body in bodies] == [path.name for path in paths]


def test_a_file_is_known_by_its_name_and_digest():
    [source] = read(EXAMPLES / "leeds-eds-2023-24.toml").inputs
    assert source.name == "leeds-eds-2023-24.toml"
    assert re.fullmatch("[0-9a-f]{64}", source.digest)


# --- templates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("template", "suffix"), [(toml_template, "toml"), (csv_template, "csv")])
def test_a_template_with_nothing_filled_in_says_so(tmp_path, template, suffix):
    text = template([FRAMEWORKS["eds"]], FRAMEWORKS.vocabulary)
    with refused("nothing is filled in yet"):
        read(table(tmp_path, text, f"evidence.{suffix}"))


def test_one_answer_in_a_template_is_all_that_is_read(tmp_path):
    text = toml_template([FRAMEWORKS["eds"]], FRAMEWORKS.vocabulary)
    text = text.replace('organisation = ""', 'organisation = "Example NHS Trust"').replace(
        'period = ""', 'period = "2022"'
    )
    text = text.replace('grade = "" ', 'grade = "Achieving" ', 1)
    [rating] = read(table(tmp_path, text, "evidence.toml")).everything()
    assert (rating.about, rating.grade) == ("eds/1A", "achieving")


def test_a_row_of_a_template_is_read_without_what_is_written_for_people(tmp_path):
    text = csv_template([FRAMEWORKS["eds"]], FRAMEWORKS.vocabulary)
    row = next(line for line in text.splitlines() if line.startswith(f",,,statement,{POLICY},"))
    filled = row.replace(f",,,statement,{POLICY},,", f"Example NHS Trust,,2023/24,statement,{POLICY},,in place", 1)
    [statement] = read(table(tmp_path, text.replace(row, filled))).entries
    assert (statement.item, statement.status) == (POLICY, Status.IN_PLACE)


# --- files -----------------------------------------------------------------------------------------------------------


TABLE = "organisation,period,item,group,value\nExample NHS Trust,2023/24,eds/1A,,Achieving\n"


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t"),
        "\ufeff" + TABLE,
        "sep=;\n" + TABLE.replace(",", ";"),
        TABLE.replace("\n", "\r\n"),
        TABLE.replace("\n", "\r"),
        TABLE + ",,,,\n\n   \n,,,,\r\n",
        TABLE.replace("\n", ",,\n"),
        TABLE.replace("Achieving\n", "Achieving,,,\n"),
        TABLE.replace("organisation,period", " Organisation , PERIOD "),
        '"organisation","period","item","group","value"\n"Example NHS Trust","2023/24","eds/1A","","Achieving"\n',
        TABLE.rstrip(),
    ],
    ids=["comma", "semicolon", "tab", "byte-order-mark", "sep-line", "windows", "old-mac", "blank-lines",
         "blank-columns", "blank-cells", "capitals", "quoted", "no-last-line-end"],
)  # fmt: skip
def test_a_table_is_read_however_a_spreadsheet_saves_it(tmp_path, text):
    [rating] = read(table(tmp_path, text)).ratings
    assert (rating.about, rating.grade) == ("eds/1A", "achieving")


def test_a_line_that_a_spreadsheet_cut_after_its_last_cell_is_read(tmp_path):
    lines = ["organisation,period,item,value,note", "Example NHS Trust,2023/24,eds/1A,Achieving", ",2023/24,eds/1B"]
    text = "\n".join(lines)
    assert len(read(table(tmp_path, text)).ratings) == 1


def test_a_place_is_the_file_and_the_line_a_row_starts_at(tmp_path):
    text = TABLE + '"Example\nNHS Trust",2023/24,eds/1B,,Achieving\n' + "Example NHS Trust,2023/24,eds/1C,,Achieving\n"
    assert [one.place for one in read(table(tmp_path, text)).ratings] == [
        "trust.csv  line 2",
        "trust.csv  line 3",
        "trust.csv  line 5",
    ]


def test_windows_line_ends_are_read_in_toml(tmp_path):
    text = (EXAMPLES / "leeds-eds-2023-24.toml").read_text(encoding="utf-8").replace("\n", "\r\n")
    assert len(read(table(tmp_path, text, "leeds.toml")).ratings) == 9


def test_several_files_are_one_body_of_evidence(tmp_path):
    first = table(tmp_path, TABLE)
    second = table(tmp_path, json.dumps({**HEADER, "rating": [{"about": "eds/1B", "grade": "Excelling"}]}), "more.json")
    evidence = read(first, second)
    assert [one.about for one in evidence.ratings] == ["eds/1A", "eds/1B"]
    assert [one.name for one in evidence.inputs] == ["trust.csv", "more.json"]


def test_all_problems_of_all_files_are_told_at_once(tmp_path):
    first = table(tmp_path, TABLE.replace("Achieving", "Acheiving"))
    second = table(tmp_path, "rating = 3", "more.toml")
    with pytest.raises(InvalidInputError) as caught:
        read(first, second, tmp_path / "missing.json")
    assert [problem.file for problem in caught.value.problems] == [
        "trust.csv",
        "more.toml",
        str(tmp_path / "missing.json"),
    ]


RATING = 'organisation = "Example NHS Trust"\nperiod = "2023/24"\nabout = "eds/1A"\ngrade = "Achieving"\n'
STDIN = {
    "csv": TABLE,
    "toml": f"# evidence, of ours\n\n{RATING.replace('about', '[[rating]]' + chr(10) + 'about')}",
    "toml-with-tables-first": f"[[rating]]  # ours\n{RATING}",
    "json": json.dumps({**HEADER, "rating": [{"about": "eds/1A", "grade": "Achieving"}]}),
    "json-list": json.dumps([{**HEADER, "rating": [{"about": "eds/1A", "grade": "Achieving"}]}], indent=2),
}


@pytest.mark.parametrize("form", STDIN)
def test_every_form_is_read_from_standard_input(monkeypatch, form):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STDIN[form].encode())))
    [evidence] = read_evidence("-", frameworks=FRAMEWORKS)
    assert evidence.ratings[0].grade == "achieving"
    assert evidence.inputs[0].name == "standard input"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n"])
def test_empty_standard_input_is_refused(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    with refused("standard input: is empty"):
        read_evidence("-", frameworks=FRAMEWORKS)


def test_standard_input_that_cannot_be_read_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    with refused("standard input: cannot be read here; name a file"):
        read_evidence("-", frameworks=FRAMEWORKS)
