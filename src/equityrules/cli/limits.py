"""`--fail-under`: the least grades that have to be held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from equityrules.cli.common import USAGE, fail
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.references import read_reference
from equityrules.model.result import Assessment, Standing
from equityrules.model.scale import Grade


@frozen
class Limit:
    """The least grade that something has to hold."""

    about: str
    grade: Grade


def read_limit(frameworks: Frameworks, text: str) -> Limit:
    """Return the limit that ID=GRADE names; exits 2 where it names nothing."""
    about, equals, word = text.partition("=")
    if not equals:
        fail(f"--fail-under {text}: write it as ID=GRADE, for example eds=achieving or eds/2A=developing", USAGE)
    try:
        name, scale, _ = read_reference(frameworks, about.partition("@")[0], None)
        return Limit(name, scale.read(word))
    except ValueError as error:
        fail(f"--fail-under {text}: {error}", USAGE)


def below(limit: Limit, results: Sequence[Assessment]) -> Iterator[str]:
    """Yield a line for each assessment in which less than the limit is held; no grade is less than any."""
    for result in results:
        for name, standing in _standings(result):
            if name == limit.about and (standing.held is None or standing.held.rank < limit.grade.rank):
                held = standing.held.label if standing.held else "no grade"
                yield f"{result.organisation}: {name} holds {held}, below {limit.grade.label}"


def _standings(result: Assessment) -> Iterator[tuple[str, Standing]]:
    yield result.framework.id, result.overall
    for group in result.groups:
        yield f"{result.framework.id}/{result.framework.words.get('group', 'group')}-{group.id}", group
    for criterion in result.criteria:
        yield f"{result.framework.id}/{criterion.id}", criterion
