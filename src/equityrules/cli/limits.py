"""`--fail-under`: the least grades that have to be held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from equityrules.cli.common import USAGE, fail
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.references import read_reference
from equityrules.model.evidence import Evidence, Organisation
from equityrules.model.result import Assessment, Standing
from equityrules.model.scale import Grade


@frozen
class Limit:
    """The least grade that something has to hold; in one edition where that is named."""

    about: str
    grade: Grade
    edition: str = ""


def read_limit(frameworks: Frameworks, text: str) -> Limit:
    """Return the limit that ID=GRADE names; exits 2 where it names nothing."""
    about, equals, word = text.partition("=")
    if not equals:
        fail(f"--fail-under {text}: write it as ID=GRADE, for example eds=achieving or eds/2A=developing", USAGE)
    first, slash, part = about.strip().partition("/")
    name, at, edition = first.strip().partition("@")
    try:
        known = _only(frameworks, f"{name.casefold()}@{edition}") if at else frameworks
        found, scale, _ = read_reference(known, f"{name}{slash}{part}", None)
        return Limit(found, scale.read(word), edition)
    except (KeyError, ValueError) as error:
        fail(f"--fail-under {text}: {error.args[0]}", USAGE)


def _only(frameworks: Frameworks, ref: str) -> Frameworks:
    """Return one edition alone. Raises KeyError where it does not exist."""
    return evolve(frameworks, by_ref={ref: frameworks[ref]})


def below(limit: Limit, results: Sequence[Assessment], bodies: Sequence[Evidence]) -> Iterator[str]:
    """Yield a line for each organisation that holds less than the limit; no grade, and no assessment, is less."""
    for organisation in (body.organisation for body in bodies):
        held = list(_standings(limit, results, organisation))
        if not held:
            edition = f" by edition {limit.edition}" if limit.edition else ""
            yield f"{limit.about} was not assessed{edition} for {organisation.name}, so nothing is held"
        for standing in held:
            if standing.held is None or standing.held.rank < limit.grade.rank:
                label = standing.held.label if standing.held else "no grade"
                yield f"{organisation.name}: {limit.about} holds {label}, below {limit.grade.label}"


def _standings(limit: Limit, results: Sequence[Assessment], organisation: Organisation) -> Iterator[Standing]:
    """Yield where what the limit is about stands in the assessments of one organisation."""
    for result in results:
        theirs = (result.organisation, result.organisation_code) == (organisation.name, organisation.code)
        if theirs and limit.edition in ("", result.framework.edition):
            yield from (standing for name, standing in _named(result) if name == limit.about)


def _named(result: Assessment) -> Iterator[tuple[str, Standing]]:
    """Yield everything that is graded, by the reference that names it."""
    yield result.framework.id, result.overall
    for group in result.groups:
        yield f"{result.framework.id}/{result.framework.words.get('group', 'group')}-{group.id}", group
    for criterion in result.criteria:
        yield f"{result.framework.id}/{criterion.id}", criterion
