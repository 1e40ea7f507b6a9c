"""Reads when a line is due, and finds dates that do not exist, in the words that plans use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from equityrules.model.period import MONTHS, Period, parse_date, parse_period
from equityrules.model.plan import Due

_MONTH = "|".join(f"{name[:3]}(?:{name[3:]}|{name[3:4]})?" if name != "May" else "May" for name in MONTHS)
_NUMERIC = r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?![\d/])"
_DATE = re.compile(
    rf"(?<![\d/.-])(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})(?!\d)"
    rf"|(?<![\d/.-])(?P<numeric>{_NUMERIC})"
    rf"|(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<dm>{_MONTH})\.?,?\s+(?P<dy>(?:19|20)\d\d)\b"
    rf"|\b(?P<month>{_MONTH})\.?,?\s+(?P<year>(?:19|20)\d\d)\b"
    rf"|\b(?P<financial>20\d\d/\d\d(?!\d))"
    rf"|(?<![\d/.,£-])(?P<alone>20\d\d)(?![\d%/]|-\d)",
    re.IGNORECASE,
)
_RECURRING = re.compile(
    r"\b(annual(ly)?|yearly|quarterly|monthly|weekly|bi-?monthly|six-?monthly|termly|each (year|month|quarter)"
    r"|every\b.*\b(year|month|quarter|week)s?|per schedule|as per\b.*\bschedule)\b",
    re.IGNORECASE,
)
_CONTINUOUS = re.compile(r"\b(on-?going|continuous(ly)?|continual(ly)?|rolling|business as usual|BAU)\b", re.IGNORECASE)
_STARTS = re.compile(r"^\W*(?:from|starting|commencing|begin(?:s|ning)?)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(by|until|complete[d]?)\b", re.IGNORECASE)


def read_due(text: str) -> Due:
    """Return when a line is due; dates that do not exist are left out (`impossible_dates` finds them)."""
    starts = bool(_STARTS.search(text)) and not _ENDS.search(text)
    dates = tuple(sorted(_dates(text)))
    return Due(text, dates, bool(_RECURRING.search(text)), starts, bool(_CONTINUOUS.search(text)))


def impossible_dates(text: str) -> Iterator[str]:
    """Yield the dates in a text that do not exist, as they are written: "31/06/21"."""
    for found in _DATE.finditer(text):
        written = found["iso"] or found["numeric"] or (found["day"] and found[0])
        if written and _day_of(written) is None and _is_meant_as_a_date(found):
            yield found[0]


def _is_meant_as_a_date(found: re.Match[str]) -> bool:
    """Whether something that is no date was meant as one: of "3.4.12" or "1-2-10" nobody knows."""
    numeric = found["numeric"]
    return numeric is None or "/" in numeric or len(re.split(r"[.-]", numeric)[-1]) == 4


def _dates(text: str) -> Iterator[Period]:
    for found in _DATE.finditer(text):
        if (one := _period_of(found)) is not None:
            yield one


def _period_of(found: re.Match[str]) -> Period | None:
    if found["month"]:
        return parse_period(f"{found['month'][:3]} {found['year']}")
    if found["financial"]:
        return _financial(found["financial"])
    if found["alone"]:
        return parse_period(found["alone"])
    return _day_of(found[0])


def _financial(text: str) -> Period | None:
    try:
        return parse_period(text)
    except ValueError:
        return None


def _day_of(text: str) -> Period | None:
    """Return a written day, or None where there is no such day."""
    plain = re.sub(r"\s+of\s+", " ", " ".join(text.split()), flags=re.IGNORECASE)
    plain = re.sub(rf"({_MONTH})[a-z]*\.?", lambda one: one[1][:3], plain, flags=re.IGNORECASE)
    try:
        day = parse_date(plain)
    except ValueError:
        return None
    return Period(start=day, end=day)
