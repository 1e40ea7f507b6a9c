"""Pay gaps: hourly pay by person as evidence, and what the reporting service checks. The framework itself is data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from equityrules import Assessment, Evidence, Framework, hookimpl
from equityrules.model.result import Remark

from .remarks import remarks
from .sheet import read_sheet


@hookimpl
def equityrules_read_evidence(path: Path) -> Iterable[Mapping[str, Any]] | None:
    """Return what a file of hourly pay by person comes to, by group and by organisation, or None for other files."""
    return read_sheet(path)


@hookimpl
def equityrules_remarks(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield what the reporting service would not accept, or would ask about."""
    yield from remarks(framework, evidence, assessment)
