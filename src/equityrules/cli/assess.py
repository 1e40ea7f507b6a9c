"""`equityrules assess`: frameworks applied to evidence."""

from __future__ import annotations

from pathlib import Path

import click

from equityrules.cli.common import BELOW, FILE, fail, load, plugin_options, profile_option, read, report_faults
from equityrules.cli.disclosing import disclosing_options, read_disclosing
from equityrules.cli.formats import render
from equityrules.cli.jobs import assuming, judge_all, judging_options, new_faults, read_job, with_option
from equityrules.cli.limits import below, read_limit
from equityrules.cli.organisations import of_organisations, organisation_option
from equityrules.cli.outputs import read_outputs
from equityrules.cli.writing import write_all


@click.command("assess")
@click.argument("evidence", nargs=-1, required=True, type=FILE)
@click.option(
    "-f",
    "--framework",
    "framework",
    multiple=True,
    metavar="ID[@EDITION]",
    envvar="EQUITYRULES_FRAMEWORK",
    help="A framework to apply; without it, every one the evidence has something for.",
)
@organisation_option
@with_option
@judging_options
@click.option(
    "--format",
    "format_name",
    envvar="EQUITYRULES_FORMAT",
    help="table (default), markdown, json, csv, or a plugin's.",
)
@click.option("-o", "--output", type=FILE, help="Write to a file; its ending chooses the format.")
@click.option("--report", multiple=True, metavar="FORMAT:FILE", help="Write one more report; may be given many times.")
@click.option(
    "--fail-under",
    multiple=True,
    envvar="EQUITYRULES_FAIL_UNDER",
    metavar="ID=GRADE",
    help="Exit 1 where less is held.",
)
@disclosing_options
@profile_option
@plugin_options
def assess_command(
    evidence: tuple[Path, ...],
    framework: tuple[str, ...],
    organisation: tuple[str, ...],
    assumed: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    report: tuple[str, ...],
    fail_under: tuple[str, ...],
    audience: str | None,
    disclosure: str | None,
    published: tuple[Path, ...],
    profile: Path | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
    **judging: str | None,
) -> None:
    """Apply frameworks to EVIDENCE (TOML, JSON or tidy CSV; - is stdin).

    Several files are merged into one body of evidence for each organisation.
    """
    frameworks = load(framework_dir, no_plugin, strict_plugins, profile)
    outputs = read_outputs(frameworks, format_name, output, report)
    job = read_job(frameworks, framework, **judging)
    disclosing = read_disclosing(frameworks, audience, disclosure, published, strict_plugins)
    limits = [read_limit(frameworks, text) for text in fail_under]
    bodies = of_organisations(read(frameworks, evidence, strict_plugins), organisation)
    bodies = assuming(frameworks, bodies, assumed, job)
    judged = judge_all(job, bodies)
    results = [result for _, result in judged]
    report_faults(new_faults(frameworks, results), strict_plugins)
    printed = {name: [one for _, one in disclosing.results(name, judged, bodies)] for name, _ in outputs}
    write_all([(render(frameworks, name, printed[name]), file) for name, file in outputs])
    lines = [line for limit in limits for line in below(limit, results, bodies)]
    if lines:
        fail("\n".join(lines), BELOW)
