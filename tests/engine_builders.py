"""Builders of frameworks and evidence for tests of the engine: each makes a small, valid thing in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import evolve

from equityrules.assessment import assess
from equityrules.conditions import Attested, Comparator, SomeOf, Threshold
from equityrules.grading.by_rank import Agreement
from equityrules.grading.rollups import Band, PointsTotal
from equityrules.measures import Share, Value
from equityrules.model import evidence as kinds
from equityrules.model.basis import Basis
from equityrules.model.evidence import Evidence, Organisation, Status
from equityrules.model.finding import Edit, Finding, Outcome, Reason
from equityrules.model.framework import Criterion, CriterionGroup, Framework, Method, Methods, Requirement, RollUpRule
from equityrules.model.kinds import Condition, Measure
from equityrules.model.period import Period, parse_period
from equityrules.model.result import Assessment, CriterionResult, GroupResult
from equityrules.model.scale import Grade, Scale
from equityrules.model.snapshot import Snapshot, take_snapshot
from equityrules.model.vocabulary import WHOLE, Cell, Dimension, Group, Item, Vocabulary, make_cell

YEAR = parse_period("2023/24")

UNDEVELOPED = Grade("undeveloped", "Undeveloped", 0, Fraction(0))
DEVELOPING = Grade("developing", "Developing", 1, Fraction(1))
ACHIEVING = Grade("achieving", "Achieving", 2, Fraction(2))
EXCELLING = Grade("excelling", "Excelling", 3, Fraction(3))
SCALE = Scale("activity", (UNDEVELOPED, DEVELOPING, ACHIEVING, EXCELLING))
WORDS_ONLY = Scale("words", tuple(evolve(grade, points=None) for grade in SCALE.grades))

LETTERS = "abcdefgh"
VOCABULARY = Vocabulary(
    items={
        item.id: item
        for item in (
            *(Item(f"p.{letter}", "statement", f"The thing {letter}") for letter in LETTERS),
            Item("p.yearly", "statement", "A thing of the year", fresh=12),
            Item("p.grouped", "statement", "A thing for each sex", dimensions=("sex",)),
            Item("s.recommend", "survey", "Recommends it", dimensions=("sex",), fresh=12),
            Item("c.done", "count", "Things done", dimensions=("sex", "band"), fresh=12),
            Item("c.due", "count", "Things due", dimensions=("sex", "band"), fresh=12),
            Item("c.policies", "count", "Policies in force"),
            Item("a.score", "amount", "A score", unit="points"),
        )
    },
    dimensions={
        "sex": Dimension("sex", "Sex", (Group("women", "Women"), Group("men", "Men"), Group("not_known", "Not known"))),
        "band": Dimension("band", "Band", (Group("low", "Low"), Group("high", "High"))),
    },
)
RECOMMEND = Share(id="recommend", title="Staff who recommend it", survey="s.recommend", minimum_base=10)
DONE = Share(id="done", title="Things done", events="c.done", base="c.due", nested=True)
POLICIES = Value(id="policies", title="Policies", item="c.policies", unit="policies")
SCORE = Value(id="score", title="Score", item="a.score", unit="points")


# --- frameworks --------------------------------------------------------------------------------------------------


def attested(letter: str, **groups: str) -> Attested:
    """Return the condition that the thing of this letter is in place."""
    item = letter if "." in letter else f"p.{letter}"
    return Attested(item, VOCABULARY.items[item].text, make_cell(groups))


def all_of(*parts: Condition | str) -> SomeOf:
    """Return the condition that all parts are met; a letter is a thing to be in place."""
    return SomeOf(tuple(attested(part) if isinstance(part, str) else part for part in parts))


def some_of(need: int, *parts: Condition | str) -> SomeOf:
    """Return the condition that so many parts are met."""
    return evolve(all_of(*parts), need=need)


def threshold(measure: Measure, comparator: str, value: float | str, **groups: str) -> Threshold:
    """Return the condition that a measure is "above", "at_least", "at_most" or "below" a value."""
    return Threshold(measure, Comparator(comparator), Fraction(str(value)), make_cell(groups))


def requirement(
    name: str, grade: Grade = DEVELOPING, condition: Condition | str = "a", basis: Basis = Basis.PUBLISHED
) -> Requirement:
    """Return a requirement for a grade; a letter is a thing to be in place."""
    made = attested(condition) if isinstance(condition, str) else condition
    return Requirement(name, grade, f"Text of {name}", made, basis, "a source")


def criterion(name: str, *requirements: Requirement, scale: Scale = SCALE, group: str = "") -> Criterion:
    """Return a criterion in the group that its id starts with."""
    made = tuple(sorted(requirements, key=lambda one: one.grade.rank))
    return Criterion(name, group or name[0], f"Title of {name}", scale, made)


def ladder(name: str, *conditions: Condition | str) -> Criterion:
    """Return a criterion with one requirement for each grade above the lowest, in this order."""
    grades = zip(SCALE.grades[1:], conditions, strict=False)
    return criterion(name, *(requirement(f"{name}.{grade.id}", grade, condition) for grade, condition in grades))


VOTES = Method("plurality", Basis.PROJECT)
SERVICES = Method("median-of-totals", Basis.REPORTED, expected=3)
AGREEMENT = RollUpRule(Agreement(), Basis.PROJECT)


def points_total(*starts: int, most: int, basis: Basis = Basis.PUBLISHED) -> RollUpRule:
    """Return a points rule whose bands start at these points, one for each grade above the lowest."""
    ends = [*(start - 1 for start in starts[1:]), most]
    bands = [
        Band(grade, Fraction(start), Fraction(end))
        for grade, start, end in zip(SCALE.grades[1:], starts, ends, strict=False)
    ]
    return RollUpRule(PointsTotal((Band(UNDEVELOPED, below=Fraction(starts[0])), *bands)), basis)


def methods(**changes: Any) -> Methods:
    """Return methods for votes, services, groups and, with the bands of eleven criteria, the whole."""
    given = {"votes": VOTES, "services": SERVICES, "groups": AGREEMENT, "overall": points_total(8, 22, 33, most=33)}
    return Methods(**{**given, **changes})


def framework(*criteria: Criterion, by_service: Iterable[str] = ("1",), **changes: Any) -> Framework:
    """Return a framework of these criteria with a group for each of theirs; those `by_service` take services."""
    groups = tuple(
        CriterionGroup(
            name, f"Group {name}", tuple(one.id for one in criteria if one.group == name), name in by_service
        )
        for name in dict.fromkeys(one.group for one in criteria)
    )
    given: dict[str, Any] = {
        "id": "fw", "edition": "1", "revision": 1, "title": "A framework", "publisher": "A publisher",
        "licence": "OGL-UK-3.0", "status": "current", "scale": SCALE, "groups": groups, "criteria": criteria,
        "methods": methods(), "vocabulary": VOCABULARY,
        "measures": {measure.id: measure for measure in (RECOMMEND, DONE, POLICIES, SCORE)},
        "words": {"group": "domain", "criterion": "outcome", "grade": "rating"},
    }  # fmt: skip
    return Framework(**{**given, **changes})


ELEVEN = ("1A", "1B", "1C", "1D", "2A", "2B", "2C", "2D", "3A", "3B", "3C")


def eleven(**changes: Any) -> Framework:
    """Return a framework of eleven criteria in three groups; each grade of each asks for one thing (a, b, c)."""
    return framework(*(ladder(name, "a", "b", "c") for name in ELEVEN), **changes)


# --- evidence ----------------------------------------------------------------------------------------------------


def evidence(*given: kinds.Stated) -> Evidence:
    """Return a body of evidence of these pieces."""
    fields = {
        "entries": (kinds.Statement, kinds.Count, kinds.Survey, kinds.Amount, kinds.Figure), "ratings": kinds.Rating,
        "votes": kinds.Votes, "narratives": kinds.Narrative, "covers": kinds.Cover, "targets": kinds.Target,
        "explanations": kinds.Explanation, "actions": kinds.Action,
    }  # fmt: skip
    lists: dict[str, Any] = {
        name: tuple(one for one in given if isinstance(one, types)) for name, types in fields.items()
    }
    return Evidence(Organisation("Anytown NHS Trust"), **lists)


def when(period: str | Period) -> Period:
    """Return a period from its text."""
    return parse_period(period) if isinstance(period, str) else period


def statement(
    letter: str, status: str = "in place", period: str | Period = YEAR, cell: Cell = WHOLE, **changes: Any
) -> kinds.Statement:
    """Return a statement about the thing of this letter."""
    item = letter if "." in letter else f"p.{letter}"
    return kinds.Statement(period=when(period), item=item, status=Status(status), cell=cell, **changes)


def in_place(letters: str) -> tuple[kinds.Statement, ...]:
    """Return a statement for each letter that the thing is in place."""
    return tuple(statement(letter) for letter in letters)


def count(item: str, value: float, period: str | Period = YEAR, **groups: str) -> kinds.Count:
    """Return a count of an item, for the whole or for a cell."""
    return kinds.Count(period=when(period), item=item, value=Fraction(str(value)), cell=make_cell(groups))


def survey(
    yes: float | None = None,
    of: float | None = None,
    percent: str | None = None,
    period: str | Period = YEAR,
    **groups: str,
) -> kinds.Survey:
    """Return answers to the one question of the vocabulary."""
    return kinds.Survey(
        period=when(period), item="s.recommend", cell=make_cell(groups),
        yes=None if yes is None else Fraction(str(yes)), of=None if of is None else Fraction(str(of)),
        percent=None if percent is None else Decimal(percent),
    )  # fmt: skip


def figure(measure: str, value: str, period: str | Period = YEAR, **groups: str) -> kinds.Figure:
    """Return a printed figure of a measure."""
    return kinds.Figure(period=when(period), measure=measure, value=Decimal(value), cell=make_cell(groups))


def amount(value: str, period: str | Period = YEAR) -> kinds.Amount:
    """Return a score."""
    return kinds.Amount(period=when(period), item="a.score", value=Decimal(value))


def about(name: str) -> str:
    """Return a reference: "" is the whole, one character a group, more a criterion or a requirement."""
    return f"fw/{name}" if len(name) > 1 else f"fw/domain-{name}" if name else "fw"


def rating(name: str, said: str | float, period: str | Period = YEAR, **changes: Any) -> kinds.Rating:
    """Return a rating: a grade's id, or points, or "not applicable"."""
    fields: dict[str, Any] = {"period": when(period), "about": about(name)}
    if said == "not applicable":
        fields |= {"applicable": False, "note": "it was formed this month"}
    elif isinstance(said, str):
        fields["grade"] = said
    else:
        fields["points"] = Decimal(str(said))
    return kinds.Rating(**{**fields, **changes})


