"""Which figures of a criterion are drawn, and what each is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from equityrules.model.finding import Finding, Limits, Observation
from equityrules.model.result import CriterionResult
from equityrules.model.vocabulary import cell_text


@frozen
class Figure:
    """A figure to draw: what it is called, what was seen, and where it is to lie."""

    label: str
    seen: Observation
    asked: Limits | None = None


def figures_of(criterion: CriterionResult) -> tuple[Figure, ...]:
    """Return every figure of a criterion with a value, each once, in the order of its requirements."""
    found: dict[tuple[str, object], Figure] = {}
    for finding, name in zip(criterion.findings, _part_names(criterion.findings), strict=True):
        for seen in finding.observations:
            if seen.value is None:
                continue
            key = (seen.of, seen.cell)
            known = found.get(key)
            if known is None or known.asked is None:
                found[key] = Figure(
                    (seen.cell and name) or seen.title, seen, finding.asked or (known.asked if known else None)
                )
    return _told_apart(list(found.values()))


def _told_apart(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return figures of which those with one name also say of which part they are."""
    names = Counter(one.label for one in figures)
    return tuple(
        evolve(one, label=f"{one.label}{cell_text(one.seen.cell)}") if names[one.label] > 1 else one for one in figures
    )


def _part_names(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield for each finding what tells it from its siblings: "Band 6" of "...: Band 6"; nothing where it has none."""
    families: dict[str, set[str]] = {}
    for one in findings:
        families.setdefault(_family(one), set()).add(one.text.rpartition(": ")[0])
    for one in findings:
        alike = len(families[_family(one)]) == 1 and "/" in one.requirement
        yield one.text.rpartition(": ")[2] if alike and ": " in one.text else ""


def _family(finding: Finding) -> str:
    return finding.requirement.partition("/")[0]
