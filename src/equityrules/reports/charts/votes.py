"""Votes, stacked by grade."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from equityrules.model.numbers import counted, with_unit
from equityrules.reports.charts.chart import Chart
from equityrules.reports.charts.patterns import definitions, filled
from equityrules.reports.charts.plot import Drawn, Entry, legend
from equityrules.reports.charts.svg import MARGIN, SIZE, WIDTH, document, label

_BAR = 24
COLUMNS = ("Grade", "Votes", "Share")


@frozen
class Vote:
    """What one thing was given: its name, and the votes by the label of the grade, lowest first."""

    name: str
    votes: Mapping[str, int]

    @property
    def total(self) -> int:
        """All the votes."""
        return sum(self.votes.values())


def stacked_votes(chart_id: str, title: str, voted: Sequence[Vote]) -> Chart:
    """Return a bar for each thing that was voted on, divided by grade; each has at least one vote."""
    grades = tuple(dict.fromkeys(grade for one in voted for grade in one.votes))
    drawn = _bars(chart_id, voted, grades)
    told = legend(_legend(chart_id, voted, grades), drawn.height)
    description = f"Votes by grade, as parts of a bar. {'; '.join(_words(one) for one in voted)}."
    defs = definitions(chart_id, len(grades))
    svg = document(chart_id, title, description, told.height, defs + drawn.content + told.content)
    rows = [(*([one.name] if len(voted) > 1 else []), *row) for one in voted for row in _rows(one)]
    columns = ("About", *COLUMNS) if len(voted) > 1 else COLUMNS
    return Chart(chart_id, title, description, svg, columns, tuple(rows))


def _bars(chart_id: str, voted: Sequence[Vote], grades: Sequence[str]) -> Drawn:
    parts, y = [], 0.0
    for one in voted:
        y += 17
        said = ", ".join(filter(None, (one.name if len(voted) > 1 else "", counted(one.total, "vote"))))
        parts.append(label(MARGIN, y - SIZE / 3, said, WIDTH - 2 * MARGIN))
        x, whole = float(MARGIN), WIDTH - 2 * MARGIN
        for number, grade in enumerate(grades):
            size = whole * one.votes.get(grade, 0) / one.total
            parts.append(filled(chart_id, number, x, y, size, _BAR) if size else "")
            x += size
        y += _BAR + 10
    return Drawn("".join(parts), y)


def _legend(chart_id: str, voted: Sequence[Vote], grades: Sequence[str]) -> list[Entry]:
    return [(_swatch(chart_id, number), _entry(voted, grade)) for number, grade in enumerate(grades)]


def _swatch(chart_id: str, number: int) -> Callable[[float], str]:
    return lambda y: filled(chart_id, number, MARGIN, y - 6, 22, 12)


def _entry(voted: Sequence[Vote], grade: str) -> str:
    """Return what a fill stands for; with its votes where one thing was voted on."""
    return f"{grade}: {_share(voted[0], grade)}" if len(voted) == 1 else grade


def _share(one: Vote, grade: str) -> str:
    return f"{one.votes.get(grade, 0)} ({_percent(one, grade)})"


def _percent(one: Vote, grade: str) -> str:
    return with_unit(Fraction(100 * one.votes.get(grade, 0), one.total), "percent")


def _words(one: Vote) -> str:
    return f"{one.name}: {', '.join(f'{grade} {_share(one, grade)}' for grade in one.votes)}"


def _rows(one: Vote) -> list[tuple[str, ...]]:
    return [(grade, str(number), _percent(one, grade)) for grade, number in one.votes.items()]
