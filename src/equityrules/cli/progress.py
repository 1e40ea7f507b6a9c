"""What is said while work goes on: bars where somebody watches long work, and notes; `--quiet` silences both."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Thing = TypeVar("_Thing")

FEW = 4
"""So many things or fewer are done before a bar could be read."""

_QUIET, _WAITING = "equityrules.quiet", "equityrules.waiting"


def quiet_option(command: _Command) -> _Command:
    """Add the option that silences progress and notes; errors and faults are told all the same."""
    return click.option(
        "-q", "--quiet", is_flag=True, envvar="EQUITYRULES_QUIET", expose_value=False, callback=_remember,
        help="No progress and no notes on stderr, only what is wrong.",
    )(command)  # fmt: skip


def _remember(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    ctx.meta[_QUIET] = value


def _said_of_run() -> dict[str, Any]:
    """Return what holds for the run under way; nothing where no command runs."""
    ctx = click.get_current_context(silent=True)
    return {} if ctx is None else ctx.meta


def note(message: str) -> None:
    """Print a note to stderr; while a bar is shown it waits until that is done."""
    said = _said_of_run()
    if said.get(_WAITING) is not None:
        said[_WAITING].append(message)
    elif not said.get(_QUIET):
        click.echo(message, err=True)


def watched(things: Sequence[_Thing], label: str) -> Iterator[_Thing]:
    """Yield things one by one, with a bar on stderr where they are many and a terminal shows it."""
    said = _said_of_run()
    if len(things) <= FEW or said.get(_QUIET) or not sys.stderr.isatty():
        yield from things
        return
    said[_WAITING] = []
    try:
        with click.progressbar(things, label=label, file=sys.stderr, show_pos=True) as bar:
            yield from bar
    finally:
        for message in said.pop(_WAITING):
            note(message)
