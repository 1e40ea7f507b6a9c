"""Applies published equality frameworks to an organisation's evidence: grades, reasons and gaps.

from equityrules import assess, load_frameworks, read_evidence

frameworks = load_frameworks()
[trust] = read_evidence("trust.toml")
result = assess(frameworks["eds@2022"], trust)
print(result.overall.held.label)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equityrules.assessment import assess as assess
    from equityrules.comparison import compare as compare
    from equityrules.hooks import hookimpl as hookimpl
    from equityrules.loading.evidence import read_evidence as read_evidence
    from equityrules.loading.evidence import read_rows as read_rows
    from equityrules.loading.frameworks import load_frameworks as load_frameworks
    from equityrules.loading.plans import read_plan as read_plan
    from equityrules.loading.profiles import read_profile as read_profile
    from equityrules.loading.whatif import what_if as what_if
    from equityrules.model.evidence import Evidence as Evidence
    from equityrules.model.framework import Framework as Framework
    from equityrules.model.period import Period as Period
    from equityrules.model.period import parse_period as parse_period
    from equityrules.model.problems import InvalidInputError as InvalidInputError
    from equityrules.model.result import Assessment as Assessment
    from equityrules.plans import check_plan as check_plan
    from equityrules.plans import draft_plan as draft_plan
    from equityrules.reports.json_report import read_json as read_assessments  # noqa: F401 - a public name
    from equityrules.version import VERSION as __version__  # noqa: F401, N811 - the customary name

_HOMES = {
    "Assessment": "equityrules.model.result",
    "Evidence": "equityrules.model.evidence",
    "Framework": "equityrules.model.framework",
    "InvalidInputError": "equityrules.model.problems",
    "Period": "equityrules.model.period",
    "assess": "equityrules.assessment",
    "check_plan": "equityrules.plans",
    "draft_plan": "equityrules.plans",
    "hookimpl": "equityrules.hooks",
    "load_frameworks": "equityrules.loading.frameworks",
    "parse_period": "equityrules.model.period",
    "read_assessments": "equityrules.reports.json_report:read_json",
    "read_evidence": "equityrules.loading.evidence",
    "read_plan": "equityrules.loading.plans",
    "read_profile": "equityrules.loading.profiles",
    "read_rows": "equityrules.loading.evidence",
    "what_if": "equityrules.loading.whatif",
    "compare": "equityrules.comparison",
    "__version__": "equityrules.version:VERSION",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the public names
    """Import a public name when it is first used, so that `import equityrules` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'equityrules' has no attribute '{name}'")
    module, _, attribute = _HOMES[name].partition(":")
    value = getattr(import_module(module), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(_HOMES)
