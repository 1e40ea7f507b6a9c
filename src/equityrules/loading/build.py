"""Rows to pieces of evidence: every row structured and checked against vocabulary and frameworks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import fields_dict, frozen, resolve_types

from equityrules.loading.catalogue import Frameworks
from equityrules.loading.checks import faults_of, part_faults_of
from equityrules.loading.grouping import FieldError
from equityrules.loading.resolving import Resolver
from equityrules.loading.rows import DIVIDED, Row
from equityrules.loading.structuring import NotStructuredError, make_converter, structure
from equityrules.loading.values import text
from equityrules.model.evidence import (
    Action,
    Amount,
    Count,
    Cover,
    Explanation,
    Figure,
    Narrative,
    Organisation,
    Rating,
    Stated,
    Statement,
    Survey,
    Target,
    Votes,
)
from equityrules.model.problems import ENOUGH, Problem, nearest, quoted, shown
from equityrules.model.vocabulary import WHOLE, Cell

CLASSES: dict[str, type[Stated]] = {
    "statement": Statement, "count": Count, "survey": Survey, "amount": Amount, "figure": Figure, "rating": Rating,
    "votes": Votes, "narrative": Narrative, "cover": Cover, "target": Target, "explanation": Explanation,
    "action": Action,
}  # fmt: skip
_OWN = ("place", "cell", "applicable", "mended", "over")
"""Attributes that are worked out, never written in a file."""
_WRITTEN = {"figure": ("orientation",)}
"""Fields that are written in a file and become attributes of another name."""
_NO_PERIOD = 'no period is given; write period = "2023/24" for the file, or fill in a column of that name'
_NAMES = ("item", "measure", "about", "name", "direction")


@frozen
class Piece:
    """One piece of evidence with its owner and the row it came from.

    `finer` are the codes or descriptions, by dimension, where it is for a part of its groups only.
    """

    organisation: Organisation
    stated: Stated
    row: Row
    finer: Cell = WHOLE


@frozen
class Builder:
    """Turns rows into pieces of evidence, noting every problem."""

    frameworks: Frameworks
    problems: list[Problem]

    def pieces(self, rows: Iterable[Row]) -> Iterator[Piece]:
        """Yield a piece for every row that holds; the others leave problems, and very many of them end it."""
        for row in rows:
            if len(self.problems) >= ENOUGH:
                return
            if row.cut:
                self._look_at_cut(row)
            elif (piece := self._piece(row)) is not None:
                yield piece

    def _look_at_cut(self, row: Row) -> None:
        """Note a row that is cut short unless it only has no value: then it is one not filled in."""
        try:
            Resolver(self.frameworks).resolve(row, dict(row.fields))
        except FieldError:
            self.problems.append(Problem(row.file, row.where, row.cut))

    def _piece(self, row: Row) -> Piece | None:
        fields = dict(row.fields)
        before, told, finer = len(self.problems), set[str](), WHOLE
        organisation = self._organisation(row, fields)
        self._check_names(row, fields)
        if "period" not in fields:
            self._note(row, _NO_PERIOD, "period")
        try:
            finer = Resolver(self.frameworks).resolve(row, fields)
        except FieldError as error:
            told = {name for name, _ in error.faults}
            for name, message in error.faults:
                self._note(row, message, name)
        if len(self.problems) > before or organisation is None:
            self._check_rest(row, fields, told)
            return None
        return self._structured(row, fields, organisation, finer)

    def _structured(self, row: Row, fields: dict[str, Any], organisation: Organisation, finer: Cell) -> Piece | None:
        try:
            stated = structure(_CONVERTER, {**fields, "place": row.place}, CLASSES[row.kind])
        except NotStructuredError as error:
            for path, message in error.faults:
                self._note(row, message, ", ".join(path))
            return None
        for name, message in (*faults_of(stated), *(part_faults_of(stated) if finer else ())):
            self._note(row, message, name)
        return Piece(organisation, stated, row, finer)

    def _note(self, row: Row, message: str, name: str) -> None:
        self.problems.append(row.problem(message, name))

    def _organisation(self, row: Row, fields: dict[str, Any]) -> Organisation | None:
        given, code = fields.pop("organisation", ""), self._code(row, fields.pop("code", ""))
        try:
            name = text(given)
        except ValueError as error:
            self._note(row, str(error), "organisation")
            return None
        if not name:
            self._note(row, "no organisation is given; write its name for the file or the row", "organisation")
            return None
        return Organisation(" ".join(name.split()), code)

    def _code(self, row: Row, given: object) -> str:
        code = given.strip().upper() if isinstance(given, str) else ""
        if given != "" and not re.fullmatch(r"[A-Z0-9]{3,8}", code, re.ASCII):
            advice = "three to eight letters and digits; correct it, or leave it out"
            self._note(row, f"{shown(given)} is not shaped like an organisation's code: {advice}", "code")
        return code

    def _check_names(self, row: Row, fields: dict[str, Any]) -> None:
        """Note fields that this kind of evidence does not have, and take them out."""
        divided = ("where", "values", "across") if row.kind in DIVIDED else ()
        own = [name for name in fields_dict(CLASSES[row.kind]) if name not in _OWN]
        known = [*own, *divided, *_WRITTEN.get(row.kind, ())]
        for name in [name for name in fields if name not in known]:
            del fields[name]
            advice = f"{nearest(name, known)}; {row.kind} takes {quoted(known)}"
            self._note(row, f"unknown field {shown(name)}{advice}", name)

    def _check_rest(self, row: Row, fields: dict[str, Any], told: set[str]) -> None:
        """Note what else is wrong with a row of which a name is wrong, so that all is told at once."""
        types: dict[str, Any] = {name: one.type for name, one in fields_dict(CLASSES[row.kind]).items()}
        for name in types.keys() & fields.keys() - told - {*_NAMES, "grade", "points", "votes"}:
            try:
                structure(_CONVERTER, fields[name], types[name])
            except NotStructuredError as error:
                for path, message in error.faults:
                    self._note(row, message, ", ".join((name, *path)))


_CONVERTER = make_converter()
for _kind in CLASSES.values():
    resolve_types(_kind)
