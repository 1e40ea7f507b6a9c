"""Quarters of hourly pay: everybody ranked by rate and cut into four, people on one rate shared out fairly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from typing import TypeVar

QUARTERS = ("lower", "lower_middle", "upper_middle", "upper")
"""The groups of the dimension `pay_quarter`, lowest first."""

_Group = TypeVar("_Group", bound=Hashable)


def sizes(people: int) -> tuple[int, ...]:
    """Return how many people each quarter has: as equal as possible.

    One person left over goes to the lower quarter, two to the lower and the upper middle, three to all but the upper.
    This is our choice, as one employer's account of its method has it too; the law asks for equal numbers so far as
    possible, and says no more.
    """
    cuts = [-(-people * number // 4) for number in range(5)]
    return tuple(end - start for start, end in pairwise(cuts))


def quarters(people: Iterable[tuple[Decimal, _Group]], groups: Sequence[_Group]) -> dict[str, dict[_Group, int]]:
    """Return how many people of each group are in each quarter, from everybody's hourly rate and group.

    People on one rate that more than one quarter takes are shared out so that the mix of groups at that rate is the
    same in each as far as whole people allow (SI 2017/353 and 2017/172, regulation 13(2), in our words).
    """
    found = {name: dict.fromkeys(groups, 0) for name in QUARTERS}
    room = list(sizes(len(ranked := sorted(people, key=lambda one: one[0]))))
    at = 0
    for _, on_one_rate in groupby(ranked, key=lambda one: one[0]):
        left = Counter(group for _, group in on_one_rate)
        while left.total():
            while not room[at]:
                at += 1
            taken = share_out(left, min(room[at], left.total()), groups)
            for group, number in taken.items():
                found[QUARTERS[at]][group] += number
            left -= Counter(taken)
            room[at] -= sum(taken.values())
    return found


def share_out(left: Mapping[_Group, int], number: int, groups: Sequence[_Group]) -> dict[_Group, int]:
    """Return so many people of those left, in the mix of those left, by the largest remainder.

    Each group's number is within one person of its exact share. Where two remainders are equal the earlier group in
    `groups` is first, so that the same people always give the same quarters.
    """
    everybody = sum(left.values())
    exact = {group: Fraction(left.get(group, 0) * number, everybody) for group in groups}
    taken = {group: int(share) for group, share in exact.items()}
    by_remainder = sorted(groups, key=lambda group: taken[group] - exact[group])
    for group in by_remainder[: number - sum(taken.values())]:
        taken[group] += 1
    return taken
