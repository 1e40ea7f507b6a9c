"""Opens workbooks with openpyxl; a file that is none, or cannot be one, is refused saying what it is."""

from __future__ import annotations

import importlib
import io
import warnings
import zipfile
from types import ModuleType
from typing import TYPE_CHECKING

from equityrules.loading.documents import refuse
from equityrules.model.extras import MissingExtraError, brought_by

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SUFFIXES = (".xlsx", ".xlsm")
LARGEST_UNPACKED = 256 * 1024 * 1024
"""Bytes of all parts of a workbook; one of a whole system with every year stays far below this."""

_MOST_PARTS = 5_000
_OLD = b"\xd0\xcf\x11\xe0"
_SAVE = "open it in Excel and save it as 'Excel Workbook (*.xlsx)'"
OTHER_KINDS = {
    ".xls": f"a workbook of an old Excel; {_SAVE}",
    ".xlsb": f"a binary workbook; {_SAVE}",
    ".ods": "a workbook of LibreOffice; save it as 'Excel 2007-365 (.xlsx)'",
    ".numbers": "a workbook of Numbers; export it to Excel",
    ".doc": "a document of an old Word; save it as .docx, or give the evidence as a workbook",
    ".docx": "a Word document. Only its tables can be read, as an action plan (`equityrules plan check`); evidence "
    "goes into a workbook, which `equityrules template ID -o evidence.xlsx` writes",
    ".pdf": "a PDF; give the figures in a workbook, which `equityrules template ID -o evidence.xlsx` writes",
}
"""What files with these endings are, and what to do with them."""


def open_workbook(content: bytes, name: str, values: bool = True, streamed: bool = False) -> Workbook:
    """Return a workbook with the values that its formulas gave when it was saved, or with the formulas themselves.

    A streamed one is read row by row, for very large sheets, and tells nothing of what is merged or hidden. Raises
    InvalidInputError where the bytes are not a workbook, or openpyxl is not installed.
    """
    openpyxl = import_openpyxl(name)
    check_kind(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book: Workbook = openpyxl.load_workbook(
                io.BytesIO(content), data_only=values, read_only=streamed, keep_links=False
            )
    except Exception:  # noqa: BLE001 - whatever openpyxl stumbles over, the file is at fault and the user can save it anew
        raise refuse(name, f"is damaged, or no workbook; {_SAVE}") from None
    return book


def import_openpyxl(name: str) -> ModuleType:
    """Return openpyxl. Raises InvalidInputError with the install command where it is missing."""
    try:
        with brought_by("excel", "workbooks"):
            return importlib.import_module("openpyxl")
    except MissingExtraError as error:
        raise refuse(name, f"is a workbook; {error}") from None


def check_kind(content: bytes, name: str) -> None:
    """Raise InvalidInputError where bytes are not those of a workbook, saying what they are and what to do."""
    if content.startswith(_OLD):
        raise refuse(name, f"is a workbook of an old Excel, or protected by a password; take the password off, {_SAVE}")
    if not content.startswith(b"PK\x03\x04"):
        what = "a web page" if content.lstrip()[:1] == b"<" else "a PDF" if content.startswith(b"%PDF") else "text"
        raise refuse(name, f"has the name of a workbook and is {what}; {_SAVE}, or give it its own ending (.csv)")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception:  # noqa: BLE001 - a spoilt list of contents makes zipfile raise whatever its bytes lead to
        raise refuse(name, f"is damaged: its list of contents is spoilt; copy it again, or {_SAVE}") from None
    _check_parts(parts, name)


def _check_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    names = {part.filename for part in parts}
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise refuse(name, "is far larger unpacked than any evidence; give the figures only, in a new workbook")
    if "word/document.xml" in names:
        raise refuse(name, f"is {OTHER_KINDS['.docx']}")
    if "xl/workbook.bin" in names:
        raise refuse(name, f"is {OTHER_KINDS['.xlsb']}")
    if "mimetype" in names:
        raise refuse(name, f"is {OTHER_KINDS['.ods']}")
    if "xl/workbook.xml" not in names:
        raise refuse(name, f"is a zip file and no workbook; unpack it, and {_SAVE}")
