"""`equityrules check`: evidence read and checked, not assessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from equityrules.cli.common import FILE, load, plugin_options, read
from equityrules.cli.progress import quiet_option
from equityrules.loading.catalogue import Frameworks
from equityrules.model.evidence import Evidence
from equityrules.model.numbers import counted
from equityrules.reading import about_framework


@click.command("check")
@click.argument("evidence", nargs=-1, required=True, type=FILE)
@plugin_options
@quiet_option
def check_command(
    evidence: tuple[Path, ...], framework_dir: tuple[Path, ...], no_plugin: tuple[str, ...], strict_plugins: bool
) -> None:
    """Check EVIDENCE: every problem with its place, or what the files hold."""
    frameworks = load(framework_dir, no_plugin, strict_plugins)
    for body in read(frameworks, evidence, strict_plugins):
        for line in _summary(frameworks, body):
            click.echo(line)


def _summary(frameworks: Frameworks, body: Evidence) -> Iterator[str]:
    """Yield what the evidence of one organisation holds."""
    code = f" ({body.organisation.code})" if body.organisation.code else ""
    yield f"{body.organisation.name}{code}: no problems"
    yield f"  periods     {', '.join(map(str, body.periods()))}"
    kinds = Counter(type(stated).__name__.casefold() for stated in body.everything())
    kinds["poll"] = kinds.pop("votes", 0)
    yield f"  holds       {', '.join(counted(count, kind) for kind, count in kinds.items() if count)}"
    served = [one.ref for one in frameworks.values() if about_framework(one, body)]
    yield f"  serves      {', '.join(served) or 'no framework that is loaded'}"
