"""Every broken file is refused with its place, the cause and what to do, and with nothing but InvalidInputError.

`broken/expected.toml` holds, file by file, the words that its message must have.
"""

from __future__ import annotations

import time
import tomllib
from functools import cache
from pathlib import Path

import pytest

from equityrules.loading.catalogue import Frameworks
from equityrules.loading.evidence import read_evidence, read_rows
from equityrules.loading.frameworks import load_frameworks
from equityrules.loading.plans import read_plan
from equityrules.loading.profiles import read_profile
from equityrules.model.problems import MOST_LISTED, InvalidInputError

BROKEN = Path(__file__).parent / "broken"
EXPECTED = tomllib.loads((BROKEN / "expected.toml").read_text(encoding="utf-8"))
FRAMEWORKS = load_frameworks()
RATING = {"organisation": "Example NHS Trust", "period": "2023/24", "item": "eds/1A", "value": "Achieving"}
SECONDS = 15
"""Of the processor: more than refusing anything takes on a slow machine, less than going through all of 50 MB."""


def read(path: Path) -> object:
    """Read evidence (a folder: all files in it together), a framework folder or a profile."""
    if path.parent == BROKEN / "frameworks":
        return load_frameworks(framework_dirs=[path])
    if path.parent == BROKEN / "profiles":
        return read_profile(path)
    if path.parent == BROKEN / "plans":
        return read_plan(plan_of(path), FRAMEWORKS)
    return read_evidence(*(sorted(path.iterdir()) if path.is_dir() else [path]), frameworks=FRAMEWORKS)


def plan_of(path: Path) -> Path:
    """Return the plan that a map stands beside; anything else as it is."""
    return path.with_name(path.name.replace(".map.toml", ".csv"))


@cache
def refusal(path: Path) -> InvalidInputError:
    """Return how a broken file is refused; several rules look at it, and each file is read once."""
    with pytest.raises(InvalidInputError) as caught:
        read(path)
    return caught.value


@pytest.mark.parametrize("name", [f"{part}/{name}" for part, files in EXPECTED.items() for name in files])
def test_a_broken_file_is_refused_with_place_cause_and_remedy(name):
    part, _, file = name.partition("/")
    message = str(refusal(BROKEN / name))
    for words in EXPECTED[part][file]:
        assert words in message


@pytest.mark.parametrize("name", [f"{part}/{name}" for part, files in EXPECTED.items() for name in files])
def test_every_problem_names_its_file(name):
    path = BROKEN / name
    names = {path.name} if path.is_file() or "frameworks" in path.parts else {one.name for one in path.iterdir()}
    for problem in refusal(path).problems:
        assert any(one in problem.file for one in names)
        assert str(problem).startswith(problem.file)


@pytest.mark.parametrize("part", ["evidence", "frameworks", "profiles"])
def test_no_broken_file_is_without_expected_words(part):
    assert {path.name for path in (BROKEN / part).iterdir()} == set(EXPECTED[part])


def test_no_broken_plan_is_without_expected_words():
    beside_a_map = {plan_of(BROKEN / "plans" / name).name for name in EXPECTED["plans"] if name.endswith(".map.toml")}
    assert {path.name for path in (BROKEN / "plans").iterdir()} == set(EXPECTED["plans"]) | beside_a_map


@pytest.mark.parametrize("part", ["evidence", "frameworks", "plans", "profiles"])
def test_no_message_speaks_of_python(part):
    for name in EXPECTED[part]:
        message = str(refusal(BROKEN / part / name))
        for word in ("Error", "<class", "Traceback", "NoneType", "Mapping", "Decimal(", "object at", "cattrs", "{'"):
            assert word not in message


# --- what is not a file that can be opened -----------------------------------------------------------------------


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InvalidInputError, match="there is no such file; check the name and the folder"):
        read_evidence(tmp_path / "trust.csv", frameworks=FRAMEWORKS)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(InvalidInputError, match="is a folder; name the file in it"):
        read_evidence(tmp_path, frameworks=FRAMEWORKS)


def test_a_name_that_no_file_can_have_is_refused():
    for name in ("trust\0.csv", "x" * 5000 + ".csv"):
        with pytest.raises(InvalidInputError, match=r"cannot be read|no such file"):
            read_evidence(name, frameworks=FRAMEWORKS)


def test_no_file_at_all_is_refused():
    with pytest.raises(InvalidInputError, match="no file: nothing is filled in yet"):
        read_evidence(frameworks=FRAMEWORKS)


@pytest.mark.parametrize("folder", ["missing", "file.toml"])
def test_a_framework_folder_that_is_none_is_refused(tmp_path, folder):
    (tmp_path / "file.toml").write_text("format = 1")
    with pytest.raises(InvalidInputError, match="is not a folder"):
        load_frameworks(framework_dirs=[tmp_path / folder])


def test_a_missing_profile_is_refused(tmp_path):
    with pytest.raises(InvalidInputError, match="there is no such file"):
        read_profile(tmp_path / "ours.toml")


