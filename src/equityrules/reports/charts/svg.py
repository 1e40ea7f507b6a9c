"""Pieces of SVG by hand, in which text never becomes markup.

There are no style sheets and no style attributes, so that a page that forbids them shows the pictures too.
"""

from __future__ import annotations

from html import escape

from equityrules.reports.charts.text import clean, fitted

WIDTH = 360
"""Every chart is this wide, in units of which 13 are the height of its text."""
MARGIN = 6
SIZE = 13
INK, QUIET, RULE = "#1f2a33", "#4a5a67", "#6b7a86"
"""For text and marks, for quiet text, for lines of the axis: all at least 4.5, the lines 3, to 1 on white."""
_FONTS = "Arial, Helvetica, 'Liberation Sans', sans-serif"


def tag(name: str, content: str = "", **attributes: str | float) -> str:
    """Return an element; `content` is markup already. Underscores in names stand for hyphens."""
    written = "".join(f' {key.strip("_").replace("_", "-")}="{_value(one)}"' for key, one in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _value(value: str | float) -> str:
    return escape(clean(value)) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """Return a coordinate to a tenth, without trailing noughts."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def label(x: float, y: float, content: str, room: float, *, anchor: str = "start", fill: str = INK) -> str:
    """Return text with its baseline at `y`, cut to its room; nothing where nothing fits."""
    shown = fitted(content, room, SIZE)
    return tag("text", escape(shown), x=x, y=y, text_anchor=anchor, fill=fill) if shown else ""


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = INK, width: float = 1.5, dash: str = "none") -> str:
    """Return a line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dash)


def rect(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> str:
    """Return a rectangle."""
    return tag("rect", x=x, y=y, width=max(width, 0), height=height, fill=fill, stroke=stroke)


def document(chart_id: str, title: str, description: str, height: float, content: str) -> str:
    """Return a whole picture with its name and description for those who do not see it."""
    named = tag("title", escape(clean(title)), id=f"{chart_id}-title")
    told = tag("desc", escape(clean(description)), id=f"{chart_id}-desc")
    return tag(
        "svg", named + told + content, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {number(height)}",
        width=WIDTH, height=height, role="img", aria_labelledby=f"{chart_id}-title",
        aria_describedby=f"{chart_id}-desc", font_family=_FONTS, font_size=SIZE,
    )  # fmt: skip
