"""What holds of any input whatever: it is read, or it is refused with a message; and the forms of evidence agree."""

from __future__ import annotations

import copy
import csv
import io
import json
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equityrules.hooks import Kinds
from equityrules.loading.editions import EditionCompiler, EditionFolder
from equityrules.loading.evidence import evidence_of_document, read_evidence, read_rows
from equityrules.loading.frameworks import load_frameworks
from equityrules.loading.profiles import Profile, read_profile
from equityrules.loading.rows import KINDS, as_word
from equityrules.loading.tidy import COLUMNS
from equityrules.loading.values import number
from equityrules.loading.vocabulary import check_vocabulary, read_vocabulary
from equityrules.model.evidence import Evidence
from equityrules.model.problems import InvalidInputError, Problem

ROOT = Path(__file__).parent.parent
FRAMEWORKS = load_frameworks()
EDS = FRAMEWORKS["eds@2022"]
FOLDER = tempfile.TemporaryDirectory()
few = settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
many = settings(max_examples=150000, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def file(name: str, content: bytes) -> Path:
    """Return a file with this content."""
    path = Path(FOLDER.name) / name
    path.write_bytes(content)
    return path


def problems_of(read: Callable[..., object], *arguments: Any, **named: Any) -> tuple[Problem, ...]:
    """Return the problems with which something is refused, or none where it is read; nothing else may be raised."""
    try:
        read(*arguments, **named)
    except InvalidInputError as error:
        return error.problems or (Problem("", "", "refused without a problem"),)
    return ()


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
    read_or_refused(file(f"any{suffix}", content))


@many
@given(st.text(), suffixes)
def test_any_text_is_read_or_refused(text, suffix):
    read_or_refused(file(f"any{suffix}", text.encode(errors="surrogatepass")))


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
    read_or_refused(file("any.json", as_json(document).encode()))


@many
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), anything | st.floats() | words, max_size=8), max_size=4))
def test_any_rows_are_read_or_refused(rows):
    assert all(problem.file == "rows" for problem in problems_of(read_rows, rows, FRAMEWORKS))


@few
@given(st.lists(st.dictionaries(st.one_of(st.none(), st.integers(), st.text()), st.text()) | plain, max_size=3))
def test_rows_that_are_none_are_refused(rows):
    assert all(problem.file == "rows" for problem in problems_of(read_rows, rows, FRAMEWORKS))


@many
@given(st.lists(st.lists(words | st.text(max_size=5), max_size=8), max_size=5), st.sampled_from(",;\t"))
def test_any_table_is_read_or_refused(cells, separator):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows([COLUMNS[:8], *cells])
    read_or_refused(file("any.csv", stream.getvalue().encode(errors="replace")))


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


@settings(many, max_examples=15000)
@given(st.sampled_from(paths(WHOLE)), anything, hows)
def test_evidence_with_one_thing_changed_is_read_or_refused(path, value, how):
    problems = problems_of(evidence_of_document, changed(WHOLE, path, value, how), "changed", FRAMEWORKS)
    assert all(problem.file == "changed" for problem in problems)


STANDARD = {
    one.name: tomllib.loads(one.read_text(encoding="utf-8"), parse_float=Decimal)
    for one in (ROOT / "frameworks/eds/2022").glob("*.toml")
    if one.name in ("framework.toml", "2A.toml", "2D.toml", "3B.toml")
}


@settings(many, max_examples=15000)
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
    for one in (ROOT / "frameworks/vocabulary").glob("*.toml")
    if one.name in ("access.toml", "practice-voice.toml")
}


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
    problems = problems_of(read_profile, file("any-profile.toml", text.encode(errors="replace")))
    assert all(problem.file == "any-profile.toml" for problem in problems)


# --- one fact in four forms --------------------------------------------------------------------------------------

letters = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters=";")
said = st.text(letters, min_size=1, max_size=20).map(str.strip).filter(bool)
abouts = st.sampled_from([f"eds/{name}" for name in EDS.ids()])
labels = st.sampled_from([grade.label for grade in EDS.scale.grades])
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
ITEMS = EDS.vocabulary.items.values()
statements = st.sampled_from([one.id for one in ITEMS if one.kind == "statement" and not one.dimensions])
counts = st.sampled_from(["access.groups_examined", "impact_assessment.required"])
surveys = st.sampled_from([one.id for one in ITEMS if one.kind == "survey"])
measures = st.sampled_from(sorted(FRAMEWORKS.measures))
percents = st.decimals(0, 100, places=2)


def fact(kind: str, *subject: str, **fields: Any) -> Any:
    """Return a strategy for a fact: its kind, what makes two facts one, and its fields by the names of the model."""
    return st.fixed_dictionaries(fields).map(lambda made: (kind, tuple(str(made.get(name)) for name in subject), made))


statuses = st.sampled_from(["in place", "not in place", "committed"])
facts = st.one_of(
    fact("statement", "item", item=statements, status=statuses, by=said,
         documents=st.lists(said, min_size=1, max_size=2)),
    fact("statement", "item", "where", item=st.just("practice.staff_experience_compared_and_acted_on"), status=statuses,
         where=st.sampled_from(["bme", "lgbt", "disabled"])),
    fact("count", "item", item=counts, value=st.integers(0, 10**6)),
    fact("survey", "item", item=surveys, yes=st.integers(0, 50), of=st.integers(50, 99), percent=percents, source=said),
    fact("figure", "measure", measure=measures, value=st.decimals(-1000, 1000, places=3)),
    fact("rating", "about", "service", about=abouts, grade=labels, service=said, note=said),
    fact("votes", "about", "by", about=abouts, by=said, stated_total=st.integers(0, 99),
         votes=st.dictionaries(labels, st.integers(0, 99), min_size=1)),
    fact("narrative", "about", about=abouts, text=said, owner=said),
    fact("cover", "name", about=st.just("eds"), name=st.sampled_from([one.id for one in EDS.cover]), text=said),
    fact("target", "measure", "due", measure=measures, value=percents, due=days,
         direction=st.sampled_from(["at least", "below"])),
    fact("explanation", "about", about=st.just("eds/2D.exit-interviews"), because=said, until=days),
    fact("action", about=st.lists(abouts, max_size=2), text=said, owner=said, objective=said, due=days, status=said),
)  # fmt: skip
bodies = st.lists(
    facts, min_size=1, max_size=8, unique_by=lambda one: (one[0], one[1] or json.dumps(one[2], default=str))
)


