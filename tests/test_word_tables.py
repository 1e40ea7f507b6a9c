"""Tables of Word documents as records of text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from evidence_builders import refused

from equityrules.loading.word_tables import read_word_tables

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(folder: Path, body: str, name: str = "plan.docx") -> Path:
    """Return a Word document with this in its body."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        text = f'<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", text)
    return path


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(one if one.startswith('<') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


HEADER = row("Action", "Lead", "Due")
RESTART, GOES_ON, WIDE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'


def records(folder: Path, *rows: str) -> list[tuple[str, ...]]:
    [only] = read_word_tables(document(folder, table(*rows)))
    return [cells for _, cells in only.records]


def test_a_table_is_its_headings_and_rows_with_the_text_above_it(tmp_path):
    body = paragraph("Our plan") + table(HEADER, row("Publish figures", "Director", "May"))
    [only] = read_word_tables(document(tmp_path, body))
    assert (only.number, only.title) == (1, "Our plan")
    assert only.records == ((1, ("Action", "Lead", "Due")), (2, ("Publish figures", "Director", "May")))
    assert only.place(2, "Due") == "table 1, row 2, column Due"


def test_every_table_is_numbered_as_it_stands_in_the_document(tmp_path):
    body = table(row("only a heading")) + table(HEADER, row("a", "b", "c")) + table(HEADER, row("d", "e", "f"))
    assert [one.number for one in read_word_tables(document(tmp_path, body))] == [2, 3]


def test_text_merged_over_rows_stands_in_each(tmp_path):
    rows = records(tmp_path, HEADER, row(cell("Aim 1", RESTART), "A", "May"), row(cell("", GOES_ON), "B", "June"))
    assert rows[1:] == [("Aim 1", "A", "May"), ("Aim 1", "B", "June")]


def test_text_merged_over_columns_stands_in_the_first(tmp_path):
    assert records(tmp_path, HEADER, row(cell("Aim 1", WIDE), "May"))[1:] == [("Aim 1", "", "May")]


def test_a_short_row_is_filled_up(tmp_path):
    assert records(tmp_path, HEADER, row("a"))[1:] == [("a", "", "")]


def test_headings_repeated_on_another_page_are_no_row(tmp_path):
    assert len(records(tmp_path, HEADER, row("a", "b", "c"), HEADER, row("d", "e", "f"))) == 3


def test_empty_rows_keep_the_numbers_of_the_others(tmp_path):
    [only] = read_word_tables(document(tmp_path, table(HEADER, row("", "", ""), row("a", "b", "c"))))
    assert [number for number, _ in only.records] == [1, 3]


def test_tracked_insertions_count_and_deletions_do_not(tmp_path):
    text = (
        "<w:tc><w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p></w:tc>"
    )
    assert records(tmp_path, HEADER, row(text, "b", "c"))[1:] == [("kept", "b", "c")]


def test_rows_and_cells_in_content_controls_count(tmp_path):
    wrapped = f"<w:sdt><w:sdtContent>{row('a', '<w:sdt><w:sdtContent>' + cell('Red') + '</w:sdtContent></w:sdt>', 'c')}"
    assert records(tmp_path, HEADER, f"{wrapped}</w:sdtContent></w:sdt>")[1:] == [("a", "Red", "c")]


def test_paragraphs_of_a_cell_stay_apart(tmp_path):
    text = f"<w:tc>{paragraph('one')}{paragraph('two')}</w:tc>"
    assert records(tmp_path, HEADER, row(text, "b", "c"))[1:] == [("one\ntwo", "b", "c")]


def test_a_table_inside_a_cell_is_text_of_that_cell(tmp_path):
    text = f"<w:tc>{table(row('x', 'y'))}</w:tc>"
    assert records(tmp_path, HEADER, row(text, "b", "c"))[1:] == [("x | y", "b", "c")]


def zipped(name: str, content: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xd0\xcf\x11\xe0 old", "is a document of an old Word, or protected by a password"),
        (b"PK\x03\x04 cut off", "is damaged, or no Word document; copy it again"),
        (b"Our plan", "is damaged, or no Word document"),
        (zipped("xl/workbook.xml", "x"), "is no Word document"),
        (zipped("word/document.xml", "<w"), "is damaged, or no Word document"),
        (zipped("word/document.xml", "<a/>"), "is damaged, or no Word document"),
    ],
)
def test_a_file_that_is_no_word_document_is_refused(tmp_path, content, why):
    path = tmp_path / "plan.docx"
    path.write_bytes(content)
    with refused(f"plan.docx: {why}"):
        read_word_tables(path)


def test_a_document_without_tables_is_refused(tmp_path):
    with refused("plan.docx: has no table with rows in it; put each action into a row of a table"):
        read_word_tables(document(tmp_path, paragraph("We will do better.")))


def test_tables_nested_far_too_deeply_are_refused(tmp_path):
    deep = "<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000
    with refused("plan.docx: "):
        read_word_tables(document(tmp_path, deep))


def test_a_document_of_python_docx_is_read(tmp_path):
    docx = pytest.importorskip("docx", reason="python-docx is not installed here; .ci/run installs it with the extras")
    made = docx.Document()
    made.add_heading("Action plan", 1)
    grid = made.add_table(rows=3, cols=2)
    for at, text in enumerate(("Action", "Lead", "Publish figures", "Director", "Report", "")):
        grid.cell(at // 2, at % 2).text = text
    grid.cell(1, 1).merge(grid.cell(2, 1))
    made.save(tmp_path / "plan.docx")
    [only] = read_word_tables(tmp_path / "plan.docx")
    assert only.title == "Action plan"
    assert [cells for _, cells in only.records][1:] == [("Publish figures", "Director"), ("Report", "Director")]
