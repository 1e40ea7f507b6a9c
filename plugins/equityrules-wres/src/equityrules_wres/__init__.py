"""NHS WRES: the staff survey benchmark workbook as evidence, and remarks. The framework itself is data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from equityrules import Assessment, Evidence, Framework, hookimpl
from equityrules.model.result import Remark

from .remarks import remarks
from .workbook import read_workbook


@hookimpl
def equityrules_read_evidence(path: Path) -> Iterable[Mapping[str, Any]] | None:
    """Return the answers in the staff survey benchmark workbook, or a sheet of it as CSV; None for other files."""
    return read_workbook(path)


@hookimpl
def equityrules_remarks(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield what to know before indicators are compared with other years or organisations."""
    yield from remarks(framework, evidence, assessment)
