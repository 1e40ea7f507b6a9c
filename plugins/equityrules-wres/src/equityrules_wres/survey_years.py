"""Which staff survey the evidence is of, as far as it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from equityrules import Evidence, Framework
from equityrules.model.evidence import Stated
from equityrules.model.period import Period
from equityrules.model.snapshot import take_snapshot
from equityrules.reading import dimensions_read

_NAMED = re.compile(
    r"survey(?: of)?(?: autumn)? (20\d\d)(?![-–/]?\d)|(?<![-–/\d])(20\d\d) (?:NHS )?(?:Staff )?survey", re.IGNORECASE
)
_FIRST_MONTH = 9
"""The survey is asked in autumn; what is dated before September is of the autumn before."""


def survey_year(stated: Stated) -> int:
    """Return the year of the staff survey: as the source names it, else that of the last autumn by the entry's day."""
    if named := _NAMED.search(stated.source):
        return int(named[1] or named[2])
    return stated.day.year if stated.day.month >= _FIRST_MONTH else stated.day.year - 1


def years_of_entries(framework: Framework, evidence: Evidence, period: Period) -> dict[int, list[str]]:
    """Return the survey and benchmark items that count at the end of the period and the framework reads, by year."""
    read = dimensions_read(framework)
    items = {item for measure in framework.measures.values() for item in measure.items}
    found: dict[int, dict[str, None]] = {}
    for (item, cell), entry in take_snapshot(evidence, framework.vocabulary, period).fresh.items():
        ours = item in items and item.startswith(("survey.", "benchmark."))
        if ours and read.issuperset(dict(cell)):
            found.setdefault(survey_year(entry), {})[item] = None
    return {year: sorted(found[year]) for year in sorted(found)}


def periods_of(given: Iterable[Stated]) -> str:
    """Return the periods that entries are for, each once, the earliest first."""
    return ", ".join(map(str, sorted({one.period for one in given})))
