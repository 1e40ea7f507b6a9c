"""The workbook to work in: what is in the way of the next grades as an action plan, with columns to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from equityrules.model.result import Assessment
from equityrules.model.vocabulary import Vocabulary
from equityrules.priorities import Step, steps
from equityrules.reports import words
from equityrules.reports.board import Board
from equityrules.reports.priorities.words import lever_words, reason_words, serves_words, title_of
from equityrules.reports.spreadsheet.publication import NOTHING
from equityrules.reports.spreadsheet.publication import title_of as title_of_book
from equityrules.reports.spreadsheet.sheets import Book, Column, Front, Row, Sheet, sheet
from equityrules.reports.spreadsheet.standings import WHOSE, standings_sheet, told_once, whose
from equityrules.reports.spreadsheet.texts import actions_sheet
from equityrules.reports.spreadsheet.workbook import write_book

STATUSES = ("not started", "in progress", "done", "stopped")
_NO_BOARD = Board()
_INTERNAL = "For work inside the organisation, not for publication: small numbers and internal remarks are shown."
_HOW = (
    "The sheet Action_plan has a row for each thing that stands between you and a next grade, most effect first: what "
    "serves several frameworks or criteria comes before what serves one.",
    "Where there are several ways to close a gap, any one of them is enough, and less of it is not.",
    "The last columns are yours: what you will do, who, by when, and how far it is. Filter and sort as you like.",
    "A row that says 'missing evidence' may need nothing but the evidence: what was not known counts neither for nor "
    "against you.",
    "Standings, Findings and Remarks are for looking up; Actions is the plan that your evidence holds already.",
)
_TO_FILL_IN = (
    Column("What we will do", to_fill_in=True),
    Column("Owner", to_fill_in=True),
    Column("By when (date)", to_fill_in=True),
    Column("How far it is", choices=STATUSES, to_fill_in=True),
    Column("Note", to_fill_in=True),
)


def render_working_xlsx(assessments: Sequence[Assessment], beside: Board = _NO_BOARD) -> bytes:
    """Return the workbook to work in: the gaps as an action plan, and everything that was found beside it.

    `beside` says what to call items; without it they are called by their ids.
    """
    found = [
        *_plan(assessments, beside.vocabulary),
        *standings_sheet(assessments),
        *_findings(assessments),
        *actions_sheet(assessments),
        *_remarks(assessments),
    ]
    author = "; ".join(dict.fromkeys(one.organisation for one in assessments))
    sheets = tuple(map(_marked, told_once(assessments, found)))
    return write_book(Book(_front(assessments), author, sheets), working=True)


def _marked(one: Sheet) -> Sheet:
    """Return a sheet that says it is for the organisation's own eyes."""
    return evolve(one, lines=(_INTERNAL, *one.lines))


def _front(assessments: Sequence[Assessment]) -> Front:
    if not assessments:
        return Front(NOTHING, ())
    assumed = dict.fromkeys(words.hypothetical_words(one.receipt) for one in assessments)
    made = dict.fromkeys(said for one in assessments for said in words.receipt_words(one.receipt))
    sections = (
        ("Not for publication", tuple(filter(None, (_INTERNAL, *assumed)))),
        ("How to use it", _HOW),
        ("How it came about", tuple(words.sentence(one) for one in made)),
    )
    return Front(f"Working copy. {title_of_book(assessments)}", sections)


def _plan(assessments: Sequence[Assessment], vocabulary: Vocabulary) -> list[Sheet]:
    """Return the gaps as an action plan, organisation by organisation, most effect first."""
    columns = (
        Column("Rank"), "Organisation", "Serves", "Requirements", "What is asked", "How it stands",
        Column("Short by", "0.00"), "Unit", "Kind", "What is enough (any one)", "Basis", "Planned already",
        *_TO_FILL_IN,
    )  # fmt: skip
    rows = [
        (number, own[0].organisation, *_step(own, step, vocabulary), *(None for _ in _TO_FILL_IN))
        for own in _by_organisation(assessments)
        for number, step in enumerate(steps(own), 1)
    ]
    return sheet("Action_plan", "Action plan: what stands between you and the next grades", columns, rows)


def _by_organisation(assessments: Sequence[Assessment]) -> Iterator[list[Assessment]]:
    names = dict.fromkeys((one.organisation, one.organisation_code) for one in assessments)
    for name in names:
        yield [one for one in assessments if (one.organisation, one.organisation_code) == name]


def _step(assessments: Sequence[Assessment], step: Step, vocabulary: Vocabulary) -> Row:
    because = dict.fromkeys(reason_words(vocabulary, one.because) for one in step.serves)
    return (
        "\n".join(serves_words(step)),
        "\n".join(dict.fromkeys(one.requirement for one in step.serves)),
        title_of(step),
        "\n".join(because),
        step.shortfall,
        step.unit,
        "\n".join(dict.fromkeys(str(one.kind) for one in step.serves)),
        "\n".join(lever_words(vocabulary, lever) for lever in step.levers),
        "\n".join(_bases(assessments, step)),
        "\n".join(_planned(assessments, step)),
    )


def _bases(assessments: Sequence[Assessment], step: Step) -> list[str]:
    """Return on whose word the requirements stand that a step is for."""
    wanted = {(str(one.framework), one.requirement) for one in step.serves}
    found = (
        str(finding.basis)
        for one in assessments
        for _, finding in one.findings()
        if (str(one.framework), finding.requirement) in wanted
    )
    return list(dict.fromkeys(found))


def _planned(assessments: Sequence[Assessment], step: Step) -> list[str]:
    """Return the actions of the organisation's plan that name a criterion or a requirement of a step."""
    places = {f"{one.framework.id}/{one.criterion}" for one in step.serves}
    places |= {f"{one.framework.id}/{one.requirement}" for one in step.serves}
    lines = (line for one in assessments for line in one.actions)
    return list(dict.fromkeys(line.text for line in lines if places.intersection(line.about)))


def _findings(assessments: Sequence[Assessment]) -> list[Sheet]:
    columns = (
        *WHOSE,
        "Criterion",
        "Requirement",
        "What it asks",
        "Asked for",
        "Outcome",
        "Why",
        "Explanation",
        "Basis",
    )
    rows = [
        (
            *whose(one), criterion.id, finding.requirement, finding.text, finding.grade.label,
            words.outcome_words(finding), finding.because, finding.explained, str(finding.basis),
        )
        for one in assessments
        for criterion, finding in one.findings()
    ]  # fmt: skip
    return sheet("Findings", "Every requirement, and how it came out", columns, rows)


def _remarks(assessments: Sequence[Assessment]) -> list[Sheet]:
    columns = (*WHOSE, "Kind", "About", "What was found", "Effect", "Internal")
    rows = [
        (*whose(one), str(told.severity), told.where, told.message, told.effect, "internal" if told.internal else "")
        for one in assessments
        for told in one.remarks
    ]
    return sheet("Remarks", "What to know of the evidence, internal remarks included", columns, rows)
