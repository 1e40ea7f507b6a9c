"""Options from a file: equityrules.toml, or [tool.equityrules] in pyproject.toml, in the folder one works in."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from equityrules.loading.documents import decode, parse_toml, read_bytes
from equityrules.model.problems import InvalidInputError, nearest, shown

FILES = ("equityrules.toml", "pyproject.toml")
_TEXT, _TEXTS, _SWITCH = "text", "texts", "switch"
_OPTIONS = {
    "framework": ("framework", _TEXTS), "framework-dir": ("framework_dir", _TEXTS), "no-plugin": ("no_plugin", _TEXTS),
    "strict-plugins": ("strict_plugins", _SWITCH), "period": ("period", _TEXT), "as-of": ("as_of", _TEXT),
    "format": ("format_name", _TEXT), "profile": ("profile", _TEXT), "basis": ("basis", _TEXT),
    "target": ("target", _TEXT), "fail-under": ("fail_under", _TEXTS),
    "template": ("template", _TEXT), "quiet": ("quiet", _SWITCH), "organisation": ("organisation", _TEXTS),
    "brand": ("brand", _TEXT),
    "for": ("audience", _TEXT), "disclosure": ("disclosure", _TEXT), "published": ("published", _TEXTS),
}  # fmt: skip
"""By its name in the file: the option's name in the commands, and what it takes."""


def apply_settings(ctx: click.Context) -> None:
    """Make the file's options the defaults of the command called, and let output never fail on a character."""
    _be_lenient_about_characters()
    file, settings = _read_settings()
    values = {name: _value(file, name, value) for name, value in settings.items()}
    group, called = ctx.command, ctx.invoked_subcommand
    command = group.get_command(ctx, called) if isinstance(group, click.Group) and called else None
    if command is None or called is None:
        return
    ctx.default_map = {called: _defaults(command, dict(values.values()))}


def _defaults(command: click.Command, values: Mapping[str, object]) -> dict[str, Any]:
    """Return the options that a command has; for a command of commands, those of each by its name."""
    if isinstance(command, click.Group):
        return {name: _defaults(one, values) for name, one in command.commands.items()}
    has = {one.name for one in command.params if isinstance(one, click.Option)}
    return {option: value for option, value in values.items() if option in has}


def _value(file: str, name: str, value: object) -> tuple[str, object]:
    """Return an option and its value. Raises UsageError for a name that is none and a value of another type."""
    if name not in _OPTIONS:
        raise click.UsageError(f"{file}: there is no option '{name}'{nearest(name, _OPTIONS)}")
    option, takes = _OPTIONS[name]
    if takes == _SWITCH:
        if not isinstance(value, bool):
            raise click.UsageError(f"{file}: {name}: {shown(value)} is neither true nor false")
        return option, value
    if takes == _TEXTS:
        return option, _texts(file, name, value)
    if isinstance(value, dt.date):
        return option, str(value)
    if not isinstance(value, str):
        raise click.UsageError(f"{file}: {name}: {shown(value)} is not text; write it in quotation marks")
    return option, value


def _texts(file: str, name: str, value: object) -> list[str]:
    """Return a list of text; one text stands for a list of one."""
    given: list[object] = value if isinstance(value, list) else [value]
    texts = [one for one in given if isinstance(one, str)]
    if len(texts) < len(given):
        advice = f'write it as {name} = ["…"]'
        raise click.UsageError(f"{file}: {name}: {shown(value)} is neither text nor a list of text; {advice}")
    return texts


def _read_settings() -> tuple[str, Mapping[str, Any]]:
    """Return the first file that has settings, and these."""
    for name in FILES:
        if not Path(name).is_file() or not Path(name).stat().st_size:
            continue
        try:
            document: Mapping[str, Any] = parse_toml(decode(read_bytes(Path(name)), name), name)
        except InvalidInputError as error:
            raise click.UsageError(str(error)) from None
        found = document if name == FILES[0] else _table(name, _table(name, document, "tool"), "equityrules", "tool.")
        if found:
            return name, found
    return "", {}


def _table(file: str, document: Mapping[str, Any], name: str, path: str = "") -> Mapping[str, Any]:
    """Return a table in a document, empty where there is none. Raises UsageError where it is something else."""
    found = document.get(name, {})
    if not isinstance(found, Mapping):
        raise click.UsageError(f"{file}: {path}{name}: {shown(found)} is not a table; write it as [{path}{name}]")
    return found


def _be_lenient_about_characters() -> None:
    """A file or pipe gets UTF-8 on every system; a console gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", newline="\n")
