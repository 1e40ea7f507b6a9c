"""How wide text is, so that no label leaves its chart."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from equityrules.reports.words import plain

_WIDTHS = {
    0.28: "'ijl", 0.3: "I", 0.32: " ,.·‘’", 0.34: "/:;\\|", 0.36: "f", 0.37: "-", 0.4: "()[]t", 0.41: "!", 0.42: "r",
    0.46: '"', 0.5: "*J`°", 0.53: "sz“”", 0.55: "c", 0.56: "?L_–", 0.58: "k", 0.6: "vxy•", 0.62: "FTaeo",
    0.64: "$0123456789bdghnpqu{}£€", 0.67: "EKPSY", 0.69: "ABVXZ", 0.73: "CR", 0.74: "U", 0.75: "N", 0.76: "H",
    0.77: "D", 0.78: "&G", 0.79: "OQ", 0.82: "w", 0.84: "#+<=>^~×≤≥", 0.87: "M", 0.96: "%", 0.98: "m", 0.99: "W",
    1.0: "…", 1.02: "@",
}  # fmt: skip
_OF: Mapping[str, float] = {char: width for width, chars in _WIDTHS.items() for char in chars}
"""The width of a character in em: the wider of DejaVu Sans and Liberation Sans (Arial), measured in the fonts."""
_LATIN, _OTHER = 1.08, 2.2
_LAST_LATIN = "\u024f"
_ELLIPSIS = "…"
_NOT_IN_XML = dict.fromkeys((0xFFFE, 0xFFFF))


def clean(text: str) -> str:
    """Return text on one line without anything that XML cannot hold."""
    return plain(text).translate(_NOT_IN_XML)


def width(text: str, size: float) -> float:
    """Return how wide text is at most, in the unit of the font's size, in any of the usual fonts without serifs."""
    return size * sum(_of(char) for char in text)


def _of(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    return _OF.get(char, _LATIN if char <= _LAST_LATIN else _OTHER)


def fitted(text: str, room: float, size: float) -> str:
    """Return text cut to the room it has, with an ellipsis where something was cut; nothing where nothing fits."""
    text = clean(text)
    if width(text, size) <= room:
        return text
    while text and width(text + _ELLIPSIS, size) > room:
        text = text[:-1].rstrip()
    return text + _ELLIPSIS if text else ""


def wrapped(text: str, room: float, size: float, most: int = 2) -> tuple[str, ...]:
    """Return text in lines that fit their room; what does not fit into `most` lines is cut."""
    lines, words = [""], clean(text).split()
    while words:
        longer = f"{lines[-1]} {words[0]}".strip()
        if lines[-1] and width(longer, size) > room:
            if len(lines) == most:
                lines[-1] = " ".join([lines[-1], *words])
                break
            lines.append("")
        else:
            lines[-1] = longer
            words.pop(0)
    return tuple(fitted(line, room, size) for line in lines)
