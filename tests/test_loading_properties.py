"""What holds of any input whatever: it is read, or it is refused with a message."""

from __future__ import annotations

import copy
import csv
import io
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from divided_builders import VOCABULARY as DIVIDED
from divided_builders import WITH_STAFF
from evidence_builders import FRAMEWORKS, as_json, problems_of, saved
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equityrules.hooks import Kinds
from equityrules.loading.editions import EditionCompiler, EditionFolder
from equityrules.loading.evidence import evidence_of_document, read_evidence, read_rows
from equityrules.loading.profiles import Profile, read_profile
from equityrules.loading.rows import KINDS, as_word
from equityrules.loading.tidy import COLUMNS
from equityrules.loading.vocabulary import read_vocabulary
from equityrules.loading.vocabulary_checks import check_vocabulary
from equityrules.model.problems import Problem

STANDARDS = Path(__file__).parent.parent / "frameworks"
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
many = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_or_refused(path: Path) -> None:
    """Hold that a file is read, or refused with problems that name it."""
    for problem in problems_of(read_evidence, path, frameworks=FRAMEWORKS):
        assert path.name in problem.file
        assert problem.message


# --- anything at all ---------------------------------------------------------------------------------------------

suffixes = st.sampled_from([".toml", ".json", ".csv", ".tsv"])


@many
@given(st.binary(), suffixes)
def test_any_bytes_are_read_or_refused(content, suffix):
    read_or_refused(saved(f"any{suffix}", content))


@many
@given(st.text(), suffixes)
def test_any_text_is_read_or_refused(text, suffix):
    read_or_refused(saved(f"any{suffix}", text.encode(errors="surrogatepass")))


words = st.sampled_from(
    [*KINDS, *COLUMNS, "values", "across", "where", "points", "grade", "votes", "stated_total", "measure", "about",
     "because", "cell", "place", "applicable", "groups", "format", "all", "bme", "eds", "eds/1A", "eds/domain-2",
     "eds/2D.asked", "in place", "Achieving", "not applicable", "2023/24", "2023-02-31", "at least", "compared_group",
     "impact_assessment.done",
     "survey.recommend_place_to_work", "recommend_place_to_work", "practice.staff_experience_compared_and_acted_on",
     "nan", "43.2%", "1,204", "<5", "1e999", "", " ", "eds-lead", "RR8"]
)  # fmt: skip
numbers = st.one_of(
    st.integers(), st.integers(-3, 50), st.decimals(), st.builds(pow, st.just(10), st.sampled_from([20, 5000])),
    st.just(Decimal("1e999999999")),
)  # fmt: skip
plain = st.one_of(st.none(), st.booleans(), numbers, words, st.text(max_size=8), st.dates())
anything = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(words | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@many
@given(anything)
def test_any_document_is_read_or_refused(document):
    problems = problems_of(evidence_of_document, document, "any", FRAMEWORKS)
    assert all(problem.file == "any" for problem in problems)


@many
@given(anything)
def test_any_json_is_read_or_refused(document):
    read_or_refused(saved("any.json", as_json(document).encode()))


@many
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), anything | st.floats() | words, max_size=8), max_size=4))
def test_any_rows_are_read_or_refused(rows):
    assert all(problem.file == "rows" for problem in problems_of(read_rows, rows, FRAMEWORKS))


divided_columns = st.sampled_from(
    ["item", "kind", "value", "group", "percent", "of", "orientation", "grade", "tier", "Ethnic origin", "ethnic",
     "White", "bme", "unknown", "all", "Disabled", "1", "2", "organisation", "period"]
)  # fmt: skip
divided_words = st.sampled_from(
    ["staff.all", "staff.paid", "staff.origin", "staff.asked", "staff.told", "staff.score", "staff_likelihood",
     "figure", "A", "H Asian", "h", "White British", "white", "1", 1, 2.0, "all", "yes", "6.5%", "white over bme", 7]
)  # fmt: skip


@many
@given(st.lists(st.dictionaries(divided_columns, divided_words | anything, min_size=3, max_size=9), max_size=4))
def test_any_rows_with_columns_for_groups_are_read_or_refused(rows):
    full = [{"organisation": "T", "period": "2023", "item": "staff.all", **row} for row in rows]
    assert all(problem.file == "rows" for problem in problems_of(read_rows, full, WITH_STAFF))


@few
@given(st.lists(st.dictionaries(st.one_of(st.none(), st.integers(), st.text()), st.text()) | plain, max_size=3))
def test_rows_that_are_none_are_refused(rows):
    assert all(problem.file == "rows" for problem in problems_of(read_rows, rows, FRAMEWORKS))


@many
@given(st.lists(st.lists(words | st.text(max_size=5), max_size=8), max_size=5), st.sampled_from(",;\t"))
def test_any_table_is_read_or_refused(cells, separator):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows([COLUMNS[:8], *cells])
    read_or_refused(saved("any.csv", stream.getvalue().encode(errors="replace")))


