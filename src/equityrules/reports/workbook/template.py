"""The evidence workbook to fill in, whole: a first sheet, and one for each area of what some frameworks read."""

from __future__ import annotations

import importlib
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from equityrules.loading.workbook import labels
from equityrules.model.extras import brought_by
from equityrules.model.framework import Framework
from equityrules.model.vocabulary import Vocabulary
from equityrules.reading import cells_read, items_read
from equityrules.reports.templates import Missing
from equityrules.reports.workbook.awards import award_pages
from equityrules.reports.workbook.items import Asked, item_pages
from equityrules.reports.workbook.layout import Page
from equityrules.reports.workbook.own_words import own_pages
from equityrules.reports.workbook.styles import Styles
from equityrules.reports.workbook.writing import LINE, Writer, lines_of, print_on_a4

FIRST = "Start here"
_CREATED = datetime(2000, 1, 1)
_WIDTHS = (34, 62, 44)
"""Characters, of the columns of the first sheet."""
_MOST_HOLDERS = 6
_TITLE_HEIGHT = 44
"""Points: two lines of a title, for the names of several frameworks."""
_STEPS = (
    "Fill in the coloured cells on this sheet: the organisation and the period come first.",
    "Fill in what you have on the other sheets and leave the rest blank. Blank means not known; it is never a fail.",
    "The grey row in italics at the top of each sheet is an example. It is not read, so leave it as it is.",
    "Do not rename headings, and leave the small grey columns on the right as they are: rows are known by them.",
    "You may hide, filter, sort and delete rows, add rows under a table, and add sheets of your own for notes.",
)


def workbook_template(frameworks: Sequence[Framework], vocabulary: Vocabulary, missing: Missing | None = None) -> bytes:
    """Return an .xlsx file: a first sheet with the header, and a sheet for each area, with blanks to fill in.

    With `missing` it has the header, filled in, and the items that are missing. Raises MissingExtraError
    without XlsxWriter.
    """
    pages = _pages(frameworks, vocabulary, missing)
    stream = io.BytesIO()
    with brought_by("excel", "workbooks"):
        book = importlib.import_module("xlsxwriter").Workbook(stream, {"in_memory": True})
    book.set_properties({"title": _title(frameworks), "created": _CREATED, "author": "equityrules"})
    writer = Writer(book, Styles(book))
    _write_first(writer, frameworks, pages, missing)
    for page in pages:
        writer.write_page(page)
    writer.write_lists()
    book.close()
    return stream.getvalue()


def _pages(frameworks: Sequence[Framework], vocabulary: Vocabulary, missing: Missing | None) -> list[Page]:
    serves = items_read(frameworks, vocabulary)
    cells = missing.cells if missing else {
        name: cells_read(frameworks, vocabulary, vocabulary.items[name]) for name in serves
    }  # fmt: skip
    items = item_pages(Asked(vocabulary, cells, serves))
    return items if missing else [*award_pages(frameworks), *items, *own_pages(frameworks, vocabulary)]


def _title(frameworks: Sequence[Framework]) -> str:
    return f"Evidence for {', '.join(framework.title for framework in frameworks)}"


# --- the first sheet ---------------------------------------------------------------------------------------------


def _write_first(
    writer: Writer, frameworks: Sequence[Framework], pages: Sequence[Page], missing: Missing | None
) -> None:
    sheet, styles = writer.book.add_worksheet(FIRST), writer.styles
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 2, _title(frameworks), styles["cover"])
    sheet.set_row(0, _TITLE_HEIGHT)
    row = _write_fields(sheet, styles, missing)
    sheet.write_string(row, 0, "How to fill it in", styles["block"])
    for number, step in enumerate(_STEPS, 1):
        sheet.merge_range(row + number, 0, row + number, 2, f"{number}. {step}", styles["words"])
    row += len(_STEPS) + 2
    _write_contents(sheet, styles, pages, row)
    print_on_a4(sheet, pages_high=1)


def _write_fields(sheet: Any, styles: Styles, missing: Missing | None) -> int:  # noqa: ANN401 - XlsxWriter has no types
    """Write the fields that hold for every row; return the row below them."""
    fields = (
        (labels.ORGANISATION, missing.organisation if missing else "", "Its full name."),
        (labels.CODE, missing.code if missing else "", "If you want it in the result."),
        (labels.PERIOD, missing.period if missing else "", "The year the evidence is for, such as 2023/24."),
        (labels.SAID_BY, "", "Who says so, such as the EDI lead."),
        (labels.FROM_WHERE, "", "Such as the name of an evidence pack."),
    )
    for row, (label, value, says) in enumerate(fields, 2):
        sheet.write_string(row, 0, label, styles["heading"])
        if value:
            sheet.write_string(row, 1, value, styles["field"])
        else:
            sheet.write_blank(row, 1, None, styles["field"])
        sheet.write_string(row, 2, says, styles["says"])
    return 2 + len(fields) + 1


def _write_contents(sheet: Any, styles: Styles, pages: Sequence[Page], row: int) -> None:  # noqa: ANN401 - no types
    """Write what is on the other sheets, each with a link to it."""
    for column, heading in enumerate(("Sheet", "What goes there", "Who usually holds it")):
        sheet.write_string(row, column, heading, styles["heading"])
    for number, page in enumerate(pages, row + 1):
        sheet.write_url(number, 0, f"internal:'{page.name}'!A1", styles["link"], page.name)
        sheet.write_string(number, 1, page.says, styles["words"])
        holders = _listed(page.holders)
        sheet.write_string(number, 2, holders, styles["words"])
        sheet.set_row(number, LINE * max(lines_of(page.says, _WIDTHS[1]), lines_of(holders, _WIDTHS[2])))


def _listed(holders: Sequence[str]) -> str:
    """Return who holds something; of very many the first, and where the others stand."""
    if len(holders) <= _MOST_HOLDERS:
        return ", ".join(holders)
    others = len(holders) - _MOST_HOLDERS
    return f"{', '.join(holders[:_MOST_HOLDERS])} and {others} others: filter the sheet by that column"
