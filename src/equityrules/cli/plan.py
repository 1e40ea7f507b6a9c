"""`equityrules plan`: action plans checked against the frameworks, and drafted from gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from equityrules.cli.common import FILE, USAGE, fail, load, plugin_options, profile_option, read, refuse_invalid
from equityrules.cli.gaps import priorities_by_organisation
from equityrules.cli.jobs import judge_all, judging_options, read_job
from equityrules.cli.organisations import of_organisations, organisation_option
from equityrules.cli.values import read_date
from equityrules.cli.writing import write
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.plans import read_plan
from equityrules.model.plan import Plan
from equityrules.model.problems import InvalidInputError, nearest, quoted
from equityrules.model.result import Assessment
from equityrules.plans import check_plan, draft_plan
from equityrules.plans.codes import switched_on
from equityrules.reports.plan_remarks import PLAN_RENDERERS, RENDERERS, render_plan, render_review

_BY_SUFFIX = {".json": "json", ".csv": "csv", ".md": "markdown", ".txt": "table"}
_FRAMEWORK_HELP = "A framework to look at; without it, every one the evidence has something for."


@click.group("plan")
def plan_command() -> None:
    """Check an action plan, or draft one from gaps."""


@plan_command.command("check")
@click.argument("plan", type=FILE)
@click.argument("evidence", nargs=-1, type=FILE)
@click.option("--before", type=FILE, metavar="OLDER_PLAN", help="An older version: say what became of its actions.")
@click.option("--map", "map_file", type=FILE, help="Which column holds what; by default PLAN's name with .map.toml.")
@click.option("--on", multiple=True, metavar="CODE", help="Also look for this code, or family of codes.")
@click.option("--off", multiple=True, metavar="CODE", help="Do not look for this code, or family of codes.")
@click.option("--as-of", metavar="DATE", envvar="EQUITYRULES_AS_OF", help="The day to check on; by default today.")
@click.option("-f", "--framework", multiple=True, metavar="ID[@EDITION]", help=_FRAMEWORK_HELP)
@organisation_option
@click.option("--format", "format_name", help=f"{', '.join(RENDERERS)}; table by default.")
@click.option("-o", "--output", type=FILE, help="Write to a file; its ending chooses the format.")
@profile_option
@plugin_options
def check_command(
    plan: Path,
    evidence: tuple[Path, ...],
    before: Path | None,
    map_file: Path | None,
    on: tuple[str, ...],
    off: tuple[str, ...],
    as_of: str | None,
    framework: tuple[str, ...],
    organisation: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    profile: Path | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
) -> None:
    """Say what to mend in an action plan: references, measures, dates, and, with EVIDENCE, gaps it does not take up.

    PLAN is a CSV file, a workbook or a Word document with tables, with a heading for each column; `docs/plans.md`
    lists the headings that are known and the codes.
    """
    chosen = _format(format_name, output, RENDERERS)
    day = read_date(as_of) or dt.date.today()
    _check_codes(on, off)
    frameworks = load(framework_dir, no_plugin, strict_plugins, profile)
    read_one = _read_plan(frameworks, plan, map_file)
    older = _read_plan(frameworks, before, None) if before else None
    assessments: Sequence[Assessment] = ()
    if evidence:
        job = read_job(frameworks, framework, period=None, as_of=None, basis=None, target=None)
        bodies = of_organisations(read(frameworks, evidence, strict_plugins), organisation)
        if len(bodies) > 1:
            names = quoted(body.organisation.name for body in bodies[:5])
            fail(
                f"a plan is one organisation's, and the evidence is of several; choose with --organisation: {names}",
                USAGE,
            )
        assessments = [result for _, result in judge_all(job, bodies)]
    review = check_plan(
        read_one, frameworks.plan_rules, as_of=day, assessments=assessments, before=older, on=on, off=off
    )
    write(render_review(review, chosen), output)


def _format(name: str | None, output: Path | None, known: Iterable[str]) -> str:
    """Return the format to write; exits 2 for one that does not exist."""
    formats = list(known)
    chosen = name or (_BY_SUFFIX.get(output.suffix.casefold(), formats[0]) if output else formats[0])
    if chosen not in formats:
        fail(f"there is no format '{chosen}'{nearest(chosen, formats)}; the formats are {quoted(formats)}", USAGE)
    return chosen


def _check_codes(on: Sequence[str], off: Sequence[str]) -> None:
    """Exit 2 for a code that does not exist."""
    for option, names in (("--on", on), ("--off", off)):
        try:
            switched_on(names)
        except ValueError as error:
            fail(f"{option}: {error}", USAGE)


def _refuse_several(names: Sequence[str]) -> None:
    """Exit 2 where the evidence is of several organisations, since a plan is of one."""
    if len(names) > 1:
        some = quoted(names[:5])
        fail(f"a plan is one organisation's, and the evidence is of several; choose with --organisation: {some}", USAGE)


def _read_plan(frameworks: Frameworks, file: Path, map_file: Path | None) -> Plan:
    """Return a plan; exits 3 with every problem in it or its map."""
    try:
        return read_plan(file, frameworks, map_file)
    except InvalidInputError as error:
        refuse_invalid(error, "plan or its map")


@plan_command.command("draft")
@click.argument("evidence", nargs=-1, required=True, type=FILE)
@click.option("-f", "--framework", multiple=True, metavar="ID[@EDITION]", help=_FRAMEWORK_HELP)
@organisation_option
@judging_options
@click.option("--format", "format_name", help=f"{', '.join(PLAN_RENDERERS)}; csv by default.")
@click.option("-o", "--output", type=FILE, help="Write to a file; its ending chooses the format.")
@profile_option
@plugin_options
def draft_command(
    evidence: tuple[Path, ...],
    framework: tuple[str, ...],
    organisation: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    profile: Path | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
    **judging: str | None,
) -> None:
    """Write the gaps in EVIDENCE as an action plan to fill in.

    What is known is there: criteria, current position, measure, target and a suggested action. Due, lead, governance
    and status are left to you. The file reads back with `equityrules plan check`.
    """
    chosen = _format(format_name, output, PLAN_RENDERERS)
    if output is not None and output.is_file():
        fail(f"{output} exists; name another file, so that nothing filled in is lost", USAGE)
    frameworks = load(framework_dir, no_plugin, strict_plugins, profile)
    job = read_job(frameworks, framework, **judging)
    bodies = of_organisations(read(frameworks, evidence, strict_plugins), organisation)
    found = list(priorities_by_organisation(judge_all(job, bodies), bodies))
    if len(found) > 1:
        names = quoted(one.assessments[0].organisation for one in found[:5])
        fail(
            f"a plan is one organisation's, and the evidence is of several; choose with --organisation: {names}", USAGE
        )
    write(render_plan(draft_plan(found[0], frameworks.plan_rules), chosen), output)
