"""Reads evidence in every format into one Evidence per organisation, with all problems at once."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from equityrules.loading.build import Builder, Piece
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.documents import decode, digest, parse_json, parse_toml, read_bytes, refuse
from equityrules.loading.merging import merge
from equityrules.loading.rows import COLUMNS, Row, rows_of_document, rows_of_table
from equityrules.model.evidence import Evidence, InputFile
from equityrules.model.problems import InvalidInputError, Problem, nearest, quoted

STDIN = "-"
SUFFIXES = (".toml", ".json", ".csv", ".tsv")


def read_evidence(*paths: str | Path, frameworks: Frameworks | None = None) -> tuple[Evidence, ...]:
    """Return the evidence in some files, one Evidence per organisation, in the order of first mention.

    TOML, JSON and tidy CSV are read, and what plugins read; "-" is standard input. `frameworks` (by default all bundled
    and installed ones) give the vocabulary and what evidence may be about. Raises InvalidInputError with every problem
    in every file, each with its line, column or path.
    """
    known = frameworks or _all_frameworks()
    problems: list[Problem] = []
    builder = Builder(known, problems)
    pieces: list[tuple[Piece, InputFile]] = []
    for path in paths:
        try:
            rows, source = _read_file(path, known, problems)
        except InvalidInputError as error:
            problems.extend(error.problems)
            continue
        pieces.extend((piece, source) for piece in builder.pieces(rows))
    merged = merge(pieces, problems)
    if problems:
        raise InvalidInputError(dict.fromkeys(problems))
    if not merged:
        raise InvalidInputError(
            [Problem(_names(paths), "", "nothing is filled in yet; give a value in at least one row")]
        )
    return merged


def read_rows(rows: Iterable[Mapping[str, Any]], frameworks: Frameworks | None = None) -> tuple[Evidence, ...]:
    """Return the evidence in plain rows, as `csv.DictReader` or a data frame's records give them.

    The columns are those of the tidy CSV form. Raises InvalidInputError with every problem, each with its row number.
    """
    known = frameworks or _all_frameworks()
    problems: list[Problem] = []
    numbered = [(f"row {number}", row) for number, row in enumerate(rows, 1)]
    _check_columns({name: None for _, row in numbered for name in row}, "rows", problems)
    table = rows_of_table(numbered, _kinds(known), "rows", problems)
    pieces = [(piece, InputFile("rows", "")) for piece in Builder(known, problems).pieces(table)]
    merged = merge(pieces, problems)
    if problems:
        raise InvalidInputError(problems)
    return tuple(evolve(one, inputs=()) for one in merged)


def _all_frameworks() -> Frameworks:
    from equityrules.loading.frameworks import load_frameworks  # noqa: PLC0415 - only where the caller gave none

    return load_frameworks()


def _names(paths: Sequence[str | Path]) -> str:
    return ", ".join(Path(path).name if str(path) != STDIN else "standard input" for path in paths) or "no file"


def _read_file(path: str | Path, frameworks: Frameworks, problems: list[Problem]) -> tuple[list[Row], InputFile]:
    """Return the rows of one file and its receipt. Raises InvalidInputError where it cannot be read at all."""
    if str(path) == STDIN:
        content, name = sys.stdin.buffer.read(), "standard input"
        if not content.strip():
            raise refuse(name, "is empty")
        return _parse(decode(content, name), _guess(content), name, frameworks, problems), InputFile(
            name, digest(content)
        )
    file = Path(path)
    content = read_bytes(file)
    source = InputFile(file.name, digest(content))
    for _, table in frameworks.plugins.call("equityrules_read_evidence", Iterable, path=file):
        numbered = [(f"row {number}", row) for number, row in enumerate(table, 1)]
        return rows_of_table(numbered, _kinds(frameworks), file.name, problems), source
    if file.suffix.casefold() not in SUFFIXES:
        raise refuse(
            file.name,
            f"is not a kind of file that is read; give {quoted(SUFFIXES)} (a workbook: save the sheet as 'CSV UTF-8')",
        )
    return _parse(decode(content, file.name), file.suffix.casefold(), file.name, frameworks, problems), source


def _guess(content: bytes) -> str:
    """Return the suffix that text from standard input would have."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"{" or re.match(rb"\[\s*[{\]]", start):
        return ".json"
    first = start.splitlines()[0]
    return ".csv" if re.search(rb"[,;\t]", first) and b"=" not in first else ".toml"


def _parse(text: str, suffix: str, name: str, frameworks: Frameworks, problems: list[Problem]) -> list[Row]:
    if suffix == ".toml":
        return _document(parse_toml(text, name), name, "", problems)
    if suffix == ".json":
        return _json(parse_json(text, name), name, problems)
    return _table(text, name, frameworks, problems)


def _document(document: object, name: str, path: str, problems: list[Problem]) -> list[Row]:
    if not isinstance(document, Mapping):
        raise refuse(
            name, "holds no evidence; it should be an object with 'organisation', 'period' and lists of evidence", path
        )
    if str(document.get("format", "")).startswith("equityrules.assessment"):
        raise refuse(name, "is a saved assessment, not evidence; give the files it was made from")
    if "criterion" in document or "scale" in document or "publisher" in document:
        raise refuse(name, "is a framework file, not evidence; use it with --framework-dir")
    return list(rows_of_document(document, name, problems, path))


def _json(document: object, name: str, problems: list[Problem]) -> list[Row]:
    """Return the rows of one document, of a list of documents, or of a list of tidy rows."""
    if not isinstance(document, list):
        return _document(document, name, "", problems)
    return [row for number, one in enumerate(document, 1) for row in _document(one, name, f"{number}: ", problems)]


def _kinds(frameworks: Frameworks) -> dict[str, str]:
    """Return the kind of evidence that each item or measure takes where a row does not say."""
    items = {item.id: item.kind for item in frameworks.vocabulary.items.values()}
    return {**dict.fromkeys(frameworks.vocabulary.measures, "figure"), **items}


def _table(text: str, name: str, frameworks: Frameworks, problems: list[Problem]) -> list[Row]:
    delimiter = _delimiter(text)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    reader.fieldnames = [_column(column) for column in reader.fieldnames or []]
    before = len(problems)
    _check_columns(dict.fromkeys(reader.fieldnames), name, problems)
    if len(problems) > before:
        return []
    try:
        table = list(_lines(reader, name, problems))
    except csv.Error as error:
        raise refuse(name, f"not valid CSV: {error}", f"line {reader.line_num}") from None
    return rows_of_table(table, _kinds(frameworks), name, problems)


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _column(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")


def _lines(reader: csv.DictReader[str], name: str, problems: list[Problem]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in reader:
        where = f"line {reader.line_num}"
        if None in row:
            problems.append(
                Problem(name, where, "has more cells than the header; put text with commas in quotation marks")
            )
            continue
        yield where, row


def _check_columns(columns: Mapping[str, None], name: str, problems: list[Problem]) -> None:
    """Note columns that are not known, and those that are missing."""
    for column in columns:
        if column and column not in COLUMNS:
            problems.append(Problem(name, "header", f"unknown column '{column[:60]}'{nearest(column[:60], COLUMNS)}"))
    missing = [column for column in ("item", "value") if column not in columns]
    if missing and columns:
        problems.append(
            Problem(
                name,
                "header",
                f"the column {quoted(missing)} is missing; `equityrules template -o evidence.csv` shows the columns",
            )
        )
