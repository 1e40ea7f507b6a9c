"""How an evidence workbook looks: what is to be filled in is coloured, what is only to be read is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equityrules.reports.workbook.layout import DAY, MACHINE, NUMBER, READ_ONLY, SUM, TEXT

_INK, _PALE, _LINE, _GREY = "#1F3864", "#FFF8E1", "#BFBFBF", "#595959"
_CELL = {"valign": "top", "text_wrap": True, "border": 1, "border_color": _LINE}
_INPUT = {**_CELL, "bg_color": _PALE}
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": _INK},
    "cover": {"bold": True, "font_size": 16, "font_color": _INK, "text_wrap": True, "valign": "top"},
    "block": {"bold": True, "font_size": 12, "font_color": _INK},
    "says": {"font_color": _GREY},
    "heading": {**_CELL, "bold": True, "font_color": "#FFFFFF", "bg_color": _INK},
    "worked": {**_CELL, "italic": True, "font_color": _GREY, "bg_color": "#EDEDED"},
    "link": {"font_color": "#0563C1", "underline": 1, "valign": "top"},
    "words": {"text_wrap": True, "valign": "top"},
    "field": {**_INPUT, "num_format": "@"},
    TEXT: _INPUT,
    NUMBER: _INPUT,
    DAY: {**_INPUT, "num_format": "dd/mm/yyyy"},
    READ_ONLY: _CELL,
    SUM: {**_CELL, "font_color": _GREY},
    MACHINE: {**_CELL, "font_color": _GREY, "font_size": 8},
}


class Styles:
    """The formats of one workbook by what they are for."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        """Add the formats to a workbook."""
        self._formats = {name: book.add_format(dict(one)) for name, one in _FORMATS.items()}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Return the format for something."""
        return self._formats[name]
