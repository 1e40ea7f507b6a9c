"""Which numbers are hidden: the small ones and, until nothing gives them away, the smallest beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from equityrules.disclosure.numbers import Number
from equityrules.disclosure.relations import Relation
from equityrules.disclosure.working_out import Hidden, worked_out


@frozen
class Choice:
    """What is to be hidden: `small` for being small, `beside` to protect those.

    `given_away` are hidden numbers that can be worked out all the same, from what was published or is exempt.
    """

    small: frozenset[Number]
    beside: frozenset[Number] = frozenset()
    given_away: frozenset[Number] = frozenset()

    @property
    def numbers(self) -> frozenset[Number]:
        """Every number that is hidden."""
        return self.small | self.beside


@frozen
class Table:
    """Numbers with their values: which are small (each with what it lies below), and which must stay as they are."""

    values: Mapping[Number, Fraction]
    below: Mapping[Number, int]
    kept: frozenset[Number] = frozenset()
    public: frozenset[Number] = frozenset()


def choose_hidden(table: Table, relations: Iterable[Relation]) -> Choice:
    """Return what to hide so that no hidden number can be worked out from what stays and the relations.

    Where one can, the smallest number beside it is hidden too, and all is looked at again. What was `public` before
    cannot be hidden any more, and `kept` is shown whatever it gives away.
    """
    small = frozenset(table.below)
    tied = list(relations)
    of_number = _by_number(tied)
    hidden, given_away = set(small - table.public), set[Number]()
    while loose := _worked_out(table, hidden, tied) - given_away:
        added = set[Number]()
        for number in sorted(loose, key=lambda one: (table.values[one], str(one))):
            if any(not added.isdisjoint(relation.weights) for relation in of_number.get(number, ())):
                continue  # what is hidden beside another one may be enough for this one too
            beside = _smallest_beside(table, hidden, of_number, number)
            if beside is None:
                given_away.add(number)
            else:
                added.add(beside)
        hidden |= added
    return Choice(small, frozenset(hidden) - small, frozenset(given_away))


def _by_number(relations: Iterable[Relation]) -> dict[Number, list[Relation]]:
    found: dict[Number, list[Relation]] = {}
    for relation in relations:
        for one in relation.weights:
            found.setdefault(one, []).append(relation)
    return found


def _worked_out(table: Table, hidden: set[Number], relations: Sequence[Relation]) -> set[Number]:
    shown = {one: value for one, value in table.values.items() if one not in hidden}
    return worked_out(Hidden({one: table.values[one] for one in hidden}, table.below), shown, relations)


def _smallest_beside(
    table: Table, hidden: set[Number], of_number: Mapping[Number, Sequence[Relation]], number: Number
) -> Number | None:
    """Return the smallest number that may be hidden where this one stands alone, else beside it, else further away.

    A nought is no help: it is shown, so hiding it would say that it is none.
    """
    own = of_number.get(number, ())
    alone = [one for one in own if not any(_is_open(table, hidden, other) for other in one.weights if other != number)]
    found = _smallest(table, hidden, (member for relation in alone for member in relation.weights))
    reached, edge = {number}, {number}
    while edge and found is None:
        members = {member for one in edge for relation in of_number.get(one, ()) for member in relation.weights}
        found = _smallest(table, hidden, members)
        edge = {one for one in members if _is_open(table, hidden, one)} - reached
        reached |= edge
    return found


def _is_open(table: Table, hidden: set[Number], number: Number) -> bool:
    """Whether nobody is told a number: it is hidden, or it is a total that nobody states."""
    return number in hidden or number not in table.values


def _smallest(table: Table, hidden: set[Number], members: Iterable[Number]) -> Number | None:
    fixed = table.kept | table.public
    found = [one for one in members if table.values.get(one) and one not in hidden and one not in fixed]
    return min(found, key=lambda one: (table.values[one], str(one)), default=None)
