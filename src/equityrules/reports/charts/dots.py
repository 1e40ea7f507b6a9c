"""Dots with the whiskers of their intervals, against what disadvantages nobody and the band that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from equityrules.conditions.wording import interval_words, value_words
from equityrules.model.finding import Limits
from equityrules.model.numbers import display, with_unit
from equityrules.reports.charts.axes import Axis
from equityrules.reports.charts.chart import Chart
from equityrules.reports.charts.figures import Figure
from equityrules.reports.charts.patterns import BAND
from equityrules.reports.charts.plot import Draw, Entry, Line, Row, legend, plot, whisker
from equityrules.reports.charts.svg import INK, MARGIN, QUIET, document, line, rect, tag

COLUMNS = ("Measure", "Value", "95% interval", "Asked for")
_RADIUS = 5.0
_ROW = 22


def interval_dots(chart_id: str, title: str, figures: Sequence[Figure]) -> Chart:
    """Return a dot for each figure; all have one unit and one parity, which are those of the first."""
    first = figures[0].seen
    parity = first.parity
    rows = [Row(one.label, (Line(_drawn(one), _value(one)),)) for one in figures]
    by_ratio = parity == 1 and all((one.seen.value or 0) >= 0 for one in figures)
    drawn = plot(rows, _extent(figures), first.unit or "ratio", by_ratio=by_ratio)
    told = legend(_legend(figures, parity), drawn.height)
    description = f"Dots with 95% intervals. {'; '.join(_words(one) for one in figures)}."
    svg = document(chart_id, title, description, told.height, drawn.content + told.content)
    return Chart(chart_id, title, description, svg, COLUMNS, tuple(_row(one) for one in figures))


def _is_outside(figure: Figure) -> bool:
    """Whether the value lies outside where it is to lie."""
    value, asked = figure.seen.value, figure.asked
    if value is None or asked is None:
        return False
    return (asked.low is not None and value < asked.low) or (asked.high is not None and value > asked.high)


def asked_words(asked: Limits | None, unit: str) -> str:
    """Return where a value is to lie: "0.8 to 1.25", "from 70%", "up to 0 people"; nothing where nothing is asked."""
    if asked is None or (asked.low is None and asked.high is None):
        return ""
    if asked.low is None or asked.high is None:
        return f"from {with_unit(asked.low, unit)}" if asked.low is not None else _up_to(asked, unit)
    return f"{display(asked.low)} to {with_unit(asked.high, unit)}"


def _up_to(asked: Limits, unit: str) -> str:
    return f"up to {with_unit(asked.high, unit)}" if asked.high is not None else ""


def _drawn(figure: Figure) -> Draw:
    def draw(axis: Axis, y: float) -> str:
        ground = _band(axis, y, figure.asked) + _parity(axis, y, figure.seen.parity)
        return ground + _whiskers(axis, y, figure) + _mark(axis, y, figure)

    return draw


def _band(axis: Axis, y: float, asked: Limits | None) -> str:
    """Return the shaded band that is asked for, with a line at each of its ends."""
    if asked is None or (asked.low is None and asked.high is None):
        return ""
    left = axis.start if asked.low is None else axis.place(asked.low)
    right = axis.end if asked.high is None else axis.place(asked.high)
    top, bottom = y - _ROW / 2, y + _ROW / 2
    ends = [x for x, end in ((left, asked.low), (right, asked.high)) if end is not None]
    return rect(left, top, right - left, _ROW, BAND) + "".join(line(x, top, x, bottom, QUIET, 1) for x in ends)


def _whiskers(axis: Axis, y: float, figure: Figure) -> str:
    interval = figure.seen.interval
    return whisker(axis, y, interval.low, interval.high) if interval else ""


def _mark(axis: Axis, y: float, figure: Figure) -> str:
    """Return the value's own mark: a full dot, or an empty diamond where it lies outside what is asked for."""
    value = figure.seen.value
    if value is None:
        return ""
    return _diamond(axis.place(value), y) if _is_outside(figure) else _dot(axis.place(value), y)


def _dot(x: float, y: float) -> str:
    """Return a full dot."""
    return tag("circle", cx=x, cy=y, r=_RADIUS, fill=INK, stroke="#ffffff", stroke_width=1)


def _diamond(x: float, y: float) -> str:
    """Return an empty diamond."""
    size = _RADIUS + 1.5
    points = f"{x:.1f},{y - size:.1f} {x + size:.1f},{y:.1f} {x:.1f},{y + size:.1f} {x - size:.1f},{y:.1f}"
    return tag("polygon", points=points, fill="#ffffff", stroke=INK, stroke_width=2)


def _parity(axis: Axis, y: float, parity: Fraction | None) -> str:
    if parity is None:
        return ""
    x = axis.place(parity)
    return line(x, y - _ROW / 2, x, y + _ROW / 2, INK, 1.5, dash="4 3")


def _legend(figures: Sequence[Figure], parity: Fraction | None) -> list[Entry]:
    x = MARGIN + 12.0
    entries: list[Entry] = []
    if any(not _is_outside(one) for one in figures):
        inside = "inside what is asked for" if any(one.asked for one in figures) else "value"
        entries.append((lambda y: _dot(x, y), inside))
    if any(_is_outside(one) for one in figures):
        entries.append((lambda y: _diamond(x, y), "outside what is asked for"))
    if any(one.seen.interval for one in figures):
        entries.append((lambda y: line(x - 10, y, x + 10, y), "95% interval"))
    asked = dict.fromkeys(filter(None, (asked_words(one.asked, one.seen.unit) for one in figures)))
    if asked:
        entries.append((lambda y: rect(x - 10, y - 6, 20, 12, BAND, QUIET), f"asked for: {'; '.join(asked)}"))
    if parity is not None:
        text = f"{display(parity)}, where nobody is at a disadvantage"
        entries.append((lambda y: line(x, y - 7, x, y + 7, dash="4 3"), text))
    return entries


def _extent(figures: Sequence[Figure]) -> list[Fraction]:
    found = [one.seen.value for one in figures]
    found += [end for one in figures if one.seen.interval for end in (one.seen.interval.low, one.seen.interval.high)]
    found += [end for one in figures if one.asked for end in (one.asked.low, one.asked.high)]
    found += [one.seen.parity for one in figures]
    return [one for one in found if one is not None]


def _value(figure: Figure) -> str:
    return with_unit(figure.seen.value, figure.seen.unit) if figure.seen.value is not None else ""


def _words(figure: Figure) -> str:
    asked = asked_words(figure.asked, figure.seen.unit)
    return f"{figure.label}: {value_words(figure.seen)}{f', {asked} asked for' if asked else ''}"


def _row(figure: Figure) -> tuple[str, ...]:
    seen = figure.seen
    interval = interval_words(seen.interval, seen.unit) if seen.interval else ""
    return figure.label, _value(figure), interval, asked_words(figure.asked, seen.unit)
