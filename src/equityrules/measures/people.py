"""Rates as people can picture them: of 100 shortlisted white applicants, 20 were appointed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from equityrules.model.finding import Rate
from equityrules.model.numbers import grouped

_LARGEST = 100_000


def for_people(rates: Sequence[Rate], who: str, did: str) -> str:
    """Return in one sentence what percentages mean; nothing where it is not said what happened.

    The number of people is the first of 100, 1,000, … of whom at least one of the least likely group is concerned, and
    for which different rates are different numbers.
    """
    if not did:
        return ""
    values = [rate.value / 100 for rate in rates]
    of = 100
    while of < _LARGEST and not _tell_apart(values, of):
        of *= 10
    parts = [
        f"of {grouped(of)} {in_a_sentence(rate.group)} {who} {grouped(_nearest(value * of))}"
        for rate, value in zip(rates, values, strict=True)
    ]
    first, *others = parts
    return f"{first} {did}, {', '.join(others)}" if others else f"{first} {did}"


def _tell_apart(values: Sequence[Fraction], of: int) -> bool:
    numbers = [_nearest(value * of) for value in values]
    seen = all(number or not value for number, value in zip(numbers, values, strict=True))
    return seen and len(set(numbers)) == len(set(values))


def _nearest(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def in_a_sentence(label: str) -> str:
    """Return a group's name as it stands inside a sentence: "white", "BME"."""
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"
