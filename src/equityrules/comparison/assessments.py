"""What moved between assessments of one framework, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from equityrules.grading.awards import AWARDED
from equityrules.measures.changes import change
from equityrules.model.finding import Better, Finding, Observation, Reason
from equityrules.model.period import Period
from equityrules.model.result import Assessment, CriterionResult, FrameworkRef, GroupResult, OverallResult
from equityrules.model.scale import Grade

Level = CriterionResult | GroupResult | OverallResult
_UNEVIDENCED = (Reason.NOT_EVIDENCED, Reason.STALE)


class Direction(StrEnum):
    """Which way something moved; better and worse are moves within one grade."""

    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NOT_CLEAR = "no clear change"
    NEW = "new"
    LOST = "no longer known"
    NOT_KNOWN = "not known"


@frozen
class FigureMove:
    """How a figure moved: what was seen before and after, the change with its interval, and which way that is."""

    before: Observation
    after: Observation
    change: Observation
    direction: Direction


@frozen
class Why:
    """One thing that came out differently: what it is, and what was said of it before and after."""

    about: str
    text: str
    before: str
    after: str


@frozen
class Move:
    """Where one criterion, finding, group or the whole stood at each date, and which way it moved from first to last.

    `decided` says that somebody decided it by itself: a criterion, or a group or whole that was rated or voted on.
    `steps` are the moves from one date to the next. `new_evidence` and `lost_evidence` name what is known at the last
    date and was not at the first, and the other way about.
    """

    kind: str
    id: str
    title: str
    standings: tuple[str, ...]
    direction: Direction
    steps: tuple[Direction, ...]
    decided: bool = True
    figure: FigureMove | None = None
    because: tuple[Why, ...] = ()
    new_evidence: tuple[str, ...] = ()
    lost_evidence: tuple[str, ...] = ()


@frozen
class Comparison:
    """What moved over several assessments of one organisation by one framework, the earliest first.

    `rules_changed` says so where they were judged by different rules. `by_rules` are the moves that the change of rules
    makes by itself, worked out where the evidence could be judged again; `moves` then leave them out. `disclosure`
    says for whom it is, where that was decided.
    """

    organisation: str
    framework: FrameworkRef
    periods: tuple[Period, ...]
    moves: tuple[Move, ...]
    rules_changed: str = ""
    by_rules: tuple[Move, ...] = ()
    disclosure: str = ""


def compare(assessments: Sequence[Assessment], judged_again: Sequence[Assessment] = ()) -> Comparison:
    """Return what moved over assessments of one organisation by one framework, given in the order of their periods.

    `judged_again` are the same by the rules of the last one. Raises ValueError for fewer than two, and for assessments
    of different organisations or frameworks.
    """
    _check(assessments)
    last = assessments[-1]
    alike = judged_again or assessments
    by_rules = _moves((assessments[0], judged_again[0])) if judged_again else ()
    return Comparison(
        last.organisation,
        last.framework,
        tuple(one.period for one in assessments),
        _moves(alike),
        _rules_changed(assessments),
        tuple(move for move in by_rules if move.direction is not Direction.SAME),
    )


def _check(assessments: Sequence[Assessment]) -> None:
    if len(assessments) < 2:
        raise ValueError("a comparison takes two assessments or more")
    if len({(one.framework.id, one.organisation_code or one.organisation.casefold()) for one in assessments}) > 1:
        raise ValueError("a comparison takes one organisation and one framework")


def _rules_changed(assessments: Sequence[Assessment]) -> str:
    """Return by which editions, revisions and profiles the assessments were judged, where these differ."""
    rules = [
        f"{one.framework} revision {one.framework.revision}"
        + (f", profile {one.receipt.profile}" if one.receipt.profile else "")
        + (f", hypothetical ({'; '.join(one.receipt.hypothetical)})" if one.receipt.hypothetical else "")
        for one in assessments
    ]
    return " -> ".join(rules) if len(set(rules)) > 1 else ""


# --- moves ---------------------------------------------------------------------------------------------------------


def _moves(assessments: Sequence[Assessment]) -> tuple[Move, ...]:
    """Return the moves of the whole, the groups, the criteria, and the findings of criteria that are not graded."""
    return tuple(_all_moves(assessments))


def _all_moves(assessments: Sequence[Assessment]) -> Iterator[Move]:
    yield _level_move("overall", [one.overall for one in assessments])
    for group in assessments[-1].groups:
        if sum(one.group == group.id for one in assessments[-1].criteria) == 1 and group.graded_from not in AWARDED:
            continue
        yield _level_move("group", [_same(group, one.groups) for one in assessments])
    for criterion in assessments[-1].criteria:
        levels = [_same(criterion, one.criteria) for one in assessments]
        yield _level_move("criterion", levels)
        if criterion.method == "none":
            yield from _finding_moves(levels)


def _same(wanted: Level, among: Sequence[Level]) -> Level | None:
    """Return the part of that id in another assessment; None where it has none."""
    return next((one for one in among if one.id == wanted.id), None)


def _level_move(kind: str, levels: Sequence[Level | None]) -> Move:
    last = levels[-1]
    if last is None:
        raise ValueError("the last assessment has every part that is compared")
    first = levels[0]
    figure = _figure_move(first, last)
    steps = tuple(_direction(before, after, _figure_move(before, after)) for before, after in pairwise(levels))
    return Move(
        kind=kind,
        id=last.id,
        title=last.name if isinstance(last, CriterionResult) else last.title,
        standings=tuple(_standing(one) for one in levels),
        direction=_direction(first, last, figure),
        steps=steps,
        decided=isinstance(last, CriterionResult) or last.graded_from in AWARDED,
        figure=figure,
        because=tuple(_why(first, last)),
        new_evidence=_known_only_in(last, first),
        lost_evidence=_known_only_in(first, last),
    )


def _standing(level: Level | None) -> str:
    """Return a grade's label, or why there is none."""
    if level is None:
        return "not asked for"
    if not level.applicable:
        return "not applicable"
    return level.held.label if level.held else "no grade" if level.method == "none" else "not enough evidence"


