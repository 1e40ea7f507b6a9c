"""Makes a line of a plan from its cells: what it cites, when it is due, how far it is, its numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from equityrules.model.plan import Citation, PlanLine, PlanStatus
from equityrules.model.plan_rules import PlanRules
from equityrules.plans.citations import Surroundings, read_citations, unread_parts
from equityrules.plans.dues import read_due
from equityrules.plans.numbers import read_number

_CITING = ("action", "measure", "section")
"""The texts that may cite frameworks, beside the column of criteria."""

_ENOUGH = 1000
"""Letters of a cell that are looked at for what tells frameworks of one name apart."""


@frozen
class LineReader:
    """Reads the lines of one plan; `settled` and `statuses` are what its own map says of names and of statuses."""

    rules: PlanRules
    written: date | None = None
    settled: Mapping[str, str] = {}
    statuses: Mapping[str, PlanStatus] = {}

    def read(
        self,
        cells: Mapping[str, str],
        row: int,
        headings: Mapping[str, str] | None = None,
        criteria: Sequence[tuple[str, str]] = (),
        part: str = "",
    ) -> PlanLine:
        """Return a line from its texts by the names of `CELLS`; blank ones are left out.

        `criteria` are heading and text of each column of criteria, where the plan has several; `part` is what of a
        document or workbook the row is in ("table 2").
        """
        given = {name: text.strip() for name, text in cells.items() if text.strip()}
        name = given.get("id") or " ".join(filter(None, (part, f"row {row}")))
        line = PlanLine(id=name, row=row, part=part, cells=given, headings=headings or {})
        said = " ; ".join(given.get(name, "")[:_ENOUGH] for name in ("criteria", "aim", *_CITING))
        return evolve(
            line,
            citations=self._citations(given, said, criteria or [("criteria", given.get("criteria", ""))]),
            unread=unread_parts(given.get("criteria", ""), self.rules),
            due=read_due(given.get("due", "")),
            status=read_status(given.get("status", ""), {**self.rules.statuses, **self.statuses}),
            baseline=read_number(given.get("baseline", "")),
            target=read_number(given.get("target", "")),
        )

    def _citations(
        self, given: Mapping[str, str], said: str, criteria: Sequence[tuple[str, str]]
    ) -> tuple[Citation, ...]:
        """Return what the column of criteria cites and, where other texts name more, that too."""
        around = Surroundings(said, self.written, self.settled)
        found = [one for column, text in criteria for one in read_citations(text, self.rules, around, column)]
        for name in _CITING:
            loose = evolve(around, firm=False)
            for one in read_citations(given.get(name, ""), self.rules, loose, name):
                if not _told(one, found):
                    found.append(one)
        return tuple(found)


def _told(one: Citation, found: Sequence[Citation]) -> bool:
    """Whether the same part, or for a framework as a whole any of its parts, is cited already."""
    return any(
        other.framework in one.choices or (one.framework == other.framework and one.part in ("", other.part))
        for other in found
    )


def read_status(text: str, words: Mapping[str, PlanStatus]) -> PlanStatus | None:
    """Return a status from a word or a colour, alone or first ("Amber - some risk"); None where it is no such word."""
    folded = " ".join(re.sub(r"[-_]", " ", text.casefold()).split())
    if folded in words:
        return words[folded]
    starts = [word for word in words if re.match(rf"{re.escape(word)}(?![a-z/])", folded)]
    return words[max(starts, key=len)] if starts else None
