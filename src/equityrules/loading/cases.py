"""Cases: evidence with the grades and gaps that are expected of it, written beside the criteria, run without Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import field, frozen

from equityrules.assessment import assess
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.documents import decode, parse_toml, read_bytes
from equityrules.loading.editions import FRAMEWORK_FILE
from equityrules.loading.evidence import evidence_of_document
from equityrules.loading.structuring import make_converter, structure_file
from equityrules.model.evidence import Evidence
from equityrules.model.framework import Framework
from equityrules.model.numbers import display
from equityrules.model.problems import InvalidInputError, Problem
from equityrules.model.result import Assessment, Standing

NONE = "none"
"""How a case says that no grade is expected."""


@frozen
class Expected:
    """What a case expects; only what it names is looked at. A grade is written by its id, none as "none"."""

    overall: str = ""
    points: Decimal | None = None
    group: Mapping[str, str] = field(factory=dict)
    criterion: Mapping[str, str] = field(factory=dict)
    attainable: Mapping[str, str] = field(factory=dict)
    finding: Mapping[str, str] = field(factory=dict)
    gaps: Mapping[str, tuple[str, ...]] = field(factory=dict)
    remarks: tuple[str, ...] | None = None


@frozen
class CaseSpec:
    """A case's file: its title in words, the evidence given, and what is expected of it."""

    title: str
    given: Any
    expect: Expected


@frozen
class CaseResult:
    """A case that was run: its name and every difference from what was expected."""

    name: str
    differences: tuple[str, ...]


def run_cases(folder: Path, frameworks: Frameworks) -> list[CaseResult]:
    """Return the result of every case under a folder. Raises InvalidInputError with every problem in the cases."""
    problems: list[Problem] = []
    results = []
    for file in sorted(folder.rglob("cases/*.toml")):
        name = file.relative_to(folder).as_posix()
        try:
            results.append(_run(file, name, frameworks))
        except InvalidInputError as error:
            problems.extend(Problem(name, one.where, one.message) for one in error.problems)
    if problems:
        raise InvalidInputError(problems)
    return results


def _run(file: Path, name: str, frameworks: Frameworks) -> CaseResult:
    case = _read(file, name)
    framework = _framework(file, name, frameworks)
    evidence = _evidence(case, name, frameworks)
    differences = tuple(_differences(case.expect, assess(framework, evidence)))
    return CaseResult(f"{name}: {case.title}", differences)


def _read(file: Path, name: str) -> CaseSpec:
    document = parse_toml(decode(read_bytes(file), name), name)
    return structure_file(_CONVERTER, document, CaseSpec, name)


def _framework(file: Path, name: str, frameworks: Frameworks) -> Framework:
    """Return the edition whose folder the case stands in."""
    own = parse_toml(decode(read_bytes(file.parent.parent / FRAMEWORK_FILE), name), name)
    return frameworks[f"{own.get('id')}@{own.get('edition')}"]


def _evidence(case: CaseSpec, name: str, frameworks: Frameworks) -> Evidence:
    if not isinstance(case.given, Mapping):
        raise InvalidInputError([Problem(name, "given", "is not a table; write the evidence under [given]")])
    given = {"organisation": "A case", "period": "2023/24", **case.given}
    [evidence] = evidence_of_document(given, name, frameworks)
    return evidence


def _differences(expect: Expected, result: Assessment) -> Iterator[str]:
    if expect.overall:
        yield from _grade("overall", expect.overall, result.overall, "held")
    if expect.points is not None and result.overall.points != Fraction(expect.points):
        found = "none" if result.overall.points is None else display(result.overall.points)
        yield f"points: {expect.points} expected, {found} found"
    groups = {one.id: one for one in result.groups}
    criteria = {one.id: one for one in result.criteria}
    yield from _grades("group", expect.group, groups, "held")
    yield from _grades("criterion", expect.criterion, criteria, "held")
    yield from _grades("attainable", expect.attainable, criteria, "attainable")
    yield from _findings(expect, result)
    yield from _gaps(expect, result)
    codes = tuple(dict.fromkeys(remark.code for remark in result.remarks))
    if expect.remarks is not None and set(codes) != set(expect.remarks):
        yield f"remarks: {sorted(expect.remarks)} expected, {sorted(codes)} found"


def _grades(what: str, wanted: Mapping[str, str], found: Mapping[str, Standing], which: str) -> Iterator[str]:
    for name, grade in wanted.items():
        if name not in found:
            yield f"{what} {name}: there is none"
            continue
        yield from _grade(f"{what} {name}", grade, found[name], which)


def _grade(what: str, wanted: str, standing: Standing, which: str) -> Iterator[str]:
    grade = getattr(standing, which)
    found = grade.id if grade else NONE
    if found != wanted:
        yield f"{what}: {wanted} expected, {found} found ({standing.because})"


def _findings(expect: Expected, result: Assessment) -> Iterator[str]:
    found = {finding.requirement: finding for _, finding in result.findings()}
    for name, wanted in expect.finding.items():
        outcome = found[name].outcome.value if name in found else "no such requirement"
        if outcome != wanted:
            yield f"finding {name}: {wanted} expected, {outcome} found"


def _gaps(expect: Expected, result: Assessment) -> Iterator[str]:
    for criterion in result.criteria:
        if criterion.id in expect.gaps:
            found = [gap.requirement for gap in criterion.gaps]
            wanted = list(expect.gaps[criterion.id])
            if sorted(found) != sorted(wanted):
                yield f"gaps of {criterion.id}: {wanted} expected, {found} found"


_CONVERTER = make_converter()
