"""Sheets of numbers: every figure of a criterion with its interval, and what each compared group shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from equityrules.conditions.wording import value_words
from equityrules.model.finding import Observation, Rate, Reason
from equityrules.model.result import Assessment, CriterionResult
from equityrules.model.vocabulary import cell_text
from equityrules.reports import words
from equityrules.reports.spreadsheet.cells import NOT_APPLICABLE, NOT_AVAILABLE, Value, or_shorthand
from equityrules.reports.spreadsheet.sheets import Column, Row, Sheet, sheet
from equityrules.reports.spreadsheet.standings import WHOSE, complete
from equityrules.reports.telling import told

_NUMBER, _WHOLE, _SMALL = "0.00", "#,##0", "0.000"


def figure_sheets(assessments: Sequence[Assessment]) -> list[Sheet]:
    """Return the sheets, without those that have no rows."""
    seen = [
        (assessment, criterion, one, judged)
        for assessment in assessments
        for criterion in assessment.criteria
        for one, judged in _figures(assessment, criterion)
    ]
    return [*_figure_sheet(seen), *_rate_sheet(seen)]


Seen = tuple[Assessment, CriterionResult, Observation, str]


def _figures(assessment: Assessment, criterion: CriterionResult) -> Iterator[tuple[Observation, str]]:
    """Yield every figure of a criterion once, with whether it is judged: those of its findings, and those beside."""
    judged = [one for finding in told(assessment, criterion) for one in finding.observations]
    headline = words.headline(criterion)
    shown = [(one, "judged") for one in (*judged, *([headline] if headline else []))]
    shown += [(one, "shown beside") for one in criterion.shown]
    first = {(one.of, one.cell): (one, how) for one, how in reversed(shown)}
    for one, how in reversed(first.values()):
        if one.value is not None or (one.unit and not one.status):
            yield one, how


def _figure_sheet(seen: Sequence[Seen]) -> list[Sheet]:
    columns = (
        *WHOSE, "Criterion", "Criterion title", "Measure", "Group", Column("Value", _NUMBER), "Unit",
        Column("95% interval from", _NUMBER), Column("95% interval to", _NUMBER), Column("p value", _SMALL),
        "In words", "What to know", "Judged", "Evidence",
    )  # fmt: skip
    rows = [_figure(*one) for one in seen]
    return sheet("Figures", "Every figure, with its 95% interval where it has one", columns, rows)


def _figure(assessment: Assessment, criterion: CriterionResult, one: Observation, how: str) -> Row:
    interval = one.interval
    return complete(
        assessment,
        criterion.id,
        criterion.name,
        one.title,
        cell_text(one.cell).strip("[]") or "all",
        or_shorthand(one.value, one.reason),
        one.unit or "ratio",
        _if_any(interval.low if interval else None, one.reason),
        _if_any(interval.high if interval else None, one.reason),
        _if_any(one.p, one.reason),
        value_words(one),
        "; ".join(filter(None, (one.leaning, one.meaning, one.note, one.caveat))) or NOT_APPLICABLE,
        how,
        one.source,
    )


def _if_any(value: Fraction | None, reason: Reason | None) -> Value:
    """Return a number that not every figure has: where it has none, there can be none, or it was taken away."""
    shown = or_shorthand(value, reason)
    return NOT_APPLICABLE if shown == NOT_AVAILABLE else shown


def _rate_sheet(seen: Sequence[Seen]) -> list[Sheet]:
    columns = (
        *WHOSE, "Criterion", "Measure", "Part", "Group compared", Column("Rate", _NUMBER), "Unit",
        Column("People counted", _WHOLE), Column("Of", _WHOLE),
        Column("95% interval from", _NUMBER), Column("95% interval to", _NUMBER),
    )  # fmt: skip
    rows = [_rate(*one, rate) for one in seen for rate in one[2].rates]
    return sheet("Rates", "What each compared group shows, with the people it rests on", columns, rows)


def _rate(assessment: Assessment, criterion: CriterionResult, one: Observation, _how: str, rate: Rate) -> Row:
    return complete(
        assessment,
        criterion.id,
        one.title,
        cell_text(one.cell).strip("[]") or "all",
        rate.group,
        rate.value,
        rate.unit,
        or_shorthand(rate.yes, one.reason),
        or_shorthand(rate.of, one.reason),
        or_shorthand(rate.interval.low if rate.interval else None, one.reason),
        or_shorthand(rate.interval.high if rate.interval else None, one.reason),
    )
