"""What stands in the cells of a file of people: amounts, yes and no, days and groups. No cell is ever quoted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from equityrules.loading.documents import parse_toml
from equityrules.loading.values import period
from equityrules.loading.vocabulary import read_vocabulary
from equityrules.model.vocabulary import Dimension

SNAPSHOTS = ((3, 31), (4, 5))
"""Month and day of the snapshot: 31 March for public authorities, 5 April for other employers."""

_AMOUNT = re.compile(r"(-?)£?(-?)(\d{1,9}|\d{1,3}(?:,\d{3})+)(\.\d{1,12})?", re.ASCII)
_ANSWERS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
_DISABILITY = {"yes": "disabled", "y": "disabled", "no": "non_disabled", "n": "non_disabled"}
_VOCABULARY = {"sex": "pay-gaps.toml", "ethnicity": "groups.toml", "disability": "groups.toml"}


def read_amount(text: str) -> Decimal:
    """Return an amount in pounds, £ and commas left out. Raises ValueError in words that do not repeat it."""
    match = _AMOUNT.fullmatch(text.replace(" ", ""))
    if match is None:
        raise ValueError("is not a number of pounds; write digits only, such as 21.57")
    if match[1] or match[2]:
        raise ValueError("is below 0; correct it at the source")
    return Decimal(match[3].replace(",", "") + (match[4] or ""))


def read_answer(text: str) -> bool:
    """Return whether a cell says yes. Raises ValueError where it says neither yes nor no."""
    answer = _ANSWERS.get(text.casefold())
    if answer is None:
        raise ValueError("is neither yes nor no; write one of them")
    return answer


def read_snapshot(text: str) -> date:
    """Return a snapshot date, day first or ISO. Raises ValueError where it is none."""
    advice = "write 31 March of the year (public authorities) or 5 April (other employers), as in 31/03/2025"
    try:
        day: date = period(text).end
    except ValueError:
        raise ValueError(f"is not a date; {advice}") from None
    if (day.month, day.day) not in SNAPSHOTS:
        raise ValueError(f"is not a snapshot date; {advice}")
    return day


def read_group(dimension: str, text: str) -> str:
    """Return the group that a cell names, by word or code. Raises ValueError in words that do not repeat it."""
    known = dimensions()[dimension]
    if not text and known.undeclared:
        return known.undeclared
    if dimension == "disability" and text.casefold() in _DISABILITY:
        return _DISABILITY[text.casefold()]
    try:
        return known.read(text)
    except ValueError:
        raise ValueError(_NO_GROUP[dimension]) from None


_NO_GROUP = {
    "sex": "is neither male nor female; write M or F, and leave out the row of somebody who is neither",
    "ethnicity": "is no ethnic group or code that is known; write the NHS code or its description, or leave it empty",
    "disability": "says neither disabled nor not; write yes or no, or leave it empty where it is not known",
}


@cache
def dimensions() -> Mapping[str, Dimension]:
    """Return the dimensions that people are grouped by, as the package's vocabulary has them."""
    folder = files("equityrules.frameworks") / "vocabulary"
    documents: dict[str, Mapping[str, Any]] = {
        name: parse_toml((folder / name).read_text(encoding="utf-8"), name) for name in set(_VOCABULARY.values())
    }
    known = read_vocabulary(documents, [])
    return {name: known.dimensions[name] for name in _VOCABULARY}


def groups_of(dimension: str) -> tuple[str, ...]:
    """Return the ids of a dimension's groups."""
    return tuple(group.id for group in dimensions()[dimension].groups)
