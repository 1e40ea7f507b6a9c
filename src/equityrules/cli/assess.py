"""`equityrules assess`: frameworks applied to evidence."""

from __future__ import annotations

from pathlib import Path

import click

from equityrules.cli.boards import board_for, brand_option, read_mark
from equityrules.cli.common import BELOW, FILE, fail, load, plugin_options, profile_option, read, report_faults
from equityrules.cli.formats import render
from equityrules.cli.house import check_template
from equityrules.cli.jobs import assuming, judge_all, judging_options, new_faults, read_job, with_option
from equityrules.cli.limits import below, read_limit
from equityrules.cli.organisations import of_organisations, organisation_option
from equityrules.cli.outputs import read_outputs
from equityrules.cli.progress import quiet_option
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
    help="table (default), markdown, html, json, csv, docx, xlsx, working-xlsx, or a plugin's.",
)
@click.option("-o", "--output", type=FILE, help="Write to a file; its ending chooses the format.")
@click.option(
    "--template",
    type=FILE,
    envvar="EQUITYRULES_TEMPLATE",
    help="The Word document whose styles, headers and footers a docx report takes.",
)
@click.option("--report", multiple=True, metavar="FORMAT:FILE", help="Write one more report; may be given many times.")
@click.option(
    "--fail-under",
    multiple=True,
    envvar="EQUITYRULES_FAIL_UNDER",
    metavar="ID=GRADE",
    help="Exit 1 where less is held.",
)
@brand_option
@profile_option
@plugin_options
@quiet_option
def assess_command(
    evidence: tuple[Path, ...],
    framework: tuple[str, ...],
    organisation: tuple[str, ...],
    assumed: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    report: tuple[str, ...],
    template: Path | None,
    fail_under: tuple[str, ...],
    brand: Path | None,
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
    check_template(frameworks, template, outputs)
    mark = read_mark(brand)
    job = read_job(frameworks, framework, **judging)
    limits = [read_limit(frameworks, text) for text in fail_under]
    bodies = of_organisations(read(frameworks, evidence, strict_plugins), organisation)
    bodies = assuming(frameworks, bodies, assumed, job)
    judged = judge_all(job, bodies)
    results = [result for _, result in judged]
    report_faults(new_faults(frameworks, results), strict_plugins)
    board = board_for([name for name, _ in outputs], job, bodies, judged, mark)
    write_all([(render(frameworks, name, results, template, board), file) for name, file in outputs])
    lines = [line for limit in limits for line in below(limit, results, bodies)]
    if lines:
        fail("\n".join(lines), BELOW)
