"""What became of a plan between two versions: added, dropped, carried over, moved, reworded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from fractions import Fraction

from attrs import frozen

from equityrules.model.numbers import counted
from equityrules.model.plan import Plan, PlanLine
from equityrules.plans.remarks import PlanRemark, make_remark

SAME_ACTION = Fraction(6, 10)
"""Texts at least so alike are taken for one action, where no id says so; the score is always shown."""

OTHER_ACTION = Fraction(3, 10)
"""Texts less alike than this are two actions, even under one id."""

_COMPARED = 8


@frozen
class Pair:
    """An action in both versions: its rows before and after, and how alike its texts are (1 for the same)."""

    before: tuple[PlanLine, ...]
    after: tuple[PlanLine, ...]
    score: Fraction
    by_id: bool


@frozen
class Drift:
    """The actions of two versions of a plan: those in one alone, and the pairs."""

    added: tuple[tuple[PlanLine, ...], ...]
    dropped: tuple[tuple[PlanLine, ...], ...]
    pairs: tuple[Pair, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing became different."""
        return not (self.added or self.dropped or any(map(differences, self.pairs)))


def match_plans(before: Plan, after: Plan) -> Drift:
    """Return how the actions of two versions belong together: by id first, then by the likeness of their texts."""
    old, new = _by_id(before), _by_id(after)
    pairs = [
        Pair(rows, new[name], score, by_id=True)
        for name, rows in old.items()
        if name in new and (score := likeness(rows[0].text, new[name][0].text)) >= OTHER_ACTION
    ]
    matched = {pair.after[0].id for pair in pairs}
    loose_old = {name: rows for name, rows in old.items() if name not in matched}
    loose_new = {name: rows for name, rows in new.items() if name not in matched}
    pairs += _alike(loose_old, loose_new)
    gone = {id(pair.before) for pair in pairs}
    come = {id(pair.after) for pair in pairs}
    return Drift(
        tuple(rows for rows in new.values() if id(rows) not in come),
        tuple(rows for rows in old.values() if id(rows) not in gone),
        tuple(pairs),
    )


def _by_id(plan: Plan) -> dict[str, tuple[PlanLine, ...]]:
    found: dict[str, list[PlanLine]] = {}
    for line in plan.actions:
        found.setdefault(line.id, []).append(line)
    return {name: tuple(rows) for name, rows in found.items()}


def likeness(before: str, after: str) -> Fraction:
    """Return how alike two texts are, from 0 to 1: twice the letters in common blocks over all letters.

    That is the ratio of Ratcliff and Obershelp, of the texts in small letters and with single spaces.
    """
    one, other = sorted((_folded(before), _folded(after)))
    if one == other:
        return Fraction(1)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.quick_ratio() < OTHER_ACTION:
        return Fraction(0)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    return Fraction(2 * shared, len(one) + len(other))


def _alike(old: Mapping[str, tuple[PlanLine, ...]], new: Mapping[str, tuple[PlanLine, ...]]) -> Iterator[Pair]:
    """Yield pairs of the actions left, those most alike first; each action is in one pair at most."""
    scored = [
        (likeness(before[0].text, new[second][0].text), first, second)
        for first, before in old.items()
        for second in _nearest(before[0].text, new)
    ]
    used_old, used_new = set[str](), set[str]()
    for score, first, second in sorted(scored, key=lambda one: -one[0]):
        if score >= SAME_ACTION and first not in used_old and second not in used_new:
            used_old.add(first)
            used_new.add(second)
            yield Pair(old[first], new[second], score, by_id=False)


def _nearest(text: str, new: Mapping[str, tuple[PlanLine, ...]]) -> list[str]:
    """Return the few actions that share most words with a text; only these are compared letter by letter."""
    words = set(_folded(text).split())
    shared = {name: len(words & set(_folded(rows[0].text).split())) for name, rows in new.items()}
    return sorted(shared, key=lambda name: -shared[name])[:_COMPARED]


def differences(pair: Pair) -> tuple[tuple[str, str, str], ...]:
    """Return what differs between the versions of an action, as name of the cell, text before and text after."""
    found = []
    for name in ("action", "status", "due"):
        before, after = (_said(rows, name) for rows in (pair.before, pair.after))
        if _folded(before) != _folded(after):
            found.append((name, before, after))
    if pair.before[0].id != pair.after[0].id:
        found.append(("id", pair.before[0].id, pair.after[0].id))
    return tuple(found)


def _said(rows: Sequence[PlanLine], name: str) -> str:
    return "; ".join(dict.fromkeys(filter(None, (row.cell(name) for row in rows))))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def find_drift(before: Plan, after: Plan) -> Iterator[PlanRemark]:
    """Yield what became of the plan since its older version."""
    drift = match_plans(before, after)
    for rows in drift.added:
        yield make_remark("added", rows, "action", f"new: {rows[0].text or rows[0].id}")
    for rows in drift.dropped:
        yield _dropped(rows)
    for pair in drift.pairs:
        yield from _moved(pair)
    same = [pair.after[0] for pair in drift.pairs if pair.after[0].is_open and not differences(pair)]
    if same:
        what = f"{counted(len(same), 'open action')} as in the older version"
        yield make_remark("carried-over", same, "action", what)


def _dropped(rows: Sequence[PlanLine]) -> PlanRemark:
    status = rows[0].cell("status")
    what = f"{rows[0].id} of the older version{f' ({status})' if status else ''}: {rows[0].text}"
    do = "nothing, it was done" if not rows[0].is_open else ""
    return make_remark("dropped", rows, "action", what, do)


_CODES = {"action": "reworded", "id": "reworded", "status": "status-changed", "due": "date-changed"}


def _moved(pair: Pair) -> Iterator[PlanRemark]:
    for name, before, after in differences(pair):
        score = pair.score if name in ("action", "id") else None
        what = (
            f"'{before}' -> '{after}'" if before and after else f"'{after}' is new" if after else f"'{before}' is gone"
        )
        yield make_remark(_CODES[name], pair.after, name, what, score=score)
