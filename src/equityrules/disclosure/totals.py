"""Totals that nobody stated and figures rest on: stated, so that they can be shown where their parts cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from equityrules.disclosure.reads import Look
from equityrules.measures.margins import Margin, margin
from equityrules.model.evidence import Count, Evidence
from equityrules.model.snapshot import Key, Snapshot


def with_totals(evidence: Evidence, looks: Iterable[Look]) -> Evidence:
    """Return the evidence with the totals that its figures ask for and that its counts add up to.

    These are the totals of rows and columns in every table a figure is taken from. What is made of the evidence does
    not change by it.
    """
    stated = {(one.period, one.item, one.cell) for one in evidence.entries if isinstance(one, Count)}
    found = {}
    for look in looks:
        for total in _totals(look.snapshot, look.asked):
            place = total.period, total.item, total.cell
            if place not in stated:
                found[place] = total
    return evolve(evidence, entries=(*evidence.entries, *found.values()))


def _totals(snapshot: Snapshot, asked: Iterable[Key]) -> Iterator[Count]:
    for item, cell in asked:
        added = margin(snapshot, item, cell)
        if isinstance(added, Margin):
            yield Count(
                item=item, cell=cell, value=added.value, period=added.parts[0].period, date=added.day,
                source=added.source, note=added.note,
            )  # fmt: skip
