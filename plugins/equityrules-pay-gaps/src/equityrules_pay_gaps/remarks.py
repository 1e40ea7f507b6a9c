"""What the gender pay gap service checks when figures are entered, as remarks.

Source of the rules: the service's own code, github.com/cabinetoffice/gender-pay-gap at 94c7c582, in our words.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from equityrules import Assessment, Evidence, Framework
from equityrules.model.evidence import Figure
from equityrules.model.finding import Observation
from equityrules.model.numbers import display
from equityrules.model.result import Remark, Severity
from equityrules.model.snapshot import Snapshot, take_snapshot
from equityrules.model.vocabulary import WHOLE, Cell, cell_text, make_cell

FRAMEWORK = "pay-gaps"
HOURLY = {"pay_gap_mean_hourly_sex": "1", "pay_gap_median_hourly_sex": "2"}
BONUS = {"pay_gap_mean_bonus_sex": "3", "pay_gap_median_bonus_sex": "4"}
RECEIVED, MEN_IN, WOMEN_IN = "bonus_received", "pay_quarter_men", "pay_quarter_women"
SHARES = {RECEIVED: "5", MEN_IN: "6", WOMEN_IN: "6"}
_ENTERED = {**HOURLY, **BONUS, **SHARES}
_OF_OTHERS = ("ethnicity", "disability")


def remarks(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield what the service would refuse or flag, of an assessment of pay gaps; none on any other."""
    if framework.id == FRAMEWORK:
        entered = Entered(framework, take_snapshot(evidence, framework.vocabulary, assessment.period))
        yield from _out_of_range(entered)
        yield from _decimals(entered)
        yield from _quarters(entered)
        yield from _bonus(entered)


@frozen
class Entered:
    """What would be entered in the service: the measures of a framework, seen in a snapshot."""

    framework: Framework
    snapshot: Snapshot

    def seen(self, measure: str, cell: Cell = WHOLE) -> Observation:
        """Return what a measure shows."""
        return self.snapshot.observe(self.framework.measures[measure], cell)

    def share(self, sex: str) -> Fraction | None:
        """Return the percentage of men or women who were paid a bonus; None where it is not given."""
        return self.seen(RECEIVED, make_cell({"sex": sex})).value

    def figures(self) -> Iterator[Figure]:
        """Yield the printed figures of the six gender measures."""
        for (measure, cell), figure in self.snapshot.figures.items():
            if measure in _ENTERED and not any(name in _OF_OTHERS for name, _ in cell):
                yield figure

    def quarters(self) -> Iterator[str]:
        """Yield the ids of the quarters."""
        yield from (group.id for group in self.framework.vocabulary.dimensions["pay_quarter"].groups)


def _out_of_range(entered: Entered) -> Iterator[Remark]:
    """Yield a remark for each gap above 100 and each share that is none of a hundred; a gap has no lower limit."""
    for measure, criterion in {**HOURLY, **BONUS}.items():
        seen = entered.seen(measure)
        if seen.value is not None and seen.value > 100:
            message = f"{seen.title} is {display(seen.value)}, and nobody can be paid more than 100% less"
            effect = "the service refuses it; check which group is the reference, and the decimal point"
            yield Remark("pay-gap-above-hundred", Severity.WARNING, criterion, message, effect)
    for figure in entered.figures():
        if figure.measure in SHARES and not 0 <= figure.value <= 100:
            message = f"{_name(figure)} is {figure.value}, which is no share from 0 to 100"
            yield Remark(
                "pay-gap-share-range", Severity.WARNING, SHARES[figure.measure], message, "the service refuses it"
            )


def _decimals(entered: Entered) -> Iterator[Remark]:
    """Yield one remark on all figures with more than one decimal."""
    fine = [one for one in entered.figures() if int(one.value.as_tuple().exponent) < -1]
    if fine:
        named = ", ".join(f"{_name(one)} {one.value}" for one in fine)
        about = ", ".join(sorted({_ENTERED[one.measure] for one in fine}))
        effect = "the service takes one decimal; they are judged as they are given"
        yield Remark("pay-gap-decimals", Severity.NOTE, about, f"given with more than one decimal: {named}", effect)


def _quarters(entered: Entered) -> Iterator[Remark]:
    """Yield a remark for each quarter whose printed shares of men and of women do not make exactly 100."""
    printed = entered.snapshot.figures
    for quarter in entered.quarters():
        cell = make_cell({"pay_quarter": quarter})
        men, women = printed.get((MEN_IN, cell)), printed.get((WOMEN_IN, cell))
        if men and women and men.value + women.value != Decimal(100):
            label = entered.framework.vocabulary.dimensions["pay_quarter"].label_of(quarter)
            message = f"{label}: {men.value}% men and {women.value}% women make {men.value + women.value}, not 100"
            yield Remark("pay-gap-quarter-total", Severity.WARNING, "6", message, "the service refuses it")


def _bonus(entered: Entered) -> Iterator[Remark]:
    """Yield what does not fit between who was paid a bonus and the bonus gaps."""
    men, women = entered.share("men"), entered.share("women")
    if men is None:
        return
    for measure, criterion in BONUS.items():
        seen = entered.seen(measure)
        given = seen.value is not None or (measure, WHOLE) in entered.snapshot.figures
        if men == 0 and given:
            message = f"{seen.title} is given, and no man was paid a bonus: there is nothing to compare with"
            effect = "the service wants it left empty; leave it out, or correct the share of men"
            yield Remark("pay-gap-bonus-without-men", Severity.WARNING, criterion, message, effect)
        elif men > 0 and not given:
            message = f"{seen.title} is not given, and {display(men, 1)}% of men were paid a bonus"
            effect = "the service asks for both bonus gaps"
            yield Remark("pay-gap-bonus-missing", Severity.WARNING, criterion, message, effect)
        elif men > 0 and women == 0 and seen.value is not None and seen.value != 100:
            message = f"{seen.title} is {display(seen.value)}, and no woman was paid a bonus"
            yield Remark("pay-gap-bonus-not-hundred", Severity.WARNING, criterion, message, "the service expects 100")


def _name(figure: Figure) -> str:
    return f"{figure.measure}{cell_text(figure.cell)}"