def _direction(before: Level | None, after: Level | None, figure: FigureMove | None) -> Direction:
    """Return which way a level moved: by its grade and, within one grade, by its figure."""
    old, new = _held(before), _held(after)
    if old is None or new is None:
        if old is not None or new is not None:
            return Direction.LOST if new is None else Direction.NEW
        return figure.direction if figure else Direction.NOT_KNOWN
    if old.rank != new.rank:
        return Direction.UP if new.rank > old.rank else Direction.DOWN
    return figure.direction if figure else Direction.SAME


def _held(level: Level | None) -> Grade | None:
    return level.held if level is not None and level.applicable else None


# --- figures -------------------------------------------------------------------------------------------------------


def _figure_move(before: Level | None, after: Level | None) -> FigureMove | None:
    """Return how the first figure that both have moved; None where there is none."""
    if not isinstance(before, CriterionResult) or not isinstance(after, CriterionResult):
        return None
    earlier = _by_requirement(before.findings)
    found = (move_of_figure(earlier[one.requirement], one) for one in after.findings if one.requirement in earlier)
    return next((one for one in found if one is not None), None)


def _by_requirement(findings: Sequence[Finding]) -> Mapping[str, Finding]:
    return {finding.requirement: finding for finding in findings}


def move_of_figure(before: Finding, after: Finding) -> FigureMove | None:
    """Return how the figure of one requirement moved; None where it has none at one of the dates.

    A change whose interval contains 0, or which rounding alone could make, is not clear; nor is one between figures
    that are not to be compared.
    """
    if after.better is None or not before.observations or not after.observations:
        return None
    old, new = before.observations[0], after.observations[0]
    if old.value is None or new.value is None:
        return None
    moved = change(Observation(new.of, new.title, new.cell, unit=_unit_of_change(new)), old, new)
    return FigureMove(old, new, moved, _figure_direction(after.better, old, new, moved))


