"""Answers to rows of evidence: each organisation's own, and beside them the median of its benchmark group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from statistics import median
from typing import Any

from attrs import frozen

from .answers import Answer, Organisation, Precision, Question, precision_of

FEWEST = 3
"""Organisations below which a benchmark group has no median: of two it is only the middle between them."""

HIGHER_IS_BETTER = ("career_opportunities", "harassment_reported", "valued", "adjustments")
_PLACES = 10
RECOVERED = "yes recovered from the published proportion and base"
NOT_RECOVERED = (
    "the published proportion is not that of one whole number among the base, so it is given as a percentage"
)
NO_BASE = "published without how many answered, so it is given as a percentage"


@frozen
class Median:
    """The median of a benchmark group, in percent, and of how many organisations it is."""

    percent: Decimal
    organisations: int


def rows_of(organisations: Sequence[Organisation]) -> Iterator[dict[str, Any]]:
    """Yield tidy rows: each organisation's answers, each with the median of its benchmark group where there is one."""
    precision = precision_of(answer for one in organisations for answer in one.answers.values())
    medians = _medians(organisations, precision)
    for one in organisations:
        for question, answer in sorted(one.answers.items(), key=lambda pair: pair[0]):
            yield {**_about(one, question, "survey"), **_said(answer, precision)}
            if found := medians.get((one.kind, question)):
                note = f"median of '{one.kind}', of {found.organisations} organisations in the file"
                yield {**_about(one, question, "benchmark"), "value": str(found.percent), "note": note}


def _about(one: Organisation, question: Question, area: str) -> dict[str, Any]:
    return {
        "organisation": one.name,
        "code": one.code,
        "period": question.period,
        "item": f"{area}.{question.item}",
        "group": f"{question.dimension}={question.group}" if question.group else "",
        "source": f"NHS Staff Survey {question.year} benchmark workbook",
    }


def _said(answer: Answer, precision: Precision) -> dict[str, Any]:
    """Return the counts of an answer where the proportion tells them, else its percentage."""
    yes = precision.yes(answer)
    if yes is not None:
        return {"value": yes, "of": answer.of, "note": RECOVERED}
    if answer.of is None:
        return {"percent": str(precision.percent(answer)), "note": NO_BASE}
    return {"percent": str(precision.percent(answer)), "of": answer.of, "note": NOT_RECOVERED}


def _medians(organisations: Sequence[Organisation], precision: Precision) -> Mapping[tuple[str, Question], Median]:
    """Return the medians by benchmark group and question; a group of fewer than three has none."""
    shares: dict[tuple[str, Question], list[Fraction]] = {}
    for one in organisations:
        for question, answer in one.answers.items() if one.kind else ():
            shares.setdefault((one.kind, question), []).append(_share(answer, precision))
    found: dict[tuple[str, Question], Median] = {}
    for (kind, question), given in shares.items():
        if len(given) >= FEWEST:
            percent = _printed(median(given), precision) if precision.rounded else _favourable(median(given), question)
            found[kind, question] = Median(percent, len(given))
    return found


def _share(answer: Answer, precision: Precision) -> Fraction:
    """Return a proportion as exactly as it is known."""
    yes = precision.yes(answer)
    return Fraction(answer.share) if yes is None or not answer.of else Fraction(yes, answer.of)


def _printed(share: Fraction, precision: Precision) -> Decimal:
    """Return a proportion in percent with the decimals of its file, the noughts at its end among them."""
    places = max(0, precision.decimals - 2)
    return Decimal(round(100 * share * 10**places)).scaleb(-places)


def _favourable(share: Fraction, question: Question) -> Decimal:
    """Return a proportion in percent, cut off so far down that no two organisations are that close.

    A printed benchmark stands for a range. All of it lies on the worse side of the true median, so that an organisation
    that is the median itself is no worse than it.
    """
    units, half = 100 * share * 10**_PLACES, Fraction(1, 2)
    cut = max(0, floor(units - half)) if question.item in HIGHER_IS_BETTER else ceil(units + half)
    return min(Decimal(cut).scaleb(-_PLACES), Decimal(100))
