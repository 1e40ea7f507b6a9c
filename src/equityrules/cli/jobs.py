"""What `assess` and `explain` share: how evidence is to be judged, and judging it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import attrs
import click

from equityrules.assessment import assess, choose_period
from equityrules.cli.common import INVALID, USAGE, fail
from equityrules.cli.progress import note, watched
from equityrules.cli.values import read_basis, read_date, read_period
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.whatif import what_if
from equityrules.model.basis import Basis
from equityrules.model.evidence import Evidence, Stated
from equityrules.model.framework import Framework
from equityrules.model.period import Period
from equityrules.model.problems import InvalidInputError
from equityrules.model.result import Assessment, Fault
from equityrules.reading import about_framework

_Command = TypeVar("_Command", bound=Callable[..., Any])
Judged = tuple[Framework, Assessment]
"""A framework and what came of applying it."""


def judging_options(command: _Command) -> _Command:
    """Add the options that say how evidence is judged; `read_job` reads them."""
    for option in (
        click.option("--target", envvar="EQUITYRULES_TARGET", metavar="GRADE",
                     help="Aim the gaps at this grade, not just the next one."),
        click.option("--basis", envvar="EQUITYRULES_BASIS", metavar="LEVEL",
                     help="Judge only rules that stand on at least this basis."),
        click.option("--as-of", envvar="EQUITYRULES_AS_OF", metavar="DATE",
                     help="The day explanations are read on; by default the period's last."),
        click.option("--period", envvar="EQUITYRULES_PERIOD",
                     help="The period to assess, as 2023/24; by default the latest."),
    ):  # fmt: skip
        command = option(command)
    return command


def with_option(command: _Command) -> _Command:
    """Add the option for what-if."""
    return click.option(
        "--with", "assumed", multiple=True, metavar="ITEM[GROUP]=VALUE",
        help="Assess as if this were so; may be given many times. The result is marked as hypothetical.",
    )(command)  # fmt: skip


def assuming(frameworks: Frameworks, bodies: Sequence[Evidence], edits: Sequence[str], job: Job) -> list[Evidence]:
    """Return the evidence with what is assumed; exits 2 for edits that cannot be read."""
    if not edits:
        return list(bodies)
    try:
        return [what_if(body, edits, job.period or choose_period(body)[0], frameworks) for body in bodies]
    except InvalidInputError as error:
        fail(str(error), USAGE)


@attrs.frozen
class Job:
    """What was asked for, in values rather than words."""

    frameworks: Frameworks
    names: tuple[str, ...]
    period: Period | None
    as_of: dt.date | None
    basis: Basis | None
    target: str | None


def read_job(
    frameworks: Frameworks,
    names: tuple[str, ...],
    *,
    period: str | None,
    as_of: str | None,
    basis: str | None,
    target: str | None,
) -> Job:
    """Return what was asked for; exits 2 for what cannot be read."""
    return Job(frameworks, names, read_period(period), read_date(as_of), read_basis(basis), target)


def judge_all(job: Job, bodies: Sequence[Evidence]) -> list[Judged]:
    """Return every assessment that was asked for; what there is nothing for is named, and exits 3 if that is all."""
    found = [one for body in watched(bodies, "Assessing") for one in _judge(job, body)]
    if not found:
        fail(_nothing_to_assess(job, bodies), INVALID)
    return found


def new_faults(frameworks: Frameworks, results: Sequence[Assessment]) -> list[Fault]:
    """Return the faults that came up while assessing, each once; those of loading and reading were told before."""
    told = (*frameworks.plugins.faults, *frameworks.plugins.reading)
    found = dict.fromkeys(fault for result in results for fault in result.receipt.faults)
    return [fault for fault in found if fault not in told]


def _judge(job: Job, body: Evidence) -> Iterator[Judged]:
    """Yield an assessment of one organisation for each framework it has something for."""
    period = job.period or choose_period(body)[0]
    so_far = until(body, period)
    if not so_far.everything():
        listed = ", ".join(map(str, body.periods()))
        note(f"{body.organisation.name}: nothing for {period}; the evidence is for {listed}")
        return
    chosen: dict[str, Framework] = {}
    for framework in _chosen(job, so_far, period):
        chosen.setdefault(framework.ref, framework)
    for framework in chosen.values():
        if about_framework(framework, so_far):
            yield framework, _assess(job, framework, body)
        else:
            note(f"{body.organisation.name}: the evidence has nothing for {framework.ref}")


def _assess(job: Job, framework: Framework, body: Evidence) -> Assessment:
    try:
        return assess(framework, body, job.period, job.as_of, basis=job.basis, target=job.target)
    except ValueError as error:
        fail(f"--target: {error}", USAGE)


def until(body: Evidence, period: Period) -> Evidence:
    """Return what is stated for a period and those before it."""
    kept: dict[str, Any] = {}
    for field in attrs.fields(Evidence):
        given = getattr(body, field.name)
        if isinstance(given, tuple):
            kept[field.name] = tuple(one for one in given if not _is_later(one, period))
    return attrs.evolve(body, **kept)


def _is_later(one: object, period: Period) -> bool:
    return isinstance(one, Stated) and one.period.end > period.end


def judged_periods(body: Evidence) -> list[Period]:
    """Return the periods in which anything is judged: plans and targets alone make none."""
    return sorted({one.period for one in (*body.entries, *body.ratings, *body.votes)} or set(body.periods()))


def _chosen(job: Job, body: Evidence, period: Period) -> Iterator[Framework]:
    """Yield the frameworks that were named, or every one in force that the evidence has something for."""
    for name in job.names:
        try:
            yield job.frameworks.resolve(name, period.end)
        except KeyError as error:
            fail(f"-f: {error.args[0]}", USAGE)
    for name in () if job.names else job.frameworks.ids():
        if not any(about_framework(edition, body) for edition in job.frameworks.editions(name)):
            continue
        try:
            yield job.frameworks.resolve(name, period.end)
        except KeyError as error:
            note(f"{body.organisation.name}: left out, as {error.args[0]}")


def _nothing_to_assess(job: Job, bodies: Sequence[Evidence]) -> str:
    named = ", ".join(job.names) or "any framework"
    about = sorted(one.id for one in job.frameworks.values() if any(about_framework(one, body) for body in bodies))
    has = f"it has something for {', '.join(dict.fromkeys(about))}" if about else "it has nothing for any framework"
    return f"nothing could be assessed by {named}: {has}; `equityrules template` lists what each framework reads"
