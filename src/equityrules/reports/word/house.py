"""The document that a report is written into: one of ours, or a house document with its styles."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from attrs import frozen
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from equityrules.model.problems import InvalidInputError, Problem
from equityrules.reports.words import plain

LANGUAGE = "en-GB"
_MARGIN, _SHORT, _LONG = Cm(2), Cm(21), Cm(29.7)
_BULLET, _PLAIN = "List Bullet", "Normal"


@frozen
class Setting:
    """What a document says of itself: its title, whose it is, the day it stands for, and what was assumed."""

    title: str
    organisation: str
    day: dt.date
    hypothetical: str = ""


def open_document(setting: Setting, template: Path | None) -> WordDocument:
    """Return an empty document with every style that reports use, in British English, and dated by its content.

    Raises InvalidInputError where the template is no Word document.
    """
    document = _house(template) if template else _our_own()
    _take_styles(document, replace=template is None)
    if template is None:
        _set_page(document, setting)
    _set_language(document)
    _set_properties(document, setting)
    return document


def missing_styles(template: Path) -> tuple[str, ...]:
    """Return the styles that reports use and a house document does not have, by name. Raises InvalidInputError."""
    there = _names(_house(template))
    return tuple(name for name in _own_styles() if name.casefold() not in there and name != _PLAIN)


def _our_own() -> WordDocument:
    document = Document()
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    return document


def _house(template: Path) -> WordDocument:
    """Return a house document without what stands in it; its last section keeps the page, the header and the footer."""
    try:
        document = Document(str(template))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError):
        advice = "save the house document as a Word document (.docx), not as a template (.dotx), and name that"
        raise InvalidInputError([Problem(template.name, "", f"cannot be read as a Word document; {advice}")]) from None
    for element in list(document.element.body):
        if element.tag != qn("w:sectPr"):
            document.element.body.remove(element)
    return document


# --- styles --------------------------------------------------------------------------------------------------------


@cache
def _own_styles() -> dict[str, str]:
    """Return the report's own styles by name, as XML."""
    whole = parse_xml(files("equityrules.reports.word").joinpath("styles.xml").read_bytes())
    return {_name(one): one.xml for one in whole.findall(qn("w:style"))}


def _name(style: Any) -> str:  # noqa: ANN401 - an element of lxml's, which has no types
    found: str = style.find(qn("w:name")).get(qn("w:val"))
    return found


def _names(document: WordDocument) -> dict[str, Any]:
    """Return the elements of a document's styles by their names, which Word compares without case."""
    return {_name(one).casefold(): one for one in document.styles.element.findall(qn("w:style"))}


def _take_styles(document: WordDocument, *, replace: bool) -> None:
    """Put the report's own styles into a document: all of them, or those that it does not have.

    Plain text is always in the document's own plain style, whatever that is called.
    """
    there, styles = _names(document), document.styles.element
    for name, xml in _own_styles().items():
        old = there.get(name.casefold())
        if not replace and (old is not None or name == _PLAIN):
            continue
        new = parse_xml(xml)
        if old is not None:
            styles.remove(old)
        _rest_on_default(document, new)
        styles.append(new)
        if name == _BULLET:
            _number(new, _add_bullets(document))
    _unlink(styles)


def _unlink(styles: Any) -> None:  # noqa: ANN401 - as above
    """Take out links of styles for characters to styles for paragraphs that do not link back, as ours do not."""
    linked = {one.get(qn("w:styleId")): one.find(qn("w:link")) for one in styles.findall(qn("w:style"))}
    for link in linked.values():
        if link is not None and linked.get(link.get(qn("w:val"))) is None:
            link.getparent().remove(link)


def _rest_on_default(document: WordDocument, style: Any) -> None:  # noqa: ANN401 - as above
    """Let a style rest on the document's own plain style, whatever its id is."""
    based, default = style.find(qn("w:basedOn")), document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    if based is not None and default is not None:
        based.set(qn("w:val"), default.style_id)


def _number(style: Any, number: int) -> None:  # noqa: ANN401 - as above
    """Make a paragraph style that of a list."""
    numbered = parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{number}"/></w:numPr>')
    style.find(qn("w:pPr")).insert(0, numbered)


def _add_bullets(document: WordDocument) -> int:
    """Add a bulleted list to a document's numberings and return its number."""
    numbering = _numbering(document)
    lists = numbering.findall(qn("w:abstractNum"))
    abstract = 1 + max((int(one.get(qn("w:abstractNumId"))) for one in lists), default=0)
    defined = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    )
    lists[-1].addnext(defined) if lists else numbering.insert(0, defined)
    number: int = numbering.add_num(abstract).numId
    return number


def _numbering(document: WordDocument) -> Any:  # noqa: ANN401 - as above
    """Return the numberings of a document; a house document without a list has none, so it is given some."""
    part = document.part
    if not any(one.reltype == RELATIONSHIP_TYPE.NUMBERING for one in part.rels.values()):
        empty = f"<w:numbering {nsdecls('w')}/>".encode()
        made = NumberingPart.load(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return part.numbering_part.element


# --- page, language and properties ---------------------------------------------------------------------------------


def _set_page(document: WordDocument, setting: Setting) -> None:
    """Set A4 on its side, which the widest tables need, with the title and the page number at the foot."""
    [section] = document.sections
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _LONG, _SHORT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    foot = section.footer.paragraphs[0]
    foot.text = f"{plain(setting.title)}. Page "
    _add_field(foot, "PAGE")
    foot.add_run(" of ")
    _add_field(foot, "NUMPAGES")
    if setting.hypothetical:
        section.header.paragraphs[0].text = plain(setting.hypothetical)


def _add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field that Word works out by itself, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
    paragraph._p.append(field)


def _set_language(document: WordDocument) -> None:
    """Say in the defaults of the styles, and wherever else another English is named, that the text is British."""
    styles = document.styles.element
    defaults = _child(styles, "w:docDefaults")
    styles.insert(0, defaults)
    _child(_child(_child(defaults, "w:rPrDefault"), "w:rPr"), "w:lang").set(qn("w:val"), LANGUAGE)
    for element in (*styles.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))):
        if str(element.get(qn("w:val"))).startswith("en"):
            element.set(qn("w:val"), LANGUAGE)


def _child(parent: Any, tag: str) -> Any:  # noqa: ANN401 - as above
    """Return the child of an element, made where it is not there."""
    found = parent.find(qn(tag))
    if found is None:
        found = OxmlElement(tag)
        parent.append(found)
    return found


def _set_properties(document: WordDocument, setting: Setting) -> None:
    """Date a document by the day it stands for, not by the clock, so that two runs give the same bytes."""
    day = dt.datetime.combine(setting.day, dt.time())
    said = document.core_properties
    said.title, said.author, said.language = plain(setting.title)[:255], plain(setting.organisation)[:255], LANGUAGE
    said.created = said.modified = day
    said.subject = said.keywords = said.comments = said.category = said.last_modified_by = ""
    said.revision = 1
