"""What the commands share: options, loading with clear failures, and writing results."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from equityrules.cli.progress import note, watched
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.evidence import read_evidence
from equityrules.loading.frameworks import load_frameworks
from equityrules.loading.profiles import read_profile
from equityrules.model.evidence import Evidence
from equityrules.model.problems import InvalidInputError
from equityrules.model.result import Fault

BELOW, USAGE, INVALID, FAULT = 1, 2, 3, 4
"""Exit codes beside 0."""


class _File(click.Path):
    """The name of a file; an empty one would be read as the folder one is in."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path; exits 2 where nothing is named."""
        if not os.fspath(value):
            self.fail("no file is named", param, ctx)
        return super().convert(value, param, ctx)


FILE = _File(path_type=Path)
"""The type of a file's name on the command line."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


def fail(message: str, code: int) -> NoReturn:
    """Print a message to stderr and exit with a code."""
    click.echo(message, err=True)
    raise click.exceptions.Exit(code)


def refuse_invalid(error: InvalidInputError, what: str) -> NoReturn:
    """Print every problem to stderr and exit 3; nothing was written."""
    fail(f"{error}\n\nNothing was written. Correct the {what} first.", INVALID)


def plugin_options(command: _Command) -> _Command:
    """Add the options that say which frameworks and plugins are loaded."""
    strict = click.option(
        "--strict-plugins", is_flag=True, envvar="EQUITYRULES_STRICT_PLUGINS", help="Exit 4 on any plugin fault."
    )
    without = click.option(
        "--no-plugin", multiple=True, metavar="NAME", envvar="EQUITYRULES_NO_PLUGIN", help="Leave a plugin out."
    )
    folders = click.option(
        "--framework-dir",
        multiple=True,
        type=click.Path(path_type=Path),
        envvar="EQUITYRULES_FRAMEWORK_DIR",
        help="A folder with more frameworks.",
    )
    for option in (strict, without, folders):
        command = option(command)
    return command


def profile_option(command: _Command) -> _Command:
    """Add the option for a profile."""
    return click.option(
        "--profile", type=FILE, envvar="EQUITYRULES_PROFILE",
        help="A file of local confirmations and chosen methods.",
    )(command)  # fmt: skip


def load(
    framework_dir: Sequence[Path],
    no_plugin: Sequence[str],
    strict_plugins: bool,
    profile: Path | None = None,
    quiet: bool = False,
) -> Frameworks:
    """Return the frameworks, with plugin faults on stderr unless `quiet`.

    Exits 3 for a bad folder or profile, and 4 for a fault where plugins are to be strict.
    """
    try:
        chosen = read_profile(profile) if profile else None
        frameworks = load_frameworks(framework_dir, chosen, no_plugin)
    except InvalidInputError as error:
        refuse_invalid(error, "frameworks or profile")
    if not quiet:
        report_faults(frameworks.plugins.faults, strict_plugins)
    return frameworks


def report_faults(faults: Iterable[Fault], strict: bool) -> None:
    """Print each fault to stderr; exits 4 where plugins are to be strict and there is one."""
    found = list(faults)
    for fault in found:
        click.echo(f"plugin {fault.plugin}: {fault.where}: {fault.message}", err=True)
    if found and strict:
        fail("a plugin is at fault and --strict-plugins is set; nothing was written", FAULT)


def read(frameworks: Frameworks, files: Sequence[Path], strict: bool) -> tuple[Evidence, ...]:
    """Return the evidence in some files; exits 3 with every problem in them, and names plugins that failed to read.

    What is worth knowing of a file, such as that a sheet of it is hidden, goes to stderr.
    """
    try:
        bodies = read_evidence(*files, frameworks=frameworks, watched=partial(watched, label="Reading"))
    except InvalidInputError as error:
        report_faults(frameworks.plugins.reading, strict)
        refuse_invalid(error, "evidence")
    report_faults(frameworks.plugins.reading, strict)
    for said in dict.fromkeys(said for body in bodies for said in body.notes):
        note(said)
    return bodies
