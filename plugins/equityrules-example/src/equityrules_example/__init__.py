"""A template for plugins of equityrules: each hook once. Keep those you need; the others may go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from equityrules import Assessment, Evidence, Framework, hookimpl
from equityrules.hooks import Kinds, Renderer
from equityrules.model.result import Remark, Severity

from .agreement import NetAgreement
from .notice import render_notice
from .polls import read_poll

FEW_VOTES = 10
"""Below this many votes one of them is a tenth or more of the result; the authors' own limit."""


@hookimpl
def equityrules_frameworks() -> Iterable[Traversable]:
    """Return the folder of the framework `example-charter`."""
    return [files(__name__) / "frameworks"]


@hookimpl
def equityrules_kinds() -> Kinds:
    """Return the kind of measure that the framework's vocabulary uses."""
    return Kinds(measures={NetAgreement.kind: NetAgreement})


@hookimpl
def equityrules_read_evidence(path: Path) -> Iterable[Mapping[str, Any]] | None:
    """Return the votes in a `.poll` file, or None for any other file."""
    return read_poll(path) if path.suffix.casefold() == ".poll" else None


@hookimpl
def equityrules_remarks(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield a note for every poll of the period on this framework in which few voted."""
    for poll in evidence.votes:
        cast = sum(poll.votes.values())
        asked_here = poll.about.partition("/")[0] == framework.id == "example-charter"
        if asked_here and assessment.period.contains(poll.period.end) and 0 < cast < FEW_VOTES:
            message = f"{cast} voted; one vote is a share of {100 // cast}% or more"
            yield Remark("example-few-votes", Severity.NOTE, poll.about, message, "ask more people")


@hookimpl
def equityrules_reports() -> Mapping[str, Renderer]:
    """Return the report format `notice`."""
    return {"notice": render_notice}
