"""NHS WDES: remarks on what is not to be compared. The framework itself is data, in `frameworks/wdes`."""

from __future__ import annotations

from collections.abc import Iterator

from equityrules import Assessment, Evidence, Framework, hookimpl
from equityrules.model.result import Remark

from .remarks import remarks


@hookimpl
def equityrules_remarks(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield what to know before metrics are compared with other years or organisations."""
    yield from remarks(framework, evidence, assessment)
