"""Policies for small numbers: which counts are hidden or rounded before anything is published, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from equityrules.disclosure.numbers import value_of
from equityrules.model.basis import Basis
from equityrules.model.evidence import Count, Survey
from equityrules.model.vocabulary import Item

ANSWERS = "answers"
"""The kind of a survey's answers: their base is what is small."""

MARK = "[c]"
"""What stands where a number is hidden."""


@frozen
class KindRule:
    """What a policy does with one kind of count: hidden from 1 to under `below`; 0 for a kind that is exempt."""

    text: str
    below: int = 0
    source: str = ""
    basis: Basis = Basis.PROJECT


@frozen
class Obligation:
    """A standard's duty to publish its ratios and percentages: these are printed however small the counts are."""

    text: str
    source: str
    basis: Basis


@frozen(kw_only=True)
class Policy:
    """A named way to keep small numbers out of what is published.

    `kind` says by kind of count what is small. With `round_to`, counts are rounded to its multiples and none is hidden.
    `obliged` names the frameworks whose ratios and percentages always print, by id.
    """

    id: str
    title: str
    kind: Mapping[str, KindRule]
    round_to: int = 0
    source: str = ""
    basis: Basis = Basis.PROJECT
    obliged: Mapping[str, Obligation] = field(factory=dict)

    def covers(self, item: Item) -> bool:
        """Whether the policy has anything to do with an item: its counts are of a kind that is not exempt."""
        return self.smallest_shown(item) > 0

    def smallest_shown(self, item: Item) -> int:
        """Return the smallest count of an item, above 0, that is shown; 0 where every count is."""
        rule = self.kind.get(kind_of(item))
        return rule.below if rule else 0

    def is_small(self, entry: Count | Survey, item: Item) -> bool:
        """Whether an entry is about so few people that it is hidden."""
        number = value_of(entry)
        return number is not None and 0 < number < self.smallest_shown(item)


def kind_of(item: Item) -> str:
    """Return the kind of what an item counts; nothing for what is no count."""
    return {"survey": ANSWERS, "count": item.counts}.get(item.kind, "")
