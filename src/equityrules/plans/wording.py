"""Checks of what a plan says of itself: numbers of things named, marks of removal, spellings of abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from equityrules.model.plan import CELLS, PlanLine
from equityrules.plans.remarks import Checked, PlanRemark, make_remark

_NUMBERS = {
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12,
}  # fmt: skip
_STATED = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)})\b(?: of the| [a-z-]+){{0,4}} [a-z-]+s\b[^:;]*:\s*(.+)", re.I | re.S
)
_FEWEST, _MOST = 3, 30
_ABBREVIATION = re.compile(r"\b[A-Z]{5,12}(?=s?\b)")
_ALIKE = 0.75
_TEXTS = ("action", "position", "measure", "success", "update")


def find_other_numbers(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each text that states a number of things and then, behind a colon, names another number."""
    for line in checked.plan.lines:
        for name in _TEXTS:
            found = _STATED.search(line.cell(name))
            if found is None:
                continue
            stated = _NUMBERS.get(found[1].casefold()) or int(found[1])
            named = [one for one in re.split(r";|\n", found[2]) if any(char.isalpha() for char in one)]
            if _FEWEST <= stated <= _MOST and len(named) >= _FEWEST and stated != len(named):
                start = " ".join(found[0].partition(":")[0].split())
                what = f"'{start}': {stated} are stated and {len(named)} named"
                yield make_remark("other-number-named", [line], name, what)


def find_graded_for_removal(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each line that has a status or grade although it is to be removed."""
    phrases = checked.rules.phrases.get("removal", ())
    for line in checked.plan.actions:
        said = next((name for name in (*_TEXTS, "due") if _says(line, name, phrases)), None)
        if said is not None and line.cell("status") and (line.status is None or line.status.is_open):
            what = f"is marked for removal ('{_cut(line.cell(said))}') and graded {line.cell('status')}"
            yield make_remark("graded-for-removal", [line], "status", what)


def _says(line: PlanLine, name: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in line.cell(name).casefold() for phrase in phrases)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]}…"


def find_spellings(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each abbreviation that the plan spells in several ways, as EHIIRA and EHHIRA."""
    places: dict[str, list[PlanLine]] = {}
    for line in checked.plan.lines:
        for name in CELLS:
            for found in _ABBREVIATION.findall(line.cell(name) if name != "note" else ""):
                places.setdefault(found, []).append(line)
    told = set[str]()
    for word in places:
        alike = [other for other in places if other not in told and _is_variant(word, other)]
        if word not in told and len(alike) > 1:
            told.update(alike)
            lines = [line for other in alike for line in places[other]]
            yield make_remark("abbreviation-variants", lines, "action", f"spelled {', '.join(alike)}")


def _is_variant(word: str, other: str) -> bool:
    """Whether two abbreviations have the same letters, some of them twice or in another place."""
    same = set(word) == set(other) and (word[0], word[-1]) == (other[0], other[-1])
    return same and SequenceMatcher(None, word, other, autojunk=False).ratio() >= _ALIKE


CHECKS = (find_other_numbers, find_graded_for_removal, find_spellings)
