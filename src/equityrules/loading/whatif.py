"""What if: the evidence with a few cells changed, as `--with` and the levers of gaps write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from attrs import evolve

from equityrules.loading.catalogue import Frameworks
from equityrules.loading.evidence import read_rows
from equityrules.model.evidence import Entry, Evidence, Figure, Rating, Survey
from equityrules.model.period import Period
from equityrules.model.problems import InvalidInputError, Problem, shown
from equityrules.model.vocabulary import cell_text

_FORM = re.compile(r"\s*([^\[\]=]+?)\s*(?:\[(.*)\])?\s*=\s*(.+?)\s*", re.DOTALL)
_ANSWERS = re.compile(r"(\S+?)\s*(?:/|of)\s*(\S+)")
_WITH = "--with"


def what_if(evidence: Evidence, edits: Iterable[str], period: Period, frameworks: Frameworks) -> Evidence:
    """Return the evidence as it would be with some cells changed, marked as hypothetical.

    An edit is `item[group]=value`: `recruitment.appointed[ethnicity=bme]=29`, `practice.x=in place`, for a survey
    `survey.x[ethnicity=bme]=114/856`, `=13.3%`, or `=114` of as many as before; a measure with a printed figure; or a
    rating, `eds/2D=achieving`. It counts at the end of `period` in place of what was given. Raises InvalidInputError
    for edits that cannot be read.
    """
    texts = tuple(edits)
    stated = [_stated(evidence, text, period, frameworks) for text in texts]
    replaced = {_key(one) for one in stated}
    if len(replaced) < len(stated):
        raise _refused("", "two edits are of the same cell; keep one of them")
    entries = [one for one in evidence.entries if _key(one) not in replaced or one.period.end > period.end]
    ratings = [one for one in evidence.ratings if _key(one) not in replaced or one.period.end > period.end]
    for one in stated:
        if isinstance(one, Rating):
            ratings.append(one)
        else:
            entries.append(one)
    hypothetical = (*evidence.hypothetical, *texts)
    return evolve(evidence, entries=tuple(entries), ratings=tuple(ratings), hypothetical=hypothetical)


def _key(one: Entry | Rating) -> tuple[str, object]:
    """Return what of two statements only one can say."""
    if isinstance(one, Rating):
        return one.about, one.service
    return one.measure if isinstance(one, Figure) else one.item, one.cell


def _refused(text: str, message: str) -> InvalidInputError:
    return InvalidInputError([Problem(_WITH, text, message)])


def _stated(evidence: Evidence, text: str, period: Period, frameworks: Frameworks) -> Entry | Rating:
    """Return what one edit says, read and checked as any row of evidence is."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise _refused("", f"{shown(text)} is no edit; write recruitment.appointed[ethnicity=bme]=29")
    name, group, value = found.groups()
    item = frameworks.vocabulary.items.get(name)
    said = _answers(value) if item is not None and item.kind == "survey" else {"value": value}
    row: dict[str, Any] = {"organisation": "any", "period": str(period), "item": name, "group": group or "", **said}
    if "/" in name or name in frameworks.ids():
        row["kind"] = "rating"
    try:
        [read] = read_rows([row], frameworks)
    except InvalidInputError as error:
        raise InvalidInputError(evolve(one, file=_WITH, where=text) for one in error.problems) from None
    if read.ratings:
        return read.ratings[0]
    [entry] = read.entries
    return _of_as_many_as_before(evidence, entry, text) if said.get("of") == said.get("value") else entry


def _answers(value: str) -> dict[str, str]:
    """Return the columns of a survey's edit; where it does not say of how many, `of` is what answered yes."""
    if value.endswith("%"):
        return {"percent": value, "value": "", "of": " "}
    counted = _ANSWERS.fullmatch(value)
    return {"value": counted[1], "of": counted[2]} if counted else {"value": value, "of": value}


def _of_as_many_as_before(evidence: Evidence, entry: Entry, text: str) -> Entry:
    """Return a survey's edit that gives only who answered yes, of the number who were asked before."""
    if not isinstance(entry, Survey) or "/" in text:
        return entry
    before = [one for one in evidence.entries if isinstance(one, Survey) and _key(one) == _key(entry) and one.of]
    if not before:
        raise _refused(text, f"say of how many, as in {entry.item}{cell_text(entry.cell)}=114/856")
    of = max(before, key=lambda one: one.recency).of or Fraction(0)
    if entry.yes is not None and entry.yes > of:
        raise _refused(text, f"more answer yes than the {of} who were asked; check the number")
    return evolve(entry, of=of)
