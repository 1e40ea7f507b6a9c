"""Ways to close a gap: by one measure, by one part of a choice, or by several parts together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

from equityrules.conditions import Attested, IfGiven, SomeOf
from equityrules.conditions.composites import outcome_of
from equityrules.gaps.measured import Closing, Measured, closings
from equityrules.model.evidence import Entry, Figure, Statement, Status
from equityrules.model.finding import Outcome
from equityrules.model.kinds import Condition
from equityrules.model.snapshot import Snapshot

LACKING = (Outcome.UNMET, Outcome.UNKNOWN)
_NOT_TOGETHER = "what closes each of its parts does not close them together"
Way = tuple[Closing, ...]
"""What is done together."""


def ways_to_close(condition: Condition, snapshot: Snapshot) -> tuple[list[Way], str]:
    """Return the ways to close a gap, alternatives to each other, and why there is none where that is known.

    Of each nothing can be spared: with one unit less of any of it the condition is not met.
    """
    if isinstance(condition, Attested):
        return [(_stated(condition, snapshot),)], ""
    if isinstance(condition, Measured):
        found, why_not = closings(condition, snapshot)
        return [(one,) for one in found], why_not
    if isinstance(condition, IfGiven):
        return ways_to_close(condition.part, snapshot)
    return _ways_of_parts(condition, snapshot) if isinstance(condition, SomeOf) else ([], "")


def _stated(condition: Attested, snapshot: Snapshot) -> Closing:
    said = Statement(period=snapshot.period, item=condition.item, cell=condition.cell, status=Status.IN_PLACE)
    return Closing(f"show that it is in place: {condition.text}", (said,))


def _ways_of_parts(condition: SomeOf, snapshot: Snapshot) -> tuple[list[Way], str]:
    """Return the ways by which one part alone closes the gap, else the way that takes several."""
    lacking = [part for part in condition.parts if outcome_of(part, snapshot) in LACKING]
    offered = [(part, *ways_to_close(part, snapshot)) for part in lacking]
    alone = [_without_spare(condition, way, snapshot) for _, ways, _ in offered for way in ways]
    found = [way for way in dict.fromkeys(alone) if _is_least(condition, way, snapshot)]
    if found:
        return found, ""
    together = _together(condition, [(part, ways[0]) for part, ways, _ in offered if ways], snapshot)
    if _is_least(condition, together, snapshot):
        return [together], ""
    if any(outcome_of(part, snapshot) is Outcome.UNKNOWN for part in lacking):
        return [], ""
    reasons = dict.fromkeys(why_not for *_, why_not in offered if why_not)
    return [], "; ".join(reasons) or (_NOT_TOGETHER if together else "")


def _together(condition: SomeOf, offered: Sequence[tuple[Condition, Way]], snapshot: Snapshot) -> Way:
    """Return what closes the parts one after the other, of each that is not closed by then."""
    way: Way = ()
    for part, more in offered:
        if not _closes(part, way, snapshot):
            way = tuple(dict.fromkeys((*way, *more)))
    return _without_spare(condition, way, snapshot)


def _without_spare(condition: Condition, way: Way, snapshot: Snapshot) -> Way:
    """Return the way without what the rest of it makes needless, the last of it first."""
    for one in reversed(way if len(way) > 1 else ()):
        fewer = tuple(other for other in way if other is not one)
        if _closes(condition, fewer, snapshot):
            way = fewer
    return way


def _is_least(condition: Condition, way: Way, snapshot: Snapshot) -> bool:
    """Whether the way closes the gap, and with one unit less of anything in it does not."""
    if not _closes(condition, way, snapshot):
        return False
    less = [(*way[:place], evolve(one, entries=one.less), *way[place + 1 :]) for place, one in enumerate(way)]
    return not any(_closes(condition, fewer, snapshot) for fewer in less)


def _closes(condition: Condition, way: Way, snapshot: Snapshot) -> bool:
    return outcome_of(condition, snapshot.assuming(entries_of(way))) is Outcome.MET


def entries_of(way: Iterable[Closing]) -> tuple[Entry, ...]:
    """Return what the evidence would say, of each cell once."""
    said = {(_name(entry), entry.cell): entry for one in way for entry in one.entries}
    return tuple(said.values())


def _name(entry: Entry) -> str:
    return entry.measure if isinstance(entry, Figure) else entry.item
