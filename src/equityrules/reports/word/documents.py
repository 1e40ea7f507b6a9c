"""Whole documents: a report of one or more assessments, with its title, contents and charts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from attrs import frozen

from equityrules.model.result import Assessment
from equityrules.reports.blocks import Block, Heading, Paragraph, Picture, table
from equityrules.reports.board import Board, earlier_of
from equityrules.reports.charts import charts_of
from equityrules.reports.markdown import report
from equityrules.reports.word.house import Setting, open_document
from equityrules.reports.word.pages import Writer
from equityrules.reports.words import Level, hypothetical_words, plain
from equityrules.reports.zipping import without_times

NOTHING = "Nothing was assessed."
_NO_BOARD = Board()


@frozen
class Part:
    """One report in a document: its blocks, what it is about, and the day it stands for.

    `hypothetical` says what was assumed; it then stands at the top of every page.
    """

    blocks: tuple[Block, ...]
    title: str
    organisation: str
    day: date
    hypothetical: str = ""


def part_of(assessment: Assessment, blocks: Iterable[Block]) -> Part:
    """Return the report of one assessment as part of a document."""
    said = tuple(blocks)
    title = next((one.text for one in said if isinstance(one, Heading)), assessment.framework.title)
    return Part(said, plain(title), assessment.organisation, assessment.as_of, hypothetical_words(assessment.receipt))


def render_docx(assessments: Sequence[Assessment], template: Path | None = None, beside: Board = _NO_BOARD) -> bytes:
    """Return a Word document with the report of every assessment, each on pages of its own.

    `template` is a Word document whose styles, page, headers and footers are used; what stands in it is left out.
    `beside` holds the assessments of earlier periods, for charts of progress. Raises InvalidInputError where the
    template is no Word document.
    """
    reports = (report(one, partial(draw, one, earlier_of(beside, one))) for one in assessments)
    return write_document([part_of(one, said) for one, said in zip(assessments, reports, strict=True)], template)


def draw(assessment: Assessment, earlier: Sequence[Assessment], level: Level) -> Iterator[Block]:
    """Yield the charts of the whole, a group or a criterion, each with what it shows as a table below it."""
    for chart in charts_of(assessment, level, earlier):
        yield Picture(chart.title, chart.description, chart.svg)
        yield from table(chart.columns, chart.rows)


def write_document(parts: Sequence[Part], template: Path | None = None, empty: str = NOTHING) -> bytes:
    """Return a Word document of these parts; `empty` is what it says where there are none. Raises as `render_docx`."""
    given = parts or [Part((Heading(1, empty), Paragraph(empty)), empty, "", date(1980, 1, 1))]
    title, organisations = _title(given), list(dict.fromkeys(one.organisation for one in given))
    hypothetical = next((one.hypothetical for one in given if one.hypothetical), "")
    day = max(one.day for one in given)
    document = open_document(Setting(title, "; ".join(organisations), day, hypothetical), template)
    writer = Writer(document, alone=len(given) == 1)
    writer.write_front(title, [one.blocks for one in given])
    for number, one in enumerate(given):
        writer.write_part(one.blocks, new_page=number > 0)
    out = io.BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def _title(parts: Sequence[Part]) -> str:
    """Return the title of the whole: that of its one part, or whose assessments these are."""
    if len(parts) == 1:
        return parts[0].title
    organisations = list(dict.fromkeys(plain(one.organisation) for one in parts))
    of = organisations[0] if len(organisations) == 1 else f"{len(organisations)} organisations"
    return f"Assessments of {of}"
