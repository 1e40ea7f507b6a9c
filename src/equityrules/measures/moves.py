"""What people can do about a figure: one more appointment, one case fewer, one more seat, one answer less.

A move is one way to push a measure up or down, unit by unit; how many units are needed is worked out by trying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from equityrules.model.evidence import Amount, Count, Figure, Stated, Survey
from equityrules.model.finding import Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell

Entries = tuple[Count | Survey | Amount | Figure, ...]
Steps = Callable[[Fraction, Fraction], Fraction | None]
"""How many units, whole or not, take a value from the first to the second; None where no number does."""


@frozen
class Move:
    """One way to change the evidence by 1, 2, … `most` units.

    `entries` gives what the evidence would then say, `text` says in words what that takes. `steps` is how many units,
    whole or not, take what is measured from one value to another; None where that is not known.
    """

    most: int
    entries: Callable[[int], Entries]
    text: Callable[[int], str]
    steps: Steps | None = None


def in_a_line(each: Fraction) -> Steps:
    """Return the steps from value to value where every unit changes it by as much."""
    return lambda now, wanted: abs(wanted - now) / each


def move_count(
    snapshot: Snapshot,
    item: str,
    cell: Cell,
    value: Fraction,
    up: bool,
    most: Fraction | None,
    text: Callable[[int], str],
    steps: Steps | None = None,
) -> Iterator[Move]:
    """Yield the move that adds to a count, up to `most` of it in all, or takes away from it."""
    room = (most - value if most is not None else max(value, Fraction(1000)) * 100) if up else value
    sign = 1 if up else -1

    def entries(units: int) -> Entries:
        return (Count(period=snapshot.period, item=item, cell=cell, value=value + sign * units),)

    if room >= 1:
        yield Move(int(room), entries, text, steps)


def move_answers(snapshot: Snapshot, item: str, cell: Cell, up: bool, who: str) -> Iterator[Move]:
    """Yield the move of answers to a survey: so many more, or fewer, of the same people answered yes.

    Of a printed percentage without counts it is so many units of its last digit.
    """
    given = snapshot.look_up(Survey, item, cell)
    if isinstance(given, Reason):
        return
    sign, said = (1 if up else -1), _said_now(snapshot, given)
    if given.yes is None or given.of is None:
        yield from _move_percent(snapshot, given, sign, who)
        return
    yes, of = given.yes, given.of

    def entries(units: int) -> Entries:
        return (Survey(item=item, cell=cell, yes=yes + sign * units, of=of, **said),)

    room = of - yes if up else yes
    if room >= 1:
        yield Move(
            int(room), entries, lambda units: f"{_more(units, up)} of the {of} {who} answer yes", in_a_line(100 / of)
        )


def _move_percent(snapshot: Snapshot, given: Survey, sign: int, who: str) -> Iterator[Move]:
    if given.percent is None:
        return
    percent, step, said = given.percent, _step(given.percent), _said_now(snapshot, given)

    def entries(units: int) -> Entries:
        return (Survey(item=given.item, cell=given.cell, percent=percent + sign * units * step, of=given.of, **said),)

    room = (100 - percent if sign > 0 else percent) / step
    yield Move(
        int(room), entries, lambda units: f"{percent + sign * units * step}% of {who} answer yes, not {percent}%"
    )


def move_amount(snapshot: Snapshot, item: str, cell: Cell, up: bool) -> Iterator[Move]:
    """Yield the move of an amount, by units of the last digit it is printed with."""
    given = snapshot.look_up(Amount, item, cell)
    if isinstance(given, Reason):
        return
    sign, step, value = (1 if up else -1), _step(given.value), given.value
    said = _said_now(snapshot, given)

    def entries(units: int) -> Entries:
        return (Amount(item=item, cell=cell, value=value + sign * units * step, **said),)

    most = int(max(abs(value), Decimal(10)) / step) * 10
    yield Move(
        most, entries, lambda units: f"{value + sign * units * step} instead of {value}", in_a_line(Fraction(step))
    )


def move_figure(
    snapshot: Snapshot, measure: str, cell: Cell, up: bool, means: Callable[[Figure, Decimal], str] | None = None
) -> Iterator[Move]:
    """Yield the move of a printed figure, by units of its last digit: what it would have to be, the counts unknown.

    `means` says in words what another value of the figure would take.
    """
    given = snapshot.figures.get((measure, cell))
    if given is None:
        return
    sign, step, value = (1 if up else -1), _step(given.value), given.value
    said = _said_now(snapshot, given)

    def entries(units: int) -> Entries:
        return (Figure(measure=measure, cell=cell, value=value + sign * units * step, over=given.over, **said),)

    def text(units: int) -> str:
        then = value + sign * units * step
        return f"the printed figure at {then} instead of {value}{means(given, then) if means else ''}"

    room = int(max(abs(value), Decimal(1)) / step) * (1 if not up else 100)
    yield Move(room, entries, text)


def move_people(
    snapshot: Snapshot, item: str, cell: Cell, group: Cell, now: tuple[Fraction, Fraction], up: bool, who: str
) -> Iterator[Move]:
    """Yield the moves of people of a group in a part of the workforce: in place of others, or in posts that are added.

    `now` are the people of the group there, and everybody there.
    """
    part, whole = now
    sign = 1 if up else -1

    def entries(units: int, added: int) -> Entries:
        counts = {group: part + sign * units, cell: whole + added}
        return tuple(Count(period=snapshot.period, item=item, cell=one, value=value) for one, value in counts.items())

    room = int(whole - part if up else part)
    if room >= 1:
        yield Move(
            room, lambda units: entries(units, 0),
            lambda units: f"{_more(units, up)} {who} in place of others ({part + sign * units} of {whole})",
        )  # fmt: skip
    if up:
        yield Move(
            int(whole * 100), lambda units: entries(units, units),
            lambda units: f"{_more(units, up)} {who} in net new posts ({part + units} of {whole + units})",
        )  # fmt: skip


def _more(units: int, up: bool) -> str:
    return f"{units} {'more' if up else 'fewer'}"


def _step(value: Decimal) -> Decimal:
    """Return one unit of a number's last digit."""
    return Decimal((0, (1,), int(value.as_tuple().exponent)))


def _said_now(snapshot: Snapshot, given: Stated) -> dict[str, Any]:
    """Return what an entry in place of this one carries: said by the same, for the snapshot's own period."""
    return {"period": snapshot.period, "by": given.by, "source": given.source, "note": given.note}