# --- one thing wrong in what is right ----------------------------------------------------------------------------

WHOLE = tomllib.loads("""
organisation = "Example NHS Trust"
code = "RXX"
period = "2023/24"
statement = [
  { item = "practice.zero_tolerance_policy", status = "in place", date = 2021-05-01, documents = ["Policy"] },
  { item = "practice.staff_experience_compared_and_acted_on", values = { bme = "in place", lgbt = "not in place" } },
  { item = "practice.staff_experience_compared_and_acted_on", where = { compared_group = "disabled" }, status = "yes" },
]
survey = [{ item = "survey.recommend_place_to_work", yes = 1204, of = 1890, percent = 63.7 }]
count = [{ item = "impact_assessment.required", value = 40 }, { item = "impact_assessment.done", value = 30 }]
figure = [{ measure = "would_use_services", value = 71.4 }]
rating = [{ about = "eds/1A", grade = "Achieving" }, { about = "eds/1B", service = "Maternity", points = 2 }]
votes = [{ about = "eds/2B", by = "networks", votes = { Developing = 4, Achieving = 9 }, stated_total = 13 }]
narrative = [{ about = "eds/2B", text = "Campaign", owner = "Director" }]
cover = [{ about = "eds", name = "eds-lead", text = "A. Person" }]
target = [{ measure = "recommend_place_to_work", direction = "at least", value = 70, due = 2025-03-31 }]
explanation = [{ about = "eds/2D.exit-interviews", because = "The contract", by = "Director", until = 2024-12-31 }]
action = [{ about = ["eds/2B"], text = "Publish", owner = "Director", due = 2024-09-30 }]
""")


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path to every part of a document."""
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(one for key, part in inner for one in paths(part, (*path, key)))]


def changed(document: Any, path: tuple[Any, ...], value: Any, how: str) -> Any:
    """Return a document with one part replaced, left out, or given beside itself under another name."""
    document = copy.deepcopy(document)
    if not path:
        return value if how == "replace" else document
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    if how == "remove":
        del holder[path[-1]]
    elif how == "add" and isinstance(holder, dict):
        holder[as_word(value)[:20]] = holder[path[-1]]
    else:
        holder[path[-1]] = value
    return document


hows = st.sampled_from(["replace", "replace", "remove", "add"])


def test_the_whole_document_is_read():
    [evidence] = evidence_of_document(WHOLE, "whole", FRAMEWORKS)
    assert len(evidence.everything()) == 16


@settings(many, max_examples=600)
@given(st.sampled_from(paths(WHOLE)), anything, hows)
def test_evidence_with_one_thing_changed_is_read_or_refused(path, value, how):
    problems = problems_of(evidence_of_document, changed(WHOLE, path, value, how), "changed", FRAMEWORKS)
    assert all(problem.file == "changed" for problem in problems)


STANDARD = {
    one.name: tomllib.loads(one.read_text(encoding="utf-8"), parse_float=Decimal)
    for one in (STANDARDS / "eds/2022").glob("*.toml")
    if one.name in ("framework.toml", "2A.toml", "2D.toml", "3B.toml")
}


@settings(many, max_examples=400)
@given(st.sampled_from(paths(STANDARD)[1:]), anything, hows)
def test_a_framework_with_one_thing_changed_is_compiled_or_refused(path, value, how):
    problems: list[Problem] = []
    compiler = EditionCompiler(FRAMEWORKS.vocabulary, FRAMEWORKS.measures, Kinds(), Profile(), problems)
    documents = {name: one for name, one in changed(STANDARD, path, value, how).items() if isinstance(one, dict)}
    made = compiler.compile(EditionFolder("eds/2022", documents, "digest"))
    assert all("eds/2022" in problem.file and problem.message for problem in problems)
    assert made is not None or problems or "framework.toml" not in documents


VOCABULARY = {
    one.name: tomllib.loads(one.read_text(encoding="utf-8"))
    for one in (STANDARDS / "vocabulary").glob("*.toml")
    if one.name in ("access.toml", "practice-voice.toml")
} | {"divided.toml": tomllib.loads(DIVIDED)}


@many
@given(st.sampled_from([path for path in paths(VOCABULARY) if len(path) > 1]), anything, hows)
def test_a_vocabulary_with_one_thing_changed_is_read_or_refused(path, value, how):
    problems: list[Problem] = []
    read = read_vocabulary(changed(VOCABULARY, path, value, how), problems)
    check_vocabulary(read, "vocabulary", problems)
    assert all(problem.file and problem.message for problem in problems)


@many
@given(st.text(max_size=200) | st.sampled_from(["name = 'x'\nset = 3", "confirm = [[]]", "[set]\n[[set.x]]"]))
def test_any_profile_is_read_or_refused(text):
    problems = problems_of(read_profile, saved("any-profile.toml", text.encode(errors="replace")))
    assert all(problem.file == "any-profile.toml" for problem in problems)
