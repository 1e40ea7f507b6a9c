"""Which reports go where: --format, -o and --report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from equityrules.cli.common import USAGE, fail
from equityrules.cli.formats import available_formats
from equityrules.cli.writing import is_stdout, refuse_twice
from equityrules.loading.catalogue import Frameworks
from equityrules.model.problems import nearest, quoted

Output = tuple[str, Path | None]
"""A format and a file; None is stdout."""

_BY_SUFFIX = {
    ".json": "json", ".csv": "csv", ".md": "markdown", ".txt": "table", ".html": "html", ".docx": "docx",
    ".xlsx": "xlsx",
}  # fmt: skip


def read_outputs(
    frameworks: Frameworks, format_name: str | None, output: Path | None, report: Sequence[str]
) -> list[Output]:
    """Return each report's format and file; exits 2 for a format that does not exist and a file named twice."""
    typed = is_typed("format_name")
    first = [(_first_format(format_name, typed, output), output)] if output or not report or typed else []
    outputs = [*first, *map(_read_report, report)]
    known = available_formats(frameworks)
    for name, _ in outputs:
        if name not in known:
            fail(f"there is no format '{name}'{nearest(name, known)}; the formats are {quoted(known)}", USAGE)
    refuse_twice([file for _, file in outputs])
    return outputs


def is_typed(option: str) -> bool:
    """Whether an option stands on the command line, not in a variable or a settings file."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


def _first_format(format_name: str | None, typed: bool, output: Path | None) -> str:
    """Return the format of -o or stdout: what was typed, what the file's ending says, what is configured, or a table.

    Exits 2 where a file's ending says nothing and neither does anything else.
    """
    if typed and format_name:
        return format_name
    if output is None or is_stdout(output):
        return format_name or "table"
    suffix = output.suffix.casefold()
    found = _BY_SUFFIX.get(suffix, format_name)
    if not found:
        fail(f"-o {output}: '{suffix}' is not the ending of a format; write {quoted(_BY_SUFFIX)}, or --format", USAGE)
    return found


def _read_report(text: str) -> Output:
    name, colon, file = text.partition(":")
    if not colon or not file:
        fail(f"--report {text}: write it as FORMAT:FILE, for example markdown:board.md", USAGE)
    return name, Path(file)
