"""What a piece of evidence cannot be, whatever it is about; and what two pieces cannot be together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from equityrules.loading.rows import Row
from equityrules.model.evidence import Count, Stated, Statement, Status, Survey
from equityrules.model.kinds import Measure
from equityrules.model.numbers import display
from equityrules.model.problems import Problem
from equityrules.model.vocabulary import cell_text

MOST_COUNTED = 10_000_000_000
"""More people than there are."""


def faults_of(stated: Stated) -> Iterator[tuple[str, str]]:
    """Yield the field and message of what a piece of evidence cannot be."""
    if isinstance(stated, Count):
        yield from _count_faults("value", stated.value)
    elif isinstance(stated, Survey):
        yield from _survey_faults(stated)
    elif isinstance(stated, Statement) and stated.status is Status.NOT_APPLICABLE and not stated.note:
        yield "status", "'not applicable' needs a note that says why"


def part_faults_of(stated: Stated) -> Iterator[tuple[str, str]]:
    """Yield the field and message of what cannot be said of a part of a group only, as a code names it."""
    if isinstance(stated, Survey) and (stated.yes is None or stated.of is None):
        advice = "give yes and of for each part, or the percentage of the whole group"
        yield "percent", f"percentages of parts of a group cannot be added up; {advice}"


def _count_faults(name: str, value: Fraction) -> Iterator[tuple[str, str]]:
    if value < 0:
        yield name, f"{display(value)} is below nought; counts start at 0"
    elif value > MOST_COUNTED:
        yield name, f"{display(value)} is more than can be counted; check the number"
    elif (value * 2).denominator != 1:
        yield name, f"{display(value, 6)} is not a count; counts are whole, or halves in a two-year average"


def _survey_faults(stated: Survey) -> Iterator[tuple[str, str]]:
    for name, value in (("yes", stated.yes), ("of", stated.of)):
        if value is not None and (faults := list(_count_faults(name, value))):
            yield from faults
            return
    if stated.percent is not None and not 0 <= stated.percent <= 100:
        yield "percent", f"{stated.percent}% lies outside 0 to 100; check the percentage"
    if stated.yes is not None and stated.of is not None and stated.yes > stated.of:
        advice = "check both numbers"
        yield "yes", f"{display(stated.yes)} answered yes, more than the {display(stated.of)} who answered; {advice}"
    if stated.percent is None and (stated.yes is None or stated.of is None):
        yield "yes", "give both yes and of (how many answered), or a percent"


def nesting_problems(counts: Iterable[tuple[Row, Stated]], measures: Iterable[Measure]) -> Iterator[Problem]:
    """Yield a problem wherever a measure's events are among its base and yet are more than it.

    Both are compared in the same cell and period, each as last stated. `counts` are the evidence of one organisation.
    """
    stated: dict[object, tuple[Row, Count]] = {}
    for row, count in counts:
        if isinstance(count, Count):
            key = count.item, count.cell, count.period
            if key not in stated or stated[key][1].day <= count.day:
                stated[key] = row, count
    for (events, base), title in _nested(measures).items():
        for row, count in list(stated.values()):
            whole = stated.get((base, count.cell, count.period))
            if count.item == events and whole is not None and count.value > whole[1].value:
                yield row.problem(_too_many(count, whole, title), "value")


def _nested(measures: Iterable[Measure]) -> dict[tuple[str, str], str]:
    """Return the events and base of every measure whose events are among its base, with the first one's title.

    Measures that compare the same events by other groups say the same, and are not heard twice.
    """
    found = [one for one in measures if getattr(one, "nested", False)]
    pairs = [(getattr(one, "events", ""), getattr(one, "base", ""), one.title) for one in found]
    return {(events, base): title for events, base, title in reversed(pairs) if events and base}


def _too_many(count: Count, whole: tuple[Row, Count], title: str) -> str:
    row, base = whole
    events = f"{count.item}{cell_text(count.cell)} for {count.period} is {display(count.value)}"
    among = f"more than the {display(base.value)} of {base.item} at {row.place}, which it is a part of"
    return f"{events}, {among} ({title}); check both numbers"
