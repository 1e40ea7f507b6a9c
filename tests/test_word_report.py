"""The Word reports: real styles and headings, words for pictures, the same bytes each time, in a house's own look."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile

import docx
import pytest
from attrs import evolve
from builders import ACHIEVING, assessment, criterion, finding, full_assessment, remark
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from equityrules.bundled.eds import equityrules_reports
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import document, example, parts, told

from equityrules.model.extras import MissingExtraError
from equityrules.model.finding import Outcome
from equityrules.model.problems import InvalidInputError
from equityrules.model.result import CoverText, NarrativeText
from equityrules.reports import renderer
from equityrules.reports.blocks import Heading, Picture, Table, bullets, heading, table
from equityrules.reports.markdown import render_markdown
from equityrules.reports.word import part_of, render_docx, write_document
from equityrules.reports.words import plain

render_eds_docx = equityrules_reports()["eds-docx"]
render_eds_report = equityrules_reports()["eds-report"]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/></svg>'


def written(*blocks, template=None):
    """Return the Word document of these blocks."""
    return document(write_document([part_of(full_assessment(), [Heading(1, "Title"), *blocks])], template))


def headings(given):
    return [(one.style.name, one.text) for one in given.paragraphs if one.style.name.startswith("Heading")]


def text_of(given):
    cells = [cell.text for one in given.tables for row in one.rows for cell in row.cells]
    return "\n".join([*(one.text for one in given.paragraphs), *cells])


@pytest.fixture
def house(tmp_path):
    """Return a house document: its own heading and footer, and none of our other styles."""
    made = docx.Document()
    made.add_paragraph("Text of the house that is no part of a report")
    made.styles["Heading 1"].font.name = "Georgia"
    for name in ("List Bullet", "Heading 3"):
        made.styles[name].delete()
    made.sections[0].footer.paragraphs[0].text = "Anytown: our footer"
    made.save(tmp_path / "house.docx")
    return tmp_path / "house.docx"


# --- structure


def test_headings_are_headings_and_the_first_is_the_title():
    made = written(*heading(2, "A part"), *heading(3, "A part of it"))
    assert made.paragraphs[0].style.name == "Title"
    assert headings(made) == [("Heading 1", "A part"), ("Heading 2", "A part of it")]


def test_of_several_reports_each_starts_a_page_under_a_heading_of_its_own():
    other = assessment(criterion("2A"), organisation="Othertown NHS Trust")
    made = document(render_docx([full_assessment(), other]))
    firsts = [text for style, text in headings(made) if style == "Heading 1"]
    assert made.paragraphs[0].text == "Assessments of 2 organisations"
    assert firsts == [
        "NHS Equality Delivery System 2022: Anytown NHS Trust",
        "NHS Equality Delivery System 2022: Othertown NHS Trust",
    ]
    assert len(made.element.findall(f".//{qn('w:br')}[@{qn('w:type')}='page']")) == 1


def test_the_contents_link_to_every_heading_they_list():
    made = document(render_docx([full_assessment()]))
    links = [one.get(qn("w:anchor")) for one in made.element.iter(qn("w:hyperlink"))]
    named = {one.get(qn("w:name")) for one in made.element.iter(qn("w:bookmarkStart"))}
    assert len(links) == len([style for style, _ in headings(made) if style in ("Heading 1", "Heading 2")]) > 4
    assert set(links) <= named


def test_the_contents_are_words_own_field_so_that_they_can_be_brought_up_to_date():
    made = document(render_docx([full_assessment()]))
    assert [one.text.split()[0] for one in made.element.iter(qn("w:instrText"))] == ["TOC"]
    kinds = [one.get(qn("w:fldCharType")) for one in made.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_a_short_report_has_no_contents():
    assert "Contents" not in text_of(written(*heading(2, "Only part")))


def test_lists_are_lists():
    made = written(*bullets(["one", "two"]))
    assert [one.text for one in made.paragraphs if one.style.name == "List Bullet"] == ["one", "two"]
    assert made.styles["List Bullet"].element.find(f".//{qn('w:numId')}") is not None


def test_the_heading_row_of_every_table_is_repeated_and_alone_so():
    for one in document(render_docx([full_assessment()])).tables:
        repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in one.rows]
        assert repeated == [True, *[False] * (len(one.rows) - 1)]


def test_tables_have_a_real_style_a_title_and_no_merged_cell():
    made = document(render_docx([full_assessment()]))
    assert {one.style.name for one in made.tables} == {"Report Table"}
    for one in made.tables:
        assert one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert not list(one._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))


def test_no_heading_of_a_table_is_empty():
    made = document(render_docx([*example("full-example-eds.toml"), *example("elht-figures-2023.toml")]))
    assert all(cell.text for one in made.tables for cell in one.rows[0].cells)


def test_columns_that_nothing_stands_in_are_left_out():
    [one] = written(*table(["a", "b", "c"], [["1", "", "2"], ["3", "", ""]])).tables
    assert [cell.text for cell in one.rows[0].cells] == ["a", "c"]


def test_columns_to_be_filled_in_stay_and_divide_the_page():
    made = written(Table(("a", "b"), (("1", ""),), (1, 3)))
    [one], page = made.tables, made.sections[0]
    first, second = (column.width for column in one.columns)
    assert second > 2 * first
    assert first + second == pytest.approx(page.page_width - page.left_margin - page.right_margin, rel=0.01)


def test_no_word_is_broken_where_there_is_room_for_it():
    [one] = written(Table(("a", "b"), (("Undevelopedness", "x"),), (1, 99))).tables
    assert one.columns[0].width > Pt(6) * len("Undevelopedness")


def test_two_tables_are_not_taken_for_one():
    made = written(*table(["a"], [["1"]]), *table(["b"], [["2"]]))
    assert len(made.tables) == 2
    tags = [one.tag for one in made.element.body]
    assert all(qn("w:tbl") not in (tags[at], tags[at + 1]) or tags[at] != tags[at + 1] for at in range(len(tags) - 1))


def test_a_table_is_never_wider_than_the_page():
    made = document(render_docx(example("elht-survey-2024.csv")))
    page = made.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    assert all(sum(column.width for column in one.columns) <= room + Pt(1) for one in made.tables)


def test_a_picture_says_in_words_what_it_shows_and_fits_the_page():
    [shape] = written(Picture("Votes", "Nine of thirteen votes for Achieving.", SVG)).inline_shapes
    assert shape._inline.docPr.get("descr") == "Nine of thirteen votes for Achieving."
    assert round(shape.width.inches * 96) == 40


def test_every_chart_of_an_example_has_words_and_a_table_below_it():
    made = document(render_docx(example("elht-survey-2024.csv")))
    said = [one.get("descr") for one in made.element.iter(qn("wp:docPr"))]
    assert len(said) > 3
    assert all(said)
    body = list(made.element.body)
    for picture in (one for one in body if one.find(f".//{qn('wp:docPr')}") is not None):
        assert body[body.index(picture) + 1].tag == qn("w:tbl")


def test_no_style_links_to_one_that_does_not_link_back():
    styles = document(render_docx([full_assessment()])).styles.element
    linked = {one.get(qn("w:styleId")): one.find(qn("w:link")) for one in styles.findall(qn("w:style"))}
    for name, link in linked.items():
        assert link is None or linked[link.get(qn("w:val"))].get(qn("w:val")) == name


# --- language and what the file says of itself


def test_the_language_is_british_english():
    made = document(render_docx([full_assessment()]))
    languages = {one.get(qn("w:val")) for one in made.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert made.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}") is not None
    assert made.core_properties.language == "en-GB"


def test_the_file_is_dated_by_the_day_it_stands_for():
    said = document(render_docx([full_assessment()])).core_properties
    assert said.title == "NHS Equality Delivery System 2022: Anytown NHS Trust"
    assert (said.author, said.created, said.last_modified_by) == (
        "Anytown NHS Trust", dt.datetime(2023, 3, 31, tzinfo=dt.UTC), "",
    )  # fmt: skip


@pytest.mark.parametrize("render", [render_docx, render_eds_docx])
def test_two_runs_give_the_same_bytes(render, tmp_path, monkeypatch):
    first = render([full_assessment()])
    with zipfile.ZipFile(io.BytesIO(first)) as given:
        assert {one.date_time for one in given.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert render([full_assessment()]) == first
    now = str(dt.date.today().year).encode()
    assert not re.search(rb">" + now + rb"-\d\d-\d\dT", b"".join(parts(first).values()))


# --- text stays text


@given(st.text(max_size=300))
@settings(max_examples=30, deadline=None)
def test_any_narrative_survives(text):
    made = document(render_docx([told(text)]))
    lines = [plain(line) for line in text.splitlines() if plain(line)]
    assert set(lines) <= {one.text for one in made.paragraphs}


@pytest.mark.parametrize("text", ["<w:p/>", "&amp; <b>", "]]>", "| a | b |", "# x", "{{ x }}", "=1+1", "a\x00b\ufffec"])
def test_free_text_never_becomes_markup(text):
    assert plain(text) in [one.text for one in document(render_docx([told(text)])).paragraphs]


def test_a_cell_keeps_its_paragraphs():
    [one] = written(*table(["a"], [["first\n\nsecond"]])).tables
    assert [paragraph.text for paragraph in one.cell(1, 0).paragraphs] == ["first", "second"]


# --- what it says


def _blocks_in(markdown):
    return [line[2:].replace("\\", "") for line in markdown.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("name", ["full-example-eds.toml", "elht-figures-2023.toml"])
def test_every_point_of_the_markdown_is_in_the_document(name):
    results = example(name)
    made = document(render_docx(results))
    points = {one.text for one in made.paragraphs if one.style.name == "List Bullet"}
    assert points == set(_blocks_in(render_markdown(results)))


def test_what_is_internal_is_not_in_it():
    given = assessment(criterion("2A"), remarks=(remark("ours", message="between us", internal=True),))
    assert "between us" not in text_of(document(render_docx([given])))


def test_what_is_not_published_is_marked_and_counted():
    row = criterion("2A", findings=(finding("2A.a", ACHIEVING, Outcome.UNMET),))
    said = text_of(document(render_docx([assessment(row)])))
    assert "unverified" in said
    assert "1 rule: 1 unverified." in said


def test_a_hypothetical_result_says_so_at_the_top_of_every_page():
    plain_one = full_assessment()
    given = evolve(plain_one, receipt=evolve(plain_one.receipt, hypothetical=("a=1",)))
    assert "HYPOTHETICAL" in document(render_docx([given])).sections[0].header.paragraphs[0].text


def test_nothing_assessed_is_a_document_that_says_so():
    assert "Nothing was assessed." in text_of(document(render_docx([])))


# --- the EDS reporting template


def test_the_eds_template_is_filled_in_section_by_section():
    given = full_assessment()
    sections = [text for style, text in headings(document(render_eds_docx([given]))) if style == "Heading 1"]
    assert sections[:3] == ["Cover", "Completed actions from the previous year", "EDS rating and score card"]
    assert sections[-4:] == [
        "Third-party involvement in the rating of domain 3",
        "EDS organisation rating (overall rating)",
        "EDS action plan",
        "About this report",
    ]


def test_both_forms_of_the_template_have_the_same_sections():
    given = example("full-example-eds.toml")
    in_markdown = re.findall(r"^## (.*)$", render_eds_report(given), re.MULTILINE)
    assert [text for style, text in headings(document(render_eds_docx(given))) if style == "Heading 1"] == in_markdown


def test_the_columns_of_a_domain_are_those_of_the_template():
    [first, *_] = [
        one for one in document(render_eds_docx([full_assessment()])).tables if one.cell(0, 0).text == "Outcome"
    ]
    assert [cell.text for cell in first.rows[0].cells] == [
        "Outcome",
        "Evidence",
        "Rating",
        "Owner (department or lead)",
    ]


def test_a_narrative_of_an_outcome_keeps_its_paragraphs_in_the_template():
    row = criterion("1A", narratives=(NarrativeText("First.\nSecond."),))
    given = evolve(assessment(row), cover=(CoverText("eds-lead", "EDS lead", "A. Person"),))
    cells = [cell for one in document(render_eds_docx([given])).tables for row in one.rows for cell in row.cells]
    assert ["First.", "Second."] in [[one.text for one in cell.paragraphs] for cell in cells]


def test_other_frameworks_have_no_eds_template():
    assert "No EDS assessment" in text_of(document(render_eds_docx(example("elht-figures-2023.toml"))))


# --- a house document


def test_the_styles_and_the_footer_of_a_house_document_are_used(house):
    made = document(render_docx([full_assessment()], house))
    assert made.styles["Heading 1"].font.name == "Georgia"
    assert made.sections[0].footer.paragraphs[0].text == "Anytown: our footer"


def test_what_stands_in_a_house_document_is_no_part_of_the_report(house):
    assert "Text of the house" not in text_of(document(render_docx([full_assessment()], house)))


def test_styles_that_a_house_document_lacks_are_taken_from_ours_and_named(house):
    from equityrules.reports.word import missing_styles

    made = written(*bullets(["one"]), *heading(4, "deep"), template=house)
    assert {"List Bullet", "Report Table", "heading 3"} <= set(missing_styles(house))
    assert "heading 1" not in missing_styles(house)
    assert {one.style.name for one in made.paragraphs} >= {"List Bullet", "Heading 3"}
    assert made.styles["Report Table"].type == WD_STYLE_TYPE.TABLE


def test_a_house_document_without_any_list_is_given_one(tmp_path, house):
    made = docx.Document(house)
    for key, relation in list(made.part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del made.part.rels[key]
    made.save(tmp_path / "bare.docx")
    out = written(*bullets(["one"]), template=tmp_path / "bare.docx")
    assert out.part.numbering_part.element.findall(qn("w:num"))


def test_a_report_in_a_house_document_is_the_same_each_time(house):
    assert render_docx([full_assessment()], house) == render_docx([full_assessment()], house)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_a_template_that_is_no_word_document_is_refused_by_name(tmp_path, content):
    (tmp_path / "house.docx").write_bytes(content)
    with pytest.raises(InvalidInputError, match=r"house\.docx.*cannot be read as a Word document; save"):
        render_docx([full_assessment()], tmp_path / "house.docx")


# --- what is not installed


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [("docx", "docx", "report"), ("xlsx", "xlsxwriter", "excel"), ("working-xlsx", "xlsxwriter", "excel")],
)
def test_a_missing_library_is_named_with_the_command_that_installs_it(name, library, extra, monkeypatch):
    package = {"docx": "word", "xlsxwriter": "spreadsheet"}[library]
    for module in [one for one in sys.modules if one.startswith((f"equityrules.reports.{package}", library))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"{library}.*pip install 'equityrules\[{extra}\]'"):
        renderer(name)
