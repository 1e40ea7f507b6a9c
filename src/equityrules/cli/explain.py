"""`equityrules explain`: one criterion in full."""

from __future__ import annotations

from pathlib import Path

import click

from equityrules.assessment import assess, choose_period
from equityrules.cli.common import USAGE, fail, load, plugin_options, profile_option, read, write
from equityrules.cli.values import read_basis, read_period
from equityrules.model.problems import nearest
from equityrules.reports.explaining import render_explanation


@click.command("explain")
@click.argument("evidence", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-f", "--framework", "framework", required=True, metavar="ID[@EDITION]", help="The framework.")
@click.option("--period", envvar="EQUITYRULES_PERIOD", help="The period to assess; by default the latest.")
@click.option("--basis", envvar="EQUITYRULES_BASIS", metavar="LEVEL", help="Judge only rules on at least this basis.")
@profile_option
@plugin_options
def explain_command(
    evidence: tuple[Path, ...],
    framework: str,
    period: str | None,
    basis: str | None,
    profile: Path | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
) -> None:
    """Explain one criterion: EVIDENCE… -f ID CRITERION.

    Shows what was observed, what each grade asks for and on whose authority, why it came out so, and the gaps.
    """
    *files, criterion = evidence
    if not files:
        fail("name the evidence and then the criterion, as in: equityrules explain evidence.toml -f eds 2D", USAGE)
    frameworks = load(framework_dir, no_plugin, strict_plugins, profile)
    for body in read(frameworks, files, strict_plugins):
        chosen = read_period(period) or choose_period(body)[0]
        try:
            applied = frameworks.resolve(framework, chosen.end)
        except KeyError as error:
            fail(f"-f: {error.args[0]}", USAGE)
        names = {one.casefold(): one for one in applied.ids()}
        if str(criterion).casefold() not in names:
            word = applied.word("criterion")
            fail(f"{applied.ref} has no {word} '{criterion}'{nearest(str(criterion), applied.ids())}", USAGE)
        result = assess(applied, body, read_period(period), basis=read_basis(basis))
        write(render_explanation(applied, result, names[str(criterion).casefold()]), None)
