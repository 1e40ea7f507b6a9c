"""`equityrules frameworks`, `show` and `plugins`: what there is to apply, and where it comes from."""

from __future__ import annotations

from pathlib import Path

import click
from tabulate import tabulate

from equityrules.cli.common import FAULT, USAGE, fail, load, plugin_options, profile_option
from equityrules.cli.formats import available_formats
from equityrules.loading.catalogue import Frameworks
from equityrules.model.framework import Framework
from equityrules.model.numbers import counted
from equityrules.model.problems import nearest
from equityrules.reports.showing import basis_counts, render_criterion, render_framework
from equityrules.reports.wrapping import paragraph


@click.command("frameworks")
@plugin_options
def frameworks_command(framework_dir: tuple[Path, ...], no_plugin: tuple[str, ...], strict_plugins: bool) -> None:
    """List the frameworks that can be applied."""
    frameworks = load(framework_dir, no_plugin, strict_plugins)
    for one in frameworks.values():
        click.echo(f"{one.ref}  {one.title} ({one.publisher})")
        click.echo(f"    {_validity(one)}; {counted(len(one.criteria), one.word('criterion'))}, {basis_counts(one)}")
        click.echo(f"    from {one.origin.plugin}, revision {one.revision}, licence {one.licence}")


def _validity(framework: Framework) -> str:
    if framework.in_force_from is None:
        return f"{framework.status}, start not known"
    end = f" to {framework.in_force_to}" if framework.in_force_to else ""
    return f"{framework.status}, in force from {framework.in_force_from}{end}"


@click.command("show")
@click.argument("framework", metavar="ID[@EDITION]")
@click.argument("criterion", required=False)
@profile_option
@plugin_options
def show_command(
    framework: str,
    criterion: str | None,
    profile: Path | None,
    framework_dir: tuple[Path, ...],
    no_plugin: tuple[str, ...],
    strict_plugins: bool,
) -> None:
    """Show a framework, or one CRITERION: its requirements, where each was read, and where else its evidence counts."""
    frameworks = load(framework_dir, no_plugin, strict_plugins, profile)
    chosen = _named(frameworks, framework)
    if criterion is None:
        click.echo(render_framework(chosen), nl=False)
        return
    names = {one.casefold(): one for one in chosen.ids()}
    if criterion.casefold() not in names:
        word = chosen.word("criterion")
        fail(f"{chosen.ref} has no {word} '{criterion}'{nearest(criterion, chosen.ids())}", USAGE)
    found = chosen.criterion(names[criterion.casefold()])
    click.echo(render_criterion(chosen, found, frameworks.crosswalk(chosen, found.id)), nl=False)


def _named(frameworks: Frameworks, name: str) -> Framework:
    try:
        return frameworks[name]
    except KeyError as error:
        fail(str(error.args[0]), USAGE)


@click.command("plugins")
@plugin_options
def plugins_command(framework_dir: tuple[Path, ...], no_plugin: tuple[str, ...], strict_plugins: bool) -> None:
    """List the plugins with their versions and origins, what they replace, and every fault."""
    frameworks = load(framework_dir, no_plugin, strict_plugins=False, quiet=True)
    available_formats(frameworks)
    rows = [(one.name, one.version, one.origin, one.replaces) for one in frameworks.plugins.infos]
    click.echo(tabulate(rows, headers=["plugin", "version", "from", "replaces"], disable_numparse=True))
    faults = frameworks.plugins.faults
    click.echo(f"\n{counted(len(faults), 'fault')}" if faults else "\nno faults")
    for fault in faults:
        click.echo(paragraph(f"* {fault.plugin}: {fault.where}: {fault.message}", 0, 2))
    if faults and strict_plugins:
        raise click.exceptions.Exit(FAULT)
