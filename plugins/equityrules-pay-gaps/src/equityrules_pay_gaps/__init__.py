"""Pay gaps: hourly pay by person and published figures as evidence, and what the reporting service checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from equityrules import Assessment, Evidence, Framework, hookimpl
from equityrules.model.result import Remark

from .download import read_download
from .remarks import remarks
from .sheet import read_sheet


@hookimpl
def equityrules_read_evidence(path: Path) -> Iterable[Mapping[str, Any]] | None:
    """Return what a file of hourly pay by person comes to, or employers' published figures; None for other files."""
    people = read_sheet(path)
    return read_download(path) if people is None else people


@hookimpl
def equityrules_remarks(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield what the reporting service would not accept, or would ask about."""
    yield from remarks(framework, evidence, assessment)
