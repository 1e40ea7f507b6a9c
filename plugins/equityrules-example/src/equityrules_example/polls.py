"""A reader of evidence: `.poll` files, with lines `name: value` about the poll and lines `about grade count`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from equityrules import InvalidInputError
from equityrules.model.problems import Problem

HEADER = ("organisation", "code", "period", "date", "by", "source", "note")
ADVICE = "write 'name: value' or 'about grade count', for example 'example-charter/C1 kept 14'"


def read_poll(path: Path) -> list[dict[str, Any]]:
    """Return one row of votes for each grade. Raises InvalidInputError with every line that cannot be read."""
    header: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        name, colon, value = line.partition(":")
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if colon and name.strip().casefold() in HEADER:
            header[name.strip().casefold()] = value.strip()
        elif len(words) == 3 and words[2].isdecimal():
            rows.append({"kind": "votes", "item": words[0], "group": words[1], "value": int(words[2])})
        else:
            problems.append(Problem(path.name, f"line {number}", f"'{line.strip()}' is not a line of a poll; {ADVICE}"))
    if problems:
        raise InvalidInputError(problems)
    return [{**header, **row} for row in rows]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError([Problem(path.name, "", "is not UTF-8 text; save it as UTF-8")]) from None
