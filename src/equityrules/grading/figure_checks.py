"""Printed figures that are not what the counts beside them give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from equityrules.measures.printed import stands_for
from equityrules.measures.shares import undeclared_share
from equityrules.model.evidence import Figure, Survey
from equityrules.model.finding import Observation
from equityrules.model.framework import Framework
from equityrules.model.kinds import Measure
from equityrules.model.numbers import counted, display, with_unit
from equityrules.model.result import Remark, Severity
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import cell_text
from equityrules.statistics import percentage, printed_range


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
    share = percentage(answers.yes, answers.of)
    low, high = printed_range(answers.percent)
    if not low <= share < high:
        counts = f"{display(answers.yes)} of {display(answers.of)} is {display(share)}%"
        name = f"{answers.item}{cell_text(answers.cell)}"
        message = f"{name}: {answers.percent}% is printed, {counts}{_cause(answers.percent, share)}"
        yield Remark("percentage-differs", Severity.WARNING, answers.place or name, message, "the counts are used")


def _figure(measure: Measure, figure: Figure, snapshot: Snapshot) -> Iterator[Remark]:
    """Compare a printed figure with what the measure gives without it."""
    seen = measure.observe(evolve(snapshot, figures={}), figure.cell)
    found = stands_for(figure, getattr(measure, "over", None))
    if seen.value is None or found is None:
        return
    low, _, high = found
    if low <= seen.value < high:
        yield from _reproduced(figure, seen)
        return
    if seen.low is not None and seen.high is not None and seen.low < high and low < seen.high:
        return
    name = f"{measure.id}{cell_text(figure.cell)}"
    printed, given = with_unit(Fraction(figure.value), seen.unit), with_unit(seen.value, seen.unit)
    cause = _cause(figure.value, seen.value) or _cause_of_a_comparison(measure, figure, seen, snapshot)
    message = f"{name}: {printed} is printed, the evidence gives {given}{cause}"
    yield Remark("figure-differs", Severity.WARNING, figure.place or name, message, "the evidence is used")


def _reproduced(figure: Figure, seen: Observation) -> Iterator[Remark]:
    """Say that the counts give a printed figure to its last digit, and how it was rounded."""
    if seen.low is not None or seen.value is None:
        return
    name = f"{figure.measure}{cell_text(figure.cell)}"
    how = "exactly" if seen.value == Fraction(figure.value) else "rounded to its last digit"
    message = f"{name}: the counts give the printed {figure.value}, {how}"
    yield Remark("figure-reproduced", Severity.NOTE, figure.place or name, message)


def _cause_of_a_comparison(measure: Measure, figure: Figure, seen: Observation, snapshot: Snapshot) -> str:
    """Return the likely cause where groups are compared: turned over, rounded too early, or taken of another base."""
    low, high = printed_range(figure.value)
    value = seen.value
    slips = getattr(measure, "slips", None)
    if slips is not None:
        return next((f"; {words}" for slip, words in slips(seen) if low <= slip < high), "")
    if seen.parity == 1 and value and low <= 1 / value < high:
        return "; it looks turned over: the other group's rate is on top"
    for decimals in range(3):
        early = _from_rounded_rates(seen, decimals)
        if early is not None and low <= early < high:
            return f"; it looks worked out from rates rounded to {counted(decimals, 'decimal')}"
    item, by = getattr(measure, "item", ""), getattr(measure, "by", "")
    if value and item and by and "of" in seen.counts:
        unknown = undeclared_share(snapshot, item, figure.cell, by)
        if unknown is not None and unknown < 100 and low <= value / (1 - unknown / 100) < high:
            return "; it looks worked out without those whose group is not known"
    return ""


def _from_rounded_rates(seen: Observation, decimals: int) -> Fraction | None:
    """Return what the compared rates give where they are rounded before they are compared."""
    if len(seen.rates) != 2:
        return None
    first, second = (Fraction(display(rate.value, decimals)) for rate in seen.rates)
    if seen.unit:
        return first - second
    return first / second if second else None


def _cause(figure: Decimal, value: Fraction) -> str:
    """Return the likely cause of a difference where one fits: cut off, or printed as a share of 1 or of 100."""
    low, high = printed_range(figure)
    if 0 <= value - Fraction(figure) < high - low:
        return "; it looks cut off, not rounded"
    if low <= value / 100 < high:
        return "; it looks printed as a share of 1"
    return ""
