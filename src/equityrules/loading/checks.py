"""What a piece of evidence cannot be, whatever it is about."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from equityrules.model.evidence import Count, Stated, Survey, Votes

MOST_VOTES = 10_000_000
"""More than any poll of staff or patients has."""


def faults_of(stated: Stated) -> Iterator[tuple[str, str]]:
    """Yield the field and message of what a piece of evidence cannot be."""
    if isinstance(stated, Count):
        yield from _not_negative("value", stated.value)
        if (stated.value * 2).denominator != 1:
            advice = "counts are whole, or halves in a two-year average"
            yield "value", f"{float(stated.value):g} is not a count; {advice}"
    elif isinstance(stated, Survey):
        yield from _survey_faults(stated)
    elif isinstance(stated, Votes):
        for grade, count in stated.votes.items():
            yield from _vote_faults(f"votes, {grade}", count)
        if stated.stated_total is not None:
            yield from _vote_faults("stated_total", stated.stated_total)


def _vote_faults(name: str, count: int) -> Iterator[tuple[str, str]]:
    if count < 0:
        yield name, f"{count} votes cannot be; votes are counted from 0"
    elif count > MOST_VOTES:
        yield name, f"{count} votes are more than any poll has; check the number"


def _not_negative(name: str, value: Fraction) -> Iterator[tuple[str, str]]:
    if value < 0:
        yield name, f"{float(value):g} is below nought"


def _survey_faults(stated: Survey) -> Iterator[tuple[str, str]]:
    yield from (
        fault
        for name, value in (("yes", stated.yes), ("of", stated.of))
        if value is not None
        for fault in _not_negative(name, value)
    )
    if stated.percent is not None and not 0 <= stated.percent <= 100:
        yield "percent", f"{stated.percent}% lies outside 0 to 100"
    if stated.yes is not None and stated.of is not None and stated.yes > stated.of:
        yield "yes", f"{float(stated.yes):g} answered yes, more than the {float(stated.of):g} who answered"
    if stated.percent is None and (stated.yes is None or stated.of is None):
        yield "yes", "give both yes and of (how many answered), or a percent"
