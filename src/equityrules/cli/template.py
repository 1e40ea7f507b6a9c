"""`equityrules template`: an evidence file to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from equityrules.cli.common import FILE, USAGE, fail, load, plugin_options
from equityrules.cli.writing import write
from equityrules.reports.templates import TEMPLATES


@click.command("template")
@click.argument("framework", nargs=-1, required=True, metavar="ID…")
@click.option("-o", "--output", type=FILE, help="The file to write; its ending chooses the format.")
@click.option("--format", "form", help="toml (default) or csv.")
@plugin_options
def template_command(
    framework: tuple[str, ...],
    output: Path | None,
    form: str | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
) -> None:
    """Write an evidence file for the frameworks named, with every item they read and what it means.

    Fill in what you have and leave the rest blank: a half-filled file is a normal file.
    """
    chosen = form or (output.suffix.removeprefix(".").casefold() if output else "") or "toml"
    if chosen not in TEMPLATES:
        fail(f"there is no template as '{chosen}'; the formats are {' and '.join(TEMPLATES)}", USAGE)
    if output is not None and output.is_file():
        fail(f"{output} exists; name another file, so that nothing filled in is lost", USAGE)
    frameworks = load(framework_dir, no_plugin, strict_plugins)
    try:
        editions = {frameworks[name].ref: frameworks[name] for name in framework}
    except KeyError as error:
        fail(str(error.args[0]), USAGE)
    write(TEMPLATES[chosen](list(editions.values()), frameworks.vocabulary), output)
