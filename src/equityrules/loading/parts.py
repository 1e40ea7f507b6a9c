"""Counts of parts of one group, given by code or description: each is counted, and the group is their sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import evolve

from equityrules.loading.build import Piece
from equityrules.model.evidence import Count, Stated, Survey
from equityrules.model.numbers import display
from equityrules.model.problems import Problem
from equityrules.model.vocabulary import cell_text
from equityrules.statistics import add_up

_SHOWN = 5


def finer_text(piece: Piece) -> str:
    """Return the codes and descriptions by which a piece names its groups, as messages show them."""
    return f" ({', '.join(f'{dimension} {name}' for dimension, name in piece.finer)})" if piece.finer else ""


def added_up(pieces: Sequence[Piece], problems: list[Problem]) -> list[Piece]:
    """Return the pieces of one organisation, those that count parts of one group as one piece with their sum.

    A group that is stated beside its parts, and differs from their sum, is a problem.
    """
    divided = {_cell_of(piece.stated) for piece in pieces if piece.finer}
    kept: list[Piece] = []
    parts: dict[object, list[Piece]] = {}
    for piece in pieces:
        cell = _cell_of(piece.stated) if divided else None
        if cell is None or cell not in divided:
            kept.append(piece)
        else:
            parts.setdefault(cell, []).append(piece)
    for group in parts.values():
        kept.extend(_by_day(group, problems))
    return kept


def _cell_of(stated: Stated) -> object:
    """Return the cell that a count or the answers to a question are for; None for anything else."""
    return (stated.item, stated.cell, stated.period) if isinstance(stated, Count | Survey) else None


def _by_day(group: Sequence[Piece], problems: list[Problem]) -> list[Piece]:
    """Return one piece for each day; the same parts may be counted again, but not some parts on another day."""
    days: dict[object, list[Piece]] = {}
    for piece in group:
        days.setdefault(piece.stated.day, []).append(piece)
    named = [{piece.finer for piece in of_day if piece.finer} for of_day in days.values()]
    if len({frozenset(names) for names in named if names}) > 1:
        in_order = sorted(group, key=lambda one: (one.stated.day, one.row.place))
        first, last = in_order[0], in_order[-1]
        message = f"{_subject(last)} is counted by parts that are not the same on every day (see {first.row.place})"
        problems.append(last.row.problem(f"{message}; give all parts of one count the same date", "date"))
    return [_one(of_day, problems) for of_day in days.values()]


def _one(group: Sequence[Piece], problems: list[Problem]) -> Piece:
    """Return the sum of the parts of one day; a whole that is stated too, if it is the same."""
    divisions: dict[object, list[Piece]] = {}
    for piece in group:
        divisions.setdefault(tuple(dimension for dimension, _ in piece.finer), []).append(piece)
    coarse, *finer = sorted(divisions.values(), key=lambda parts: len(parts[0].finer))
    whole = _summed(coarse)
    for parts in finer:
        if _said(whole.stated) != _said(_summed(parts).stated):
            problems.append(_unequal(whole, parts))
    return whole


def _summed(parts: Sequence[Piece]) -> Piece:
    """Return a piece with the sum of the parts, and with what is said beside each of them."""
    first = parts[0]
    if len(parts) == 1:
        return evolve(first, finer=())
    stated = [piece.stated for piece in parts]
    together = evolve(
        _sum(stated),
        by=_joined(one.by for one in stated),
        source=_joined(one.source for one in stated),
        note=_joined(one.note for one in stated),
        date=max((one.date for one in stated if one.date), default=None),
        place=f"{first.stated.place} and {len(parts) - 1} more",
    )
    return evolve(first, stated=together, finer=())


def _sum(stated: Sequence[Stated]) -> Stated:
    counts = [one for one in stated if isinstance(one, Count)]
    if counts:
        return evolve(counts[0], value=add_up(one.value for one in counts))
    answers = [one for one in stated if isinstance(one, Survey)]
    yes, of = (add_up(getattr(one, name) or Fraction(0) for one in answers) for name in ("yes", "of"))
    return evolve(answers[0], yes=yes, of=of, percent=None)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(sorted({text for text in texts if text}))


def _said(stated: Stated) -> str:
    """Return what a count, or the answers to a question, come to."""
    if isinstance(stated, Count):
        return display(stated.value)
    if isinstance(stated, Survey) and stated.yes is not None and stated.of is not None:
        return f"{display(stated.yes)} of {display(stated.of)}"
    return f"{getattr(stated, 'percent', '')}%"


def _subject(piece: Piece) -> str:
    stated = piece.stated
    return f"{getattr(stated, 'item', '')}{cell_text(getattr(stated, 'cell', ()))} for {stated.period}"


def _unequal(whole: Piece, parts: Sequence[Piece]) -> Problem:
    names = [", ".join(name for _, name in piece.finer) for piece in parts]
    listed = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    stated = f"{_subject(whole)} is given as {_said(whole.stated)}"
    summed = f"its parts ({listed}; see {parts[0].row.place}) add up to {_said(_summed(parts).stated)}"
    return whole.row.problem(f"{stated}, but {summed}; keep the group or its parts, or mend the numbers")
