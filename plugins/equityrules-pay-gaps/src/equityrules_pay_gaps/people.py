"""People as the measures count them, and what groups of them come to. Nobody's name is ever read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from equityrules.statistics import mean, middle_pair

from .quarters import QUARTERS, quarters

_PLACES = 10
"""Decimals that a mean is kept with, and a median, so that neither is taken for one that was printed rounded."""


@frozen
class Person:
    """One relevant employee: hourly pay (None for whoever is not on full pay), bonus, and the group by dimension."""

    hourly: Decimal | None
    bonus: Decimal = Decimal(0)
    groups: Mapping[str, str] = field(factory=dict)


@frozen
class Staff:
    """The relevant employees of one organisation on one snapshot date.

    `dimensions` are those that the file gives, with their groups; `bonuses` says whether it gives bonuses.
    """

    organisation: str
    code: str
    snapshot: date
    people: tuple[Person, ...]
    dimensions: Mapping[str, tuple[str, ...]]
    bonuses: bool

    @property
    def period(self) -> str:
        """The year to 31 March of the snapshot, which is its last day or, where it is 5 April, five days before it."""
        return f"{self.snapshot.year - 1}/{self.snapshot.year % 100:02}"

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield tidy rows: people, pay and bonuses by each dimension, and the quarters of hourly pay."""
        about = {"organisation": self.organisation, "code": self.code, "period": self.period}
        about |= {"source": f"hourly pay by person on {self.snapshot.isoformat()}"}
        for row in self._rows():
            yield {**about, **row}

    def _rows(self) -> Iterator[dict[str, Any]]:
        for dimension, groups in self.dimensions.items():
            for group in groups:
                members = [one for one in self.people if one.groups[dimension] == group]
                yield from self._of_group({dimension: group}, members)
            yield from self._quarters(dimension, groups)

    def _of_group(self, where: Mapping[str, str], members: Sequence[Person]) -> Iterator[dict[str, Any]]:
        hourly = [one.hourly for one in members if one.hourly is not None]
        yield _count("pay.people", len(members), where)
        yield _count("pay.full_pay_people", len(hourly), where)
        yield from _averages("pay.hourly", hourly, where)
        if self.bonuses:
            bonuses = [one.bonus for one in members if one.bonus]
            yield _count("pay.bonus_received", len(bonuses), where)
            yield from _averages("pay.bonus", bonuses, where)

    def _quarters(self, dimension: str, groups: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        ranked = [(one.hourly, one.groups[dimension]) for one in self.people if one.hourly is not None]
        found = quarters(ranked, groups)
        for quarter in QUARTERS:
            for group, number in found[quarter].items():
                yield _count("pay.full_pay_people", number, {"pay_quarter": quarter, dimension: group})


def _count(item: str, number: int, where: Mapping[str, str]) -> dict[str, Any]:
    return {"item": item, "value": number, **where}


def _averages(item: str, values: Sequence[Decimal], where: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the mean and the median of amounts; nobody has neither."""
    if values:
        exact = [Fraction(one) for one in values]
        yield {"item": f"{item}_mean", "value": str(_decimal(mean(exact))), **where}
        yield {"item": f"{item}_median", "value": str(_decimal(mean(middle_pair(exact)))), **where}


def _decimal(value: Fraction) -> Decimal:
    return Decimal(round(value * 10**_PLACES)).scaleb(-_PLACES)
