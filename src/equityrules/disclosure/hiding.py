"""Which numbers are hidden: the small ones and, until nothing gives them away, the smallest beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from equityrules.disclosure.numbers import Number
from equityrules.disclosure.relations import Relation
from equityrules.disclosure.working_out import Hidden, connected, worked_out


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
    hidden, given_away = set(small - table.public), set[Number]()
    while loose := _worked_out(table, hidden, tied) - given_away:
        number = min(loose, key=lambda one: (table.values[one], str(one)))
        beside = _smallest_beside(table, hidden, tied, number)
        if beside is None:
            given_away.add(number)
        else:
            hidden.add(beside)
    return Choice(small, frozenset(hidden) - small, frozenset(given_away))


def _worked_out(table: Table, hidden: set[Number], relations: Sequence[Relation]) -> set[Number]:
    return worked_out(Hidden(frozenset(hidden), table.below), _shown(table, hidden), relations)


def _shown(table: Table, hidden: set[Number]) -> dict[Number, Fraction]:
    return {one: value for one, value in table.values.items() if one not in hidden}


def _smallest_beside(table: Table, hidden: set[Number], relations: Sequence[Relation], number: Number) -> Number | None:
    """Return the smallest number that may be hidden in a relation of this one or, failing that, one further away.

    A nought is no help: it is shown, so hiding it would say that it is none.
    """
    shown = _shown(table, hidden)
    tied, reached = connected([number], shown, relations), {number}
    while True:
        touching = [one for one in tied if not reached.isdisjoint(one.weights)]
        members = {member for one in touching for member in one.weights}
        found = [one for one in members if shown.get(one) and one not in table.kept and one not in table.public]
        if found:
            return min(found, key=lambda one: (table.values[one], str(one)))
        further = {one for one in members if one not in shown} - reached
        if not further:
            return None
        reached |= further