def test_two_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    for folder, grade in (("panel", "Achieving"), ("peers", "Excelling")):
        (tmp_path / folder).mkdir()
        text = f"organisation,period,item,value\nExample NHS Trust,2023/24,eds/1A,{grade}\n"
        (tmp_path / folder / "eds.csv").write_text(text)
    with pytest.raises(InvalidInputError) as caught:
        read_evidence(tmp_path / "panel" / "eds.csv", tmp_path / "peers" / "eds.csv", frameworks=FRAMEWORKS)
    assert str(tmp_path / "panel" / "eds.csv") in str(caught.value)
    assert str(tmp_path / "peers" / "eds.csv") in str(caught.value)


# --- too deep, too large, too much -------------------------------------------------------------------------------


def refused_quickly(path: Path, content: bytes, frameworks: Frameworks = FRAMEWORKS) -> InvalidInputError:
    """Return how some bytes are refused as evidence, which may neither take long nor say much."""
    path.write_bytes(content)
    start = time.process_time()
    with pytest.raises(InvalidInputError) as caught:
        read_evidence(path, frameworks=frameworks)
    assert time.process_time() - start < SECONDS
    assert len(caught.value.problems) <= MOST_LISTED
    assert len(str(caught.value)) < 100_000
    assert all(path.name in problem.file for problem in caught.value.problems)
    return caught.value


DEEP = {
    "lists.json": "[" * 100_000,
    "closed-lists.json": '{"rating": ' + "[" * 500 + "]" * 500 + "}",
    "tables.json": '{"rating": ' + '{"a": ' * 500 + "1" + "}" * 501,
    "lists.toml": "rating = " + "[" * 100_000,
    "closed-lists.toml": "rating = " + "[" * 100 + "]" * 100,
    "tables.toml": "rating = " + "{ a = " * 80 + "1" + " }" * 80,
    "dots.toml": ".".join(["a"] * 20_000) + " = 1",
    "heading.toml": "[" + ".".join(["a"] * 20_000) + "]",
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_refused(tmp_path, name):
    assert "is nested too deeply" in str(refused_quickly(tmp_path / name, DEEP[name].encode()))


MEGABYTES = 50 * 1024 * 1024
LINES = b"organisation,period,item,value\n"
HUGE = {
    "nonsense.csv": b"We do very well, thank you, in all that we do for everybody here.\n",
    "nonsense.toml": b"We do very well, thank you, in all that we do for everybody here.\n",
    "nonsense.json": b"We do very well, thank you, in all that we do for everybody here.\n",
    "bytes.csv": bytes(range(256)),
    "one-line.csv": b"We do very well, ",
    "commas.csv": b",",
    "quotation-marks.csv": b'"',
    "keys.toml": b"a = 1\n",
    "lists.json": b"[1],",
}


@pytest.mark.parametrize("name", HUGE)
def test_fifty_megabytes_of_nonsense_are_refused_at_once(tmp_path, name):
    piece = HUGE[name]
    refused_quickly(tmp_path / name, piece * (MEGABYTES // len(piece)))


TABLES = {
    "unknown-items.csv": b"Example NHS Trust,2023/24,practice.nonsense_%d,in place\n",
    "ragged.csv": b"Example NHS Trust,2023/24,eds/1A,Achieving,and,so,on,%d\n",
    "unknown-organisations.csv": b"Trust %d,2023/24,eds/1A,Acheiving\n",
    "contradictions.csv": b"Example NHS Trust,2023/24,impact_assessment.done,%d\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_wrong_in_every_line_is_refused_at_once(tmp_path, name):
    lines = b"".join(TABLES[name] % number for number in range(50_000))
    assert "more p" in str(refused_quickly(tmp_path / name, LINES + lines))


def test_a_document_wrong_in_every_entry_is_refused_at_once(tmp_path):
    refused_quickly(tmp_path / "unknown.toml", b"".join(b"field_%d = 1\n" % number for number in range(100_000)))
    refused_quickly(tmp_path / "numbers.json", b"[" + b"1," * 2_000_000 + b"1]")
    entries = b"".join(b'{"about": "eds/9Z", "grade": "Grade %d"},' % number for number in range(100_000))
    header = b'{"organisation": "Example NHS Trust", "period": "2023/24", "rating": ['
    refused_quickly(tmp_path / "ratings.json", header + entries[:-1] + b"]}")


def test_many_problems_are_listed_up_to_a_number_that_people_read():
    rows = [{**RATING, "item": f"eds/9{number}"} for number in range(120)]
    with pytest.raises(InvalidInputError) as caught:
        read_rows(rows, FRAMEWORKS)
    assert len(caught.value.problems) == MOST_LISTED
    assert "rows: and 71 more problems; mend those above first, then try again" in str(caught.value)


def test_the_same_fault_in_many_lines_is_told_once():
    rows = [{**RATING, "period": ""} for _ in range(30)]
    with pytest.raises(InvalidInputError) as caught:
        read_rows(rows, FRAMEWORKS)
    [problem] = caught.value.problems
    assert str(problem).startswith("rows  row 1, column period: no period is given")
    assert "the same in 29 more places, such as row 2" in str(problem)


def test_a_message_stays_on_one_line_whatever_the_file_holds():
    with pytest.raises(InvalidInputError) as caught:
        read_rows([{**RATING, "value": "Ach\nieving \x1b[31m" + "x" * 10_000}], FRAMEWORKS)
    [line] = str(caught.value).splitlines()
    assert "\x1b" not in line
    assert len(line) < 400
