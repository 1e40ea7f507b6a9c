"""Rows with something drawn along a common axis: what bars, dots, shares and progress are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from attrs import frozen

from equityrules.reports.charts.axes import Axis, axis_for, ticks
from equityrules.reports.charts.svg import INK, MARGIN, QUIET, RULE, SIZE, WIDTH, label, line
from equityrules.reports.charts.text import width, wrapped

LINE = 22
"""The height of one line of a row."""
_TEXT = 17
_GAP = 8
_WIDEST_VALUE = 130
_WIDEST_LABEL = 92

Draw = Callable[[Axis, float], str]
"""Returns the markup of a mark on an axis, in the line whose middle is at that height."""


@frozen
class Line:
    """One line of a row: what is drawn, and the value that is printed beside it."""

    draw: Draw
    value: str


@frozen
class Row:
    """A labelled row of one or more lines."""

    label: str
    lines: tuple[Line, ...]


@frozen
class Drawn:
    """Markup from the top down to a height."""

    content: str
    height: float


def plot(rows: Sequence[Row], values: Iterable[Fraction], title: str, *, by_ratio: bool = False) -> Drawn:
    """Return the rows on an axis that shows all the values; `title` stands under the axis and says its unit."""
    beside = _labels_beside(rows)
    room = min(_WIDEST_VALUE, max((width(one.value, SIZE) for row in rows for one in row.lines), default=0))
    start = MARGIN + (_WIDEST_LABEL + _GAP if beside else 0) + _GAP
    axis = axis_for(values, start, WIDTH - MARGIN - room - 2 * _GAP, by_ratio=by_ratio)
    drawn, y = [], 0.0
    for row in rows:
        content, y = _row(axis, row, y, beside)
        drawn.append(content)
    scale = _scale(axis, y, title)
    return Drawn("".join(drawn) + scale.content, scale.height)


def _labels_beside(rows: Sequence[Row]) -> bool:
    """Whether every label is short enough to stand to the left of its row."""
    return all(len(row.lines) == 1 and width(row.label, SIZE) <= _WIDEST_LABEL for row in rows)


def _row(axis: Axis, row: Row, top: float, beside: bool) -> tuple[str, float]:
    """Return a row's markup, and where it ends."""
    parts, y = [], top
    if beside:
        parts.append(label(MARGIN, y + LINE / 2 + SIZE / 3, row.label, _WIDEST_LABEL))
    else:
        for text in wrapped(row.label, WIDTH - 2 * MARGIN, SIZE):
            y += _TEXT
            parts.append(label(MARGIN, y - SIZE / 3, text, WIDTH - 2 * MARGIN))
    for one in row.lines:
        parts.append(one.draw(axis, y + LINE / 2))
        room = WIDTH - MARGIN - axis.end - _GAP
        parts.append(label(axis.end + _GAP, y + LINE / 2 + SIZE / 3, one.value, room))
        y += LINE
    return "".join(parts), y + (0 if beside else _GAP)


def _scale(axis: Axis, y: float, title: str) -> Drawn:
    """Return the axis itself with its values and its title, from `y` down."""
    parts = [line(axis.start, y, axis.end, y, RULE, 1)]
    for value, text in ticks(axis, SIZE):
        x = axis.place(value)
        half = min(x, WIDTH - x) - 1
        parts += [line(x, y, x, y + 4, RULE, 1), label(x, y + 18, text, 2 * half, anchor="middle", fill=QUIET)]
    lines = wrapped(title, WIDTH - 2 * MARGIN, SIZE)
    for number, text in enumerate(lines, 1):
        parts.append(label(MARGIN, y + 17 + _TEXT * number, text, WIDTH - 2 * MARGIN, fill=QUIET))
    return Drawn("".join(parts), y + 24 + _TEXT * len(lines))


def whisker(axis: Axis, y: float, low: Fraction, high: Fraction) -> str:
    """Return an interval as a line with ends, edged in white so that it is seen on a bar too."""
    left, right = axis.place(low), axis.place(high)
    ends = [(left, y, right, y), (left, y - 4, left, y + 4), (right, y - 4, right, y + 4)]
    looks = [("#ffffff", 4.0), (INK, 1.5)]
    return "".join(line(*end, stroke=colour, width=size) for colour, size in looks for end in ends)


Entry = tuple[Callable[[float], str], str]
"""One line of a legend: what draws its mark at a height, and what the mark means."""


def legend(entries: Sequence[Entry], top: float) -> Drawn:
    """Return a line for each entry: a mark that is drawn at a height, and what it means."""
    parts, y = [], top
    for draw, text in entries:
        lines = wrapped(text, WIDTH - 2 * MARGIN - 30, SIZE)
        parts.append(draw(y + _TEXT / 2))
        for shown in lines:
            y += _TEXT
            parts.append(label(MARGIN + 30, y - SIZE / 3, shown, WIDTH - 2 * MARGIN - 30, fill=QUIET))
        y += 2
    return Drawn("".join(parts), y + (6 if entries else 0))
