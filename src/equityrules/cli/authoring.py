"""`equityrules lint` and `test`: for people who write frameworks."""

from __future__ import annotations

from pathlib import Path

import click

from equityrules.cli.common import INVALID, fail, refuse_invalid, report_faults
from equityrules.loading.cases import run_cases
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.frameworks import load_frameworks
from equityrules.loading.lock import check_lock, write_lock
from equityrules.model.framework import Framework
from equityrules.model.numbers import counted
from equityrules.model.problems import InvalidInputError

FOLDER = "folder "
"""What the names of folders start with among the plugins."""


def _load_folder(folder: Path) -> tuple[Frameworks, list[Framework]]:
    """Return all frameworks, and those of the folder; exits 3 with every problem."""
    try:
        frameworks = load_frameworks([folder])
    except InvalidInputError as error:
        refuse_invalid(error, "frameworks")
    report_faults(frameworks.plugins.faults, strict=False)
    own = [one for one in frameworks.values() if one.origin.plugin.startswith(FOLDER)]
    return frameworks, own


@click.command("lint")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--write-lock", "write_lock_file", is_flag=True, help="Bring editions.lock up to date with the files.")
def lint_command(folder: Path, write_lock_file: bool) -> None:
    """Check the frameworks in FOLDER: every problem with its file and requirement, and editions.lock."""
    frameworks, own = _load_folder(folder)
    if write_lock_file:
        write_lock(folder, own)
    problems = check_lock(folder, own)
    if problems:
        refuse_invalid(InvalidInputError(problems), "frameworks")
    for one in own:
        rules = sum(len(criterion.requirements) for criterion in one.criteria)
        holds = f"{counted(len(one.criteria), one.word('criterion'))}, {counted(rules, 'rule')}"
        click.echo(f"{one.ref} revision {one.revision}: {holds}, no problems")
    relations = [one for one in frameworks.relations if one.plugin.startswith(FOLDER)]
    if relations:
        click.echo(f"crosswalk: {counted(len(relations), 'relation')}, no problems")


@click.command("test")
@click.argument("folder", type=click.Path(path_type=Path))
def test_command(folder: Path) -> None:
    """Run the cases in FOLDER (cases/*.toml beside the criteria) and say which do not come out as expected."""
    frameworks, _ = _load_folder(folder)
    try:
        results = run_cases(folder, frameworks)
    except InvalidInputError as error:
        refuse_invalid(error, "cases")
    for result in results:
        click.echo(f"{'ok  ' if not result.differences else 'FAIL'} {result.name}")
        for difference in result.differences:
            click.echo(f"       {difference}")
    failed = sum(bool(result.differences) for result in results)
    click.echo(f"{counted(len(results), 'case')}, {failed} failed")
    if failed or not results:
        fail("" if failed else f"{folder} has no cases; write them as <id>/<edition>/cases/*.toml", INVALID)