def ratings(scores: Mapping[str, float]) -> tuple[kinds.Rating, ...]:
    """Return a rating in points for each name."""
    return tuple(rating(name, points) for name, points in scores.items())


def service_ratings(**services: Iterable[float]) -> tuple[kinds.Rating, ...]:
    """Return the ratings of 1A, 1B, … for each service, in points."""
    return tuple(
        rating(f"1{letter}", points, service=service)
        for service, scores in services.items()
        for letter, points in zip("ABCD", scores, strict=False)
    )


def votes(
    name: str, by: str = "staff", period: str | Period = YEAR, stated_total: int | None = None, **counts: int
) -> kinds.Votes:
    """Return votes by grade."""
    return kinds.Votes(period=when(period), about=about(name), votes=counts, stated_total=stated_total, by=by)


def explanation(name: str, period: str | Period = YEAR, **changes: Any) -> kinds.Explanation:
    """Return an explanation of a requirement."""
    given = {"because": "The contract starts in June", "by": "Director of People"}
    return kinds.Explanation(period=when(period), about=about(name), **{**given, **changes})


# --- what comes of them ------------------------------------------------------------------------------------------


def snapshot(*given: kinds.Stated, period: str | Period = YEAR) -> Snapshot:
    """Return what counts at the end of the period."""
    return take_snapshot(evidence(*given), VOCABULARY, when(period))


