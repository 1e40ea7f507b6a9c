"""The numbers that could be worked out of each other: counts of the evidence, and sums that nobody stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from equityrules.model.evidence import Count, Entry, Evidence, Survey
from equityrules.model.period import Period
from equityrules.model.vocabulary import Cell, cell_text


@frozen(cache_hash=True)
class Number:
    """Which count: of a period, an item and a cell. The answers to a question, yes and base, are one number."""

    period: Period
    item: str
    cell: Cell

    def __str__(self) -> str:
        """The item and cell as edits name them, with the period: "workforce.headcount[ethnicity=bme] 2024/25"."""
        return f"{self.item}{cell_text(self.cell)} {self.period}"


def number_of(entry: Count | Survey) -> Number:
    """Return which number an entry states."""
    return Number(entry.period, entry.item, entry.cell)


def value_of(entry: Count | Survey) -> Fraction | None:
    """Return how many people an entry is about: the count itself, the base of answers; None where it is not given."""
    return entry.value if isinstance(entry, Count) else entry.of


def stated(bodies: Iterable[Evidence]) -> Mapping[Number, Fraction]:
    """Return every number that is stated in some evidence, with its value; printed percentages alone are none."""
    found: dict[Number, Fraction] = {}
    for entry in counts_in(entry for body in bodies for entry in body.entries):
        value = value_of(entry)
        if value is not None:
            found[number_of(entry)] = value
    return found


def counts_in(entries: Iterable[Entry]) -> list[Count | Survey]:
    """Return the entries that state counts."""
    return [entry for entry in entries if isinstance(entry, Count | Survey)]
