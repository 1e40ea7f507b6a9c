"""Grouped bars: the rates of the groups that are compared, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from equityrules.conditions.wording import interval_words, rate_words, value_words
from equityrules.model.finding import Observation, Rate
from equityrules.model.numbers import with_unit
from equityrules.reports.charts.axes import Axis
from equityrules.reports.charts.chart import Chart
from equityrules.reports.charts.patterns import definitions, filled
from equityrules.reports.charts.plot import Draw, Line, Row, plot, whisker
from equityrules.reports.charts.svg import document

_BAR = 14
_NOUGHT = Fraction(0)
COLUMNS = ("Measure", "Group", "Rate", "People", "95% interval")
"""The columns; the first one is left out where there is only one measure."""


def grouped_bars(chart_id: str, title: str, seen: Sequence[Observation]) -> Chart:
    """Return bars for the rates of each observation; all rates are of one unit."""
    rows = [Row(one.title, tuple(_lines(chart_id, one))) for one in seen]
    rates = [rate for one in seen for rate in one.rates]
    drawn = plot(rows, [_NOUGHT, *_extent(rates)], _axis_title(rates))
    told = "; ".join(f"{one.title}: {value_words(one)}" for one in seen)
    description = f"Bars from 0 for each group, with the 95% interval where it is known. {told}."
    defs = definitions(chart_id, max(len(one.rates) for one in seen))
    svg = document(chart_id, title, description, drawn.height, defs + drawn.content)
    table = [_row(one, rate) for one in seen for rate in one.rates]
    start = 0 if len(seen) > 1 else 1
    return Chart(chart_id, title, description, svg, COLUMNS[start:], tuple(row[start:] for row in table))


def _lines(chart_id: str, one: Observation) -> list[Line]:
    return [Line(_bar(chart_id, number, rate), rate_words(rate)) for number, rate in enumerate(one.rates)]


def _bar(chart_id: str, number: int, rate: Rate) -> Draw:
    def draw(axis: Axis, y: float) -> str:
        start, end = sorted((axis.place(_NOUGHT), axis.place(rate.value)))
        bar = filled(chart_id, number, start, y - _BAR / 2, end - start, _BAR)
        return bar + (whisker(axis, y, rate.interval.low, rate.interval.high) if rate.interval else "")

    return draw


def _extent(rates: Sequence[Rate]) -> list[Fraction]:
    ends = [end for rate in rates if rate.interval for end in (rate.interval.low, rate.interval.high)]
    return [*(rate.value for rate in rates), *ends]


def _axis_title(rates: Sequence[Rate]) -> str:
    return "; ".join(dict.fromkeys(rate.unit for rate in rates if rate.unit))


def _row(one: Observation, rate: Rate) -> tuple[str, ...]:
    interval = interval_words(rate.interval, rate.unit) if rate.interval else ""
    return one.title, rate.group, with_unit(rate.value, rate.unit), people_words(rate), interval


def people_words(rate: Rate) -> str:
    """Return the people that a rate rests on, "212 of 872"; nothing where they are not known."""
    return "" if rate.yes is None or rate.of is None else f"{with_unit(rate.yes, '')} of {with_unit(rate.of, '')}"
