"""Who an output is for: --for, --disclosure and --published, and what is printed of the results then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from attrs import field, frozen

from equityrules.cli.common import FILE, USAGE, fail, read
from equityrules.cli.jobs import Judged
from equityrules.disclosure import Case, Policy, for_internal_use, publish
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.policies import load_policy
from equityrules.model.evidence import Evidence
from equityrules.model.numbers import counted
from equityrules.model.result import Audience

_Command = TypeVar("_Command", bound=Callable[..., Any])

_AUDIENCES = [Audience.PUBLICATION.value, Audience.INTERNAL.value]
_INTERNAL_FORMATS = ("table", "json", "csv", "working-xlsx")
"""Formats people work with; every other one is made to be passed on."""


def disclosing_options(command: _Command) -> _Command:
    """Add the options that say whom an output is for; `read_disclosing` reads them."""
    for option in (
        click.option("--published", multiple=True, type=FILE, metavar="FILE", envvar="EQUITYRULES_PUBLISHED",
                     help="Evidence that was published before: what it gives away is hidden too. May be repeated."),
        click.option("--disclosure", metavar="POLICY", envvar="EQUITYRULES_DISCLOSURE",
                     help="How small numbers are kept out of what is published: project (default), round-to-5, …"),
        click.option("--for", "audience", type=click.Choice(_AUDIENCES), envvar="EQUITYRULES_FOR",
                     help="Hide small numbers, or show them; by default table, json and csv show them."),
    ):  # fmt: skip
        command = option(command)
    return command


@frozen
class Disclosing:
    """For whom the outputs are (None: as the format has it), by which policy, beside what was published before."""

    audience: str | None
    policy: Policy
    published: tuple[Evidence, ...] = ()
    _done: dict[str, list[Judged]] = field(factory=dict, init=False, eq=False, repr=False)

    def results(self, format_name: str, judged: Sequence[Judged], bodies: Sequence[Evidence]) -> list[Judged]:
        """Return the results as they are printed in a format; all outputs of a run hide the same."""
        audience = self.audience or (Audience.INTERNAL if format_name in _INTERNAL_FORMATS else Audience.PUBLICATION)
        if audience not in self._done:
            made = self._published(judged, bodies) if audience == Audience.PUBLICATION else _internal(judged)
            self._done[audience] = list(made)
        return self._done[audience]

    def _published(self, judged: Sequence[Judged], bodies: Sequence[Evidence]) -> Iterator[Judged]:
        by_name = {(body.organisation.name, body.organisation.code): body for body in bodies}
        cases = [
            Case(framework, by_name[result.organisation, result.organisation_code], result)
            for framework, result in judged
        ]
        found = publish(cases, self.policy, self.published)
        if found.given_away:
            listed = ", ".join(sorted(map(str, found.given_away)))
            number = counted(len(found.given_away), "hidden number")
            click.echo(
                f"{number} can be worked out from what was published before, or from what is never hidden: {listed}",
                err=True,
            )
        return ((framework, made) for (framework, _), made in zip(judged, found.assessments, strict=True))


def _internal(judged: Sequence[Judged]) -> Iterator[Judged]:
    return ((framework, for_internal_use(result)) for framework, result in judged)


def read_disclosing(
    frameworks: Frameworks, audience: str | None, policy: str | None, published: Sequence[Path], strict: bool
) -> Disclosing:
    """Return what was asked for; exits 2 for a policy that does not exist, 3 for evidence that cannot be read."""
    try:
        chosen = load_policy(policy or "")
    except ValueError as error:
        fail(f"--disclosure: {error}", USAGE)
    before = read(frameworks, published, strict) if published else ()
    return Disclosing(audience, chosen, tuple(before))
