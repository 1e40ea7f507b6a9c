"""`equityrules gaps`: what to do next over all frameworks at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from equityrules.cli.common import FILE, USAGE, fail, load, plugin_options, profile_option, read, report_faults
from equityrules.cli.disclosing import disclosing_options, read_disclosing
from equityrules.cli.jobs import Judged, assuming, judge_all, judging_options, new_faults, read_job, with_option
from equityrules.cli.organisations import of_organisations, organisation_option
from equityrules.cli.progress import quiet_option
from equityrules.cli.writing import write
from equityrules.model.evidence import Evidence
from equityrules.model.problems import nearest, quoted
from equityrules.priorities import Priorities, prioritise
from equityrules.reports.priorities import RENDERERS, render_priorities

_BY_SUFFIX = {".json": "json", ".csv": "csv", ".md": "markdown", ".txt": "table"}


@click.command("gaps")
@click.argument("evidence", nargs=-1, required=True, type=FILE)
@click.option(
    "-f",
    "--framework",
    "framework",
    multiple=True,
    metavar="ID[@EDITION]",
    envvar="EQUITYRULES_FRAMEWORK",
    help="A framework to look at; without it, every one the evidence has something for.",
)
@organisation_option
@judging_options
@with_option
@click.option("--format", "format_name", help=f"{', '.join(RENDERERS)}; table by default.")
@click.option("-o", "--output", type=FILE, help="Write to a file; its ending chooses the format.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many of each list to show; csv and json have all.",
)
@disclosing_options
@profile_option
@plugin_options
@quiet_option
def gaps_command(
    evidence: tuple[Path, ...],
    framework: tuple[str, ...],
    organisation: tuple[str, ...],
    assumed: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    limit: int,
    audience: str | None,
    disclosure: str | None,
    published: tuple[Path, ...],
    profile: Path | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
    **judging: str | None,
) -> None:
    """Say what to do, to find out and to renew next, most effect first, over all frameworks at once.

    What serves several frameworks comes before what serves one. EVIDENCE is read as by `equityrules assess`.
    """
    frameworks = load(framework_dir, no_plugin, strict_plugins, profile)
    chosen = _format(format_name, output)
    job = read_job(frameworks, framework, **judging)
    disclosing = read_disclosing(frameworks, audience, disclosure, published, strict_plugins)
    given = of_organisations(read(frameworks, evidence, strict_plugins), organisation)
    bodies = assuming(frameworks, given, assumed, job)
    judged = judge_all(job, bodies)
    report_faults(new_faults(frameworks, [result for _, result in judged]), strict_plugins)
    judged = disclosing.results(chosen, judged, bodies)
    write(render_priorities(list(priorities_by_organisation(judged, bodies)), chosen, limit), output)


def _format(name: str | None, output: Path | None) -> str:
    """Return the format to write; exits 2 for one that does not exist."""
    chosen = name or (_BY_SUFFIX.get(output.suffix.casefold(), "table") if output else "table")
    if chosen not in RENDERERS:
        fail(f"there is no format '{chosen}'{nearest(chosen, RENDERERS)}; the formats are {quoted(RENDERERS)}", USAGE)
    return chosen


def priorities_by_organisation(judged: Sequence[Judged], bodies: Sequence[Evidence]) -> Iterator[Priorities]:
    """Yield what to do for each organisation that was assessed, over its frameworks together."""
    for body in bodies:
        who = (body.organisation.name, body.organisation.code)
        if own := [one for one in judged if (one[1].organisation, one[1].organisation_code) == who]:
            yield prioritise(own, body)
