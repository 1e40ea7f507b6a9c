"""`equityrules check`: evidence read and checked, not assessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from equityrules.assessment import about_framework
from equityrules.cli.common import load, plugin_options, refuse_invalid
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.evidence import read_evidence
from equityrules.model.evidence import Evidence
from equityrules.model.numbers import counted
from equityrules.model.problems import InvalidInputError


@click.command("check")
@click.argument("evidence", nargs=-1, required=True, type=click.Path(path_type=Path))
@plugin_options
def check_command(
    evidence: tuple[Path, ...], framework_dir: tuple[Path, ...], no_plugin: tuple[str, ...], strict_plugins: bool
) -> None:
    """Check EVIDENCE: every problem with its place, or what the files hold."""
    frameworks = load(framework_dir, no_plugin, strict_plugins)
    try:
        bodies = read_evidence(*evidence, frameworks=frameworks)
    except InvalidInputError as error:
        refuse_invalid(error, "evidence")
    for body in bodies:
        for line in _summary(frameworks, body):
            click.echo(line)


def _summary(frameworks: Frameworks, body: Evidence) -> Iterator[str]:
    """Yield what the evidence of one organisation holds."""
    code = f" ({body.organisation.code})" if body.organisation.code else ""
    yield f"{body.organisation.name}{code}: no problems"
    yield f"  periods     {', '.join(map(str, body.periods()))}"
    kinds = Counter(type(stated).__name__.casefold() for stated in body.everything())
    yield f"  holds       {', '.join(_number(count, kind) for kind, count in kinds.items())}"
    served = [one.ref for one in frameworks.values() if about_framework(one, body)]
    yield f"  serves      {', '.join(served) or 'no framework that is loaded'}"


def _number(count: int, kind: str) -> str:
    """Return a count of pieces of evidence; "votes" is said of one poll and of many."""
    return f"{count} of votes" if kind == "votes" else counted(count, kind)
