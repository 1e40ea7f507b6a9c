"""Reads evidence in every format into one Evidence per organisation, with all problems at once."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from equityrules.loading.build import Builder
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.documents import decode, digest, parse_json, parse_toml, read_bytes, read_stream, refuse
from equityrules.loading.grid import Headings
from equityrules.loading.merging import Sourced, merge
from equityrules.loading.rows import Row, as_word, rows_of_document
from equityrules.loading.tables import lines_of_csv, lines_of_rows
from equityrules.loading.tidy import rows_of_table
from equityrules.loading.workbook.opening import OTHER_KINDS
from equityrules.loading.workbook.opening import SUFFIXES as WORKBOOKS
from equityrules.model.evidence import Evidence, InputFile
from equityrules.model.problems import ENOUGH, InvalidInputError, Problem, quoted, shown

STDIN = "-"
SUFFIXES = (".toml", ".json", ".csv", ".tsv", *WORKBOOKS)


def read_evidence(
    *paths: str | Path,
    frameworks: Frameworks | None = None,
    watched: Callable[[Sequence[tuple[str | Path, str]]], Iterable[tuple[str | Path, str]]] = iter,
) -> tuple[Evidence, ...]:
    """Return the evidence in some files, one Evidence per organisation, in the order of first mention.

    TOML, JSON, tidy CSV and workbooks are read, and what plugins read; "-" is standard input. `frameworks` (by default
    all bundled and installed ones) give the vocabulary and what evidence may be about; `watched` passes on each file
    with its name, and may show how far the reading is. Raises InvalidInputError with the problems in all files, each
    with its line, column, cell or path.
    """
    reader = Reader(frameworks or _all_frameworks())
    for path, name in watched(list(zip(paths, _names(paths), strict=True))):
        reader.take_file(path, name)
    return reader.evidence(", ".join(_names(paths)) or "no file")


def read_rows(rows: Iterable[Mapping[str, Any]], frameworks: Frameworks | None = None) -> tuple[Evidence, ...]:
    """Return the evidence in plain rows, as `csv.DictReader` or a data frame's records give them.

    The columns are those of the tidy CSV form; None, blank text and NaN are values that are not given. Raises
    InvalidInputError with the problems, each with its row number.
    """
    reader = Reader(frameworks or _all_frameworks())
    reader.take(reader.rows_of_plain_rows(rows, "rows"), InputFile("rows", ""))
    return tuple(evolve(one, inputs=()) for one in reader.evidence("rows"))


def evidence_of_document(document: object, name: str, frameworks: Frameworks) -> tuple[Evidence, ...]:
    """Return the evidence in one parsed document, as TOML and JSON files hold it. Raises InvalidInputError."""
    reader = Reader(frameworks)
    reader.take(reader.rows_of_document(document, name), InputFile(name, ""))
    return tuple(evolve(one, inputs=()) for one in reader.evidence(name))


def _all_frameworks() -> Frameworks:
    from equityrules.loading.frameworks import load_frameworks  # noqa: PLC0415 - only where the caller gave none

    return load_frameworks()


def _names(paths: Sequence[str | Path]) -> list[str]:
    """Return what messages call the files: their names, or their paths where two have the same name."""
    names = ["standard input" if str(path) == STDIN else _legible(Path(path).name or str(path)) for path in paths]
    number = Counter(names)
    return [_legible(str(path)) if number[name] > 1 else name for path, name in zip(paths, names, strict=True)]


def _legible(name: str) -> str:
    """Return the name of a file as text that every report can hold; bytes that are not UTF-8 become marks."""
    try:
        return os.fsencode(name).decode("utf-8", "replace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace").decode("utf-8")


@frozen
class Reader:
    """Takes in files, documents and rows one after another; what is wrong is told at the end, all of it together."""

    frameworks: Frameworks
    problems: list[Problem] = field(factory=list)
    pieces: list[Sourced] = field(factory=list)
    notes: list[tuple[InputFile, str]] = field(factory=list)

    def evidence(self, name: str) -> tuple[Evidence, ...]:
        """Return the evidence of everything taken in. Raises InvalidInputError; `name` is what nothing was found in."""
        merged = merge(self.pieces, self.problems, self.frameworks.measures.values())
        if self.problems:
            raise InvalidInputError(self.problems)
        if not merged:
            raise refuse(name, "nothing is filled in yet; give a value in at least one row")
        return tuple(evolve(one, notes=self._notes(one.inputs)) for one in merged)

    def _notes(self, inputs: Sequence[InputFile]) -> tuple[str, ...]:
        return tuple(note for source, note in self.notes if source in inputs)

    def take(self, rows: Iterable[Row], source: InputFile) -> None:
        """Take in rows of one source."""
        self.pieces.extend((piece, source) for piece in Builder(self.frameworks, self.problems).pieces(rows))

    def take_file(self, path: str | Path, name: str) -> None:
        """Take in one file; one that cannot be read leaves its problem."""
        try:
            content = _from_stdin(name) if str(path) == STDIN else _from_file(Path(path), name)
            notes: list[str] = []
            rows = None if str(path) == STDIN else self._rows_of_plugins(Path(path), name)
            if rows is None:
                suffix = _guess(content) if str(path) == STDIN else _suffix(Path(path), name)
                rows = self._rows_of_content(content, suffix, name, notes)
            source = InputFile(name, digest(content))
            self.notes.extend((source, f"{name}  {note}") for note in notes)
            self.take(rows, source)
        except InvalidInputError as error:
            self.problems.extend(error.problems)

    def _rows_of_plugins(self, path: Path, name: str) -> list[Row] | None:
        """Return the rows that the first plugin to know this kind of file gives, or None."""
        for _, rows in self.frameworks.plugins.call("equityrules_read_evidence", Iterable, path=path):
            return self.rows_of_plain_rows(rows, name)
        return None

    def _rows_of_content(self, content: bytes, suffix: str, name: str, notes: list[str]) -> list[Row]:
        """Return the rows in a file's bytes; `notes` takes what is worth knowing of it."""
        if suffix not in WORKBOOKS:
            return self._rows_of_text(decode(content, name), suffix, name)
        from equityrules.loading.workbook.reading import Book  # noqa: PLC0415 - only with a workbook at hand

        headings = self._headings()
        lines = Book(name, headings, self.problems, notes).lines(content)
        return rows_of_table(lines, headings, name, self.problems)

    def _rows_of_text(self, text: str, suffix: str, name: str) -> list[Row]:
        if suffix == ".toml":
            return self.rows_of_document(parse_toml(text, name), name)
        if suffix == ".json":
            return self._rows_of_json(parse_json(text, name), name)
        headings = self._headings()
        return rows_of_table(lines_of_csv(text, headings, name, self.problems), headings, name, self.problems)

    def rows_of_plain_rows(self, rows: Iterable[object], name: str) -> list[Row]:
        """Return the rows of a kind that plain rows hold."""
        headings = self._headings()
        return rows_of_table(lines_of_rows(rows, headings, name, self.problems), headings, name, self.problems)

    def rows_of_document(self, document: object, name: str, path: str = "") -> list[Row]:
        """Return the rows of a kind that one document holds; one that is something else leaves a problem."""
        if not isinstance(document, Mapping):
            advice = "write an object with 'organisation', 'period' and lists of evidence"
            self.problems.append(Problem(name, path.rstrip(", "), f"{shown(document)} is no evidence; {advice}"))
            return []
        if other := _what_else(document):
            self.problems.append(Problem(name, path.rstrip(", "), other))
            return []
        return list(rows_of_document(document, name, self.problems, path))

    def _rows_of_json(self, document: object, name: str) -> list[Row]:
        """Return the rows of one document, of a list of documents, or of a list of tidy rows."""
        if not isinstance(document, list):
            return self.rows_of_document(document, name)
        if document and all(isinstance(one, Mapping) and "item" in one for one in document):
            return self.rows_of_plain_rows(document, name)
        return list(self._rows_of_documents(document, name))

    def _rows_of_documents(self, documents: Sequence[object], name: str) -> Iterator[Row]:
        for number, one in enumerate(documents, 1):
            if len(self.problems) >= ENOUGH:
                return
            yield from self.rows_of_document(one, name, f"document {number}, ")

    def _headings(self) -> Headings:
        """Return what a table may name, with the kind that each item or measure takes where a row does not say."""
        vocabulary = self.frameworks.vocabulary
        kinds = {item.id: item.kind for item in vocabulary.items.values()}
        divided = {name: self.frameworks.dimensions_of(name) for name in self.frameworks.measures}
        divided |= {item.id: item.dimensions for item in vocabulary.items.values()}
        return Headings({**dict.fromkeys(vocabulary.measures, "figure"), **kinds}, divided, vocabulary.dimensions)


