"""Reads text files and parses TOML and JSON; whatever is wrong becomes a problem with its place."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from equityrules.model.problems import InvalidInputError, Problem

LARGEST = 64 * 1024 * 1024
"""Bytes; an evidence file of a whole system stays far below this."""


def refuse(file: str, message: str, where: str = "") -> InvalidInputError:
    """Return the error for one problem."""
    return InvalidInputError([Problem(file, where, message)])


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises InvalidInputError where it cannot be read, is empty or is far too large."""
    name = path.name or str(path)
    if path.is_dir():
        raise refuse(name, "is a folder; name the file in it")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise refuse(name, f"is {size // 1024 // 1024} MB; the largest file read is {LARGEST // 1024 // 1024} MB")
        content = path.read_bytes()
    except FileNotFoundError:
        raise refuse(str(path), "there is no such file; check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise refuse(
            name, f"cannot be read ({reason}); check that you may open it and that no other program has it open"
        ) from None
    if not content.strip():
        raise refuse(name, "is empty; `equityrules template` writes one to fill in")
    return content


def decode(content: bytes, file: str) -> str:
    """Return the text of a file. Raises InvalidInputError where it is not UTF-8, saying how to save it."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise refuse(file, "is UTF-16 text; save it as UTF-8 (in Excel: 'CSV UTF-8')")
    if content[:4] == b"PK\x03\x04":
        raise refuse(
            file, "is a workbook, a Word document or a zip file; save its sheet as 'CSV UTF-8' and name that file"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse(file, "is not UTF-8 text; save it as UTF-8 (in Excel: 'CSV UTF-8')", f"line {line}") from None
    if "\0" in text:
        raise refuse(
            file,
            "is not a text file; it holds NUL characters",
            f"line {text.count(chr(10), 0, text.index(chr(0))) + 1}",
        )
    return text


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Return a TOML document with exact decimals. Raises InvalidInputError with the line of a mistake."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError:
        raise refuse(file, "is nested too deeply; two levels are enough for everything it can say") from None
    except (tomllib.TOMLDecodeError, InvalidOperation, ValueError) as error:
        message, _, place = str(error).partition(" (at ")
        raise refuse(file, f"{_toml_advice(message)}", place.rstrip(")")) from None


def _toml_advice(message: str) -> str:
    said = message[:1].lower() + message[1:]
    if "Cannot overwrite" in message or "Cannot declare" in message or "already" in message:
        return f"{said}: something is given twice; keep one of them"
    if re.search(r"day|month|date|time", said):
        return f"{said}: a date that does not exist, or is not written as 2023-02-28"
    return f"not valid TOML: {said}; text needs quotation marks, and lists square brackets"


def parse_json(text: str, file: str) -> Any:  # noqa: ANN401 - JSON holds anything
    """Return a JSON document with exact decimals. Raises InvalidInputError with the line and column of a mistake."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
    except RecursionError:
        raise refuse(file, "is nested too deeply; two levels are enough for everything it can say") from None
    except json.JSONDecodeError as error:
        raise refuse(file, f"not valid JSON: {error.msg}", f"line {error.lineno}, column {error.colno}") from None
    except (ValueError, InvalidOperation) as error:
        raise refuse(file, str(error)) from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number; leave the value out where there is none")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise ValueError(f"'{key}' is given twice in the same place; keep one of them")
        seen[key] = value
    return seen
