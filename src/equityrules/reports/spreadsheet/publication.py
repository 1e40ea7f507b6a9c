"""The workbook to publish: cover, contents, notes, and a sheet with one marked table for each kind of thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from equityrules.model.basis import BASIS_MEANINGS, Basis
from equityrules.model.result import Assessment
from equityrules.reports import words
from equityrules.reports.spreadsheet.cells import SHORTHAND
from equityrules.reports.spreadsheet.figures import figure_sheets
from equityrules.reports.spreadsheet.sheets import Book, Column, Front, Sheet, sheet
from equityrules.reports.spreadsheet.standings import judged_sheets, told_once
from equityrules.reports.spreadsheet.texts import text_sheets
from equityrules.reports.spreadsheet.workbook import write_book

NOTHING = "Nothing was assessed."
_ONE_TABLE = "This worksheet contains one table."
_HAS_SHORTHAND = "Some cells hold shorthand, which the Notes worksheet explains."


def render_xlsx(assessments: Sequence[Assessment]) -> bytes:
    """Return the workbook to publish, by the government's checklist: nothing merged, empty, coloured or worked out."""
    found = [*judged_sheets(assessments), *figure_sheets(assessments), *text_sheets(assessments)]
    tables = [_introduced(one) for one in told_once(assessments, found)]
    notes = _notes(assessments, tables) if tables else []
    contents = _contents([*notes, *tables])
    author = "; ".join(dict.fromkeys(one.organisation for one in assessments))
    return write_book(Book(_front(assessments), author, (*contents, *notes, *tables)))


def title_of(assessments: Sequence[Assessment]) -> str:
    """Return what a workbook is called: the framework and organisation, or how many of each."""
    titles = dict.fromkeys(one.framework.title for one in assessments)
    organisations = dict.fromkeys(one.organisation for one in assessments)
    of = next(iter(organisations)) if len(organisations) == 1 else f"{len(organisations)} organisations"
    return f"{'; '.join(titles)}: {of}" if titles else NOTHING


def _front(assessments: Sequence[Assessment]) -> Front:
    about = "What was assessed, where each part stands, the figures behind it and on whose word each rule is."
    sections = [("About this workbook", (about, *_assumed(assessments)))] if assessments else []
    return Front(title_of(assessments), (*sections, *(_about(one) for one in assessments)))


def _assumed(assessments: Sequence[Assessment]) -> Iterator[str]:
    return (words.hypothetical_words(one.receipt) for one in assessments if one.receipt.hypothetical)


def _about(assessment: Assessment) -> tuple[str, tuple[str, ...]]:
    """Return what the cover says of one assessment: where the whole stands, for when, and how it came about."""
    code = f" ({assessment.organisation_code})" if assessment.organisation_code else ""
    grade = words.word(assessment, "grade")
    said = (
        f"{assessment.organisation}{code}, {assessment.period}, as of {assessment.as_of}",
        f"overall {grade}: {words.grade_and_points(assessment.overall)}",
        words.next_step(assessment.overall),
        words.reference_words(assessment),
        words.deadlines_words(assessment),
        words.rules_words(assessment),
        *words.receipt_words(assessment.receipt),
    )
    return f"{assessment.framework.title} ({assessment.framework})", tuple(words.sentence(one) for one in said if one)


def _introduced(one: Sheet) -> Sheet:
    """Return a sheet with what the checklist wants above its table."""
    said = (_ONE_TABLE, *((_HAS_SHORTHAND,) if one.shorthand else ()), *one.lines)
    return evolve(one, lines=said)


def _notes(assessments: Sequence[Assessment], tables: Iterable[Sheet]) -> list[Sheet]:
    """Return the sheet of notes: the shorthand that is used, and what each basis means."""
    used = dict.fromkeys(mark for one in tables for mark in one.shorthand)
    bases = {basis for one in assessments for basis in words.rules_by_basis(one)}
    bases |= {basis for one in assessments for _, basis in words.methods(one)}
    rows = [
        *((mark, meaning) for mark, meaning in SHORTHAND.items() if mark in used),
        *((f"basis: {basis}", words.sentence(BASIS_MEANINGS[basis])) for basis in Basis if basis in bases),
    ]
    return sheet("Notes", "Notes: shorthand and words", ("Marker", "Meaning"), rows, _ONE_TABLE)


def _contents(sheets: Sequence[Sheet]) -> list[Sheet]:
    rows = [(one.name, one.title) for one in sheets]
    columns = (Column("Worksheet", to_sheets=True), Column("What it holds"))
    return [_introduced(one) for one in sheet("Contents", "Contents", columns, rows)]
