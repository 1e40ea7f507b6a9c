"""The same facts are the same evidence, in whatever form and order they are given."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import evolve
from evidence_builders import FRAMEWORKS, as_json, problems_of, saved
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equityrules.loading.evidence import evidence_of_document, read_evidence, read_rows
from equityrules.loading.rows import KINDS
from equityrules.loading.tidy import COLUMNS
from equityrules.loading.values import number
from equityrules.model.evidence import Evidence

EDS = FRAMEWORKS["eds@2022"]
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

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
        assert sorted_evidence(only(read_evidence(saved(name, content), frameworks=FRAMEWORKS))) == wanted
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
        names.append(saved(f"part-{position}.json", as_json(document).encode()))
    shuffled = random.sample(names, len(names))
    assert merged(names) == merged(shuffled)
    assert merged(names) == merged([*names, *shuffled])


def merged(names: list[Path]) -> Evidence | str:
    """Return the evidence of some files, or that they contradict each other."""
    problems = problems_of(read_evidence, *names, frameworks=FRAMEWORKS)
    assert all("is given differently" in problem.message for problem in problems)
    return "contradiction" if problems else sorted_evidence(only(read_evidence(*names, frameworks=FRAMEWORKS)))


@few
@given(st.decimals(Decimal("-1e15"), Decimal("1e15"), places=6) | st.integers(-(10**15), 10**15))
def test_a_number_and_its_text_are_the_same_number(value):
    assert number(value) == number(f" {value:f} " if isinstance(value, Decimal) else str(value)) == value
    assert number(f"{value:,}") == value
