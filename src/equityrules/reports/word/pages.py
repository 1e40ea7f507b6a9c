"""Writes blocks into a document: its title and contents, headings, paragraphs, lists, tables and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import count
from typing import Any

import resvg_py
from attrs import define, field
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from equityrules.reports.blocks import Block, Bullets, Heading, Paragraph, Picture, Table
from equityrules.reports.word.tables import write_table
from equityrules.reports.words import plain

CONTENTS = "Contents"
_FEW_HEADINGS = 4
_DEEPEST_IN_CONTENTS = 2
_DEEPEST = 3
_APART = Pt(10)
_FINE = 4
"""How many times finer than a screen a picture is drawn, for paper."""
_POINTS_A_PIXEL = 0.75
"""A picture says its size in pixels of 1/96 inch; in a document one counts as 1/72."""


@define
class Writer:
    """Writes blocks at the end of a document.

    Where a report is `alone`, its first heading is the title of the document, and those below it start at level 1.
    """

    document: WordDocument
    alone: bool
    _bookmarks: Any = field(factory=lambda: count(1), init=False)
    _last: Block | None = field(default=None, init=False)
    _said: str = field(default="", init=False)
    _apart: bool = field(default=False, init=False)
    _style_ids: dict[str, str] = field(factory=dict, init=False)
    _newest: WordParagraph = field(init=False)

    def write_front(self, title: str, parts: Sequence[Sequence[Block]]) -> None:
        """Write the title and, where there are more than a few headings, the contents, each a link to its place."""
        self._add(plain(title), "Title")
        entries = [
            (level, text)
            for level, text in (self._level(one) for blocks in parts for one in blocks if isinstance(one, Heading))
            if level
        ]
        listed = [
            (level, text, f"section_{number}")
            for number, (level, text) in enumerate(entries, 1)
            if level <= _DEEPEST_IN_CONTENTS
        ]
        if len(listed) > _FEW_HEADINGS:
            self._write_contents(listed)

    def write_part(self, blocks: Sequence[Block], new_page: bool = False) -> None:
        """Write one report."""
        if new_page:
            self._add().add_run().add_break(WD_BREAK.PAGE)
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            self._write(block)
            if isinstance(block, Paragraph) and isinstance(following, Bullets | Table):
                self._newest.paragraph_format.keep_with_next = True
            self._last = block

    def _write(self, block: Block) -> None:
        match block:
            case Heading():
                self._write_heading(block)
            case Paragraph(text):
                self._write_paragraph(text)
            case Bullets(items):
                for item in items:
                    self._write_paragraph(item, "List Bullet")
            case Table():
                self._write_table(block)
            case Picture():
                self._write_picture(block)

    def _level(self, heading: Heading) -> tuple[int, str]:
        """Return the level of a heading in the document, 0 for its title, and its text."""
        return min(heading.level - self.alone, _DEEPEST), plain(heading.text)

    def _write_heading(self, heading: Heading) -> None:
        level, text = self._level(heading)
        self._said = text
        if level:
            self._apart = False
            _bookmark(self._add(text, f"Heading {level}"), next(self._bookmarks))

    def _add(self, text: str = "", style: str = "") -> WordParagraph:
        """Add a paragraph, plain or in a style; python-docx reads every style to find one, so each is sought once."""
        self._newest = self.document.add_paragraph(text)
        if style:
            self._newest._p.style = self._style_id(style)
        return self._newest

    def _style_id(self, style: str) -> str:
        if style not in self._style_ids:
            self._style_ids[style] = self.document.styles[style].style_id
        return self._style_ids[style]

    def _write_paragraph(self, text: str, style: str = "") -> None:
        """Write a paragraph; the first one below the contents or a table keeps its distance."""
        written = self._add(plain(text), style)
        if self._apart:
            written.paragraph_format.space_before = _APART
            self._apart = False

    def _write_table(self, table: Table) -> None:
        """Write a table; Word would take two without a paragraph between them for one."""
        if isinstance(self._last, Table):
            self._add()
        write_table(self.document, table, self._said, self._width())
        self._apart = True

    def _width(self) -> Length:
        section = self.document.sections[-1]
        page, left, right = section.page_width, section.left_margin, section.right_margin
        return Length((page or 0) - (left or 0) - (right or 0))

    def _write_picture(self, picture: Picture) -> None:
        """Write a chart under its title, as a picture that says in words what it shows."""
        self._add(plain(picture.title), "Caption")
        drawn = bytes(resvg_py.svg_to_bytes(svg_string=picture.svg, background="white", zoom=_FINE))
        shape = self._add().add_run().add_picture(BytesIO(drawn))
        scale = min(_POINTS_A_PIXEL / _FINE, self._width() / shape.width)
        shape.width, shape.height = Length(int(shape.width * scale)), Length(int(shape.height * scale))
        said = shape._inline.docPr
        said.set("title", plain(picture.title))
        said.set("descr", plain(picture.description))
        self._newest.paragraph_format.keep_with_next = True

    def _write_contents(self, entries: Sequence[tuple[int, str, str]]) -> None:
        """Write the contents as Word's own field, filled in, so that they stand there without being brought up to date.

        They have links and no page numbers, which nothing but Word can know; "Update field" keeps them so.
        """
        self._add().add_run(CONTENTS).bold = True
        lines = [self._add(style=f"toc {level}") for level, _, _ in entries]
        for line, (_, text, bookmark) in zip(lines, entries, strict=True):
            line._p.append(_link(text, bookmark))
        start, end = lines[0]._p, lines[-1]._p
        for place, run in enumerate(_field_start(rf'TOC \o "1-{_DEEPEST_IN_CONTENTS}" \n \h \z \u'), 1):
            start.insert(place, run)
        end.append(_run('<w:fldChar w:fldCharType="end"/>'))
        self._apart = True


def _bookmark(paragraph: WordParagraph, number: int) -> None:
    """Name a heading, so that the contents can point to it."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"section_{number}")
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def _link(text: str, bookmark: str) -> Any:  # noqa: ANN401 - an element of lxml's, which has no types
    link = parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="{bookmark}"><w:r><w:t/></w:r></w:hyperlink>')
    link.find(f".//{qn('w:t')}").text = text
    return link


def _field_start(code: str) -> list[Any]:
    instruction = _run('<w:instrText xml:space="preserve"/>')
    instruction[0].text = f" {code} "
    return [_run('<w:fldChar w:fldCharType="begin"/>'), instruction, _run('<w:fldChar w:fldCharType="separate"/>')]


def _run(inside: str) -> Any:  # noqa: ANN401 - as above
    return parse_xml(f"<w:r {nsdecls('w')}>{inside}</w:r>")