def document_of(body: list[Any]) -> dict[str, Any]:
    document: dict[str, Any] = {"organisation": "Example NHS Trust", "code": "RXX", "period": "2023/24"}
    for kind, _, fields in body:
        document.setdefault(kind, []).append(fields)
    return document


VALUE = {"statement": "status", "survey": "yes", "rating": "grade", "narrative": "text", "cover": "text",
         "explanation": "because", "action": "text"}  # fmt: skip
ITEM = {"figure": "measure", "target": "measure", "statement": "item", "count": "item", "survey": "item"}


def tidy_rows(body: list[Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for kind, _, fields in body:
        rest = dict(fields)
        row = {"organisation": "Example NHS Trust", "code": "RXX", "period": "2023/24", "kind": kind}
        row["item"] = rest.pop(ITEM.get(kind, "about"))
        row["item"] = "; ".join(row["item"]) if kind == "action" else row["item"]
        if "where" in rest:
            row["group"] = rest.pop("where")
        if "documents" in rest:
            row["documents"] = "; ".join(rest.pop("documents"))
        if kind == "votes":
            given_votes, total = rest.pop("votes"), rest.pop("stated_total")
            rows += [{**row, **rest, "group": grade, "value": votes} for grade, votes in given_votes.items()]
            rows.append({**row, **rest, "group": "stated total", "value": total})
        else:
            row["value"] = rest.pop(VALUE.get(kind, "value"))
            rows.append({**row, **rest})
    return rows


def as_toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {as_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return (
        json.dumps(value, ensure_ascii=False)
        if isinstance(value, str)
        else f"{value:f}"
        if isinstance(value, Decimal)
        else str(value)
    )


def as_json(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)}: {as_json(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_json, value)) + "]"
    if isinstance(value, int) and value > 10**1000:
        return "1" + "0" * 5000
    return str(value) if isinstance(value, Decimal) else json.dumps(value, default=str)


def as_csv(rows: list[dict[str, Any]], separator: str, line_end: str, start: str) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", delimiter=separator, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return (start + stream.getvalue()).encode()


def only(read: tuple[Evidence, ...]) -> Evidence:
    [evidence] = read
    return evolve(evidence, inputs=())


@few
@given(bodies, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_the_same_facts_are_the_same_evidence_in_every_form(body, separator, line_end, start):
    body = sorted(body, key=lambda one: KINDS.index(one[0]))
    document, rows = document_of(body), tidy_rows(body)
    toml = start + line_end.join(f"{name} = {as_toml(value)}" for name, value in document.items())
    wanted = sorted_evidence(only(read_rows(rows, FRAMEWORKS)))
    forms = {
        "same.toml": toml.encode(),
        "same.json": as_json(document).encode(),
        "list.json": f"[{as_json(document)}]".encode(),
        "same.csv": as_csv(rows, separator, line_end, start),
    }
    for name, content in forms.items():
        assert sorted_evidence(only(read_evidence(file(name, content), frameworks=FRAMEWORKS))) == wanted
    assert sorted_evidence(only(evidence_of_document(document, "same", FRAMEWORKS))) == wanted


# --- merging -----------------------------------------------------------------------------------------------------


def sorted_evidence(evidence: Evidence) -> Evidence:
    """Return evidence with each of its lists in an order that is the same whatever was read first."""
    names = ("entries", "ratings", "votes", "narratives", "covers", "targets", "explanations", "actions")
    lists = {name: tuple(sorted(getattr(evidence, name), key=without_place)) for name in names}
    return evolve(evidence, inputs=(), **lists)


def without_place(stated: Any) -> str:
    return repr(evolve(stated, place=""))


headers = st.sampled_from(
    [{}, {"by": "panel"}, {"source": "return"}, {"code": ""}, {"organisation": "EXAMPLE  nhs trust"}, {"note": "n"}]
)


@few
@given(st.lists(st.tuples(headers, bodies), min_size=2, max_size=4), st.randoms())
def test_files_merge_to_the_same_evidence_in_any_order(parts, random):
    names = []
    for position, (header, body) in enumerate(parts):
        document = {**document_of(body), **header}
        names.append(file(f"part-{position}.json", as_json(document).encode()))
    shuffled = random.sample(names, len(names))
    assert merged(names) == merged(shuffled)
    assert merged(names) == merged([*names, *shuffled])


def merged(names: list[Path]) -> Evidence | str:
    """Return the evidence of some files, or that they contradict each other."""
    problems = problems_of(read_evidence, *names, frameworks=FRAMEWORKS)
    assert all("is given differently" in problem.message for problem in problems)
    return "contradiction" if problems else sorted_evidence(only(read_evidence(*names, frameworks=FRAMEWORKS)))


@many
@given(st.decimals(Decimal("-1e15"), Decimal("1e15"), places=6) | st.integers(-(10**15), 10**15))
def test_a_number_and_its_text_are_the_same_number(value):
    assert number(value) == number(f" {value:f} " if isinstance(value, Decimal) else str(value)) == value
    assert number(f"{value:,}") == value
