"""Many files to one Evidence per organisation; the same thing said twice counts once, said differently is an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from equityrules.loading.build import Piece
from equityrules.loading.rows import Row
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
from equityrules.model.problems import Problem
from equityrules.model.vocabulary import cell_text

_FIELDS: dict[type[Stated], str] = {
    Statement: "entries", Count: "entries", Survey: "entries", Amount: "entries", Figure: "entries",
    Rating: "ratings", Votes: "votes", Narrative: "narratives", Cover: "covers", Target: "targets",
    Explanation: "explanations", Action: "actions",
}  # fmt: skip


def merge(pieces: Sequence[tuple[Piece, InputFile]], problems: list[Problem]) -> tuple[Evidence, ...]:
    """Return one Evidence per organisation, in the order of first mention; contradictions go to `problems`."""
    owners = _owners([piece.organisation for piece, _ in pieces])
    merged = []
    for key in dict.fromkeys(owners[piece.organisation] for piece, _ in pieces):
        own = [(piece, source) for piece, source in pieces if owners[piece.organisation] == key]
        kept = _without_repeats([piece for piece, _ in own], problems)
        fields: dict[str, list[Stated]] = {name: [] for name in _FIELDS.values()}
        for piece in kept:
            fields[_FIELDS[type(piece.stated)]].append(piece.stated)
        inputs = tuple(dict.fromkeys(source for _, source in own))
        lists = {name: tuple(stated) for name, stated in fields.items()}
        merged.append(Evidence(_named([piece.organisation for piece, _ in own]), inputs=inputs, **lists))  # type: ignore[arg-type]  # sorted by type just above
    return tuple(merged)


def _owners(organisations: Iterable[Organisation]) -> dict[Organisation, str]:
    """Return whose each mention is: the code's where one is given, also for the same name elsewhere without it."""
    mentioned = list(dict.fromkeys(organisations))
    codes = {_folded(one.name): one.code for one in mentioned if one.code}
    return {one: one.code or codes.get(_folded(one.name)) or _folded(one.name) for one in mentioned}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _named(mentions: Sequence[Organisation]) -> Organisation:
    code = next((one.code for one in mentions if one.code), "")
    return Organisation(mentions[0].name, code)


def _without_repeats(pieces: Sequence[Piece], problems: list[Problem]) -> list[Piece]:
    """Return the pieces without repeats; two that say different things of the same are a problem."""
    kept: list[Piece] = []
    first: dict[object, Piece] = {}
    for piece in pieces:
        key = _subject(piece.stated)
        before = first.get(key) if key is not None else None
        if before is None:
            first[key] = piece
            kept.append(piece)
        elif _said(before.stated) != _said(piece.stated):
            problems.append(_contradiction(before.row, piece))
    return kept


def _subject(stated: Stated) -> object:
    """Return what a piece of evidence is about; None for what may be said many times."""
    kind, period, day = type(stated).__name__, stated.period, stated.date
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
    return None


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
        return stated.because
    return getattr(stated, "value", None) or getattr(stated, "text", None)


def _contradiction(before: Row, piece: Piece) -> Problem:
    stated = piece.stated
    name = getattr(stated, "item", "") or getattr(stated, "measure", "") or getattr(stated, "about", "")
    what = f"{name}{cell_text(getattr(stated, 'cell', ()))}"
    if isinstance(stated, Rating) and stated.service:
        what += f" for {stated.service}"
    return piece.row.problem(f"{what} for {stated.period} is given differently at {before.place}; keep one of them")
