"""`equityrules explain`: one criterion in full."""

from __future__ import annotations

from pathlib import Path

import click

from equityrules.cli.common import FILE, USAGE, fail, load, plugin_options, profile_option, read, report_faults
from equityrules.cli.disclosing import disclosing_options, read_disclosing
from equityrules.cli.jobs import (
    Judged,
    assuming,
    judge_all,
    judging_options,
    new_faults,
    read_job,
    with_option,
)
from equityrules.cli.organisations import of_organisations, organisation_option
from equityrules.cli.progress import quiet_option
from equityrules.cli.writing import write
from equityrules.model.problems import nearest
from equityrules.reports.explaining import render_explanation


@click.command("explain")
@click.argument("evidence", nargs=-1, required=True, type=FILE)
@click.option(
    "-f",
    "--framework",
    "framework",
    multiple=True,
    required=True,
    metavar="ID[@EDITION]",
    envvar="EQUITYRULES_FRAMEWORK",
    help="The framework.",
)
@organisation_option
@with_option
@judging_options
@disclosing_options
@profile_option
@plugin_options
@quiet_option
def explain_command(
    evidence: tuple[Path, ...],
    framework: tuple[str, ...],
    organisation: tuple[str, ...],
    assumed: tuple[str, ...],
    audience: str | None,
    disclosure: str | None,
    published: tuple[Path, ...],
    profile: Path | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
    **judging: str | None,
) -> None:
    """Explain one criterion: EVIDENCE… -f ID CRITERION.

    Shows what was observed, what each grade asks for and on whose authority, why it came out so, and the gaps.
    """
    *files, criterion = evidence
    if not files:
        fail("name the evidence and then the criterion, as in: equityrules explain evidence.toml -f eds 2D", USAGE)
    if len(set(framework)) > 1:
        fail(f"name one framework to explain, not {len(set(framework))}, as in -f {framework[0]}", USAGE)
    frameworks = load(framework_dir, no_plugin, strict_plugins, profile)
    job = read_job(frameworks, framework, **judging)
    disclosing = read_disclosing(frameworks, audience, disclosure, published, strict_plugins)
    bodies = of_organisations(read(frameworks, files, strict_plugins), organisation)
    bodies = assuming(frameworks, bodies, assumed, job)
    judged = judge_all(job, bodies)
    texts = [_explanation(one, str(criterion)) for one in disclosing.results("table", judged, bodies)]
    report_faults(new_faults(frameworks, [result for _, result in judged]), strict_plugins)
    write("".join(texts))


def _explanation(judged: Judged, criterion: str) -> str:
    """Return the explanation of a criterion, named in any case; exits 2 naming the nearest."""
    applied, result = judged
    names = {one.casefold(): one for one in applied.ids()}
    if criterion.casefold() not in names:
        word = applied.word("criterion")
        fail(f"{applied.ref} has no {word} '{criterion}'{nearest(criterion, applied.ids())}", USAGE)
    return render_explanation(applied, result, names[criterion.casefold()])
