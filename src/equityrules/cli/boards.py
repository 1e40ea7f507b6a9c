"""What reports for a board take beside the results: earlier ones of the same evidence, and the organisation's brand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from equityrules.assessment import assess
from equityrules.cli.common import FILE, USAGE, fail
from equityrules.cli.jobs import Job, Judged, judged_periods, until
from equityrules.model.evidence import Evidence
from equityrules.model.framework import Framework
from equityrules.model.result import Assessment
from equityrules.model.vocabulary import Vocabulary
from equityrules.reading import about_framework
from equityrules.reports import FOR_BOARDS
from equityrules.reports.board import Board, Brand, read_brand

_Command = TypeVar("_Command", bound=Callable[..., Any])
_ABOUT_THE_SAME = 31
"""By how many days two periods may differ in length and still be compared."""


def brand_option(command: _Command) -> _Command:
    """Add the option for an organisation's own mark."""
    return click.option(
        "--brand", type=FILE, envvar="EQUITYRULES_BRAND",
        help="The organisation's own logo, for reports in HTML: PNG, JPEG or SVG.",
    )(command)  # fmt: skip


def read_mark(file: Path | None) -> Brand | None:
    """Return the organisation's own mark; exits 2 for a file that is no picture."""
    try:
        return read_brand(file) if file else None
    except ValueError as error:
        fail(f"--brand: {error}", USAGE)


def earlier_results(
    formats: Sequence[str], job: Job, bodies: Sequence[Evidence], judged: Sequence[Judged]
) -> list[Judged]:
    """Return what came before each result, worked out only where one of the formats tells it."""
    if not FOR_BOARDS.intersection(formats):
        return []
    return [(framework, one) for framework, result in judged for one in _earlier(job, bodies, framework, result)]


def board_of(judged: Sequence[Judged], earlier: Sequence[Assessment], brand: Brand | None) -> Board:
    """Return what a report for a board takes beside the results; `earlier` as it may be shown where that goes."""
    vocabulary = Vocabulary()
    for framework, _ in judged:
        vocabulary = vocabulary.merged(framework.vocabulary)
    return Board(tuple(earlier), brand, vocabulary)


def _earlier(job: Job, bodies: Sequence[Evidence], framework: Framework, result: Assessment) -> Iterator[Assessment]:
    """Yield the assessments of earlier periods of the same length in the same evidence, by the same edition."""
    named = (result.organisation, result.organisation_code)
    body = next(one for one in bodies if (one.organisation.name, one.organisation.code) == named)
    for period in judged_periods(body):
        alike = abs((period.end - period.start) - (result.period.end - result.period.start)).days <= _ABOUT_THE_SAME
        if alike and period.end < result.period.start and about_framework(framework, until(body, period)):
            yield assess(framework, body, period, basis=job.basis)
