"""`equityrules template`: an evidence file to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from equityrules.assessment import choose_period
from equityrules.cli.common import FILE, USAGE, fail, load, plugin_options, read
from equityrules.cli.organisations import of_organisations, organisation_option
from equityrules.cli.progress import note, quiet_option
from equityrules.cli.writing import is_stdout, write
from equityrules.loading.catalogue import Frameworks
from equityrules.model.evidence import Evidence
from equityrules.model.extras import MissingExtraError
from equityrules.model.framework import Framework
from equityrules.model.problems import quoted
from equityrules.model.snapshot import take_snapshot
from equityrules.model.vocabulary import Vocabulary
from equityrules.reading import cells_missing
from equityrules.reports.templates import TEMPLATES, Missing
from equityrules.reports.workbook.template import workbook_template

WORKBOOK = "xlsx"
"""The format of a template that is a file of its own kind, not text."""


@click.command("template")
@click.argument("framework", nargs=-1, required=True, metavar="ID…")
@click.option("-o", "--output", type=FILE, help="The file to write; its ending chooses the format.")
@click.option("--format", "form", help="toml (default), csv or xlsx.")
@click.option(
    "--missing",
    multiple=True,
    type=FILE,
    metavar="EVIDENCE",
    help="Ask only for what this evidence does not give; may be given many times.",
)
@organisation_option
@plugin_options
@quiet_option
def template_command(
    framework: tuple[str, ...],
    output: Path | None,
    form: str | None,
    missing: tuple[Path, ...],
    organisation: tuple[str, ...],
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
) -> None:
    """Write an evidence file for the frameworks named, with every item they read and what it means.

    Fill in what you have and leave the rest blank: a half-filled file is a normal file. With --missing it asks only for
    what the evidence does not give, or gives too old, in its latest period.
    """
    chosen = form or (output.suffix.removeprefix(".").casefold() if output else "") or "toml"
    _check_form(chosen, output)
    if output is not None and output.is_file():
        fail(f"{output} exists; name another file, so that nothing filled in is lost", USAGE)
    frameworks = load(framework_dir, no_plugin, strict_plugins)
    body = _one_body(frameworks, missing, organisation, strict_plugins) if missing else None
    try:
        editions = list(_editions(frameworks, framework, body).values())
    except KeyError as error:
        fail(str(error.args[0]), USAGE)
    wanted = _missing(frameworks, editions, body) if body else None
    if wanted and not wanted.cells:
        note(f"{wanted.organisation}, {wanted.period}: nothing that these frameworks read is missing")
    if chosen == WORKBOOK:
        write(_workbook(editions, frameworks.vocabulary, wanted), output)
    else:
        write(TEMPLATES[chosen](editions, frameworks.vocabulary, wanted), output)


def _check_form(form: str, output: Path | None) -> None:
    """Exit 2 where there is no such template, or a workbook would go to a terminal."""
    if form not in (*TEMPLATES, WORKBOOK):
        fail(f"there is no template as '{form}'; the formats are {quoted((*TEMPLATES, WORKBOOK))}", USAGE)
    if form == WORKBOOK and is_stdout(output):
        fail("a workbook goes to a file; name one with -o evidence.xlsx", USAGE)


def _workbook(frameworks: Sequence[Framework], vocabulary: Vocabulary, missing: Missing | None) -> bytes:
    """Return the workbook; exits 2 with the install command where what writes it is missing."""
    try:
        return workbook_template(frameworks, vocabulary, missing)
    except MissingExtraError as error:
        fail(str(error), USAGE)


def _one_body(frameworks: Frameworks, files: Sequence[Path], named: Sequence[str], strict: bool) -> Evidence:
    """Return the evidence of one organisation; exits 2 where the files hold that of several."""
    bodies = of_organisations(read(frameworks, files, strict), named)
    if len(bodies) > 1:
        fail(f"--missing: there is evidence of {len(bodies)} organisations; name one with --organisation", USAGE)
    return bodies[0]


def _editions(frameworks: Frameworks, names: Sequence[str], body: Evidence | None) -> dict[str, Framework]:
    """Return the frameworks named, each once: of several editions the current one, or that of the evidence's period."""
    day = choose_period(body)[0].end if body else None
    found = [frameworks.resolve(name, day) if day else frameworks[name] for name in names]
    return {framework.ref: framework for framework in found}


def _missing(frameworks: Frameworks, editions: Sequence[Framework], body: Evidence) -> Missing:
    period = choose_period(body)[0]
    snapshot = take_snapshot(body, frameworks.vocabulary, period)
    who = body.organisation
    return Missing(who.name, who.code, str(period), cells_missing(editions, snapshot))
