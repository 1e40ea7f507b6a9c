"""Progress: one figure at several dates, the earliest on top."""

from __future__ import annotations

from collections.abc import Sequence

from equityrules.conditions.wording import interval_words
from equityrules.model.numbers import with_unit
from equityrules.reports.charts.chart import Chart
from equityrules.reports.charts.dots import interval_dots
from equityrules.reports.charts.figures import Figure

COLUMNS = ("Period", "Value", "95% interval")


def over_time(chart_id: str, title: str, figures: Sequence[Figure]) -> Chart:
    """Return a dot for each date; each figure is called by its period."""
    drawn = interval_dots(chart_id, title, figures)
    return Chart(chart_id, title, drawn.description, drawn.svg, COLUMNS, tuple(_row(one) for one in figures))


def _row(figure: Figure) -> tuple[str, ...]:
    seen = figure.seen
    value = "" if seen.value is None else with_unit(seen.value, seen.unit)
    return figure.label, value, interval_words(seen.interval, seen.unit) if seen.interval else ""
