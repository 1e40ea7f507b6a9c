"""`equityrules assess`: frameworks applied to evidence."""

from __future__ import annotations

from pathlib import Path

import click

from equityrules.cli.boards import board_of, brand_option, earlier_results, read_mark
from equityrules.cli.common import BELOW, FILE, fail, load, plugin_options, profile_option, read, report_faults
from equityrules.cli.disclosing import disclosing_options, read_disclosing
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
@disclosing_options
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
    audience: str | None,
    disclosure: str | None,
    published: tuple[Path, ...],
    profile: Path | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
    **judging: str | None,
) -> None:
    """Apply frameworks to EVIDENCE (a workbook, TOML, JSON or tidy CSV; - is stdin).

    Several files are merged into one body of evidence for each organisation.
    """
    frameworks = load(framework_dir, no_plugin, strict_plugins, profile)
    outputs = read_outputs(frameworks, format_name, output, report)
    check_template(frameworks, template, outputs)
    mark = read_mark(brand)
    job = read_job(frameworks, framework, **judging)
    disclosing = read_disclosing(frameworks, audience, disclosure, published, strict_plugins)
    limits = [read_limit(frameworks, text) for text in fail_under]
    bodies = of_organisations(read(frameworks, evidence, strict_plugins), organisation)
    bodies = assuming(frameworks, bodies, assumed, job)
    judged = judge_all(job, bodies)
    results = [result for _, result in judged]
    report_faults(new_faults(frameworks, results), strict_plugins)
    earlier = earlier_results([name for name, _ in outputs], job, bodies, judged)
    found = []
    for name, file in outputs:
        printed = [one for _, one in disclosing.results(name, [*judged, *earlier], bodies)]
        own, before = printed[: len(judged)], printed[len(judged) :]
        found.append((render(frameworks, name, own, template, board_of(judged, before, mark)), file))
    write_all(found)
    lines = [line for limit in limits for line in below(limit, results, bodies)]
    if lines:
        fail("\n".join(lines), BELOW)