def assessed(made: Framework, *given: kinds.Stated, period: str | Period = YEAR, **options: Any) -> Assessment:
    """Return the framework applied to this evidence."""
    return assess(made, evidence(*given), when(period), **options)


def one(results: Iterable[Any], name: str) -> Any:
    """Return the result of this id."""
    [found] = [result for result in results if result.id == name]
    return found


def group_of(result: Assessment, name: str) -> GroupResult:
    """Return the result of a group."""
    found: GroupResult = one(result.groups, name)
    return found


def criterion_of(result: Assessment, name: str) -> CriterionResult:
    """Return the result of a criterion."""
    found: CriterionResult = one(result.criteria, name)
    return found


def finding_of(result: Assessment, name: str) -> Finding:
    """Return the finding about a requirement."""
    [found] = [finding for _, finding in result.findings() if finding.requirement == name]
    return found


def codes(result: Assessment) -> list[str]:
    """Return the codes of its remarks."""
    return [remark.code for remark in result.remarks]


def finding(grade: Grade, outcome: Outcome, name: str = "", **changes: Any) -> Finding:
    """Return a finding of this outcome, for this grade."""
    reasons = {
        Outcome.MET: Reason.SHOWN, Outcome.UNMET: Reason.NOT_IN_PLACE, Outcome.UNKNOWN: Reason.NOT_EVIDENCED,
        Outcome.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
    }  # fmt: skip
    given: dict[str, Any] = {"because": "", "basis": Basis.PUBLISHED, "source": "a source", "reason": reasons[outcome]}
    return Finding(requirement=name or "1A.r", grade=grade, text="", outcome=outcome, **{**given, **changes})


