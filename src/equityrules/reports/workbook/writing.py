"""Writes the sheets of an evidence workbook with XlsxWriter; all text is written as text, never as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import define, field

from equityrules.reports.workbook.layout import (
    DAY,
    GAP,
    MACHINE,
    NUMBER,
    SUM,
    TEXT,
    Block,
    Column,
    Line,
    Page,
    counted_columns,
    worked_cells,
)
from equityrules.reports.workbook.styles import Styles

LISTS = "Lists"
"""The hidden sheet with the choices of drop-downs that are too long to stand in a cell's own rule."""

_LONGEST_RULE = 255
_A4 = 9
LINE = 15
"""Points of a line of text. Excel would find the height of a row by itself; LibreOffice does not."""
_FIRST = 3
"""Rows above the first table of a sheet: its title, what goes there, and a blank one."""


@define
class Writer:
    """Writes sheets into a workbook."""

    book: Any
    styles: Styles
    lists: dict[tuple[str, ...], str] = field(factory=dict)

    def write_page(self, page: Page) -> None:
        """Write one sheet: its title, what goes there, and its blocks below each other."""
        sheet = self.book.add_worksheet(page.name)
        sheet.write_string(0, 0, page.name, self.styles["title"])
        sheet.write_string(1, 0, page.says, self.styles["says"])
        row = _FIRST
        for number, block in enumerate(page.blocks):
            row = self._write_block(sheet, block, row, with_worked=number == 0) + 2
        self._set_columns(sheet, page)
        self._set_up(sheet, page)

    def write_lists(self) -> None:
        """Write the hidden sheet with the long lists that drop-downs offer."""
        if not self.lists:
            return
        sheet = self.book.get_worksheet_by_name(LISTS)
        for column, choices in enumerate(self.lists):
            for row, choice in enumerate(choices):
                sheet.write_string(row, column, choice)
        sheet.hide()

    def _write_block(self, sheet: Any, block: Block, row: int, with_worked: bool) -> int:  # noqa: ANN401 - no types
        """Write a block from a row on; return the row below it."""
        for text, style in ((block.title, "block"), (block.says, "says")):
            if text:
                sheet.write_string(row, 0, text, self.styles[style])
                row += 1
        self._write_headings(sheet, block.columns, row)
        row += 1
        if with_worked:
            self._write_worked(sheet, block.columns, row)
            row += 1
        first = row
        for line in (*block.lines, *[Line({})] * block.spare):
            self._write_line(sheet, block.columns, line, row)
            sheet.set_row(row, LINE * max(block.height, _lines_needed(block.columns, line)))
            row += 1
        for position, column in enumerate(block.columns):
            self._restrict(sheet, column, position, first, row - 1)
        return row

    def _write_headings(self, sheet: Any, columns: Sequence[Column], row: int) -> None:  # noqa: ANN401 - no types
        for position, column in enumerate(columns):
            if column.use != GAP:
                sheet.write_string(row, position, column.heading, self.styles["heading"])
            if column.note:
                sheet.write_comment(row, position, column.note, {"x_scale": 1.6, "author": "equityrules"})
        sheet.set_row(row, LINE * max(lines_of(column.heading, column.width - 4) for column in columns))

    def _write_worked(self, sheet: Any, columns: Sequence[Column], row: int) -> None:  # noqa: ANN401 - no types
        cells = worked_cells(columns, counted_columns(columns))
        for position, column in enumerate(columns):
            value = cells.get(column.heading, "")
            if column.use == GAP:
                continue
            if isinstance(value, str):
                self._write_text(sheet, row, position, value, "worked")
            else:
                sheet.write_number(row, position, value, self.styles["worked"])

    def _write_line(self, sheet: Any, columns: Sequence[Column], line: Line, row: int) -> None:  # noqa: ANN401 - no types
        for position, column in enumerate(columns):
            if column.use == SUM:
                self._write_sum(sheet, columns, row, position)
            elif column.use != GAP:
                text = line.cells.get(column.heading, "")
                self._write_text(sheet, row, position, text, TEXT if column.choices and not text else column.use)
            if choices := line.choices.get(column.heading):
                self._offer(sheet, choices, column.strict, (row, position, row, position))

    def _write_text(self, sheet: Any, row: int, column: int, text: str, style: str) -> None:  # noqa: ANN401 - no types
        if text:
            sheet.write_string(row, column, text, self.styles[style])
        else:
            sheet.write_blank(row, column, None, self.styles[style])

    def _write_sum(self, sheet: Any, columns: Sequence[Column], row: int, position: int) -> None:  # noqa: ANN401 - no types
        counted = [at for at, column in enumerate(columns) if column.use == NUMBER]
        first, last = (f"{_letter(at)}{row + 1}" for at in (counted[0], counted[-1]))
        formula = f'=IF(COUNT({first}:{last})=0,"",SUM({first}:{last}))'
        sheet.write_formula(row, position, formula, self.styles[SUM], "")

    # --- what may be filled in -----------------------------------------------------------------------------------

    def _restrict(self, sheet: Any, column: Column, position: int, first: int, last: int) -> None:  # noqa: ANN401 - no types
        """Give the cells of a column to fill in their drop-down, or a warning at what it cannot be."""
        if last < first:
            return
        area = (first, position, last, position)
        if column.choices:
            self._offer(sheet, column.choices, column.strict, area)
        elif column.use == NUMBER:
            rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_type": "warning"}
            message = "This wants a number, in digits only. Leave it blank if it is not known."
            sheet.data_validation(*area, {**rule, "error_title": "Not a number", "error_message": message})
        elif column.use == DAY:
            rule = {"validate": "date", "criteria": ">=", "value": date(1990, 1, 1), "error_type": "warning"}
            message = "This wants a day, such as 28/02/2023."
            sheet.data_validation(*area, {**rule, "error_title": "Not a day", "error_message": message})

    def _offer(self, sheet: Any, choices: tuple[str, ...], strict: bool, area: tuple[int, int, int, int]) -> None:  # noqa: ANN401 - no types
        source: Any = list(choices)
        if len(",".join(choices)) > _LONGEST_RULE or any("," in one for one in choices):
            source = self._listed(choices)
        rule = {"validate": "list", "source": source, "error_type": "warning", "show_error": strict}
        message = "This is not one of the list. What is written here is read as it stands."
        sheet.data_validation(*area, {**rule, "error_title": "Not in the list", "error_message": message})

    def _listed(self, choices: tuple[str, ...]) -> str:
        """Return the range of the hidden sheet that holds some choices."""
        if not self.lists:
            self.book.add_worksheet(LISTS)
        letter = _letter(list(self.lists).index(choices) if choices in self.lists else len(self.lists))
        return self.lists.setdefault(choices, f"={LISTS}!${letter}$1:${letter}${len(choices)}")

    # --- how it looks on screen and on paper ---------------------------------------------------------------------

    def _set_columns(self, sheet: Any, page: Page) -> None:  # noqa: ANN401 - no types
        widths: dict[int, int] = {}
        for block in page.blocks:
            for position, column in enumerate(block.columns):
                widths[position] = max(widths.get(position, 0), column.width)
        for position, width in widths.items():
            sheet.set_column(position, position, width)
        printed = [at for block in page.blocks for at, column in enumerate(block.columns) if column.use != MACHINE]
        sheet.print_area(0, 0, sheet.dim_rowmax, max(printed))

    def _set_up(self, sheet: Any, page: Page) -> None:  # noqa: ANN401 - no types
        """Freeze the headings, and let lists be filtered and head every printed page."""
        print_on_a4(sheet)
        header = _FIRST + sum(map(bool, (page.blocks[0].title, page.blocks[0].says)))
        if not page.is_list:
            sheet.freeze_panes(2, 1)
            return
        sheet.freeze_panes(header + 1, 1)
        sheet.repeat_rows(header)
        block = page.blocks[0]
        if block.lines:
            sheet.autofilter(header, 0, header + 1 + len(block.lines) + block.spare, len(block.columns) - 1)


def print_on_a4(sheet: Any, pages_high: int = 0) -> None:  # noqa: ANN401 - XlsxWriter has no types
    """Let a sheet print landscape on A4, one page wide, and as many high as it takes or as are named."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, pages_high)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&L&A&RPage &P of &N")


def _lines_needed(columns: Sequence[Column], line: Line) -> int:
    """Return how many lines of text the fullest cell of a row takes up, in the width of its column."""
    texts = ((line.cells.get(column.heading, ""), column) for column in columns if column.use != MACHINE)
    return max(lines_of(text, column.width) for text, column in texts)


def lines_of(text: str, width: int) -> int:
    """Return how many lines some text takes up in a column of a width in characters, rather one too many."""
    return max(1, -(-len(text) // width))


def _letter(position: int) -> str:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - only with XlsxWriter at hand

    return str(xl_col_to_name(position))
