"""Printed figures that are not what the counts beside them give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from equityrules.model.evidence import Figure, Survey
from equityrules.model.framework import Framework
from equityrules.model.kinds import Measure
from equityrules.model.numbers import display, with_unit
from equityrules.model.result import Remark, Severity
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import cell_text
from equityrules.statistics import printed_range


def check_figures(framework: Framework, snapshot: Snapshot) -> Iterator[Remark]:
    """Yield a remark for every printed percentage or figure of the framework's measures that its counts do not give."""
    items = {item for measure in framework.measures.values() for item in measure.items}
    for (item, _), entry in snapshot.fresh.items():
        if item in items and isinstance(entry, Survey):
            yield from _survey(entry)
    for (name, _), figure in snapshot.figures.items():
        if name in framework.measures:
            yield from _figure(framework.measures[name], figure, snapshot)


def _survey(answers: Survey) -> Iterator[Remark]:
    if answers.percent is None or answers.yes is None or not answers.of:
        return
    share = 100 * answers.yes / answers.of
    low, high = printed_range(answers.percent)
    if not low <= share < high:
        counts = f"{display(answers.yes)} of {display(answers.of)} is {display(share)}%"
        name = f"{answers.item}{cell_text(answers.cell)}"
        message = f"{name}: {answers.percent}% is printed, {counts}{_cause(answers.percent, share)}"
        yield Remark("percentage-differs", Severity.WARNING, answers.place or name, message, "the counts are used")


def _figure(measure: Measure, figure: Figure, snapshot: Snapshot) -> Iterator[Remark]:
    """Compare a printed figure with what the measure gives without it."""
    seen = measure.observe(evolve(snapshot, figures={}), figure.cell)
    low, high = printed_range(figure.value)
    if seen.value is None or (low <= seen.value < high):
        return
    if seen.low is not None and seen.high is not None and seen.low < high and low < seen.high:
        return
    name = f"{measure.id}{cell_text(figure.cell)}"
    printed, found = with_unit(Fraction(figure.value), seen.unit), with_unit(seen.value, seen.unit)
    message = f"{name}: {printed} is printed, the evidence gives {found}{_cause(figure.value, seen.value)}"
    yield Remark("figure-differs", Severity.WARNING, figure.place or name, message, "the evidence is used")


def _cause(figure: Decimal, value: Fraction) -> str:
    """Return the likely cause of a difference where one fits: cut off, or printed as a share of 1 or of 100."""
    low, high = printed_range(figure)
    if 0 <= value - Fraction(figure) < high - low:
        return "; it looks cut off, not rounded"
    if low <= value / 100 < high:
        return "; it looks printed as a share of 1"
    return ""