def applied(body: Evidence, edits: Iterable[Edit], period: Period = YEAR, framework: str = "fw") -> Evidence:
    """Return the evidence with edits made to it: `item[sex=women]=in place`, `fw/2D=achieving`, `fw/domain-3=7`."""
    for edit in edits:
        award = edit.target.partition("/")[0] == framework
        body = _rated(body, edit, period) if award else _stated(body, edit, period)
    return body


def _rated(body: Evidence, edit: Edit, period: Period) -> Evidence:
    points = edit.value.replace(".", "").isdigit()
    said: dict[str, Any] = {"points": Decimal(edit.value)} if points else {"grade": edit.value}
    kept = [given for given in body.ratings if given.about != edit.target or given.service]
    return evolve(body, ratings=(*kept, kinds.Rating(period=period, about=edit.target, **said)))


def _stated(body: Evidence, edit: Edit, period: Period) -> Evidence:
    item, _, rest = edit.target.partition("[")
    pairs = [(pair.partition("=")[0], pair.partition("=")[2]) for pair in rest.removesuffix("]").split(", ") if pair]
    cell = make_cell(dict(pairs))
    kept = [given for given in body.entries if (getattr(given, "item", ""), given.cell) != (item, cell)]
    said = {"period": period, "item": item, "cell": cell}
    return evolve(body, entries=(*kept, _entry(VOCABULARY.items[item].kind, edit.value, said)))


def _entry(kind: str, value: str, said: dict[str, Any]) -> kinds.Entry:
    """Return what an edit says: "in place", "28", "7.5", "70/100" or "70%"."""
    if kind == "statement":
        return kinds.Statement(status=Status(value), **said)
    if kind == "amount":
        return kinds.Amount(value=Decimal(value), **said)
    if kind == "count":
        return kinds.Count(value=Fraction(value), **said)
    yes, _, of = value.partition("/")
    if not of:
        return kinds.Survey(percent=Decimal(value.removesuffix("%")), **said)
    return kinds.Survey(yes=Fraction(yes), of=Fraction(of), **said)
