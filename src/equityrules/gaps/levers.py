"""What closes a gap, as edits to the evidence; each lever was tried before it is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from equityrules.conditions import Attested, SomeOf
from equityrules.conditions.composites import outcome_of
from equityrules.gaps.measured import Measured
from equityrules.gaps.ways import LACKING, Way, entries_of, ways_to_close
from equityrules.model.evidence import Count, Entry, Figure, Statement, Status, Survey
from equityrules.model.finding import Edit, Finding, Lever, Outcome, Reason
from equityrules.model.kinds import Condition
from equityrules.model.numbers import counted, exactly
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import cell_text


def levers_of(condition: Condition, finding: Finding, snapshot: Snapshot) -> tuple[tuple[Lever, ...], str]:
    """Return the levers of a gap, alternatives to each other, and why there is none where that is known.

    With all the edits of one lever the requirement is met; with one unit, or one edit, less it is not.
    """
    if finding.reason is Reason.NOT_JUDGED:
        return (), ""
    is_measured = isinstance(condition, Measured)
    statements = () if is_measured else tuple(_statement_levers(condition, snapshot))
    if statements:
        return statements, ""
    found, why_not = ways_to_close(condition, snapshot)
    return tuple(_lever(way) for way in found), why_not


def _lever(way: Way) -> Lever:
    return Lever("; ".join(one.text for one in way), tuple(edits_of(entries_of(way))))


# --- statements ----------------------------------------------------------------------------------------------------


def _statement_levers(condition: Condition, snapshot: Snapshot) -> Iterator[Lever]:
    """Yield what closes the gap by putting or showing things in place; nothing where that alone cannot close it."""
    lacking = list(dict.fromkeys(_lacking(condition, snapshot)))
    needed = lacking if _needs_each(condition) else _fewest(condition, lacking, snapshot)
    if not needed:
        return
    edits = tuple(Edit(f"{one.item}{cell_text(one.cell)}", Status.IN_PLACE) for one in needed)
    yield Lever(_lever_text(needed, lacking, snapshot), edits)


def _lacking(condition: Condition, snapshot: Snapshot) -> Iterator[Attested]:
    """Yield the statements in a condition that are not there, or do not say that the thing is in place."""
    if isinstance(condition, Attested):
        if outcome_of(condition, snapshot) in LACKING:
            yield condition
    else:
        for part in getattr(condition, "parts", ()):
            yield from _lacking(part, snapshot)


def _needs_each(condition: Condition) -> bool:
    """Whether a condition plainly needs each of its statements, so that there is nothing to try."""
    parts = condition.parts if isinstance(condition, SomeOf) and condition.need is None else (condition,)
    statements = [part for part in parts if isinstance(part, Attested)]
    apart = all(one.cell for one in statements) or len({one.item for one in statements}) == len(statements)
    return apart and len(statements) == len(parts)


def _fewest(condition: Condition, lacking: Sequence[Attested], snapshot: Snapshot) -> list[Attested]:
    """Return the first of these statements that are enough together, with none to spare; none where all are too few."""
    if not lacking or not _met_with(condition, lacking, snapshot):
        return []
    if len(lacking) == 1:
        return list(lacking)
    needed = list(lacking)
    for one in reversed(lacking):
        fewer = [other for other in needed if other != one]
        if _met_with(condition, fewer, snapshot):
            needed = fewer
    return needed


def _met_with(condition: Condition, statements: Sequence[Attested], snapshot: Snapshot) -> bool:
    period = snapshot.period
    assumed = [Statement(period=period, item=one.item, cell=one.cell, status=Status.IN_PLACE) for one in statements]
    return outcome_of(condition, snapshot.assuming(assumed)) is Outcome.MET


def _lever_text(needed: Sequence[Attested], lacking: Sequence[Attested], snapshot: Snapshot) -> str:
    if len(needed) < len(lacking):
        return f"show {counted(len(needed), 'more part')} of these {len(lacking)} in place"
    stated = any(outcome_of(one, snapshot) is Outcome.UNMET for one in needed)
    return "put in place what is missing and show it" if stated else "show that it is in place"


# --- edits -----------------------------------------------------------------------------------------------------------


def edits_of(entries: Iterable[Entry]) -> Iterator[Edit]:
    """Yield entries in the form that --with takes: `recruitment.appointed[ethnicity=bme]=29`."""
    for entry in entries:
        name = entry.measure if isinstance(entry, Figure) else entry.item
        yield Edit(f"{name}{cell_text(entry.cell)}", _value(entry))


def _value(entry: Entry) -> str:
    if isinstance(entry, Statement):
        return str(entry.status)
    if isinstance(entry, Survey):
        if entry.yes is None or entry.of is None:
            return f"{entry.percent}%"
        return f"{exactly(entry.yes)}/{exactly(entry.of)}"
    return exactly(entry.value) if isinstance(entry, Count) else str(entry.value)
