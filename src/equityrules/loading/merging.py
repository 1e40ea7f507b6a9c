"""Pieces of evidence to one body for each organisation.

The same thing said twice counts once; said differently, it is an error that names both places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from equityrules.loading.build import Piece
from equityrules.loading.checks import nesting_problems
from equityrules.loading.parts import added_up, finer_text
from equityrules.model.evidence import (
    Action,
    Amount,
    Count,
    Cover,
    Evidence,
    Explanation,
    Figure,
    InputFile,
    Narrative,
    Organisation,
    Rating,
    Stated,
    Statement,
    Survey,
    Target,
    Votes,
)
from equityrules.model.kinds import Measure
from equityrules.model.problems import ENOUGH, Problem
from equityrules.model.vocabulary import cell_text

_FIELDS: dict[type[Stated], str] = {
    Statement: "entries", Count: "entries", Survey: "entries", Amount: "entries", Figure: "entries",
    Rating: "ratings", Votes: "votes", Narrative: "narratives", Cover: "covers", Target: "targets",
    Explanation: "explanations", Action: "actions",
}  # fmt: skip
Sourced = tuple[Piece, InputFile]


def merge(pieces: Sequence[Sourced], problems: list[Problem], measures: Iterable[Measure] = ()) -> tuple[Evidence, ...]:
    """Return one Evidence per organisation, in the order of first mention; contradictions go to `problems`.

    `measures` say which counts are a part of which others.
    """
    owners = _owners([piece for piece, _ in pieces], problems)
    own: dict[str, list[Sourced]] = {}
    for piece, source in pieces:
        own.setdefault(owners[piece.organisation], []).append((piece, source))
    nested = [one for one in measures if getattr(one, "nested", False)]
    return tuple(_evidence(group, problems, nested) for group in own.values())


def _evidence(group: Sequence[Sourced], problems: list[Problem], measures: Sequence[Measure]) -> Evidence:
    """Return the evidence of one organisation."""
    kept = added_up(_without_repeats([piece for piece, _ in group], problems), problems)
    problems.extend(nesting_problems(((piece.row, piece.stated) for piece in kept), measures))
    fields: dict[str, list[Stated]] = {name: [] for name in _FIELDS.values()}
    for piece in kept:
        fields[_FIELDS[type(piece.stated)]].append(piece.stated)
    lists = {name: tuple(stated) for name, stated in fields.items()}
    inputs = tuple(dict.fromkeys(source for _, source in group))
    return Evidence(_named([piece.organisation for piece, _ in group]), inputs=inputs, **lists)  # type: ignore[arg-type]  # sorted by type just above


def _owners(pieces: Iterable[Piece], problems: list[Problem]) -> dict[Organisation, str]:
    """Return whose each mention is: the code's where one is given, also for the same name elsewhere without it.

    A name without a code that stands elsewhere with two of them is a problem.
    """
    mentioned: dict[Organisation, Piece] = {}
    codes: dict[str, dict[str, None]] = {}
    for piece in pieces:
        one = piece.organisation
        mentioned.setdefault(one, piece)
        if one.code:
            codes.setdefault(_folded(one.name), {})[one.code] = None
    for one, piece in mentioned.items():
        known = codes.get(_folded(one.name), {})
        if not one.code and len(known) > 1:
            message = (
                f"{one.name} stands elsewhere with the codes {' and '.join(sorted(known))}; write the code here too"
            )
            problems.append(piece.row.problem(message, "organisation"))
    return {one: one.code or next(iter(codes.get(_folded(one.name), [_folded(one.name)]))) for one in mentioned}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _named(mentions: Sequence[Organisation]) -> Organisation:
    """Return the organisation by its code, if any mention has one, and the fullest of its names."""
    name = max((one.name for one in mentions), key=lambda one: (len(one), one))
    return Organisation(name, max(one.code for one in mentions))


def _without_repeats(pieces: Sequence[Piece], problems: list[Problem]) -> list[Piece]:
    """Return the pieces without repeats; two that say different things of the same are a problem."""
    kept: dict[object, Piece] = {}
    for piece in pieces:
        if len(problems) >= ENOUGH:
            break
        key = _subject(piece.stated), piece.finer
        before = kept.setdefault(key, piece)
        if _said(before.stated) != _said(piece.stated) or not _one_orientation(before.stated, piece.stated):
            problems.append(_contradiction(before, piece))
        elif _fullness(piece.stated) > _fullness(before.stated):
            kept[key] = piece
    return list(kept.values())


def _subject(stated: Stated) -> object:
    """Return what a piece of evidence is about; what may be said many times is its own subject."""
    kind, period, day = type(stated).__name__, stated.period, stated.day
    if isinstance(stated, Statement | Count | Survey | Amount):
        return kind, stated.item, stated.cell, period, day
    if isinstance(stated, Figure):
        return kind, stated.measure, stated.cell, period, day
    if isinstance(stated, Rating):
        return kind, stated.about, stated.service, period, day
    if isinstance(stated, Votes):
        return kind, stated.about, stated.by, period, day
    if isinstance(stated, Cover):
        return kind, stated.about, stated.name, period
    if isinstance(stated, Target):
        return kind, stated.measure, stated.cell, stated.due, period
    if isinstance(stated, Explanation):
        return kind, stated.about, period, day
    return stated


def _said(stated: Stated) -> object:
    """Return what a piece of evidence says, without who said it and where."""
    if isinstance(stated, Statement):
        return stated.status
    if isinstance(stated, Survey):
        return stated.yes, stated.of, stated.percent
    if isinstance(stated, Rating):
        return stated.grade, stated.points, stated.applicable
    if isinstance(stated, Votes):
        return tuple(stated.votes.items()), stated.stated_total
    if isinstance(stated, Target):
        return stated.direction, stated.value
    if isinstance(stated, Explanation):
        return stated.because, stated.until
    if isinstance(stated, Count | Amount | Figure):
        return stated.value
    return stated.text if isinstance(stated, Cover) else stated


def _one_orientation(one: Stated, other: Stated) -> bool:
    """Whether two figures have the same group over the other, as far as they say so."""
    first, second = getattr(one, "over", None), getattr(other, "over", None)
    return first is None or second is None or first == second


def _fullness(stated: Stated) -> tuple[int, int, bool, str]:
    """Return how much is said beside the thing itself, so that of two alike the fuller is kept, in any order."""
    over = getattr(stated, "over", None) or ()
    beside = (stated.by, stated.source, stated.note, getattr(stated, "documents", ()), stated.date or "", over)
    decimals = sum(len(str(getattr(stated, name, ""))) for name in ("value", "percent"))
    return decimals, sum(map(bool, beside)), not stated.mended, str(beside)


def _contradiction(before: Piece, piece: Piece) -> Problem:
    stated = piece.stated
    name = getattr(stated, "item", "") or getattr(stated, "measure", "") or getattr(stated, "about", "")
    what = f"{name}{cell_text(getattr(stated, 'cell', ()))}{finer_text(piece)}"
    if isinstance(stated, Rating) and stated.service:
        what += f" for {stated.service}"
    return piece.row.problem(f"{what} for {stated.period} is given differently at {before.row.place}; keep one of them")
