"""Which criteria of a framework a number stands for."""

from __future__ import annotations

import re

from equityrules.model.plan_rules import CitedFramework


def criteria_of(framework: CitedFramework, part: str, word: str = "") -> tuple[str, ...]:
    """Return the criteria that a number stands for: one, those of a group, or all parts of one ("4" for 4a-i to 4b)."""
    wanted = _folded(part)
    group = framework.groups.get(part.casefold()) or framework.groups.get(wanted)
    if group is not None and word == framework.group_word:
        return group.criteria
    by_folded = {_folded(one): one for one in framework.criteria}
    if wanted in by_folded:
        return (by_folded[wanted],)
    if wanted in framework.aliases:
        return (framework.aliases[wanted],)
    below = tuple(one for folded, one in by_folded.items() if _is_below(folded, wanted))
    return below or (group.criteria if group is not None else ())


def _is_below(folded: str, wanted: str) -> bool:
    rest = folded.removeprefix(wanted)
    return rest != folded and bool(rest) and bool(wanted) and (not rest[0].isdigit()) and wanted[0].isdigit()


def _folded(part: str) -> str:
    """Return a number as it is compared: "4a(i)" and "4a i" are "4a-i"."""
    plain = re.sub(r"[()\s]+", "-", part.casefold()).strip("-.")
    return re.sub(r"-{2,}", "-", plain)
