"""Evidence with its counts rounded: every part by itself, and a total as the sum of its rounded parts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve

from equityrules.disclosure.numbers import Number, number_of
from equityrules.disclosure.relations import ways_to_add_up
from equityrules.model.evidence import Count, Entry, Evidence, Survey
from equityrules.model.vocabulary import Vocabulary
from equityrules.statistics import add_up


def round_to(value: Fraction, base: int) -> Fraction:
    """Return the multiple of `base` that is nearest, half up."""
    return Fraction((2 * value + base) // (2 * base) * base)


def rounded(evidence: Evidence, vocabulary: Vocabulary, base: int, exempt: frozenset[str]) -> Evidence:
    """Return the evidence with its counts rounded, apart from those of exempt items.

    A total that is stated with all its parts becomes the sum of these as they are rounded, so that it says nothing
    more of them than they say themselves.
    """
    counts = {number_of(one): one.value for one in evidence.entries if isinstance(one, Count)}
    known = {number: value for number, value in counts.items() if number.item in vocabulary.items}
    return evolve(evidence, entries=tuple(_entry(one, vocabulary, known, base, exempt) for one in evidence.entries))


def _entry(
    entry: Entry, vocabulary: Vocabulary, counts: Mapping[Number, Fraction], base: int, exempt: frozenset[str]
) -> Entry:
    if not isinstance(entry, Count | Survey) or entry.item in exempt or entry.item not in vocabulary.items:
        return entry
    if isinstance(entry, Count):
        return evolve(entry, value=_count(number_of(entry), vocabulary, counts, base), note="", mended="")
    if entry.of is None:
        return entry
    yes = None if entry.yes is None else round_to(entry.yes, base)
    percent = entry.percent if entry.yes is None else None
    return evolve(entry, yes=yes, of=round_to(entry.of, base), percent=percent, note="", mended="")


def _count(number: Number, vocabulary: Vocabulary, counts: Mapping[Number, Fraction], base: int) -> Fraction:
    for parts in ways_to_add_up(vocabulary, number):
        if all(part in counts for part in parts):
            return add_up(_count(part, vocabulary, counts, base) for part in parts)
    return round_to(counts[number], base)
