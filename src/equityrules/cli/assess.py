"""`equityrules assess`: frameworks applied to evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from attrs import frozen

from equityrules.assessment import about_framework, assess, choose_period
from equityrules.cli.common import (
    BELOW,
    INVALID,
    USAGE,
    fail,
    load,
    plugin_options,
    profile_option,
    read,
    report_faults,
    write,
)
from equityrules.cli.formats import available_formats, render
from equityrules.cli.limits import below, read_limit
from equityrules.cli.values import read_basis, read_date, read_period
from equityrules.loading.catalogue import Frameworks
from equityrules.model.basis import Basis
from equityrules.model.evidence import Evidence
from equityrules.model.framework import Framework
from equityrules.model.period import Period
from equityrules.model.problems import nearest, quoted
from equityrules.model.result import Assessment, Fault

_BY_SUFFIX = {".json": "json", ".csv": "csv", ".md": "markdown", ".txt": "table"}


@frozen
class Job:
    """What was asked for, in values rather than words."""

    frameworks: Frameworks
    names: tuple[str, ...]
    period: Period | None
    as_of: dt.date | None
    basis: Basis | None
    target: str | None


@click.command("assess")
@click.argument("evidence", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--framework",
    "framework",
    multiple=True,
    metavar="ID[@EDITION]",
    envvar="EQUITYRULES_FRAMEWORK",
    help="A framework to apply; without it, every one the evidence has something for.",
)
@click.option("--period", envvar="EQUITYRULES_PERIOD", help="The period to assess, as 2023/24; by default the latest.")
@click.option("--as-of", metavar="DATE", help="The day explanations are read on; by default the period's last.")
@click.option(
    "--format",
    "format_name",
    envvar="EQUITYRULES_FORMAT",
    help="table (default), markdown, json, csv, or a plugin's.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to a file; its ending chooses the format.")
@click.option("--report", multiple=True, metavar="FORMAT:FILE", help="Write one more report; may be given many times.")
@click.option(
    "--basis",
    envvar="EQUITYRULES_BASIS",
    metavar="LEVEL",
    help="Judge only rules that stand on at least this basis.",
)
@click.option(
    "--target",
    envvar="EQUITYRULES_TARGET",
    metavar="GRADE",
    help="Aim the gaps at this grade, not just the next one.",
)
@click.option(
    "--fail-under",
    multiple=True,
    envvar="EQUITYRULES_FAIL_UNDER",
    metavar="ID=GRADE",
    help="Exit 1 where less is held.",
)
@profile_option
@plugin_options
def assess_command(
    evidence: tuple[Path, ...],
    framework: tuple[str, ...],
    period: str | None,
    as_of: str | None,
    format_name: str | None,
    output: Path | None,
    report: tuple[str, ...],
    basis: str | None,
    target: str | None,
    fail_under: tuple[str, ...],
    profile: Path | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
) -> None:
    """Apply frameworks to EVIDENCE (TOML, JSON or tidy CSV; - is stdin).

    Several files are merged into one body of evidence for each organisation.
    """
    frameworks = load(framework_dir, no_plugin, strict_plugins, profile)
    outputs = _outputs(frameworks, format_name, output, report)
    job = Job(frameworks, framework, read_period(period), read_date(as_of), read_basis(basis), target)
    limits = [read_limit(frameworks, text) for text in fail_under]
    bodies = read(frameworks, evidence, strict_plugins)
    results = [result for body in bodies for result in _assess_all(job, body)]
    if not results:
        fail(_nothing_to_assess(job, bodies), INVALID)
    report_faults(_new_faults(frameworks, results), strict_plugins)
    texts = [(render(frameworks, name, results), file) for name, file in outputs]
    for text, file in texts:
        write(text, file)
    lines = [line for limit in limits for line in below(limit, results)]
    if lines:
        fail("\n".join(lines), BELOW)


def _new_faults(frameworks: Frameworks, results: Sequence[Assessment]) -> list[Fault]:
    """Return the faults that came up while assessing, each once."""
    found = dict.fromkeys(fault for result in results for fault in result.receipt.faults)
    return [fault for fault in found if fault not in frameworks.plugins.faults]


def _format_of(output: Path) -> str:
    """Return the format that a file's ending stands for; exits 2 where it stands for none."""
    suffix = output.suffix.casefold()
    if suffix not in _BY_SUFFIX:
        fail(f"-o {output}: '{suffix}' is not the ending of a format; write {quoted(_BY_SUFFIX)}, or --format", USAGE)
    return _BY_SUFFIX[suffix]


def _outputs(
    frameworks: Frameworks, format_name: str | None, output: Path | None, report: Sequence[str]
) -> list[tuple[str, Path | None]]:
    """Return each report's format and file; exits 2 for a format that does not exist."""
    chosen = format_name or (_format_of(output) if output else "table")
    outputs: list[tuple[str, Path | None]] = [(chosen, output)] if output or not report or format_name else []
    for text in report:
        name, colon, file = text.partition(":")
        if not colon or not file:
            fail(f"--report {text}: write it as FORMAT:FILE, for example markdown:board.md", USAGE)
        outputs.append((name, Path(file)))
    known = available_formats(frameworks)
    for name, _ in outputs:
        if name not in known:
            fail(f"there is no format '{name}'{nearest(name, known)}; the formats are {quoted(known)}", USAGE)
    return outputs


def _assess_all(job: Job, body: Evidence) -> Iterator[Assessment]:
    """Yield an assessment of one organisation for each framework it has something for."""
    period = job.period or choose_period(body)[0]
    if not any(stated.end <= period.end for stated in body.periods()):
        listed = ", ".join(map(str, body.periods()))
        click.echo(f"{body.organisation.name}: nothing for {period}; the evidence is for {listed}", err=True)
        return
    for framework in _chosen(job, body, period):
        if not about_framework(framework, body):
            click.echo(f"{body.organisation.name}: the evidence has nothing for {framework.ref}", err=True)
            continue
        try:
            yield assess(framework, body, job.period, job.as_of, basis=job.basis, target=job.target)
        except ValueError as error:
            fail(f"--target: {error}", USAGE)


def _chosen(job: Job, body: Evidence, period: Period) -> Iterator[Framework]:
    """Yield the frameworks that were named, or every one in force that the evidence has something for."""
    if job.names:
        for name in job.names:
            try:
                yield job.frameworks.resolve(name, period.end)
            except KeyError as error:
                fail(f"-f: {error.args[0]}", USAGE)
        return
    for name in job.frameworks.ids():
        editions = job.frameworks.editions(name)
        if not any(about_framework(edition, body) for edition in editions):
            continue
        try:
            yield job.frameworks.resolve(name, period.end)
        except KeyError as error:
            click.echo(f"{body.organisation.name}: {error.args[0]}", err=True)


def _nothing_to_assess(job: Job, bodies: Sequence[Evidence]) -> str:
    named = ", ".join(job.names) or "any framework"
    about = sorted(
        one.id for one in job.frameworks.values() if any(about_framework(one, body) for body in bodies)
    )  # fmt: skip
    has = f"it has something for {', '.join(dict.fromkeys(about))}" if about else "it has nothing for any framework"
    return f"nothing could be assessed by {named}: {has}; `equityrules template` lists what each framework reads"
