"""What of an assessment is printed: all that comes out the same without the hidden numbers, and little else.

An assessment is made twice: as it is, and of the evidence as it may be published. What is the same in both says nothing
of what was taken away. Where they differ, the outcome stays and every number goes, in prose, levers and remarks alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from equityrules.disclosure.policy import MARK, Policy
from equityrules.model.finding import Finding, Gap, Observation, Rate, Reason
from equityrules.model.framework import Framework
from equityrules.model.numbers import display, with_unit
from equityrules.model.result import Assessment, CriterionResult, TargetResult

HIDDEN = f"{MARK} rests on counts that are too small to publish"
"""What stands in the place of a reason."""

_DECIMALS = {"percent": 1, "points": 1, "": 2}
"""How far printed figures are rounded, by unit: percentages to 1 decimal, ratios to 2, as NHS reports print them."""


@frozen
class Veil:
    """How what may not be printed is replaced, for one framework under one policy."""

    framework: Framework
    policy: Policy

    @property
    def obliged(self) -> bool:
        """Whether the standard obliges to publish its ratios and percentages."""
        return self.framework.id in self.policy.obliged

    def assessment(self, true: Assessment, open_: Assessment) -> Assessment:
        """Return the assessment as it may be printed: `true` where `open_`, made of what is open, says the same."""
        return evolve(
            true,
            criteria=tuple(map(self._criterion, true.criteria, open_.criteria)),
            targets=tuple(map(self._target, true.targets, open_.targets)),
            remarks=tuple(one for one in true.remarks if one in open_.remarks),
        )

    def _criterion(self, true: CriterionResult, open_: CriterionResult) -> CriterionResult:
        return evolve(
            true,
            findings=tuple(map(self._finding, true.findings, open_.findings)),
            gaps=tuple(self._gap(gap, open_.gaps) for gap in true.gaps),
            shown=tuple(map(self._observation, true.shown, open_.shown)),
        )

    def _finding(self, true: Finding, open_: Finding) -> Finding:
        if true == open_:
            return true
        seen = self._observations(true.observations, open_.observations)
        if self._is_rounded and true.outcome == open_.outcome:
            return evolve(true, because=f"with rounded counts: {open_.because}", observations=seen)
        return evolve(true, reason=Reason.HIDDEN, because=_because(seen), observations=seen)

    @property
    def _is_rounded(self) -> bool:
        """Whether numbers are shown rounded; a standard's own figures are shown as they are, without their counts."""
        return bool(self.policy.round_to) and not self.obliged

    def _observations(self, true: Sequence[Observation], open_: Sequence[Observation]) -> tuple[Observation, ...]:
        if len(true) != len(open_):
            return tuple(self._closed(one) for one in true)
        return tuple(map(self._observation, true, open_))

    def _observation(self, true: Observation, open_: Observation) -> Observation:
        if true == open_:
            return true
        return open_ if self._is_rounded and open_.value is not None else self._closed(true)

    def _closed(self, seen: Observation) -> Observation:
        """Return an observation without its numbers, but for the figure that the standard wants published."""
        blank = Observation(seen.of, seen.title, seen.cell, unit=seen.unit, source=seen.source, day=seen.day)
        blank = evolve(blank, reason=Reason.HIDDEN, parity=seen.parity, documents=seen.documents)
        if not self.obliged or seen.value is None or seen.unit not in _DECIMALS:
            return blank
        rates = tuple(_bare(rate) for rate in seen.rates) if self._is_asked(seen) else ()
        return evolve(blank, value=_printed(seen.value, seen.unit), leaning=seen.leaning, rates=rates)

    def _is_asked(self, seen: Observation) -> bool:
        """Whether a figure rests on answers to a survey: then each group's percentage is published, not only a gap."""
        measure, items = self.framework.measures.get(seen.of), self.framework.vocabulary.items
        return measure is not None and all(items[name].kind == "survey" for name in measure.items)

    def _gap(self, true: Gap, others: Sequence[Gap]) -> Gap:
        if true in others:
            return true
        return evolve(true, because=HIDDEN, shortfall=None, levers=())

    def _target(self, true: TargetResult, open_: TargetResult) -> TargetResult:
        if true == open_:
            return true
        said = self._is_rounded and true.outcome == open_.outcome
        return evolve(true, because=f"with rounded counts: {open_.because}" if said else HIDDEN)


def _printed(value: Fraction, unit: str) -> Fraction:
    return Fraction(display(value, _DECIMALS[unit]))


def _bare(rate: Rate) -> Rate:
    return Rate(rate.group, _printed(rate.value, rate.unit) if rate.unit in _DECIMALS else rate.value, rate.unit)


def _because(seen: Iterable[Observation]) -> str:
    """Return the published figures of a finding with why nothing else is said."""
    figures = [with_unit(one.value, one.unit) for one in seen if one.value is not None]
    return "; ".join([*figures, HIDDEN])