def _from_stdin(name: str) -> bytes:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise refuse(name, "cannot be read here; name a file")
    return read_stream(stream, name)


def _from_file(path: Path, name: str) -> bytes:
    """Return a file's bytes; problems carry the name that messages call it."""
    try:
        return read_bytes(path)
    except InvalidInputError as error:
        raise InvalidInputError(
            evolve(one, file=name if one.file == path.name else _legible(one.file)) for one in error.problems
        ) from None


def _suffix(path: Path, name: str) -> str:
    """Return the suffix that says how a file is read. Raises InvalidInputError where it says nothing."""
    suffix = path.suffix.casefold()
    if suffix in OTHER_KINDS:
        raise refuse(name, f"is {OTHER_KINDS[suffix]}")
    if suffix not in SUFFIXES:
        advice = "`equityrules template ID -o evidence.xlsx` writes a workbook to fill in"
        raise refuse(name, f"is not a kind of file that is read; give {quoted(SUFFIXES)} ({advice})")
    return suffix


_TOML_LINE = re.compile(rb"\s*([\w.\"'-]+[ \t]*=|\[\[?[\w. \"'-]+\]\]?[ \t]*(#.*)?$)", re.ASCII)


def _guess(content: bytes) -> str:
    """Return the suffix that standard input would have: a workbook's, or by the first line that is no comment."""
    if content.startswith(b"PK\x03\x04"):
        return WORKBOOKS[0]
    lines = content.removeprefix(b"\xef\xbb\xbf").lstrip().splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith(b"#")), b"")
    if _TOML_LINE.match(first):
        return ".toml"
    if first[:1] in (b"{", b"["):
        return ".json"
    return ".csv" if re.search(rb"[,;\t]", first) else ".toml"


def _what_else(document: Mapping[str, Any]) -> str:
    """Return what a document is if it is not evidence but another file of ours, with what to do; else nothing."""
    if as_word(document.get("format")).startswith("equityrules.assessment"):
        return "is a saved assessment, not evidence; give the files it was made from"
    if {"scale", "publisher", "criterion"} & document.keys() or {"requirement", "title"} <= document.keys():
        return "is a framework file, not evidence; give its folder with --framework-dir"
    if "area" in document and {"item", "measure", "dimension"} & document.keys():
        return "is a vocabulary file, not evidence; give its folder with --framework-dir"
    if {"confirm", "set"} & document.keys():
        return "is a profile, not evidence; give it with --profile"
    if {"given", "expect"} <= document.keys():
        return "is a case, not evidence; `equityrules test` runs cases"
    return ""
