"""`equityrules compare`: what moved between evidence, assessments or editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from attrs import evolve, frozen

from equityrules.assessment import assess
from equityrules.cli.common import (
    FILE,
    INVALID,
    USAGE,
    fail,
    load,
    plugin_options,
    profile_option,
    read,
    refuse_invalid,
)
from equityrules.cli.jobs import Job, judge_all, judged_periods
from equityrules.cli.organisations import of_organisations, organisation_option
from equityrules.cli.progress import note, quiet_option
from equityrules.cli.values import read_basis
from equityrules.cli.writing import write
from equityrules.comparison import Comparison, Direction, compare, compare_editions
from equityrules.disclosure import NOT_FOR_PUBLICATION
from equityrules.loading.catalogue import Frameworks
from equityrules.model.evidence import Evidence
from equityrules.model.framework import Framework
from equityrules.model.problems import InvalidInputError, nearest, quoted
from equityrules.model.result import Assessment, Audience
from equityrules.reports.comparing import RENDERERS, render_comparisons, render_rule_changes
from equityrules.reports.json_report import FORMAT, read_json

_BY_SUFFIX = {".json": "json", ".csv": "csv", ".md": "markdown", ".txt": "table"}


@frozen
class Dated:
    """An assessment with the evidence and framework it was made from, where these are at hand."""

    assessment: Assessment
    evidence: Evidence | None = None
    framework: Framework | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes it comparable with another: the organisation and the framework."""
        one = self.assessment
        return one.organisation_code or " ".join(one.organisation.casefold().split()), one.framework.id


@click.command("compare")
@click.argument("inputs", nargs=-1, required=True, metavar="BEFORE AFTER…")
@click.option(
    "-f", "--framework", "framework", multiple=True, metavar="ID[@EDITION]", help="Compare by this framework only."
)
@organisation_option
@click.option("--basis", metavar="LEVEL", help="Judge only rules that stand on at least this basis.")
@click.option("--format", "format_name", help=f"{', '.join(RENDERERS)}; table by default.")
@click.option("-o", "--output", type=FILE, help="Write to a file; its ending chooses the format.")
@profile_option
@plugin_options
@quiet_option
def compare_command(
    inputs: tuple[str, ...],
    framework: tuple[str, ...],
    organisation: tuple[str, ...],
    basis: str | None,
    format_name: str | None,
    output: Path | None,
    profile: Path | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
) -> None:
    """Say what moved from BEFORE to AFTER, and because of what; more than two give a trend.

    Inputs are evidence files, assessments saved with --format json, or two editions (wdes@2019 wdes@2023). One evidence
    file with several periods is compared with itself.
    """
    frameworks = load(framework_dir, no_plugin, strict_plugins, profile)
    chosen = _format(format_name, output)
    if all(_is_edition(text) for text in inputs):
        write(_editions(frameworks, inputs, chosen), output)
        return
    job = Job(frameworks, framework, None, None, read_basis(basis), None)
    dated = [one for text in inputs for one in _dated(job, Path(text), organisation, strict_plugins)]
    if framework:
        ids = {name.partition("@")[0] for name in framework}
        dated = [one for one in dated if one.assessment.framework.id in ids]
    shown = _disclosure([one.assessment for one in dated])
    comparisons = [evolve(one, disclosure=shown) for one in _comparisons(job, dated)]
    if not comparisons:
        fail(_nothing(dated), INVALID)
    write(render_comparisons(comparisons, chosen), output)


def _format(name: str | None, output: Path | None) -> str:
    """Return the format to write; exits 2 for one that does not exist."""
    chosen = name or (_BY_SUFFIX.get(output.suffix.casefold(), "table") if output else "table")
    if chosen not in RENDERERS:
        fail(f"there is no format '{chosen}'{nearest(chosen, RENDERERS)}; the formats are {quoted(RENDERERS)}", USAGE)
    return chosen


def _is_edition(text: str) -> bool:
    return "@" in text and not Path(text).exists()


def _editions(frameworks: Frameworks, names: Sequence[str], format_name: str) -> str:
    if len(names) != 2:
        fail("name two editions to compare, as in: equityrules compare wdes@2019 wdes@2023", USAGE)
    try:
        before, after = (frameworks[name] for name in names)
        changes = compare_editions(before, after)
    except (KeyError, ValueError) as error:
        fail(str(error.args[0]), USAGE)
    return render_rule_changes(before.ref, after.ref, changes, format_name)


def _dated(job: Job, file: Path, organisations: tuple[str, ...], strict: bool) -> Iterator[Dated]:
    """Yield the assessments of one input: those it holds, or one for every period that its evidence is judged in."""
    if saved := _saved(file):
        yield from (Dated(one) for one in saved)
        return
    bodies = of_organisations(read(job.frameworks, [file], strict), organisations)
    for body in bodies:
        for period in judged_periods(body):
            at = Job(job.frameworks, job.names, period, None, job.basis, None)
            yield from (Dated(result, body, framework) for framework, result in judge_all(at, [body]))


def _saved(file: Path) -> tuple[Assessment, ...]:
    """Return the assessments in a file that --format json wrote; none for other files. Exits 3 for a spoilt one."""
    if file.suffix.casefold() != ".json" or not file.is_file():
        return ()
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    if FORMAT.partition("/")[0] not in text[:200]:
        return ()
    try:
        return read_json(text, file.name)
    except InvalidInputError as error:
        refuse_invalid(error, "assessments")


def _comparisons(job: Job, dated: Sequence[Dated]) -> Iterator[Comparison]:
    by_key: dict[tuple[str, str], list[Dated]] = {}
    for one in dated:
        by_key.setdefault(one.key, []).append(one)
    for found in by_key.values():
        ordered = sorted(found, key=lambda one: one.assessment.period)
        last = ordered[-1].assessment
        if len(ordered) < 2:
            note(f"{last.organisation}, {last.framework}: only one assessment; nothing to compare")
            continue
        made = compare([one.assessment for one in ordered], _judged_again(job, ordered))
        if any(move.direction is not Direction.NOT_KNOWN for move in made.moves):
            yield made
        else:
            note(f"{last.organisation}, {last.framework}: nothing is known at two dates")


def _judged_again(job: Job, ordered: Sequence[Dated]) -> list[Assessment]:
    """Return the assessments by the rules of the last one, where rules differ and all the evidence is at hand."""
    last = ordered[-1].framework
    alike = len({(one.assessment.framework.edition, one.assessment.framework.revision) for one in ordered}) == 1
    if alike or last is None or any(one.evidence is None for one in ordered):
        return []
    return [
        assess(last, one.evidence, one.assessment.period, basis=job.basis)
        for one in ordered
        if one.evidence is not None
    ]


def _disclosure(compared: Sequence[Assessment]) -> str:
    """Return whom a comparison is for: what was compared says so where all of it may be published."""
    said = {one.receipt.disclosure for one in compared if one.receipt.audience is Audience.PUBLICATION}
    all_published = all(one.receipt.audience is Audience.PUBLICATION for one in compared)
    return f"for publication: {'; '.join(sorted(said))}" if all_published else NOT_FOR_PUBLICATION


def _nothing(dated: Sequence[Dated]) -> str:
    found = "; ".join(f"{one.assessment.organisation}, {one.assessment.framework}" for one in dated) or "nothing"
    return f"nothing can be compared: it takes one organisation and framework at two dates; there is {found}"
