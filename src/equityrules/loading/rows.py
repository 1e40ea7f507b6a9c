"""The one form that every evidence format comes down to: a row of a kind, with its fields and its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from equityrules.model.problems import Problem, nearest, quoted

KINDS = (
    "statement", "count", "survey", "amount", "figure", "rating", "votes",
    "narrative", "cover", "target", "explanation", "action",
)  # fmt: skip
"""The kinds of evidence, in the order in which templates list them."""

HEADER = ("organisation", "code", "period", "date", "by", "source", "note")
"""What a file may say once for all its rows; a row may say it again for itself."""


@frozen
class Row:
    """One row: its kind, its fields by the names of the model, and where each stands for messages."""

    kind: str
    fields: Mapping[str, Any]
    file: str
    where: str
    columns: Mapping[str, str] = field(factory=dict)

    def problem(self, message: str, name: str = "") -> Problem:
        """Return a problem at this row, or at one field of it."""
        column = self.columns.get(name, name)
        place = f"{self.where}, {column}" if column else self.where
        return Problem(self.file, place, message)

    @property
    def place(self) -> str:
        """File and place as one text."""
        return f"{self.file}  {self.where}"


# --- TOML and JSON documents -------------------------------------------------------------------------------------


def rows_of_document(document: Mapping[str, Any], file: str, problems: list[Problem], path: str = "") -> Iterator[Row]:
    """Yield the rows of one document: a header and a list of tables for each kind."""
    header = {name: document[name] for name in HEADER if name in document}
    known = (*HEADER, *KINDS, "format")
    for name, value in document.items():
        if name not in known:
            problems.append(
                Problem(
                    file,
                    path,
                    f"unknown field '{name}'{nearest(name, known)}; the kinds of evidence are {quoted(KINDS)}",
                )
            )
        elif name in KINDS and not _is_tables(value):
            problems.append(Problem(file, f"{path}{name}", f"is not a list of tables; write [[{name}]] above each one"))
    if str(document.get("format", 1)).strip() not in ("1", "equityrules.evidence/1"):
        problems.append(
            Problem(file, f"{path}format", f"format {document['format']} is not known; this version reads format 1")
        )
    for kind in KINDS:
        tables = document.get(kind, [])
        for position, table in enumerate(tables if _is_tables(tables) else [], 1):
            yield from _spread(kind, header, table, file, f"{path}{kind} {position}", problems)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _spread(
    kind: str, header: Mapping[str, Any], table: Mapping[str, Any], file: str, where: str, problems: list[Problem]
) -> Iterator[Row]:
    """Yield one row for a table, or one for each of its `values` by group."""
    fields = {**header, **{name: value for name, value in table.items() if value != ""}}
    values = fields.pop("values", None)
    if values is None:
        yield Row(kind, fields, file, where)
        return
    if not isinstance(values, Mapping):
        problems.append(Problem(file, f"{where}, values", "is not a table; write { group = value, … }"))
        return
    across = fields.pop("across", None)
    for group, value in values.items():
        inner = dict(value) if isinstance(value, Mapping) else {_VALUE_FIELDS.get(kind, "value"): value}
        cell = {"groups": (fields.get("where"), across, group)}
        yield Row(kind, {**fields, **inner, **cell}, file, f"{where}, {group}")


_VALUE_FIELDS = {"statement": "status", "survey": "percent"}


# --- tidy CSV and plain Python rows ------------------------------------------------------------------------------

COLUMNS = (
    "organisation", "code", "period", "kind", "item", "group", "value", "of", "percent", "date", "by", "service",
    "owner", "documents", "source", "note", "direction", "due", "until", "objective", "status", "name",
)  # fmt: skip
"""The columns of the tidy form; only `item` and `value` are always needed."""

_COMMON = {name: name for name in HEADER}
_TIDY: dict[str, dict[str, str]] = {
    "statement": {"item": "item", "group": "where", "value": "status", "documents": "documents"},
    "count": {"item": "item", "group": "where", "value": "value"},
    "survey": {"item": "item", "group": "where", "value": "yes", "of": "of", "percent": "percent"},
    "amount": {"item": "item", "group": "where", "value": "value"},
    "figure": {"item": "measure", "group": "where", "value": "value"},
    "rating": {"item": "about", "value": "grade", "service": "service"},
    "votes": {"item": "about", "group": "grade", "value": "count"},
    "narrative": {"item": "about", "value": "text", "owner": "owner", "service": "service"},
    "cover": {"item": "about", "name": "name", "group": "name", "value": "text"},
    "target": {"item": "measure", "group": "where", "value": "value", "direction": "direction", "due": "due"},
    "explanation": {"item": "about", "value": "because", "until": "until"},
    "action": {
        "item": "about", "value": "text", "owner": "owner", "objective": "objective", "due": "due", "status": "status",
    },
}  # fmt: skip
_LISTS = ("documents",)
_MEASURED = ("value", "of", "percent")


def rows_of_table(
    table: Iterable[tuple[str, Mapping[str, Any]]], kind_of: Mapping[str, str], file: str, problems: list[Problem]
) -> list[Row]:
    """Return the rows of a tidy table; a row without any value is one not filled in, and is left out.

    `table` yields each row's place with its cells by column; `kind_of` gives the kind of an item where the row names
    none. The votes of one group of raters, one row for each grade, become one row.
    """
    rows = []
    for where, cells in table:
        given = {name: value for name, value in cells.items() if name and not _blank(value)}
        if not any(name in given for name in _MEASURED):
            continue
        row = _tidy_row(given, kind_of, file, where, problems)
        if row is not None:
            rows.append(row)
    return _with_votes_gathered(rows)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _tidy_row(
    given: Mapping[str, Any], kind_of: Mapping[str, str], file: str, where: str, problems: list[Problem]
) -> Row | None:
    item = str(given.get("item", "")).strip()
    kind = str(given.get("kind", "")).strip().casefold() or kind_of.get(item) or ("rating" if "/" in item else "")
    if kind not in _TIDY:
        problems.append(Problem(file, f"{where}, kind", _kind_advice(kind, item, kind_of)))
        return None
    names = {**_COMMON, **_TIDY[kind]}
    fields: dict[str, Any] = {}
    for column, value in given.items():
        if column == "kind":
            continue
        if column not in names:
            problems.append(Problem(file, f"{where}, column {column}", f"a row of kind {kind} takes no '{column}'"))
            continue
        fields[names[column]] = _listed(value) if column in _LISTS else value
    if kind == "action":
        fields["about"] = _listed(fields.get("about", ""))
    return Row(kind, fields, file, where, {names[column]: f"column {column}" for column in COLUMNS if column in names})


def _kind_advice(kind: str, item: str, kind_of: Mapping[str, str]) -> str:
    if kind:
        return f"unknown kind '{kind}'{nearest(kind, KINDS)}; the kinds are {quoted(KINDS)}"
    if item:
        return f"unknown item '{item}'{nearest(item, kind_of)}"
    return "the row names no item"


def _listed(value: object) -> object:
    return [part.strip() for part in value.split(";") if part.strip()] if isinstance(value, str) else value


def _with_votes_gathered(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with the votes of each group of raters in one row: votes by grade, and the stated total."""
    gathered: dict[object, Row] = {}
    for position, row in enumerate(rows):
        if row.kind != "votes":
            gathered[position] = row
            continue
        fields = dict(row.fields)
        grade, count = str(fields.pop("grade", "")).strip(), fields.pop("count", None)
        key = tuple(str(fields.get(name, "")) for name in ("organisation", "code", "period", "about", "by"))
        before = dict(gathered[key].fields) if key in gathered else {"votes": {}}
        if grade.casefold() in ("stated total", "total", ""):
            before["stated_total"] = count
        else:
            before["votes"] = {**before["votes"], **_vote(grade, count, before["votes"])}
        first = gathered.get(key, row)
        gathered[key] = Row(
            "votes",
            {**fields, **before},
            row.file,
            first.where,
            {"votes": "column value", "stated_total": "column value", "about": "column item"},
        )
    return list(gathered.values())


def _vote(grade: str, count: object, votes: Mapping[str, object]) -> dict[str, object]:
    """Return one grade's votes; a grade given twice keeps both, for the check to refuse."""
    return {f"{grade} (given twice)" if grade in votes else grade: count}
