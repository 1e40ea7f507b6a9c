"""Reads text files and parses TOML and JSON; whatever is wrong becomes a problem with its place."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

from equityrules.model.problems import InvalidInputError, Problem, shown

_MEGABYTE = 1024 * 1024
LARGEST = 64 * _MEGABYTE
"""Bytes; an evidence file of a whole system stays far below this."""
_LARGEST_DOCUMENT = {"TOML": 8 * _MEGABYTE, "JSON": 32 * _MEGABYTE}
_DEEPEST = 24
_TOO_DEEP = "is nested too deeply; two levels are enough for everything it can say"
_MANY_DOTS = re.compile(r"\.(?:[ \t]*[\w\"'-]+[ \t]*\.){40}", re.ASCII)


def refuse(file: str, message: str, where: str = "") -> InvalidInputError:
    """Return the error for one problem."""
    return InvalidInputError([Problem(file, where, message)])


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises InvalidInputError where it cannot be read, is empty or is far too large."""
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise refuse(name, "is a folder; name the file in it")
        with path.open("rb") as stream:
            return read_stream(stream, name)
    except FileNotFoundError:
        raise refuse(str(path), "there is no such file; check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise refuse(
            name, f"cannot be read ({reason}); check that you may open it and that no other program has it open"
        ) from None


def read_stream(stream: IO[bytes], name: str) -> bytes:
    """Return the bytes of an open file. Raises InvalidInputError where it is empty or far too large."""
    content = stream.read(LARGEST + 1)
    check_size(len(content), LARGEST, name)
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise refuse(
            name,
            "is empty; fill it in (`equityrules template` writes evidence, `equityrules plan draft` a plan to fill in)",
        )
    return content


def check_size(size: int, largest: int, name: str, kind: str = "file") -> None:
    """Raise InvalidInputError where something is too large to be what it should be."""
    if size > largest:
        limit = f"the largest {kind} read is {largest // _MEGABYTE} MB"
        raise refuse(name, f"is too large to be evidence or a framework: {limit}; give the figures only")


_SIGNATURES = (
    (b"PK\x03\x04", "a workbook, a Word document or a zip file"),
    (b"\xd0\xcf\x11\xe0", "a workbook or document of an old Office"),
    (b"%PDF", "a PDF"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
)


def _advice(file: str) -> str:
    """Return how to save a file so that it can be read."""
    plain = file.casefold().endswith((".toml", ".json"))
    return "save it as plain text, in UTF-8" if plain else "save it as UTF-8 text (in Excel: 'CSV UTF-8')"


def decode(content: bytes, file: str) -> str:
    """Return the text of a file. Raises InvalidInputError where it is not UTF-8, saying how to save it."""
    for start, what in _SIGNATURES:
        if content.startswith(start):
            raise refuse(file, f"is {what}; {_advice(file)}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse(file, f"is not UTF-8 text; {_advice(file)}", f"line {line}") from None
    if "\0" in text:
        message = f"is not a text file, as it holds NUL characters; {_advice(file)}"
        raise refuse(file, message, _line(text, text.index("\0")))
    return text


def _line(text: str, position: int) -> str:
    return f"line {text.count(chr(10), 0, position) + 1}"


# --- TOML --------------------------------------------------------------------------------------------------------


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Return a TOML document with exact decimals. Raises InvalidInputError with the line of a mistake."""
    check_size(len(text), _LARGEST_DOCUMENT["TOML"], file, "TOML file")
    if dotted := _MANY_DOTS.search(text):
        raise refuse(file, _TOO_DEEP, _line(text, dotted.start()))
    try:
        document = tomllib.loads(text, parse_float=_decimal)
    except RecursionError:
        raise refuse(file, _TOO_DEEP) from None
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        raise refuse(file, _toml_advice(message, _line_at(text, place)), place.rstrip(")")) from None
    except ValueError:
        raise refuse(file, "holds a number with far too many digits; check the number", _digits(text)) from None
    _check_depth(document, file)
    return document


def _line_at(text: str, place: str) -> str:
    """Return the line of a place such as "line 9, column 25"."""
    match = re.match(r"line (\d+)", place)
    return text.split("\n")[int(match[1]) - 1] if match else ""


def _toml_advice(message: str, line: str) -> str:
    said = message[:1].lower() + message[1:]
    if re.search(r"overwrite|declare|mutate|already|twice|duplicate|redefine", said, re.IGNORECASE):
        said = re.sub(r"\(('[^()]*'),?\)", _heading, said)
        return f"something is given twice ({said}); keep one of them"
    for written in re.findall(r"\d{4}-\d{2}-\d{2}", line, re.ASCII):
        if not _exists(written):
            return f"{written} is a date that does not exist; check the day and the month"
    return f"not valid TOML: {said}; text needs quotation marks, lists square brackets, and dates the form 2023-02-28"


def _heading(names: re.Match[str]) -> str:
    """Return a table's names as its heading is written: [group.1]."""
    return "[" + names[1].replace("', '", ".").strip("'") + "]"


def _exists(written: str) -> bool:
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def _digits(text: str) -> str:
    found = re.search(r"[0-9_]{1000}", text)
    return _line(text, found.start()) if found else ""


# --- JSON --------------------------------------------------------------------------------------------------------


def parse_json(text: str, file: str) -> Any:  # noqa: ANN401 - JSON holds anything
    """Return a JSON document with exact decimals. Raises InvalidInputError with the line and column of a mistake."""
    check_size(len(text), _LARGEST_DOCUMENT["JSON"], file, "JSON file")
    try:
        document = json.loads(
            text, parse_float=_decimal, parse_int=_integer, parse_constant=Decimal, object_pairs_hook=_no_duplicates
        )
    except RecursionError:
        raise refuse(file, _TOO_DEEP) from None
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}; {_json_advice(error)}"
        raise refuse(file, message, f"line {error.lineno}, column {error.colno}") from None
    except ValueError as error:
        raise refuse(file, str(error)) from None
    _check_depth(document, file)
    return document


def _json_advice(error: json.JSONDecodeError) -> str:
    if not error.doc[error.pos :].strip() or "Unterminated" in error.msg:
        return "the file stops before its end, or a quotation mark or bracket is not closed"
    return "names and text need double quotation marks, and entries commas between them"


def _integer(text: str) -> int | Decimal:
    """Return a whole number; one of very many digits as a decimal, which its field then refuses with its place."""
    return int(text) if len(text) < 100 else _decimal(text)


def _decimal(text: str) -> Decimal:
    """Return a decimal; where its exponent is beyond all, a number that every field refuses."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal((0, (1,), MIN_EMIN if "e-" in text.casefold() else MAX_EMAX))


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        about = table.get("about") or table.get("item") or table.get("measure") or table.get("organisation")
        place = f" in what is said of {shown(about)}" if isinstance(about, str) else " in the same place"
        raise ValueError(f"{shown(twice)} is given twice{place}; keep one of them")
    return table


# --- both --------------------------------------------------------------------------------------------------------


def _check_depth(document: object, file: str) -> None:
    """Raise InvalidInputError where tables and lists stand in each other more deeply than anything needs."""
    layer = [document]
    for _ in range(_DEEPEST):
        layer = [inner for one in layer for inner in _inside(one)]
        if not layer:
            return
    raise refuse(file, _TOO_DEEP)


def _inside(value: object) -> list[Any]:
    """Return the tables and lists in a table or list."""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [part for part in parts if isinstance(part, dict | list)]
