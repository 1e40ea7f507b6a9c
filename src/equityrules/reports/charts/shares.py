"""Representation: a group's share of each band, against its share of all or what is aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from equityrules.conditions.wording import rate_words
from equityrules.model.finding import Observation, Rate
from equityrules.model.numbers import with_unit
from equityrules.reports.charts.axes import Axis
from equityrules.reports.charts.bars import people_words
from equityrules.reports.charts.chart import Chart
from equityrules.reports.charts.figures import Figure
from equityrules.reports.charts.patterns import definitions, filled
from equityrules.reports.charts.plot import LINE, Draw, Entry, Line, Row, legend, plot
from equityrules.reports.charts.svg import INK, MARGIN, document, line

_BAR = 12
_NAMES = {("here", "base"): ("share", "overall"), ("now", "aimed at"): ("now", "aimed at")}
"""The pairs of rates that are a share and what it is held against, each with what they are called by themselves."""


def shares_by_part(chart_id: str, title: str, figures: Sequence[Figure]) -> Chart:
    """Return a bar for the share of each part, with a line at the share that it is held against.

    Of each figure `is_share` holds.
    """
    rows = [Row(one.label, (Line(_bar(chart_id, one), _value(one.seen.rates[0])),)) for one in figures]
    values = [rate.value for one in figures for rate in one.seen.rates]
    drawn = plot(rows, [Fraction(0), *values], "percent")
    told = legend(_legend(figures), drawn.height)
    words = "; ".join(f"{one.label}: {', '.join(map(rate_words, _named(one)))}" for one in figures)
    description = f"Bars for the share of each, with a line at the share it is held against. {words}."
    svg = document(chart_id, title, description, told.height, definitions(chart_id, 1) + drawn.content + told.content)
    return Chart(chart_id, title, description, svg, _columns(figures), tuple(_row(one) for one in figures))


def shares_title(figure: Figure) -> str:
    """Return what shares are drawn: the measure's own title where it is about a share, else what the two are."""
    if figure.seen.cell and figure.seen.parity is not None:
        return figure.seen.title
    share, against = (one.group for one in _named(figure))
    return f"shares, {share} and {against}" if share != "share" else f"shares, and {against}"


def is_share(seen: Observation) -> bool:
    """Whether an observation is a share that is held against another one."""
    return tuple(one.group for one in seen.rates) in _NAMES


def _bar(chart_id: str, figure: Figure) -> Draw:
    share, against = figure.seen.rates[:2]

    def draw(axis: Axis, y: float) -> str:
        start, end = sorted((axis.place(Fraction(0)), axis.place(share.value)))
        x = axis.place(against.value)
        edge = "".join(line(x, y - LINE / 2, x, y + LINE / 2, *look) for look in (("#ffffff", 5), (INK, 2.5)))
        return filled(chart_id, 0, start, y - _BAR / 2, end - start, _BAR) + edge

    return draw


def _value(rate: Rate) -> str:
    return with_unit(rate.value, rate.unit)


def _named(figure: Figure) -> list[Rate]:
    share, against = figure.seen.rates
    names = _NAMES[share.group, against.group]
    return [Rate(name, one.value, one.unit) for name, one in zip(names, (share, against), strict=True)]


def _legend(figures: Sequence[Figure]) -> list[Entry]:
    against = dict.fromkeys(rate_words(_named(one)[1]) for one in figures)
    text = next(iter(against)) if len(against) == 1 else _named(figures[0])[1].group
    return [(lambda y: line(MARGIN + 12, y - 8, MARGIN + 12, y + 8, width=2.5), text)]


def _columns(figures: Sequence[Figure]) -> tuple[str, ...]:
    share, against = (one.group.capitalize() for one in _named(figures[0]))
    return "Part", share, "People", against


def _row(figure: Figure) -> tuple[str, ...]:
    share, against = figure.seen.rates[:2]
    return figure.label, _value(share), people_words(share), _value(against)
