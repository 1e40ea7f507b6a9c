"""Options from a file: equityrules.toml, or [tool.equityrules] in pyproject.toml, in the folder one works in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from equityrules.loading.documents import decode, parse_toml, read_bytes
from equityrules.model.problems import InvalidInputError, nearest

FILES = ("equityrules.toml", "pyproject.toml")
_OPTIONS = {
    "framework": "framework", "framework-dir": "framework_dir", "no-plugin": "no_plugin",
    "strict-plugins": "strict_plugins", "period": "period", "format": "format_name", "profile": "profile",
    "basis": "basis", "target": "target", "fail-under": "fail_under",
}  # fmt: skip


def apply_settings(ctx: click.Context) -> None:
    """Make the file's options the defaults of every command, and let output never fail on a character."""
    _be_lenient_about_characters()
    settings = _read_settings()
    for name in settings:
        if name not in _OPTIONS:
            raise click.UsageError(f"{_file()}: there is no option '{name}'{nearest(name, _OPTIONS)}")
    if settings:
        defaults = {_OPTIONS[name]: value for name, value in settings.items()}
        ctx.default_map = dict.fromkeys(ctx.command.list_commands(ctx), defaults)  # type: ignore[attr-defined]  # our own group


def _file() -> str:
    return next((name for name in FILES if Path(name).is_file()), "")


def _read_settings() -> dict[str, Any]:
    for name in FILES:
        if Path(name).is_file():
            try:
                document = parse_toml(decode(read_bytes(Path(name)), name), name)
            except InvalidInputError as error:
                raise click.UsageError(str(error)) from None
            found = document if name == FILES[0] else document.get("tool", {}).get("equityrules", {})
            if found:
                return dict(found)
    return {}


def _be_lenient_about_characters() -> None:
    """A file or pipe gets UTF-8 on every system; a console gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", newline="\n")
