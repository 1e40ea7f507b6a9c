"""Rows to evidence: every row structured, checked against vocabulary and frameworks, and merged by organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from equityrules.loading.catalogue import Frameworks
from equityrules.loading.checks import faults_of
from equityrules.loading.resolving import FieldError, Resolver
from equityrules.loading.rows import Row
from equityrules.loading.structuring import make_converter, problems_in
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
from equityrules.model.problems import Problem

CLASSES: dict[str, type[Stated]] = {
    "statement": Statement, "count": Count, "survey": Survey, "amount": Amount, "figure": Figure, "rating": Rating,
    "votes": Votes, "narrative": Narrative, "cover": Cover, "target": Target, "explanation": Explanation,
    "action": Action,
}  # fmt: skip


@frozen
class Piece:
    """One piece of evidence with its owner and the row it came from."""

    organisation: Organisation
    stated: Stated
    row: Row


@frozen
class Builder:
    """Turns rows into pieces of evidence, noting every problem."""

    frameworks: Frameworks
    problems: list[Problem]

    def pieces(self, rows: Iterable[Row]) -> list[Piece]:
        """Return a piece for every row that holds; the others leave problems."""
        return [piece for row in rows if (piece := self._piece(row)) is not None]

    def _piece(self, row: Row) -> Piece | None:
        fields = dict(row.fields)
        before = len(self.problems)
        organisation = self._organisation(row, fields)
        if "period" not in fields:
            self.problems.append(
                row.problem('no period is given; write period = "2023/24" for the file or the row', "period")
            )
        try:
            Resolver(self.frameworks).resolve(row.kind, fields)
        except FieldError as error:
            self.problems.append(row.problem(error.message, error.name))
        if len(self.problems) > before or organisation is None:
            return None
        try:
            stated = _CONVERTER.structure({**fields, "place": row.place}, CLASSES[row.kind])
        except Exception as error:  # noqa: BLE001 - cattrs raises groups of any type; each is reported
            self.problems.extend(row.problem(message, ", ".join(path)) for path, message in problems_in(error))
            return None
        self.problems.extend(row.problem(message, name) for name, message in faults_of(stated))
        return Piece(organisation, stated, row)

    def _organisation(self, row: Row, fields: dict[str, Any]) -> Organisation | None:
        name, code = fields.pop("organisation", ""), str(fields.pop("code", "")).strip().upper()
        if not isinstance(name, str) or not name.strip():
            self.problems.append(
                row.problem("no organisation is given; write its name for the file or the row", "organisation")
            )
            return None
        if code and not re.fullmatch(r"[A-Z0-9]{3,8}", code):
            self.problems.append(
                row.problem(f"'{code}' is not shaped like an organisation code (ODS), such as RR8", "code")
            )
        return Organisation(name.strip(), code)


_CONVERTER = make_converter()