def _unit_of_change(seen: Observation) -> str:
    return "points" if seen.unit == "percent" else seen.unit


def _figure_direction(better: Better, old: Observation, new: Observation, moved: Observation) -> Direction:
    if old.value == new.value:
        return Direction.SAME
    if old.value is None or new.value is None or moved.value is None or old.caveat != new.caveat:
        return Direction.NOT_CLEAR
    low, high = (moved.interval.low, moved.interval.high) if moved.interval else (moved.low, moved.high)
    if low is not None and high is not None and low <= 0 <= high:
        return Direction.NOT_CLEAR
    if better is Better.NEARER:
        gain = _distance(old, old.value) - _distance(new, new.value)
    else:
        gain = moved.value if better is Better.HIGHER else -moved.value
    return Direction.SAME if gain == 0 else Direction.BETTER if gain > 0 else Direction.WORSE


def _distance(seen: Observation, value: Fraction) -> Fraction:
    """Return how far a value is from parity: for a ratio as a factor, so that a half is as far as double."""
    parity = seen.parity or Fraction(0)
    if parity == 0:
        return abs(value)
    return max(value / parity, parity / value) if value > 0 else Fraction(10**9)


# --- findings of criteria that are not graded ----------------------------------------------------------------------


def _finding_moves(levels: Sequence[Level | None]) -> Iterator[Move]:
    """Yield how each finding moved of which anything is known at the first and at the last date."""
    by_date = [_by_requirement(one.findings) if isinstance(one, CriterionResult) else {} for one in levels]
    for name, last in by_date[-1].items():
        first = by_date[0].get(name)
        if first is None or {first.reason, last.reason} & set(_UNEVIDENCED):
            continue
        known = [one[name] for one in by_date if name in one]
        figure = move_of_figure(first, last)
        yield Move(
            kind="finding",
            id=name,
            title=last.text,
            standings=tuple(str(one[name].outcome) if name in one else "not asked for" for one in by_date),
            direction=_finding_direction(first, last, figure),
            steps=tuple(_finding_direction(old, new, move_of_figure(old, new)) for old, new in pairwise(known)),
            figure=figure,
            because=(Why(name, last.text, first.because, last.because),) if first.because != last.because else (),
        )


def _finding_direction(before: Finding, after: Finding, figure: FigureMove | None) -> Direction:
    if figure is not None:
        return figure.direction
    return Direction.SAME if before.outcome is after.outcome else Direction.NOT_CLEAR


# --- reasons -------------------------------------------------------------------------------------------------------


def _why(before: Level | None, after: Level) -> Iterator[Why]:
    """Yield what came out differently: the award, and every requirement."""
    if before is None:
        return
    if before.graded_from != "requirements" and _standing(before) != _standing(after):
        yield Why(after.id, f"from {after.graded_from or 'nothing'}", before.because, after.because)
    if not isinstance(before, CriterionResult) or not isinstance(after, CriterionResult):
        return
    earlier = _by_requirement(before.findings)
    for finding in after.findings:
        old = earlier.get(finding.requirement)
        if old is not None and old.outcome is not finding.outcome:
            outcomes = [f"{one.outcome}: {one.because}" for one in (old, finding)]
            yield Why(finding.requirement, finding.text, *outcomes)


def _known_only_in(one: Level | None, other: Level | None) -> tuple[str, ...]:
    """Return what one date has evidence of and the other has not."""
    if not isinstance(one, CriterionResult) or not isinstance(other, CriterionResult):
        return ()
    unknown = {finding.requirement for finding in other.findings if finding.reason in _UNEVIDENCED}
    found = [
        f"{finding.requirement}{_origin(finding)}"
        for finding in one.findings
        if finding.requirement in unknown and finding.reason not in (*_UNEVIDENCED, Reason.NOT_JUDGED)
    ]
    return tuple(found)


def _origin(finding: Finding) -> str:
    seen = next((one for one in finding.observations if one.source or one.day), None)
    return f" ({', '.join(filter(None, (seen.source, str(seen.day or ''))))})" if seen else ""
