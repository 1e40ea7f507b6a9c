"""Fills that are told apart by pattern and not by colour alone."""

from __future__ import annotations

from attrs import frozen

from equityrules.reports.charts.svg import rect, tag


@frozen
class Fill:
    """How one series is filled: a ground, and strokes on it in a colour that its outline has too."""

    ground: str
    colour: str
    strokes: tuple[str, ...] = ()


FILLS = (
    Fill("#1d4f7c", "#1d4f7c"),
    Fill("#fdf0dc", "#8a4b00", ("M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4",)),
    Fill("#e3f0e4", "#2c6232", ("M2,2 h2 v2 h-2 z M6,6 h2 v2 h-2 z",)),
    Fill("#f1e6f5", "#67317d", ("M0,4 h8 M4,0 v8",)),
    Fill("#ffffff", "#1f2a33", ("M0,2 h8 M0,6 h8",)),
    Fill("#e5e9ec", "#3d4a54", ("M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4",)),
)
"""The fills in the order that series take them; each is 3 to 1 or more against white by its outline."""
BAND = "#e6ecf1"
"""What a band that is asked for is shaded with: its ends are lines."""


def definitions(chart_id: str, count: int) -> str:
    """Return the patterns of a chart's first `count` series."""
    return tag("defs", "".join(_pattern(chart_id, number) for number in range(min(count, len(FILLS)))))


def _pattern(chart_id: str, number: int) -> str:
    fill = FILLS[number]
    strokes = "".join(tag("path", d=path, stroke=fill.colour, stroke_width=1.4, fill="none") for path in fill.strokes)
    return tag(
        "pattern", rect(0, 0, 8, 8, fill.ground) + strokes,
        id=f"{chart_id}-fill-{number}", width=8, height=8, patternUnits="userSpaceOnUse",
    )  # fmt: skip


def filled(chart_id: str, number: int, x: float, y: float, width: float, height: float) -> str:
    """Return a rectangle with the fill of a series."""
    position = number % len(FILLS)
    return rect(x, y, width, height, f"url(#{chart_id}-fill-{position})", FILLS[position].colour)
